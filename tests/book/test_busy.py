"""A book that others write to, move or replace meanwhile: patience, one moment, and nobody lost."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from htx_cli.actions import Intent
from htx_cli.book import read
from htx_cli.book.journal import Put
from htx_cli.text.errors import BookUnusable
from tests.support.books import SAMPLE, book
from tests.support.commands import Run
from tests.support.journal import CORRECT, computed_hashes, rows, setting, stored_hashes

WRITE = Intent("test")


@contextmanager
def held(path: Path, how: str) -> Iterator[None]:
    """Another program that has begun to write."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"BEGIN {how}")
        yield


# -- a book that somebody else is writing to -------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "code"), [("IMMEDIATE", "book_locked"), ("EXCLUSIVE", "book_busy")]
)
@pytest.mark.parametrize("wait", [0.0, 0.05])
def test_a_write_to_a_locked_book_gives_up_after_its_patience(
    sample: Path, how: str, code: str, wait: float
) -> None:
    before = sample.read_bytes()
    with held(sample, how), pytest.raises(BookUnusable) as caught:
        replace(book(sample), wait=wait).commit(WRITE, lambda *_: [setting("never written")])
    assert (caught.value.code, caught.value.exit) == (code, 5)
    assert (caught.value.values["path"], caught.value.values["seconds"]) == (sample, f"{wait:g}")
    assert sample.read_bytes() == before


def test_a_locked_book_says_who_wrote_last(run: Run, sample: Path) -> None:
    with held(sample, "IMMEDIATE"):
        answer = run(*CORRECT, HTX_WAIT="0.05")
    assert answer.exit == 5
    assert answer.err == (
        "htx: htx.db is being written by another program, and 0.05 s of waiting did not help."
        " The last change was 32: htx-sample, 2022-01-05T01:00:00.000000+00:00,"
        " import results-2021-12.csv. Try again, or wait longer with HTX_WAIT=60.\n"
    )


def test_a_book_that_cannot_even_be_read_does_not_guess_who_wrote_last(
    run: Run, sample: Path
) -> None:
    """A long import holds the file alone when it outgrows its memory."""
    with held(sample, "EXCLUSIVE"):
        answer = run("report", "--year", "2021", HTX_WAIT="0.05")
    assert answer.exit == 5
    assert answer.err.startswith("htx: htx.db is being written by another program")
    assert "?" not in answer.err


def test_a_book_is_read_while_another_program_prepares_a_write(run: Run, sample: Path) -> None:
    free = run("report", "--year", "2021", HTX_WAIT="0")
    with held(sample, "IMMEDIATE"):
        assert run("report", "--year", "2021", HTX_WAIT="0") == free
    assert free.exit == 0


def test_a_report_is_of_one_moment(run: Run, sample: Path) -> None:
    """What another program writes meanwhile waits until all was read, and says for whom."""
    with book(sample).reading() as connection:
        before = read.last_change(connection)
        answer = run("add-province", "Đảo Thử", HTX_WAIT="0.05")
        assert answer.exit == 5
        assert answer.err == (
            "htx: htx.db is being read by another program, and 0.05 s of waiting did not help."
            " Close it there, or wait longer with HTX_WAIT=60.\n"
        )
        assert read.last_change(connection) == before
    assert run("add-province", "Đảo Thử", HTX_WAIT="0").exit == 0


def at_once(commands: Iterable[Sequence[str]]) -> list[int]:
    """Run commands as processes of their own, all at the same time; the numbers of their changes."""
    programs = [
        subprocess.Popen(
            [sys.executable, "-m", "htx_cli", *words, "--json"],
            stdout=subprocess.PIPE,
            env={**os.environ, "HTX_WAIT": "30"},
        )
        for words in commands
    ]
    answers = [json.loads(program.communicate()[0]) for program in programs]
    assert [program.returncode for program in programs] == [0] * len(programs)
    return [answer["change"] for answer in answers]


@pytest.mark.slow
def test_eight_programs_that_record_at_once_are_all_in_the_book_once(sample: Path) -> None:
    days = [f"2021-12-{day}" for day in range(11, 19)]
    numbers = at_once(["record", "can tho", "1a", "7", "--as-of", day] for day in days)
    assert sorted(numbers) == list(range(33, 41))
    assert rows(
        sample, "SELECT as_of, value, change FROM results WHERE change > 32 ORDER BY as_of"
    ) == [(day, 7.0, number) for day, number in zip(days, numbers, strict=True)]
    assert rows(sample, "SELECT change, key FROM change_rows WHERE change > 32 ORDER BY key") == [
        (number, f"tay-nam-song-hau/2021/1a/can-tho/{day}/actual")
        for day, number in zip(days, numbers, strict=True)
    ]
    assert computed_hashes(sample) == stored_hashes(sample)


@pytest.mark.slow
def test_four_programs_that_sign_the_first_target_of_a_year_at_once_open_it_once(
    sample: Path,
) -> None:
    """Three of them find, inside the lock, that the year is there already."""
    at_once(
        ["add-target", f"{n}a", "Mới", "--year", "2022", "--at-least", "1"] for n in range(1, 5)
    )
    assert rows(sample, "SELECT change FROM change_rows WHERE key = 'tay-nam-song-hau/2022'") == [
        (33,)
    ]
    signed = rows(sample, "SELECT code FROM targets WHERE year = 2022 ORDER BY code")
    assert signed == [("1a",), ("2a",), ("3a",), ("4a",)]
    assert computed_hashes(sample) == stored_hashes(sample)


# -- a book that is moved or replaced meanwhile ----------------------------------------------------


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
    assert done.change.count == 1
    with sqlite3.connect(MOVED) as connection:
        found = connection.execute("SELECT value FROM settings WHERE name = 'note'").fetchall()
    connection.close()
    assert found == [("note",)]
