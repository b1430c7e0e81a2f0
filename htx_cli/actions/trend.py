"""See a target over the years."""

from collections.abc import Sequence
from datetime import date

from htx_cli.actions import Book, known, membership_of, the_cluster
from htx_cli.actions.report import report_from
from htx_cli.book import read
from htx_cli.book.file import Connection
from htx_cli.domain.membership import Membership
from htx_cli.domain.model import Cluster, Member
from htx_cli.domain.names import Known, means_all, stranger
from htx_cli.domain.progress import merger_of
from htx_cli.domain.report import Merger, Report
from htx_cli.domain.trend import Point, Trend, of_cluster, of_member, series
from htx_cli.text.errors import HtxError, NotFound


def trend(book: Book, code: str, name: str | None = None, estimates: bool = False) -> Trend:
    """A target of the whole cluster, or of one province, in every year for which its code is signed.

    Each year says what its report says, as of its last day or of today. A province is followed back
    through the mergers that it came of. Raises NotFound: no such code in any year, no such member.
    """
    with book.reading() as connection:
        cluster = the_cluster(book, connection)
        everything = known(connection)
        code, years = _signed(book, everything, connection, cluster, code)
        membership = membership_of(connection, cluster)
        mergers = sorted(
            (merger_of(m) for m in membership.ever if m.parts), key=lambda each: each.day
        )
        member = None
        if name is not None and not means_all(name):
            member = _member(book, everything, membership, name, years)
        found = []
        for year in years:
            report = report_from(book, connection, year, estimates=estimates)
            if any(member and member.province in each.parts for each in report.mergers):
                report = report_from(book, connection, year, estimates=estimates, map="old")
            if point := _point(report, code, member):
                found.append((report, point))
        if member and not found:
            raise stranger(NotFound, member.province, date(years[-1], 12, 31), (), membership)
        return Trend(
            cluster,
            code,
            member.province if member else None,
            series(found, mergers, member),
            _went(membership, mergers, member, book.today),
            estimates,
            book.known,
        )


def _signed(
    book: Book, everything: Known, connection: Connection, cluster: Cluster, code: str
) -> tuple[str, list[int]]:
    """The code as it is written, and the years for which it is signed."""
    refused = None
    for year in reversed(read.years(connection, cluster.id) or (book.today.year,)):
        try:
            code = everything.target(cluster, year, code).code
        except NotFound as error:
            refused = refused or error
        else:
            years = read.years(connection, cluster.id)
            return code, [
                y
                for y in years
                if any(t.code == code for t in read.targets(connection, cluster.id, y))
            ]
    assert refused is not None
    raise refused


def _member(
    book: Book, everything: Known, membership: Membership, name: str, years: Sequence[int]
) -> Member:
    """Find the member that is meant: by id, by a name of today, else of the latest year."""
    if by_id := [each for each in membership.ever if each.province.id == name.strip().lower()]:
        return by_id[-1]
    refused: HtxError | None = None
    for day in (book.today, *(date(year, 1, 1) for year in reversed(years))):
        try:
            province = everything.provinces.find(name, day)
        except NotFound as error:
            refused = refused or error
            continue
        if members := [each for each in membership.ever if each.province == province]:
            return members[-1]
        sitting = [each.province for each in membership.on(day)]
        refused = refused or stranger(NotFound, province, day, sitting, membership)
    assert refused is not None
    raise refused


def _point(report: Report, code: str, member: Member | None) -> Point | None:
    if member is None:
        return of_cluster(report, code)
    return of_member(report, code, member)


def _went(
    membership: Membership, mergers: Sequence[Merger], member: Member | None, today: date
) -> Merger | None:
    """The merger by which the province has ceased to be, whether its successor sits there or not."""
    unseated = (
        Merger(each.day, each.province, tuple(part.province for part in each.parts), each.others)
        for each in membership.unseated
    )
    past = (each for each in (*mergers, *unseated) if each.day <= today)
    return next((each for each in past if member and member.province in each.parts), None)
