"""A target of the whole cluster, and the cluster's row: what a part of it may and may not say."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import Run

THREE = ["add-cluster", "Ba tỉnh", "--member", "can tho", "--member", "soc trang", "--member"]
JUNE, LAST = "30/6/2021", "31/12/2021"


@pytest.fixture
def three(empty_book: Path, tmp_path: Path, run: Run) -> Path:
    """A book with a cluster of three and nothing signed."""
    path = Path(shutil.copy(empty_book, tmp_path / "htx.db"))
    assert run(*THREE, "bac lieu", "--since", "2020").exit == 0
    return path


def sign(run: Run, *options: object, code: str = "1", year: int = 2021) -> None:
    answer = run("add-target", code, "T", "--year", year, *options)
    assert answer.exit == 0, answer.err


def record(run: Run, province: str, *typed: object, on: str = JUNE, code: str = "1") -> None:
    answer = run("record", province, code, *typed, "--as-of", on)
    assert answer.exit == 0, answer.err


def target(run: Run, *options: object, **environ: str) -> dict[str, Any]:
    report = json.loads(run("report", "--year", 2021, "--json", *options, **environ).out)
    made: dict[str, Any] = report["targets"][0]
    return made


# -- a part of the provinces -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signed", "typed", "june", "january"),
    [
        # counts only add: what is reached stays reached, cumulative or a level
        (["--at-least", 10], [10], "met", "met"),
        (["--at-least", 10, "--level"], [12], "exceeded", "exceeded"),
        (["--at-least", 10], [9], "on_track", "incomplete"),
        # a third province may still undo these
        (["--at-most", 10, "--level"], [9], "in_progress", "incomplete"),
        (["--exactly", 10, "--level"], [10], "in_progress", "incomplete"),
        (["--kind", "ratio", "--at-least", 60], [7, "--of", 10], "in_progress", "incomplete"),
        (["--kind", "ratio", "--at-most", 60], [5, "--of", 10], "in_progress", "incomplete"),
        (["--kind", "growth", "--at-least", 8], [12, "--base", 10], "in_progress", "incomplete"),
        (["--kind", "yes-no"], ["yes"], "in_progress", "incomplete"),
        # nor can the others bring a count back under its limit
        (["--at-most", 10], [11], "missed", "missed"),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value, list) else "",
)
def test_one_province_of_three_reaches_only_what_the_others_cannot_undo(
    run: Run, three: Path, signed: list[object], typed: list[object], june: str, january: str
) -> None:
    sign(run, "--scope", "cluster", *signed)
    record(run, "can tho", *typed)
    assert target(run, "--as-of", JUNE)["status"] == june
    assert target(run)["status"] == january


def test_a_reached_part_of_the_sum_shows_its_rate_but_nothing_that_says_done(
    run: Run, three: Path
) -> None:
    sign(run, "--scope", "cluster", "--kind", "ratio", "--at-least", 60)
    record(run, "can tho", 7, "--of", 10)
    made = target(run, "--as-of", JUNE)
    assert (made["rate"], made["completion"], made["reason"]) == (70, None, None)
    for province in ("soc trang", "bac lieu"):
        record(run, province, 7, "--of", 10)
    made = target(run, "--as-of", JUNE)
    assert (made["status"], made["rate"], made["counted"]) == ("exceeded", 70, 3)


@pytest.mark.parametrize(
    ("options", "typed", "reached"),
    [
        (["--kind", "ratio", "--at-least", 60], [7, "--of", 10], True),
        (["--kind", "ratio", "--at-least", 60], [5, "--of", 10], False),
        (["--kind", "yes-no"], ["yes"], True),
        (["--kind", "yes-no"], ["no"], False),
        (["--exactly", 10, "--level"], [10], True),
        (["--at-most", 10], [9], False),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value, list) else "",
)
def test_explain_says_why_what_is_reached_in_part_is_only_in_progress(
    run: Run, three: Path, options: list[object], typed: list[object], reached: bool
) -> None:
    sign(run, "--scope", "cluster", *options)
    record(run, "can tho", *typed)
    assert target(run, "--as-of", JUNE)["status"] == "in_progress"
    said = "Reached by those who reported; in progress, for those missing may still undo it."
    of_june = run("explain", "all", "1", "--as-of", JUNE).out
    assert (said in of_june.splitlines()) is reached
    assert said not in run("explain", "all", "1", "--as-of", LAST).out


# -- estimates -------------------------------------------------------------------------------------


def test_a_sum_with_an_estimate_in_it_is_marked_as_one(run: Run, three: Path) -> None:
    sign(run, "--scope", "cluster", "--at-least", 25)
    record(run, "can tho", 20, on=LAST)
    record(run, "soc trang", 10, "--estimate", on=LAST)
    assert target(run)["basis"] == "actual"
    assert target(run, "--estimates")["basis"] == "estimate"
    shown = run("report", "--year", 2021, "--estimates").out
    assert "~10" in shown
    assert "~30▲" in shown
    assert "~" not in run("report", "--year", 2021).out


@pytest.mark.parametrize("scope", ["each", "cluster"])
def test_a_roll_up_of_nothing_has_no_basis(run: Run, three: Path, scope: str) -> None:
    sign(run, "--scope", scope, "--at-least", 25)
    assert target(run, "--estimates")["basis"] is None


def test_what_each_province_owes_is_an_estimate_as_soon_as_one_of_them_is(
    run: Run, three: Path
) -> None:
    sign(run, "--at-least", 5)
    for province in ("can tho", "soc trang"):
        record(run, province, 5, on=LAST)
    assert target(run, "--estimates")["basis"] == "actual"
    record(run, "bac lieu", 5, "--estimate", on=LAST)
    made = target(run, "--estimates")
    assert (made["status"], made["basis"]) == ("met", "estimate")
    assert "~15✓" in run("report", "--year", 2021, "--estimates").out


def test_a_figure_for_the_whole_cluster_says_itself_what_it_is(run: Run, three: Path) -> None:
    sign(run, "--scope", "cluster", "--at-least", 25)
    record(run, "can tho", 20)
    record(run, "all", 26, "--estimate", on=LAST)
    made = target(run, "--estimates")
    assert (made["from_whole"], made["basis"]) == (True, "estimate")
    shown = run("report", "--year", 2021, "--estimates").out
    assert "~26▲" in shown
    assert "~ estimate" in shown


# -- the sum and the figure for the whole ----------------------------------------------------------

ALL = ("can tho", "soc trang", "bac lieu")


@pytest.mark.parametrize(
    ("kind", "each", "whole", "differs"),
    [
        ("ratio", [7, "--of", 10], [21, "--of", 30], False),
        ("ratio", [7, "--of", 10], [21, "--of", 35], True),  # the same value of another whole
        ("ratio", [7, "--of", 10], [14, "--of", 20], True),  # the same rate of other parts
        ("ratio", [7, "--of", 10], ["70%"], False),
        ("ratio", [7, "--of", 10], ["71%"], True),
        ("ratio", [2, "--of", 3], ["66,67%"], False),  # as exact as it was typed
        ("ratio", [2, "--of", 3], ["66,6%"], True),
        ("growth", [11, "--base", 10], [33, "--base", 30], False),
        ("growth", [11, "--base", 10], [33, "--base", 31], True),
        ("growth", [11, "--base", 10], ["10%"], False),
        ("growth", [11, "--base", 10], ["9%"], True),
        ("yes-no", ["yes"], ["yes"], False),
        ("yes-no", ["no"], ["no"], False),
        ("yes-no", ["yes"], ["no"], True),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value, list) else "",
)
@pytest.mark.parametrize("later", [True, False], ids=["whole stands", "sum stands"])
def test_both_are_shown_when_they_say_something_else(
    run: Run,
    three: Path,
    kind: str,
    each: list[object],
    whole: list[object],
    differs: bool,
    later: bool,
) -> None:
    bound = [] if kind == "yes-no" else ["--at-least", 10]
    sign(run, "--scope", "cluster", "--kind", kind, *bound)
    for province in ALL:
        record(run, province, *each)
    record(run, "all", *whole, on=LAST if later else JUNE)
    made = target(run)
    assert (made["from_whole"], made["other"] is not None) == (later, differs)
    assert ("To be looked at" in run("report", "--year", 2021).out) is differs


def test_the_other_figure_is_told_with_its_parts(run: Run, three: Path) -> None:
    sign(run, "--scope", "cluster", "--kind", "ratio", "--at-least", 10)
    for province in ALL:
        record(run, province, 7, "--of", 10)
    record(run, "all", 21, "--of", 35, on=LAST)
    made = target(run)
    assert made["other"] == {"value": 21, "of": 30, "base": None, "rate": None}
    record(run, "all", "71%", on=JUNE)
    assert run("withdraw", "all", "1", "--as-of", LAST).exit == 0
    made = target(run)
    assert made["other"] == {"value": None, "of": None, "base": None, "rate": 71}


# -- numbers among per cents -----------------------------------------------------------------------


def test_a_rate_is_never_shown_as_the_own_threshold_that_it_misses(run: Run, three: Path) -> None:
    """60 999 of 100 000 is not 61 %, whoever's 61 % it is."""
    sign(run, "--kind", "ratio", "--at-least", 60)
    assert run("set-share", "can tho", "1", 61, "--year", 2021).exit == 0
    record(run, "can tho", 60999, "--of", 100000)
    assert "= 60.99%" in run("explain", "can tho", "1", "--year", 2021).out
    assert "= 61%" not in run("explain", "can tho", "1", "--year", 2021).out


@pytest.mark.parametrize("scope", ["each", "cluster"])
def test_nothing_of_nothing_is_not_shown_as_0_per_cent(run: Run, three: Path, scope: str) -> None:
    sign(run, "--scope", scope, "--kind", "ratio", "--at-least", 60)
    record(run, "can tho", 0, "--of", 0, on=LAST)
    shown = [line.split() for line in run("report", "--year", 2021).out.splitlines()]
    [row] = [line for line in shown if line[:2] == ["Cần", "Thơ"]]
    assert row[2] == ("0/0?" if scope == "each" else "0/0")
    [cluster] = [line for line in shown if line[:1] == ["cluster"] and len(line) == 3]
    assert cluster[1] == "0/0?"


# -- report --fail-on ------------------------------------------------------------------------------


def test_fail_on_sees_what_the_whole_cluster_missed(run: Run, three: Path) -> None:
    sign(run, "--scope", "cluster", "--at-least", 25)
    for province in ALL:
        record(run, province, 5, on=LAST)
    answer = run("report", "--year", 2021, "--fail-on", "missed")
    assert (answer.exit, answer.err) == (6, "Found: whole cluster 1 (missed)\n")
    assert run("report", "--year", 2021, "--fail-on", "exceeded").exit == 0


def test_fail_on_does_not_blame_the_cluster_for_what_each_province_owes(
    run: Run, three: Path
) -> None:
    sign(run, "--at-least", 5)
    for province in ALL[:2]:
        record(run, province, 5, on=LAST)
    assert run("report", "--year", 2021, "--fail-on", "incomplete").exit == 0


def test_fail_on_names_some_of_the_cells_and_counts_the_others(run: Run, sample: Path) -> None:
    found = (
        "Found: Cần Thơ 5 (missed), Sóc Trăng 5 (missed), Bạc Liêu 1a (missed),"
        " Bạc Liêu 1b (missed), Bạc Liêu 4 (missed), and 9 more"
    )
    typed = ("report", "--year", 2021, "--fail-on", "missed,on-track")
    answer = run(*typed)
    assert (answer.exit, answer.err) == (6, f"{found}\n")
    answer = run(*typed, "--json")
    document = json.loads(answer.out)
    assert (answer.exit, answer.err, document["year"]) == (6, "", 2021)
    assert document["warnings"] == [{"code": "status_found", "message": found}]


def test_fail_on_names_a_stale_figure(run: Run, three: Path) -> None:
    sign(run, "--at-least", 5)
    for province in ALL:
        record(run, province, 5, on=LAST if province != "can tho" else JUNE)
    answer = run("report", "--year", 2021, "--fail-on", "stale")
    assert (answer.exit, answer.err) == (6, "Found: Cần Thơ 1 (stale)\n")


def test_fail_on_names_a_stale_roll_up_of_the_whole_cluster(run: Run, three: Path) -> None:
    sign(run, "--scope", "cluster", "--at-least", 5)
    record(run, "all", 6)
    answer = run("report", "--year", 2021, "--fail-on", "stale")
    assert (answer.exit, answer.err) == (6, "Found: whole cluster 1 (stale)\n")
    assert run("report", "--as-of", JUNE, "--fail-on", "stale").exit == 0
    record(run, "all", 6, on=LAST)
    assert run("report", "--year", 2021, "--fail-on", "stale").exit == 0
