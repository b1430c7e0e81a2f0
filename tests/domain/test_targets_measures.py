"""The numbers behind a status: what may be reported, the measure, the per cents, what is wanting."""

from datetime import date
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

from htx_cli.domain.targets import (
    Bound,
    Criterion,
    Figure,
    Kind,
    Moment,
    Reason,
    Status,
    check,
    completion,
    decimal,
    judge,
    measure,
    per_cent,
    plain,
    share_of_whole,
)
from htx_cli.output.wording.figures import completion_text, per_cent_text
from htx_cli.text import words
from htx_cli.text.errors import Phrase, Rejected
from tests.support.figures import given

D, F = Decimal, Fraction
COUNT, RATIO, GROWTH, YES_NO, TRACKED = Kind
AT_LEAST, AT_MOST, EXACTLY = Bound
LAST = Moment(date(2021, 12, 31))


# -- what may be reported --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "figure", "code", "values"),
    [
        (COUNT, given(rate="62"), "rate_not_here", {"rate": D(62), "code": "1a", "kind": COUNT}),
        (YES_NO, given(rate="1"), "rate_not_here", {"rate": D(1), "code": "1a", "kind": YES_NO}),
        (TRACKED, given(rate="9"), "rate_not_here", {"rate": D(9), "code": "1a", "kind": TRACKED}),
        (RATIO, given("31", rate="62"), "value_or_rate", {}),
        (GROWTH, given("110", rate="10"), "value_or_rate", {}),
        (RATIO, given(of="50", rate="62"), "rate_with_parts", {}),
        (GROWTH, given(base="100", rate="10"), "rate_with_parts", {}),
        (RATIO, given(rate="100.1"), "rate_range", {"rate": D("100.1")}),
        (RATIO, given(rate="-0.1"), "rate_range", {"rate": D("-0.1")}),
        (COUNT, given(), "value_missing", {}),
        (RATIO, given(), "value_missing", {}),
        (RATIO, given(of="50"), "value_missing", {}),
        (GROWTH, given(base="100"), "value_missing", {}),
        (YES_NO, given(), "value_missing", {}),
        (TRACKED, given(), "value_missing", {}),
        (COUNT, given("31", of="50"), "of_not_here", {"code": "1a", "kind": COUNT}),
        (GROWTH, given("31", of="50"), "of_not_here", {"code": "1a", "kind": GROWTH}),
        (YES_NO, given("1", of="1"), "of_not_here", {"code": "1a", "kind": YES_NO}),
        (COUNT, given("31", base="50"), "base_not_here", {"code": "1a", "kind": COUNT}),
        (RATIO, given("31", "50", "9"), "base_not_here", {"code": "1a", "kind": RATIO}),
        (YES_NO, given("1", base="1"), "base_not_here", {"code": "1a", "kind": YES_NO}),
        (TRACKED, given("1", base="1"), "base_not_here", {"code": "1a", "kind": TRACKED}),
        (RATIO, given("62"), "ratio_needs_of", {"code": "1a", "value": D(62)}),
        (COUNT, given("-1"), "value_negative", {"what": "1a", "value": D(-1)}),
        (RATIO, given("-1", "50"), "value_negative", {"what": "1a", "value": D(-1)}),
        (RATIO, given("0", "-50"), "value_negative", {"what": Phrase("whole"), "value": D(-50)}),
        (
            TRACKED,
            given("-60", "-50"),
            "value_negative",
            {"what": Phrase("whole"), "value": D(-50)},
        ),
        (RATIO, given("51", "50"), "value_above_of", {"value": D(51), "of": D(50)}),
        (TRACKED, given("51", "50"), "value_above_of", {"value": D(51), "of": D(50)}),
    ],
)
def test_a_figure_that_cannot_be_one_of_its_kind_is_refused(
    kind: Kind, figure: Figure, code: str, values: dict[str, object]
) -> None:
    with pytest.raises(Rejected) as refused:
        check(kind, "1a", figure)
    assert (refused.value.code, refused.value.values) == (code, values)


@pytest.mark.parametrize(
    ("kind", "figure"),
    [
        (COUNT, given("0")),
        (COUNT, given("20.5")),
        (RATIO, given("0", "0")),  # taken, and then incomplete
        (RATIO, given("50", "50")),
        (RATIO, given(rate="0")),
        (RATIO, given(rate="100")),
        (GROWTH, given("110")),
        (GROWTH, given("110", base="0")),  # taken, and then incomplete
        (GROWTH, given("-5", base="-9")),
        (GROWTH, given(rate="-33.33")),
        (GROWTH, given(rate="250")),
        (YES_NO, given("0")),
        (YES_NO, given("1")),
        (TRACKED, given("-5")),
        (TRACKED, given("208", "233")),
        (TRACKED, given("0", "0")),
    ],
)
def test_a_figure_that_can_be_one_of_its_kind_is_taken(kind: Kind, figure: Figure) -> None:
    check(kind, "1a", figure)


# -- the measure -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "figure", "measured"),
    [
        (COUNT, given("20"), F(20)),
        (COUNT, given("20.5"), F(41, 2)),
        (RATIO, given("492", "608"), F(49200, 608)),
        (RATIO, given("0", "608"), F(0)),
        (RATIO, given("492"), Reason.NO_DENOMINATOR),
        (RATIO, given("0", "0"), Reason.DENOMINATOR_ZERO),
        (RATIO, given(rate="62.5"), F(125, 2)),
        (GROWTH, given("232", base="198"), F(3400, 198)),
        (GROWTH, given("6", base="9"), F(-100, 3)),
        (GROWTH, given("-9", base="9"), F(-200)),
        (GROWTH, given("6"), Reason.NO_BASE),
        (GROWTH, given("6", base="0"), Reason.BASE_ZERO),
        (GROWTH, given("0", base="0"), Reason.BASE_ZERO),
        (GROWTH, given("6", base="-0.5"), Reason.BASE_NEGATIVE),
        (GROWTH, given(rate="-5"), F(-5)),
        (YES_NO, given("1"), F(1)),
        (YES_NO, given("0"), F(0)),
    ],
)
def test_what_is_compared_with_the_threshold(
    kind: Kind, figure: Figure, measured: Fraction | Reason
) -> None:
    assert measure(kind, figure) == measured


@pytest.mark.parametrize(
    ("figure", "share"),
    [
        (given("208", "233"), D("89.270386")),
        (given("0", "233"), D(0)),
        (given("208"), None),
        (given("0", "0"), None),
        (given(of="233"), None),
        (given(), None),
    ],
)
def test_a_tracked_figure_shows_its_share_of_the_whole(
    figure: Figure, share: Decimal | None
) -> None:
    assert share_of_whole(figure) == share


# -- the per cents of the design -------------------------------------------------------------------


def count(threshold: str) -> Criterion:
    return Criterion(COUNT, AT_LEAST, D(threshold))


def ratio(threshold: str) -> Criterion:
    return Criterion(RATIO, AT_LEAST, D(threshold))


def growth(threshold: str) -> Criterion:
    return Criterion(GROWTH, AT_LEAST, D(threshold))


@pytest.mark.parametrize(
    ("rule", "figure", "status", "shown", "in_vietnamese"),
    [
        (count("20"), given("8"), "missed", "40%", "40%"),
        (count("15"), given("11"), "missed", "73.33%", "73,33%"),
        (count("200"), given("312"), "exceeded", "156%", "156%"),
        (count("10000"), given("9996"), "missed", "99.96%", "99,96%"),
        (count("20"), given("19.9999999"), "missed", "99.99%", "99,99%"),
        (count("1000000"), given("999999"), "missed", "99.99%", "99,99%"),
        (count("999999999999999"), given("999999999999998"), "missed", "99.99%", "99,99%"),
        (count("20"), given("20"), "met", "100%", "100%"),
        (count("1"), given("1234.5"), "exceeded", "123,450%", "123.450%"),
        (count("3"), given("2"), "missed", "66.67%", "66,67%"),
        (growth("100"), given("6", base="9"), "missed", "-33.33%", "-33,33%"),
        (ratio("60"), given("492", "608"), "exceeded", "134.87%", "134,87%"),
    ],
)
def test_the_completion_of_the_design_is_shown_at_two_decimals(
    rule: Criterion, figure: Figure, status: str, shown: str, in_vietnamese: str
) -> None:
    judged = judge(rule, figure, LAST)
    assert (judged.status, completion_text(judged)) == (Status(status), shown)
    words.speak("vi")
    assert completion_text(judged) == in_vietnamese


@pytest.mark.parametrize(
    ("rule", "figure", "status", "shown"),
    [
        (ratio("60"), given("492", "608"), "exceeded", "80.92%"),
        (growth("10"), given("232", base="198"), "exceeded", "+17.17%"),
        (growth("10"), given("6", base="9"), "missed", "-33.33%"),
        (Criterion(TRACKED), given("208", "233"), "tracked", "89.27%"),
        (ratio("60"), given("59999", "100000"), "missed", "59.99%"),
        (ratio("60"), given("60001", "100000"), "exceeded", "60.01%"),
        (ratio("60"), given("599999999", "1000000000"), "missed", "59.99%"),
        (ratio("100"), given("9996", "10000"), "missed", "99.96%"),
        (growth("0"), given("99999", base="100000"), "missed", "-0.01%"),
        (growth("0"), given("100000", base="100000"), "met", "0%"),
    ],
)
def test_the_rate_of_the_design_is_shown_at_two_decimals(
    rule: Criterion, figure: Figure, status: str, shown: str
) -> None:
    judged = judge(rule, figure, LAST)
    text = per_cent_text(judged.rate, rule.threshold, sign=rule.kind is GROWTH)
    assert (judged.status, text) == (Status(status), shown)


@pytest.mark.parametrize(
    ("rule", "figure", "rate"),
    [
        (ratio("60"), given("492", "608"), "80.921053"),  # 80.9210526…
        (growth("10"), given("232", base="198"), "17.171717"),
        (growth("10"), given("6", base="9"), "-33.333333"),
        (growth("10"), given(rate="-33.33333333"), "-33.333333"),
        (ratio("100"), given("999999999", "1000000000"), "99.999999"),  # 99.9999999
        (Criterion(RATIO, AT_MOST, D(60)), given("600000001", "1000000000"), "60.000001"),
    ],
)
def test_a_rate_has_six_decimals_at_most(rule: Criterion, figure: Figure, rate: str) -> None:
    assert judge(rule, figure, LAST).rate == D(rate)


def test_no_per_cent_is_shown_as_nothing() -> None:
    assert per_cent_text(None) == ""
    assert completion_text(judge(Criterion(YES_NO), given("1"), LAST)) == ""


@pytest.mark.parametrize(
    ("rule", "measured", "expected"),
    [
        (count("20"), F(8), "40"),
        (count("15"), F(11), "73.333333"),
        (count("3"), F(2), "66.666666"),  # 66.6666666… towards zero, for it is unmet
        (count("3"), F(5), "166.666667"),  # half up, for it is met
        (count("20"), F("19.9999999"), "99.999999"),  # 99.9999995
        (count("20"), F("20.0000001"), "100.000001"),  # 100.0000005
        (growth("100"), F(-100, 3), "-33.333333"),
        (growth("15"), F(-2, 3), "-4.444444"),
        (growth("10"), F(-1000), "-10000"),
        (growth("0"), F(5), None),
        (growth("-5"), F(-5), None),
        (Criterion(COUNT, AT_MOST, D(5)), F(5), None),
        (Criterion(COUNT, EXACTLY, D(5)), F(5), None),
        (Criterion(YES_NO), F(1), None),
    ],
)
def test_completion_is_for_at_least_above_0_and_never_clipped(
    rule: Criterion, measured: Fraction, expected: str | None
) -> None:
    assert completion(rule, measured) == (None if expected is None else D(expected))


@pytest.mark.parametrize(
    ("rule", "figure", "remaining"),
    [
        (count("20"), given("8"), "12"),
        (count("20"), given("20"), "0"),
        (count("20"), given("31"), "0"),
        (count("20.5"), given("20"), "0.5"),
        (count("1.0000001"), given("1"), "0.000001"),  # 0.0000001 is not nothing
        (ratio("60"), given("300", "608"), "64.8"),  # 60 % of 608 are 364.8
        (ratio("60"), given("365", "608"), "0"),
        (ratio("33.33333333"), given("0", "1"), "0.333334"),
        (ratio("60"), given(rate="58"), None),
        (growth("10"), given("6", base="9"), "3.9"),  # 9 and a tenth of it are 9.9
        (growth("10"), given("-6", base="9"), "15.9"),
        (growth("10"), given("10", base="9"), "0"),
        (growth("10"), given(rate="9"), None),
        (growth("10"), given("9"), None),
        (Criterion(COUNT, AT_LEAST, D(20), level=True), given("8"), "12"),
        (Criterion(COUNT, AT_MOST, D(5)), given("3"), None),
        (Criterion(COUNT, EXACTLY, D(5)), given("3"), None),
        (Criterion(YES_NO), given("0"), None),
        (Criterion(TRACKED), given("3"), None),
    ],
)
def test_what_is_wanting_is_in_the_unit_of_the_value_and_rounded_up(
    rule: Criterion, figure: Figure, remaining: str | None
) -> None:
    expected = None if remaining is None else D(remaining)
    assert judge(rule, figure, LAST).remaining == expected


# -- rounding --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measured", "threshold", "places", "shown"),
    [
        ("59.96", None, 1, "60"),
        ("59.96", "60", 1, "59.9"),
        ("59.94", "60", 1, "59.9"),
        ("60.04", "60", 1, "60.1"),
        ("60.06", "60", 1, "60.1"),
        ("60", "60", 1, "60"),
        ("59.5", "60", 0, "59"),
        ("60.4", "60", 0, "61"),
        ("59.9999999", "60", 6, "59.999999"),
        ("60.0000001", "60", 6, "60.000001"),
        ("59.955", "59.96", 1, "59.9"),  # 60.0 would stand beyond the threshold
        ("60.01", "60.005", 1, "60.1"),
        ("-0.04", "0", 1, "-0.1"),
        ("0.04", "0", 1, "0.1"),
        ("-10.04", "-10", 1, "-10.1"),
        ("-9.96", "-10", 1, "-9.9"),
        ("200/3", None, 2, "66.67"),
        ("12.5", None, 0, "13"),
        ("-12.5", None, 0, "-13"),
        ("-0.0000001", None, 6, "0"),
    ],
)
def test_a_rate_is_rounded_half_up_but_never_onto_a_threshold_it_does_not_equal(
    measured: str, threshold: str | None, places: int, shown: str
) -> None:
    limit = None if threshold is None else F(threshold)
    assert str(per_cent(F(measured), limit, places)) == shown


@pytest.mark.parametrize(
    ("value", "down", "half_up", "ceiling", "floor"),
    [
        ("1", "1", "1", "1", "1"),
        ("1.24", "1.2", "1.2", "1.3", "1.2"),
        ("1.25", "1.2", "1.3", "1.3", "1.2"),
        ("1.96", "1.9", "2", "2", "1.9"),
        ("-1.24", "-1.2", "-1.2", "-1.2", "-1.3"),
        ("-1.25", "-1.2", "-1.3", "-1.2", "-1.3"),
        ("0.01", "0", "0", "0.1", "0"),
        ("-0.01", "0", "0", "0", "-0.1"),
        ("1/3", "0.3", "0.3", "0.4", "0.3"),
        ("1000000000000000000000", *["1000000000000000000000"] * 4),
    ],
)
def test_an_exact_value_is_rounded_four_ways(
    value: str, down: str, half_up: str, ceiling: str, floor: str
) -> None:
    ways = (ROUND_DOWN, ROUND_HALF_UP, ROUND_CEILING, ROUND_FLOOR)
    assert [str(decimal(F(value), way, 1)) for way in ways] == [down, half_up, ceiling, floor]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("20.0", "20"),
        ("20.50", "20.5"),
        ("1E+3", "1000"),
        ("1.5E+3", "1500"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("0E+5", "0"),
        ("0.000001", "0.000001"),
        ("-12.3400", "-12.34"),
        ("999999999999999", "999999999999999"),
        ("123456789012345678901234567890.10", "123456789012345678901234567890.1"),
    ],
)
def test_a_plain_number_has_no_idle_zero_no_exponent_and_no_negative_zero(
    value: str, shown: str
) -> None:
    assert str(plain(D(value))) == shown
