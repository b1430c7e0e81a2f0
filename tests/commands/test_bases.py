"""What growth is measured from: bases of closed years, bases taken back, and bases of an earlier day."""

import json
import shutil
from pathlib import Path

import pytest

from htx_cli.actions.bases import Measured
from tests.support.books import book
from tests.support.commands import Answer, Run

CLUSTER = "tay-nam-song-hau"

SAID = (
    "2021 is closed, and its growth of 3 is measured from the figures of 2020: its report says"
    " something else now."
)
TOLD = {"code": "base_of_closed", "message": SAID}
ANOTHER = ("record", "can tho", "3", 777, "--as-of", "31/12/2020", "--source", "Số liệu minh họa")


@pytest.fixture
def closed(run: Run, sample: Path) -> None:
    assert run("close-year", 2021, "--incomplete").exit == 0


@pytest.mark.usefixtures("closed")
def test_another_base_is_written_and_the_closed_year_named(run: Run) -> None:
    assert json.loads(run(*ANOTHER, "--dry-run", "--json").out)["warnings"] == [TOLD]
    answer = run(*ANOTHER)
    assert answer.exit == 0
    assert answer.err.endswith(f"\nWarning: {SAID}\n")
    undone = run("undo")
    assert undone.err.endswith(f"\nWarning: {SAID}\n")


@pytest.mark.usefixtures("closed")
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


@pytest.mark.usefixtures("closed")
def test_strictly_it_is_not_written(run: Run, sample: Path) -> None:
    before = sample.read_bytes()
    answer = run(*ANOTHER, "--strict")
    assert answer.exit == 4
    assert SAID in answer.err
    assert sample.read_bytes() == before


@pytest.mark.usefixtures("closed")
def test_an_import_of_bases_names_each_code_once(run: Run) -> None:
    text = "province,target,value,as_of\ncan tho,3,777,31/12/2020\nca mau,3,778,31/12/2020\n"
    Path("2020.csv").write_text(text + "soc trang,4,779,31/12/2020\n")
    said = SAID.replace("growth of 3", "growth of 3, 4")
    assert run("import", "2020.csv", "--strict").exit == 4
    answer = run("import", "2020.csv")
    assert answer.exit == 0
    assert f"Warning: {said}\n" in answer.err
    assert SAID.replace("of 3 is", "of 3, 4 is") in run("undo").err


@pytest.mark.usefixtures("closed")
def test_a_base_that_is_withdrawn_leaves_the_growth_without_one(run: Run) -> None:
    typed = ("withdraw", "can tho", "3", "--as-of", "31/12/2020", "--json")
    lost = "Growth over 2020 has no base now (1): Cần Thơ 3 (2021)"
    assert json.loads(run(*typed).out)["warnings"] == [
        {"code": "base_lost", "message": lost},
        TOLD,
    ]


@pytest.mark.usefixtures("closed")
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


# -- bases that are taken back ---------------------------------------------------------------------


IN_2026 = {"HTX_NOW": "2026-11-23T08:00:00+07:00"}
TO_2026 = Path(__file__).parents[2] / "sample.db"


@pytest.fixture
def merged(tmp_path: Path) -> Path:
    """The sample book up to 2026, over the merger of 2025; figures of 2026 are measured from 2025."""
    return Path(shutil.copy(TO_2026, tmp_path / "htx.db"))


def lost(over: int, count: int, figures: str) -> str:
    return f"Growth over {over} has no base now ({count}): {figures}"


@pytest.mark.usefixtures("sample")
def test_who_withdraws_a_base_is_told_whose_growth_has_none_now(run: Run) -> None:
    typed = ("withdraw", "can tho", "3", "--as-of", "31/12/2020")
    said = lost(2020, 1, "Cần Thơ 3 (2021)")
    tried = json.loads(run(*typed, "--dry-run", "--json").out)
    assert tried["warnings"] == [{"code": "base_lost", "message": said}]
    assert run(*typed).err.endswith(f"\nWarning: {said}\n")
    assert "Cần Thơ: 3 (no base figure)" in run("report", "--year", 2021).out


@pytest.mark.usefixtures("sample")
def test_who_takes_an_import_of_bases_back_is_told_of_the_first_and_how_many(run: Run) -> None:
    first = "Bạc Liêu 3 (2021), Cà Mau 3 (2021), Cần Thơ 3 (2021), Hậu Giang 3 (2021)"
    said = lost(2020, 19, f"{first}, Sóc Trăng 3 (2021), …")
    undone = run("undo", 18)
    assert undone.err.endswith(f"\nWarning: {said}\n")
    again = json.loads(run("undo", "--json").out)
    assert again["warnings"] == []
    [warning] = json.loads(run("undo", "--json").out)["warnings"]
    assert warning == {"code": "base_lost", "message": said}


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(
    "before",
    [
        ("record", "bac lieu", "3", 130, "--as-of", "30/6/2020"),
        ("record", "bac lieu", "3", 198, "--base", 170, "--as-of", "31/12/2021"),
    ],
    ids=["an earlier figure of the base year", "a base of its own"],
)
def test_growth_that_has_another_base_lost_none(run: Run, before: tuple[object, ...]) -> None:
    assert run(*before).exit == 0
    answer = run("withdraw", "bac lieu", "3", "--as-of", "31/12/2020")
    assert (answer.exit, "Warning" in answer.err) == (0, False)


@pytest.mark.usefixtures("merged")
def test_a_merged_province_has_its_own_base_or_the_sum_of_its_parts(run: Run) -> None:
    own = run("withdraw", "can-tho-2025", "4", "--as-of", "31/12/2025", **IN_2026)
    assert (own.exit, "Warning" in own.err) == (0, False)
    part = run("withdraw", "can-tho", "4", "--as-of", "30/6/2025", **IN_2026)
    assert part.err.endswith(f"\nWarning: {lost(2025, 1, 'Cần Thơ 4 (2026)')}\n")


# -- bases of an earlier day -----------------------------------------------------------------------


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
