"""What is odd about a figure: each rule as a table of figures and what is said of them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from htx_cli.domain.model import Result, Target
from htx_cli.domain.targets import Basis, Bound, Figure, Kind
from htx_cli.intake.doubts import doubts, tiny_rate

COUNT = Target(2021, "1a", "HTX mới", Kind.COUNT, Bound.AT_LEAST, Decimal(20))
LEVEL = Target(2021, "1a", "HTX", Kind.COUNT, Bound.AT_LEAST, Decimal(20), level=True)
RATIO = Target(2021, "2", "HTX hiệu quả", Kind.RATIO, Bound.AT_LEAST, Decimal(60))
GROWTH = Target(2021, "3", "Đào tạo", Kind.GROWTH, Bound.AT_LEAST, Decimal(10), base_year=2020)
YES_NO = Target(2021, "8a", "Quỹ", Kind.YES_NO)

Found = list[tuple[str, dict[str, Any]]]


def figure(day: str, value: Any = None, basis: str = "actual", **more: Any) -> Result:
    """`figure("30/6", 11)`; `30/6/2020` is of the year before."""
    d, m, *y = (int(part) for part in day.split("/"))
    texts = {name: more.pop(name, None) for name in ("source", "note")}
    numbers = {name: Decimal(str(number)) for name, number in more.items()}
    if value is not None:
        numbers["value"] = Decimal(str(value))
    as_of = date(y[0] if y else 2021, m, d)
    return Result("x", "can-tho", as_of, Basis(basis), Figure(**numbers), **texts)


def odd(
    target: Target, one: Result, *standing: Result, earlier: Any = (), coming: Any = ()
) -> Found:
    """What is said of the first figure of those that come."""
    said = doubts(target, [one, *coming], standing, earlier)
    return [(code, dict(values)) for at, (code, values) in said if at == 0]


def codes(*given: Any, **more: Any) -> list[str]:
    return [code for code, _ in odd(*given, **more)]


MARCH, JUNE, DECEMBER = figure("31/3", 11), figure("30/6", 12), figure("31/12", 20)


@pytest.mark.parametrize(
    ("target", "one", "standing", "said"),
    [
        (COUNT, figure("30/6", 8), [MARCH], ["count_fell"]),
        (COUNT, figure("30/6", 11), [MARCH], []),
        (COUNT, figure("30/6", 30), [DECEMBER], ["count_passed"]),
        (COUNT, figure("30/6", 20), [DECEMBER], []),
        (COUNT, figure("30/6", 15), [MARCH, DECEMBER], []),
        (COUNT, figure("30/6", 8), [figure("30/6", 9)], []),  # it replaces that one
        (COUNT, figure("30/6", 8), [figure("31/3", 11, "estimate")], []),  # only actuals bind
        (COUNT, figure("30/6", 8, "estimate"), [MARCH], ["count_fell"]),
        (COUNT, figure("30/6", 30, "estimate"), [DECEMBER], []),  # an estimate may prove too high
        (LEVEL, figure("30/6", 8), [MARCH], []),
        (RATIO, figure("30/6", 8, of=20), [figure("31/3", 11, of=20)], []),
        (GROWTH, figure("30/6", 8), [MARCH], []),
    ],
)
def test_a_cumulative_count_never_falls(
    target: Target, one: Result, standing: list[Result], said: list[str]
) -> None:
    assert codes(target, one, *standing) == said


def test_the_figure_that_it_falls_below_is_named_with_its_date() -> None:
    dip = figure("30/6", 9)
    assert odd(COUNT, figure("30/9", 10), MARCH, dip) == [
        (
            "count_fell",
            {
                "value": Decimal(10),
                "on": date(2021, 9, 30),
                "other": Decimal(11),
                "day": date(2021, 3, 31),
            },
        )
    ]


def test_of_two_figures_that_come_together_only_the_later_one_is_odd() -> None:
    low, high = figure("30/6", 8), figure("31/3", 11)
    assert [(at, code) for at, (code, _) in doubts(COUNT, [high, low], [], [])] == [
        (1, "count_fell")
    ]


@pytest.mark.parametrize(
    ("one", "earlier", "said"),
    [
        (figure("31/12", 160, base=160), [], ["value_is_base"]),
        (figure("31/12", 160), [figure("31/12/2020", 160)], ["value_is_base", "same_as_last_year"]),
        (figure("31/12", 160), [figure("30/9/2020", 160)], ["value_is_base"]),
        (figure("31/12", 160, base=150), [figure("30/9/2020", 160)], []),  # its own base goes first
        (figure("31/12", 160), [figure("30/9/2020", 160, "estimate")], []),
        (figure("31/12", 176), [figure("31/12/2020", 160)], []),
        (figure("31/12", rate=10), [], []),
    ],
)
def test_growth_of_nothing_is_odd(one: Result, earlier: list[Result], said: list[str]) -> None:
    assert codes(GROWTH, one, earlier=earlier) == said


@pytest.mark.parametrize(
    ("target", "one", "standing", "earlier", "said"),
    [
        (LEVEL, figure("30/6", 120), [figure("31/3", 12)], [], True),
        (LEVEL, figure("30/6", 126), [figure("31/3", 12)], [], True),  # 10.5 times
        (LEVEL, figure("30/6", 114), [figure("31/3", 12)], [], True),  # 9.5 times
        (LEVEL, figure("30/6", "126.1"), [figure("31/3", 12)], [], False),
        (LEVEL, figure("30/6", "113.9"), [figure("31/3", 12)], [], False),
        (LEVEL, figure("30/6", 12), [figure("31/3", 120)], [], True),  # a tenth
        (LEVEL, figure("30/6", "1.14"), [figure("31/3", 12)], [], True),  # 0.095
        (LEVEL, figure("30/6", "1.13"), [figure("31/3", 12)], [], False),
        (LEVEL, figure("30/6", 120), [], [figure("31/12/2020", 12)], True),
        (LEVEL, figure("30/6", 120), [figure("31/3", 100)], [figure("31/12/2020", 12)], False),
        (LEVEL, figure("30/6", 120), [figure("30/9", 12)], [], False),  # a later one is not before
        (LEVEL, figure("30/6", 0), [figure("31/3", 0)], [], False),
        (LEVEL, figure("30/6", 120), [figure("31/3", 12, "estimate")], [], False),
        (COUNT, figure("30/6", 2), [], [figure("31/12/2020", 20)], False),  # the year is young
        (COUNT, figure("31/12", 2), [], [figure("31/12/2020", 20)], True),
        (COUNT, figure("30/6", 200), [], [figure("31/12/2020", 20)], True),
        (RATIO, figure("30/6", 9, of=150), [figure("31/3", 9, of=15)], [], True),  # the whole
        (RATIO, figure("30/6", rate=62), [figure("31/3", rate="6.2")], [], True),
        (RATIO, figure("30/6", rate=62), [figure("31/3", 62, of=620)], [], False),
        (YES_NO, figure("30/6", 1), [figure("31/3", 1)], [], False),
    ],
)
def test_ten_times_the_figure_before_or_a_tenth_of_it_is_odd(
    target: Target, one: Result, standing: list[Result], earlier: list[Result], said: bool
) -> None:
    assert ("ten_times" in codes(target, one, *standing, earlier=earlier)) is said


@pytest.mark.parametrize(
    ("target", "one", "then", "said"),
    [
        (COUNT, figure("30/6", 130), figure("30/6/2020", 130), ["same_as_last_year"]),
        (COUNT, figure("30/6", 13), figure("30/6/2020", 13), []),  # may well be chance
        (COUNT, figure("30/6", 130), figure("30/9/2020", 130), []),
        (COUNT, figure("30/6", 130), figure("30/6/2020", 140), []),
        (COUNT, figure("30/6", 130), figure("30/6/2020", 130, "estimate"), []),
        (COUNT, figure("30/6", 0), figure("30/6/2020", 0), []),
        (
            RATIO,
            figure("30/6", 9, of=15),
            figure("30/6/2020", 9, of=15),
            ["same_part_as_last_year"],
        ),
        (RATIO, figure("30/6", 2, of=5), figure("30/6/2020", 2, of=5), []),
        (RATIO, figure("30/6", 9, of=15), figure("30/6/2020", 9, of=16), []),
        (RATIO, figure("30/6", rate=62), figure("30/6/2020", rate=62), []),
        (
            RATIO,
            figure("30/6", rate="62.4"),
            figure("30/6/2020", rate="62.4"),
            ["same_as_last_year"],
        ),
        (YES_NO, figure("30/6", 1), figure("30/6/2020", 1), []),
    ],
)
def test_last_years_figure_of_the_same_date_again_is_odd(
    target: Target, one: Result, then: Result, said: list[str]
) -> None:
    assert codes(target, one, earlier=[then]) == said


@pytest.mark.parametrize(
    ("before", "one", "said"),
    [
        ({"source": "A"}, figure("30/6", 21, source="B"), ["source_replaced"]),
        ({"source": "A"}, figure("30/6", 20, source="B"), []),  # another paper says the same
        ({"source": "A"}, figure("30/6", 21, source="A"), []),
        ({"source": "A"}, figure("30/6", 21), ["source_dropped"]),
        ({"source": "A"}, figure("30/6", 20), ["source_dropped"]),
        ({"source": "A", "note": "N"}, figure("30/6", 21), ["source_dropped", "note_dropped"]),
        ({}, figure("30/6", 21, source="B", note="M"), []),
        ({"note": "N"}, figure("30/6", 21, note="M"), []),
        ({"note": "N"}, figure("30/6", 20, note="N"), []),
    ],
)
def test_a_correction_that_loses_or_changes_its_paper_is_odd(
    before: dict[str, str], one: Result, said: list[str]
) -> None:
    assert codes(LEVEL, one, figure("30/6", 20, **before)) == said


@pytest.mark.parametrize(
    ("one", "earlier", "said"),
    [
        (figure("30/6", 176), [], [("base_dropped_none", {"old": Decimal(160)})]),
        (
            figure("30/6", 176),
            [figure("31/12/2020", 150)],
            [("base_dropped", {"old": Decimal(160), "book": Decimal(150)})],
        ),
        (figure("30/6", 176), [figure("31/12/2020", 160)], []),  # the book says the same
        (figure("30/6", 176, base=160), [figure("31/12/2020", 150)], []),
        (figure("30/6", rate=10), [], []),  # a rate needs no base
    ],
)
def test_a_base_that_is_not_typed_again_is_odd(
    one: Result, earlier: list[Result], said: Found
) -> None:
    assert odd(GROWTH, one, figure("30/6", 170, base=160), earlier=earlier) == said


@pytest.mark.parametrize(
    ("one", "standing", "earlier", "said"),
    [
        (figure("30/9", 180), [figure("30/6", 176, base=160)], [], True),
        (figure("30/9", 180), [figure("30/6", 176, "estimate", base=160)], [], True),
        (figure("30/9", 180), [figure("30/6", 176, base=160), figure("31/7", 177)], [], True),
        (figure("30/9", 180), [figure("31/12", 190, base=160)], [], False),  # a later one
        (figure("30/9", 180), [figure("30/6", 176)], [], False),
        (figure("30/9", 180, base=160), [figure("30/6", 176, base=160)], [], False),
        (figure("30/9", rate=10), [figure("30/6", 176, base=160)], [], False),
        (figure("30/9", 180), [figure("30/6", 176, base=160)], [figure("31/12/2020", 160)], False),
    ],
)
def test_growth_without_the_base_that_an_earlier_figure_brought_is_odd(
    one: Result, standing: list[Result], earlier: list[Result], said: bool
) -> None:
    values = {"day": date(2021, 6, 30), "base": Decimal(160)}
    expected = [("base_missing", values)] if said else []
    assert odd(GROWTH, one, *standing, earlier=earlier) == expected


def test_a_base_that_stood_there_is_told_once() -> None:
    standing = [figure("30/6", 176, base=160), figure("30/9", 179, base=160)]
    assert codes(GROWTH, figure("30/9", 180), *standing) == ["base_dropped_none"]


@pytest.mark.parametrize(
    ("target", "rate", "percent"),
    [
        (RATIO, "0.62", "62"),
        (RATIO, "0.005", "0.5"),
        (RATIO, "0", None),
        (RATIO, "1", None),
        (RATIO, "62", None),
        (GROWTH, "0.62", None),
    ],
)
def test_a_rate_below_one_per_cent_is_odd_for_a_ratio(
    target: Target, rate: str, percent: str | None
) -> None:
    said = tiny_rate(target, Figure(rate=Decimal(rate)))
    values = percent and {"rate": Decimal(rate), "percent": Decimal(percent)}
    assert said == (("rate_tiny", values) if percent else None)


def test_what_the_book_says_already_is_never_odd() -> None:
    one = figure("30/6", 8, source="A")
    standing = [MARCH, Result(**{k: getattr(one, k) for k in _NAMES}, change=31)]
    assert odd(COUNT, one, *standing) == []


_NAMES = ("target", "province", "as_of", "basis", "figure", "source", "note")


@pytest.mark.parametrize(
    ("before", "one", "said"),
    [
        (figure("30/6", 9, of=22), figure("30/6", rate=45), ["whole_dropped"]),
        (figure("30/6", 9, of=22), figure("30/6", 10, of=22), []),
        (figure("30/6", rate=41), figure("30/6", rate=45), []),
    ],
)
def test_a_bare_rate_in_place_of_a_part_and_its_whole_is_odd(
    before: Result, one: Result, said: list[str]
) -> None:
    assert codes(RATIO, one, before) == said
