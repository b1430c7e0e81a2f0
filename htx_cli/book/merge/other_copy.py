"""Attach another copy of the book and bring its new changes into our journal.

All in SQL, set by set, in the caller's transaction.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from htx_cli.book.journal import alike
from htx_cli.book.records import change_row_of, head_of
from htx_cli.domain.changes import Change, Spot
from htx_cli.domain.merge import Conflict, Resolution, Side, standing

MOST_CONFLICTS = 1000  # that are handed back


def attach(connection: sqlite3.Connection, path: Path) -> None:
    """Attach the other copy, to be read only."""
    connection.execute("ATTACH ? AS other", (f"{path.absolute().as_uri()}?mode=ro",))
    connection.create_function("alike", 2, _alike, deterministic=True)
    connection.create_function("standing", 2, _standing, deterministic=True)


def _alike(one: str | None, other: str | None) -> int:
    return int(alike(one, other))


def _standing(same: int, news_here: int) -> str | None:
    return standing(bool(same), bool(news_here))


class MergePlan(Struct, frozen=True):
    """The changes of the other copy that are new to us, after the last common one."""

    common: int
    new: tuple[int, ...]  # their numbers there


def plan(connection: sqlite3.Connection) -> MergePlan | None:
    """Lay out in a TEMP table which records come; None if the two copies share no beginning."""
    [common] = connection.execute(_COMMON).fetchone()
    if common is None:
        return None
    connection.execute("CREATE TEMP TABLE fresh (id INTEGER PRIMARY KEY)")
    connection.execute(_FRESH, (common,))
    connection.execute(_COMING, {"common": common})
    connection.execute(
        "UPDATE temp.coming SET side = standing(alike(ours, theirs), news_here) WHERE side IS NULL"
    )
    connection.execute("CREATE INDEX temp.undecided ON coming (contested) WHERE contested")
    connection.execute("UPDATE temp.coming SET contested = 1 WHERE side IS NULL")
    new = tuple(row[0] for row in connection.execute("SELECT id FROM temp.fresh ORDER BY id"))
    return MergePlan(common, new)


def decide(connection: sqlite3.Connection, choice: Resolution) -> None:
    """Note whose record is to stand in each conflict."""
    if choice.for_all:
        connection.execute(
            "UPDATE temp.coming SET side = ? WHERE contested", (str(choice.for_all),)
        )
    for spot, side in (choice.one_by_one or {}).items():
        connection.execute(
            "UPDATE temp.coming SET side = ? WHERE contested AND table_name = ? AND key = ?",
            (str(side), *spot),
        )


def differing(connection: sqlite3.Connection) -> tuple[int, int]:
    """Count the conflicts, and those that nobody decided."""
    sql = "SELECT count(*), count(*) - count(side) FROM temp.coming WHERE contested"
    every, undecided = connection.execute(sql).fetchone()
    return every, undecided


def conflicts(connection: sqlite3.Connection) -> Iterator[Conflict]:
    """List the first conflicts, in the order of their records, with the last change of each side."""
    rows = connection.execute(
        "SELECT table_name, key, side FROM temp.coming WHERE contested"
        " ORDER BY table_name, key LIMIT ?",
        (MOST_CONFLICTS,),
    )
    for table, key, side in rows.fetchall():
        spot = (table, key)
        ours, theirs = (_last(connection, copy, spot) for copy in ("main", "other"))
        yield Conflict(spot, ours, theirs, Side(side) if side else None)


def _last(connection: sqlite3.Connection, copy: str, spot: Spot) -> Change:
    row = connection.execute(_LAST_ROW.format(copy=copy), spot).fetchone()
    head = connection.execute(f"SELECT * FROM {copy}.changes WHERE id = ?", (row["change"],))
    return Change(head_of(head.fetchone()), (change_row_of(row),), 1)


def take(connection: sqlite3.Connection, theirs: int, number: int) -> int:
    """Copy the rows and files of a change as those of our change `number`; return how many rows.

    Only rows that still change anything here are taken.
    """
    connection.execute(_TAKEN, {"theirs": theirs, "number": number})
    connection.execute(
        "INSERT INTO main.change_files SELECT ?, position, name, size, sha256"
        " FROM other.change_files WHERE change = ?",
        (number, theirs),
    )
    return _count(connection, number)


def settle(connection: sqlite3.Connection, number: int) -> int:
    """Write what is yet to be put right as rows of our change `number`; return how many."""
    connection.execute(_SETTLED, {"number": number})
    return _count(connection, number)


def _count(connection: sqlite3.Connection, number: int) -> int:
    sql = "SELECT count(*) FROM main.change_rows WHERE change = ?"
    return int(connection.execute(sql, (number,)).fetchone()[0])


def head(connection: sqlite3.Connection, theirs: int) -> dict[str, object]:
    """Return the row of a change in the other copy."""
    row = connection.execute("SELECT * FROM other.changes WHERE id = ?", (theirs,)).fetchone()
    return dict(row)


def last_said(copy: str, of: str, limit: str = "") -> str:
    """Return SQL for what a copy says last of the record that a row of `of` is about."""
    return f"""(
    SELECT l.after FROM {copy}.change_rows l WHERE l.table_name = {of}.table_name AND l.key = {of}.key
    {limit} ORDER BY l.change DESC, l.position DESC LIMIT 1
)"""


_COMMON = """
SELECT max(a.id) FROM main.changes a JOIN other.changes b ON b.id = a.id AND b.hash = a.hash
"""

_FRESH = """
INSERT INTO temp.fresh SELECT id FROM other.changes
WHERE id > ? AND origin NOT IN (SELECT origin FROM main.changes)
"""

_LAST_ROW = """
SELECT * FROM {copy}.change_rows WHERE table_name = ? AND key = ?
ORDER BY change DESC, position DESC LIMIT 1
"""

# Each record that the new changes touch: what it is here and there, and whether there is news here
# that the other copy does not know.
_COMING = f"""
CREATE TEMP TABLE coming AS
SELECT k.table_name, k.key, {last_said("main", "k")} AS ours,
    {last_said("other", "k")} AS theirs,
    EXISTS (
        SELECT 1 FROM main.change_rows r JOIN main.changes c ON c.id = r.change
        WHERE r.table_name = k.table_name AND r.key = k.key AND r.change > :common
            AND c.origin NOT IN (SELECT origin FROM other.changes)
    ) AS news_here,
    NULL AS side, NULL AS contested
FROM (
    SELECT DISTINCT table_name, key FROM other.change_rows JOIN temp.fresh ON id = change
) k
"""

_TAKEN = f"""
INSERT INTO main.change_rows (change, position, table_name, key, before, after, place)
SELECT :number, row_number() OVER (ORDER BY position), table_name, key, stands, after, place
FROM (
    SELECT t.*, {last_said("main", "t")} AS stands
    FROM other.change_rows t WHERE t.change = :theirs
)
WHERE stands IS NOT after AND NOT alike(stands, after) ORDER BY position
"""

_SETTLED = f"""
INSERT INTO main.change_rows (change, position, table_name, key, before, after)
SELECT :number, row_number() OVER (ORDER BY table_name, key), table_name, key, stands, wanted
FROM (
    SELECT c.table_name, c.key, CASE c.side WHEN 'ours' THEN c.ours ELSE c.theirs END AS wanted,
        {last_said("main", "c")} AS stands
    FROM temp.coming c
)
WHERE stands IS NOT wanted AND NOT alike(stands, wanted) ORDER BY table_name, key
"""
