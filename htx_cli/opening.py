"""How a book is opened, and what SQLite's refusals mean in words. For the reader and the writer."""

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from htx_cli import schema
from htx_cli.errors import BookUnusable, Phrase, refusal

WAIT = 5.0  # seconds to wait for another program's write
_MAGIC = b"SQLite format 3\0"


@contextmanager
def opened(
    path: Path, wait: float = WAIT, older: bool = False, writing: bool = False
) -> Iterator[sqlite3.Connection]:
    """A connection to an existing book of this version (with `older`, or of an earlier one).

    Foreign keys are on; transactions are the caller's. Raises BookUnusable, in words, for whatever
    is wrong with the file.
    """
    _look_at(path)
    with as_book_errors(path, wait, writing):
        connection = connect(path, wait)
        try:
            _check_version(connection, path, older)
            yield connection
        finally:
            connection.close()


def connect(path: Path, wait: float) -> sqlite3.Connection:
    """The one place where a connection is made. Views and triggers may call nothing unsafe."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=wait, isolation_level=None
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def _look_at(path: Path) -> None:
    """Say in words what SQLite would call “unable to open database file”."""
    try:
        if path.is_dir():
            raise BookUnusable("book_is_folder", path=path)
        if not stat.S_ISREG(path.stat().st_mode):  # to open a pipe is to wait for its other end
            raise BookUnusable("book_not_a_file", path=path)
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except FileNotFoundError:
        raise BookUnusable("book_missing", path=path) from None
    except (OSError, ValueError) as error:
        raise BookUnusable("book_unreadable", path=path, why=refusal(error)) from None
    if not head:
        raise BookUnusable("book_empty", path=path)
    if head != _MAGIC:
        raise BookUnusable("book_not_a_book", path=path)


def _check_version(connection: sqlite3.Connection, path: Path, older: bool) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != schema.APPLICATION_ID:
        raise BookUnusable("book_not_a_book", path=path)
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > schema.VERSION:
        raise BookUnusable("book_newer", path=path, found=version, known=schema.VERSION)
    if version < schema.VERSION:
        query = "SELECT value FROM settings WHERE name = 'schema'"
        recorded = ", ".join(row[0] for row in connection.execute(query))
        if recorded != str(version):
            raise BookUnusable("book_version_differs", path=path, header=version, records=recorded)
        if not older:
            raise BookUnusable("book_older", path=path)


@contextmanager
def as_book_errors(path: Path, wait: float, writing: bool = False) -> Iterator[None]:
    """Turn what SQLite raises inside into BookUnusable; `writing` is what it rolled back."""
    try:
        yield
    except sqlite3.OperationalError as error:
        name = getattr(error, "sqlite_errorname", None) or ""
        if name.startswith("SQLITE_BUSY"):
            if last := _last_writer(path):
                raise BookUnusable(
                    "book_locked", path=path, seconds=f"{wait:g}", last=last
                ) from None
            raise BookUnusable("book_busy", path=path, seconds=f"{wait:g}") from None
        if name.startswith("SQLITE_READONLY"):
            raise BookUnusable("book_read_only", path=path) from None
        if name == "SQLITE_FULL":
            raise BookUnusable("book_full", path=path) from None
        if writing and name.startswith("SQLITE_IOERR"):
            raise BookUnusable("book_disk_refused", path=path, why=str(error)) from None
        if name.startswith(("SQLITE_CANTOPEN", "SQLITE_IOERR")):
            raise BookUnusable("book_unreadable", path=path, why=_said(error, name)) from None
        raise BookUnusable("book_damaged", path=path, why=_said(error, name)) from None
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", None) or ""
        if name == "SQLITE_NOTADB":
            raise BookUnusable("book_not_a_book", path=path) from None
        raise BookUnusable("book_damaged", path=path, why=_said(error, name)) from None


def _said(error: sqlite3.Error, name: str) -> Phrase | str:
    """What SQLite says, in words of ours; in its own where it is about this very book."""
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
    """Who wrote last, as far as a locked book tells it."""
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
