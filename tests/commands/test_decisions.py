"""Decisions on a signed pact that say what stands already, or that are older than the pact."""

import json
from pathlib import Path

import pytest

from tests.support.commands import Answer, Run

SHARE = ("set-share", "ca mau", "1a", 15, "--year", 2021)
TARGET = ("change-target", "1a", "--year", 2021, "--at-least", 25)
SEVEN = ("--decision", "7/QĐ", "--on", "1/7/2021", "--because", "Điều chỉnh")
EIGHT = ("--decision", "8/QĐ", "--on", "1/9/2021", "--because", "Điều chỉnh")
NOTHING = "Nothing to change: the book says so already.\n"


@pytest.fixture(autouse=True)
def signed(run: Run, sample: Path) -> None:
    assert run("sign-pact", "--year", 2021, "--on", "4/2/2021").exit == 0


@pytest.mark.parametrize("typed", [SHARE, TARGET], ids=["share", "target"])
@pytest.mark.parametrize(
    "again",
    [
        EIGHT,
        ("--decision", "8/QĐ", "--because", "x"),
        ("--decision", "7/QĐ", "--on", "1/9/2021", "--because", "x"),
        ("--decision", "7/QĐ", "--on", "1/5/2021", "--because", "x"),
    ],
    ids=["both", "another number", "a later day", "an earlier day"],
)
def test_the_same_by_another_decision_is_refused_with_the_one_it_stands_by(
    run: Run, sample: Path, typed: tuple[object, ...], again: tuple[object, ...]
) -> None:
    assert run(*typed, *SEVEN).exit == 0
    before = sample.read_bytes()
    assert run(*typed, *again) == Answer(
        4,
        "",
        "htx: 1a says so already, from 01/07/2021 on by decision 7/QĐ. To let it say so by another"
        " decision or from another day, take that change back first: htx undo 34\n",
    )
    assert sample.read_bytes() == before
    assert run("undo", 34).exit == 0
    assert run(*typed, *again).exit == 0


@pytest.mark.parametrize("typed", [SHARE, TARGET], ids=["share", "target"])
@pytest.mark.parametrize(
    "again",
    [(), SEVEN, ("--decision", " 7/QĐ ", "--because", "x")],
    ids=["no decision", "the same", "the same without its day"],
)
def test_the_same_by_the_same_decision_changes_nothing(
    run: Run, typed: tuple[object, ...], again: tuple[object, ...]
) -> None:
    assert run(*typed, *SEVEN).exit == 0
    assert run(*typed, *again) == Answer(0, "", NOTHING)


def test_what_a_later_decision_left_is_measured_by_the_later_one(run: Run) -> None:
    assert run(*SHARE, *SEVEN).exit == 0
    back = ("set-share", "ca mau", "1a", "--as-signed", "--year", 2021)
    assert run(*back, *EIGHT).exit == 0
    assert run(*back, *EIGHT) == Answer(0, "", NOTHING)
    refused = run(*back, *SEVEN)
    assert (refused.exit, "from 01/09/2021 on by decision 8/QĐ" in refused.err) == (4, True)


@pytest.mark.parametrize("typed", [SHARE, TARGET], ids=["share", "target"])
def test_no_decision_changes_a_pact_before_it_was_signed(
    run: Run, sample: Path, typed: tuple[object, ...]
) -> None:
    before = sample.read_bytes()
    by = ("--decision", "7/QĐ", "--because", "x", "--on")
    assert run(*typed, *by, "3/2/2021") == Answer(
        4,
        "",
        "htx: The pact of 2021 was signed on 04/02/2021: no decision changes it from 03/02/2021."
        " Name 04/02/2021 or a later day with --on.\n",
    )
    assert sample.read_bytes() == before
    made = json.loads(run(*typed, *by, "4/2/2021", "--json").out)
    assert made["change"] == 34
