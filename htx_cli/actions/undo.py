"""Take a change back, as a change of its own: undoing that one is redo. Nothing is ever erased."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from htx_cli.actions import Book, Intent, Plan
from htx_cli.actions.bases import Measured
from htx_cli.book import read
from htx_cli.book.file import Connection
from htx_cli.book.read import dependents
from htx_cli.book.write.replay import ReplayConflict
from htx_cli.domain.changes import Caution, Change, Done, Undone
from htx_cli.text.errors import NotFound, Problem, Rejected

if TYPE_CHECKING:
    from htx_cli.book.write.staging import Staging

MOST_NAMED = 5  # changes to be taken back first


class Blocked(Rejected):
    """Later changes build on what was to be taken back; `later` has them, the newest first."""

    later: tuple[Change, ...] = ()


def undo(book: Book, intent: Intent, number: int | None = None) -> Done[Undone]:
    """Take back the change with that number, or the last one, as a whole.

    What growth of later years lost its base by that, or has another in a closed year, is told. Raises
    NotFound if there is none, Rejected if it made the book itself or a part of a pact that was signed
    since, Blocked if later changes build on it. An import of any size is taken back in flat memory.
    """
    if number is None:
        with book.reading() as connection:
            number = read.last_change(connection)[0]
        intent = replace(intent, command=f"{intent.command} {number}")
    of = number

    def make(connection: Connection, staging: "Staging") -> Plan[Undone]:
        change = undoable(connection, of)
        assert change.head is not None
        if later := dependents.overwritten(connection, of):
            raise _blocked(of, later)
        if _reopens(change) and not intent.because:
            year = change.rows[0].key.rpartition("/")[2]
            raise Rejected("undo_because", number=str(of), year=year)
        if signed := dependents.signed_over(connection, of):
            raise Rejected("undo_signed", number=str(of), year=str(signed))
        staging.take_back(of, change.count)
        before = Measured.of(connection, staging.years())

        def hold(connection: Connection, made: int) -> Iterator[Caution]:
            if fallen := dependents.broken_records(connection, made - 1, of):
                blocking = dependents.left_by(connection, fallen.spots, of, made)
                raise _blocked(of, blocking, fallen.rule)
            return before.changed(connection, made)

        return Plan((), Undone(change.head), hold=hold)

    try:
        return book.commit(intent, make)
    except ReplayConflict as clash:
        raise Blocked("undo_clash", number=str(of), why=str(clash)) from None


def undoable(connection: Connection, number: int) -> Change:
    """A change that may be taken back, with its first rows. Raises NotFound or Rejected."""
    change = read.change(connection, number, 1)
    if change is None or change.head is None:
        raise NotFound(
            "change_unknown", number=str(number), last=str(read.last_change(connection)[0])
        )
    if dependents.is_of_settings(connection, number):
        raise Rejected("undo_settings", number=str(number), command=change.head.command)
    return change


def _reopens(change: Change) -> bool:
    """Tell whether taking a change back opens a closed year; that needs a reason."""
    rows = (row for row in change.rows if row.table == "years" and row.after)
    return any(row.after and row.after["state"] == "closed" for row in rows)


def _blocked(number: int, later: tuple[Change, ...], rule: str | None = None) -> Blocked:
    """Build the error that later changes, or a rule that would be broken, are in the way."""
    if not later and rule:
        return Blocked("undo_unsound", number=str(number), rule=Problem(rule))
    numbers = [str(change.head.number) for change in later if change.head]
    named = [*numbers[:MOST_NAMED], "…"] if len(numbers) > MOST_NAMED else numbers
    blocked = Blocked("undo_blocked", number=str(number), later=named, last=numbers[:1])
    blocked.later = later
    return blocked
