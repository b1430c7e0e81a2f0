"""A signed pact as it stood on a day: what decisions changed is taken back for who looks from before."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from htx_cli.domain.decisions import decided, lines_on, shares_on, targets_on
from htx_cli.domain.model import Amendment, Line, PactPart, Share, Target
from htx_cli.domain.targets import Bound, Kind

MAY, JULY, OCTOBER = date(2022, 5, 1), date(2022, 7, 1), date(2022, 10, 1)


def asks(threshold: int, code: str = "1a") -> Target:
    return Target(2022, code, "T", Kind.COUNT, Bound.AT_LEAST, Decimal(threshold))


def changed(number: str, day: date, before: Target | None, code: str = "1a") -> Amendment:
    return Amendment(number, day, PactPart.TARGET, code, None, before)


TWICE = (changed("12/QĐ", JULY, asks(20)), changed("13/QĐ", OCTOBER, asks(25)))  # now 30


@pytest.mark.parametrize(
    ("day", "threshold", "number"),
    [
        (date(2022, 1, 1), 20, None),
        (date(2022, 6, 30), 20, None),
        (JULY, 25, "12/QĐ"),
        (date(2022, 9, 30), 25, "12/QĐ"),
        (OCTOBER, 30, "13/QĐ"),
        (date(2023, 1, 5), 30, "13/QĐ"),
    ],
)
def test_the_version_in_force_is_the_one_before_the_next_decision(
    day: date, threshold: int, number: str | None
) -> None:
    assert targets_on(day, [asks(30)], TWICE) == (asks(threshold),)
    by = decided(day, TWICE, PactPart.TARGET, "1a")
    assert (by.decision if by else None) == number


@pytest.mark.parametrize(("day", "codes"), [(MAY, ["1a", "9"]), (JULY, ["1a", "10"])])
def test_a_target_is_there_from_the_decision_that_adds_it_to_the_one_that_removes_it(
    day: date, codes: list[str]
) -> None:
    amendments = [changed("1", JULY, None, "10"), changed("2", JULY, asks(2, "9"), "9")]
    standing = [asks(20), asks(5, "10")]
    assert [target.code for target in targets_on(day, standing, amendments)] == codes


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (None, ()),
        (Share("ca-mau", "1a", Decimal(15)), (Share("ca-mau", "1a", Decimal(15)),)),
        (Share("ca-mau", "1a", None), (Share("ca-mau", "1a", None),)),
    ],
)
def test_a_share_is_none_its_own_threshold_or_not_assigned_before(
    before: Share | None, expected: tuple[Share, ...]
) -> None:
    amendment = Amendment("7", JULY, PactPart.SHARE, "1a", "ca-mau", before)
    now = Share("ca-mau", "1a", Decimal(18))
    assert shares_on(MAY, [now], [amendment]) == expected
    assert shares_on(JULY, [now], [amendment]) == (now,)


def test_a_sentence_stands_as_it_was_worded_then() -> None:
    amendment = Amendment("7", JULY, PactPart.LINE, "1", None, Line("1", "Cũ"))
    assert lines_on(MAY, {"1": "Mới", "2": "Hai"}, [amendment]) == {"1": "Cũ", "2": "Hai"}
    assert lines_on(JULY, {"1": "Mới", "2": "Hai"}, [amendment]) == {"1": "Mới", "2": "Hai"}


days = st.dates(date(2022, 1, 2), date(2022, 12, 31))
histories = st.lists(st.tuples(days, st.integers(0, 99)), unique_by=lambda change: change[0])


@given(histories, st.dates(date(2021, 12, 1), date(2023, 2, 1)))
def test_any_history_gives_each_day_the_last_threshold_set_by_then(
    history: list[tuple[date, int]], day: date
) -> None:
    history = [(date(2022, 1, 1) - timedelta(31), 20), *sorted(history)]
    amendments = [
        changed("x", first_day, asks(before)) for (_, before), (first_day, _) in pairwise(history)
    ]
    expected = [threshold for first_day, threshold in history if first_day <= day][-1]
    assert targets_on(day, [asks(history[-1][1])], amendments) == (asks(expected),)
