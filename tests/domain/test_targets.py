"""What a figure means against its target: every kind, bound and moment of the guide `rules`."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import pytest

from htx_cli.domain.targets import (
    Bound,
    Criterion,
    Figure,
    Judgement,
    Kind,
    Moment,
    Reason,
    Status,
    judge,
)
from tests.support.figures import D, given

JUNE, LAST = date(2021, 6, 30), date(2021, 12, 31)
COUNT, RATIO, GROWTH, YES_NO, TRACKED = Kind
AT_LEAST, AT_MOST, EXACTLY = Bound

MOMENTS = {
    "30 June": Moment(JUNE),
    "31 December": Moment(LAST),
    "30 June of a closed year": Moment(JUNE, closed=True),
    "estimate for 30 June": Moment(JUNE, estimate=True),
    "estimate for 31 December": Moment(LAST, estimate=True),
    "estimate for 30 June of a closed year": Moment(JUNE, estimate=True, closed=True),
}
RULES = {
    "at least 20": Criterion(COUNT, AT_LEAST, D(20)),
    "at most 5": Criterion(COUNT, AT_MOST, D(5)),
    "exactly 5": Criterion(COUNT, EXACTLY, D(5)),
    "level of at least 20": Criterion(COUNT, AT_LEAST, D(20), level=True),
    "level of at most 5": Criterion(COUNT, AT_MOST, D(5), level=True),
    "level of exactly 5": Criterion(COUNT, EXACTLY, D(5), level=True),
    "ratio of at least 60": Criterion(RATIO, AT_LEAST, D(60)),
    "ratio of at most 60": Criterion(RATIO, AT_MOST, D(60)),
    "ratio of exactly 60": Criterion(RATIO, EXACTLY, D(60)),
    "growth of at least 10": Criterion(GROWTH, AT_LEAST, D(10)),
    "growth of at most 10": Criterion(GROWTH, AT_MOST, D(10)),
    "growth of exactly 10": Criterion(GROWTH, EXACTLY, D(10)),
    "yes": Criterion(YES_NO),
    "tracked": Criterion(TRACKED),
}
# Only a cumulative at-least count has an even path: 20 × 181 / 365 on 30 June.
EVEN_PATH = {"at least 20": {JUNE: D("9.917808"), LAST: D(20)}}


class Row(NamedTuple):
    rule: str
    figure: Figure
    statuses: str  # one for each moment in the order of MOMENTS, or one for all of them
    rate: str | None = None
    completion: str | None = None
    remaining: str | None = None


# What unmet means at the six moments, but for a cumulative count.
UNMET = "in_progress missed missed in_progress in_progress in_progress"

TABLE = [
    # 12 and 10 of 20 are above the even path on 30 June, 9 is not; at the year's end all three are
    Row("at least 20", given("21"), "exceeded", completion="105", remaining="0"),
    Row("at least 20", given("20"), "met", completion="100", remaining="0"),
    Row(
        "at least 20",
        given("12"),
        "on_track missed missed on_track behind on_track",
        completion="60",
        remaining="8",
    ),
    Row(
        "at least 20",
        given("10"),
        "on_track missed missed on_track behind on_track",
        completion="50",
        remaining="10",
    ),
    Row(
        "at least 20",
        given("9"),
        "behind missed missed behind behind behind",
        completion="45",
        remaining="11",
    ),
    Row(
        "at least 20",
        given("0"),
        "behind missed missed behind behind behind",
        completion="0",
        remaining="20",
    ),
    # under the limit is no merit before the year is over, above it is past mending
    Row("at most 5", given("4"), "in_progress exceeded exceeded in_progress exceeded exceeded"),
    Row("at most 5", given("5"), "in_progress met met in_progress met met"),
    Row("at most 5", given("6"), "missed missed missed in_progress in_progress in_progress"),
    Row("exactly 5", given("4"), UNMET),
    Row("exactly 5", given("5"), "in_progress met met in_progress met met"),
    Row("exactly 5", given("6"), "missed missed missed in_progress in_progress in_progress"),
    # a level is a state at its date: it may still rise or fall
    Row("level of at least 20", given("21"), "exceeded", completion="105", remaining="0"),
    Row("level of at least 20", given("20"), "met", completion="100", remaining="0"),
    Row("level of at least 20", given("19"), UNMET, completion="95", remaining="1"),
    Row("level of at most 5", given("4"), "exceeded"),
    Row("level of at most 5", given("5"), "met"),
    Row("level of at most 5", given("6"), UNMET),
    Row("level of exactly 5", given("4"), UNMET),
    Row("level of exactly 5", given("5"), "met"),
    Row("level of exactly 5", given("6"), UNMET),
    # 100 × 31 / 50 = 62; 100 × 62 / 60 = 103.33; 60 % of 50 are 30
    Row("ratio of at least 60", given("31", "50"), "exceeded", "62", "103.333333", "0"),
    Row("ratio of at least 60", given("30", "50"), "met", "60", "100", "0"),
    Row("ratio of at least 60", given("29", "50"), UNMET, "58", "96.666666", "1"),
    Row("ratio of at least 60", given("0", "50"), UNMET, "0", "0", "30"),
    Row("ratio of at least 60", given(rate="62"), "exceeded", "62", "103.333333"),
    Row("ratio of at least 60", given(rate="60"), "met", "60", "100"),
    Row("ratio of at least 60", given(rate="58"), UNMET, "58", "96.666666"),
    Row("ratio of at most 60", given("29", "50"), "exceeded", "58"),
    Row("ratio of at most 60", given("30", "50"), "met", "60"),
    Row("ratio of at most 60", given("31", "50"), UNMET, "62"),
    Row("ratio of at most 60", given(rate="62"), UNMET, "62"),
    Row("ratio of exactly 60", given("29", "50"), UNMET, "58"),
    Row("ratio of exactly 60", given("30", "50"), "met", "60"),
    Row("ratio of exactly 60", given("31", "50"), UNMET, "62"),
    # 100 × (222 − 200) / 200 = 11; 100 × 11 / 10 = 110; 200 and a tenth of it are 220
    Row("growth of at least 10", given("222", base="200"), "exceeded", "11", "110", "0"),
    Row("growth of at least 10", given("220", base="200"), "met", "10", "100", "0"),
    Row("growth of at least 10", given("218", base="200"), UNMET, "9", "90", "2"),
    Row("growth of at least 10", given("150", base="200"), UNMET, "-25", "-250", "70"),
    Row("growth of at least 10", given(rate="11"), "exceeded", "11", "110"),
    Row("growth of at least 10", given(rate="10"), "met", "10", "100"),
    Row("growth of at least 10", given(rate="-25"), UNMET, "-25", "-250"),
    Row("growth of at most 10", given("218", base="200"), "exceeded", "9"),
    Row("growth of at most 10", given("220", base="200"), "met", "10"),
    Row("growth of at most 10", given("222", base="200"), UNMET, "11"),
    Row("growth of exactly 10", given("218", base="200"), UNMET, "9"),
    Row("growth of exactly 10", given("220", base="200"), "met", "10"),
    Row("growth of exactly 10", given("222", base="200"), UNMET, "11"),
    Row("yes", given("1"), "met"),
    Row("yes", given("0"), UNMET),
    Row("tracked", given("7"), "tracked"),
    Row("tracked", given("-7"), "tracked"),
    Row("tracked", given("208", "233"), "tracked", "89.270386"),
    Row("tracked", given("0", "0"), "tracked"),
]


def decimal(text: str | None) -> Decimal | None:
    return None if text is None else D(text)


def written(figure: Figure) -> str:
    marks = {"of": figure.of, "base": figure.base, "rate": figure.rate}
    parts = [f"{name} {part}" for name, part in marks.items() if part is not None]
    return " ".join([*([str(figure.value)] if figure.value is not None else []), *parts])


def every_cell() -> Iterator[object]:
    for row in TABLE:
        statuses = row.statuses.split()
        for at, (name, moment) in enumerate(MOMENTS.items()):
            expected = Judgement(
                Status(statuses[at % len(statuses)]),
                rate=decimal(row.rate),
                completion=decimal(row.completion),
                expected=EVEN_PATH.get(row.rule, {}).get(moment.on),
                remaining=decimal(row.remaining),
            )
            what = f"{row.rule}: {written(row.figure)}, {name}"
            yield pytest.param(RULES[row.rule], row.figure, moment, expected, id=what)


@pytest.mark.parametrize(("rule", "figure", "moment", "expected"), list(every_cell()))
def test_a_figure_is_judged(
    rule: Criterion, figure: Figure, moment: Moment, expected: Judgement
) -> None:
    assert judge(rule, figure, moment) == expected


def test_the_table_has_every_rule_and_as_many_statuses_as_moments() -> None:
    assert {row.rule for row in TABLE} == set(RULES)
    assert {len(row.statuses.split()) for row in TABLE} == {1, len(MOMENTS)}


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=list(MOMENTS))
@pytest.mark.parametrize(
    ("rule", "figure", "reason"),
    [
        ("growth of at least 10", given("110"), Reason.NO_BASE),
        ("growth of at most 10", given("110"), Reason.NO_BASE),
        ("growth of exactly 10", given("110"), Reason.NO_BASE),
        ("growth of at least 10", given("110", base="0"), Reason.BASE_ZERO),
        ("growth of at least 10", given("0", base="0"), Reason.BASE_ZERO),
        ("growth of at least 10", given("110", base="-100"), Reason.BASE_NEGATIVE),
        ("growth of at most 10", given("110", base="-100"), Reason.BASE_NEGATIVE),
        ("ratio of at least 60", given("30"), Reason.NO_DENOMINATOR),
        ("ratio of at least 60", given("0", "0"), Reason.DENOMINATOR_ZERO),
        ("ratio of exactly 60", given("0", "0"), Reason.DENOMINATOR_ZERO),
    ],
)
def test_what_cannot_be_measured_is_incomplete_with_its_reason_and_nothing_else(
    rule: str, figure: Figure, reason: Reason, moment: Moment
) -> None:
    assert judge(RULES[rule], figure, moment) == Judgement(Status.INCOMPLETE, reason)


@pytest.mark.parametrize(
    ("threshold", "value", "day", "status", "expected"),
    [
        ("365", "181", "2021-06-30", "on_track", "181"),
        ("365", "180", "2021-06-30", "behind", "181"),
        ("365", "180.99999999", "2021-06-30", "behind", "181"),
        ("366", "182", "2020-06-30", "on_track", "182"),
        ("366", "181", "2020-06-30", "behind", "182"),
        ("366", "60", "2020-02-29", "on_track", "60"),
        ("365", "60", "2021-03-01", "on_track", "60"),
        ("365", "1", "2021-01-01", "on_track", "1"),
        ("365", "0", "2021-01-01", "behind", "1"),
        ("365", "364", "2021-12-30", "on_track", "364"),
        ("365", "363", "2021-12-30", "behind", "364"),
        ("1", "0", "2021-06-30", "behind", "0.49589"),  # 181 / 365 = 0.4958904…
        ("20", "9.917808", "2021-06-30", "behind", "9.917808"),  # 9.9178082… is the path
        ("0.5", "0.25", "2021-06-30", "on_track", "0.247945"),
    ],
)
def test_an_unmet_count_is_held_against_the_even_path_of_its_day(
    threshold: str, value: str, day: str, status: str, expected: str
) -> None:
    judged = judge(
        Criterion(COUNT, AT_LEAST, D(threshold)), given(value), Moment(date.fromisoformat(day))
    )
    assert (judged.status, judged.expected) == (Status(status), D(expected))


@pytest.mark.parametrize(
    ("day", "elapsed"),
    [
        ("2021-01-01", Fraction(1, 365)),
        ("2021-03-31", Fraction(90, 365)),
        ("2021-06-30", Fraction(181, 365)),
        ("2020-06-30", Fraction(182, 366)),
        ("2100-06-30", Fraction(181, 365)),  # a century is no leap year
        ("2000-06-30", Fraction(182, 366)),  # but every fourth is
        ("2021-12-30", Fraction(364, 365)),
        ("2021-12-31", Fraction(1)),
        ("2020-12-31", Fraction(1)),
    ],
)
def test_the_first_of_january_and_the_day_itself_are_both_gone_by(
    day: str, elapsed: Fraction
) -> None:
    assert Moment(date.fromisoformat(day)).elapsed == elapsed


@pytest.mark.parametrize(
    ("moment", "settled"),
    [
        (Moment(date(2021, 12, 30)), False),
        (Moment(date(2021, 12, 31)), True),
        (Moment(date(2022, 1, 1)), False),
        (Moment(date(2021, 12, 30), closed=True), True),
    ],
    ids=str,
)
def test_only_the_last_day_or_a_closed_year_settles(moment: Moment, settled: bool) -> None:
    assert moment.settled is settled


@pytest.mark.parametrize(
    ("rule", "figure", "moment", "expected"),
    [
        (
            Criterion(COUNT, AT_LEAST, D(0)),
            given("0"),
            Moment(JUNE),
            Judgement(Status.MET, expected=D(0), remaining=D(0)),
        ),
        (
            Criterion(COUNT, AT_LEAST, D(0)),
            given("1"),
            Moment(JUNE),
            Judgement(Status.EXCEEDED, expected=D(0), remaining=D(0)),
        ),
        (Criterion(COUNT, AT_MOST, D(0)), given("0"), Moment(JUNE), Judgement(Status.IN_PROGRESS)),
        (Criterion(COUNT, AT_MOST, D(0)), given("0"), Moment(LAST), Judgement(Status.MET)),
        (Criterion(COUNT, AT_MOST, D(0)), given("1"), Moment(JUNE), Judgement(Status.MISSED)),
        (
            Criterion(GROWTH, AT_LEAST, D(0)),
            given("100", base="100"),
            Moment(LAST),
            Judgement(Status.MET, rate=D(0), remaining=D(0)),
        ),
        (
            Criterion(GROWTH, AT_LEAST, D(-5)),
            given("96", base="100"),
            Moment(LAST),
            Judgement(Status.EXCEEDED, rate=D(-4), remaining=D(0)),
        ),
        (
            Criterion(GROWTH, AT_LEAST, D(-5)),
            given("94", base="100"),
            Moment(LAST),
            Judgement(Status.MISSED, rate=D(-6), remaining=D(1)),
        ),
        (
            Criterion(RATIO, AT_LEAST, D(0)),
            given("0", "10"),
            Moment(LAST),
            Judgement(Status.MET, rate=D(0), remaining=D(0)),
        ),
    ],
    ids=[
        "at least 0: 0",
        "at least 0: 1",
        "at most 0: 0 in June",
        "at most 0: 0 in December",
        "at most 0: 1",
        "growth of at least 0: none",
        "growth of at least -5: -4",
        "growth of at least -5: -6",
        "ratio of at least 0: 0",
    ],
)
def test_a_threshold_that_is_not_above_0_is_judged_without_a_completion(
    rule: Criterion, figure: Figure, moment: Moment, expected: Judgement
) -> None:
    assert judge(rule, figure, moment) == expected


@pytest.mark.parametrize(
    ("rule", "cumulative"),
    [
        (Criterion(COUNT, AT_LEAST, D(20)), True),
        (Criterion(COUNT, AT_MOST, D(20)), True),
        (Criterion(COUNT, AT_LEAST, D(20), level=True), False),
        (Criterion(RATIO, AT_LEAST, D(20)), False),
        (Criterion(GROWTH, AT_LEAST, D(20)), False),
        (Criterion(YES_NO), False),
        (Criterion(TRACKED), False),
    ],
    ids=str,
)
def test_only_a_count_that_is_no_level_is_cumulative(rule: Criterion, cumulative: bool) -> None:
    assert rule.cumulative is cumulative
