"""The report of a year, and one province of it. Nothing here writes."""

from datetime import date, timedelta

from msgspec.structs import replace

from htx_cli.actions import Book, check_signed, checkpoint, known, membership_of, the_cluster
from htx_cli.book import read
from htx_cli.book.file import Connection
from htx_cli.domain import progress
from htx_cli.domain.due import due_dates, with_due
from htx_cli.domain.model import Province
from htx_cli.domain.names import stranger, told_apart
from htx_cli.domain.report import Map, Merger, ProvinceRow, ProvinceStatus, Report
from htx_cli.text.errors import NotFound, UsageError


def build_report(
    book: Book,
    year: int | None = None,
    as_of: date | None = None,
    estimates: bool = False,
    map: str | None = None,
) -> Report:
    """The report of a year (default: that of `as_of`, else today's) as of a date.

    With `estimates`, estimates count where no actual figure has the same or a later date. `map`
    ("old" or "new") shows a year with a merger before or after it, else the members of the date.
    Raises NotFound if nothing is signed for the year or the cluster is not clear.
    """
    with book.reading() as connection:
        made = report_from(book, connection, year, as_of, estimates, map)
        return replace(made, checkpoint=checkpoint(connection))


def report_from(
    book: Book,
    connection: Connection,
    year: int | None,
    as_of: date | None = None,
    estimates: bool = False,
    map: str | None = None,
) -> Report:
    """Build a report of a book that is being read; else as `build_report`."""
    cluster = the_cluster(book, connection)
    year = year or (as_of or book.today).year
    check_signed(connection, cluster, year)
    membership = membership_of(connection, cluster)
    at = progress.stand(membership.ever, membership.unseated, year, book.today, as_of, _map(map))
    day = progress.report_day(year, book.today, at.as_of)
    data = read.year_data(
        connection, cluster.on(day), year, membership, at.members_on, at.until, day
    )
    made = progress.build(data, book.today, at.as_of, estimates, at)
    if dates := due_dates(year, read.due_rules(connection, cluster.id, year)):
        made = with_due(made, data, dates, membership, as_of or book.today)
    return replace(made, known_at=book.known)


def _map(named: str | None) -> Map | None:
    if named is None or named in list(Map):
        return Map(named) if named else None
    raise UsageError("not_one_of", value=named, choices=list(Map))


def province_status(
    book: Book,
    name: str,
    year: int | None = None,
    as_of: date | None = None,
    estimates: bool = False,
    map: str | None = None,
) -> ProvinceStatus:
    """One province's cells of a year, in full. Raises NotFound."""
    with book.reading() as connection:
        report = report_from(book, connection, year, as_of, estimates, map)
        return ProvinceStatus(report, row_of(connection, report, name))


def row_of(connection: Connection, report: Report, name: str) -> ProvinceRow:
    """The row that a name means: among the members shown, else as of the year's first day."""
    provinces = known(connection).provinces
    rows = {row.province: row for row in report.provinces}
    day = progress.member_day(report.year, report.as_of)
    if report.map is Map.NEW:
        day = max([day, *(merger.day for merger in report.mergers)])
    if (shown := provinces.named(name, day)) in rows:
        return rows[shown]
    province = provinces.find(name, date(report.year, 1, 1))
    if province in rows:
        return rows[province]
    for merger in report.mergers:
        if province in merger.parts and merger.successor in rows:
            raise _merged(province, merger)
    membership = membership_of(connection, report.cluster)
    raise stranger(NotFound, province, report.as_of if rows else day, rows, membership)


def _merged(province: Province, merger: Merger) -> NotFound:
    gone, into = told_apart([province, merger.successor])
    eve = merger.day - timedelta(days=1)
    what: dict[str, object] = {"id": merger.successor.id, "day": merger.day, "eve": eve}
    return NotFound("went_into", province=gone, successor=into, **what)
