"""The number of a change: every command that takes one takes the same ones."""

import json
from pathlib import Path

import pytest

from tests.support.commands import Run

UNKNOWN = ("undo", "change_unknown"), ("log", "change_unknown"), ("known-at", "known_at_unknown")
NO_NUMBER = (
    ("undo", "change_unreadable"),
    ("log", "figure_needs_code"),
    ("known-at", "known_at_unreadable"),
)
WORDS: dict[str, list[object]] = {
    "undo": ["undo"],
    "log": ["log"],
    "known-at": ["report", "--year", 2021, "--known-at"],
}


@pytest.mark.parametrize("typed", ["0", "1234567890", "999999999999999", " 33 "])
@pytest.mark.parametrize(("command", "code"), UNKNOWN)
def test_up_to_15_digits_are_a_number_of_a_change_everywhere(
    run: Run, sample: Path, command: str, code: str, typed: str
) -> None:
    answer = run(*WORDS[command], typed, "--json")
    assert (answer.exit, json.loads(answer.out)["code"]) == (3, code)


@pytest.mark.parametrize("typed", ["1234567890123456", "1.234", "１２", "12a"])
@pytest.mark.parametrize(("command", "code"), NO_NUMBER)
def test_nothing_else_is(run: Run, sample: Path, command: str, code: str, typed: str) -> None:
    answer = run(*WORDS[command], typed, "--json")
    assert (answer.exit, json.loads(answer.out)["code"]) == (2, code)
