"""English text of errors, of warnings and of the phrases in them; `locale/` holds the translations.

`{places}` are filled with the values that belong to the code. A part in brackets, as in
`There is no command “{name}”.[ Did you mean {suggestions}?]`, is said where all its values are given.
"""

from htx_cli.text.messages.book import BOOK
from htx_cli.text.messages.cluster import CLUSTER
from htx_cli.text.messages.figures import FIGURES
from htx_cli.text.messages.phrases import PHRASES
from htx_cli.text.messages.usage import USAGE

__all__ = ["PHRASES", "SENTENCES"]

SENTENCES: dict[str, str] = {**USAGE, **FIGURES, **CLUSTER, **BOOK}

# Codes of one sentence that scripts tell apart by what its optional part brings.
_SAME = {
    "no_such_option_but": "no_such_option",
    "no_such_command_but": "no_such_command",
    "topic_unknown_but": "topic_unknown",
    "province_unknown_but": "province_unknown",
    "target_unknown_but": "target_unknown",
    "same_part_as_last_year": "same_as_last_year",
}
SENTENCES |= {code: SENTENCES[other] for code, other in _SAME.items()}
