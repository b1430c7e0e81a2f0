"""From a draft to a signed pact, and by which decision it changes then."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import Answer, Run, well

YEAR_END = "2022-12-31T08:00:00+07:00"
BY = ("--because", "Họp giữa năm", "--decision", "12/QĐ-CTĐ", "--on", "1/7/2022")


def targets(run: Run, year: int = 2022, **environ: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(run("targets", "--year", year, "--json", **environ).out)
    return made


def asked(run: Run, as_of: str, province: str = "can tho", code: str = "1a") -> tuple[Any, Any]:
    typed = ("explain", province, code, "--as-of", as_of, "--json")
    made = json.loads(run(*typed, HTX_NOW=YEAR_END).out)
    return made["cell"]["threshold"], [each["decision"] for each in made["decisions"]]


@pytest.fixture
def signed(run: Run, sample: Path) -> Path:
    """The sample's pact of 2021, signed again for 2022."""
    well(run("open-year", 2022))
    well(run("sign-pact", "--year", 2022, "--on", "4/1/2022"))
    return sample


# -- a draft ---------------------------------------------------------------------------------------


def test_a_year_is_opened_with_the_pact_of_the_last_one(run: Run, sample: Path) -> None:
    well(run("set-share", "ca mau", "1a", 15, "--year", 2021))
    assert run("open-year", 2022) == Answer(
        0,
        "",
        "Change 34: 2022 opened as a draft of 12 targets  (htx undo 34)\n"
        "These name a year; look them over: 3., 4., 7.\n"
        'A sentence is changed with: htx change-target CODE --year 2022 --line-text "…"; a title'
        ' with --title "…"\n',
    )
    old, new = targets(run, 2021), targets(run)
    assert (new["pact"], new["signed_on"], old["pact"]) == ("draft", None, None)
    assert new["lines"] == old["lines"]
    for target in old["targets"]:
        target["base_year"] = target["base_year"] and target["base_year"] + 1
    assert new["targets"] == old["targets"]
    assert {t["base_year"] for t in new["targets"]} == {None, 2021}
    assert [t["shares"] for t in new["targets"] if t["code"] == "1a"] == [
        [{"id": "ca-mau", "assigned": True, "threshold": 15}]
    ]


def test_any_earlier_year_can_be_copied_and_only_an_earlier_one(run: Run, sample: Path) -> None:
    well(run("open-year", 2023, "--from", 2021))
    assert {t["base_year"] for t in targets(run, 2023)["targets"]} == {None, 2022}
    refused = run("open-year", 2022, "--from", 2023)
    assert (refused.exit, refused.err) == (
        4,
        "htx: 2023 is not before 2022: a pact is copied from an earlier year.\n",
    )
    assert run("open-year", 2022, "--from", 2019).exit == 3
    assert run("open-year", 2010).exit == 3


def test_shares_of_who_left_are_left_out_and_named(run: Run, sample: Path) -> None:
    well(run("set-share", "ca mau", "1a", 15, "--year", 2021))
    well(run("remove-member", "ca mau", "--until", "31/12/2021"))
    told = well(run("open-year", 2022))
    assert "Own shares were left out of those who are no members in 2022: Cà Mau\n" in told
    assert [t["shares"] for t in targets(run)["targets"] if t["code"] == "1a"] == [[]]


def test_a_year_with_a_pact_is_not_opened_again(run: Run, sample: Path) -> None:
    before = sample.read_bytes()
    assert run("open-year", 2021) == Answer(
        4,
        "",
        "htx: Something is signed or drafted for 2021 already, so no draft is made for it."
        " Change it as it stands: htx targets --year 2021\n",
    )
    assert sample.read_bytes() == before


def test_a_draft_is_shown_as_one_and_changes_without_a_reason(run: Run, sample: Path) -> None:
    well(run("open-year", 2022))
    for command in ("report", "targets"):
        first = run(command, "--year", 2022).out.splitlines()[0]
        assert first.endswith(" · draft")
    assert json.loads(run("report", "--year", 2022, "--json").out)["pact"] == "draft"
    well(run("change-target", "1a", "--year", 2022, "--at-least", 22))
    assert run("change-target", "1a", "--year", 2022, "--at-least", 23, *BY) == Answer(
        4,
        "",
        "htx: The pact of 2022 is not signed, so it changes without a decision: leave --decision"
        " and --on out. To sign it: htx sign-pact --year 2022 --on DATE\n",
    )
    refused = run("close-year", 2022, HTX_NOW=YEAR_END)
    assert refused.err.startswith("htx: The pact of 2022 is a draft. Sign it first:")


# -- signing ---------------------------------------------------------------------------------------


def test_a_draft_or_a_pact_made_by_hand_is_signed_on_a_day(run: Run, sample: Path) -> None:
    told = well(run("sign-pact", "--year", 2021, "--on", "27/1/2021"))
    assert told == "Change 33: pact of 2021 signed on 27/01/2021  (htx undo 33)\n"
    made = targets(run, 2021)
    assert (made["pact"], made["signed_on"]) == ("signed", "2021-01-27")
    assert "· 2021 · signed on 27/01/2021" in run("targets", "--year", 2021).out
    again = well(run("sign-pact", "--year", 2021, "--on", "27/1/2021"))
    assert again == "Nothing to change: the book says so already.\n"


def test_nothing_is_signed_on_a_day_to_come(run: Run, sample: Path) -> None:
    well(run("open-year", 2022))
    before = sample.read_bytes()
    assert run("sign-pact", "--year", 2022, "--on", "6/1/2022") == Answer(
        4, "", "htx: 06/01/2022 is still to come: nothing is signed on that day yet.\n"
    )
    assert sample.read_bytes() == before


# -- a signed pact changes by decision -------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        ["change-target", "1a", "--year", 2022, "--at-least", 25],
        ["change-target", "1a", "--year", 2022, "--at-least", 25, "--because", "x"],
        ["change-target", "1a", "--year", 2022, "--at-least", 25, "--decision", "12/QĐ-CTĐ"],
        ["add-target", "10", "T", "--year", 2022, "--at-least", 1],
        ["remove-target", "9", "--year", 2022],
        ["set-share", "ca mau", "1a", 15, "--year", 2022],
        ["change-target", "1a", "--year", 2022, "--line-text", "Khác."],
    ],
)
def test_a_signed_pact_asks_for_the_decision_and_the_reason(
    run: Run, signed: Path, typed: list[object]
) -> None:
    before = signed.read_bytes()
    assert run(*typed) == Answer(
        4,
        "",
        "htx: The pact of 2022 was signed on 04/01/2022: to change it, name the decision and say"
        " why, for example --decision 12/QĐ-CTĐ --because TEXT, with --on DATE from when it"
        " holds.\n",
    )
    assert signed.read_bytes() == before
    well(run(*typed, *BY))


def test_a_report_judges_by_what_was_in_force_on_its_day(run: Run, signed: Path) -> None:
    told = well(run("change-target", "1a", "--year", 2022, "--at-least", 25, *BY))
    assert told == (
        "Change 35: target 1a of 2022 changed: ≥20 → ≥25; by decision 12/QĐ-CTĐ from 01/07/2022"
        "  (htx undo 35)\n"
    )
    well(run("record", "can tho", "1a", 20, "--as-of", "30/6/2022", HTX_NOW=YEAR_END))
    assert asked(run, "30/6/2022") == (20, [])
    assert asked(run, "1/7/2022") == (25, ["12/QĐ-CTĐ"])
    explained = run("explain", "can tho", "1a", "--as-of", "31/12/2022", HTX_NOW=YEAR_END).out
    assert "signed: ≥25\nin force from 01/07/2022 by decision 12/QĐ-CTĐ\n" in explained
    for day, status in (("30/6/2022", "met"), ("1/7/2022", "on_track")):
        made = json.loads(run("report", "--as-of", day, "--json", HTX_NOW=YEAR_END).out)
        assert made["provinces"][0]["cells"][0]["status"] == status


def test_a_target_by_decision_is_there_from_its_day_on(run: Run, signed: Path) -> None:
    well(run("add-target", "10", "Mới", "--year", 2022, "--at-least", 1, *BY))
    well(run("remove-target", "9", "--year", 2022, *BY))
    for day, there in (("30/6/2022", {"9"}), ("1/7/2022", {"10"})):
        made = json.loads(run("report", "--as-of", day, "--json", HTX_NOW=YEAR_END).out)
        assert {t["code"] for t in made["targets"]} & {"9", "10"} == there
        assert {x["line"] for x in made["lines"]} & {"9", "10"} == there
    refused = run("explain", "can tho", "10", "--as-of", "30/6/2022", HTX_NOW=YEAR_END)
    assert (refused.exit, refused.err) == (3, "htx: Target 10 was not in force on 30/06/2022.\n")


def test_a_share_by_decision_holds_from_its_day_on(run: Run, signed: Path) -> None:
    well(run("set-share", "ca mau", "1a", 15, *BY))
    later = ["--because", "x", "--decision", "13/QĐ-CTĐ", "--on", "1/10/2022"]
    well(run("set-share", "ca mau", "1a", "--not-assigned", *later))
    assert asked(run, "30/6/2022", "ca mau") == (20, [])
    assert asked(run, "30/9/2022", "ca mau") == (15, ["12/QĐ-CTĐ"])
    assert asked(run, "31/12/2022", "ca mau") == (None, ["13/QĐ-CTĐ"])


def test_the_list_of_targets_names_every_decision(run: Run, signed: Path) -> None:
    well(run("change-target", "1a", "--year", 2022, "--at-least", 25, *BY))
    well(run("set-share", "ca mau", "1a", 15, *BY))
    assert run("targets", "--year", 2022, HTX_NOW=YEAR_END).out.split("Changed by decision\n")[
        1
    ] == (
        "  1a from 01/07/2022 by decision 12/QĐ-CTĐ, before: ≥20\n"
        "  Cà Mau 1a from 01/07/2022 by decision 12/QĐ-CTĐ, before: as signed\n"
    )
    first, second = targets(run, HTX_NOW=YEAR_END)["amendments"]
    assert (first["part"], first["code"], first["from"]) == ("target", "1a", "2022-07-01")
    assert (first["before"]["threshold"], second["before"]) == (20, None)
    rows = [
        json.loads(line)
        for line in run("targets", "--year", 2022, "--format", "ndjson").out.splitlines()
    ]
    assert [(r["code"], r["decision"], r["from"]) for r in rows if r["decision"]] == [
        ("1a", "12/QĐ-CTĐ", "2022-07-01")
    ]
    today = targets(run)["targets"]  # in January the decision of July does not hold yet
    assert [t["threshold"] for t in today if t["code"] == "1a"] == [20]


def test_two_decisions_follow_each_other_and_the_last_of_a_day_counts(
    run: Run, signed: Path
) -> None:
    change = ("change-target", "1a", "--year", 2022, "--at-least")
    well(run(*change, 25, *BY))
    refused = run(*change, 30, "--because", "x", "--decision", "13", "--on", "30/6/2022")
    assert (refused.exit, refused.err) == (
        4,
        "htx: 1a was changed from 01/07/2022 on by decision 12/QĐ-CTĐ; another one cannot hold from"
        " 30/06/2022: name that day or a later one with --on.\n",
    )
    well(run(*change, 30, "--because", "x", "--decision", "13/QĐ-CTĐ", "--on", "1/7/2022"))
    assert asked(run, "30/6/2022") == (20, [])
    assert asked(run, "1/7/2022") == (30, ["13/QĐ-CTĐ"])


def test_a_workbook_to_fill_in_asks_for_what_is_in_force_on_its_day(run: Run, signed: Path) -> None:
    from htx_cli.actions import exchange as sending
    from htx_cli.text.vietnamese import day
    from tests.support.books import book

    well(run("change-target", "1a", "--year", 2022, "--at-least", 25, *BY))
    for when, threshold in (("30/6/2022", 20), ("31/12/2022", 25)):
        [made] = sending.templates(book(signed), 2022, ["can tho"], day(when))
        assert made.questions[0].threshold == threshold
