"""The only reader of a book: standard library's sqlite3, so that reading starts at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from htx_cli.opening import WAIT, opened
from htx_cli.store.dependence import Dependence
from htx_cli.store.figures import Figures

__all__ = ["Reader", "reading"]


@contextmanager
def reading(path: Path, wait: float = WAIT) -> Iterator["Reader"]:
    """Open a book to read it, as it stands at one moment. Never creates a file. Raises BookUnusable.

    Until the block ends no other program can end a write, so it is to be left as soon as can be.
    """
    with opened(path, wait) as connection:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("BEGIN")  # ends with the connection
        yield Reader(connection)


class Reader(Figures, Dependence):
    """Questions to an open book, answered with values of `model` and `journal`."""
