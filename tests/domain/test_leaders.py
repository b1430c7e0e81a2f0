"""Who leads next: the deputy moves up, else the member that has waited longest."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from htx_cli.domain.leaders import (
    Nominee,
    Proposal,
    Seat,
    last_led,
    propose,
    seats_of,
    waiting_longest,
)
from htx_cli.domain.model import Leadership, Member, Province
from tests.support.laws import tried

law = tried()
SINCE = date(2018, 1, 1)


def province(name: str) -> Province:
    return Province(name, name, None, SINCE)


def members(names: str) -> list[Member]:
    """The named provinces, in seat order."""
    return [Member(province(name), seat, SINCE) for seat, name in enumerate(names.split(), 1)]


def history(text: str) -> list[Leadership]:
    """`2020:a 2021:b/c` is a in 2020, its deputy unknown, and b in 2021 with c as its deputy.

    `2021:b/-` says that b had no deputy.
    """
    years = []
    for word in text.split():
        year, names = word.split(":")
        leader, known, deputy = names.partition("/")
        second = province(deputy) if deputy not in ("", "-") else None
        years.append(Leadership(int(year), province(leader), second, bool(known)))
    return years


def named(choice: Nominee) -> str:
    return f"{choice.province.id if choice.province else '-'} {choice.rule}"


@pytest.mark.parametrize(
    ("sitting", "led", "leader", "deputy"),
    [
        # the deputy of the year before moves up, whatever its seat, and even if it led last
        ("a b c", "2021:a/c", "c deputy", "b next_in_order"),
        ("a b c", "2019:c 2020:b 2021:a/c", "c deputy", "b next_in_order"),
        ("a b c", "2020:c 2021:a/c", "c deputy", "b next_in_order"),
        ("a b c", "2021:a/a", "a deputy", "b next_in_order"),
        # there was none, or nobody wrote who it was: who never led comes first, by seat
        ("a b c", "2021:a/-", "b never_led", "c next_in_order"),
        ("a b c", "2021:a", "b never_led", "c next_in_order"),
        ("a b c", "", "a never_led", "b next_in_order"),
        ("a b c", "2020:c 2021:b", "a never_led", "c next_in_order"),
        ("a b c", "2020:a 2021:b", "c never_led", "a next_in_order"),
        # all have led: the earliest last time
        ("a b c", "2019:b 2020:c 2021:a", "b waited", "c next_in_order"),
        ("a b c", "2018:b 2019:c 2020:b 2021:a", "c waited", "b next_in_order"),
        ("a b c", "2021:a 2019:c 2020:b", "c waited", "b next_in_order"),
        # a deputy that is no member any longer does not lead
        ("a b c", "2019:a 2020:b 2021:c/d", "a waited", "b next_in_order"),
        ("b c", "2021:c/a", "b never_led", "c next_in_order"),
        # nor does one of an earlier year, if nobody led in between
        ("a b c", "2020:a/c", "b never_led", "c next_in_order"),
        # who led and left is passed over
        ("a b", "2019:z 2020:a 2021:b", "a waited", "b next_in_order"),
        # what comes later does not count
        ("a b c", "2021:a 2022:b/c 2023:c/a", "b never_led", "c next_in_order"),
        # few members
        ("a b", "2021:a/b", "b deputy", "a next_in_order"),
        ("a b", "2020:a 2021:b", "a waited", "b next_in_order"),
        ("a", "", "a never_led", "- none"),
        ("a", "2021:a/-", "a waited", "- none"),
        ("a", "2021:a/a", "a deputy", "- none"),
        ("a", "2021:b/c", "a never_led", "- none"),
        ("", "", "- none", "- none"),
        ("", "2021:a/b", "- none", "- none"),
    ],
)
def test_the_leader_and_deputy_of_2022_are_proposed(
    sitting: str, led: str, leader: str, deputy: str
) -> None:
    proposed = propose(members(sitting), history(led), 2022)
    assert (proposed.year, named(proposed.leader), named(proposed.deputy)) == (2022, leader, deputy)


@pytest.mark.parametrize(
    ("sitting", "led", "elected", "deputy"),
    [
        ("a b c", "2021:a/b", "c", "b next_in_order"),
        ("a b c", "2021:a/b", "b", "c next_in_order"),
        ("a b c", "2020:b 2021:a", "b", "c next_in_order"),
        ("a b c", "2019:c 2020:b 2021:a", "c", "b next_in_order"),
        ("a", "", "a", "- none"),
        ("", "", "a", "- none"),
        ("a b", "", "z", "a next_in_order"),  # whether z may lead is for another to say
    ],
)
def test_a_leader_named_by_an_election_stays_and_only_the_deputy_is_proposed(
    sitting: str, led: str, elected: str, deputy: str
) -> None:
    leader = province(elected)
    proposed = propose(members(sitting), history(led), 2022, leader)
    assert (proposed.leader, named(proposed.deputy)) == (Nominee(leader, "election"), deputy)


def test_a_seat_comes_from_the_member_and_not_from_the_order_of_the_list() -> None:
    sitting = members("a b c")[::-1]
    assert [seat.member.province.id for seat in seats_of(sitting, [], 2022)] == ["a", "b", "c"]
    assert propose(sitting, [], 2022) == propose(members("a b c"), [], 2022)


def test_a_merged_unit_of_the_same_name_is_another_province() -> None:
    """Cần Thơ led in 2024; the Cần Thơ that came of the merger of 2025 never did."""
    old = Province("can-tho", "Cần Thơ", "92", date(2008, 8, 1), date(2025, 6, 30))
    new = Province("can-tho-2025", "Cần Thơ", "92", date(2025, 7, 1))
    other = province("ca-mau-2025")
    sitting = [Member(other, 1, date(2025, 7, 1)), Member(new, 2, date(2025, 7, 1))]
    years = [Leadership(2024, old), Leadership(2025, other, old, deputy_known=True)]
    proposed = propose(sitting, years, 2026)
    assert proposed == Proposal(2026, Nominee(new, "never_led"), Nominee(other, "next_in_order"))


def merged_into(name: str, seat: int, *parts: Member) -> Member:
    return Member(province(name), seat, date(2025, 7, 1), parts=parts)


A, B, C = members("a b c")


@pytest.mark.parametrize(
    ("sitting", "led", "leader", "deputy"),
    [
        # the deputy went into another: that one moves up
        ([merged_into("ab", 1, A, B), C], "2021:c/b", "ab deputy", "c next_in_order"),
        # but not where the leader went too: it had its turn
        ([merged_into("ab", 1, A, B), C], "2021:a/b", "c never_led", "ab next_in_order"),
        ([merged_into("ab", 1, A, B), C], "2020:c 2021:a/b", "c waited", "ab next_in_order"),
        # the part that led last counts
        ([merged_into("ab", 1, A, B), C], "2019:a 2020:c 2021:b", "c waited", "ab next_in_order"),
        ([merged_into("ab", 1, A, B), C], "2019:a 2021:c", "ab waited", "c next_in_order"),
        ([merged_into("abc", 1, merged_into("ab", 1, A, B), C)], "2021:c", "abc waited", "- none"),
    ],
)
def test_a_member_that_came_of_others_stands_in_their_place(
    sitting: list[Member], led: str, leader: str, deputy: str
) -> None:
    proposed = propose(sitting, history(led), 2022)
    assert (named(proposed.leader), named(proposed.deputy)) == (leader, deputy)


# -- the real history ------------------------------------------------------------------------------

SEVEN = "can-tho soc-trang bac-lieu ca-mau an-giang kien-giang hau-giang"
REAL = "2018:hau-giang 2019:bac-lieu 2020:soc-trang 2021:an-giang/can-tho"


def test_after_2021_can_tho_leads_with_ca_mau_as_its_deputy() -> None:
    assert propose(members(SEVEN), history(REAL), 2022) == Proposal(
        2022,
        Nominee(province("can-tho"), "deputy"),
        Nominee(province("ca-mau"), "next_in_order"),
    )


def test_the_members_have_waited_in_the_order_of_their_last_year_and_then_of_their_seat() -> None:
    order = waiting_longest(seats_of(members(SEVEN), history(REAL), 2022))
    assert [(seat.member.province.id, seat.last_led, seat.member.seat) for seat in order] == [
        ("can-tho", None, 1),
        ("ca-mau", None, 4),
        ("kien-giang", None, 6),
        ("hau-giang", 2018, 7),
        ("bac-lieu", 2019, 3),
        ("soc-trang", 2020, 2),
        ("an-giang", 2021, 5),
    ]


def test_the_rotation_goes_on_through_all_seven() -> None:
    years = history(REAL)
    for year in range(2022, 2030):
        years.append(follow(propose(members(SEVEN), years, year)))
    assert [each.leader.id for each in years if each.year >= 2022] == [
        *["can-tho", "ca-mau", "kien-giang", "hau-giang", "bac-lieu", "soc-trang", "an-giang"],
        "can-tho",
    ]


@pytest.mark.parametrize(
    ("before", "led"),
    [
        (2018, {}),
        (2019, {"hau-giang": 2018}),
        (2021, {"hau-giang": 2018, "bac-lieu": 2019, "soc-trang": 2020}),
    ],
)
def test_only_the_years_before_count(before: int, led: dict[str, int]) -> None:
    assert last_led(history(REAL), before) == led


def test_the_last_of_several_years_counts_in_whatever_order_they_come() -> None:
    assert last_led(history("2020:a 2018:a 2019:b"), 2022) == {"a": 2020, "b": 2019}


def test_a_seat_tells_when_its_member_led_last() -> None:
    a, b = members("a b")
    assert seats_of([b, a], history("2020:a 2021:a 2022:b"), 2022) == (Seat(a, 2021), Seat(b, None))


# -- laws ------------------------------------------------------------------------------------------


def follow(proposal: Proposal) -> Leadership:
    """The year as it was proposed."""
    assert proposal.leader.province is not None
    return Leadership(proposal.year, proposal.leader.province, proposal.deputy.province, True)


@law
@given(st.integers(1, 9), st.lists(st.integers(0, 8), max_size=12))
def test_following_the_proposal_every_member_leads_before_any_leads_twice(
    size: int, led_before: list[int]
) -> None:
    """Whoever led before 2020: of any seven following years of seven members each has one."""
    sitting = members(" ".join(f"p{number}" for number in range(size)))
    years = [
        Leadership(2020 - len(led_before) + at, province(f"p{number}"), deputy_known=True)
        for at, number in enumerate(led_before)
    ]
    leaders = []
    for year in range(2020, 2020 + 3 * size):
        years.append(follow(propose(sitting, years, year)))
        leaders.append(years[-1].leader.id)
    for start in range(2 * size + 1):
        assert len(set(leaders[start : start + size])) == size


@law
@given(st.integers(2, 9), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=8))
def test_leader_and_deputy_are_two_members_and_the_deputy_leads_next(
    size: int, led_before: list[tuple[int, int]]
) -> None:
    sitting = members(" ".join(f"p{number}" for number in range(size)))
    years = [
        Leadership(
            2020 - len(led_before) + at, province(f"p{leader}"), province(f"p{deputy}"), True
        )
        for at, (leader, deputy) in enumerate(led_before)
    ]
    this = propose(sitting, years, 2020)
    next_year = propose(sitting, [*years, follow(this)], 2021)
    everyone = {member.province for member in sitting}
    assert {this.leader.province, this.deputy.province} <= everyone
    assert this.leader.province != this.deputy.province
    assert next_year.leader == Nominee(this.deputy.province, "deputy")


# A year: None follows the proposal; an election names a leader and a deputy, by their numbers.
Elections = st.lists(
    st.none() | st.tuples(st.integers(0, 8), st.none() | st.integers(0, 8)), max_size=24
)


@law
@given(st.integers(1, 9), Elections)
def test_for_any_history_of_elections_nobody_leads_again_by_rule_before_all_others_had_their_turn(
    size: int, history: list[tuple[int, int | None] | None]
) -> None:
    """Whoever the rotation brings a second time: since its first time every other member has led.

    Unless an election said otherwise: one that made it the deputy which now moves up.
    """
    sitting = members(" ".join(f"p{number}" for number in range(size)))
    years: list[Leadership] = []
    deputy_elected = False
    for year, elected in enumerate([*history, *[None] * (2 * size)], 2000):
        if elected is None:
            proposal = propose(sitting, years, year)
            leader, by_rule = proposal.leader.province, proposal.leader.rule
            assert leader is not None
            if before := last_led(years, year).get(leader.id):
                since = {each.leader.id for each in years if each.year > before}
                others = {member.province.id for member in sitting} - {leader.id}
                assert others <= since or (by_rule == "deputy" and deputy_elected)
            years.append(follow(proposal))
            deputy_elected = False
        else:
            first, second = (None if n is None else n % size for n in elected)
            deputy = province(f"p{second}") if second not in (None, first) else None
            years.append(Leadership(year, province(f"p{first}"), deputy, True))
            deputy_elected = deputy is not None


@law
@given(st.lists(st.integers(0, 5), min_size=6, max_size=6), st.lists(st.integers(0, 5), max_size=9))
def test_who_came_of_a_merger_has_waited_as_long_as_the_part_that_led_last(
    groups: list[int], led_before: list[int]
) -> None:
    """Merging first and asking then is the same as asking for each part and taking the latest."""
    parts = members("p0 p1 p2 p3 p4 p5")
    years = [
        Leadership(2020 - len(led_before) + at, parts[number].province, deputy_known=True)
        for at, number in enumerate(led_before)
    ]
    alone = {seat.member.province.id: seat.last_led for seat in seats_of(parts, years, 2020)}
    merged = [
        Member(province(f"u{unit}"), unit, SINCE, parts=tuple(together))
        for unit in sorted(set(groups))
        if (together := [part for part, at in zip(parts, groups, strict=True) if at == unit])
    ]
    for seat in seats_of(merged, years, 2020):
        turns = [alone[part.province.id] for part in seat.member.parts]
        assert seat.last_led == max((turn for turn in turns if turn), default=None)


@law
@given(st.permutations(members("a b c d e")), st.permutations(history("2018:a 2020:c 2021:b/e")))
def test_the_order_in_which_members_and_years_are_told_does_not_matter(
    sitting: list[Member], years: list[Leadership]
) -> None:
    usual = propose(members("a b c d e"), history("2018:a 2020:c 2021:b/e"), 2022)
    assert propose(sitting, years, 2022) == usual
