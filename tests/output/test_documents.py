"""What a script finds in the JSON of single answers, beside what every format shows."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import Run


def said(run: Run, *typed: object, **environ: Any) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(run(*typed, "--json", **environ).out)
    return made


def test_the_roll_up_of_a_target_lists_the_figures_that_went_into_it(
    run: Run, sample: Path
) -> None:
    assert run("set-share", "ca mau", "1a", "--not-assigned", "--year", 2021).exit == 0
    made = said(run, "explain", "all", "1a", "--year", 2021)
    inputs = {each["province"]: each["value"] for each in made["inputs"]}
    assert "ca-mau" not in inputs
    assert (inputs["can-tho"], inputs["bac-lieu"], inputs["hau-giang"]) == (20, 13, 30)
    assert sum(inputs.values()) == made["rollup"]["value"]
    assert {each["who"] for each in made["inputs"]} == {"htx-sample"}
    assert {each["as_of"] for each in made["inputs"]} == {"2021-12-31"}


def test_the_inputs_of_a_growth_bear_the_base_that_was_used(run: Run, sample: Path) -> None:
    made = said(run, "explain", "all", "4", "--year", 2021)
    bases = {each["province"]: each["base"] for each in made["inputs"]}
    assert bases["can-tho"] == 12500
    assert sum(bases.values()) == made["rollup"]["base"]


def test_yes_and_no_in_a_change_are_true_and_false(run: Run, sample: Path) -> None:
    day = ("--as-of", "31/12/2021")
    [row] = said(run, "record", "can tho", "8a", "no", *day)["rows"]
    assert (row["before"]["value"], row["after"]["value"]) == (True, False)
    [row] = said(run, "record", "can tho", "1a", 1, *day)["rows"]
    assert (row["before"]["value"], row["after"]["value"]) == (20, 1)
    for typed in (["log", 33], ["log", "can tho", "8a", "--year", 2021]):
        [row] = said(run, *typed)["changes"][0]["rows"]
        assert row["after"]["value"] is False
    [row] = said(run, "rotate-leader", "--year", 2022)["rows"]
    assert row["after"]["deputy_known"] is True
    rows = said(run, "add-target", "10", "T", "--year", 2021, "--at-least", 1, "--level")["rows"]
    [row] = [row for row in rows if row["table"] == "targets"]
    assert row["after"]["level"] is True


@pytest.mark.parametrize("value", ["true", "1", "1.0", '"có"'])
def test_yes_in_json_may_be_true_or_one(run: Run, sample: Path, value: str) -> None:
    row = f'{{"province": "ca-mau", "target": "8b", "as_of": "2021-09-30", "value": {value}}}'
    made = said(run, "import", "-", "--input-format", "json", stdin=f"[{row}]")
    assert (made["new"], made["problems"]) == (1, [])
    [changed] = said(run, "log", 33)["changes"][0]["rows"]
    assert changed["after"]["value"] is True


def test_the_life_of_a_figure_says_what_it_was_before_and_after(run: Run, sample: Path) -> None:
    assert run("record", "can tho", "1a", 21, "--as-of", "31/12/2021").exit == 0
    made = said(run, "log", "can tho", "1a", "--year", 2021)
    assert list(made) == ["schema", "changes"]
    rows = [(each["change"], row) for each in made["changes"] for row in each["rows"]]
    told = [(n, r["before"] and r["before"]["value"], r["after"]["value"]) for n, r in rows]
    assert told == [(33, 20, 21), (32, None, 20), (31, None, 8)]
    assert rows[0][1]["after"]["as_of"] == "2021-12-31"


def test_the_journal_has_one_shape_for_one_change_and_for_many(run: Run, sample: Path) -> None:
    [one] = said(run, "log", 6)["changes"]
    [same] = [each for each in said(run, "log")["changes"] if each["change"] == 6]
    assert one == same
    assert one["rows"][0]["after"]["leader"] == "an-giang"


def test_json_is_the_same_in_every_language(run: Run, sample: Path) -> None:
    source = ("--source", "Số liệu minh họa")
    typed = ("record", "can tho", "8a", "no", "--as-of", "31/12/2021", *source, "--dry-run")
    english = said(run, *typed)
    assert english["summary"] == "Cần Thơ 8a as of 31/12/2021: yes → no"
    assert said(run, *typed, HTX_LANG="vi") == english
    assert said(run, "log", HTX_LANG="vi") == said(run, "log")
    assert run("log", "--format", "csv", HTX_LANG="vi") == run("log", "--format", "csv")


def test_a_rotation_goes_the_same_way_in_every_format(run: Run, sample: Path) -> None:
    """A line says what was written; where JSON is the answer on standard output, it says that."""
    typed = ("rotate-leader", "--year", 2022, "--dry-run")
    line = "Dry run, nothing was written: 2022: leader Cần Thơ, deputy Cà Mau\n"
    asked = run(*typed, "--json")
    assert (asked.exit, asked.err) == (0, "")
    assert run(*typed, "--format", "json") == asked
    assert run(*typed, "--format", "csv").err == line
    saved = run(*typed, "--json", "-o", "x.json")
    assert (saved.out, saved.err) == ("", "")
    assert Path("x.json").read_text(encoding="utf-8") == asked.out
    assert json.loads(asked.out)["leadership"]["leader"]["id"] == "can-tho"
