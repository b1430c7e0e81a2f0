"""Who sits in a cluster when members merge: truth tables and laws."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from htx_cli.domain.membership import Membership, seated
from htx_cli.domain.model import Member, Province, Succession
from tests.support.laws import tried

law = tried()
LONG_AGO = date(2018, 1, 1)
MERGER = {"": date(2025, 7, 1), "'": date(2030, 7, 1)}  # which day the units with that mark are of


def province(name: str) -> Province:
    """`a` since ever until the merger; `AB` came of it; `AB'` came of a second one."""
    if name.islower():
        return Province(name, name, None, LONG_AGO, date(2025, 6, 30))
    last = date(2030, 6, 30) if name in ("AB", "C") else None
    return Province(name, name, None, MERGER[name[-1:].strip("ABCD")], last)


def member(text: str) -> Member:
    """`2 a` holds seat 2; `2 a..2025-03-31` until that day; `2 a 2020-01-01` from that day on."""
    seat, name, *since = text.split()
    name, _, until = name.partition("..")
    first = date.fromisoformat(since[0]) if since else LONG_AGO
    return Member(province(name), int(seat), first, date.fromisoformat(until) if until else None)


def successions(text: str) -> list[Succession]:
    """`a+b>AB` says that a and b became AB on its first day."""
    made = []
    for event in text.split():
        parts, _, name = event.partition(">")
        into = province(name)
        kind = "merged" if "+" in parts else "renamed"
        made += [Succession(province(p), into, into.first_day, kind) for p in parts.split("+")]
    return made


def sitting(members: str, merged: str) -> Membership:
    return seated([member(text) for text in members.split(", ") if text], successions(merged))


def shown(membership: Membership, day: str) -> str:
    """The members of a day in seat order, with what each came of: `1 AB(a b), 3 d`."""
    told = []
    for m in membership.on(date.fromisoformat(day)):
        parts = " ".join(part.province.id for part in m.parts)
        told.append(f"{m.seat} {m.province.id}" + (f"({parts})" if parts else ""))
    return ", ".join(told)


@pytest.mark.parametrize(
    ("members", "merged", "eve", "day"),
    [
        ("1 a, 2 b, 3 d", "a+b>AB", "1 a, 2 b, 3 d", "1 AB(a b)"),  # d ended too, without an heir
        ("3 a, 1 d, 2 b", "a+b>AB d>D", "1 d, 2 b, 3 a", "1 D(d), 2 AB(b a)"),
        ("1 a", "a>AB", "1 a", "1 AB(a)"),  # a new name
        # one of the parts was no member on the eve
        ("1 a, 2 d", "a+b>AB", "1 a, 2 d", ""),
        ("1 a, 2 b..2025-03-31", "a+b>AB", "1 a", ""),
        ("1 a, 2 b 2025-07-01", "a+b>AB", "1 a", ""),
        ("", "a+b>AB", "", ""),
        # somebody ended a part's membership with its last day: nothing goes on
        ("1 a, 2 b..2025-06-30", "a+b>AB", "1 a, 2 b", ""),
        ("1 a..2025-06-30, 2 b..2025-06-30", "a+b>AB", "1 a, 2 b", ""),
        # what is written for the successor wins, and still came of its parts
        ("1 a, 2 b, 9 AB 2025-07-01", "a+b>AB", "1 a, 2 b", "9 AB(a b)"),
        ("1 a, 2 d, 9 AB 2025-07-01", "a+b>AB", "1 a, 2 d", "9 AB(a)"),
        ("1 a, 2 b, 9 AB 2026-01-01", "a+b>AB", "1 a, 2 b", ""),
        ("1 a..2025-06-30, 2 b, 9 AB 2020-01-01", "a+b>AB", "1 a, 2 b", "9 AB(a b)"),
    ],
)
def test_the_successor_of_members_sits_in_the_earliest_of_their_seats(
    members: str, merged: str, eve: str, day: str
) -> None:
    membership = sitting(members, merged)
    assert (shown(membership, "2025-06-30"), shown(membership, "2025-07-01")) == (eve, day)


@pytest.mark.parametrize(
    ("members", "unseated"),
    [
        ("1 a, 2 b", ""),
        ("1 a", "AB: a, without b"),
        ("1 a, 2 b..2025-03-31", "AB: a, without b"),
        ("1 a, 2 b..2025-06-30", "AB: a, without b"),
        ("1 a, 9 AB 2027-01-01", ""),  # it is known from when on it sits
        ("1 a..2025-06-30", ""),  # nobody whose seat could go on
        ("1 d", ""),
    ],
)
def test_who_is_not_seated_by_itself_is_told_with_its_parts(members: str, unseated: str) -> None:
    membership = sitting(members, "a+b>AB")
    told = [
        f"{u.province.id}: {' '.join(p.province.id for p in u.parts)},"
        f" without {' '.join(p.id for p in u.others)}"
        for u in membership.unseated_on(date(2025, 7, 1))
    ]
    assert "; ".join(told) == unseated
    assert membership.unseated_on(date(2025, 6, 30)) == ()


@pytest.mark.parametrize(
    ("members", "until"),
    [
        ("1 a, 2 b", None),
        ("1 a..2025-12-31, 2 b", None),
        ("1 a..2025-12-31, 2 b..2026-03-31", date(2026, 3, 31)),
    ],
)
def test_the_successor_stays_as_long_as_one_of_its_parts_was_to_stay(
    members: str, until: date | None
) -> None:
    [successor] = [m for m in sitting(members, "a+b>AB").ever if m.derived]
    assert (successor.first_day, successor.last_day) == (date(2025, 7, 1), until)


def test_a_successor_merges_again() -> None:
    membership = sitting("4 a, 2 b, 3 c", "a+b>AB c>C AB+C>ABC'")
    assert shown(membership, "2030-06-30") == "2 AB(b a), 3 C(c)"
    assert shown(membership, "2030-07-01") == "2 ABC'(AB C)"
    [last] = membership.on(date(2030, 7, 1))
    assert [each.id for each in last.lineage] == ["ABC'", "AB", "b", "a", "C", "c"]


def test_a_successor_that_was_not_seated_hands_nothing_on() -> None:
    membership = sitting("4 a, 3 c", "a+b>AB c>C AB+C>ABC'")
    assert shown(membership, "2030-07-01") == ""
    assert [u.province.id for u in membership.unseated_on(date(2026, 1, 1))] == ["AB"]
    assert [u.province.id for u in membership.unseated_on(date(2031, 1, 1))] == ["ABC'"]


# -- laws ------------------------------------------------------------------------------------------

PARTS = [Province(f"p{n}", f"P{n}", None, LONG_AGO, date(2025, 6, 30)) for n in range(9)]
Groups = st.lists(st.integers(0, 3), min_size=9, max_size=9)


def merged_by(groups: list[int]) -> list[Succession]:
    """Each part goes into the unit whose number stands in its place."""
    day = date(2025, 7, 1)
    units = {n: Province(f"u{n}", f"U{n}", None, day) for n in groups}
    return [Succession(part, units[n], day) for part, n in zip(PARTS, groups, strict=True)]


@law
@given(Groups, st.randoms())
def test_the_order_in_which_seats_and_mergers_are_told_does_not_matter(
    groups: list[int], chance: object
) -> None:
    members = [Member(part, seat, LONG_AGO) for seat, part in enumerate(PARTS, 1)]
    usual = seated(members, merged_by(groups))
    for told in (members, events := merged_by(groups)):
        chance.shuffle(told)  # type: ignore[attr-defined]
    assert seated(members, events) == usual


@law
@given(Groups, st.sets(st.sampled_from(range(9)), min_size=1))
def test_every_part_goes_on_in_one_successor_or_is_told(groups: list[int], sat: set[int]) -> None:
    """Nobody is lost: whoever sat on the eve is part of one member, or of one that is told."""
    members = [Member(PARTS[n], n + 1, LONG_AGO) for n in sorted(sat)]
    membership = seated(members, merged_by(groups))
    day = date(2025, 7, 1)
    going_on = [part for m in membership.on(day) for part in m.parts]
    told = [part for u in membership.unseated_on(day) for part in u.parts]
    assert sorted((*going_on, *told), key=lambda m: m.seat) == members
    assert all(m.seat == min(part.seat for part in m.parts) for m in membership.on(day))


@law
@given(st.permutations(range(4)), st.integers(1, 3))
def test_merging_in_two_steps_seats_the_same_as_merging_at_once(
    seats: list[int], first: int
) -> None:
    members = [Member(PARTS[n], seat + 1, LONG_AGO) for n, seat in enumerate(seats)]
    early, late = date(2021, 7, 1), date(2022, 7, 1)
    between = Province("between", "B", None, early, late - timedelta(days=1))
    last = Province("last", "L", None, late)
    at_once = [Succession(part, last, late) for part in PARTS[:4]]
    in_steps = [Succession(part, between, early) for part in PARTS[:first]]
    in_steps += [Succession(part, last, late) for part in (between, *PARTS[first:4])]
    one, two = ([m for m in seated(members, s).on(late) if m.derived] for s in (at_once, in_steps))
    assert [(m.seat, m.province) for m in one] == [(m.seat, m.province) for m in two]
    assert {p.id for p in one[0].lineage} == {p.id for p in two[0].lineage} - {"between"}
