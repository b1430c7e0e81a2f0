"""A year's data → Report: every province on every target, and the roll-ups over them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from htx_cli import terms
from htx_cli.answers import Cell, LineRow, ProvinceRow, Report, Rollup
from htx_cli.model import Province, Result, Target, YearData
from htx_cli.targets import (
    PER_CENT,
    REACHED,
    UNJUDGED,
    Basis,
    Bound,
    Figure,
    Judgement,
    Kind,
    Moment,
    Reason,
    Scope,
    Status,
    fold,
    fold_reason,
    judge,
    measure,
    per_cent,
    share_of_whole,
    total,
)
from htx_cli.vietnamese import natural_key

_NOTHING = Figure()


@dataclass(frozen=True, slots=True)
class _View:
    """The data, and the day that the report looks from."""

    data: YearData
    as_of: date
    until: date  # no later result counts
    ended: bool
    estimates: bool

    def moment(self, result: Result) -> Moment:
        """When the result was true, seen from the report's day."""
        closed = self.data.closed and self.ended
        return Moment(result.as_of, result.basis is Basis.ESTIMATE, closed)


def report_day(year: int, today: date, as_of: date | None = None) -> date:
    """The day a report looks from: the one asked for, else today, but not after the year's last."""
    return as_of or min(today, date(year, 12, 31))


def member_day(year: int, day: date) -> date:
    """The day on which membership is read for a report that looks from `day`."""
    return min(max(day, date(year, 1, 1)), date(year, 12, 31))


def build(
    data: YearData, today: date, as_of: date | None = None, estimates: bool = False
) -> Report:
    """The report of a year as of a day (default: today, at the latest the year's last day)."""
    last_day = date(data.year, 12, 31)
    day = report_day(data.year, today, as_of)
    view = _View(data, day, min(as_of or last_day, last_day), day >= last_day, estimates)
    targets = sorted(data.targets, key=reading_order)
    rows = tuple(
        _province_row(m.province, tuple(_cell(view, m.province, t) for t in targets))
        for m in data.members
    )
    rollups = tuple(
        _rollup(view, target, [row.cells[at] for row in rows]) for at, target in enumerate(targets)
    )
    return Report(
        cluster=data.cluster,
        year=data.year,
        as_of=day,
        closed=data.closed,
        estimates=estimates,
        leadership=terms.on(data.terms, member_day(data.year, day)),
        lines=_lines(data, rollups),
        targets=rollups,
        provinces=rows,
        pact=data.pact,
        unseated=data.unseated,
    )


def reading_order(target: Target) -> tuple[object, ...]:
    """The signed lines as people count them, then what is tracked."""
    return (target.line is None, natural_key(target.line or ""), natural_key(target.code))


def counting(view_until: date, results: Sequence[Result], estimates: bool) -> Result | None:
    """The one result that counts: the latest actual not after the day.

    With `estimates`, an estimate counts where no actual has the same or a later date.
    """
    known = sorted((r for r in results if r.as_of <= view_until), key=lambda r: r.as_of)
    actual = next((r for r in reversed(known) if r.basis is Basis.ACTUAL), None)
    guess = next((r for r in reversed(known) if r.basis is Basis.ESTIMATE), None)
    if estimates and guess and (actual is None or guess.as_of > actual.as_of):
        return guess
    return actual


# -- a province on a target ------------------------------------------------------------------------


def _cell(view: _View, province: Province, target: Target) -> Cell:
    data = view.data
    share = data.shares.get((province.id, target.code))
    result = counting(view.until, data.results.get((province.id, target.code), ()), view.estimates)
    base_from = data.bases.get((province.id, target.code))
    figure = _with_base(target, result, base_from)
    cell = Cell(
        province,
        target,
        Judgement(Status.NOT_REPORTED),
        figure=figure,
        result=result,
        base_from=base_from,
        stale=_stale(view, target, result.as_of if result else None),
        share=share,
    )
    if share is not None and not share.assigned:
        return replace(cell, judged=Judgement(Status.NOT_ASSIGNED), stale=False)
    if target.kind is Kind.TRACKED or (target.scope is Scope.CLUSTER and share is None):
        return replace(cell, judged=Judgement(Status.TRACKED, rate=_information(target, figure)))
    rule = target.rule(share.threshold if share else None)
    if result is None or figure is None:
        return replace(cell, threshold=rule.threshold)
    return replace(cell, threshold=rule.threshold, judged=judge(rule, figure, view.moment(result)))


def _with_base(target: Target, result: Result | None, base_from: Result | None) -> Figure | None:
    """The reported figure; for growth with the base that counts: its own, else the book's."""
    if result is None:
        return None
    figure = result.figure
    if target.kind is Kind.GROWTH and figure.base is None and figure.rate is None and base_from:
        return replace(figure, base=base_from.figure.value)
    return figure


def _information(target: Target, figure: Figure | None) -> Decimal | None:
    """The rate of a figure that is not judged, or of a sum: no threshold stands beside it."""
    if figure is None or figure == _NOTHING:
        return None
    if target.kind is Kind.TRACKED:
        return share_of_whole(figure)
    measured = measure(target.kind, figure) if target.kind in PER_CENT else None
    return per_cent(measured) if isinstance(measured, Fraction) else None


def _stale(view: _View, target: Target, day: date | None) -> bool:
    """Whether the year has ended and a figure of that day is older than its last day."""
    if day is None or target.kind is Kind.TRACKED:
        return False
    return view.ended and day < date(view.data.year, 12, 31)


def _province_row(province: Province, cells: tuple[Cell, ...]) -> ProvinceRow:
    return ProvinceRow(province, cells, *_counts(cells))


def _counts(cells: Sequence[Cell]) -> tuple[int, int, int]:
    """met, assigned, reported: `assigned` leaves out tracked and not assigned; `reported` counts
    every figure but those of cells that are not assigned."""
    met = sum(cell.status in REACHED for cell in cells)
    assigned = sum(cell.status not in UNJUDGED for cell in cells)
    reported = sum(c.result is not None and c.status is not Status.NOT_ASSIGNED for c in cells)
    return met, assigned, reported


def owed(cell: Cell, rollup: Rollup) -> bool:
    """Whether the province still has to send this figure: nothing came, or the year ended since.

    Where a figure of the whole cluster stands, only those with a share of their own owe theirs.
    """
    if cell.status is Status.NOT_ASSIGNED or cell.target.kind is Kind.TRACKED:
        return False
    if rollup.from_whole and cell.share is None:
        return False
    return cell.result is None or cell.stale


def owing(report: Report) -> tuple[Cell, ...]:
    """Every figure that a province still has to send, province by province."""
    return tuple(
        cell
        for row in report.provinces
        for cell, rollup in zip(row.cells, report.targets, strict=True)
        if owed(cell, rollup)
    )


# -- a target over the cluster ---------------------------------------------------------------------


def _rollup(view: _View, target: Target, cells: Sequence[Cell]) -> Rollup:
    taking_part = [cell for cell in cells if cell.status is not Status.NOT_ASSIGNED]
    figure, counted = total(target.kind, [c.figure for c in taking_part if c.figure is not None])
    met, assigned, reported = _counts(cells)
    rollup = Rollup(
        target,
        Judgement(fold(cell.status for cell in cells), rate=_information(target, figure)),
        figure,
        met,
        assigned,
        reported,
        counted,
        len(taking_part),
        basis=_basis([cell.result for cell in taking_part if cell.result]),
        added=figure,
    )
    if target.scope is Scope.EACH and target.kind is not Kind.TRACKED:
        if rollup.judged.status is Status.INCOMPLETE:
            reason = fold_reason([c.judged for c in cells if c.status not in UNJUDGED])
            return replace(rollup, judged=replace(rollup.judged, reason=reason))
        return rollup
    rollup = _cluster_rollup(view, rollup, taking_part)
    return replace(rollup, stale=_stale(view, target, rollup.as_of))


def _cluster_rollup(view: _View, rollup: Rollup, cells: Sequence[Cell]) -> Rollup:
    """The sum, or the figure that was reported for the whole: the later one, never both added."""
    target = rollup.target
    adding = [c.result for c in cells if c.result and _adds(target, c.figure)]
    oldest = min((r.as_of for r in adding), default=None)
    rollup = replace(rollup, oldest=oldest)
    whole = counting(view.until, view.data.results.get((None, target.code), ()), view.estimates)
    missing = rollup.expected - rollup.counted
    if whole is not None and (
        oldest is None or whole.as_of > oldest or (whole.as_of == oldest and missing > 0)
    ):
        figure = _with_base(target, whole, view.data.bases.get((None, target.code)))
        assert figure is not None
        return replace(
            rollup,
            figure=figure,
            judged=judge(target.rule(), figure, view.moment(whole)),
            whole=whole,
            from_whole=True,
            differs=rollup.added if _differ(rollup, figure) else None,
            basis=whole.basis,
        )
    differs = whole.figure if whole and _differ(rollup, whole.figure) else None
    basis = _basis(adding) or rollup.basis
    rollup = replace(rollup, whole=whole, differs=differs, basis=basis)
    if target.kind is Kind.TRACKED:
        return replace(rollup, judged=replace(rollup.judged, status=Status.TRACKED))
    if oldest is None:
        return replace(rollup, judged=_nothing_to_add(target, cells))
    moment = Moment(oldest, basis is Basis.ESTIMATE, view.data.closed and view.ended)
    return replace(rollup, judged=_judge_sum(view, rollup, moment, missing))


def _nothing_to_add(target: Target, cells: Sequence[Cell]) -> Judgement:
    """No sum: nobody takes part, nobody reported, or what was reported cannot be added."""
    if not cells:
        return Judgement(Status.NOT_ASSIGNED)
    figures = [cell.figure for cell in cells if cell.figure is not None]
    if not figures:
        return Judgement(Status.NOT_REPORTED)
    found = {measure(target.kind, figure) for figure in figures}
    reason = next(iter(found)) if len(found) == 1 and len(figures) == len(cells) else None
    return Judgement(Status.INCOMPLETE, reason if isinstance(reason, Reason) else Reason.PARTIAL)


def _adds(target: Target, figure: Figure | None) -> bool:
    return figure is not None and total(target.kind, [figure])[1] == 1


def _basis(results: Sequence[Result]) -> Basis | None:
    """An estimate as soon as one of the figures is; of no figures nothing."""
    found = {result.basis for result in results}
    return Basis.ESTIMATE if Basis.ESTIMATE in found else next(iter(found), None)


def _differ(rollup: Rollup, whole: Figure) -> bool:
    """Whether the sum of the provinces says something else than the figure for the whole cluster.

    What both state is compared, part by part; a bare rate with the rate of the sum, as exactly as
    it was typed: 66.67 % is 2 of 3.
    """
    kind, added = rollup.target.kind, rollup.added
    if added.value is None:
        return False
    if kind is Kind.YES_NO:
        return (whole.value == 1) != (added.value == rollup.counted)
    if whole.rate is not None:
        measured = measure(kind, added)
        exponent = whole.rate.as_tuple().exponent
        typed = Fraction(1, 2 * 10 ** max(-exponent, 0)) if isinstance(exponent, int) else 0
        return isinstance(measured, Fraction) and abs(measured - Fraction(whole.rate)) > typed
    pairs = ((added.value, whole.value), (added.of, whole.of), (added.base, whole.base))
    return any(a != b for a, b in pairs if a is not None and b is not None)


def _judge_sum(view: _View, rollup: Rollup, moment: Moment, missing: int) -> Judgement:
    """A sum is judged as of the oldest figure in it.

    With a province missing, a verdict stands only if what is missing cannot change it. Otherwise the
    sum is incomplete once the year has ended; before that, what a part of the provinces has reached
    is in progress: one province at 70 % of its own says nothing yet about 60 % of all.
    """
    target = rollup.target
    judged = _judged_so_far(rollup, moment)
    if not missing or _beyond_doubt(target, rollup.figure, judged.status):
        return judged
    if view.ended:
        return Judgement(Status.INCOMPLETE, Reason.PARTIAL, rate=judged.rate)
    if judged.status in REACHED:
        return Judgement(Status.IN_PROGRESS, rate=judged.rate)
    return judged


def _judged_so_far(rollup: Rollup, moment: Moment) -> Judgement:
    """What the figures that came say by themselves; many that say yes say yes only if all do."""
    figure = rollup.figure
    if rollup.target.kind is Kind.YES_NO:
        figure = Figure(Decimal(figure.value == rollup.counted))
    return judge(rollup.target.rule(), figure, moment)


def reached_in_part(rollup: Rollup) -> bool:
    """Whether a sum is in progress only because a province is missing that may still undo it."""
    if rollup.oldest is None or rollup.judged.status is not Status.IN_PROGRESS:
        return False
    bound_as_one = rollup.target.scope is Scope.CLUSTER and not rollup.from_whole
    moment = Moment(rollup.oldest, rollup.basis is Basis.ESTIMATE)
    return bound_as_one and _judged_so_far(rollup, moment).status in REACHED


def _beyond_doubt(target: Target, figure: Figure, status: Status) -> bool:
    """Whether a sum stands whatever is still missing: a count is never below 0, so it only grows.

    That keeps an at-least count reached, a level too, and a cumulative count over its limit missed.
    A rate may go either way, a level come back under its limit, and one province may yet say no.
    """
    if target.kind is not Kind.COUNT or figure.value is None or target.threshold is None:
        return False
    if target.bound is Bound.AT_LEAST:
        return status in REACHED
    over = figure.value > target.threshold
    return over and target.rule().cumulative and status is Status.MISSED


# -- the lines of the pact -------------------------------------------------------------------------


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
