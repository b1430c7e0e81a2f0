"""The years of a cluster: closed when all is reported, reopened when something must change."""

from collections.abc import Sequence
from datetime import date

from htx_cli import progress
from htx_cli.answers import Cell, Report
from htx_cli.book import Book, Intent, seeing, the_cluster
from htx_cli.errors import Rejected
from htx_cli.journal import Change, Put, Write
from htx_cli.model import Cluster
from htx_cli.store import Reader
from htx_cli.targets import Status


def close_year(book: Book, intent: Intent, year: int, incomplete: bool = False) -> Change:
    """Freeze a year: its unmet figures are missed, and nothing is written to it any more.

    Raises Rejected before its last day, and while figures are missing unless `incomplete`; NotFound
    if nothing is signed for the year.
    """
    last = date(year, 12, 31)

    def make(reader: Reader, _: object) -> list[Write]:
        cluster = the_cluster(book, reader)
        report = seeing.report_from(book, reader, year)
        if report.closed:
            return []
        if book.today < last:
            raise Rejected("year_running", year=str(year), last=last)
        lacking = _lacking(report)
        if lacking and not incomplete:
            raise Rejected("year_missing", year=str(year), known=_told(lacking))
        return [_state(cluster, year, "closed")]

    return book.commit(intent, make)


def reopen_year(book: Book, intent: Intent, year: int) -> Change:
    """Let a closed year be written to again. Raises Rejected without a reason, or if it is open."""

    def make(reader: Reader, _: object) -> list[Write]:
        cluster = the_cluster(book, reader)
        seeing.check_signed(reader, cluster, year)
        if not reader.is_closed(cluster.id, year):
            raise Rejected("year_open", year=str(year))
        if not intent.because:
            raise Rejected("reopen_because", year=str(year))
        return [_state(cluster, year, "open")]

    return book.commit(intent, make)


def _state(cluster: Cluster, year: int, state: str) -> Put:
    return Put("years", {"cluster": cluster.id, "year": year, "state": state})


def _lacking(report: Report) -> list[Cell]:
    """What a province still owes, and what cannot be judged as it stands."""
    owed = progress.owing(report)
    return [c for c in report.cells() if c in owed or c.status is Status.INCOMPLETE]


def _told(cells: Sequence[Cell]) -> list[str]:
    """`Kiên Giang 5 7`, province by province."""
    codes: dict[str, list[str]] = {}
    for cell in cells:
        codes.setdefault(cell.province.name, []).append(cell.target.code)
    return [f"{name} {' '.join(each)}" for name, each in codes.items()]
