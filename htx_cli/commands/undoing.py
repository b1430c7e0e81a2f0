"""Take back what was written."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from htx_cli.commands.asking import asks_first, confirmed
from htx_cli.commands.command import command
from htx_cli.commands.session import Session, tell
from htx_cli.errors import Problem, UsageError
from htx_cli.words import mark, say, t

if TYPE_CHECKING:
    from htx_cli.book.undoing import Blocked

app = typer.Typer()

MOST_LATER = 20  # changes that build on another, told one by one
LONGEST_NUMBER = 15  # digits of a change's number


def change_number(text: str) -> int:
    """The number of a change, as `log` shows it."""
    bare = text.strip()
    if not (bare.isascii() and bare.isdigit() and len(bare) <= LONGEST_NUMBER):
        raise UsageError("change_unreadable", value=text)
    return int(bare)


@command(app, "undo", "writes", "shows")
def undo(
    session: Session,
    change: Annotated[
        int | None,
        typer.Argument(
            parser=change_number,
            metavar="CHANGE",
            help=mark("The number of a change; default: the last one."),
        ),
    ] = None,
) -> None:
    """Take back the last change, or an earlier one, as a whole.

    On a terminal it shows first what would stand again, and asks. An earlier change is only taken
    back if nothing later builds on it. The undo is a change too: undo it, and all is as it was.
    """
    from htx_cli.book import undoing

    session.check_output()
    book, intent = session.book(), session.intent()
    try:
        if asked := asks_first(session):
            first = undoing.undo(book, replace(intent, dry_run=True), change)
            if change is None:  # the last one, even if another program writes meanwhile
                change = first.of.number
                intent = replace(intent, command=f"{intent.command} {change}")
            confirmed(first, t("Take change {number} back?", number=str(change)))
        done = undoing.undo(book, intent, change)
    except undoing.Blocked as blocked:
        _refused(session, blocked)
    session.wrote(done.change, answer=None if asked and session.on_screen() else done)


def _refused(session: Session, blocked: "Blocked") -> NoReturn:
    """Name what builds on the change, the newest first."""
    from htx_cli.tables.journal import describe

    problems = [
        Problem(
            "undo_later",
            {
                "number": str(head.number),
                "who": head.who,
                "day": head.at.astimezone().date(),
                "what": describe(change),
            },
        )
        for change in blocked.later[:MOST_LATER]
        if (head := change.head)
    ]
    blocked.problems = tuple(problems)
    if not session.json_asked:
        for problem in problems:
            tell(say(problem))
    raise blocked
