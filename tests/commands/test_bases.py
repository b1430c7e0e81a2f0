"""A closed year keeps its figures, but what its growth is measured from may be of an open one."""

import json
from pathlib import Path

import pytest

from htx_cli.actions.bases import Measured
from tests.support.books import book
from tests.support.commands import Run

CLUSTER = "tay-nam-song-hau"

SAID = (
    "2021 is closed, and its growth of 3 is measured from the figures of 2020: its report says"
    " something else now."
)
TOLD = {"code": "base_of_closed", "message": SAID}
ANOTHER = ("record", "can tho", "3", 777, "--as-of", "31/12/2020", "--source", "Số liệu minh họa")


@pytest.fixture(autouse=True)
def closed(run: Run, sample: Path) -> None:
    assert run("close-year", 2021, "--incomplete").exit == 0


def test_another_base_is_written_and_the_closed_year_named(run: Run) -> None:
    assert json.loads(run(*ANOTHER, "--dry-run", "--json").out)["warnings"] == [TOLD]
    answer = run(*ANOTHER)
    assert answer.exit == 0
    assert answer.err.endswith(f"\nWarning: {SAID}\n")
    undone = run("undo")
    assert undone.err.endswith(f"\nWarning: {SAID}\n")


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ({(CLUSTER, 2020)}, {(CLUSTER, 2021, code) for code in ("3", "4", "7")}),
        ({(CLUSTER, 2021)}, set()),
        ({(CLUSTER, 2022)}, set()),
        ({("another", 2020)}, set()),
        (set(), set()),
    ],
    ids=["its base year", "the year itself", "a later one", "of another cluster", "nothing"],
)
def test_only_what_is_measured_from_the_years_written_is_looked_up(
    sample: Path, written: set[tuple[str, int]], asked: set[tuple[str, int, str]]
) -> None:
    """Whoever writes to the newest year asks nothing of those before, however many there are."""
    with book(sample).reading() as connection:
        assert set(Measured.of(connection, written).bases) == asked


def test_strictly_it_is_not_written(run: Run, sample: Path) -> None:
    before = sample.read_bytes()
    answer = run(*ANOTHER, "--strict")
    assert answer.exit == 4
    assert SAID in answer.err
    assert sample.read_bytes() == before


def test_an_import_of_bases_names_each_code_once(run: Run) -> None:
    text = "province,target,value,as_of\ncan tho,3,777,31/12/2020\nca mau,3,778,31/12/2020\n"
    Path("2020.csv").write_text(text + "soc trang,4,779,31/12/2020\n")
    said = SAID.replace("growth of 3", "growth of 3, 4")
    assert run("import", "2020.csv", "--strict").exit == 4
    answer = run("import", "2020.csv")
    assert answer.exit == 0
    assert f"Warning: {said}\n" in answer.err
    assert SAID.replace("of 3 is", "of 3, 4 is") in run("undo").err


def test_a_base_that_is_withdrawn_leaves_the_growth_without_one(run: Run) -> None:
    typed = ("withdraw", "can tho", "3", "--as-of", "31/12/2020", "--json")
    lost = "Growth over 2020 has no base now (1): Cần Thơ 3 (2021)"
    assert json.loads(run(*typed).out)["warnings"] == [
        {"code": "base_lost", "message": lost},
        TOLD,
    ]


@pytest.mark.parametrize(
    "typed",
    [
        ("record", "can tho", "3", 777, "--as-of", "30/6/2020"),
        ("record", "can tho", "3", 777, "--as-of", "31/12/2020", "--estimate"),
        ("record", "all", "htx", 1900, "--as-of", "31/12/2020"),
    ],
    ids=["an earlier figure of the base year", "an estimate", "a target that no growth is of"],
)
def test_what_is_no_base_of_it_is_written_as_ever(run: Run, typed: tuple[object, ...]) -> None:
    answer = run(*typed)
    assert (answer.exit, "is closed" in answer.err) == (0, False), answer.err


def test_a_figure_with_a_base_of_its_own_is_not_measured_from_that_year(run: Run) -> None:
    assert run("reopen-year", 2021, "--because", "x").exit == 0
    for day in ("30/6/2021", "31/12/2021"):
        own = ("record", "can tho", "3", 500, "--base", 400, "--as-of", day)
        assert run(*own).exit == 0
    assert run("close-year", 2021, "--incomplete").exit == 0
    assert "is closed" not in run(*ANOTHER).err


def test_while_the_year_is_open_nothing_is_told(run: Run) -> None:
    assert run("reopen-year", 2021, "--because", "x").exit == 0
    assert "is closed" not in run(*ANOTHER).err
