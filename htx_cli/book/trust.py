"""Trust the book: verify it against its journal and against a checkpoint kept elsewhere."""

import re

from htx_cli.answers import Finding, Verified
from htx_cli.book import Book
from htx_cli.errors import UsageError
from htx_cli.journal import in_fives
from htx_cli.opening import opened
from htx_cli.store import Reader

_CHECKPOINT = re.compile(r"[0-9a-f]{8,64}")


def verify(book: Book, checkpoint: str | None = None) -> Verified:
    """Recompute the hash chain, replay the journal and compare every table with it, and check the
    file, its form and the rules that the tables cannot hold.

    With a checkpoint, also whether a change has it: the beginning of its hash, here or where it was
    made, blanks and hyphens aside. Raises BookUnusable if the file cannot be read at all, UsageError
    for what is no checkpoint or could be that of two changes.
    """
    from htx_cli import verification

    asked = None if checkpoint is None else _hexadecimal(checkpoint)
    with opened(book.path, book.wait) as connection:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("BEGIN")  # one moment; ends with the connection
        found, more = verification.findings(connection)
        reader = Reader(connection)
        number, hash = verification.last_change(connection)
        kept = None
        if asked is not None:
            changes = verification.find_checkpoint(connection, asked)
            if len(changes) > 1:
                raise UsageError("checkpoint_short", value=checkpoint)
            if changes:
                kept = reader.heads(changes)[changes[0]]
            else:
                lost = Finding("verify_checkpoint", {"checkpoint": in_fives(asked)})
                found.insert(0, lost)
    return Verified(number, hash, tuple(found), more, asked, kept)


def _hexadecimal(checkpoint: str) -> str:
    bare = re.sub(r"[\s\-–]", "", checkpoint).lower()
    if not _CHECKPOINT.fullmatch(bare):
        raise UsageError("checkpoint_unreadable", value=checkpoint[:80])
    return bare
