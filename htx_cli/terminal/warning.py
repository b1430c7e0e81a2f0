"""Cautions as a person is told of them, and as they stand in an answer in JSON."""

from collections.abc import Sequence

from htx_cli.domain.changes import Caution
from htx_cli.terminal.session import tell
from htx_cli.text.words import say, t


def warned(cautions: Sequence[Caution]) -> dict[str, object]:
    """What an answer in JSON says of them beside the change."""
    return {"warnings": [{"code": each.code, "message": say(each)} for each in cautions]}


def warn(cautions: Sequence[Caution]) -> None:
    """One line for each on standard error."""
    for caution in cautions:
        tell(t("Warning: {what}", what=say(caution)))
