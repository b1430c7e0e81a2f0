"""Leadership with dates: mergers and elections in mid-year, the real history, and the years to come."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import Answer, Run, well

IN_2026 = {"HTX_NOW": "2026-03-05T08:00:00+07:00"}
MEKONG = [
    "can tho",
    "soc trang",
    "hau giang",
    "bac lieu",
    "ca mau",
    "an giang",
    "kien giang",
    "long an",
    "tien giang",
    "ben tre",
    "tra vinh",
    "vinh long",
    "dong thap",
]


@pytest.fixture
def mekong(empty_book: Path, tmp_path: Path, run: Run) -> Path:
    """The 13 provinces of 2025, led by Trà Vinh with Hậu Giang as its deputy."""
    path = Path(shutil.copy(empty_book, tmp_path / "htx.db"))
    named = [word for name in MEKONG for word in ("--member", name)]
    well(run("add-cluster", "Cụm ĐBSCL", *named, "--since", 2025, **IN_2026))
    typed = ("--year", 2025, "--leader", "tra vinh", "--deputy", "hau giang", "--because", "Bầu")
    well(run("rotate-leader", *typed, **IN_2026))
    return path


def leaders(run: Run, *more: object) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(run("leaders", *more, "--json", **IN_2026).out)
    return made


def terms(run: Run, year: int) -> list[tuple[str, str | None, str | None, str]]:
    """From which day on who led with whom, by what."""
    made = next(each for each in leaders(run)["years"] if each["year"] == year)
    return [
        (
            term["first_day"],
            term["leader"] and term["leader"]["id"],
            term["deputy"] and term["deputy"]["id"],
            term["by"],
        )
        for term in made["terms"]
    ]


FIRST = ("2025-01-01", "tra-vinh", "hau-giang", "recorded")
THEN = ("2025-07-01", "vinh-long-2025", "can-tho-2025", "succession")


# -- the real history ------------------------------------------------------------------------------


@pytest.mark.usefixtures("mekong")
def test_the_leaders_of_2025_became_vinh_long_and_can_tho_by_themselves(run: Run) -> None:
    told, _, _ = run("leaders", "--project", 3, **IN_2026).out.partition("\nCheckpoint")
    assert (
        told
        == """\
Cụm ĐBSCL

year  from        leader     deputy     elected on  because
2025  01/01/2025  Trà Vinh   Hậu Giang              Bầu
2025  01/07/2025  Vĩnh Long  Cần Thơ                leader: successor of Trà Vinh;\
 deputy: successor of Hậu Giang

seat  member     last led
   1  Cần Thơ       never
   4  Cà Mau        never
   6  An Giang      never
   9  Đồng Tháp     never
  10  Vĩnh Long      2025

Who has waited longest, first
  Cần Thơ → Cà Mau → An Giang → Đồng Tháp → Vĩnh Long

Next: 2026
role    province  named by
leader  Cần Thơ   the deputy moves up
deputy  Cà Mau    next in the same order

If the rotation holds
year  leader    deputy     named by
2026  Cần Thơ   Cà Mau     the deputy moves up
2027  Cà Mau    An Giang   the deputy moves up
2028  An Giang  Đồng Tháp  the deputy moves up

Not seated
  Tây Ninh (tay-ninh-2025) takes no seat by itself on 01/07/2025: beside Long An it comes of Tây Ninh\
 (tay-ninh), from outside the cluster. To seat it: htx add-member tay-ninh-2025 --since 01/07/2025
"""
    )
    assert terms(run, 2025) == [FIRST, THEN]


@pytest.mark.usefixtures("mekong")
def test_the_report_names_the_leader_of_its_day(run: Run) -> None:
    well(run("add-target", "1", "T", "--at-least", 5, "--year", 2025, **IN_2026))

    def line(*typed: object) -> str:
        return run("report", *typed, **IN_2026).out.splitlines()[1]

    assert line("--as-of", "30/6/2025") == "Leader Trà Vinh · Deputy Hậu Giang"
    after = "Leader Vĩnh Long (successor of Trà Vinh) · Deputy Cần Thơ (successor of Hậu Giang)"
    assert line("--as-of", "1/7/2025") == line("--year", 2025) == after
    assert line("--year", 2025, "--lang", "vi") == (
        "Cụm trưởng: Vĩnh Long (kế tục Trà Vinh) · Cụm phó: Cần Thơ (kế tục Hậu Giang)"
    )
    made = json.loads(run("report", "--year", 2025, "--json", **IN_2026).out)
    assert (made["leader"]["id"], made["leader_since"]) == ("vinh-long-2025", "2025-07-01")


@pytest.mark.usefixtures("sample")
def test_the_cluster_of_the_seven_from_2018_to_2023_with_a_year_that_nobody_recorded(
    run: Run,
) -> None:
    """2022 was not found: after Kiên Giang in 2023 those come who have never been seen to lead."""
    typed = ("--year", 2023, "--leader", "kien giang", "--because", "Hội nghị 13/12/2023")
    assert "No leader is recorded for 2022." in well(run("rotate-leader", *typed, **IN_2026))
    made = leaders(run, "--project", 3)
    assert [
        (y["year"], y["leader"]["id"], y["deputy"] and y["deputy"]["id"]) for y in made["years"]
    ] == [
        (2018, "hau-giang", None),
        (2019, "bac-lieu", None),
        (2020, "soc-trang", None),
        (2021, "an-giang", "can-tho"),
        (2023, "kien-giang", None),
    ]
    assert [(p["year"], p["leader"]["id"], p["rule"]) for p in made["projection"]] == [
        (2024, "can-tho", "never_led"),
        (2025, "ca-mau", "deputy"),
        (2026, "can-tho-2025", "deputy"),  # Hậu Giang was the deputy of 2025
    ]


@pytest.mark.usefixtures("sample")
def test_the_seven_rotate_as_three_after_the_merger(run: Run) -> None:
    """All three came of members that had led: the part that led last says how long each has waited."""
    well(
        run("rotate-leader", "--year", 2023, "--leader", "kien giang", "--because", "x", **IN_2026)
    )
    typed = ("--year", 2025, "--leader", "ca mau", "--deputy", "none", "--because", "x")
    well(run("rotate-leader", *typed, **IN_2026))
    made = leaders(run)
    assert [(s["seat"], s["id"], s["last_led"]) for s in made["seats"]] == [
        (1, "can-tho-2025", 2020),  # Sóc Trăng led after Hậu Giang, Cần Thơ never
        (3, "ca-mau-2025", 2025),
        (5, "an-giang-2025", 2023),
    ]
    assert (made["next"]["leader"]["id"], made["next"]["rule"]) == ("can-tho-2025", "waited")


# -- an election in mid-year -----------------------------------------------------------------------

ANEW = ("rotate-leader", "--year", 2025, "--leader", "an giang", "--on", "1/10/2025")


@pytest.mark.usefixtures("mekong")
def test_who_is_elected_in_mid_year_leads_from_that_day_with_the_deputy_that_stands(
    run: Run,
) -> None:
    refused = run(*ANEW, **IN_2026)
    assert refused == Answer(
        4,
        "",
        "htx: 2025 has a leader already: Vĩnh Long. To record another, say why with --because.\n",
    )
    done = run(*ANEW, "--because", "Bầu lại", **IN_2026)
    assert done == Answer(
        0,
        """\
Leader of 2025 from 01/10/2025 on

role    province  named by
leader  An Giang  recorded election
deputy  Cần Thơ   stays
""",
        "Change 4: 2025: leader An Giang, deputy Cần Thơ, from 01/10/2025 on  (htx undo 4)\n"
        "Warning: Tây Ninh (tay-ninh-2025) takes no seat in Cụm ĐBSCL: beside Long An it came of Tây"
        " Ninh (tay-ninh), from outside the cluster. From 01/07/2025 on the cluster's sums lack its"
        " figures. To seat it: htx add-member tay-ninh-2025 --since 01/07/2025"
        " --cluster cum-dbscl\n",
    )
    again = run(*ANEW, "--because", "Bầu lại", **IN_2026)
    assert again.err == "Nothing to change: the book says so already.\n"
    third = ("2025-10-01", "an-giang-2025", "can-tho-2025", "election")
    assert terms(run, 2025) == [FIRST, THEN, third]
    assert "2025  01/10/2025  An Giang   Cần Thơ    01/10/2025  Bầu lại" in (
        run("leaders", **IN_2026).out
    )
    assert {s["id"]: s["last_led"] for s in leaders(run)["seats"]} == {
        "can-tho-2025": None,
        "ca-mau-2025": None,
        "an-giang-2025": 2025,
        "dong-thap-2025": None,
        "vinh-long-2025": 2025,
    }


@pytest.mark.usefixtures("mekong")
def test_a_deputy_that_gives_up_is_replaced_from_a_day_on_and_moves_up_no_more(run: Run) -> None:
    typed = ("--year", 2025, "--deputy", "ca mau", "--on", "1/10/2025", "--because", "Cần Thơ thôi")
    well(run("rotate-leader", *typed, **IN_2026))
    assert terms(run, 2025)[-1] == ("2025-10-01", "vinh-long-2025", "ca-mau-2025", "election")
    assert leaders(run)["next"]["leader"]["id"] == "ca-mau-2025"


@pytest.mark.usefixtures("mekong")
def test_on_the_day_of_the_merger_an_election_comes_in_the_place_of_the_successor(run: Run) -> None:
    typed = (
        "--leader",
        "dong thap",
        "--deputy",
        "an giang",
        "--on",
        "1/7/2025",
        "--because",
        "Bầu",
    )
    well(run("rotate-leader", "--year", 2025, *typed, **IN_2026))
    then = ("2025-07-01", "dong-thap-2025", "an-giang-2025", "election")
    assert terms(run, 2025) == [FIRST, then]


@pytest.mark.usefixtures("mekong")
def test_who_is_no_member_on_the_day_does_not_take_over(run: Run) -> None:
    typed = ("--leader", "tra vinh", "--on", "1/6/2025", "--because", "x")
    assert well(run("rotate-leader", "--year", 2025, *typed, **IN_2026))  # only a date is added
    assert terms(run, 2025) == [FIRST, THEN]
    refused = run("rotate-leader", "--year", 2025, "--leader", "ha noi", *typed[2:], **IN_2026)
    assert (refused.exit, refused.err.startswith("htx: Hà Nội is not a member")) == (4, True)


# -- a leader without a successor ------------------------------------------------------------------


@pytest.fixture
def vacant(fresh: Path, run: Run) -> Path:
    """Sóc Trăng led 2025 with Cần Thơ; what became of both is no member, for Hậu Giang was none."""
    well(run("rotate-leader", "--year", 2025, "--leader", "soc trang", "--because", "x", **IN_2026))
    well(run("add-member", "ha noi", "--since", 2024, **IN_2026))
    well(run("add-target", "1", "T", "--at-least", 5, "--year", 2025, **IN_2026))
    return fresh


@pytest.mark.usefixtures("vacant")
def test_where_nobody_follows_the_report_says_so_until_somebody_is_elected(run: Run) -> None:
    line = run("report", "--year", 2025, **IN_2026).out.splitlines()[1]
    gone = "leader: Sóc Trăng is a member no more, and nobody followed"
    assert line == f"Leader none ({gone}) · Deputy not stated"
    assert json.loads(run("report", "--year", 2025, "--json", **IN_2026).out)["leader"] is None
    anew = ("rotate-leader", "--year", 2025, "--on", "1/8/2025", "--because", "Bầu")
    assert run(*anew, "--deputy", "ha noi", **IN_2026) == Answer(
        4, "", "htx: Nobody leads 2025 on that day. Name the leader too: --leader PROVINCE\n"
    )
    well(run(*anew, "--leader", "ha noi", **IN_2026))
    assert terms(run, 2025) == [
        ("2025-01-01", "soc-trang", None, "recorded"),
        ("2025-07-01", None, None, "succession"),
        ("2025-08-01", "ha-noi", None, "election"),
    ]
    line = run("report", "--year", 2025, **IN_2026).out.splitlines()[1]
    assert line == "Leader Hà Nội (since 01/08/2025) · Deputy not stated"


@pytest.mark.usefixtures("vacant")
def test_whoever_is_seated_by_hand_follows_too(run: Run) -> None:
    well(run("add-member", "can tho", "--since", "1/7/2025", **IN_2026))
    assert terms(run, 2025)[-1] == ("2025-07-01", "can-tho-2025", None, "succession")


# -- the years to come -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("members", "projected"),
    [
        (["ha noi"], [("ha-noi", None), ("ha-noi", None), ("ha-noi", None)]),
        (["ha noi", "hue"], [("ha-noi", "hue"), ("hue", "ha-noi"), ("ha-noi", "hue")]),
    ],
)
def test_a_cluster_of_one_or_two_rotates(
    run: Run,
    empty_book: Path,
    tmp_path: Path,
    members: list[str],
    projected: list[tuple[str, str | None]],
) -> None:
    shutil.copy(empty_book, tmp_path / "htx.db")
    named = [word for name in members for word in ("--member", name)]
    well(run("add-cluster", "Cụm nhỏ", *named, "--since", 2026, **IN_2026))
    made = leaders(run, "--project", 3)["projection"]
    assert [(p["leader"]["id"], p["deputy"] and p["deputy"]["id"]) for p in made] == projected


@pytest.mark.usefixtures("mekong")
def test_the_projection_in_rows_stands_below_what_is_recorded(run: Run) -> None:
    rows = run("leaders", "--project", 1, "--format", "csv", **IN_2026).out.splitlines()
    assert rows == [
        "year,leader_id,leader_name,deputy_id,deputy_name,deputy_known,on,because,rule,change,"
        "recorded_at,first_day,last_day,by,leader_after,deputy_after,known_at",
        "2025,tra-vinh,Trà Vinh,hau-giang,Hậu Giang,true,,Bầu,,3,2026-03-05T01:00:00+00:00,"
        "2025-01-01,2025-06-30,recorded,,,",
        "2025,vinh-long-2025,Vĩnh Long,can-tho-2025,Cần Thơ,true,,,,,,"
        "2025-07-01,2025-12-31,succession,tra-vinh,hau-giang,",
        "2026,can-tho-2025,Cần Thơ,ca-mau-2025,Cà Mau,true,,,deputy,,,,,projection,,,",
    ]
    assert leaders(run)["projection"] == []


@pytest.mark.usefixtures("mekong")
@pytest.mark.parametrize("typed", ["0", "100", "-1", "ten"])
def test_a_number_of_years_that_is_none_is_refused(run: Run, typed: str) -> None:
    answer = run("leaders", "--project", typed, **IN_2026)
    said = f"htx: --project takes a number of years from 1 to 99, not “{typed}”.\n"
    assert answer == Answer(2, "", said)


@pytest.mark.usefixtures("sample")
def test_a_deputy_that_declines_keeps_its_place_in_the_order(run: Run) -> None:
    """Cần Thơ was to move up in 2022; Cà Mau leads in its stead, and Cần Thơ is the next deputy."""
    refused = run("rotate-leader", "--year", 2022, "--leader", "ca mau")
    assert (refused.exit, "--because" in refused.err) == (4, True)
    typed = ("--leader", "ca mau", "--deputy", "kien giang", "--because", "Cần Thơ từ chối")
    well(run("rotate-leader", "--year", 2022, *typed))
    made = leaders(run)
    assert (made["next"]["leader"]["id"], made["next"]["deputy"]["id"]) == ("kien-giang", "can-tho")
