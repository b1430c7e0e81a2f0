"""Laws of the arithmetic that hold for every figure, not only for those of the tables."""

from datetime import date
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from htx_cli.domain.targets import (
    REACHED,
    Bound,
    Criterion,
    Figure,
    Kind,
    Moment,
    Status,
    decimal,
    judge,
    measure,
    per_cent,
    plain,
)
from htx_cli.output.wording.figures import completion_text, per_cent_text
from tests.support.laws import tried

law = tried()
OPEN = (Status.ON_TRACK, Status.BEHIND, Status.IN_PROGRESS)
YES_OR_NO = (Decimal(1), Decimal(0))
A_HAIR = Decimal("1E-9")

numbers = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.integers(0, 9),
)
# Small numbers meet their threshold often, long ones nearly.
above_0 = st.one_of(st.integers(1, 40).map(Decimal), numbers.map(abs).filter(bool))
at_least_0 = st.one_of(st.just(Decimal(0)), above_0)
rates = st.one_of(st.integers(0, 100).map(Decimal), numbers)
measures = st.fractions(-200, 200, max_denominator=10**9)
roundings = st.sampled_from([ROUND_HALF_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR])
days = st.one_of(st.dates(date(2019, 1, 1), date(2024, 12, 31)), st.just(date(2021, 12, 31)))
moments = st.builds(Moment, days, estimate=st.booleans(), closed=st.booleans())


@st.composite
def held_against_a_threshold(
    draw: st.DrawFn, bounds: tuple[Bound, ...] = tuple(Bound)
) -> tuple[Criterion, Figure]:
    """A rule with a bound and a figure that can be judged by it, often at or just beside it."""
    kind = draw(st.sampled_from([Kind.COUNT, Kind.RATIO, Kind.GROWTH]))
    bound = draw(st.sampled_from(bounds))
    beside = draw(st.sampled_from([None, Decimal(0), A_HAIR, -A_HAIR]))
    if kind is Kind.COUNT:
        threshold = draw(above_0)
        value = draw(at_least_0) if beside is None else threshold + beside
        return Criterion(kind, bound, threshold, draw(st.booleans())), Figure(value)
    threshold = draw(rates)
    if draw(st.booleans()):
        rate = draw(rates) if beside is None else threshold + beside
        return Criterion(kind, bound, threshold), Figure(rate=rate)
    base = draw(above_0)
    value = draw(numbers)
    if kind is Kind.RATIO:
        value = draw(st.sampled_from([base, base / 2, base * 3 / 5, Decimal(0)]))
        return Criterion(kind, bound, threshold), Figure(value, of=base)
    if beside is not None:
        value = base + base * threshold / 100 + beside
    return Criterion(kind, bound, threshold), Figure(value, base=base)


def side(one: Fraction | Decimal, other: Fraction | Decimal) -> int:
    """-1 below the other, 0 equal to it, 1 above it."""
    return (Fraction(one) > Fraction(other)) - (Fraction(one) < Fraction(other))


@law
@given(held_against_a_threshold((Bound.AT_LEAST,)), moments)
def test_completion_is_100_or_more_exactly_when_the_target_is_reached(
    pair: tuple[Criterion, Figure], moment: Moment
) -> None:
    judged = judge(*pair, moment)
    assert (judged.completion is None) == ((pair[0].threshold or 0) <= 0)
    if judged.completion is not None:
        assert (judged.completion >= 100) == (judged.status in REACHED)
        assert judged.status in REACHED or completion_text(judged) != "100%"


@law
@given(held_against_a_threshold((Bound.AT_LEAST,)), moments)
def test_nothing_is_wanting_exactly_when_the_target_is_reached(
    pair: tuple[Criterion, Figure], moment: Moment
) -> None:
    rule, figure = pair
    judged = judge(rule, figure, moment)
    assert (judged.remaining is None) == (figure.value is None)
    if judged.remaining is not None:
        assert judged.remaining >= 0
        assert (judged.remaining == 0) == (judged.status in REACHED)


@law
@given(held_against_a_threshold((Bound.AT_LEAST,)), moments)
def test_with_what_is_wanting_added_the_target_is_reached(
    pair: tuple[Criterion, Figure], moment: Moment
) -> None:
    rule, figure = pair
    remaining = judge(rule, figure, moment).remaining
    if remaining is not None and figure.value is not None:
        enough = Fraction(figure.value) + Fraction(remaining)
        wanted = Figure(Decimal(enough.numerator) / enough.denominator, figure.of, figure.base)
        if Fraction(wanted.value or 0) == enough:  # not cut to the digits of a context
            assert judge(rule, wanted, moment).status in REACHED


@law
@given(held_against_a_threshold(), moments)
def test_the_rate_that_is_shown_stands_on_the_side_that_was_judged(
    pair: tuple[Criterion, Figure], moment: Moment
) -> None:
    rule, figure = pair
    judged, measured = judge(rule, figure, moment), measure(rule.kind, figure)
    assert rule.threshold is not None and isinstance(measured, Fraction)
    assert (judged.rate is None) == (rule.kind is Kind.COUNT)
    if judged.rate is not None and measured != Fraction(rule.threshold):
        assert side(judged.rate, rule.threshold) == side(measured, rule.threshold)
        text = per_cent_text(judged.rate, rule.threshold)
        shown = Decimal(text.removesuffix("%").replace(",", ""))
        assert side(shown, rule.threshold) == side(measured, rule.threshold)


@law
@given(held_against_a_threshold(), days, st.booleans())
def test_an_estimate_is_never_missed(
    pair: tuple[Criterion, Figure], day: date, closed: bool
) -> None:
    assert judge(*pair, Moment(day, True, closed)).status is not Status.MISSED


@law
@given(st.sampled_from(YES_OR_NO), days, st.booleans())
def test_an_estimated_no_is_never_missed(answer: Decimal, day: date, closed: bool) -> None:
    judged = judge(Criterion(Kind.YES_NO), Figure(answer), Moment(day, True, closed))
    assert judged.status is (Status.MET if answer else Status.IN_PROGRESS)


@law
@given(held_against_a_threshold(), days)
def test_an_actual_figure_of_a_settled_year_is_decided(
    pair: tuple[Criterion, Figure], day: date
) -> None:
    assert judge(*pair, Moment(day, closed=True)).status not in OPEN
    assert judge(*pair, Moment(date(day.year, 12, 31))).status not in OPEN


@law
@given(held_against_a_threshold(), moments)
def test_exactly_is_never_exceeded_and_met_is_equal(
    pair: tuple[Criterion, Figure], moment: Moment
) -> None:
    rule, figure = pair
    judged, measured = judge(rule, figure, moment), measure(rule.kind, figure)
    if judged.status is Status.EXCEEDED:
        assert rule.bound is not Bound.EXACTLY
        assert rule.threshold is not None and measured != Fraction(rule.threshold)
    if judged.status is Status.MET:
        assert rule.threshold is not None and measured == Fraction(rule.threshold)


# -- rounding --------------------------------------------------------------------------------------


@law
@given(measures, measures, st.integers(0, 6))
def test_a_per_cent_stays_on_its_side_of_any_threshold(
    measured: Fraction, threshold: Fraction, places: int
) -> None:
    shown = per_cent(measured, threshold, places)
    if measured != threshold:
        assert side(shown, threshold) == side(measured, threshold)
    assert abs(Fraction(shown) - measured) < Fraction(1, 10**places)


@law
@given(st.integers(-100, 100), st.fractions(-1, 1, max_denominator=10**9), st.integers(0, 6))
def test_a_per_cent_near_a_round_threshold_is_shown_on_its_side(
    threshold: int, offset: Fraction, places: int
) -> None:
    measured = threshold + offset / 10**places
    shown = per_cent(measured, Fraction(threshold), places)
    assert side(shown, Fraction(threshold)) == side(measured, Fraction(threshold))


@law
@given(numbers)
def test_a_decimal_made_plain_has_the_same_value(value: Decimal) -> None:
    assert plain(value) == value
    assert plain(plain(value)).as_tuple() == plain(value).as_tuple()


@law
@given(numbers, st.integers(9, 12), roundings)
def test_an_exact_value_with_few_decimals_comes_back_as_itself(
    value: Decimal, places: int, rounding: str
) -> None:
    assert decimal(Fraction(value), rounding, places) == value


@law
@given(measures, st.integers(0, 9), roundings)
def test_rounding_goes_its_way_and_less_than_one_unit_far(
    value: Fraction, places: int, rounding: str
) -> None:
    rounded = decimal(value, rounding, places)
    off = Fraction(rounded) - value
    unit = Fraction(1, 10**places)
    assert {
        ROUND_HALF_UP: abs(off) <= unit / 2,
        ROUND_DOWN: abs(Fraction(rounded)) <= abs(value) and abs(off) < unit,
        ROUND_CEILING: 0 <= off < unit,
        ROUND_FLOOR: -unit < off <= 0,
    }[rounding]
