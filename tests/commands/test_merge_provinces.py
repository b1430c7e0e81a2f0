"""Provinces that merge or take another name by command: what the register does not have."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import Answer, Run

IN_2026 = {"HTX_NOW": "2026-03-05T08:00:00+07:00"}
MERGE = ("merge-provinces", "khối sở", "khoi hoi", "--into", "Khối Sở")
BECAUSE = ("--because", "QĐ 12")


@pytest.fixture
def units(empty_book: Path, tmp_path: Path, run: Run) -> Path:
    """A cluster of two units that no register has, and Hà Nội; they reported in 2025."""
    path = Path(shutil.copy(empty_book, tmp_path / "htx.db"))
    for name in ("Khối Sở", "Khối Hội"):
        assert run("add-province", name, "--since", 2020, **IN_2026).exit == 0
    typed = ("--member", "khoi so", "--member", "khoi hoi", "--member", "ha noi", "--since", 2025)
    assert run("add-cluster", "Cụm", *typed, **IN_2026).exit == 0
    assert run("add-target", "1", "T", "--at-least", 5, "--year", 2025, **IN_2026).exit == 0
    for name, value, day in (("khoi so", 3, "30/6/2025"), ("khoi hoi", 4, "31/8/2025")):
        assert run("record", name, "1", value, "--as-of", day, **IN_2026).exit == 0
    return path


def cells(run: Run, *options: object) -> dict[str, tuple[Any, ...]]:
    made = json.loads(run("report", "--year", 2025, *options, "--json", **IN_2026).out)
    return {
        p["id"]: (p["cells"][0]["value"], p["cells"][0]["threshold"], p["cells"][0]["carried"])
        for p in made["provinces"]
    }


@pytest.mark.usefixtures("units")
def test_a_merger_that_no_register_has_is_carried_over_like_the_others(run: Run) -> None:
    answer = run(*MERGE, "--on", "1/9/2025", *BECAUSE, **IN_2026)
    assert answer == Answer(
        0,
        "",
        "Change 8: province Khối Sở added; Khối Sở is a province until 31/08/2025;"
        " Khối Hội is a province until 31/08/2025  (htx undo 8)\n",
    )
    assert cells(run) == {
        "khoi-so-2025": (7, 10, ["khoi-so", "khoi-hoi"]),
        "ha-noi": (None, 5, []),
    }
    assert cells(run, "--map", "old") == {
        "khoi-so": (3, 5, []),
        "khoi-hoi": (4, 5, []),
        "ha-noi": (None, 5, []),
    }
    assert run("undo", 8, **IN_2026).exit == 0
    assert list(cells(run)) == ["khoi-so", "khoi-hoi", "ha-noi"]


@pytest.mark.usefixtures("units")
def test_a_province_under_a_new_name_goes_on(run: Run) -> None:
    typed = ("rename-province", "khoi so", "Khối Sở ngành", "--on", "1/7/2025", *BECAUSE)
    assert run(*typed, **IN_2026).exit == 0
    assert cells(run)["khoi-so-nganh"] == (3, 5, ["khoi-so"])
    out = run("report", "--year", 2025, **IN_2026).out
    assert "01/07/2025: Khối Sở → Khối Sở ngành" in out
    assert "A new name only: the series goes on." in out
    assert "breaks" not in out
    out = run("explain", "khoi so nganh", "1", "--year", 2025, **IN_2026).out
    assert "A new name since 01/07/2025, before Khối Sở; the series goes on." in out


@pytest.mark.usefixtures("units")
def test_a_merged_province_may_merge_again(run: Run) -> None:
    assert run(*MERGE, "--on", "1/9/2025", *BECAUSE, **IN_2026).exit == 0
    again = ("merge-provinces", "khoi-so-2025", "ha noi", "--into", "Khối chung")
    assert run(*again, "--on", "1/11/2025", *BECAUSE, **IN_2026).exit == 0
    assert cells(run) == {"khoi-chung": (7, 15, ["khoi-so", "khoi-hoi"])}
    assert list(cells(run, "--map", "old")) == ["khoi-so", "khoi-hoi", "ha-noi"]
    assert list(cells(run, "--as-of", "30/9/2025")) == ["khoi-so-2025", "ha-noi"]


@pytest.mark.usefixtures("units")
def test_the_new_province_may_have_been_added_for_it(run: Run) -> None:
    assert run("add-province", "Khối mới", "--since", "1/9/2025", **IN_2026).exit == 0
    typed = ("merge-provinces", "khoi so", "khoi hoi", "--into", "khoi moi", "--on", "1/9/2025")
    assert run(*typed, *BECAUSE, **IN_2026).exit == 0
    assert cells(run)["khoi-moi"] == (7, 10, ["khoi-so", "khoi-hoi"])


SPLIT = (
    "A province cannot be split into Khối A, Khối B: its figures are of the whole of it, and nobody"
    " can say which part of them belongs where. Add each new unit with “htx add-province”, let it"
    " join with “htx add-member”, and record its own figures; the old one leaves with"
    " “htx remove-member”."
)
DIVIDED = " A province goes into one other; its figures cannot be divided among several."


@pytest.mark.parametrize(
    ("typed", "exit", "said"),
    [
        (["khoi so", "--into", "Khối A", "--into", "Khối B"], 4, SPLIT),
        (
            ["can tho", "ha noi", "--into", "Khối A"],
            4,
            "Cần Thơ went into Cần Thơ (can-tho-2025) on 01/07/2025 already." + DIVIDED,
        ),
        (
            ["khoi so", "--into", "Khối A"],
            2,
            "“khoi so” alone is no merger. A new name for one province:"
            ' htx rename-province "khoi so" NEW --on DATE --because TEXT',
        ),
        (
            ["khoi so", "khoi hoi", "--into", "Hà Nội"],
            4,
            "Hà Nội (ha-noi) is a province of its own on that day. If it takes in the others, name"
            " it among those that merge; the new one may bear its name.",
        ),
        (["khoi so", "Khối Sở", "--into", "Khối A"], 4, "Khối Sở is named twice."),
        (
            ["khoi so", "khoi hoi", "--into", "Khối A"],
            4,
            "Khối Hội has 1 results after 30/06/2025. Withdraw them first.",
        ),
        (
            ["khoi so", "khoi hoi", "--into", "all"],
            4,
            "“all” stands in the register already, as all.",
        ),
    ],
)
def test_what_is_no_merger_is_refused_with_the_reason(
    run: Run, units: Path, typed: list[str], exit: int, said: str
) -> None:
    before = units.read_bytes()
    answer = run("merge-provinces", *typed, "--on", "1/7/2025", *BECAUSE, **IN_2026)
    assert answer == Answer(exit, "", f"htx: {said}\n")
    assert units.read_bytes() == before
