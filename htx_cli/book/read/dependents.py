"""Find what builds on a change: asked before it is taken back, and after."""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from htx_cli.book.file import Connection
from htx_cli.book.journal import alike, key_of
from htx_cli.book.read.journal import glossary, heads, last_change
from htx_cli.book.records import change_row_of
from htx_cli.book.rules import BrokenRule, broken
from htx_cli.book.schema import FORMER, KEYS
from htx_cli.domain.changes import Change, Spot

FIRST_ROWS = 3  # of each change that builds on another; the rest are counted
MOST_BROKEN = 1000  # records that do not stand, of which the changes are named


class BrokenRecords(Struct, frozen=True):
    """Records that cannot stand, and the first rule that they break.

    Without a rule they refer to what is not there.
    """

    spots: tuple[Spot, ...]
    rule: str | None = None


def is_of_settings(connection: Connection, number: int) -> bool:
    """Tell whether a change made the book what it is: its tables, its register."""
    sql = "SELECT 1 FROM change_rows WHERE change = ? AND table_name = 'settings' LIMIT 1"
    return bool(connection.rows(sql, number))


def overwritten(connection: Connection, number: int) -> tuple[Change, ...]:
    """List the later changes that left records of this one otherwise, as they stand now.

    The newest first, each with the first of those records.
    """
    if last_change(connection)[0] == number:
        return ()
    rows = connection.execute(_OVERWRITTEN, {"number": number})
    return _grouped(connection, (row for row in rows if not alike(row["left_as"], row["after"])))


def broken_records(connection: Connection, since: int, new: int) -> BrokenRecords | None:
    """Find what cannot stand beside what was written after the change `since`; None if all stands.

    Of records that break a rule only those that were written after the change `new`.
    """
    spots = [spot for pair in islice(_dangling(connection, since), MOST_BROKEN) for spot in pair]
    broken = list(islice(_unsound(connection, since, new), MOST_BROKEN - len(spots) // 2))
    if not (spots or broken):
        return None
    rule = None if spots else broken[0].code
    return BrokenRecords((*spots, *((each.table, each.key) for each in broken)), rule)


def _dangling(connection: Connection, since: int) -> Iterator[tuple[Spot, Spot]]:
    """Find records that refer to a missing one, each with that one, after the change `since`."""
    gone, put = (
        {row[0] for row in connection.rows(f"{_TABLES} AND after IS {what}", since)}
        for what in ("NULL", "NOT NULL")
    )
    for table in KEYS:
        keys = connection.rows("SELECT * FROM pragma_foreign_key_list(?)", table)
        if table in put or any(key["table"] in gone for key in keys):
            yield from _dangling_in(connection, table, keys)


def _dangling_in(
    connection: Connection, table: str, keys: list[sqlite3.Row]
) -> Iterator[tuple[Spot, Spot]]:
    for found in connection.execute(f"PRAGMA foreign_key_check({table})"):
        [row] = connection.rows(f"SELECT * FROM {table} WHERE rowid = ?", found["rowid"])
        columns = {k["to"]: row[k["from"]] for k in keys if k["id"] == found["fkid"]}
        if found["parent"] in KEYS:
            parent = (found["parent"], key_of(found["parent"], columns))
            yield (table, key_of(table, dict(row))), parent


def _unsound(connection: Connection, since: int, new: int) -> Iterator[BrokenRule]:
    """Find records that break a rule after the change `since`, written after the change `new`."""
    scopes = {tuple(row) for row in connection.rows(_SCOPES, since)}
    if any(cluster is None for cluster, _ in scopes):
        scopes = {(None, None)}
    whole = {cluster for cluster, year in scopes if year is None}
    for cluster, year in scopes:
        if year is None or cluster not in whole:
            for each in broken(connection, cluster, year):
                if connection.rows(_WRITTEN, each.table, each.key, new):
                    yield each


def taken_back(
    connection: Connection, number: int, cluster: str, year: int, target: str
) -> frozenset[str | None]:
    """Return the provinces that lost an actual figure of a target by a change; None: the cluster."""
    start = f"{cluster}/{year}/{target}"
    rows = connection.rows(_TAKEN_BACK, f"{start}/", f"{start}0", number)  # 0 follows /
    return frozenset(row["province"] for row in rows)


def signed_over(connection: Connection, number: int) -> int | None:
    """Return the first signed year of which a change wrote a part without a decision."""
    rows = connection.rows(_SIGNED_OVER, number)
    return int(rows[0]["year"]) if rows else None


def left_by(
    connection: Connection, spots: Iterable[Spot], since: int, until: int | None = None
) -> tuple[Change, ...]:
    """List the changes after `since`, and before `until`, that left these records as they stood then.

    Of several that left one so, the first: to take back a later one would only bring back what was
    corrected in between.
    """
    between = {"since": since, "until": until}
    found = (
        connection.rows(_LAST, table=table, key=key, **between)
        for table, key in dict.fromkeys(spots)
    )
    return _grouped(connection, (rows[0] for rows in found if rows))


def _grouped(connection: Connection, rows: Iterable[sqlite3.Row]) -> tuple[Change, ...]:
    """Group rows of the journal by their changes, the newest first; of many the first."""
    found: dict[int, Change] = {}
    for row in rows:
        change = found.get(row["change"]) or Change(None, (), 0)
        told = (change_row_of(row),) if change.count < FIRST_ROWS else ()
        found[row["change"]] = replace(change, rows=(*change.rows, *told), count=change.count + 1)
    known, made = glossary(connection), heads(connection, found)
    return tuple(
        replace(found[n], head=made[n], glossary=known) for n in sorted(found, reverse=True)
    )


_TABLES = "SELECT DISTINCT table_name FROM change_rows WHERE change > ?"

_OVERWRITTEN = """
WITH latest AS MATERIALIZED (
    SELECT j.position, j.after AS left_as, (
        SELECT l.rowid FROM change_rows l
        WHERE l.table_name = j.table_name AND l.key = j.key AND l.change > :number
        ORDER BY l.change DESC, l.position DESC LIMIT 1
    ) AS row
    FROM change_rows j WHERE j.change = :number
)
SELECT latest.left_as, r.* FROM latest JOIN change_rows l ON l.rowid = latest.row
JOIN change_rows r ON r.rowid = (
    SELECT f.rowid FROM change_rows f
    WHERE f.table_name = l.table_name AND f.key = l.key AND f.change > :number AND f.after IS l.after
    ORDER BY f.change, f.position LIMIT 1
)
WHERE l.after IS NOT latest.left_as ORDER BY latest.position
"""

# The clusters and years that a change is about; of none where it is about the register.
_SCOPES = """
SELECT DISTINCT
    CASE table_name WHEN 'clusters' THEN key
        ELSE json_extract(coalesce(after, before), '$.cluster') END,
    json_extract(coalesce(after, before), '$.year')
FROM change_rows WHERE change > ?
"""

# A decision keeps how a part stood before, in the same change; a change of the year itself is judged
# with it.
_SIGNED_OVER = f"""
SELECT y.year FROM change_rows j JOIN years y ON y.pact = 'signed'
    AND j.key >= y.cluster || '/' || y.year || '/' AND j.key < y.cluster || '/' || y.year || '0'
WHERE j.change = ? AND j.table_name IN {tuple(FORMER)} AND NOT EXISTS (
    SELECT 1 FROM change_rows f WHERE f.change = j.change AND (
        f.table_name = 'former_' || j.table_name AND f.key >= j.key || '/' AND f.key < j.key || '0'
        OR f.table_name = 'years' AND f.key = y.cluster || '/' || y.year
    )
) ORDER BY y.year LIMIT 1
"""

_TAKEN_BACK = """
SELECT json_extract(before, '$.province') AS province FROM change_rows
WHERE table_name = 'results' AND key >= ? AND key < ? AND change = ? AND after IS NULL
    AND json_extract(before, '$.basis') = 'actual'
"""

_WRITTEN = "SELECT 1 FROM change_rows WHERE table_name = ? AND key = ? AND change > ? LIMIT 1"

_LAST = """
WITH of_record AS (
    SELECT * FROM change_rows WHERE table_name = :table AND key = :key
    AND change > :since AND (:until IS NULL OR change < :until)
)
SELECT * FROM of_record WHERE after IS (
    SELECT after FROM of_record ORDER BY change DESC, position DESC LIMIT 1
) ORDER BY change, position LIMIT 1
"""
