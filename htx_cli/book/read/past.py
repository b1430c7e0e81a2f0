"""Show a book as it was after one of its changes to whoever reads it today.

TEMP tables and views of the same names stand in front of the book's own: a name without a schema
finds them first. They are filled from the journal, each record with the last that was written of it.
What is small is gathered whole; figures of a year when they are asked for, by the range of their
keys, so that the cost follows the year asked for and not the age of the book.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from htx_cli.book.file import Connection, DamagedBook
from htx_cli.book.schema import COLUMNS, KEYS

_JOURNAL: Final = {"changes": "id", "change_rows": "change", "change_files": "change"}
# What grows with every figure; a key of theirs begins with a cluster and a year.
BY_YEAR: Final = ("results", "evidence")


def shadow(connection: Connection, number: int) -> None:
    """Let the connection see the book as it was after a change; within a transaction, to be stable."""
    for table, column in _JOURNAL.items():
        connection.execute(
            f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} WHERE {column} <= {number:d}"
        )
    for table in KEYS:
        # Of the same types, without its rules: what breaks them is told by whoever reads it.
        connection.execute(f"CREATE TEMP TABLE {table} AS SELECT * FROM main.{table} WHERE false")
        if table in BY_YEAR:
            keys = ", ".join(KEYS[table])
            connection.execute(f"CREATE INDEX temp.{table}_by_key ON {table} ({keys})")
        else:
            with _as_damage():
                connection.execute(whole(table), {"table": table, "number": number})
    gathered: set[tuple[str, int]] = set()

    def gather(cluster: str, year: int) -> None:
        if (cluster, year) in gathered:
            return
        gathered.add((cluster, year))
        below = {"start": f"{cluster}/{year}/", "end": f"{cluster}/{year}0"}  # 0 follows /
        with _writing(connection), _as_damage():
            for table in BY_YEAR:
                connection.execute(of_a_year(table), {"table": table, "number": number, **below})

    connection.fetch_figures = gather


def whole(table: str) -> str:
    """Return SQL that fills a small table with :number, in the order in which its records came to be."""
    return f"{_insert(table)} {_LAST.format(range='', born=_BORN)}) {_THERE} ORDER BY born"


def of_a_year(table: str) -> str:
    """Return SQL that fills in what is keyed between :start and :end."""
    limits = "AND r.key >= :start AND r.key < :end"
    return f"{_insert(table)} {_LAST.format(range=limits, born='')}) {_THERE}"


# max() takes the other columns from the row that it found: the last that was written of a record.
_LAST = """FROM (
    SELECT r.after, r.change, max(r.change << 32 | r.position){born}
    FROM main.change_rows r WHERE r.table_name = :table AND r.change <= :number {range}
    GROUP BY r.key
"""
_BORN = """, (
        SELECT max(b.change << 32 | b.position) FROM main.change_rows b
        WHERE b.table_name = r.table_name AND b.key = r.key AND b.change <= :number
            AND b.before IS NULL
    ) AS born"""
_THERE = "WHERE after IS NOT NULL"


def _insert(table: str) -> str:
    columns = sorted(COLUMNS[table])
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(
        column if (table, column) == ("results", "change") else f"json_extract(after, '$.{column}')"
        for column in columns
    )
    return f"INSERT INTO temp.{table} ({names}) SELECT {values}"


@contextmanager
def _writing(connection: sqlite3.Connection) -> Iterator[None]:
    """Let TEMP tables be filled meanwhile; the book itself is never written from here."""
    connection.execute("PRAGMA query_only = OFF")
    try:
        yield
    finally:
        connection.execute("PRAGMA query_only = ON")


@contextmanager
def _as_damage() -> Iterator[None]:
    """Turn a record of the journal that is no JSON into DamagedBook."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "JSON" in str(error):
            raise DamagedBook(str(error)) from None
        raise
