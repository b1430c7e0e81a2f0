"""Which change is meant by a book “as it was known”."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo

from htx_cli.book.read import Reader
from htx_cli.domain.changes import KnownAt
from htx_cli.text.errors import NotFound


def known_at(reader: Reader, when: int | date, zone: tzinfo | None) -> KnownAt:
    """The change of a number, or the last that came into the book until the end of a day.

    The day ends at midnight of `zone`, where today is reckoned.

    Raises NotFound: known_at_unknown, known_before_book, known_before_cluster.
    """
    if isinstance(when, date):
        end = datetime.combine(when + timedelta(days=1), time.min, zone)
        found = reader.known_before(end)
        if found is None:
            first = reader.first_of("settings")
            raise NotFound("known_before_book", day=when, first=_day(first) if first else "?")
        found = replace(found, on=when)
    else:
        found = reader.known_at(when)
        if found is None:
            last, _ = reader.last_change()
            raise NotFound("known_at_unknown", number=str(when), last=str(last))
    first = reader.first_of("clusters")
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
