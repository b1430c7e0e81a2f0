"""A target over the years: what the report of each year says of it, and where the series breaks. Pure.

Codes are given anew every year, so the same code may stand for something else: what differs from
the year before is told, never joined in silence.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from htx_cli.domain.changes import KnownAt
from htx_cli.domain.model import Cluster, Member, Province, Target
from htx_cli.domain.progress.carry import joined
from htx_cli.domain.progress.cells import information
from htx_cli.domain.report import Cell, Merger, Report
from htx_cli.domain.targets import Basis, Figure, Judgement, Kind, Reason, Status

# A number stands for the same whether it is only tracked, bounded, or measured by its growth.
_NUMBERS = {Kind.COUNT, Kind.GROWTH, Kind.TRACKED}


class Cause(StrEnum):
    """Reasons why a year is not comparable with the one before."""

    TITLE = "title"
    UNIT = "unit"
    OF_TITLE = "of_title"
    LEVEL = "level"  # cumulative within the year, or a state at its date
    KIND = "kind"
    GAP = "gap"  # years between without the target, or without the province
    MERGED = "merged"
    MEMBERS = "members"  # of the cluster, but by a merger


class Break(Struct, frozen=True):
    """A difference to the year before; where it `splits`, the figures of both are not comparable.

    Of a gap `before` and `now` are its first and its last year; of a merger the provinces and what
    they became on `day`, with the `others` that were no members; of the members those who left and
    those who joined.
    """

    what: Cause
    before: object
    now: object
    day: date | None = None
    splits: bool = True
    others: tuple[Province, ...] = ()


class Point(Struct, frozen=True):
    """A year of the series, as its report says it. `parts` are those whose figures make this one,
    `silent` the members that it lacks, and `outside` those that were none in that year.

    Of yes and no over the whole cluster the figure is how many say yes, of how many.
    """

    year: int
    target: Target
    judged: Judgement
    figure: Figure | None
    threshold: Decimal | None
    as_of: date | None
    basis: Basis | None
    stale: bool
    parts: tuple[Province, ...] = ()
    breaks: tuple[Break, ...] = ()
    silent: tuple[Province, ...] = ()
    outside: tuple[Province, ...] = ()
    counted: tuple[int, int] | None = None  # figures in the cluster's sum, of how many wanted

    @property
    def drawn(self) -> Decimal | None:
        """The number that a line is drawn through: the rate of a ratio, else the value."""
        if self.target.kind is Kind.RATIO:
            return self.judged.rate
        return self.figure.value if self.figure else None


class Trend(Struct, frozen=True):
    """A target of a cluster, or of one province, over the years in which it was signed.

    `went` is the merger by which the province ceased to be.
    """

    cluster: Cluster
    code: str
    province: Province | None
    points: tuple[Point, ...]
    went: Merger | None = None
    estimates: bool = False
    known_at: KnownAt | None = None

    def segments(self) -> list[list[Point]]:
        """The years from one split to the next: what may be compared."""
        made: list[list[Point]] = []
        for point in self.points:
            if not made or any(each.splits for each in point.breaks):
                made.append([])
            made[-1].append(point)
        return made


# -- a year ----------------------------------------------------------------------------------------


def of_cluster(report: Report, code: str) -> Point:
    """Take from a report the point of a target for the whole cluster."""
    rollup = next(each for each in report.targets if each.target.code == code)
    target, figure = rollup.target, rollup.figure
    if target.kind is Kind.YES_NO and not rollup.from_whole and figure.value is not None:
        figure = Figure(figure.value, Decimal(rollup.expected))
    return Point(
        report.year,
        target,
        rollup.judged,
        None if figure == Figure() else figure,
        target.threshold,
        rollup.as_of,
        rollup.basis,
        rollup.stale,
        counted=None if rollup.from_whole else (rollup.counted, rollup.expected),
    )


def of_member(report: Report, code: str, member: Member) -> Point | None:
    """Take the point of a member; before it came of others, what they had reported together.

    That sum is not judged, for each of them had signed for itself. None if none of them is there.
    """
    cells = {c.province: c for c in report.cells() if c.target.code == code}
    if own := cells.get(member.province):
        parts = own.carried_from if own.carried else ()
        return _point(report.year, own, own.judged, own.figure, parts)
    found, outside = _gathered(cells, member)
    if not found:
        return None
    reported = [cell for cell in found if cell.figure is not None]
    target = found[0].target
    figure = joined(target.kind, [cell.figure for cell in reported if cell.figure])
    silent = tuple(cell.province for cell in found if cell.figure is None)
    partial = figure is not None and bool(silent or outside)
    status = Status.TRACKED if figure else Status.NOT_REPORTED
    judged = Judgement(
        Status.INCOMPLETE if partial else status,
        Reason.PARTIAL if partial else None,
        information(target, figure),
    )
    oldest = min(reported, key=_day, default=found[0])
    parts = tuple(cell.province for cell in reported)
    point = _point(report.year, oldest, judged, figure, parts)
    return replace(point, threshold=None, silent=silent, outside=tuple(outside))


def _gathered(cells: Mapping[Province, Cell], member: Member) -> tuple[list[Cell], list[Province]]:
    """The cells of a member, else of those that it came of; and who of them was no member then."""
    if own := cells.get(member.province):
        return [own], []
    if not member.parts and not member.others:
        return [], [member.province]
    found: list[Cell] = []
    outside: list[Province] = []
    for part in member.parts:
        theirs, others = _gathered(cells, part)
        found += theirs
        outside += others
    return found, [*outside, *member.others]


def _point(
    year: int, cell: Cell, judged: Judgement, figure: Figure | None, parts: tuple[Province, ...]
) -> Point:
    result = cell.result
    return Point(
        year,
        cell.target,
        judged,
        figure,
        cell.threshold,
        result.as_of if result else None,
        result.basis if result else None,
        cell.stale,
        parts,
    )


def _day(cell: Cell) -> date:
    return cell.result.as_of if cell.result else date.max


# -- the years -------------------------------------------------------------------------------------


def series(
    found: Sequence[tuple[Report, Point]], mergers: Sequence[Merger], member: Member | None
) -> tuple[Point, ...]:
    """The points of the years in their order, each with what differs from the one before."""
    points = [point for _, point in found[:1]]
    for (before, old), (report, point) in pairwise(found):
        between = [each for each in mergers if old.year < each.day.year <= point.year]
        if member is not None:
            between = [each for each in between if each.successor in member.lineage]
        breaks = [
            *_renamed(old, point),
            *(_merged(each, member is not None) for each in between),
            *(_other_members(before, report, between) if member is None else ()),
        ]
        points.append(replace(point, breaks=tuple(breaks)))
    return tuple(points)


def _merged(merger: Merger, of_member: bool) -> Break:
    """A merger; of the series of a province it is the end, unless it is a new name only."""
    several = len(merger.parts) + len(merger.others) > 1
    splits = of_member and several
    parts, into = merger.parts, merger.successor
    return Break(Cause.MERGED, parts, into, merger.day, splits, merger.others)


def _renamed(before: Point, now: Point) -> list[Break]:
    """Years that are missing between two, and what the target of the later one says otherwise."""
    found = []
    if now.year > before.year + 1:
        found.append(Break(Cause.GAP, before.year + 1, now.year - 1, splits=False))
    old, new = before.target, now.target
    for what in (Cause.TITLE, Cause.UNIT, Cause.OF_TITLE):
        pair = getattr(old, what), getattr(new, what)
        if _folded(pair[0]) != _folded(pair[1]):
            found.append(Break(what, *pair))
    if old.kind != new.kind:
        splits = not {old.kind, new.kind} <= _NUMBERS
        found.append(Break(Cause.KIND, old.kind, new.kind, splits=splits))
    elif old.level != new.level:
        found.append(Break(Cause.LEVEL, old.level, new.level))
    return found


def _folded(text: object) -> str:
    return " ".join(str(text or "").casefold().split())


def _other_members(before: Report, now: Report, mergers: Sequence[Merger]) -> list[Break]:
    """Return who left the cluster and who joined it, but by a merger of members alone."""
    old = {row.province for row in before.provinces}
    new = {row.province for row in now.provinces}
    for merger in mergers:
        if merger.successor in new and not merger.others and old.issuperset(merger.parts):
            old = old.difference(merger.parts) | {merger.successor}
    if old == new:
        return []
    left = tuple(row.province for row in before.provinces if row.province in old - new)
    came = tuple(row.province for row in now.provinces if row.province in new - old)
    return [Break(Cause.MEMBERS, left, came)]
