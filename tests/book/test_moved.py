"""A book that is removed, moved or replaced while a command writes: nobody is told that it is done.

SQLite goes on writing into the file that it opened, whatever became of its name.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from htx_cli.actions import Intent
from htx_cli.book.journal import Put
from htx_cli.text.errors import BookUnusable
from tests.support.books import SAMPLE, book

MOVED = Path("moved.db")
SAID = (
    "{path} was removed, moved or replaced by another file while this command ran: the book of that"
    " name does not hold this change. Look where the book went, and do it again there."
)


def removed(path: Path) -> None:
    path.unlink()


def moved(path: Path) -> None:
    path.rename(MOVED)


def replaced(path: Path) -> None:
    shutil.copy(SAMPLE, "other.db")
    os.replace("other.db", path)


class Note(Mapping[str, Any]):
    """A setting; when its value is asked for the second time it is being written."""

    def __init__(self, then: Callable[[], None]) -> None:
        self.then, self.asked = then, 0

    def __iter__(self) -> Any:
        return iter(("name", "value"))

    def __len__(self) -> int:
        return 2

    def __getitem__(self, column: str) -> str:
        self.asked += column == "value"
        if (self.asked, column) == (2, "value"):
            self.then()
        return "note"


@pytest.mark.parametrize("when", ["before it is locked", "while it is written"])
@pytest.mark.parametrize(
    ("away", "remains"), [(removed, []), (moved, ["moved.db"]), (replaced, ["htx.db"])]
)
def test_a_change_that_the_book_of_that_name_does_not_hold_is_not_said_to_be_made(
    sample: Path, away: Callable[[Path], None], remains: list[str], when: str
) -> None:
    def make(*_: object) -> list[Put]:
        if when == "before it is locked":
            away(sample)
            return [Put("settings", {"name": "note", "value": "note"})]
        return [Put("settings", Note(lambda: away(sample)))]

    with pytest.raises(BookUnusable) as caught:
        book(sample).commit(Intent("test"), make)
    assert (caught.value.code, str(caught.value)) == ("book_gone", SAID.format(path=sample))
    left = [path for path in (sample, MOVED) if path.exists()]
    assert [path.name for path in left] == remains
    assert [path.read_bytes() == SAMPLE.read_bytes() for path in left] == [True] * len(left)


def test_a_name_that_stays_a_link_to_the_book_is_no_other_book(sample: Path) -> None:
    sample.rename(MOVED)
    sample.symlink_to(MOVED)
    done = book(sample).commit(
        Intent("test"), lambda *_: [Put("settings", {"name": "note", "value": "note"})]
    )
    assert done.count == 1
    with sqlite3.connect(MOVED) as connection:
        found = connection.execute("SELECT value FROM settings WHERE name = 'note'").fetchall()
    connection.close()
    assert found == [("note",)]
