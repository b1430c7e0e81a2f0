"""Take back what was written."""

from typing import Annotated

from msgspec.structs import replace

from htx_cli.terminal.command import command
from htx_cli.terminal.options import argument, change_number
from htx_cli.terminal.questions import asks_first, confirmed
from htx_cli.terminal.session import Session, refuse_for_changes, warn
from htx_cli.text.errors import UsageError
from htx_cli.text.words import mark, t


def _change(text: str) -> int:
    if (number := change_number(text)) is None:
        raise UsageError("change_unreadable", value=text)
    return number


@command("undo", "writes", "shows")
def undo(
    session: Session,
    change: Annotated[
        int | None,
        argument("CHANGE", mark("The number of a change; default: the last one."), parser=_change),
    ] = None,
) -> None:
    """Take back the last change, or an earlier one, as a whole.

    On a terminal it shows first what would stand again, and asks. An earlier change is only taken
    back if nothing later builds on it. The undo is a change too: undo it, and all is as it was.
    """
    from htx_cli.actions import undo as actions

    book, intent = session.book(), session.intent()
    try:
        if asked := asks_first(session):
            first = actions.undo(book, replace(intent, dry_run=True), change)
            if change is None:  # the last one, even if another program writes meanwhile
                change = first.answer.of.number
                intent = replace(intent, command=f"{intent.command} {change}")
            warn(first.cautions)
            confirmed(first, t("Take change {number} back?", number=str(change)))
        done = actions.undo(book, intent, change)
    except actions.Blocked as blocked:
        refuse_for_changes(session, blocked, "undo_later", blocked.later)
    if asked:  # and so warned already
        done = replace(done, cautions=())
    session.wrote(done, shown=not (asked and session.on_screen()))
