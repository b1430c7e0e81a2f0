"""Who led from which day to which: truth tables."""

from datetime import date

import pytest

from htx_cli.domain.leaders import term_on, terms
from htx_cli.domain.membership import Membership, seated
from htx_cli.domain.model import Leadership, Member, Province, Succession

LONG_AGO = date(2018, 1, 1)
MERGER = date(2025, 7, 1)


def province(name: str) -> Province:
    """`a`, `b` … end with the merger, `x`, `y` … do not; `AB` came of a and b."""
    if name.isupper():
        return Province(name, name, None, MERGER)
    return Province(name, name, None, LONG_AGO, date(2025, 6, 30) if name < "x" else None)


def cluster(members: str, merged: str, left: str = "") -> Membership:
    """The members in seat order; `a+b>AB` merged; `x:2025-03-31` left, with its last day."""
    until = dict(word.split(":") for word in left.split())
    sitting = [
        Member(
            province(name),
            seat,
            LONG_AGO,
            date.fromisoformat(until[name]) if name in until else None,
        )
        for seat, name in enumerate(members.split(), 1)
    ]
    events = [word.split(">") for word in merged.split()]
    return seated(
        sitting,
        [
            Succession(province(part), province(into), MERGER)
            for parts, into in events
            for part in parts.split("+")
        ],
    )


def leadership(text: str) -> Leadership:
    """`2025 a/b` leads with b, `2025 a` with nobody knows whom, `2025 a/-` alone; or from a day on."""
    when, names = text.split()
    leader, known, deputy = names.partition("/")
    second = province(deputy) if deputy not in ("", "-") else None
    day = date.fromisoformat(when) if "-" in when else None
    year = int(when[:4])
    return Leadership(year, province(leader), second, bool(known), None, None, day)


def led(membership: Membership, *elected: str) -> list[str]:
    """`07-01 AB(a)/- succession`: from when on, who, after whom, and by what."""
    told = []
    made = [leadership(text) for text in elected]
    years = [each for each in made if each.first_day is None]
    for term in terms(years, [each for each in made if each.first_day], membership):
        names = []
        unknown = "-" if term.deputy_known else "?"
        for who, after in ((term.leader, term.leader_after), (term.deputy, term.deputy_after)):
            name = who.id if who else "-" if after or who is term.leader else unknown
            names.append(name + (f"({after.id})" if after else ""))
        told.append(f"{term.first_day:%m-%d} {'/'.join(names)} {term.by}")
    return told


@pytest.mark.parametrize(
    ("members", "merged", "elected", "found"),
    [
        # nothing happens
        ("a b", "", ["2024 a/b"], ["01-01 a/b recorded"]),
        ("x y a b", "a+b>AB", ["2025 x/y"], ["01-01 x/y recorded"]),
        ("x y", "", ["2025 x"], ["01-01 x/? recorded"]),
        # one of the two is merged into another member
        ("x a b", "a+b>AB", ["2025 a/x"], ["01-01 a/x recorded", "07-01 AB(a)/x succession"]),
        ("x a b", "a+b>AB", ["2025 x/a"], ["01-01 x/a recorded", "07-01 x/AB(a) succession"]),
        ("x a b", "a+b>AB", ["2025 a"], ["01-01 a/? recorded", "07-01 AB(a)/? succession"]),
        # both are, apart or together
        (
            "a b c d",
            "a+b>AB c+d>CD",
            ["2025 b/d"],
            ["01-01 b/d recorded", "07-01 AB(b)/CD(d) succession"],
        ),
        ("x a b", "a+b>AB", ["2025 a/b"], ["01-01 a/b recorded", "07-01 AB(a)/-(b) succession"]),
        # what it went into is no member: nobody follows
        ("x a", "a+b>AB", ["2025 a/x"], ["01-01 a/x recorded", "07-01 -(a)/x succession"]),
        ("x a", "a+b>AB", ["2025 x/a"], ["01-01 x/a recorded", "07-01 x/-(a) succession"]),
        # an election, before the merger, on its day, and after it
        (
            "x y a b",
            "a+b>AB",
            ["2025 a/b", "2025-04-01 x/a"],
            ["01-01 a/b recorded", "04-01 x/a election", "07-01 x/AB(a) succession"],
        ),
        (
            "x y a b",
            "a+b>AB",
            ["2025 a/x", "2025-07-01 y/x"],
            ["01-01 a/x recorded", "07-01 y/x election"],
        ),
        (
            "x y a b",
            "a+b>AB",
            ["2025 a/x", "2025-10-01 y/x"],
            ["01-01 a/x recorded", "07-01 AB(a)/x succession", "10-01 y/x election"],
        ),
        # who was never a member leads as it is recorded, while it is there
        ("x", "", ["2024 y/z"], ["01-01 y/z recorded"]),
        ("x", "", ["2025 a/x"], ["01-01 a/x recorded", "07-01 -(a)/x succession"]),
    ],
)
def test_a_year_is_led_by_whom_it_is_recorded_for_until_another_follows(
    members: str, merged: str, elected: list[str], found: list[str]
) -> None:
    assert led(cluster(members, merged), *elected) == found


def test_who_leaves_the_cluster_leads_no_more() -> None:
    membership = cluster("x y", "", "x:2025-03-31")
    assert led(membership, "2025 x/y") == ["01-01 x/y recorded", "04-01 -(x)/y succession"]
    assert led(membership, "2025 y/x") == ["01-01 y/x recorded", "04-01 y/-(x) succession"]


def test_the_term_of_a_day_says_since_when_its_leader_leads() -> None:
    recorded, later = [leadership("2025 a/x")], [leadership("2025-10-01 AB/y")]
    all_of_2025 = terms(recorded, later, cluster("x y a b", "a+b>AB"))
    found = {
        day: (term.leader and term.leader.id, term.deputy and term.deputy.id, term.leader_since)
        for day in ("2025-06-30", "2025-07-01", "2025-12-31")
        if (term := term_on(all_of_2025, date.fromisoformat(day)))
    }
    assert found == {
        "2025-06-30": ("a", "x", date(2025, 1, 1)),
        "2025-07-01": ("AB", "x", MERGER),
        "2025-12-31": ("AB", "y", MERGER),
    }
    assert term_on(all_of_2025, date(2026, 1, 1)) is None
