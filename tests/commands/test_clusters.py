"""Which cluster is meant: it is checked wherever it is named, and lists show it alone."""

import json
from pathlib import Path

import pytest

from htx_cli import NotFound, open_book
from tests.support.commands import Answer, Run

EVERY = [
    ["clusters"],
    ["provinces"],
    ["log"],
    ["log", "1"],
    ["leaders"],
    ["report", "--year", "2021"],
    ["add-province", "Khối Sở"],
    ["add-cluster", "Cụm hai", "--member", "ha noi"],
    ["import", "figures.csv"],
    ["migrate"],
]
UNKNOWN = "htx: There is no cluster “nowhere”. The book has: tay-nam-song-hau.\n"


@pytest.mark.parametrize("typed", EVERY, ids=" ".join)
def test_a_cluster_that_the_book_does_not_have_is_an_error_everywhere(
    run: Run, sample: Path, typed: list[str]
) -> None:
    before = sample.read_bytes()
    Path("figures.csv").write_text("province,target,value\ncan tho,1a,1\n", encoding="utf-8")
    assert run(*typed, "--cluster", "nowhere") == Answer(3, "", UNKNOWN)
    assert sample.read_bytes() == before


def test_a_new_book_has_no_cluster_that_could_be_named(run: Run, tmp_path: Path) -> None:
    answer = run("init", "--cluster", "tay-nam")
    said = "htx: The book has no cluster yet. Add one with “htx add-cluster”.\n"
    assert answer == Answer(3, "", said)
    assert list(tmp_path.iterdir()) == []


def test_a_script_that_opens_a_book_for_no_cluster_of_it_is_told(sample: Path) -> None:
    with pytest.raises(NotFound, match="There is no cluster “nowhere”"):
        open_book(sample, "nowhere")


def numbers(run: Run, *typed: object) -> list[int]:
    made = json.loads(run("log", *typed, "--json").out)
    return [each["change"] for each in made["changes"]]


def test_lists_show_the_cluster_that_is_named(run: Run, sample: Path) -> None:
    assert run("add-cluster", "Cụm hai", "--id", "hai", "--member", "ha noi").exit == 0
    there = ("--cluster", "hai", "--year", 2020)
    assert run("add-target", "1a", "T", "--at-least", 1, *there).exit == 0
    made = json.loads(run("clusters", "--cluster", "hai", "--json").out)
    assert [each["id"] for each in made["clusters"]] == ["hai"]
    assert numbers(run, "--cluster", "hai") == [34, 33]
    assert numbers(run, "--cluster", "tay-nam-song-hau") == list(range(32, 1, -1))
    assert numbers(run)[:2] == [34, 33]


def test_the_log_of_a_year_has_what_belongs_to_it(run: Run, sample: Path) -> None:
    assert numbers(run, "--year", 1999) == []
    assert numbers(run, "--year", 2018) == [3]
    assert numbers(run, "--year", 2021) == [32, 31, *range(30, 18, -1), 6]
    assert run("log", 5, "--year", 2021) == Answer(
        2, "", "htx: Change 5 is named by its number: leave --year out.\n"
    )
    assert numbers(run, "can tho", "1a", "--year", 2021) == [32, 31]
