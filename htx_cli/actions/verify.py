"""Trust the book: verify it against its journal and a checkpoint kept elsewhere, and keep a copy."""

import re
from pathlib import Path

from msgspec.structs import replace

from htx_cli.actions import Book
from htx_cli.book import copying, read
from htx_cli.book.file import opened
from htx_cli.domain.changes import in_fives
from htx_cli.domain.findings import Backup, Finding, Verified
from htx_cli.text.errors import BookUnusable, HtxError, Phrase, UsageError

_CHECKPOINT = re.compile(r"[0-9a-f]{8,64}")


def verify(book: Book, checkpoint: str | None = None) -> Verified:
    """Recompute the hash chain, replay the journal and compare every table with it, and check the
    file, its form and the rules that the tables cannot hold.

    With a checkpoint, also whether a change has it: the beginning of its hash, here or where it was
    made, blanks and hyphens aside. Raises BookUnusable if the file cannot be read at all, UsageError
    for what is no checkpoint or could be that of two changes.
    """
    from htx_cli.book import verify as book_verify

    asked = None if checkpoint is None else _hexadecimal(checkpoint)
    with opened(book.path, book.wait) as connection:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("BEGIN")  # one moment; ends with the connection
        found, more = book_verify.findings(connection)
        number, hash = read.last_change(connection)
        kept = None
        if asked is not None:
            changes = book_verify.find_checkpoint(connection, asked)
            if len(changes) > 1:
                raise UsageError("checkpoint_short", value=checkpoint)
            if changes:
                kept = read.heads(connection, changes)[changes[0]]
            else:
                lost = Finding("verify_checkpoint", {"checkpoint": in_fives(asked)})
                found.insert(0, lost)
        names = book_verify.names(connection) if found else {}
    return Verified(number, hash, tuple(found), more, asked, kept, names)


def _hexadecimal(checkpoint: str) -> str:
    bare = re.sub(r"[\s\-–]", "", checkpoint).lower()
    if not _CHECKPOINT.fullmatch(bare):
        raise UsageError("checkpoint_unreadable", value=checkpoint[:80])
    return bare


def well(book: Book, told: Path, checkpoint: str | None = None) -> Verified:
    """A book in which `verify` finds nothing; `told` is the path to name. Raises BookUnusable."""
    found = verify(book, checkpoint)
    if found.findings:
        if found.whole:
            raise BookUnusable("checkpoint_not_in", path=told, **found.findings[0].values)
        first = next(each for each in found.findings if each.code != "verify_checkpoint")
        raise BookUnusable("book_not_well", path=told, where=first.where, why=first)
    return found


def backup(book: Book, place: Path, over: bool = False) -> Backup:
    """Put a copy of the book, as it is at one moment, at a place; others may go on writing.

    The copy is made beside its place and verified there; it stands there whole, or nothing is left.
    A file that stands there is replaced only if `over`. Raises UsageError, HtxError for the place,
    BookUnusable for a book that cannot be read or does not verify.
    """
    with book.reading():  # of this version; an older one is to be migrated first
        pass
    _check_place(book.path, place, over)
    there = copying.followed(place)
    with copying.refused(place), copying.beside(there) as made:
        copying.copy(book.path, made, book.wait)
        found = well(replace(book, path=made), book.path)
        size = made.stat().st_size
        if over:
            copying.put_over(made, there)
        else:
            try:
                copying.put_new(made, there)
            except FileExistsError:
                raise UsageError("output_exists", path=place) from None
    return Backup(str(place), found.changes, found.hash, size)


def _check_place(book: Path, place: Path, over: bool) -> None:
    """Refuse a place where no copy may stand, before any work is done."""
    with copying.refused(place):
        if place.exists() or place.is_symlink():
            if place.is_dir():
                raise HtxError("file_unwritable", path=place, why=Phrase("os_is_folder"))
            if place.exists() and not place.is_file():
                raise HtxError("file_unwritable", path=place, why=Phrase("os_not_a_file"))
            if place.exists() and place.samefile(book):
                raise UsageError("backup_is_book", path=place)
            if not over:
                raise UsageError("output_exists", path=place)
    copying.check_journals(copying.followed(place))
