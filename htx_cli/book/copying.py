"""Copy a book file atomically: made beside its place, then put there, never over another unless told."""

import errno
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path

from htx_cli.book.file import opened
from htx_cli.text.errors import BookUnusable, HtxError, Phrase, refusal

_JOURNALS = ("-journal", "-wal")  # what SQLite keeps beside a book while it is written
_NOT_WRITTEN = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_TRUNCATE")


@contextmanager
def refused(place: Path) -> Iterator[None]:
    """Say in words, as HtxError, why the system does not let a file be made at a place."""
    try:
        yield
    except FileNotFoundError:
        raise HtxError("file_unwritable", path=place, why=Phrase("os_no_folder")) from None
    except OSError as error:
        raise HtxError("file_unwritable", path=place, why=refusal(error)) from None


@contextmanager
def beside(place: Path) -> Iterator[Path]:
    """Make an empty file beside a place, for this user only; unless it is put there, it goes at the end.

    Raises OSError.
    """
    import tempfile

    try:
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.", suffix=".part")
    except ValueError as error:  # no name at all
        raise OSError(errno.EINVAL, str(error)) from None
    os.close(handle)
    made = Path(name)
    try:
        yield made
    finally:
        for each in (made, *_journals(made)):
            with suppress(OSError):
                each.unlink(missing_ok=True)


def copy(path: Path, made: Path, wait: float) -> None:
    """Copy a book of this version or an earlier one consistently, while others may write to it.

    Raises BookUnusable if the book cannot be read, OSError if its copy cannot be written.
    """
    with opened(path, wait, older=True) as source:
        source.execute("BEGIN")  # one moment; ends with the connection
        source.execute("SELECT 1 FROM sqlite_schema").fetchone()  # waits, but not for ever
        copy_open(source, made)


def copy_open(source: sqlite3.Connection, made: Path) -> None:
    """Copy an open book that no other program writes to now."""
    with closing(sqlite3.connect(made)) as target:
        target.execute("PRAGMA journal_mode = MEMORY")  # what is half done is thrown away whole
        try:
            source.backup(target)
        except sqlite3.Error as error:
            name = getattr(error, "sqlite_errorname", None) or ""
            if name.startswith(_NOT_WRITTEN):  # the source is only read
                number = errno.ENOSPC if name == "SQLITE_FULL" else errno.EIO
                raise OSError(number, str(error)) from None
            raise


def check(place: Path, over: bool) -> None:
    """Refuse a place where a book may not be put. Raises BookUnusable."""
    if (place.exists() or place.is_symlink()) and not over:
        raise BookUnusable("book_stands", path=place)
    if not place.exists():
        check_journals(place)


def check_journals(place: Path) -> None:
    """Refuse a place beside which a journal was left: SQLite would take it for the new book's."""
    for journal in _journals(place):
        if journal.exists():
            raise BookUnusable("journal_left", path=journal)


def put(made: Path, place: Path, over: bool, wait: float) -> Path | None:
    """Put a book that was made beside it in its place; one that stood there is kept under another name.

    Gives the path of that one. Raises BookUnusable, OSError.
    """
    check(place, over)
    place = followed(place)
    if not place.exists():
        try:
            put_new(made, place)
        except FileExistsError:
            raise BookUnusable("book_stands", path=place) from None
        return None
    with beside(place) as old:
        copy(place, old, wait)
        kept = put_free(old, place, "before")
    try:
        put_over(made, place)
    except BaseException:
        kept.unlink(missing_ok=True)
        raise
    return kept


def put_free(made: Path, place: Path, label: str) -> Path:
    """Put a file beside a place, under a name with this label that nothing bears; gives its path."""
    for number in count():
        tail = f"-{number}" if number else ""
        free = place.with_name(f"{place.stem}-{label}{tail}{place.suffix}")
        with suppress(FileExistsError):
            put_new(made, free)
            return free
    raise AssertionError


def put_new(made: Path, place: Path) -> None:
    """Put a file where nothing stands, whole or not at all. Raises FileExistsError, OSError."""
    _ready(made)
    try:
        os.link(made, place)
    except FileExistsError:
        raise
    except (OSError, AttributeError):  # a file has one name only, there or on this whole system
        place.open("xb").close()
        try:
            os.replace(made, place)
        except BaseException:
            place.unlink(missing_ok=True)
            raise
    _sync(place.parent)


def put_over(made: Path, place: Path) -> None:
    """Put a file in the place of another, whole or not at all. Raises OSError."""
    _ready(made)
    os.replace(made, place)
    _sync(place.parent)


def followed(place: Path) -> Path:
    """Return the target of a link, so that it stays a link; any other place is itself."""
    return Path(os.path.realpath(place)) if place.is_symlink() else place


def _ready(made: Path) -> None:
    """Bring a file to the disk as a whole, readable for whom the user lets read new files."""
    with made.open("r+b") as file:
        os.fsync(file.fileno())
    if sys.platform != "win32":
        mask = os.umask(0)
        os.umask(mask)
        made.chmod(0o666 & ~mask)


def _sync(folder: Path) -> None:
    """Sync a folder where that can be done, so that the name too survives a power failure."""
    if sys.platform != "win32":
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _journals(place: Path) -> list[Path]:
    return [place.with_name(place.name + ending) for ending in _JOURNALS]
