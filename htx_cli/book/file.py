"""Open a book, and say SQLite's refusals in words; for reading and writing."""

import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from htx_cli.book import schema
from htx_cli.text.errors import BookUnusable, Phrase, refusal


class BeingRead(Exception):
    """A write waited in vain for another program to end its reading; becomes BookUnusable."""


class Gone(Exception):
    """The file that was opened no longer bears the book's name; becomes BookUnusable, with the path."""


class DamagedBook(Exception):
    """A record or a table of the book makes no sense; becomes BookUnusable, with the path."""


WAIT = 5.0  # seconds to wait for another program's write
MAGIC = b"SQLite format 3\0"


class Connection(sqlite3.Connection):
    """A connection that knows which file it opened: SQLite writes on into one that was moved away."""

    path: Path
    file: tuple[int, int] | None
    fetch_figures: Callable[[str, int], None] | None = None  # only in a book as it was once

    def rows(self, sql: str, *values: object, **named: object) -> list[sqlite3.Row]:
        """Return all rows that a statement finds."""
        return self.execute(sql, named or values).fetchall()

    def need_figures(self, cluster: str, year: int) -> None:
        """Fill in a year's results and evidence of a past book; call it before they are read."""
        if self.fetch_figures:
            self.fetch_figures(cluster, year)


@contextmanager
def opened(
    path: Path, wait: float = WAIT, older: bool = False, writing: bool = False
) -> Iterator[Connection]:
    """Open an existing book of this version (with `older`, or of an earlier one).

    Foreign keys are on; transactions are the caller's. Raises BookUnusable, in words, for whatever
    is wrong with the file.
    """
    _look_at(path)
    with as_book_errors(path, wait, writing):
        connection = connect(path, wait)
        try:
            _check_version(connection, path, older)
            check_tables(connection)
            yield connection
        finally:
            connection.close()


def connect(path: Path, wait: float) -> Connection:
    """Make a connection, the one place that does. Views and triggers may call nothing unsafe."""
    file = _file(path)
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=wait,
        isolation_level=None,
        factory=Connection,
    )
    connection.path, connection.file = path, file
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def check_name(connection: sqlite3.Connection) -> None:
    """Raise Gone if the file was removed, moved or replaced by another since it was opened."""
    if isinstance(connection, Connection) and _file(connection.path) != connection.file:
        raise Gone


def _file(path: Path) -> tuple[int, int] | None:
    """Return device and inode of the file of a name; None if there is none that may be looked at."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def _look_at(path: Path) -> None:
    """Say in words what SQLite would call “unable to open database file”."""
    try:
        if path.is_dir():
            raise BookUnusable("book_is_folder", path=path)
        if not stat.S_ISREG(path.stat().st_mode):  # to open a pipe is to wait for its other end
            raise BookUnusable("book_not_a_file", path=path)
        with path.open("rb") as file:
            head = file.read(len(MAGIC))
    except FileNotFoundError:
        raise BookUnusable("book_missing", path=path) from None
    except (OSError, ValueError) as error:
        raise BookUnusable("book_unreadable", path=path, why=refusal(error)) from None
    if not head:
        raise BookUnusable("book_empty", path=path)
    if head != MAGIC:
        raise BookUnusable("book_not_a_book", path=path)


def _check_version(connection: sqlite3.Connection, path: Path, older: bool) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != schema.APPLICATION_ID:
        raise BookUnusable("book_not_a_book", path=path)
    version = version_of(connection)
    if version > schema.VERSION:
        raise BookUnusable("book_newer", path=path, found=version, known=schema.VERSION)
    if version < schema.VERSION:
        query = "SELECT value FROM settings WHERE name = 'schema'"
        recorded = ", ".join(row[0] for row in connection.execute(query))
        if recorded != str(version):
            raise BookUnusable("book_version_differs", path=path, header=version, records=recorded)
        if not older:
            raise BookUnusable("book_older", path=path)


def version_of(connection: sqlite3.Connection) -> int:
    """Return the version of the schema, as the file's header says it."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def check_tables(connection: sqlite3.Connection) -> None:
    """Raise DamagedBook if a book of this version lacks a table or a column."""
    if version_of(connection) != schema.VERSION:
        return
    there = {tuple(row) for row in connection.execute(_THERE, list(schema.COLUMNS))}
    for table, columns in schema.COLUMNS.items():
        for column in sorted(columns):
            if (table, column) not in there:
                raise DamagedBook(f"{table}.{column}")


# Of no other table: to ask for the columns of a virtual one is to run what it is made of.
_THERE = f"""
SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c
WHERE t.type = 'table' AND t.name IN ({", ".join("?" * len(schema.COLUMNS))})
"""


@contextmanager
def as_book_errors(path: Path, wait: float, writing: bool = False) -> Iterator[None]:
    """Turn what the file is to blame for into BookUnusable; a mistake of the program stays one.

    `writing` is what SQLite rolled back when it refused.
    """
    try:
        yield
    except DamagedBook as damaged:
        raise BookUnusable("book_damaged", path=path, why=str(damaged)) from None
    except Gone:
        raise BookUnusable("book_gone", path=path) from None
    except BeingRead:
        raise BookUnusable("book_being_read", path=path, seconds=f"{wait:g}") from None
    except UnicodeDecodeError:  # what SQLite says of a name in a damaged schema may be no text
        raise BookUnusable("book_damaged", path=path, why=Phrase("sqlite_malformed")) from None
    except sqlite3.Error as error:
        if unusable := _unusable(error, path, wait, writing):
            raise unusable from None
        raise


def is_busy(error: sqlite3.Error) -> bool:
    """Tell whether another program was in the way for longer than the patience."""
    return _name(error).startswith("SQLITE_BUSY")


def damage(error: sqlite3.Error | MemoryError) -> str | None:
    """Return SQLite's words for pages or records that make no sense; None for any other trouble."""
    if isinstance(error, MemoryError):  # a length that no file could hold
        return "out of memory"
    name = _name(error)
    told = name.startswith(("SQLITE_CORRUPT", "SQLITE_ERROR", "SQLITE_TOOBIG", "SQLITE_NOTADB"))
    return str(error) if told or not name else None


def _name(error: sqlite3.Error) -> str:
    return getattr(error, "sqlite_errorname", None) or ""


def _unusable(error: sqlite3.Error, path: Path, wait: float, writing: bool) -> BookUnusable | None:
    name = _name(error)
    if is_busy(error):
        if last := _last_writer(path):
            return BookUnusable("book_locked", path=path, seconds=f"{wait:g}", last=last)
        return BookUnusable("book_busy", path=path, seconds=f"{wait:g}")
    if name == "SQLITE_READONLY_DBMOVED":
        return BookUnusable("book_gone", path=path)
    if name.startswith("SQLITE_READONLY"):
        return BookUnusable("book_read_only", path=path)
    if name == "SQLITE_FULL":
        return BookUnusable("book_full", path=path)
    if writing and name.startswith("SQLITE_IOERR"):
        return BookUnusable("book_disk_refused", path=path, why=str(error))
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_IOERR")):
        return BookUnusable("book_unreadable", path=path, why=_said(error, name))
    if name == "SQLITE_NOTADB":
        return BookUnusable("book_not_a_book", path=path)
    # A text that is no UTF-8 has no name of SQLite's; no trigger of ours refuses what we write.
    undecodable = isinstance(error, sqlite3.OperationalError) and not name
    if (
        undecodable
        or str(error) == "unsupported file format"
        or name.startswith(("SQLITE_CORRUPT", "SQLITE_CONSTRAINT_TRIGGER"))
    ):
        return BookUnusable("book_damaged", path=path, why=_said(error, name))
    return None


def _said(error: sqlite3.Error, name: str) -> Phrase | str:
    """Say SQLite's refusal in words of ours; in its own where it is about this very book."""
    for beginning, phrase in _PHRASES.items():
        if name.startswith(beginning):
            return Phrase(phrase)
    return str(error)


_PHRASES = {
    "SQLITE_CANTOPEN": "sqlite_cannot_open",
    "SQLITE_IOERR": "sqlite_failed",
    "SQLITE_CORRUPT": "sqlite_malformed",
}


def _last_writer(path: Path) -> str | None:
    """Return who wrote last, as far as a locked book tells it."""
    try:
        connection = connect(path, 0)
        try:
            row = connection.execute(
                "SELECT id, at, who, command FROM changes ORDER BY id DESC LIMIT 1"
            ).fetchone()
        finally:
            connection.close()
    except sqlite3.Error:
        return None
    return f"{row['id']}: {row['who']}, {row['at']}, {row['command']}" if row else None
