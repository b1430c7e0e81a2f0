"""Rows of a file whose date falls into a closed year, or into one that has nothing to record them for."""

import json
from pathlib import Path

import pytest

from tests.support.commands import Answer, Run

JUNE = "2022-06-05T08:00:00+07:00"
HEAD = "province,target,value,as_of\n"
CLOSED = (
    "2021 is closed: neither its pact nor its figures change any more. To change them all the same,"
    " reopen it first: htx reopen-year 2021 --because TEXT"
)


@pytest.fixture
def closed(run: Run, sample: Path) -> Path:
    assert run("close-year", 2021, "--incomplete").exit == 0
    return sample


def problems(run: Run, *typed: object) -> list[tuple[object, ...]]:
    answer = run("import", *typed, "--json", HTX_NOW=JUNE)
    assert answer.exit == 4
    found = json.loads(answer.out)["problems"]
    return [(p["file"], p["row"], p["cell"], p["code"]) for p in found]


def test_a_row_of_a_closed_year_is_a_problem_of_that_row(run: Run, closed: Path) -> None:
    before = closed.read_bytes()
    Path("kq.csv").write_text(HEAD + "ca mau,1a,99,31/12/2021\n")
    assert run("import", "kq.csv", HTX_NOW=JUNE) == Answer(
        4, "", f"kq.csv C2: {CLOSED}\nNothing was written. Problems in kq.csv: 1.\n"
    )
    assert closed.read_bytes() == before


def test_beside_other_problems_it_is_listed_with_them(run: Run, closed: Path) -> None:
    rows = "ca mau,1a,99,31/12/2021\nca mau,1z,5,31/12/2021\nsoc trang,1a,98,30/6/2021\n"
    Path("kq.csv").write_text(HEAD + rows)
    assert problems(run, "kq.csv") == [
        ("kq.csv", 2, "C2", "year_closed"),
        ("kq.csv", 3, "B3", "target_unknown"),
        ("kq.csv", 4, "C4", "year_closed"),
    ]
    tried = json.loads(run("import", "kq.csv", "--dry-run", "--json", HTX_NOW=JUNE).out)
    assert len(tried["problems"]) == 3


def test_a_row_that_a_closed_year_says_already_is_none(run: Run, closed: Path) -> None:
    Path("kq.csv").write_text("province,target,value,as_of,source\n"
                              "can tho,1a,20,31/12/2021,Số liệu minh họa\n")  # fmt: skip
    assert run("import", "kq.csv", HTX_NOW=JUNE).exit == 0
    Path("kq.csv").write_text("province,target,value,as_of,source\n"
                              "can tho,1a,20,31/12/2021,Số liệu minh họa\n"
                              "can tho,1a,21,30/6/2021,x\n")  # fmt: skip
    assert problems(run, "kq.csv") == [("kq.csv", 3, "C3", "year_closed")]


def test_mappings_are_told_by_their_number(run: Run, closed: Path) -> None:
    row = {"province": "ca mau", "target": "1a", "value": 99, "as_of": "2021-12-31"}
    Path("kq.json").write_text(json.dumps([row]))
    assert [(row, code) for _, row, _, code in problems(run, "kq.json")] == [(1, "year_closed")]


# -- a year without a pact -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "typed", "said"),
    [
        ("1a,5,31/3/2022", [], "Nothing is signed or drafted for 2022."),
        ("3,5,31/12/2019", [], "Nothing is signed or drafted for 2019."),
        ("1a,5,", ["--as-of", "31/3/2022"], "Nothing is signed or drafted for 2022."),
        (
            "1a,5,",
            [],
            "There is no target “1a” in 2022, but 2021 has one. Did you mean --year 2021?",
        ),
        ("tht-moi,5,", [], "Nothing is signed or drafted for 2022."),
    ],
)
def test_another_year_is_proposed_only_if_the_date_allows_it(
    run: Run, sample: Path, row: str, typed: list[str], said: str
) -> None:
    Path("kq.csv").write_text(f"{HEAD}can tho,{row}\n")
    answer = run("import", "kq.csv", *typed, HTX_NOW=JUNE)
    assert answer.exit == 4
    [told, _] = answer.err.splitlines()
    assert told.startswith(f"kq.csv B2, target (chỉ tiêu): {said}")
    assert ("--year" in told) == ("--year" in said)


def test_a_single_figure_and_a_wide_file_of_a_day_have_no_other_year(
    run: Run, sample: Path
) -> None:
    day = ("--as-of", "31/3/2022")
    told = run("record", "can tho", "1a", 5, *day, HTX_NOW=JUNE)
    assert (told.exit, "--year" in told.err) == (3, False)
    told = run("record", "can tho", "1a", 5, HTX_NOW=JUNE)
    assert (told.exit, "Did you mean --year 2021?" in told.err) == (3, True)
    Path("kq.csv").write_text("province,1a\ncan tho,5\n")
    told = run("import", "kq.csv", *day, HTX_NOW=JUNE)
    assert (told.exit, "--year" in told.err) == (3, False)
