"""Apply journalled records to the tables in SQL, set by set, however many they are.

A record of an older schema lacks the columns that came later; in it they count as NULL.
"""

import sqlite3
from functools import cache

from htx_cli.book.file import DamagedBook
from htx_cli.book.schema import COLUMNS, KEYS, OF_ALL

OWN = "change"  # of a result: the change that wrote it, which its record does not hold


class ReplayConflict(Exception):
    """The rows of a change cannot stand beside what the tables hold."""


def value(record: str, column: str) -> str:
    """Return SQL for a column's value in a journalled record: NULL where it lacks the column."""
    return f"json_extract({record}, '$.{column}')"


def take_back(connection: sqlite3.Connection, number: int, of: int) -> None:
    """Write the reverse of the rows of change `of` into the journal, as those of change `number`."""
    connection.execute(_TURNED, {"number": number, "of": of})


def apply(connection: sqlite3.Connection, number: int) -> None:
    """Let the journalled rows of a change stand in the tables, in the caller's transaction.

    Foreign keys are to be deferred. Raises ReplayConflict if a table does not take them, DamagedBook
    for one that the journal does not know.
    """
    found = connection.execute(
        "SELECT DISTINCT table_name FROM main.change_rows WHERE change = ?", (number,)
    )
    touched = {row[0] for row in found}
    if unknown := touched - KEYS.keys():
        raise DamagedBook(", ".join(sorted(unknown)))
    tables = [table for table in KEYS if table in touched]
    try:
        for table in reversed(tables):
            connection.execute(_removed(table), (number, table))
        for table in tables:
            connection.execute(_put(table), {"number": number, "table": table})
    except sqlite3.IntegrityError as error:
        raise ReplayConflict(str(error)) from None


_TURNED = """
INSERT INTO main.change_rows (change, position, table_name, key, before, after)
SELECT :number, 1 + (SELECT max(position) FROM main.change_rows WHERE change = :of) - position,
    table_name, key, after, before
FROM main.change_rows WHERE change = :of ORDER BY position DESC
"""


def columns(table: str) -> list[str]:
    """Return the columns of a table's records, those of the natural key first."""
    return [*KEYS[table], *sorted(COLUMNS[table] - {*KEYS[table], OWN})]


@cache
def _removed(table: str) -> str:
    same = " AND ".join(f't."{key}" IS {value("j.before", key)}' for key in KEYS[table])
    return f"""
DELETE FROM main.{table} WHERE rowid IN (
    SELECT t.rowid FROM main.change_rows j CROSS JOIN main.{table} t ON {same}
    WHERE j.change = ? AND j.table_name = ? AND j.after IS NULL
)
"""


@cache
def _put(table: str) -> str:
    names = columns(table)
    values = [value("after", name) for name in names]
    if OWN in COLUMNS[table]:
        names, values = [*names, OWN], [*values, ":number"]
    rest = [name for name in names if name not in KEYS[table]]
    updates = ", ".join(f'"{name}" = excluded."{name}"' for name in rest)
    done = f"UPDATE SET {updates}" if rest else "NOTHING"
    conflicts = [f"ON CONFLICT ({_quoted(KEYS[table])}) DO {done}"]
    if table in OF_ALL:  # NULL defeats UNIQUE, so these have an index of their own
        others = [key for key in KEYS[table] if key != "province"]
        conflicts.insert(0, f"ON CONFLICT ({_quoted(others)}) WHERE province IS NULL DO {done}")
    return f"""
INSERT INTO main.{table} ({_quoted(names)}) SELECT {", ".join(values)} FROM main.change_rows
WHERE change = :number AND table_name = :table AND after IS NOT NULL ORDER BY position
{" ".join(conflicts)}
"""


def _quoted(names: list[str] | tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)
