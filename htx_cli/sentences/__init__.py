"""What errors, warnings and the phrases in them say, in English; `locale/` holds the translations.

`{places}` are filled with the values that belong to the code.
"""

from htx_cli.sentences.asking import ASKING
from htx_cli.sentences.figures import FIGURES
from htx_cli.sentences.handing import HANDING
from htx_cli.sentences.mergers import MERGERS
from htx_cli.sentences.past import PAST
from htx_cli.sentences.phrases import PHRASES
from htx_cli.sentences.places import PLACES
from htx_cli.sentences.proving import PROVING
from htx_cli.sentences.rules import RULES
from htx_cli.sentences.seats import SEATS
from htx_cli.sentences.undoing import UNDOING
from htx_cli.sentences.verifying import VERIFYING
from htx_cli.sentences.years import YEARS

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
