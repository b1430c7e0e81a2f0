"""The only reader of a book: standard library's sqlite3, so that reading starts at once."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from htx_cli.journal import Change, ChangeHead, ChangeRow, Glossary, Place, Record, SourceFile
from htx_cli.model import Cluster, Leadership, Member, Province, Result, Share, Target, YearData
from htx_cli.opening import WAIT, opened
from htx_cli.records import (
    change_row_of,
    head_of,
    leadership_of,
    member_of,
    province_of,
    result_of,
    share_of,
    target_of,
)
from htx_cli.schema import OF_CLUSTERS
from htx_cli.targets import Kind


@contextmanager
def reading(path: Path, wait: float = WAIT) -> Iterator["Reader"]:
    """Open a book to read it, as it stands at one moment. Never creates a file. Raises BookUnusable.

    Until the block ends no other program can end a write, so it is to be left as soon as can be.
    """
    with opened(path, wait) as connection:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("BEGIN")  # ends with the connection
        yield Reader(connection)


class Reader:
    """Questions to an open book, answered with values of `model`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def _rows(self, sql: str, *values: object, **named: object) -> list[sqlite3.Row]:
        return self._connection.execute(sql, named or values).fetchall()

    # -- provinces and clusters ----------------------------------------------------------------

    def provinces(self) -> tuple[Province, ...]:
        """Every unit of the register, in no special order."""
        return tuple(province_of(row) for row in self._rows("SELECT * FROM provinces"))

    def aliases(self) -> tuple[tuple[str, str], ...]:
        """Other spellings, each with the id of a province it stands for."""
        return tuple((r["alias"], r["province"]) for r in self._rows("SELECT * FROM aliases"))

    def successors(self) -> dict[str, tuple[str, ...]]:
        """For each province id that went into others: which."""
        found: dict[str, tuple[str, ...]] = {}
        for row in self._rows("SELECT * FROM successions ORDER BY predecessor, successor"):
            found[row["predecessor"]] = (*found.get(row["predecessor"], ()), row["successor"])
        return found

    def clusters(self) -> tuple[Cluster, ...]:
        """The clusters, in the order in which they were added."""
        rows = self._rows("SELECT * FROM clusters ORDER BY rowid")
        return tuple(Cluster(row["id"], row["name"]) for row in rows)

    def members(self, cluster: str, on: date | None = None) -> tuple[Member, ...]:
        """The cluster's members in seat order: on a day, or all there ever were."""
        found = (
            member_of(row)
            for row in self._rows(
                "SELECT p.*, m.seat, m.first_day AS since, m.last_day AS until"
                " FROM members m JOIN provinces p ON p.id = m.province"
                " WHERE m.cluster = ? ORDER BY m.seat, m.first_day",
                cluster,
            )
        )
        return tuple(member for member in found if on is None or member.on(on))

    def leaderships(self, cluster: str, year: int | None = None) -> tuple[Leadership, ...]:
        """Who led and was deputy, the earliest year first."""
        known = {province.id: province for province in self.provinces()}
        return tuple(
            leadership_of(row, known)
            for row in self._rows(_LEADERSHIPS, cluster, year or 0, year or 9999)
        )

    # -- the pact of a year --------------------------------------------------------------------

    def years(self, cluster: str) -> tuple[int, ...]:
        """The years for which something is signed."""
        rows = self._rows("SELECT year FROM years WHERE cluster = ? ORDER BY year", cluster)
        return tuple(row["year"] for row in rows)

    def targets(self, cluster: str, year: int) -> tuple[Target, ...]:
        """The targets of a year, in the order in which they were signed."""
        rows = self._rows(
            "SELECT * FROM targets WHERE cluster = ? AND year = ? ORDER BY rowid", cluster, year
        )
        return tuple(target_of(row) for row in rows)

    def lines(self, cluster: str, year: int) -> dict[str, str | None]:
        """The lines of a year's pact with their sentences."""
        sql = "SELECT line, text FROM lines WHERE cluster = ? AND year = ? ORDER BY rowid"
        return {row["line"]: row["text"] for row in self._rows(sql, cluster, year)}

    def shares(self, cluster: str, year: int) -> tuple[Share, ...]:
        """The thresholds of single provinces in a year."""
        rows = self._rows("SELECT * FROM shares WHERE cluster = ? AND year = ?", cluster, year)
        return tuple(share_of(row) for row in rows)

    # -- results -------------------------------------------------------------------------------

    def year_data(self, cluster: Cluster, year: int, members_on: date, until: date) -> YearData:
        """What a report of a year needs: per cell the latest actual and estimate not after `until`.

        The latest is looked up cell by cell, so that the cost follows the year and not the age of
        the book.
        """
        members = self.members(cluster.id, members_on)
        targets = self.targets(cluster.id, year)
        leadership = next(iter(self.leaderships(cluster.id, year)), None)
        shares = self.shares(cluster.id, year)
        state = self._rows(
            "SELECT state FROM years WHERE cluster = ? AND year = ?", cluster.id, year
        )
        return YearData(
            cluster=cluster,
            year=year,
            closed=bool(state) and state[0]["state"] == "closed",
            targets=targets,
            lines=self.lines(cluster.id, year),
            members=members,
            shares={(share.province, share.target): share for share in shares},
            results=self._latest(cluster.id, year, until),
            bases=self.bases(cluster.id, targets),
            leadership=leadership,
        )

    def _latest(
        self, cluster: str, year: int, until: date
    ) -> dict[tuple[str | None, str], tuple[Result, ...]]:
        found: dict[tuple[str | None, str], tuple[Result, ...]] = {}
        for row in self._rows(_LATEST, cluster=cluster, year=year, until=until.isoformat()):
            result = result_of(row)
            place = (result.province, result.target)
            found[place] = (*found.get(place, ()), result)
        return found

    def bases(
        self, cluster: str, targets: Sequence[Target]
    ) -> dict[tuple[str | None, str], Result]:
        """Per cell of a growth target the latest actual number of its base year: no yes, no part."""
        bases = {}
        for target in targets:
            if target.kind is Kind.GROWTH:
                place = {"cluster": cluster, "year": target.base_year, "target": target.code}
                for row in self._rows(_BASES, **place):
                    bases[row["province"], target.code] = result_of(row)
        return bases

    def history(
        self, cluster: str, year: int, target: str, province: str | None
    ) -> tuple[Result, ...]:
        """Every figure of one cell, the earliest date first."""
        sql = (
            "SELECT * FROM results WHERE cluster = ? AND year = ? AND target = ?"
            " AND province IS ? ORDER BY as_of, basis"
        )
        return tuple(result_of(row) for row in self._rows(sql, cluster, year, target, province))

    def figures(self, cluster: str, year: int, target: str) -> Iterator[Result]:
        """Every figure of a target, one by one: the whole cluster's, then by province, date, basis."""
        sql = (
            "SELECT * FROM results WHERE cluster = ? AND year = ? AND target = ?"
            " ORDER BY province, as_of, basis"
        )
        return map(result_of, self._connection.execute(sql, (cluster, year, target)))

    def count_results(
        self,
        cluster: str,
        year: int | None = None,
        target: str | None = None,
        province: str | None = None,
        after: date | None = None,
        over_base: bool = False,
    ) -> int:
        """How many results stand for a target, or a province after a day; or bring base or rate."""
        limits = {
            "year = ?": year,
            "target = ?": target,
            "province = ?": province,
            "as_of > ?": after.isoformat() if after else None,
            "(coalesce(base, rate) IS NOT NULL) = ?": over_base or None,
        }
        wanted = {limit: value for limit, value in limits.items() if value is not None}
        where = "".join(f" AND {limit}" for limit in wanted)
        sql = f"SELECT count(*) AS n FROM results WHERE cluster = ?{where}"
        return int(self._rows(sql, cluster, *wanted.values())[0]["n"])

    # -- the journal ---------------------------------------------------------------------------

    def record(self, table: str, key: Mapping[str, Any]) -> dict[str, Any] | None:
        """A record as the journal keeps it, by the columns of its natural key; None if absent."""
        where = " AND ".join(f'"{column}" IS ?' for column in key)
        rows = self._rows(f"SELECT * FROM {table} WHERE {where}", *key.values())
        if not rows:
            return None
        row = dict(rows[0])
        row.pop("change", None)
        return row

    def last_change(self) -> tuple[int, str]:
        """The number and the hash of the last change; 0 and no hash in a book that has none."""
        rows = self._rows("SELECT id, hash FROM changes ORDER BY id DESC LIMIT 1")
        return (rows[0]["id"], rows[0]["hash"]) if rows else (0, "")

    def only_results_since(self, number: int) -> bool:
        """Whether nothing but results was written after that change."""
        return not self._rows(
            "SELECT 1 FROM change_rows WHERE change > ? AND table_name <> 'results' LIMIT 1", number
        )

    def change(self, number: int, most_rows: int) -> Change | None:
        """One change with its first rows."""
        heads = self._rows("SELECT * FROM changes WHERE id = ?", number)
        return self._with_rows(heads[0], most_rows, self.glossary()) if heads else None

    def changes(self, most: int, most_rows: int, keys: Sequence[str] = ()) -> tuple[Change, ...]:
        """The last changes, the newest first, each with its first rows.

        With `keys` only those that touched a cluster's records under one of them.
        """
        touched = _TOUCHED.format(keys=" OR ".join([_UNDER] * len(keys))) if keys else ""
        bounds = [each for key in keys for each in (key, f"{key}/", f"{key}0")]  # 0 follows /
        heads = self._rows(
            f"SELECT * FROM changes {touched} ORDER BY id DESC LIMIT ?", *bounds, most
        )
        glossary = self.glossary()
        return tuple(self._with_rows(head, most_rows, glossary) for head in heads)

    def changes_of(self, table: str, key_start: str) -> tuple[Change, ...]:
        """The changes that touched records whose key begins so, the newest first."""
        rows = self._rows(
            "SELECT c.*, r.table_name, r.key, r.before, r.after, r.place FROM change_rows r"
            " JOIN changes c ON c.id = r.change"
            " WHERE r.table_name = ? AND r.key >= ? AND r.key < ?"
            " ORDER BY r.change DESC, r.position",
            table,
            key_start,
            key_start[:-1] + chr(ord(key_start[-1]) + 1),
        )
        glossary = self.glossary()
        return tuple(
            Change(head_of(row), (change_row_of(row),), 1, glossary=glossary) for row in rows
        )

    def glossary(self) -> Glossary:
        """What the ids in the journal stand for."""
        yes_no = self._rows("SELECT cluster, year, code FROM targets WHERE kind = 'yes-no'")
        provinces = self.provinces()
        names = {province.id: province.name for province in provinces}
        ends = {province.id: province.last_day for province in provinces if province.last_day}
        return Glossary(names, frozenset(tuple(row) for row in yes_no), ends)

    def heads(self, numbers: Sequence[int]) -> dict[int, ChangeHead]:
        """The heads of the changes with these numbers."""
        marks = ",".join("?" * len(numbers))
        rows = self._rows(f"SELECT * FROM changes WHERE id IN ({marks})", *numbers)
        return {row["id"]: head_of(row) for row in rows}

    def _with_rows(self, head: sqlite3.Row, most_rows: int, glossary: Glossary) -> Change:
        sql = "SELECT * FROM change_rows WHERE change = ? ORDER BY position LIMIT ?"
        found = tuple(change_row_of(row) for row in self._rows(sql, head["id"], most_rows))
        made = head_of(head, self._files(head["id"]))
        day = made.at.astimezone().date()
        ends = {id: last for id, last in glossary.ends.items() if last < day}
        glossary = replace(glossary, ends=ends, signed=self._signed(head["id"], found))
        return Change(made, found, head["rows"], glossary=glossary)

    def _files(self, change: int) -> tuple[SourceFile, ...]:
        rows = self._rows("SELECT * FROM change_files WHERE change = ? ORDER BY position", change)
        return tuple(SourceFile(row["name"], row["size"], row["sha256"]) for row in rows)

    def imported_before(self, sha256: str) -> int | None:
        """The last change that was imported from a file of these bytes."""
        sql = "SELECT max(change) AS change FROM change_files WHERE sha256 = ?"
        found = self._rows(sql, sha256)[0]["change"]
        return None if found is None else int(found)

    def place(self, change: int, key: str) -> Place | None:
        """Where in its file the figure with this key stood that a change wrote."""
        sql = "SELECT * FROM change_rows WHERE change = ? AND table_name = 'results' AND key = ?"
        rows = self._rows(sql, change, key)
        return change_row_of(rows[0]).place if rows else None

    def _signed(self, change: int, rows: Sequence[ChangeRow]) -> dict[str, Record]:
        """The targets that the shares of a change belong to, as they stood at that change."""
        keys = {row.key.rpartition("/")[0] for row in rows if row.table == "shares"}
        found = ((key, self._rows(_TARGET_THEN, key, change)) for key in keys)
        return {key: json.loads(rows[0]["after"]) for key, rows in found if rows}


_UNDER = "key = ? OR key >= ? AND key < ?"
_TOUCHED = f"""WHERE id IN (
    SELECT change FROM change_rows WHERE table_name IN {OF_CLUSTERS} AND ({{keys}})
)"""

_LEADERSHIPS = "SELECT * FROM leaderships WHERE cluster = ? AND year BETWEEN ? AND ? ORDER BY year"

_TARGET_THEN = (
    "SELECT after FROM change_rows WHERE table_name = 'targets' AND key = ? AND change <= ?"
    " AND after IS NOT NULL ORDER BY change DESC, position DESC LIMIT 1"
)

# For each target and member the latest figure of each basis: one index step per cell.
_LATEST = """
WITH cells AS (
    SELECT t.code, m.province FROM targets t
    JOIN (SELECT DISTINCT province FROM members WHERE cluster = :cluster UNION ALL SELECT NULL) m
    WHERE t.cluster = :cluster AND t.year = :year
)
SELECT r.* FROM cells
CROSS JOIN (SELECT 'actual' AS basis UNION ALL SELECT 'estimate') b
CROSS JOIN results r ON r.cluster = :cluster AND r.year = :year AND r.target = cells.code
    AND r.province IS cells.province AND r.basis = b.basis
    AND r.as_of = (
        SELECT max(x.as_of) FROM results x
        WHERE x.cluster = :cluster AND x.year = :year AND x.target = cells.code
            AND x.province IS cells.province AND x.basis = b.basis AND x.as_of <= :until
    )
"""

_BASES = """
SELECT r.* FROM results r
JOIN targets t ON t.cluster = r.cluster AND t.year = r.year AND t.code = r.target
WHERE r.cluster = :cluster AND r.year = :year AND r.target = :target AND r.basis = 'actual'
    AND r.value IS NOT NULL AND t.kind IN ('count', 'growth', 'tracked')
    AND r.as_of = (
        SELECT max(x.as_of) FROM results x
        WHERE x.cluster = :cluster AND x.year = :year AND x.target = :target AND x.province IS r.province
            AND x.basis = 'actual' AND x.value IS NOT NULL
    )
"""
