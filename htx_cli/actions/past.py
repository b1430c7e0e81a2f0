"""Which change is meant by a book “as it was known”."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo

from htx_cli.book import read
from htx_cli.book.file import Connection
from htx_cli.domain.changes import KnownAt
from htx_cli.text.errors import NotFound


def known_at(connection: Connection, when: int | date, zone: tzinfo | None) -> KnownAt:
    """The change of a number, or the last that came into the book until the end of a day.

    The day ends at midnight of `zone`, where today is reckoned.

    Raises NotFound: known_at_unknown, known_before_book, known_before_cluster.
    """
    if isinstance(when, date):
        end = datetime.combine(when + timedelta(days=1), time.min, zone)
        found = read.known_before(connection, end)
        if found is None:
            first = read.first_of(connection, "settings")
            raise NotFound("known_before_book", day=when, first=_day(first) if first else "?")
        found = replace(found, on=when)
    else:
        found = read.known_at(connection, when)
        if found is None:
            last, _ = read.last_change(connection)
            raise NotFound("known_at_unknown", number=str(when), last=str(last))
    first = read.first_of(connection, "clusters")
    if first and found.change < first.change:
        raise NotFound(
            "known_before_cluster",
            number=str(found.change),
            day=_day(found),
            first=str(first.change),
            first_day=_day(first),
        )
    return found


def not_known_then(known: KnownAt, error: NotFound) -> NotFound:
    """That something was not in the book then; what it lacks is told as of a book of today."""
    return NotFound("known_then", number=str(known.change), day=_day(known), what=error)


def _day(known: KnownAt) -> date:
    return known.at.astimezone().date()
