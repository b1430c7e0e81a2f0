"""Read a book: functions that take an open connection and return values of the domain.

With the standard library's sqlite3 alone, so that reading starts at once. What only taking back a
change needs is in `dependents`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from htx_cli.book.file import WAIT, Connection, opened
from htx_cli.book.read.evidence import document, evidence_keys, proved_by, with_evidence
from htx_cli.book.read.journal import (
    away,
    change,
    changes,
    changes_of,
    files,
    first_of,
    glossary,
    heads,
    imported_before,
    known_at,
    known_before,
    last_change,
    last_handover,
    only_results_since,
    place,
    record,
)
from htx_cli.book.read.membership import (
    aliases,
    clusters,
    leaderships,
    members,
    provinces,
    successions,
    successors,
    takeovers,
)
from htx_cli.book.read.pact import (
    amendments,
    due_rules,
    is_closed,
    lines,
    shares,
    targets,
    year_state,
    years,
)
from htx_cli.book.read.results import bases, count_results, figures, history, year_data

__all__ = [
    "aliases", "amendments", "away", "bases", "change", "changes", "changes_of", "clusters",
    "count_results", "document", "due_rules", "evidence_keys", "figures", "files", "first_of",
    "glossary", "heads", "history", "imported_before", "is_closed", "known_at", "known_before",
    "last_change", "last_handover", "leaderships", "lines", "members", "only_results_since",
    "place", "proved_by", "provinces", "reading", "record", "shares", "successions",
    "successors", "takeovers", "targets", "with_evidence", "year_data", "year_state", "years",
]  # fmt: skip


@contextmanager
def reading(path: Path, wait: float = WAIT, upto: int | None = None) -> Iterator[Connection]:
    """Open a book to read it, as it stands at one moment. Never creates a file. Raises BookUnusable.

    With `upto` it is read as it was after the change of that number, which must be there.
    Until the block ends no other program can end a write, so it is to be left as soon as can be.
    """
    with opened(path, wait) as connection:
        connection.execute("BEGIN")  # ends with the connection
        if upto is not None:
            from htx_cli.book.read.past import shadow

            shadow(connection, upto)
        connection.execute("PRAGMA query_only = ON")
        yield connection
