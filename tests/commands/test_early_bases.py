"""Growth that is measured from a figure before the end of its base year: used, and told."""

import json
from pathlib import Path

import pytest

from tests.support.commands import Answer, Run

DAY = ("--as-of", "31/12/2021")
NOTE = "3: measured from figures before the end of 2020: "


@pytest.fixture
def early(run: Run, sample: Path) -> Path:
    """The bases of line 3 that Cà Mau and An Giang have are of the half-year only."""
    for name, value in (("ca mau", 120), ("an giang", 200)):
        run("withdraw", name, "3", "--as-of", "31/12/2020")
        assert run("record", name, "3", value, "--as-of", "30/6/2020").exit == 0
        assert run("record", name, "3", value + 12, *DAY).exit == 0
    return sample


def noted(answer: Answer) -> list[str]:
    return [line.strip().strip("-| ") for line in answer.out.splitlines() if NOTE in line]


@pytest.mark.usefixtures("early")
@pytest.mark.parametrize("format", ["plain", "table", "md"])
def test_a_report_lists_the_bases_that_are_not_of_the_end_of_the_year(
    run: Run, format: str
) -> None:
    answer = run("report", "--year", 2021, "--format", format, COLUMNS="200")
    assert noted(answer) == [f"{NOTE}Cà Mau (30/06/2020), An Giang (30/06/2020)"]


@pytest.mark.usefixtures("early")
def test_an_explanation_says_it_of_its_figure(run: Run) -> None:
    told = run("explain", "ca mau", "3", "--year", 2021)
    assert noted(told) == [f"{NOTE}Cà Mau (30/06/2020)"]
    assert noted(run("explain", "can tho", "3", "--year", 2021)) == []


@pytest.mark.usefixtures("early")
def test_scripts_read_whose_base_it_is_and_of_which_day(run: Run) -> None:
    made = json.loads(run("report", "--year", 2021, "--json").out)
    found = {
        (row["id"], cell["target"]): (cell["base_early"], cell["base_early_days"])
        for row in made["provinces"]
        for cell in row["cells"]
        if cell["base_early"]
    }
    assert found == {
        ("ca-mau", "3"): (["ca-mau"], ["2020-06-30"]),
        ("an-giang", "3"): (["an-giang"], ["2020-06-30"]),
    }
    heading, *rows = run("report", "--year", 2021, "--format", "csv").out.splitlines()
    assert heading.endswith(",base_early,base_early_days")
    assert [row[:6] for row in rows if row.endswith(",ca-mau,2020-06-30")] == ["ca-mau"]


@pytest.mark.usefixtures("early")
def test_a_base_that_came_with_the_figure_has_no_date_and_no_note(run: Run) -> None:
    assert run("record", "ca mau", "3", 130, "--base", 120, *DAY).exit == 0
    told = run("report", "--year", 2021, "--format", "plain")
    assert noted(told) == [f"{NOTE}An Giang (30/06/2020)"]


def test_bases_of_the_last_day_have_no_note(run: Run, sample: Path) -> None:
    assert noted(run("report", "--year", 2021, "--format", "plain")) == []
