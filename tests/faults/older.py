"""Books of every earlier schema, with data: they migrate, verify and say what they said; newer ones
are refused."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.faults import books
from tests.faults.independent import connected, content, keys
from tests.faults.trial import (
    FalseAlarm,
    Lost,
    Row,
    check_sound,
    htx,
    own_folder,
    tried,
    verified,
    well,
)

RECORD = ("record", "can tho", "1a", "33", "--as-of", "2021-12-31")
NEWER = 1_000_000
COMMANDS = [
    ("report", "--year", "2021"),
    ("log",),
    ("migrate",),
    RECORD,
    ("rotate-leader", "--year", "2022"),
]  # fmt: skip


def records(path: Path) -> dict[str, list[dict[str, object]]]:
    """What the tables that the journal knows say, without columns that say nothing."""
    with closing(connected(path)) as book:
        return {
            table: [
                {name: value for name, value in dict(row).items() if value is not None}
                for row in book.execute(f"SELECT * FROM {table}")
            ]
            for table in keys(book)
            if table != "settings"
        }


def migrated(older: Path, rows: int, way: tuple[str, ...]) -> None:
    """An older book with so many more figures is migrated by a command, and its copy is as it was."""
    with own_folder() as folder:
        book = Path(shutil.copy(older, folder / "htx.db"))
        if rows:
            books.grown(book, rows)
        check_sound(book)
        before, said = content(book), records(book)
        if (
            read := htx(folder, "report", "--year", "2021")
        ).exit != 5 or "htx migrate" not in read.err:
            raise Lost(f"an older book was read: {read.err}")
        well(folder, *way)
        check_sound(book)
        verified(folder)
        after = records(book)
        if way == RECORD:
            del said["results"], after["results"]  # one of them is another figure now
        if {table: after[table] for table in said} != said:
            raise Lost("a migrated book does not say what it said")
        [copy] = folder.glob(f"htx-{older.stem}*.db")
        if content(copy) != before:
            raise Lost("the copy that was kept is not the book that was")
        well(folder, "report", "--year", "2021")


def newer(words: tuple[str, ...]) -> None:
    """A book of a later htx is refused, and not touched."""
    with own_folder() as folder:
        book = books.sample(folder)
        with closing(sqlite3.connect(book)) as connection:
            connection.execute(f"PRAGMA user_version = {NEWER}")
        before = book.read_bytes()
        done = htx(folder, *words)
        if done.exit != 5 or str(NEWER) not in done.err:
            raise Lost(f"{words} took a book of a later htx: {done.exit} {done.err}")
        if book.read_bytes() != before or len(list(folder.iterdir())) != 1:
            raise Lost(f"{words} touched a book of a later htx")


def current(words: tuple[str, ...]) -> None:
    """A book of today has nothing to migrate, and no copy is kept."""
    with own_folder() as folder:
        book = books.sample(folder)
        before = book.read_bytes()
        well(folder, *words)
        if book.read_bytes() != before or len(list(folder.iterdir())) != 1:
            raise FalseAlarm(f"{words} touched a book that was well")


def run(sizes: tuple[int, ...], workers: int | None = None) -> list[Row]:
    """Every older book, as it is and with so many more figures, migrated by itself and by a write."""
    tries = [
        (older, rows, way) for older in books.OLDER for rows in sizes for way in [("migrate",), RECORD]
    ]  # fmt: skip
    return [
        tried("a book of an earlier schema", migrated, tries, workers),
        tried("a book of a later htx", newer, [(words,) for words in COMMANDS], workers),
        tried("a book of today, migrated", current, [(("migrate",),), (("migrate", "--dry-run"),)], workers),
    ]  # fmt: skip
