"""A year's data → Report: every province on every target, and the roll-ups over them. Pure."""

from collections.abc import Sequence
from datetime import date

from htx_cli.domain.leaders import term_on
from htx_cli.domain.model import Pact, Target, YearData
from htx_cli.domain.progress.cells import cell_of, counts, early_bases
from htx_cli.domain.progress.rollups import reached_in_part, rollup_of
from htx_cli.domain.progress.view import (
    Stand,
    View,
    counting,
    member_day,
    merger_of,
    report_day,
    stand,
)
from htx_cli.domain.report import Cell, LineRow, Merger, ProvinceRow, Report, Rollup
from htx_cli.domain.targets import Kind, Status, fold
from htx_cli.text.vietnamese import natural_key

__all__ = [
    "Stand", "build", "concerned", "counting", "incomplete", "member_day", "merger_of", "owed",
    "owing", "reached_in_part", "reading_order", "report_day", "stand",
]  # fmt: skip


def build(
    data: YearData,
    today: date,
    as_of: date | None = None,
    estimates: bool = False,
    at: Stand | None = None,
) -> Report:
    """The report of a year as of a day (default: today, at the latest the year's last day).

    `at` says which map of a year with a merger `data` has the members of.
    """
    last_day = date(data.year, 12, 31)
    day = report_day(data.year, today, as_of)
    view = View(data, day, min(as_of or last_day, last_day), day >= last_day, estimates)
    targets = sorted(data.targets, key=reading_order)
    table = [(m.province, tuple(cell_of(view, m, t) for t in targets)) for m in data.members]
    rows = tuple(ProvinceRow(province, cells, *counts(cells)) for province, cells in table)
    rollups = tuple(
        rollup_of(view, target, [row.cells[at] for row in rows])
        for at, target in enumerate(targets)
    )
    return Report(
        cluster=data.cluster,
        year=data.year,
        as_of=day,
        closed=data.closed,
        estimates=estimates,
        leadership=term_on(data.terms, member_day(data.year, day)),
        lines=_lines(data, rollups),
        targets=rollups,
        provinces=rows,
        map=at.map if at else None,
        mergers=_mergers(data, rows, at.mergers if at else ()),
        pact=data.pact,
        unseated=data.unseated,
    )


def _mergers(
    data: YearData, rows: Sequence[ProvinceRow], of_year: Sequence[Merger]
) -> tuple[Merger, ...]:
    """The mergers of the year, and those before it that a base was carried over."""
    over = {cell.province for row in rows for cell in row.cells if cell.base_parts}
    before = [merger_of(member) for member in data.members if member.province in over]
    return tuple(dict.fromkeys([*of_year, *before]))


def reading_order(target: Target) -> tuple[object, ...]:
    """The signed lines as people count them, then what is tracked."""
    return (target.line is None, natural_key(target.line or ""), natural_key(target.code))


def _lines(data: YearData, rollups: Sequence[Rollup]) -> tuple[LineRow, ...]:
    named = {r.target.line for r in rollups if r.target.line} | set(data.lines)
    return tuple(
        LineRow(
            line,
            data.lines.get(line),
            fold(r.judged.status for r in rollups if r.target.line == line),
        )
        for line in sorted(named, key=natural_key)
    )


def owed(cell: Cell, rollup: Rollup) -> bool:
    """Tell whether the province still has to send this figure: nothing came, or the year ended since.

    Where a figure of the whole cluster stands, only those with a share of their own owe theirs.
    """
    if cell.status is Status.NOT_ASSIGNED or cell.target.kind is Kind.TRACKED:
        return False
    if rollup.from_whole and cell.share is None:
        return False
    return cell.result is None or cell.stale


def incomplete(report: Report) -> tuple[Cell, ...]:
    """Every cell that cannot be judged yet, province by province."""
    return tuple(cell for cell in report.cells() if cell.status is Status.INCOMPLETE)


def concerned(report: Report) -> list[Target]:
    """The targets of which something is open, evidence aside; none while the pact is a draft."""
    if report.pact is Pact.DRAFT:
        return []
    differing = [c for c in report.cells() if c.base_differs or early_bases(c)]
    codes = {c.target.code for c in (*owing(report), *incomplete(report), *differing)}
    codes |= {r.target.code for r in report.targets if r.differs or r.stale or r.partly_added}
    return [r.target for r in report.targets if r.target.code in codes]


def owing(report: Report, rows: Sequence[ProvinceRow] | None = None) -> tuple[Cell, ...]:
    """Every figure that a province still has to send, province by province; or only those of some."""
    return tuple(
        cell
        for row in (report.provinces if rows is None else rows)
        for cell, rollup in zip(row.cells, report.targets, strict=True)
        if owed(cell, rollup)
    )
