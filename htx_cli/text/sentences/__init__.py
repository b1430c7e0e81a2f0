"""What errors, warnings and the phrases in them say, in English; `locale/` holds the translations.

`{places}` are filled with the values that belong to the code.
"""

from htx_cli.text.sentences.asking import ASKING
from htx_cli.text.sentences.figures import FIGURES
from htx_cli.text.sentences.handing import HANDING
from htx_cli.text.sentences.mergers import MERGERS
from htx_cli.text.sentences.past import PAST
from htx_cli.text.sentences.phrases import PHRASES
from htx_cli.text.sentences.places import PLACES
from htx_cli.text.sentences.proving import PROVING
from htx_cli.text.sentences.rules import RULES
from htx_cli.text.sentences.seats import SEATS
from htx_cli.text.sentences.undoing import UNDOING
from htx_cli.text.sentences.verifying import VERIFYING
from htx_cli.text.sentences.years import YEARS

__all__ = ["PHRASES", "SENTENCES"]

SENTENCES: dict[str, str] = {
    **ASKING,
    **FIGURES,
    **HANDING,
    **MERGERS,
    **PAST,
    **PLACES,
    **PROVING,
    **RULES,
    **SEATS,
    **UNDOING,
    **VERIFYING,
    **YEARS,
}
