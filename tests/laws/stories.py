"""Random stories for the oracle: small pools, so that boundaries meet often.

What the book itself would refuse is never drawn: see `test_every_story_could_be_in_a_book`.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from tests.laws.naive import NOT_ASSIGNED, BaseResult, Result, Story, Target

Draw = st.DrawFn

KINDS = ["count", "growth", "count", "ratio", "growth", "count", "yes-no", "tracked"]
BOUNDS = ["at_least", "at_least", "at_least", "at_most", "exactly"]
YEARS = [2020, 2021, 2023, 2024]  # two of them leap years

# 365 and 366 make the even path of a whole day a whole number, 36.5 one of one decimal.
COUNTS = [Fraction(n) for n in ("20", "1", "0", "60", "365", "366", "36.5", "0.25", "12345.678")]
PER_CENTS = [Fraction(n) for n in ("60", "100", "0", "50", "33.3", "0.5")]
GROWTHS = [Fraction(n) for n in ("10", "8", "0", "-5", "100", "17.17", "-100")]
PARTS = [
    Fraction(n) for n in ("20", "150", "608", "0", "0", "1", "3", "7.5", "10000", "1000000000")
]
BASES = [Fraction(n) for n in ("198", "9", "3", "0", "0", "-4", "-4", "0.7", "1000000000")]
STEPS = [Fraction(n) for n in ("0", "0", "0", "1", "-1", "0.01", "-0.01", "0.0000001", "-7")]


def digits(number: Fraction) -> int | None:
    """Significant digits of a number as typed in full; none when its decimals never end."""
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return None
    typed = f"{Decimal(number.numerator) / Decimal(number.denominator):f}"
    return len(typed.lstrip("-").replace(".", "").lstrip("0"))


def typed(number: Fraction) -> Fraction:
    """The number, or one of two decimals near it, when a person could not type it in."""
    length = digits(number)
    return number if length is not None and length <= 15 else round(number, 2)


def thresholds(kind: str) -> st.SearchStrategy[Fraction]:
    return st.sampled_from({"count": COUNTS, "ratio": PER_CENTS, "growth": GROWTHS}[kind])


@st.composite
def targets_of(draw: Draw, year: int) -> list[Target]:
    lines = sorted(draw(st.lists(st.integers(1, 3), min_size=1, max_size=6)))
    targets = []
    for place, line in enumerate(lines):
        letter = "abcdef"[place - lines.index(line)]
        kind = draw(st.sampled_from(KINDS))
        scope = draw(st.sampled_from(["each", "each", "cluster"]))
        target = Target(f"{line}{letter}", line, kind, scope=scope)
        if kind in ("count", "ratio", "growth"):
            bound, threshold = draw(st.sampled_from(BOUNDS)), draw(thresholds(kind))
            target = replace(target, bound=bound, threshold=threshold)
        if kind == "count":
            target = replace(target, level=draw(st.sampled_from([False, False, True])))
        if kind == "growth":
            target = replace(target, base_year=year - 1)
        targets.append(target)
    return targets


@st.composite
def shares_of(
    draw: Draw, members: list[str], targets: list[Target]
) -> dict[tuple[str, str], Fraction | str]:
    shares: dict[tuple[str, str], Fraction | str] = {}
    for target in targets:
        if target.kind == "tracked":
            continue
        nobody = draw(st.sampled_from([False] * 15 + [True]))
        for member in members:
            choice = draw(st.sampled_from(["none", "none", "none", "own", "own", NOT_ASSIGNED]))
            if nobody or choice == NOT_ASSIGNED:
                shares[member, target.code] = NOT_ASSIGNED
            elif choice == "own" and target.kind != "yes-no":
                shares[member, target.code] = draw(thresholds(target.kind))
    return shares


def dates_of(
    year: int, today: date, least: int, most: int
) -> st.SearchStrategy[list[tuple[date, str]]]:
    """Different pairs of date and basis; nothing actual comes from the future."""
    ends = [(1, 1), (3, 31), (6, 30), (6, 30), (9, 30), (12, 30), (12, 31), (12, 31), (12, 31)]
    days = [date(year, month, day) for month, day in ends]
    days.append(date(year, 3, 1) - timedelta(days=1))  # the 28th or the 29th of February
    actual = [(day, "actual") for day in days if day <= today]
    estimate = [(day, "estimate") for day in days]
    pair = st.sampled_from([*actual, *actual, *actual, *estimate])
    return st.lists(pair, min_size=least, max_size=most, unique=True)


@st.composite
def figures(draw: Draw, target: Target, aim: Fraction, blank: Result) -> Result:
    """A result at, just beside or far from `aim`, the threshold or a part of it."""
    step = draw(st.sampled_from(STEPS))
    if target.kind == "yes-no":
        return replace(blank, value=draw(st.sampled_from([True, True, False])))

    if target.kind in ("ratio", "growth") and draw(st.sampled_from([False] * 5 + [True])):
        rate = typed(aim + step)
        if target.kind == "ratio":
            rate = min(max(rate, Fraction(0)), Fraction(100))
        return replace(blank, rate=rate)

    if target.kind == "count":
        first, days = date(blank.as_of.year, 1, 1), date(blank.as_of.year, 12, 31)
        n = (blank.as_of - first).days + 1
        path = aim * n / ((days - first).days + 1)
        value = typed(draw(st.sampled_from([aim, aim, path, path - 1, path + 1])) + step)
        return replace(blank, value=max(value, Fraction(0)))

    if target.kind == "ratio":
        of = draw(st.sampled_from(PARTS))
        value = typed(aim * of / 100 + step)
        return replace(blank, value=min(max(value, Fraction(0)), of), of=of)

    if target.kind == "growth":
        base = draw(st.sampled_from(BASES))
        value = typed(base * (1 + aim / 100) + step)
        own = draw(st.sampled_from([True, False]))
        return replace(blank, value=value, base=base if own else None)

    value = draw(st.sampled_from([*PARTS, Fraction(-2)]))  # tracked
    if draw(st.booleans()):
        more = draw(st.sampled_from([Fraction(0), Fraction(1), Fraction(25)]))
        return replace(blank, value=value, of=max(value, Fraction(0)) + more)
    return replace(blank, value=value)


@st.composite
def results_of(
    draw: Draw,
    year: int,
    today: date,
    members: list[str],
    targets: list[Target],
    shares: dict[tuple[str, str], Fraction | str],
) -> list[Result]:
    results = []
    for target in targets:
        whole_too = target.scope == "cluster" or target.kind == "tracked"
        least = draw(st.sampled_from([1, 1, 1, 1, 0]))  # 0: some have not reported
        for province in [*members, None] if whole_too else members:
            aim = target.threshold or Fraction(0)
            if province is not None:
                if target.scope == "cluster" and target.kind == "count":
                    aim = typed(aim / len(members))  # so that the sum comes near the threshold
                share = shares.get((province, target.code))
                aim = share if isinstance(share, Fraction) else aim
            least, most = (0, 1) if province is None else (least, 2)
            for day, basis in draw(dates_of(year, today, least, most)):
                blank = Result(province, target.code, day, basis)
                results.append(draw(figures(target, aim, blank)))
    return results


@st.composite
def base_results_of(
    draw: Draw, today: date, members: list[str], targets: list[Target]
) -> list[BaseResult]:
    """What the base year's tracked target of the same code says."""
    found = []
    for target in targets:
        if target.base_year is None:
            continue
        for province in [*members, None] if target.scope == "cluster" else members:
            for day, basis in draw(dates_of(target.base_year, today, 0, 2)):
                value = draw(st.sampled_from(BASES))
                found.append(BaseResult(target.base_year, province, target.code, day, basis, value))
    return found


@st.composite
def stories(draw: Draw) -> Story:
    year = draw(st.sampled_from(YEARS))
    members = [f"p{seat}" for seat in range(1, draw(st.integers(1, 5)) + 1)]
    before, half, last = date(year - 1, 12, 15), date(year, 6, 30), date(year, 12, 31)
    days = [half, date(year, 10, 15), last, date(year + 1, 1, 15)]
    today = draw(st.sampled_from([*days, *days, date(year + 1, 7, 1), before]))
    as_of = draw(st.sampled_from([None] * 8 + [*days, before]))
    targets = draw(targets_of(year))
    shares = draw(shares_of(members, targets))
    return Story(
        year=year,
        members=members,
        targets=targets,
        today=today,
        shares=shares,
        results=draw(results_of(year, today, members, targets, shares)),
        base_results=draw(base_results_of(today, members, targets)),
        closed=draw(st.sampled_from([False, False, True])),
        as_of=as_of,
        estimates=draw(st.booleans()),
    )
