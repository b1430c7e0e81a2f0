"""A year is closed when all is reported; from then on nothing is written to it."""

import json
from pathlib import Path
from typing import Any

import pytest

from htx_cli import Rejected, import_results
from htx_cli.actions import Intent, years
from tests.support.books import book
from tests.support.commands import Answer, Run, well

CLOSED = (
    "htx: 2021 is closed: neither its pact nor its figures change any more. To change them all the"
    " same, reopen it first: htx reopen-year 2021 --because TEXT\n"
)


def close(run: Run) -> None:
    well(run("close-year", 2021, "--incomplete"))


def report(run: Run, *options: object) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(run("report", "--year", 2021, "--json", *options).out)
    return made


def statuses(made: dict[str, Any]) -> dict[tuple[str, str], str]:
    return {(p["id"], c["target"]): c["status"] for p in made["provinces"] for c in p["cells"]}


# -- closing ---------------------------------------------------------------------------------------


def test_a_year_with_all_figures_is_closed_in_one_line(run: Run, fresh: Path) -> None:
    well(run("add-target", "1", "T", "--year", 2021, "--at-least", 20))
    for province in ("can tho", "soc trang"):
        well(run("record", province, "1", 20, "--as-of", "31/12/2021"))
    assert run("close-year", 2021) == Answer(0, "", "Change 6: year 2021 closed  (htx undo 6)\n")
    assert report(run)["closed"] is True
    assert well(run("close-year", 2021)) == "Nothing to change: the book says so already.\n"


def test_missing_old_and_unjudgeable_figures_are_named_unless_told(run: Run, sample: Path) -> None:
    before = sample.read_bytes()
    assert run("close-year", 2021) == Answer(
        4,
        "",
        "htx: Figures of 2021 did not come, are older than its last day, or lack a base or a whole:"
        " Bạc Liêu 8a, Cà Mau 9, An Giang 3, Kiên Giang 5 6. Record them, or close the year as it"
        " is: htx close-year 2021 --incomplete\n",
    )
    assert sample.read_bytes() == before
    assert well(run("close-year", 2021, "--incomplete")).startswith("Change 33: year 2021 closed")


@pytest.mark.parametrize(
    ("now", "exit"), [("2021-12-30T08:00:00+07:00", 4), ("2021-12-31T08:00:00+07:00", 0)]
)
def test_a_year_is_closed_on_its_last_day_at_the_earliest(
    run: Run, fresh: Path, now: str, exit: int
) -> None:
    well(run("add-target", "t", "T", "--year", 2021, "--kind", "tracked"))
    answer = run("close-year", 2021, HTX_NOW=now)
    assert answer.exit == exit
    if exit:
        assert answer.err == "htx: 2021 is not over: it can be closed from 31/12/2021 on.\n"


def test_closing_condemns_what_is_unmet_for_who_looks_back_from_its_last_day_on(
    run: Run, sample: Path
) -> None:
    before, june = statuses(report(run)), statuses(report(run, "--as-of", "30/6/2021"))
    close(run)
    after = statuses(report(run))
    assert {cell: (before[cell], after[cell]) for cell in after if before[cell] != after[cell]} == {
        ("ca-mau", "9"): ("in_progress", "missed"),
        ("kien-giang", "6"): ("on_track", "missed"),
    }
    assert statuses(report(run, "--as-of", "30/6/2021")) == june


def test_a_closed_year_says_so_in_every_format(run: Run, sample: Path) -> None:
    close(run)
    assert "· 2021 · as of 31/12/2021 · closed" in run("report", "--year", 2021).out
    assert "· closed" in run("report", "--year", 2021, "--format", "md").out
    assert "· đã chốt" in run("report", "--year", 2021, HTX_LANG="vi").out
    assert report(run)["closed"] is True


def test_a_year_that_does_not_exist_cannot_be_closed(run: Run, sample: Path) -> None:
    for typed in (("close-year", 2019), ("reopen-year", 2019, "--because", "x")):
        assert run(*typed) == Answer(
            3, "", "htx: Nothing is signed or drafted for 2019. The book has: 2020, 2021.\n"
        )


# -- frozen ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        ["record", "can tho", "1a", 21, "--as-of", "31/12/2021"],
        ["record", "can tho", "1a", 9, "--as-of", "30/9/2021"],
        ["withdraw", "can tho", "1a", "--as-of", "31/12/2021"],
        ["add-target", "10", "T", "--year", 2021, "--at-least", 1],
        ["change-target", "1a", "--year", 2021, "--at-least", 1, "--because", "x"],
        ["change-target", "1a", "--year", 2021, "--line-text", "Khác."],
        ["set-share", "can tho", "1a", 15, "--year", 2021],
    ],
    ids=lambda typed: " ".join(map(str, typed[:1])),
)
def test_a_closed_year_takes_no_write_and_says_what_to_type(
    run: Run, sample: Path, typed: list[object]
) -> None:
    close(run)
    before = sample.read_bytes()
    assert run(*typed) == Answer(4, "", CLOSED)
    assert run(*typed, "--dry-run") == Answer(4, "", CLOSED)
    assert json.loads(run(*typed, "--json").out)["code"] == "year_closed"
    assert sample.read_bytes() == before
    well(run("reopen-year", 2021, "--because", "CV 7 của Cà Mau"))
    well(run(*typed))


def test_what_the_closed_year_says_already_may_be_said_again(run: Run, sample: Path) -> None:
    close(run)
    file = Path(__file__).parents[1] / "sample" / "results-2021-12.csv"
    told = well(run("import", file))
    assert told.startswith("Nothing to change: all 79 figures stand in the book already.\n")


def test_other_years_stay_open(run: Run, sample: Path) -> None:
    close(run)
    well(run("record", "an giang", "3", 100, "--as-of", "31/12/2020"))
    well(run("add-target", "1a", "T", "--year", 2022, "--at-least", 20))


def test_a_file_with_one_figure_of_a_closed_year_is_refused_whole(sample: Path) -> None:
    here = book(sample)
    years.close_year(here, Intent("close"), 2021, incomplete=True)
    rows = [
        {"province": "An Giang", "target": "3", "value": 100, "as_of": "2020-12-31"},
        {"province": "An Giang", "target": "3", "value": 120, "as_of": "2021-12-31"},
    ]
    before = sample.read_bytes()
    with pytest.raises(Rejected) as refused:
        import_results(here, rows)
    [problem] = refused.value.problems
    assert (problem.code, problem.values, problem.row) == ("year_closed", {"year": "2021"}, 2)
    assert sample.read_bytes() == before


# -- what follows from it --------------------------------------------------------------------------


def test_growth_is_measured_from_the_last_actual_figure_of_the_closed_year(
    run: Run, fresh: Path
) -> None:
    well(run("add-target", "4", "T", "--year", 2021, "--at-least", 1))
    for day, value in (("30/6/2021", 100), ("31/12/2021", 200)):
        well(run("record", "can tho", "4", value, "--as-of", day))
    well(run("record", "can tho", "4", 300, "--as-of", "31/12/2021", "--estimate"))
    well(run("close-year", 2021, "--incomplete"))
    well(run("add-target", "4", "T", "--year", 2022, "--kind", "growth", "--at-least", 10))
    later = "2022-12-31T08:00:00+07:00"
    well(run("record", "can tho", "4", 220, "--as-of", "31/12/2022", HTX_NOW=later))
    made = json.loads(run("explain", "can tho", "4", "--year", 2022, "--json", HTX_NOW=later).out)
    assert (made["cell"]["base"], made["cell"]["status"]) == (200, "met")


# -- reopening -------------------------------------------------------------------------------------


def test_reopening_needs_a_reason_that_the_journal_keeps(run: Run, sample: Path) -> None:
    close(run)
    assert run("reopen-year", 2021) == Answer(
        2, "", "htx: Say why 2021 is reopened: htx reopen-year 2021 --because TEXT\n"
    )
    told = well(run("reopen-year", 2021, "--because", "CV 7 của Cà Mau"))
    assert told == "Change 34: year 2021 reopened  (htx undo 34)\n"
    assert report(run)["closed"] is False
    head = json.loads(run("log", 34, "--json").out)["changes"][0]
    assert (head["summary"], head["because"]) == ("year 2021 reopened", "CV 7 của Cà Mau")


def test_to_reopen_a_year_that_is_open_changes_nothing(run: Run, sample: Path) -> None:
    assert run("reopen-year", 2021, "--because", "x") == Answer(
        0, "", "Nothing to change: the book says so already.\n"
    )
