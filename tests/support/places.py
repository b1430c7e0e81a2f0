"""Bad places for a book: what stands there, and what htx says of it."""

import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from htx_cli.book import schema
from tests.support.books import SAMPLE

Make = Callable[[Path], Path]
MALFORMED = (
    "{path} is damaged (its pages do not fit together)."
    " Go back to a copy; do not write to this one."
)
NOT_A_BOOK = "{path} is not a book of htx. Name another file with --db."
MISSING = "There is no book at {path}. Make one with “htx init”, or name another with --db."
EMPTY = "{path} is empty. Remove it and run “htx init”, or name another book with --db."
FOLDER = "{path} is a folder, not a book. Name the file inside it with --db."
NEWER = "{path} was written by a newer htx (schema 99, this one knows {known}). Update htx."
NO_FILE = "{path} is no regular file, so it cannot be a book. Name another file with --db."
LOWERED = (
    "{path} is damaged: its header says schema 0, its records say schema {known}."
    " Go back to a copy; do not write to this one."
)
READ_ONLY = "{path} cannot be written: the file or its folder is read-only."
REFUSED = "The disk refused (disk I/O error); nothing was written to {path}. Look at the disk, then try again."
DENIED = "{path} cannot be opened: no permission, or another program has it open"


def missing(folder: Path) -> Path:
    return folder / "none.db"


def missing_folder(folder: Path) -> Path:
    return folder / "no" / "htx.db"


def under_a_file(folder: Path) -> Path:
    return text_file(folder) / "htx.db"


def a_folder(folder: Path) -> Path:
    (folder / "cụm").mkdir()
    return folder / "cụm"


def pipe(folder: Path) -> Path:
    if not hasattr(os, "mkfifo"):
        pytest.skip("pipes with names are POSIX's")
    os.mkfifo(folder / "pipe.db")
    return folder / "pipe.db"


def link_to_a_pipe(folder: Path) -> Path:
    (folder / "link.db").symlink_to(pipe(folder))
    return folder / "link.db"


def holding(content: bytes) -> Make:
    """A file with this content."""

    def make(folder: Path) -> Path:
        path = folder / "bad.db"
        path.write_bytes(content)
        return path

    return make


def text_file(folder: Path) -> Path:
    return holding("tỉnh,chỉ tiêu,kết quả\nCần Thơ,1a,20\n".encode())(folder)


def workbook(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "bad.xlsx", "w") as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
    return folder / "bad.xlsx"


def other_program(folder: Path) -> Path:
    with closing(sqlite3.connect(folder / "other.db")) as connection:
        connection.execute("CREATE TABLE results (id INTEGER PRIMARY KEY)")
    return folder / "other.db"


def after(sql: str) -> Make:
    """The sample's book after somebody did this to it."""

    def make(folder: Path) -> Path:
        path = Path(shutil.copy(SAMPLE, folder / "bad.db"))
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute(sql)
        return path

    return make


def truncated(folder: Path) -> Path:
    return holding(SAMPLE.read_bytes()[: SAMPLE.stat().st_size // 2])(folder)


def overwritten(folder: Path) -> Path:
    """Every page but the first and the last is lost."""
    book = SAMPLE.read_bytes()
    return holding(book[:4096] + b"\xff" * (len(book) - 8192) + book[-4096:])(folder)


def instead_of(old: str, new: bytes) -> Make:
    """The sample's book with some of its texts overwritten on the disk."""
    assert len(old.encode()) == len(new)
    return lambda folder: holding(SAMPLE.read_bytes().replace(old.encode(), new))(folder)


PLACES: dict[str, tuple[Make, str, str]] = {
    "missing": (missing, "book_missing", MISSING),
    "missing folder": (missing_folder, "book_missing", MISSING),
    "under a file": (
        under_a_file,
        "book_unreadable",
        "{path} cannot be opened: a part of its path is not a folder",
    ),
    "folder": (a_folder, "book_is_folder", FOLDER),
    "pipe": (pipe, "book_not_a_file", NO_FILE),
    "link to a pipe": (link_to_a_pipe, "book_not_a_file", NO_FILE),
    "empty": (holding(b""), "book_empty", EMPTY),
    "text": (text_file, "book_not_a_book", NOT_A_BOOK),
    "workbook": (workbook, "book_not_a_book", NOT_A_BOOK),
    "one byte": (holding(b"S"), "book_not_a_book", NOT_A_BOOK),
    "a head and nothing else": (
        holding(b"SQLite format 3\0" + bytes(84)),
        "book_not_a_book",
        NOT_A_BOOK,
    ),
    "another program's": (other_program, "book_not_a_book", NOT_A_BOOK),
    "newer": (after("PRAGMA user_version = 99"), "book_newer", NEWER),
    "header lowered by hand": (after("PRAGMA user_version = 0"), "book_version_differs", LOWERED),
    "truncated": (truncated, "book_damaged", MALFORMED),
    "overwritten": (overwritten, "book_damaged", MALFORMED),
}


def standing(folder: Path) -> dict[Path, bytes | None]:
    """All that is in a folder, with what the files hold."""
    return {p: p.read_bytes() if p.is_file() else None for p in folder.rglob("*")}


def sentence(template: str, path: Path) -> str:
    return template.format(path=path, known=schema.VERSION)
