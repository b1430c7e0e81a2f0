"""A target over the whole cluster."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from msgspec.structs import replace

from htx_cli.domain.model import Result, Target
from htx_cli.domain.progress.cells import counts, information, stale, with_base
from htx_cli.domain.progress.view import View, counting
from htx_cli.domain.report import Cell, Rollup
from htx_cli.domain.targets import (
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
    total,
)


def rollup_of(view: View, target: Target, cells: Sequence[Cell]) -> Rollup:
    """The target over all members: what their figures add up to, and what that means.

    What was carried over a merger is added up from the figures that it came of, so that a merger
    changes no sum.
    """
    taking_part = _taking_part(leaf for cell in _taking_part(cells) for leaf in cell.leaves)
    figures = [cell.figure for cell in taking_part if cell.figure is not None]
    figure, counted = total(target.kind, figures)
    met, assigned, reported = counts(cells)
    rollup = Rollup(
        target,
        Judgement(fold(cell.status for cell in cells), rate=information(target, figure)),
        figure,
        met,
        assigned,
        reported,
        counted,
        len(taking_part),
        len(figures),
        basis=_basis([cell.result for cell in taking_part if cell.result]),
        added=figure,
    )
    if target.scope is Scope.EACH and target.kind is not Kind.TRACKED:
        if rollup.judged.status is Status.INCOMPLETE:
            reason = fold_reason([c.judged for c in cells if c.status not in UNJUDGED])
            return replace(rollup, judged=replace(rollup.judged, reason=reason))
        return rollup
    rollup = _cluster_rollup(view, rollup, taking_part)
    return replace(rollup, stale=stale(view, target, rollup.as_of))


def _taking_part(cells: Iterable[Cell]) -> list[Cell]:
    return [cell for cell in cells if cell.status is not Status.NOT_ASSIGNED]


def _cluster_rollup(view: View, rollup: Rollup, cells: Sequence[Cell]) -> Rollup:
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
        figure = with_base(target, whole.figure, view.data.bases.get((None, target.code)))
        return replace(
            rollup,
            figure=figure,
            judged=judge(target.criterion(), figure, view.moment(whole)),
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
    """Tell whether the sum of the provinces says something else than the figure for the whole cluster.

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


def _judge_sum(view: View, rollup: Rollup, moment: Moment, missing: int) -> Judgement:
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
    """Judge the figures that came by themselves; many that say yes say yes only if all do."""
    figure = rollup.figure
    if rollup.target.kind is Kind.YES_NO:
        figure = Figure(Decimal(figure.value == rollup.counted))
    return judge(rollup.target.criterion(), figure, moment)


def reached_in_part(rollup: Rollup) -> bool:
    """Tell whether a sum is in progress only because a province is missing that may still undo it."""
    if rollup.oldest is None or rollup.judged.status is not Status.IN_PROGRESS:
        return False
    bound_as_one = rollup.target.scope is Scope.CLUSTER and not rollup.from_whole
    moment = Moment(rollup.oldest, rollup.basis is Basis.ESTIMATE)
    return bound_as_one and _judged_so_far(rollup, moment).status in REACHED


def _beyond_doubt(target: Target, figure: Figure, status: Status) -> bool:
    """Tell whether a sum stands whatever is missing: a count is never below 0, so it only grows.

    That keeps an at-least count reached, a level too, and a cumulative count over its limit missed.
    A rate may go either way, a level come back under its limit, and one province may yet say no.
    """
    if target.kind is not Kind.COUNT or figure.value is None or target.threshold is None:
        return False
    if target.bound is Bound.AT_LEAST:
        return status in REACHED
    over = figure.value > target.threshold
    return over and target.criterion().cumulative and status is Status.MISSED
