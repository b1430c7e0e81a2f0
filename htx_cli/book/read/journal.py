"""Read the journal: what was changed, where a figure came from, and who holds the book."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from htx_cli.book.file import Connection
from htx_cli.book.journal import moment_text
from htx_cli.book.read.membership import provinces
from htx_cli.book.records import PROVINCES, change_row_of, handover_of, head_of, known_at_of
from htx_cli.book.schema import OF_CLUSTERS
from htx_cli.domain.changes import (
    Away,
    Change,
    ChangeHead,
    ChangeRow,
    Glossary,
    KnownAt,
    Place,
    Record,
    SourceFile,
)
from htx_cli.domain.model import Handover, Province

# Provinces that were added and taken back: the journal tells of them still.
_GONE = """
SELECT after ->> '$.id' AS id, after ->> '$.name' AS name FROM change_rows
WHERE table_name = 'provinces' AND after IS NOT NULL AND key NOT IN (SELECT id FROM provinces)
ORDER BY change
"""


def record(connection: Connection, table: str, key: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return a record as the journal keeps it, by the columns of its natural key; None if absent."""
    where = " AND ".join(f'"{column}" IS ?' for column in key)
    rows = connection.rows(f"SELECT * FROM {table} WHERE {where}", *key.values())
    if not rows:
        return None
    row = dict(rows[0])
    row.pop("change", None)
    return row


def last_change(connection: Connection) -> tuple[int, str]:
    """Return number and hash of the last change; 0 and no hash in a book that has none."""
    rows = connection.rows("SELECT id, hash FROM changes ORDER BY id DESC LIMIT 1")
    return (rows[0]["id"], rows[0]["hash"]) if rows else (0, "")


def only_results_since(connection: Connection, number: int) -> bool:
    """Tell whether nothing but results was written after that change."""
    return not connection.rows(
        "SELECT 1 FROM change_rows WHERE change > ? AND table_name <> 'results' LIMIT 1", number
    )


def known_at(connection: Connection, number: int) -> KnownAt | None:
    """Return the change of that number, as one that a book may be read at."""
    rows = connection.rows(f"{_KNOWN} WHERE id = ?", number)
    return known_at_of(rows[0]) if rows else None


def known_before(connection: Connection, moment: datetime) -> KnownAt | None:
    """Return the last change that came into this book before a moment."""
    limit = moment_text(moment)
    rows = connection.rows(f"{_KNOWN} WHERE came < ? ORDER BY id DESC LIMIT 1", limit)
    return known_at_of(rows[0]) if rows else None


def first_of(connection: Connection, table: str) -> KnownAt | None:
    """Return the first change that touched a table."""
    sql = "SELECT min(change) AS id FROM change_rows WHERE table_name = ?"
    first = connection.rows(sql, table)[0]["id"]
    return None if first is None else known_at(connection, first)


def change(connection: Connection, number: int, most_rows: int) -> Change | None:
    """Return one change with its first rows."""
    heads = connection.rows("SELECT * FROM changes WHERE id = ?", number)
    return _with_rows(connection, heads[0], most_rows, glossary(connection)) if heads else None


def changes(
    connection: Connection, most: int, most_rows: int, keys: Sequence[str] = ()
) -> tuple[Change, ...]:
    """List the last changes, the newest first, each with its first rows.

    With `keys` only those that touched a cluster's records under one of them.
    """
    touched = _TOUCHED.format(keys=" OR ".join([_UNDER] * len(keys))) if keys else ""
    bounds = [each for key in keys for each in (key, f"{key}/", f"{key}0")]  # 0 follows /
    heads = connection.rows(
        f"SELECT * FROM changes {touched} ORDER BY id DESC LIMIT ?", *bounds, most
    )
    known = glossary(connection)
    return tuple(_with_rows(connection, head, most_rows, known) for head in heads)


def changes_of(connection: Connection, key_start: str, *tables: str) -> tuple[Change, ...]:
    """List the changes that touched records of these tables whose key begins so, the newest first."""
    rows = connection.rows(
        "SELECT c.*, r.table_name, r.key, r.before, r.after, r.place FROM change_rows r"
        " JOIN changes c ON c.id = r.change"
        f" WHERE r.table_name IN ({','.join('?' * len(tables))}) AND r.key >= ? AND r.key < ?"
        " ORDER BY r.change DESC, r.position",
        *tables,
        key_start,
        key_start[:-1] + chr(ord(key_start[-1]) + 1),
    )
    known = glossary(connection)
    found = [(row["id"], change_row_of(row), head_of(row)) for row in rows]
    return tuple(
        Change(head, (row,), 1, glossary=replace(known, papers=_papers(connection, id, [row])))
        for id, row, head in found
    )


def glossary(connection: Connection) -> Glossary:
    """Return what the ids in the journal stand for."""
    yes_no = connection.rows("SELECT cluster, year, code FROM targets WHERE kind = 'yes-no'")
    register = provinces(connection)
    names = {r["id"]: r["name"] for r in connection.rows(_GONE)}
    names.update((province.id, province.name) for province in register)
    ends = {province.id: province.last_day for province in register if province.last_day}
    signs = frozenset(tuple(row) for row in yes_no)
    return Glossary(names, signs, ends, twins=_twins(register))


def heads(connection: Connection, numbers: Iterable[int]) -> dict[int, ChangeHead]:
    """Return the heads of the changes with these numbers."""
    found = (connection.rows("SELECT * FROM changes WHERE id = ?", each) for each in numbers)
    return {row["id"]: head_of(row) for rows in found for row in rows}


def _with_rows(
    connection: Connection, head: sqlite3.Row, most_rows: int, glossary: Glossary
) -> Change:
    sql = "SELECT * FROM change_rows WHERE change = ? ORDER BY position LIMIT ?"
    found = tuple(change_row_of(row) for row in connection.rows(sql, head["id"], most_rows))
    made = head_of(head, files(connection, head["id"]))
    day = made.at.astimezone().date()
    ends = {id: last for id, last in glossary.ends.items() if last < day}
    signed, papers = _signed(connection, head["id"], found), _papers(connection, head["id"], found)
    glossary = replace(glossary, ends=ends, signed=signed, papers=papers)
    drafted = _drafted(connection, head["id"], found)
    return Change(made, found, head["rows"], glossary=glossary, drafted=drafted)


def _drafted(connection: Connection, change: int, rows: Iterable[ChangeRow]) -> int | None:
    """Count the targets of the draft that a change opened a year as; None if it opened none."""
    if not any(row.drafts for row in rows):
        return None
    sql = "SELECT count(*) FROM change_rows WHERE change = ? AND table_name = 'targets'"
    return int(connection.rows(sql, change)[0][0])


def files(connection: Connection, change: int) -> tuple[SourceFile, ...]:
    """List the files that a change was imported from."""
    rows = connection.rows("SELECT * FROM change_files WHERE change = ? ORDER BY position", change)
    return tuple(SourceFile(row["name"], row["size"], row["sha256"]) for row in rows)


def imported_before(connection: Connection, sha256: str) -> int | None:
    """Return the last change that was imported from a file of these bytes."""
    sql = "SELECT max(change) AS change FROM change_files WHERE sha256 = ?"
    found = connection.rows(sql, sha256)[0]["change"]
    return None if found is None else int(found)


def place(connection: Connection, change: int, key: str) -> Place | None:
    """Return where in its file a figure of a change stood, by the figure's key."""
    sql = "SELECT * FROM change_rows WHERE change = ? AND table_name = 'results' AND key = ?"
    rows = connection.rows(sql, change, key)
    return change_row_of(rows[0]).place if rows else None


def _signed(connection: Connection, change: int, rows: Sequence[ChangeRow]) -> dict[str, Record]:
    """Return the targets that the shares of a change belong to, as they stood at that change."""
    keys = {row.key.rpartition("/")[0] for row in rows if row.table == "shares"}
    return _then(connection, "targets", keys, change)


def _papers(connection: Connection, change: int, rows: Sequence[ChangeRow]) -> dict[str, Record]:
    """Return the documents that the evidence of a change names, as they stood at that change."""
    keys = {row.key.rpartition("/")[2] for row in rows if row.table == "evidence"}
    return _then(connection, "documents", keys, change)


def _then(
    connection: Connection, table: str, keys: Iterable[str], change: int
) -> dict[str, Record]:
    """Return records as they stood at a change; one that was gone by then, as it last stood."""
    found = ((key, connection.rows(_THEN, table, key, change)) for key in keys)
    return {key: json.loads(rows[0]["after"]) for key, rows in found if rows}


def last_handover(connection: Connection) -> Handover | None:
    """Return the last handover of the book."""
    rows = connection.rows("SELECT * FROM handovers ORDER BY number DESC LIMIT 1")
    if not rows:
        return None
    [province] = connection.rows("SELECT * FROM provinces WHERE id = ?", rows[0]["province"])
    return handover_of(rows[0], PROVINCES.load(province))


def away(connection: Connection) -> Away | None:
    """Return who holds the book in another place; None if it is held here.

    It is held where it was taken over: not where that is known from a copy that was merged in.
    """
    last = last_handover(connection)
    if last is None:
        return None
    [written] = connection.rows(_LAST_WRITTEN, str(last.number))
    if last.taken_on and written["received_at"] is None:
        return None
    since = last.taken_on or last.handed_on
    return Away(last.province.id, last.province.name, since, written["id"])


# What was merged in from a copy was known here only from then on.
_KNOWN = "SELECT id, hash, coalesce(received_at, at) AS came FROM changes"
_UNDER = "key = ? OR key >= ? AND key < ?"
_TOUCHED = f"""WHERE id IN (
    SELECT change FROM change_rows WHERE table_name IN {OF_CLUSTERS} AND ({{keys}})
)"""

_THEN = (
    "SELECT after FROM change_rows WHERE table_name = ? AND key = ? AND change <= ?"
    " AND after IS NOT NULL ORDER BY change DESC, position DESC LIMIT 1"
)


def _twins(provinces: Iterable[Province]) -> dict[str, frozenset[int]]:
    """Return by id the years in which one unit ended and another of the same name had begun."""
    bearers: dict[str, list[Province]] = {}
    for province in provinces:
        bearers.setdefault(province.name, []).append(province)
    twins: dict[str, frozenset[int]] = {}
    for same in bearers.values():
        ended = {each.last_day.year for each in same if each.last_day}
        years = {year for year in ended if sum(each.in_year(year) for each in same) > 1}
        twins |= {each.id: frozenset(filter(each.in_year, years)) for each in same if years}
    return twins


_LAST_WRITTEN = """
SELECT c.id, c.received_at FROM change_rows r JOIN changes c ON c.id = r.change
WHERE r.table_name = 'handovers' AND r.key = ? ORDER BY r.change DESC LIMIT 1
"""
