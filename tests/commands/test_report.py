"""`htx report`: which day, which figure and which cluster is meant, and what `--fail-on` tells."""

import json
from pathlib import Path

import pytest

from tests.support.commands import Answer, Run, cell


def test_8_of_20_in_june_is_behind_in_july_and_stale_but_not_missed_in_january(
    run: Run, fresh: Path
) -> None:
    assert run("add-target", "1a", "HTX mới", "--year", 2021, "--at-least", 20).exit == 0
    assert run("record", "can tho", "1a", 8, "--as-of", "30/6/2021").exit == 0
    july = cell(run, "can tho", "1a", "--as-of", "5/7/2021")
    january = cell(run, "can tho", "1a")
    assert (july["status"], july["stale"], july["completion"]) == ("behind", False, 40)
    assert (january["status"], january["stale"]) == ("behind", True)
    assert "Cần Thơ: 1a (30/06/2021)" in run("report", "--year", 2021).out


def test_an_estimate_is_shown_as_one_and_never_condemns(run: Run, fresh: Path) -> None:
    assert run("add-target", "1a", "HTX mới", "--year", 2021, "--at-least", 20).exit == 0
    for province, value in (("can tho", 20), ("soc trang", 15)):
        typed = ("record", province, "1a", value, "--as-of", "31/12/2021", "--estimate")
        assert run(*typed).exit == 0
    assert cell(run, "can tho", "1a")["status"] == "not_reported"
    first = cell(run, "can tho", "1a", "--estimates")
    second = cell(run, "soc trang", "1a", "--estimates")
    assert (first["status"], first["basis"]) == ("met", "estimate")
    assert (second["status"], second["basis"]) == ("behind", "estimate")
    shown = run("report", "--year", 2021, "--estimates").out
    assert "~20✓" in shown
    assert "~15↘" in shown


@pytest.mark.parametrize(
    ("value", "of", "rate", "shown"),
    [("9996", "10000", 99.96, "99.96%"), ("19.9999999", "20", 99.999999, "99.99%")],
)
def test_almost_all_is_never_shown_as_100_per_cent(
    run: Run, fresh: Path, value: str, of: str, rate: float, shown: str
) -> None:
    assert (
        run("add-target", "1", "T", "--year", 2021, "--kind", "ratio", "--at-least", 100).exit == 0
    )
    assert run("record", "can tho", "1", value, "--of", of, "--as-of", "31/12/2021").exit == 0
    made = cell(run, "can tho", "1")
    assert (made["status"], made["rate"]) == ("missed", rate)
    for width in ("80", "200"):
        answer = run("status", "can tho", "--year", 2021, "--format", "table", COLUMNS=width).out
        assert shown in answer
        assert "100%" not in answer.replace("≥100%", "")


@pytest.mark.parametrize(
    ("typed", "exit"),
    [
        (["--fail-on", "missed"], 6),
        (["--fail-on", "on-track"], 6),
        (["--fail-on", "stale"], 6),
        (["--fail-on", "behind"], 0),
        (["--fail-on", "behind,missed"], 6),
        (["--fail-on", "behind", "--fail-on", "not_assigned"], 0),
        (["--fail-on", "bad"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_fail_on_tells_a_script_that_a_status_was_found(
    run: Run, sample: Path, typed: list[str], exit: int
) -> None:
    assert run("report", "--year", 2021, *typed).exit == exit


def test_the_year_is_that_of_the_option_else_of_the_date_else_todays(
    run: Run, sample: Path
) -> None:
    assert json.loads(run("report", "--as-of", "30/6/2021", "--json").out)["as_of"] == "2021-06-30"
    assert run("report") == Answer(
        3, "", "htx: Nothing is signed or drafted for 2022. The book has: 2020, 2021.\n"
    )
    assert json.loads(run("report", "--year", 2021, "--json").out)["as_of"] == "2021-12-31"


def test_with_two_clusters_the_one_that_is_meant_must_be_named(run: Run, sample: Path) -> None:
    assert run("add-cluster", "Cụm hai", "--id", "hai", "--member", "ha noi").exit == 0
    assert run("report", "--year", 2021) == Answer(
        3,
        "",
        "htx: The book has more than one cluster. Say which with --cluster: tay-nam-song-hau, hai.\n",
    )
    named = run("report", "--year", 2021, "--cluster", "Tây Nam sông Hậu", "--json")
    assert json.loads(named.out)["cluster"]["id"] == "tay-nam-song-hau"
    assert run("report", "--cluster", "x").exit == 3
