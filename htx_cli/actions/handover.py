"""Hand the book over to the province that holds it next, and take it over there."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from msgspec.structs import replace

from htx_cli.actions import Book, Intent, clusters_meant, known
from htx_cli.actions.report import report_from
from htx_cli.actions.verify import well
from htx_cli.book import copying, parcel, read
from htx_cli.book.file import Connection
from htx_cli.book.journal import Write
from htx_cli.book.records import handover_put
from htx_cli.domain.changes import Caution, Change, Done
from htx_cli.domain.handover import BOOK, HandedOver, TakenOver
from htx_cli.domain.model import Handover, Pact
from htx_cli.domain.report import Report
from htx_cli.text.errors import BookUnusable, Rejected

MOST_TRIES = 3  # to copy the book while others go on writing
Note = Callable[[HandedOver], str]


class _Moved(Exception):
    """Another program wrote to the book after it was copied."""


def hand_over(
    book: Book, intent: Intent, name: str, file: IO[bytes], folder: Path, note: Note
) -> Done[HandedOver]:
    """Write a verified copy of the book with its note into a file, and the hand-over into the book.

    `folder` is where the copy is made, `note` writes what goes with it (HTML). The file is written
    first: if anything goes wrong the book does not say that it was handed over. Raises NotFound for a
    name, BookUnusable for a book that cannot be read or does not verify.
    """
    for _ in range(MOST_TRIES):
        with tempfile.TemporaryDirectory(prefix=".htx-", dir=folder) as place:
            copy = replace(book, path=Path(place) / BOOK)
            with (
                book.reading() as connection
            ):  # of this version; an older one is to be migrated first
                away, before = read.away(connection), read.last_change(connection)
            copying.copy(book.path, copy.path, book.wait)
            well(copy, book.path)
            with copy.reading() as connection:
                if read.last_change(connection) != before:
                    continue
            change = copy.commit(
                replace(intent, dry_run=False), _handing(book, name, before)
            ).change
            told, cautions = _told(copy, change)
            file.seek(0)
            file.truncate()
            parcel.pack(file, copy.path, note(told), book.now, told.hash)
        try:
            done = book.commit(intent, _handing(book, name, before))
        except _Moved:
            continue
        return Done(replace(done.change, away=away), cautions, told)
    raise BookUnusable("book_moving", path=book.path)


def _handing(
    book: Book, name: str, before: tuple[int, str]
) -> Callable[[Connection, object], list[Write]]:
    """Make the plan of a hand-over after the change `before`, for the book and its copy alike."""

    def make(connection: Connection, _: object) -> list[Write]:
        if read.last_change(connection) != before:
            raise _Moved
        province = known(connection).provinces.find(name, book.today)
        last = read.last_handover(connection)
        number = last.number + 1 if last else 1
        return [handover_put(Handover(number, province, book.today))]

    return make


def _told(book: Book, change: Change) -> tuple[HandedOver, tuple[Caution, ...]]:
    """Describe a book that is handed over, with what is open in it."""
    with book.reading() as connection:
        handover = read.last_handover(connection)
        number, hash = read.last_change(connection)
        assert handover and change.head
        reports = tuple(_open_years(book, connection))
        cautions = () if _leads(book, connection, handover) else (_not_leading(handover),)
        return HandedOver(handover, change.head.who, number, hash, reports), cautions


def _open_years(book: Book, connection: Connection) -> list[Report]:
    """The reports of the years that are not closed and have begun or are a draft, the latest first."""
    reports = []
    for cluster in clusters_meant(book, connection):
        mine = replace(book, cluster=cluster.id)
        for year in reversed(read.years(connection, cluster.id)):
            state = read.year_state(connection, cluster.id, year)
            begun = year <= book.today.year or (state and state.pact is Pact.DRAFT)
            if begun and not (state and state.closed):
                reports.append(report_from(mine, connection, year))
    return reports


def _leads(book: Book, connection: Connection, handover: Handover) -> bool:
    """Tell whether a province is recorded as leader of this year or the next, in any cluster."""
    years = (book.today.year, book.today.year + 1)
    return any(
        leadership.leader.id == handover.province.id and leadership.year in years
        for cluster in read.clusters(connection)
        for leadership in read.leaderships(connection, cluster.id)
    )


def _not_leading(handover: Handover) -> Caution:
    year = handover.handed_on.year
    what = {"province": handover.province.name, "years": [str(year), str(year + 1)]}
    return Caution("handover_not_leader", what)


def take_over(
    book: Book, intent: Intent, path: Path, checkpoint: str | None = None, over: bool = False
) -> Done[TakenOver]:
    """Verify a handed-over book and put it in this book's place, with a change that says so.

    It must contain a `checkpoint` from the minutes. A book that stands there is replaced only if
    `over`, and then kept beside it. Raises NotFound, Rejected for a file that is no
    handed-over book, BookUnusable for one that does not verify, and for a place that is taken.
    """
    copying.check(book.path, over)
    with copying.refused(book.path), copying.beside(book.path) as place:
        said = parcel.unpack(path, place)
        coming = replace(book, path=place)
        try:
            hash = well(coming, path, checkpoint).hash
        except BookUnusable as error:
            code = "handover_no_book" if error.code == "book_not_a_book" else error.code
            raise BookUnusable(code, **{**error.values, "path": path}) from None
        if said not in (None, hash):
            raise Rejected("handover_altered", path=path)
        with coming.reading() as connection:
            handover = read.last_handover(connection)
        if handover is None:
            raise Rejected("handover_none", path=path)
        if handover.taken_on:
            who, day = handover.province.name, handover.taken_on
            raise Rejected("handover_taken", path=path, province=who, day=day)
        taken = replace(handover, taken_on=book.today)
        change = coming.commit(
            replace(intent, dry_run=False), lambda *_: [handover_put(taken)]
        ).change
        checked = checkpoint is not None
        if intent.dry_run:
            planned = replace(change, head=None, dry_run=True)
            return Done(planned, (), TakenOver(taken, hash, checked))
        kept = copying.put(place, book.path, over, book.wait)
        return Done(change, (), TakenOver(taken, hash, checked, str(kept) if kept else None))
