"""The only reader of a book: standard library's sqlite3, so that reading starts at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from htx_cli.book.file import WAIT, opened
from htx_cli.book.read.dependents import Dependence
from htx_cli.book.read.holding import Holding
from htx_cli.book.read.past import shadow
from htx_cli.book.read.results import Figures

__all__ = ["Reader", "reading"]


@contextmanager
def reading(path: Path, wait: float = WAIT, upto: int | None = None) -> Iterator["Reader"]:
    """Open a book to read it, as it stands at one moment. Never creates a file. Raises BookUnusable.

    With `upto` it is read as it was after the change of that number, which must be there.
    Until the block ends no other program can end a write, so it is to be left as soon as can be.
    """
    with opened(path, wait) as connection:
        connection.execute("BEGIN")  # ends with the connection
        gather = None if upto is None else shadow(connection, upto)
        connection.execute("PRAGMA query_only = ON")
        yield Reader(connection, gather)


class Reader(Figures, Dependence, Holding):
    """Questions to an open book, answered with values of `model` and `journal`."""
