"""The officer's rotation: which year is meant, who was replaced, and what stands in the book for it."""

import json
from typing import Any

import pytest

from tests.support.commands import Answer, Run

CONFERENCE = "Bầu tại hội nghị tổng kết năm 2021"


def year_of(run: Run, year: int) -> dict[str, Any]:
    """A year as `leaders` tells it to a script."""
    years = json.loads(run("leaders", "--json").out)["years"]
    return next(each for each in years if each["year"] == year)


def row_of(run: Run, year: int, lang: str = "en") -> str:
    """A year as `leaders` tells it to a person."""
    lines = run("leaders", "--lang", lang).out.splitlines()
    return next(line for line in lines if line.startswith(f"{year} "))


# -- which year ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("sample")
def test_in_january_before_the_election_the_year_must_be_named(run: Run) -> None:
    asked = (
        "htx: No leader is recorded for 2022."
        " Say which year is meant: --year 2022 or --year 2023.\n"
    )
    assert run("rotate-leader") == Answer(2, "", asked)
    assert run("rotate-leader", "--year", 2024).exit == 0
    assert run("rotate-leader") == Answer(2, "", asked)  # a later year does not answer for it


@pytest.mark.usefixtures("sample")
def test_in_january_after_the_election_it_says_that_it_is_about_the_year_after(run: Run) -> None:
    named = run("rotate-leader", "--year", 2022)
    assert named.err.startswith("Change 33: 2022: leader Cần Thơ, deputy Cà Mau")
    answer = run("rotate-leader")
    assert answer.exit == 0
    assert answer.out.startswith("Leader of 2023\n")
    assert answer.err == (
        "No year was named, so this is about 2023, the year after this one.\n"
        "Change 34: 2023: leader Cà Mau, deputy Kiên Giang  (htx undo 34)\n"
    )
    assert run("rotate-leader", "--json").err == ""


def test_a_cluster_that_has_no_history_does_not_begin_with_next_year(run: Run) -> None:
    assert run("init").exit == 0
    assert run("add-cluster", "Cụm", "--member", "Cần Thơ", "--member", "An Giang").exit == 0
    answer = run("rotate-leader", "--leader", "can tho")
    assert (answer.exit, "--year 2022 or --year 2023" in answer.err) == (2, True)


@pytest.mark.usefixtures("sample")
def test_a_year_that_leaves_a_gap_behind_it_says_so(run: Run) -> None:
    made = json.loads(run("rotate-leader", "--year", 2025, "--dry-run", "--json").out)
    assert made["warnings"] == [
        {"code": "leader_gap_before", "message": "No leader is recorded for 2022–2024."}
    ]
    assert run("rotate-leader", "--year", 2023).err.splitlines()[1:] == [
        "Warning: No leader is recorded for 2022."
    ]
    assert "Warning" not in run("rotate-leader", "--year", 2023, "--on", "5/1/2023").err
    assert "Warning" not in run("rotate-leader", "--year", 2022).err


def test_the_first_year_on_record_leaves_no_gap(run: Run) -> None:
    assert run("init").exit == 0
    assert run("add-cluster", "Cụm", "--member", "Cần Thơ", "--member", "An Giang").exit == 0
    answer = run("rotate-leader", "--year", 2022, "--leader", "can tho")
    assert (answer.exit, "Warning" in answer.err) == (0, False)


# -- what was recorded, when, and why --------------------------------------------------------------


@pytest.mark.usefixtures("sample")
def test_an_accepted_proposal_names_its_rule_and_change_and_invents_no_election(run: Run) -> None:
    assert run("rotate-leader", "--year", 2022).exit == 0
    assert year_of(run, 2022) == {
        "year": 2022,
        "leader": {"id": "can-tho", "name": "Cần Thơ"},
        "deputy": {"id": "ca-mau", "name": "Cà Mau"},
        "deputy_known": True,
        "on": None,
        "because": None,
        "rule": "deputy",
        "change": 33,
        "recorded_at": "2022-01-05T01:00:00+00:00",
        "terms": [
            {
                "first_day": "2022-01-01",
                "last_day": "2022-12-31",
                "leader": {"id": "can-tho", "name": "Cần Thơ"},
                "deputy": {"id": "ca-mau", "name": "Cà Mau"},
                "deputy_known": True,
                "by": "recorded",
                "leader_after": None,
                "deputy_after": None,
                "because": None,
            }
        ],
    }
    said = "as the rotation proposed: the deputy moves up (recorded 05/01/2022, change 33)"
    assert row_of(run, 2022).endswith(f"Cà Mau                  {said}")
    said = "theo luân phiên: cụm phó lên làm cụm trưởng (ghi ngày 05/01/2022, lần thay đổi 33)"
    assert row_of(run, 2022, "vi").endswith(said)


@pytest.mark.usefixtures("sample")
def test_a_reason_that_was_given_stands_as_it_was_given(run: Run) -> None:
    year = year_of(run, 2021)
    assert (year["because"], year["rule"]) == ("Bầu tại hội nghị tổng kết năm 2020", None)
    assert row_of(run, 2021).endswith("27/01/2021  Bầu tại hội nghị tổng kết năm 2020")


@pytest.mark.usefixtures("sample")
def test_a_rule_that_a_later_correction_overtook_is_not_made_up(run: Run) -> None:
    assert run("rotate-leader", "--year", 2022).exit == 0
    assert run("rotate-leader", "--year", 2021, "--deputy", "Cà Mau", "--because", "Sửa").exit == 0
    assert year_of(run, 2022)["rule"] == "election"
    assert row_of(run, 2022).endswith("as the rotation proposed (recorded 05/01/2022, change 33)")


# -- a year that is recorded already ---------------------------------------------------------------


@pytest.mark.usefixtures("sample")
def test_a_day_that_was_missing_is_added_and_another_needs_a_reason(run: Run) -> None:
    assert run("rotate-leader", "--year", 2022).exit == 0
    added = run("rotate-leader", "--year", 2022, "--on", "27/01/2022")
    assert added.err == (
        "Change 34: 2022: leader Cần Thơ, deputy Cà Mau; date or reason changed  (htx undo 34)\n"
    )
    refused = run("rotate-leader", "--year", 2022, "--on", "28/01/2022")
    assert (refused.exit, refused.err) == (
        4,
        "htx: 2022 has a leader already: Cần Thơ. To record another, say why with --because.\n",
    )
    assert run("rotate-leader", "--year", 2022, "--on", "28/01/2022", "--because", "Sửa").exit == 0
    year = year_of(run, 2022)
    assert (year["on"], year["because"], year["change"]) == ("2022-01-28", "Sửa", 35)


@pytest.mark.usefixtures("sample")
def test_a_reason_alone_changes_the_reason_and_nobody_who_leads(run: Run) -> None:
    answer = run("rotate-leader", "--year", 2021, "--because", CONFERENCE)
    assert answer.err == (
        "Change 33: 2021: leader An Giang, deputy Cần Thơ; date or reason changed  (htx undo 33)\n"
    )
    year = year_of(run, 2021)
    assert (year["leader"]["id"], year["on"], year["because"]) == (
        "an-giang",
        "2021-01-27",
        CONFERENCE,
    )
    again = run("rotate-leader", "--year", 2021, "--because", CONFERENCE)
    assert again.err == "Nothing to change: the book says so already.\n"


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--leader", "ca mau"], "leader An Giang → Cà Mau, deputy Cần Thơ → not stated"),
        (
            ["--leader", "ca mau", "--deputy", "can tho"],
            "leader An Giang → Cà Mau, deputy Cần Thơ",
        ),
        (["--deputy", "ca mau"], "leader An Giang, deputy Cần Thơ → Cà Mau"),
        (["--deputy", "none"], "leader An Giang, deputy Cần Thơ → none"),
        (["--deputy", "unknown"], "leader An Giang, deputy Cần Thơ → not stated"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_replaced_leader_or_deputy_is_told(run: Run, words: list[str], told: str) -> None:
    refused = run("rotate-leader", "--year", 2021, *words)
    assert (refused.exit, "say why with --because" in refused.err) == (4, True)
    answer = run("rotate-leader", "--year", 2021, *words, "--because", "Bầu lại")
    assert answer.err == f"Change 33: 2021: {told}  (htx undo 33)\n"
    assert f"2021: {told}" in run("log", 33).out


@pytest.mark.usefixtures("sample")
def test_another_leader_does_not_inherit_the_day_of_the_election(run: Run) -> None:
    words = ["--leader", "ca mau", "--because", "Bầu lại"]
    assert run("rotate-leader", "--year", 2021, *words).exit == 0
    assert year_of(run, 2021)["on"] is None
