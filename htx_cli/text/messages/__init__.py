"""What errors, warnings and the phrases in them say, in English; `locale/` holds the translations.

`{places}` are filled with the values that belong to the code.
"""

from htx_cli.text.messages.book import UNDOING
from htx_cli.text.messages.cluster import YEARS
from htx_cli.text.messages.figures import FIGURES
from htx_cli.text.messages.handing import HANDING
from htx_cli.text.messages.mergers import MERGERS
from htx_cli.text.messages.past import PAST
from htx_cli.text.messages.phrases import PHRASES
from htx_cli.text.messages.places import PLACES
from htx_cli.text.messages.proving import PROVING
from htx_cli.text.messages.rules import RULES
from htx_cli.text.messages.seats import SEATS
from htx_cli.text.messages.usage import ASKING
from htx_cli.text.messages.verifying import VERIFYING

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
