"""Two copies of one book: bring in what the other has."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from htx_cli.actions import Book, Intent
from htx_cli.book.file import Connection, opened
from htx_cli.book.merge.closed_years import ClosedYearConflict
from htx_cli.book.read import dependents
from htx_cli.book.read.dependents import MOST_BROKEN
from htx_cli.book.write.replay import ReplayConflict
from htx_cli.domain.changes import Change, Spot
from htx_cli.domain.merge import MergeOutcome, Resolution, Side
from htx_cli.text.errors import BookUnusable, NotFound, Problem, Rejected

_NO_BOOK = ("book_not_a_book", "book_not_a_file", "book_is_folder", "book_empty")


class Undecided(Rejected):
    """Both copies changed the same records; `merged` has the conflicts. Nothing was written."""

    merged: MergeOutcome


class Unfit(Rejected):
    """Both copies' changes cannot stand together; `of` has those that do. Nothing was written."""

    of: tuple[Change, ...] = ()


def merge(
    book: Book,
    intent: Intent,
    other: Path,
    side: Side | None = None,
    one_by_one: Mapping[Spot, Side] | None = None,
) -> MergeOutcome:
    """Replay what is new in another copy of the book as changes of their own.

    Where both changed a record to different values, `one_by_one` or else `side` says whose stands;
    Undecided if neither does. Raises Rejected if the two are no copies of one book, Unfit if what
    both wrote cannot stand together, or one closed a year or signed a pact that the other changed
    meanwhile, NotFound if there is no other, BookUnusable if it is damaged or of another version.
    Merging again changes nothing.
    """
    from htx_cli.book import merge as book_merge

    _check(book, other)
    signature = book.signature(intent)

    def hold(
        connection: Connection, common: int, since: int, late: Sequence[ClosedYearConflict]
    ) -> None:
        for each in late:
            unfit = Unfit(each.code, year=each.year, other=other)
            unfit.of = dependents.left_by(connection, each.spots[:MOST_BROKEN], common)
            raise unfit
        if fallen := dependents.broken_records(connection, since, common):
            unfit = Unfit("merge_unfit", rule=Problem(fallen.rule or "merge_refers"))
            unfit.of = dependents.left_by(connection, fallen.spots, common)
            raise unfit

    choice = Resolution(side, one_by_one)
    try:
        merged = book_merge.merge(
            book.path, other, signature, choice, hold, dry_run=intent.dry_run, wait=book.wait
        )
    except ReplayConflict as clash:
        raise Rejected("merge_clash", why=str(clash)) from None
    if merged.undecided:
        undecided = Undecided("merge_undecided", count=str(merged.pending), other=other)
        undecided.merged = merged
        raise undecided
    return merged


def _check(book: Book, other: Path) -> None:
    """Refuse what is no whole book of this version, or is this very file."""
    from htx_cli.book.verify import findings

    if not os.path.exists(other):
        raise NotFound("file_missing", path=other)
    with _named(other), opened(other, book.wait) as connection:
        if book.path.exists() and other.samefile(book.path):
            raise Rejected("merge_itself", path=other)
        connection.execute("PRAGMA query_only = ON")
        connection.execute("BEGIN")
        found, _ = findings(connection)
        if found:
            raise BookUnusable("merge_damaged", path=other, where=found[0].where, why=found[0])


@contextmanager
def _named(other: Path) -> Iterator[None]:
    """Say of what is no book that it was named to be merged."""
    try:
        yield
    except BookUnusable as error:
        if error.code in _NO_BOOK:
            raise BookUnusable("merge_no_book", path=other) from None
        raise
