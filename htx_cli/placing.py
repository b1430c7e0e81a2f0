"""How a whole book gets to its place: made beside it, then put there, never over another unless told."""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from htx_cli.errors import BookUnusable, HtxError, Phrase, refusal
from htx_cli.opening import opened

_JOURNALS = ("-journal", "-wal")  # what SQLite keeps beside a book while it is written


@contextmanager
def beside(place: Path) -> Iterator[Path]:
    """An empty file beside a place, for this user only; unless it is put there, it goes at the end."""
    import tempfile

    try:
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.", suffix=".part")
    except FileNotFoundError:
        raise HtxError("file_unwritable", path=place, why=Phrase("os_no_folder")) from None
    except (OSError, ValueError) as error:
        raise HtxError("file_unwritable", path=place, why=refusal(error)) from None
    os.close(handle)
    made = Path(name)
    try:
        yield made
    finally:
        for each in (made, *_journals(made)):
            with suppress(OSError):
                each.unlink(missing_ok=True)


def copy(path: Path, place: Path, wait: float) -> None:
    """A consistent copy of a book, of this version or an earlier one, while others may write to it."""
    with (
        opened(path, wait, older=True) as source,
        closing(sqlite3.connect(place)) as target,
    ):
        source.backup(target)


def check(place: Path, over: bool) -> None:
    """Refuse a place where a book may not be put. Raises BookUnusable."""
    if (place.exists() or place.is_symlink()) and not over:
        raise BookUnusable("book_exists", path=place)
    if not place.exists():
        for journal in _journals(place):
            if journal.exists():  # SQLite would take it for the new book's
                raise BookUnusable("journal_left", path=journal)


def put(made: Path, place: Path, over: bool, wait: float) -> Path | None:
    """Put a book that was made beside it in its place; one that stood there is kept under another name.

    Gives the path of that one. Raises BookUnusable, HtxError.
    """
    check(place, over)
    if place.is_symlink():
        place = Path(os.path.realpath(place))  # a link stays a link
    stood = place.exists()
    new: Path | None = None  # what stands there by us before all is done
    try:
        if stood:
            new = _free(place)
            copy(place, new, wait)
        else:
            place.open("xb").close()
            new = place
        if sys.platform != "win32":
            mask = os.umask(0)
            os.umask(mask)
            made.chmod(0o666 & ~mask)
        os.replace(made, place)
    except FileExistsError:
        raise BookUnusable("book_exists", path=place) from None
    except BaseException as error:
        if new:
            with suppress(OSError):
                new.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise HtxError("file_unwritable", path=place, why=refusal(error)) from None
        raise
    return new if stood else None


def _free(place: Path) -> Path:
    """An empty file beside a book for it to be kept in, never one that stood there."""
    number = 0
    while True:
        tail = f"-{number}" if number else ""
        kept = place.with_name(f"{place.stem}-before{tail}{place.suffix}")
        try:
            kept.open("xb").close()
        except FileExistsError:
            number += 1
        else:
            return kept


def _journals(place: Path) -> list[Path]:
    return [place.with_name(place.name + ending) for ending in _JOURNALS]
