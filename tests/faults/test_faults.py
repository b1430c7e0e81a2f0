"""Faults in their short form: whatever happens to a book, nothing is lost and no sound one is blamed.

`python -m tests.faults --full` tries each of them many times. Its seed decides the moments.
"""

import os
import sys

import pytest

from tests.faults.every import PARTS, SEED
from tests.faults.trial import table

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        sys.platform == "win32", reason="signals, limits and permissions are of another kind here"
    ),
]


def survived(part: str) -> None:
    """Every try of every row of a part; the table says which did not."""
    rows = PARTS[part](False, SEED)
    print(f"seed {SEED}")
    print(table(rows))
    assert [row.cells() for row in rows] == [
        (row.fault, f"{row.tried:,}", f"{row.tried:,}", "0", "0") for row in rows
    ]
    assert all(row.tried for row in rows)


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The processes get settings of their own; here only the clock of the suite is known."""
    monkeypatch.setitem(os.environ, "HTX_LANG", "en")


def test_a_command_that_is_killed_leaves_all_of_its_change_or_none() -> None:
    survived("kill")


def test_a_disk_that_refuses_and_a_book_that_goes_away_lose_nothing() -> None:
    survived("disk")


def test_every_change_that_was_acknowledged_in_a_crowd_is_there_once() -> None:
    survived("crowd")


def test_no_altered_figure_passes_and_no_damaged_book_is_written() -> None:
    survived("damage")


def test_books_of_every_earlier_schema_are_migrated_whole() -> None:
    survived("older")


def test_no_file_breaks_a_reader() -> None:
    survived("fuzz")
