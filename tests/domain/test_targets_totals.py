"""Many figures and many statuses as one: the fold, its reason, and the sum."""

from decimal import Decimal
from fractions import Fraction
from itertools import chain, combinations
from random import Random

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from htx_cli.domain.targets import (
    Figure,
    Judgement,
    Kind,
    Reason,
    Status,
    fold,
    fold_reason,
    measure,
    total,
)
from tests.laws import naive
from tests.support.figures import given
from tests.support.laws import tried

D = Decimal
COUNT, RATIO, GROWTH, YES_NO, TRACKED = Kind
law = tried()


def statuses_of(text: str) -> list[Status]:
    return [Status(word) for word in text.split()]


# -- the fold --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statuses", "folded"),
    [
        # nothing to judge
        ("", "not_assigned"),
        ("not_assigned", "not_assigned"),
        ("not_assigned not_assigned", "not_assigned"),
        ("tracked", "tracked"),
        ("tracked not_assigned", "tracked"),
        # missed if any is, whatever the others are
        ("missed", "missed"),
        ("missed exceeded", "missed"),
        ("missed not_reported", "missed"),
        ("missed incomplete behind", "missed"),
        ("tracked not_assigned missed", "missed"),
        # not reported if none is
        ("not_reported", "not_reported"),
        ("not_reported not_reported", "not_reported"),
        ("not_reported tracked not_assigned", "not_reported"),
        # incomplete if any is incomplete or not reported
        ("incomplete", "incomplete"),
        ("incomplete not_reported", "incomplete"),
        ("exceeded not_reported", "incomplete"),
        ("met met incomplete", "incomplete"),
        ("behind not_reported", "incomplete"),
        ("on_track incomplete", "incomplete"),
        ("in_progress not_reported", "incomplete"),
        # reached
        ("exceeded", "exceeded"),
        ("exceeded exceeded", "exceeded"),
        ("exceeded not_assigned tracked", "exceeded"),
        ("met", "met"),
        ("met exceeded", "met"),
        ("met met tracked", "met"),
        # behind if any is
        ("behind", "behind"),
        ("behind exceeded met", "behind"),
        ("behind on_track", "behind"),
        ("behind in_progress on_track", "behind"),
        # on track if every unmet one is
        ("on_track", "on_track"),
        ("on_track exceeded", "on_track"),
        ("on_track met not_assigned", "on_track"),
        # else in progress
        ("in_progress", "in_progress"),
        ("in_progress met", "in_progress"),
        ("in_progress on_track", "in_progress"),
        ("in_progress exceeded tracked", "in_progress"),
    ],
)
def test_many_statuses_fold_into_one(statuses: str, folded: str) -> None:
    assert fold(statuses_of(statuses)) is Status(folded)


def test_every_set_of_statuses_folds_as_in_the_naive_calculation() -> None:
    sets = chain.from_iterable(combinations(Status, size) for size in range(len(Status) + 1))
    got = {some: fold(some).value for some in sets}
    assert got == {some: naive.fold([status.value for status in some]) for some in got}
    assert len(got) == 2**10


@law
@given_any(st.lists(st.sampled_from(Status)), st.randoms(use_true_random=False))
def test_the_order_of_statuses_and_their_number_do_not_matter(
    statuses: list[Status], random: Random
) -> None:
    shuffled = [*statuses, *statuses]
    random.shuffle(shuffled)
    assert fold(shuffled) is fold(statuses)
    assert fold(iter(statuses)) is fold(statuses)


@law
@given_any(st.lists(st.sampled_from(Status)))
def test_folding_what_is_folded_changes_nothing(statuses: list[Status]) -> None:
    assert fold([fold(statuses)]) is fold(statuses)


@law
@given_any(st.lists(st.sampled_from(Status), min_size=1))
def test_what_is_not_judged_leaves_the_fold_as_it_is(statuses: list[Status]) -> None:
    judged = [s for s in statuses if s not in (Status.TRACKED, Status.NOT_ASSIGNED)]
    if judged:
        assert fold([*judged, Status.TRACKED, Status.NOT_ASSIGNED]) is fold(judged)


@pytest.mark.parametrize(
    ("judged", "reason"),
    [
        ("incomplete:no_base", "no_base"),
        ("incomplete:base_zero incomplete:base_zero", "base_zero"),
        ("incomplete:base_negative met exceeded", "base_negative"),
        ("incomplete:denominator_zero on_track", "denominator_zero"),
        ("incomplete:no_base incomplete:base_zero", "partial"),
        ("incomplete:no_base not_reported", "partial"),
        ("incomplete:no_base incomplete:no_base not_reported", "partial"),
        ("incomplete:partial", "partial"),
        ("met not_reported", "partial"),
        ("exceeded behind not_reported", "partial"),
    ],
)
def test_the_reason_is_the_one_shared_by_what_is_incomplete_else_partial(
    judged: str, reason: str
) -> None:
    cells = []
    for word in judged.split():
        status, _, why = word.partition(":")
        cells.append(Judgement(Status(status), Reason(why) if why else None))
    assert fold_reason(cells) is Reason(reason)


# -- the sum ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "figures", "summed", "how_many"),
    [
        (COUNT, [], given(), 0),
        (COUNT, [given("12"), given("9")], given("21"), 2),
        (COUNT, [given("0")], given("0"), 1),  # a reported 0 is a sum of 0
        (COUNT, [given("0.1"), given("0.2")], given("0.3"), 2),
        (COUNT, [given("999999999999999"), given("0.000001")], given("999999999999999.000001"), 2),
        (RATIO, [given("96", "150"), given("30", "50")], given("126", "200"), 2),
        (RATIO, [given("96", "150"), given(rate="62")], given("96", "150"), 1),
        (RATIO, [given(rate="62"), given(rate="60")], given(), 0),
        (RATIO, [given("96", "150"), given("9")], given("96", "150"), 1),
        (RATIO, [given("0", "0"), given("1", "2")], given("1", "2"), 2),
        (RATIO, [given("0", "0")], given("0", "0"), 1),
        (GROWTH, [given("110", base="100"), given("9", base="6")], given("119", base="106"), 2),
        (GROWTH, [given("110", base="100"), given("9")], given("110", base="100"), 1),
        (GROWTH, [given("110", base="100"), given("9", base="0")], given("110", base="100"), 1),
        (GROWTH, [given("110", base="100"), given("9", base="-6")], given("110", base="100"), 1),
        (GROWTH, [given("110", base="100"), given(rate="5")], given("110", base="100"), 1),
        (GROWTH, [given("9")], given(), 0),
        (YES_NO, [given("1"), given("0"), given("1")], given("2"), 3),
        (YES_NO, [given("0")], given("0"), 1),
        (TRACKED, [given("7"), given("-2")], given("5"), 2),
        (TRACKED, [given("208", "233"), given("10", "20")], given("218", "253"), 2),
        (TRACKED, [given("208", "233"), given("10")], given("218"), 2),
    ],
)
def test_what_can_be_added_is_added(
    kind: Kind, figures: list[Figure], summed: Figure, how_many: int
) -> None:
    assert total(kind, figures) == (summed, how_many)


def test_percentages_are_never_averaged() -> None:
    """1 of 2 and 1 of 100 are 2 of 102 = 1.96 %, not the mean of 50 % and 1 %."""
    summed, _ = total(RATIO, [given("1", "2"), given("1", "100")])
    assert measure(RATIO, summed) == Fraction(200, 102)


numbers = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places),
    st.integers(0, 10**15 - 1),
    st.integers(0, 9),
)
figures = st.one_of(
    st.builds(Figure, numbers),
    st.builds(Figure, numbers, of=numbers),
    st.builds(Figure, numbers, base=st.one_of(numbers, numbers.map(Decimal.copy_negate))),
    st.builds(Figure, rate=numbers),
)
kinds = st.sampled_from(Kind)


@law
@given_any(
    kinds, st.lists(figures).flatmap(lambda some: st.tuples(st.just(some), st.permutations(some)))
)
def test_the_order_of_figures_does_not_matter(
    kind: Kind, orders: tuple[list[Figure], list[Figure]]
) -> None:
    assert total(kind, orders[0]) == total(kind, orders[1])


@law
@given_any(kinds, st.lists(figures), st.lists(figures))
def test_a_sum_of_sums_is_the_sum_of_all(
    kind: Kind, some: list[Figure], others: list[Figure]
) -> None:
    of_some, how_many = total(kind, some)
    of_others, how_many_others = total(kind, others)
    summed, _ = total(kind, [of_some, of_others])
    assert (summed, how_many + how_many_others) == total(kind, [*some, *others])


@law
@given_any(kinds, st.lists(figures), numbers)
def test_a_bare_rate_changes_no_sum(kind: Kind, some: list[Figure], rate: Decimal) -> None:
    assert total(kind, [*some, Figure(rate=rate)]) == total(kind, some)


@law
@given_any(st.lists(st.builds(Figure, numbers, of=numbers.filter(bool)), min_size=1))
def test_the_rate_of_a_sum_weighs_every_part_by_its_whole(parts: list[Figure]) -> None:
    summed, how_many = total(RATIO, parts)
    values = sum(Fraction(part.value or 0) for part in parts)
    wholes = sum(Fraction(part.of or 0) for part in parts)
    assert (measure(RATIO, summed), how_many) == (100 * values / wholes, len(parts))
