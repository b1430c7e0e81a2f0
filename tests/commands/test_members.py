"""Memberships: the first day moved back, days without members, and members that leave."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from htx_cli.domain.model import Province, Term
from htx_cli.output.wording.leaders import leading_words
from tests.support.commands import Answer, Run

IN_2026 = {"HTX_NOW": "2026-03-05T08:00:00+07:00"}


@pytest.fixture
def late(empty_book: Path, tmp_path: Path, run: Run) -> Path:
    """A cluster that was set up in 2026, with its members from 1 January on."""
    path = Path(shutil.copy(empty_book, tmp_path / "htx.db"))
    typed = ("add-cluster", "Cụm", "--member", "can tho", "--member", "ca mau")
    assert run(*typed, **IN_2026).exit == 0
    return path


def seats(run: Run) -> list[tuple[int, str, str]]:
    [made] = json.loads(run("clusters", "--json", **IN_2026).out)["clusters"]
    return [(m["seat"], m["id"], m["first_day"]) for m in made["members"]]


def rows(run: Run, change: int) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = json.loads(run("log", change, "--json").out)["changes"][0]["rows"]
    return made


@pytest.mark.usefixtures("late")
def test_a_membership_that_began_too_late_is_moved_back_with_its_seat(run: Run) -> None:
    answer = run("add-member", "ca mau", "--since", "1/7/2025", **IN_2026)
    told = "Cà Mau is a member from 01/07/2025 (was 01/01/2026)"
    assert answer == Answer(0, "", f"Change 3: {told}  (htx undo 3)\n")
    assert seats(run) == [(1, "can-tho-2025", "2026-01-01"), (2, "ca-mau-2025", "2025-07-01")]
    assert run("log", 3).out.endswith(f"what\n{told}\n")
    assert [(r["before"] is None, r["after"] is None) for r in rows(run, 3)] == [
        (False, True),
        (True, False),
    ]


@pytest.mark.usefixtures("late")
def test_a_day_that_nobody_is_a_member_on_says_when_members_begin(run: Run) -> None:
    assert run("add-target", "1", "T", "--at-least", 5, "--year", 2025, **IN_2026).exit == 0
    said = (
        "htx: Cần Thơ is not a member of the cluster on 31/12/2025: nobody is on that day. Members"
        " begin on 01/01/2026; move that with “htx add-member PROVINCE --since DATE”.\n"
    )
    recorded = run("record", "can tho", "1", 5, "--as-of", "31/12/2025", **IN_2026)
    assert recorded == Answer(4, "", said)
    asked = run("template", "--year", 2025, "--province", "can tho", "-o", "out", **IN_2026)
    assert asked == Answer(3, "", said)
    assert run("status", "can-tho-2025", "--year", 2025, **IN_2026) == Answer(3, "", said)
    shared = run("set-share", "can-tho", "1", 6, "--year", 2025, **IN_2026)
    assert (shared.exit, "nobody is on that day" in shared.err) == (3, True)


def test_a_province_that_has_ended_is_told_with_its_id_and_last_day(
    run: Run, empty_book: Path, tmp_path: Path
) -> None:
    shutil.copy(empty_book, tmp_path / "htx.db")
    typed = ["add-cluster", "Cụm", "--since", 2025, "--member", "an giang"]
    told = run(*typed, "--dry-run", **IN_2026).err
    assert told == (
        "Dry run, nothing was written: cluster Cụm added;"
        " An Giang (an-giang, until 30/06/2025) is a member from 01/01/2025, seat 1\n"
    )
    told = run(*typed, HTX_NOW="2025-06-30T08:00:00+07:00").err
    assert "; An Giang is a member from 01/01/2025, seat 1 " in told
    typed = ["add-member", "can tho", "ca mau", "bac lieu", "soc trang", "hai phong"]
    told = run(*typed, "--since", 2025, **IN_2026).err
    assert "Sóc Trăng (soc-trang, until 30/06/2025) is a member" in told


# -- members that leave and were to lead -----------------------------------------------------------


HALF = {"HTX_NOW": "2022-08-05T08:00:00+07:00"}


def lead(run: Run, year: int, leader: str, deputy: str) -> None:
    typed = ("--year", year, "--leader", leader, "--deputy", deputy, "--because", "bầu")
    answer = run("rotate-leader", *typed)
    assert answer.exit == 0, answer.err


def test_the_leader_and_next_years_deputy_leaves_and_what_to_type_is_told(
    run: Run, sample: Path
) -> None:
    lead(run, 2022, "soc trang", "can tho")
    lead(run, 2023, "can tho", "soc trang")
    told = run("remove-member", "soc trang", "--until", "30/6/2022", **HALF)
    assert told.exit == 0
    assert told.err.splitlines()[1:] == [
        "Warning: Sóc Trăng led 2022, and nobody follows from 01/07/2022 on. To record who does:"
        " htx rotate-leader --year 2022 --leader PROVINCE --on 01/07/2022 --because TEXT",
        "Warning: Sóc Trăng is recorded as deputy of 2023. To record another:"
        " htx rotate-leader --year 2023 --deputy PROVINCE --because TEXT",
    ]
    vacant = (
        "Nobody leads from 01/07/2022 on. To record who does: htx rotate-leader --year 2022"
        " --leader PROVINCE --on 01/07/2022 --because TEXT"
    )
    assert vacant in run("leaders", **HALF).out.splitlines()
    typed = ("--year", 2022, "--leader", "can tho", "--on", "01/07/2022", "--because", "bầu lại")
    assert run("rotate-leader", *typed, **HALF).exit == 0
    later = ("--year", 2023, "--deputy", "ca mau", "--because", "bầu lại")
    assert run("rotate-leader", *later, **HALF).exit == 0
    assert "Nobody leads" not in run("leaders", **HALF).out


def test_a_script_is_told_of_a_deputy_that_leaves(run: Run, sample: Path) -> None:
    lead(run, 2022, "can tho", "soc trang")
    made = json.loads(run("remove-member", "soc trang", "--until", "30/6/2022", "--json").out)
    assert [each["code"] for each in made["warnings"]] == ["deputy_left"]


def test_the_deputys_successor_is_not_told_as_the_reason_why_nobody_leads() -> None:
    gone = Province("bac-lieu", "Bạc Liêu", None, date(2008, 8, 1), date(2025, 6, 30))
    came = Province("ca-mau-2025", "Cà Mau", None, date(2025, 7, 1))
    days = (date(2025, 7, 1), date(2025, 12, 31))
    term = Term(2025, *days, None, came, True, by="succession", deputy_after=gone)
    assert leading_words(term) == ("none", "Cà Mau (successor of Bạc Liêu)")


def test_a_member_that_leaves_on_that_day_already_changes_nothing(run: Run, sample: Path) -> None:
    leave = ("remove-member", "ca mau", "--until", "31/12/2022")
    assert run(*leave).exit == 0
    before = sample.read_bytes()
    assert run(*leave) == Answer(0, "", "Nothing to change: the book says so already.\n")
    assert sample.read_bytes() == before
    again = run("remove-member", "ca mau", "--until", "31/12/2023")
    assert (again.exit, again.err) == (
        4,
        "htx: Cà Mau is not a member of the cluster on 31/12/2023. Members are: Cần Thơ, Sóc Trăng,"
        " Bạc Liêu, An Giang, Kiên Giang, Hậu Giang.\n",
    )
