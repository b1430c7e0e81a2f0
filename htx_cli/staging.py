"""Checked figures on their way into the book."""

import sqlite3
from decimal import Decimal
from typing import Any

from htx_cli.journal import canonical, key_of
from htx_cli.model import Result


class Staging:
    """Checked figures on their way into the book, in a TEMP table of the writing connection.

    It may hold a million rows: memory stays flat, and the book is locked only for what is written.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute("DROP TABLE IF EXISTS temp.staged")  # of an earlier try
        self.count = 0  # taken in
        self.differing = 0  # of them not in the book as they are
        self.new = 0  # of those not in the book at all

    def add(self, cluster: str, year: int, result: Result, place: str) -> str | None:
        """Take a figure in; gives the place in the file that brought it already, if one did."""
        if not self.count:
            self._connection.execute(_STAGED)
        figure = result.figure
        record = {
            "cluster": cluster,
            "year": year,
            "target": result.target,
            "province": result.province,
            "as_of": result.as_of.isoformat(),
            "basis": str(result.basis),
            "value": _real(figure.value),
            "of": _real(figure.of),
            "base": _real(figure.base),
            "rate": _real(figure.rate),
            "source": result.source,
            "note": result.note,
        }
        key = key_of("results", record)
        try:
            self._connection.execute(
                f"INSERT INTO temp.staged VALUES ({','.join('?' * 17)})",
                (None, *record.values(), key, canonical(record), None, place),
            )
        except sqlite3.IntegrityError:
            found = self._connection.execute("SELECT place FROM temp.staged WHERE key = ?", (key,))
            return str(found.fetchone()[0])
        self.count += 1
        return None

    def compare(self) -> None:
        """Drop what the book says already; note what it says instead."""
        if not self.count:
            return
        self._connection.create_function("result_json", len(_COLUMNS), _result_json)
        self._connection.execute(_COMPARE)
        self._connection.execute("DELETE FROM temp.staged WHERE before = after")
        left = self._connection.execute("SELECT count(*), count(before) FROM temp.staged")
        self.differing, known = left.fetchone()
        self.new = self.differing - known

    def journal(self, change: int, after_position: int) -> None:
        """Write the journal rows of what differs."""
        if self.differing:
            self._connection.execute(_JOURNAL, (change, after_position))

    def apply(self, change: int) -> None:
        """Write the figures themselves."""
        if self.differing:
            self._connection.execute(_APPLY, (change,))


_COLUMNS = (
    "cluster",
    "year",
    "target",
    "province",
    "as_of",
    "basis",
    "value",
    "of",
    "base",
    "rate",
    "source",
    "note",
)
_NAMES = ", ".join(f'"{column}"' for column in _COLUMNS)
_FIGURE = ("value", "of", "base", "rate", "source", "note")

_STAGED = f"""
CREATE TEMP TABLE staged (
    row INTEGER PRIMARY KEY, {_NAMES}, key TEXT UNIQUE, after, before, place
)
"""

_COMPARE = f"""
UPDATE temp.staged SET before = (
    SELECT result_json({", ".join(f'r."{column}"' for column in _COLUMNS)}) FROM main.results r
    WHERE r.cluster = staged.cluster AND r.year = staged.year AND r.target = staged.target
        AND r.province IS staged.province AND r.as_of = staged.as_of AND r.basis = staged.basis
)
"""

_JOURNAL = """
INSERT INTO main.change_rows (change, position, table_name, key, before, after)
SELECT ?, ? + row_number() OVER (ORDER BY row), 'results', key, before, after
FROM temp.staged ORDER BY row
"""

_UPDATES = ", ".join(f'"{column}" = excluded."{column}"' for column in (*_FIGURE, "change"))
_APPLY = f"""
INSERT INTO main.results ({_NAMES}, change) SELECT {_NAMES}, ? FROM temp.staged WHERE true ORDER BY row
ON CONFLICT (cluster, year, target, as_of, basis) WHERE province IS NULL DO UPDATE SET {_UPDATES}
ON CONFLICT (cluster, year, target, province, as_of, basis) DO UPDATE SET {_UPDATES}
"""


def _result_json(*values: Any) -> str | None:
    return canonical(dict(zip(_COLUMNS, values, strict=True)))


def _real(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
