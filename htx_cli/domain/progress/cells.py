"""A province on a target: its own figure, or the one carried over from the provinces it came of."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from msgspec.structs import replace

from htx_cli.domain.model import Member, Province, Result, Share, Target
from htx_cli.domain.progress.carry import Claim, claim_of, differ, joined, joint
from htx_cli.domain.progress.view import View, counting
from htx_cli.domain.report import Cell
from htx_cli.domain.targets import (
    PER_CENT,
    REACHED,
    UNJUDGED,
    Basis,
    Figure,
    Judgement,
    Kind,
    Reason,
    Status,
    judge,
    measure,
    per_cent,
    share_of_whole,
)

_Bases = tuple[tuple[Province, Result], ...]


def cell_of(view: View, member: Member, target: Target) -> Cell:
    """Judge a member on a target: by the figure of its own that counts, else by the carried one."""
    place = (member.province.id, target.code)
    share = view.data.shares.get(place)
    result = counting(view.until, view.data.results.get(place, ()), view.estimates)
    base_from, base_parts = _base(view, member, target)
    parts: tuple[Cell, ...] = ()
    claim = claim_of(target, share)
    if view.carries(member):
        parts = tuple(cell_of(view, part, target) for part in member.parts)
        if share is None:
            claim = joint(target, [_claim(part) for part in parts])
            share = _share(member.province, target, claim)
    carried = bool(parts) and result is None
    taking = _taking(parts, claim) if carried else []
    if carried:
        result, base_from, base_parts = _carried(member.province, target, taking), None, ()
    cell = Cell(
        member.province,
        target,
        Judgement(Status.NOT_REPORTED),
        figure=_with_base(target, result, base_from),
        result=result,
        base_from=base_from,
        stale=stale(view, target, result.as_of if result else None),
        share=share,
        parts=parts,
        carried=carried,
        carried_from=tuple(whose for part in taking for whose in _brought(part)),
        base_parts=base_parts,
    )
    judged = _judged(view, cell, claim, partial=carried and any(map(_lacking, taking)))
    if carried or judged.judged.reason is not Reason.NO_BASE or not _came_later(member, target):
        return judged
    unbased, outside = _unbased(view, member, target)
    return replace(judged, unbased=tuple(unbased), unbased_outside=tuple(outside))


def _judged(view: View, cell: Cell, claim: Claim, partial: bool) -> Cell:
    """The cell with what its figure means; of `partial` ones a part has not reported."""
    target, figure, result = cell.target, cell.figure, cell.result
    if not claim.takes_part:
        return replace(cell, judged=Judgement(Status.NOT_ASSIGNED), stale=False)
    if not claim.bound:
        lacking = Reason.PARTIAL if partial and result else None
        said = Judgement(Status.TRACKED, lacking, rate=information(target, figure))
        return replace(cell, judged=said)
    if result is None or figure is None:
        return replace(cell, threshold=claim.threshold)
    why = Reason.PARTIAL if partial else None
    if why is None and differ(target, claim):
        why = Reason.THRESHOLDS_DIFFER
    if why:
        judged = Judgement(Status.INCOMPLETE, why, rate=information(target, figure))
    else:
        judged = judge(target.criterion(claim.threshold), figure, view.moment(result))
    return replace(cell, threshold=claim.threshold, judged=judged)


# -- over a merger ---------------------------------------------------------------------------------


def _claim(part: Cell) -> Claim:
    """Read a part's obligation back from its cell."""
    if part.status in UNJUDGED:
        return Claim(False, part.status is Status.TRACKED)
    return Claim(True, True, part.threshold, part.own)


def _share(province: Province, target: Target, claim: Claim) -> Share | None:
    """The share that follows from those of the parts, where it is not what was signed."""
    if not claim.takes_part:
        return Share(province.id, target.code, None, derived=True)
    if not claim.own:
        return None
    return Share(province.id, target.code, claim.threshold, derived=True)


def _taking(parts: Sequence[Cell], claim: Claim) -> list[Cell]:
    """The parts whose figures are judged together: those that are bound, if any is; else all that
    take part; what all of them are free of is only shown."""
    bound = [part for part in parts if part.status not in UNJUDGED]
    if claim.bound and bound:
        return bound
    return [part for part in parts if part.status is not Status.NOT_ASSIGNED] or list(parts)


def _brought(part: Cell) -> tuple[Province, ...]:
    """The provinces that the figure of a part is of."""
    return part.carried_from if part.carried else (part.province,) if part.result else ()


def _lacking(part: Cell) -> bool:
    """Tell whether a part has not reported, or one of its own parts."""
    return part.result is None or (part.carried and part.judged.reason is Reason.PARTIAL)


def _carried(province: Province, target: Target, parts: Sequence[Cell]) -> Result | None:
    """The figure of the parts: as old as the oldest, an estimate as soon as one is."""
    results = [part.result for part in parts if part.result is not None]
    figure = joined(target.kind, [part.figure for part in parts if part.figure is not None])
    if figure is None:
        return None
    guessed = any(result.basis is Basis.ESTIMATE for result in results)
    return Result(
        target.code,
        province.id,
        min(result.as_of for result in results),
        Basis.ESTIMATE if guessed else Basis.ACTUAL,
        figure,
    )


def _base(view: View, member: Member, target: Target) -> tuple[Result | None, _Bases]:
    """The base in the book: the province's own, else the sum of those of its parts, and these.

    It takes every part's; a unit that was no member has none here.
    """
    found = view.data.bases.get((member.province.id, target.code))
    if found or not _came_later(member, target) or not member.parts or member.others:
        return found, ()
    bases: list[tuple[Province, Result]] = []
    for part in member.parts:
        base, parts = _base(view, part, target)
        if base is None:
            return None, ()
        bases += parts or ((part.province, base),)
    figure = joined(Kind.TRACKED, [base.figure for _, base in bases])
    oldest = min(base.as_of for _, base in bases)
    province = member.province.id
    return Result(target.code, province, oldest, Basis.ACTUAL, figure or Figure()), tuple(bases)


def _came_later(member: Member, target: Target) -> bool:
    """Tell whether the member came of others after the base year had begun, so that its base is theirs."""
    if not target.base_year or not (member.parts or member.others):
        return False
    return member.province.first_day > date(target.base_year, 1, 1)


def _unbased(view: View, member: Member, target: Target) -> tuple[list[Province], list[Province]]:
    """Return the predecessors whose base is missing: members that it came of, and outsiders."""
    if (member.province.id, target.code) in view.data.bases:
        return [], []
    if not _came_later(member, target):
        return [member.province], []
    members, outside = [], [*member.others]
    for part in member.parts:
        theirs, others = _unbased(view, part, target)
        members += theirs
        outside += others
    return members, outside


# -- what a figure says ----------------------------------------------------------------------------


def _with_base(target: Target, result: Result | None, base_from: Result | None) -> Figure | None:
    """The reported figure; for growth with the base that counts: its own, else the book's."""
    if result is None:
        return None
    return with_base(target, result.figure, base_from)


def with_base(target: Target, figure: Figure, base_from: Result | None) -> Figure:
    """A figure; of growth with the base that counts: its own, else the book's."""
    if target.kind is Kind.GROWTH and figure.base is None and figure.rate is None and base_from:
        return replace(figure, base=base_from.figure.value)
    return figure


def information(target: Target, figure: Figure | None) -> Decimal | None:
    """The rate of a figure that is not judged, or of a sum: no threshold stands beside it."""
    if figure is None or figure == Figure():
        return None
    if target.kind is Kind.TRACKED:
        return share_of_whole(figure)
    measured = measure(target.kind, figure) if target.kind in PER_CENT else None
    return per_cent(measured) if isinstance(measured, Fraction) else None


def stale(view: View, target: Target, day: date | None) -> bool:
    """Tell whether the year has ended and a figure of that day is older than its last day."""
    if day is None or target.kind is Kind.TRACKED:
        return False
    return view.ended and day < date(view.data.year, 12, 31)


def counts(cells: Sequence[Cell]) -> tuple[int, int, int]:
    """met, assigned, reported: `assigned` leaves out tracked and not assigned; `reported` counts
    every figure but those of cells that are not assigned."""
    met = sum(cell.status in REACHED for cell in cells)
    assigned = sum(cell.status not in UNJUDGED for cell in cells)
    reported = sum(c.result is not None and c.status is not Status.NOT_ASSIGNED for c in cells)
    return met, assigned, reported


def early_bases(cell: Cell) -> tuple[tuple[Province, Result], ...]:
    """The figures used as a base that are not of the last day of the base year, and whose they are.

    A base that came with the figure has no date, and is none of them.
    """
    return tuple(base for leaf in cell.leaves for base in _early_bases_of(leaf))


def _early_bases_of(cell: Cell) -> Iterator[tuple[Province, Result]]:
    year, reported, base = cell.target.base_year, cell.result, cell.base_from
    if year is None or reported is None or base is None or cell.status is Status.NOT_ASSIGNED:
        return
    if reported.figure.base is not None or reported.figure.rate is not None:
        return
    for province, figure in cell.base_parts or ((cell.province, base),):
        if figure.as_of < date(year, 12, 31):
            yield province, figure
