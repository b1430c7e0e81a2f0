"""Growth that loses what it is measured from, when a figure of the base year is taken back."""

import json
import shutil
from pathlib import Path

import pytest

from tests.support.commands import Run

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
