"""Sentences about provinces that became one: where a series breaks, and what was carried over."""

from collections.abc import Iterable, Sequence

from htx_cli.domain.model import Province
from htx_cli.domain.names import told_apart
from htx_cli.domain.report import Cell, Map, Merger, Report
from htx_cli.domain.targets import PER_CENT, Kind, Reason
from htx_cli.output.layout import Notes, clean
from htx_cli.output.wording.figures import hints, reason_text
from htx_cli.text.words import shown, t


def carries(cell: Cell) -> bool:
    """Tell whether a cell's figure or base was carried over a merger."""
    return bool(cell.carried_from or cell.base_parts)


def parts_of(cell: Cell) -> tuple[Cell, ...]:
    """The cells of the provinces that came into this one in the course of the year."""
    return tuple(leaf for part in cell.parts for leaf in part.leaves)


def why_open(cell: Cell) -> str:
    """Say why a cell cannot be judged; of a merged province also which part is the cause."""
    reason = reason_text(cell.judged)
    if lacking := [*cell.unbased, *cell.unbased_outside]:
        named = told_apart([*lacking, cell.province])[:-1]
        mine, others = named[: len(cell.unbased)], named[len(cell.unbased) :]
        return f"{reason}: {', '.join(map(clean, [*mine, *map(outside, others)]))}"
    causes: Sequence[Cell] = _lacking(cell)
    if cell.judged.reason is Reason.PARTIAL:
        causes = [leaf for leaf in cell.leaves if leaf.result is None]
    if not causes:
        return reason
    return f"{reason}: {names_beside(cell, [cause.province for cause in causes])}"


def adds(cell: Cell, part: Cell) -> bool:
    """Tell whether the figure of a part can be added to those of the others: a bare rate cannot."""
    return cell.target.kind not in PER_CENT or len(cell.carried_from) < 2 or not _bare(part)


def advice(report: Report, cells: Iterable[Cell]) -> list[str]:
    """Advise on cells that cannot be judged; of a merged province, on which part of it."""
    lines: list[str] = []
    whole = []
    for cell in cells:
        causes = _lacking(cell)
        lines += [_again(cell, cause) for cause in causes]
        if not causes:
            whole.append(cell)
    return [*lines, *hints(report, whole)]


def _lacking(cell: Cell) -> list[Cell]:
    """The parts for want of whose whole or base a carried figure has no rate."""
    if not cell.carried or cell.judged.reason not in (Reason.NO_DENOMINATOR, Reason.NO_BASE):
        return []
    return [leaf for leaf in cell.leaves if leaf.province in cell.carried_from and _bare(leaf)]


def _bare(part: Cell) -> bool:
    figure = part.figure
    if figure is None:
        return False
    return (figure.of if part.target.kind is Kind.RATIO else figure.base) is None


def _again(cell: Cell, part: Cell) -> str:
    """Advise how to record the figure of a part again so that it can be added."""
    assert part.result is not None
    what = {
        "province": names_beside(cell, [part.province]),
        "id": part.province.id,
        "code": part.target.code,
        "day": part.result.as_of,
        "year": str(part.target.year),
    }
    if part.target.kind is Kind.RATIO:
        return t(
            "For the whole of {province}: htx record {id} {code} VALUE --of N --as-of {day}"
            " --year {year}",
            **what,
        )
    return t(
        "For the base of {province}: htx record {id} {code} VALUE --base N --as-of {day}"
        " --year {year}",
        **what,
    )


def names_beside(cell: Cell, provinces: Sequence[Province]) -> str:
    """Names of provinces that a cell came of, told apart from its own."""
    return ", ".join(map(clean, told_apart([*provinces, cell.province])[:-1]))


def merger_lines(report: Report, cell: Cell) -> list[str]:
    """Say what of a cell's figure and base comes from before a merger."""
    merger = next((m for m in report.mergers if m.successor == cell.province), None)
    others = merger.others if merger else ()
    lines = []
    if merger and cell.parts:
        what = {"parts": came_of(merger), "day": merger.day}
        if len(cell.parts) + len(others) == 1:
            return [t("A new name since {day}, before {parts}; the series goes on.", **what)]
        lines.append(t("Came of {parts} on {day}; the series breaks there.", **what))
    if cell.carried_from:
        lines.append(
            t(
                "The figure is carried over: it is that of {provinces}.",
                provinces=names_beside(cell, cell.carried_from),
            )
            if others
            else t("The figure is carried over: it is that of these provinces together.")
        )
    if cell.base_parts:
        lines.append(t("The base is carried over: it is the sum of those of the provinces before."))
    return lines


def came_of(merger: Merger) -> str:
    """All that merged, told apart from what they became; who was no member is marked."""
    named = told_apart([*merger.parts, *merger.others, merger.successor])
    parts, others = named[: len(merger.parts)], named[len(merger.parts) : -1]
    return ", ".join(map(clean, [*parts, *map(outside, others)]))


def outside(name: str) -> str:
    """A province that was no member where members are told of."""
    return t("{province} (outside the cluster)", province=name)


def merged(report: Report, cells: Sequence[Cell]) -> list[Notes]:
    """The mergers that the cells span, and what they mean for them."""
    whose = {cell.province for cell in cells}
    mergers = [m for m in report.mergers if m.successor in whose or whose.intersection(m.parts)]
    if not mergers:
        return []
    lines = [*map(_merger, mergers), *_meaning(report, cells)]
    return [Notes(lines, t("Merged provinces"))]


def _merger(merger: Merger) -> str:
    names = [*merger.parts, *merger.others, merger.successor]
    *parts, successor = map(clean, told_apart(names))
    line = f"{shown(merger.day)}: {', '.join(parts)} → {successor}"
    if not merger.others:
        return line
    strangers = ", ".join(clean(other.name) for other in merger.others)
    return f"{line} ({t('not members: {names}', names=strangers)})"


def _meaning(report: Report, cells: Sequence[Cell]) -> list[str]:
    """Explain a series that breaks; a new name alone breaks none."""
    if all(len(merger.parts) + len(merger.others) == 1 for merger in report.mergers):
        return [t("A new name only: the series goes on.")]
    if report.map is Map.OLD:
        return [
            t(
                "The series breaks there. This table ends before it; the provinces after it: --map new."
            )
        ]
    lines = [t("The series breaks there: figures before and after are of other provinces.")]
    if any(cell.carried_from for cell in cells):
        lines.append(t("A figure with † is carried over: it is that of the provinces that merged."))
    if any(cell.base_parts for cell in cells):
        lines.append(t("A growth with † is measured from the sum of their bases."))
    if any(cell.parts and cell.own for cell in cells):
        lines.append(
            t("A count is asked of it as the sum of what the provinces before it had signed.")
        )
    return lines
