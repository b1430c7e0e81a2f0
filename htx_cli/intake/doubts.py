"""Plausibility warnings for a figure that may go into the book. Pure: it is handed what stands beside it.

Each rule gives the code of a warning with its values, or nothing; none of them blocks.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from htx_cli.domain.model import Result, Target
from htx_cli.domain.targets import Basis, Figure, Kind

Doubt = tuple[str, Mapping[str, object]]

TEN = (Decimal("9.5"), Decimal("10.5"))
HUNDRED = (Decimal(95), Decimal(105))
TENTH = (Decimal("0.095"), Decimal("0.105"))
TELLING = 3  # digits of a figure that is hardly the same twice by chance


class Beside(Struct, frozen=True):
    """Figures to compare a figure with, of its own province and target."""

    before: Result | None = None  # what it replaces
    previous: Result | None = None  # the last actual figure before its date, in the year
    highest: Result | None = None  # of the year's actual values before its date
    lowest: Result | None = None  # of the year's actual values after its date, in the book
    last_year: Result | None = None  # the last actual figure of the year before
    year_ago: Result | None = None  # the figure of the same date and basis in the year before
    base: Decimal | None = None  # the book's own
    based: Result | None = None  # the last figure before its date, in the year, that brought a base


def doubts(
    target: Target, coming: Sequence[Result], standing: Sequence[Result], earlier: Sequence[Result]
) -> Iterator[tuple[int, Doubt]]:
    """Everything odd about the figures that come for one cell, each with its place among them.

    `standing` is what the book has of the year, `earlier` of the year before and of the base year.
    What the book says already is not odd.
    """
    for at, beside in enumerate(_beside_each(target, coming, standing, earlier)):
        if beside.before is not None and replace(beside.before, change=None) == coming[at]:
            continue
        for rule in OF_ANY if beside.before is None else (*OF_ANY, *OF_CORRECTION):
            if found := rule(target, coming[at], beside):
                yield at, found


def _beside_each(
    target: Target, coming: Sequence[Result], standing: Sequence[Result], earlier: Sequence[Result]
) -> Iterator[Beside]:
    """Find for each figure what it is compared with; the cost grows with their number, not its square."""
    books = {(each.as_of, each.basis): each for each in standing}
    taken = {(each.as_of, each.basis) for each in coming}
    staying = [each for place, each in books.items() if place not in taken]
    actuals = _actuals([*coming, *staying])
    valued, later = _valued(actuals), _valued(_actuals(staying))
    based = sorted((each for each in [*coming, *staying] if each.figure.base is not None), key=_day)
    highest = list(accumulate(valued, _higher))
    lowest = list(accumulate(reversed(later), _lower))
    last_year = [each for each in earlier if each.as_of.year == target.year - 1]
    year_ago = {(_month_day(each), each.basis): each for each in last_year}
    last = next(reversed(_actuals(last_year)), None)
    of_base_year = [each for each in earlier if each.as_of.year == target.base_year]
    base = next((_value(each) for each in reversed(_valued(_actuals(of_base_year)))), None)
    for one in coming:
        before, above = (
            bisect_left(actuals, one.as_of, key=_day),
            bisect_left(valued, one.as_of, key=_day),
        )
        own = bisect_left(based, one.as_of, key=_day)
        after = len(later) - bisect_right(later, one.as_of, key=_day)
        yield Beside(
            before=books.get((one.as_of, one.basis)),
            previous=actuals[before - 1] if before else None,
            highest=highest[above - 1] if above else None,
            lowest=lowest[after - 1] if after else None,
            last_year=last,
            year_ago=year_ago.get((_month_day(one), one.basis)),
            base=base,
            based=based[own - 1] if own else None,
        )


def tiny_rate(target: Target, figure: Figure) -> Doubt | None:
    """A rate below one per cent: most likely 62 % was written as 0.62."""
    rate = figure.rate
    if target.kind is not Kind.RATIO or rate is None or not 0 < rate < 1:
        return None
    return "rate_tiny", {"rate": rate, "percent": (rate * 100).normalize()}


def fallen(target: Target, one: Result, beside: Beside) -> Doubt | None:
    """A cumulative count below an actual figure of an earlier date."""
    value, other = one.figure.value, beside.highest
    if not _cumulative(target) or value is None or other is None or _value(other) <= value:
        return None
    return "count_fell", _against(one, other, value, _value(other))


def passed(target: Target, one: Result, beside: Beside) -> Doubt | None:
    """A cumulative actual count above one that stands for a later date."""
    value, other = one.figure.value, beside.lowest
    if not _cumulative(target) or value is None or other is None or _value(other) >= value:
        return None
    if one.basis is not Basis.ACTUAL:
        return None
    return "count_passed", _against(one, other, value, _value(other))


def its_base(target: Target, one: Result, beside: Beside) -> Doubt | None:
    """Growth of nothing: the value is the base."""
    value = one.figure.value
    if target.kind is not Kind.GROWTH or value is None:
        return None
    base = one.figure.base
    if value != (beside.base if base is None else base):
        return None
    return "value_is_base", {"value": value, "year": str(target.base_year)}


def ten_times(target: Target, one: Result, beside: Beside) -> Doubt | None:
    """Ten times, or a tenth of, the figure before it: of the year, else the last of the year before.

    A cumulative count begins every year anew: until the year's end a tenth of last year is nothing odd.
    """
    previous = beside.previous or beside.last_year
    if target.kind is Kind.YES_NO or previous is None:
        return None
    anew = beside.previous is None and _cumulative(target) and _month_day(one) != (12, 31)
    for here, there in zip(_numbers(one), _numbers(previous), strict=True):
        if here is None or there is None or here <= 0 or there <= 0:
            continue
        times = here / there
        if TEN[0] <= times <= TEN[1] or (not anew and TENTH[0] <= times <= TENTH[1]):
            return "ten_times", _against(one, previous, here, there)
        hundredth = HUNDRED[0] <= 1 / times <= HUNDRED[1]
        if HUNDRED[0] <= times <= HUNDRED[1] or (not anew and hundredth):
            return "hundred_times", _against(one, previous, here, there)
    return None


def same_as_last_year(target: Target, one: Result, beside: Beside) -> Doubt | None:
    """Warn of just the figure of the same date a year before, where that is hardly chance.

    Of so few digits as 2 or 13 it may well be; and nothing of which there was nothing is not odd.
    """
    amount = one.figure.rate if one.figure.value is None else one.figure.value
    then, whole = beside.year_ago, one.figure.of
    if target.kind is Kind.YES_NO or not amount or then is None or _numbers(then) != _numbers(one):
        return None
    if _digits(amount) + (_digits(whole) if whole is not None else 0) < TELLING:
        return None
    what = {"value": amount, "on": one.as_of, "day": then.as_of}
    if whole is not None:
        return "same_part_as_last_year", {**what, "of": whole}
    return "same_as_last_year", what


def _digits(number: Decimal) -> int:
    return len(number.as_tuple().digits)


def other_source(target: Target, one: Result, beside: Beside) -> Doubt | None:
    """Another figure from another source than the one it replaces."""
    before = beside.before
    if before is None or before.figure == one.figure:
        return None
    if before.source is None or one.source is None or before.source == one.source:
        return None
    return "source_replaced", {"old": before.source, "new": one.source}


def dropped_source(target: Target, one: Result, beside: Beside) -> Doubt | None:
    """A correction without the source that stood there."""
    before = beside.before
    if before is None or before.source is None or one.source is not None:
        return None
    return "source_dropped", {"old": before.source}


def dropped_note(target: Target, one: Result, beside: Beside) -> Doubt | None:
    """A correction without the note that stood there."""
    before = beside.before
    if before is None or before.note is None or one.note is not None:
        return None
    return "note_dropped", {"old": before.note}


def dropped_whole(target: Target, one: Result, beside: Beside) -> Doubt | None:
    """A bare rate in place of a part and its whole: no sum of the cluster can hold it."""
    before = beside.before
    if before is None or before.figure.of is None or one.figure.rate is None:
        return None
    old = before.figure
    return "whole_dropped", {"rate": one.figure.rate, "value": old.value, "of": old.of}


def dropped_base(target: Target, one: Result, beside: Beside) -> Doubt | None:
    """A correction without the base that stood there, which is not the book's."""
    before = beside.before
    if before is None or before.figure.base is None:
        return None
    if one.figure.base is not None or one.figure.value is None:
        return None
    old, book = before.figure.base, beside.base
    if book is None:
        return "base_dropped_none", {"old": old}
    return ("base_dropped", {"old": old, "book": book}) if book != old else None


def changed_base(target: Target, one: Result, beside: Beside) -> Doubt | None:
    """Another base than an earlier figure of the year was measured from."""
    base, other = one.figure.base, beside.based
    if base is None or other is None or other.figure.base == base or beside.base is not None:
        return None
    return "base_changed", {"base": base, "other": other.figure.base, "day": other.as_of}


def missing_base(target: Target, one: Result, beside: Beside) -> Doubt | None:
    """Growth without a base anywhere, though an earlier figure of the year brought one."""
    if target.kind is not Kind.GROWTH or one.figure.value is None or one.figure.base is not None:
        return None
    if beside.base is not None or beside.based is None:
        return None
    if (
        beside.before is not None and beside.before.figure.base is not None
    ):  # `dropped_base` says it
        return None
    return "base_missing", {"day": beside.based.as_of, "base": beside.based.figure.base}


Rule = Callable[[Target, Result, Beside], Doubt | None]
OF_ANY: tuple[Rule, ...] = (
    fallen, passed, its_base, missing_base, changed_base, ten_times, same_as_last_year,
)  # fmt: skip
OF_CORRECTION: tuple[Rule, ...] = (
    other_source, dropped_source, dropped_note, dropped_whole, dropped_base,
)  # fmt: skip


def _higher(one: Result, later: Result) -> Result:
    return later if _value(later) >= _value(one) else one


def _lower(one: Result, earlier: Result) -> Result:
    return earlier if _value(earlier) <= _value(one) else one


def _cumulative(target: Target) -> bool:
    return target.kind is Kind.COUNT and not target.level


def _against(one: Result, other: Result, here: Decimal, there: Decimal) -> dict[str, object]:
    return {"value": here, "on": one.as_of, "other": there, "day": other.as_of}


def _actuals(results: Sequence[Result]) -> list[Result]:
    """The actual figures, the earliest date first."""
    return sorted((each for each in results if each.basis is Basis.ACTUAL), key=_day)


def _valued(results: Sequence[Result]) -> list[Result]:
    return [each for each in results if each.figure.value is not None]


def _value(result: Result) -> Decimal:
    assert result.figure.value is not None
    return result.figure.value


def _numbers(result: Result) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    return result.figure.value, result.figure.of, result.figure.rate


def _day(result: Result) -> date:
    return result.as_of


def _month_day(result: Result) -> tuple[int, int]:
    return result.as_of.month, result.as_of.day
