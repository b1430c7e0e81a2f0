"""Explanation of one figure: its formula, its inputs, and who wrote them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from htx_cli.actions import Book, known
from htx_cli.actions.report import report_from, row_of
from htx_cli.book import read
from htx_cli.book.file import Connection
from htx_cli.book.journal import key_of
from htx_cli.book.records import result_key
from htx_cli.domain.changes import ChangeHead, Place
from htx_cli.domain.decisions import decided
from htx_cli.domain.model import Amendment, Cluster, PactPart, Result, Share, Target
from htx_cli.domain.names import means_all
from htx_cli.domain.report import Cell, Explanation, Report
from htx_cli.text.errors import NotFound


def explain(
    book: Book,
    name: str,
    code: str,
    year: int | None = None,
    as_of: date | None = None,
    estimates: bool = False,
    map: str | None = None,
) -> Explanation:
    """Explain how one figure came to its status; the name `all` asks for the whole cluster's."""
    with book.reading() as connection:
        report = report_from(book, connection, year, as_of, estimates, map)
        everything = known(connection)
        target = everything.target(report.cluster, report.year, code)
        at = _place_of(report, target)
        target = report.targets[at].target  # as it was in force then
        amended = read.amendments(connection, report.cluster.id, report.year)
        cell = share = None
        if not means_all(name):
            cell = row_of(connection, report, name).cells[at]
            share = cell.share if cell.share and not cell.share.derived else None
        place = cell.province.id if cell else None
        history = read.history(connection, report.cluster.id, report.year, target.code, place)
        inputs = [
            *history,
            *_behind([cell] if cell else [row.cells[at] for row in report.provinces]),
        ]
        numbers = sorted({r.change for r in inputs if r.change is not None})
        places = {r: stood for r in inputs if (stood := _place(connection, report.cluster, r))}
        return Explanation(
            report,
            target,
            cell,
            report.targets[at],
            share,
            history,
            read.heads(connection, numbers),
            places,
            _decided(connection, report, share) if share else None,
            _decisions(report, amended, target, cell),
        )


def _behind(cells: Iterable[Cell]) -> Iterator[Result]:
    """The figures and bases of the book that cells rest on, also over a merger."""
    for cell in cells:
        yield from _behind(cell.parts)
        yield from (base for _, base in cell.base_parts)
        base = None if cell.base_parts else cell.base_from
        yield from filter(None, (None if cell.carried else cell.result, base))


def _place_of(report: Report, target: Target) -> int:
    """Find a target in the report. Raises NotFound if it was not in force yet."""
    for at, rollup in enumerate(report.targets):
        if rollup.target.code == target.code:
            return at
    raise NotFound("target_not_yet", code=target.code, on=report.as_of)


def _decisions(
    report: Report, amended: Sequence[Amendment], target: Target, cell: Cell | None
) -> tuple[Amendment, ...]:
    """The decision by which is asked what is asked, where one changed it by the report's day."""
    of_all = decided(report.as_of, amended, PactPart.TARGET, target.code)
    own = (
        decided(report.as_of, amended, PactPart.SHARE, target.code, cell.province.id)
        if cell
        else None
    )
    shared = cell and cell.share and not cell.share.derived
    found = [own] if shared else [own, of_all]
    last = max((x for x in found if x), key=lambda each: each.first_day, default=None)
    return (last,) if last else ()


def _place(connection: Connection, cluster: Cluster, result: Result) -> Place | None:
    """Return the place of a figure in the file that it came from."""
    key = key_of("results", result_key(cluster, result))
    return read.place(connection, result.change, key) if result.change else None


def _decided(connection: Connection, report: Report, share: Share) -> ChangeHead | None:
    """The last change that wrote a share."""
    place = {"target": share.target, "province": share.province}
    key = key_of("shares", {"cluster": report.cluster.id, "year": report.year, **place})
    written = None if share.threshold is None else float(share.threshold)
    for change in read.changes_of(connection, key, "shares"):
        row = change.rows[0]
        if row.key == key and row.after and row.after["threshold"] == written:
            return change.head
    return None
