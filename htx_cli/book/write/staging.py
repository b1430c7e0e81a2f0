"""Stage checked figures on their way into the book: compare them with it, and write what differs."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from msgspec import Struct

from htx_cli.book.file import Connection
from htx_cli.book.journal import canonical, key_of, place_text
from htx_cli.book.records import figure_of, result_of
from htx_cli.book.schema import KEYS
from htx_cli.book.write import replay
from htx_cli.book.write.closed_years import years_changed
from htx_cli.domain.changes import ChangeRow, Place, SourceFile
from htx_cli.domain.model import Result
from htx_cli.domain.records import FIGURES
from htx_cli.domain.targets import Figure

MOST_CORRECTIONS = 1000  # that are handed back; the journal has them all

RowPlace = tuple[int, str | None, str | None]  # a row, and the file and the sheet it stands in


class StagedFigure(Struct, frozen=True):
    """A staged figure with its turn and its place in the file."""

    result: Result
    turn: int
    place: RowPlace


class CellComparison(Struct, frozen=True):
    """One cell of a year: the figures that come, those of the book, and those of years before."""

    cluster: str
    year: int
    target: str
    province: str | None
    coming: tuple[StagedFigure, ...]
    standing: tuple[Result, ...]
    earlier: tuple[Result, ...]  # of the year before and of the target's base year


class OutdatedEvidence(Struct, frozen=True):
    """A staged figure that replaces one which `documents` proved."""

    cluster: str
    target: str
    province: str | None
    as_of: date
    turn: int
    place: RowPlace
    documents: tuple[str, ...]


class StaleFigure(Struct, frozen=True):
    """A staged figure that differs from what a `later` change left in the book in its place."""

    cluster: str
    target: str
    province: str | None
    turn: int
    place: RowPlace
    later: int
    stands: bool  # whether there is a figure; else it was withdrawn


class ClosedYearFigure(Struct, frozen=True):
    """A staged figure of a closed year that the book does not say so already, and its cell."""

    year: int
    place: RowPlace
    cell: str | None


class Staging:
    """Checked figures on their way into the book, in a TEMP table of the writing connection.

    It may hold a million rows: memory stays flat, and the book is locked only for what is written.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        connection.execute("DROP TABLE IF EXISTS temp.staged")  # of an earlier try
        self.files: tuple[SourceFile, ...] = ()  # that the figures were read from
        self.count = 0  # taken in
        self.differing = 0  # of them not in the book as they are
        self.new = 0  # of those not in the book at all
        self.corrections: tuple[ChangeRow, ...] = ()  # the first of those that replace a figure
        self.undone: int | None = None  # a change whose records go back to what they were

    def add(
        self, cluster: str, year: int, result: Result, place: RowPlace, stood: Place | None = None
    ) -> tuple[RowPlace, Figure] | None:
        """Stage a figure with where it `stood`; return the place of an earlier row with the same key, and
        what it says.
        """
        if not self.count:
            self._connection.execute(_STAGED)
        record = {
            "cluster": cluster,
            "year": year,
            "target": result.target,
            "province": result.province,
            "as_of": result.as_of.isoformat(),
            "basis": str(result.basis),
            **FIGURES.dump(result.figure),
            "source": result.source,
            "note": result.note,
        }
        key = key_of("results", record)
        try:
            self._connection.execute(
                f"INSERT INTO temp.staged VALUES ({','.join('?' * 20)})",
                (None, *record.values(), key, canonical(record), None, *place, place_text(stood)),
            )
        except sqlite3.IntegrityError:
            found = self._connection.execute(
                "SELECT * FROM temp.staged WHERE key = ?", (key,)
            ).fetchone()
            place = (found["number"], found["file"], found["sheet"])
            return place, figure_of(found)
        self.count += 1
        return None

    def take_back(self, change: int, rows: int) -> None:
        """Let the records of a change, so many `rows`, go back to what they were before it."""
        self.undone = change
        self.differing += rows

    def comparisons(self) -> Iterator[CellComparison]:
        """Yield cell by cell what the staged figures meet in the book.

        A cell whose figures all stand in the book already is left out, and one with nothing to be
        compared with.
        """
        if not self.count:
            return
        rows = self._connection.execute(_MEETINGS)
        for _, group in groupby(rows, key=lambda row: tuple(row)[:4]):
            found = list(group)
            if _idle(found):
                continue
            cluster, year, target, province = tuple(found[0])[:4]
            coming: list[StagedFigure] = []
            standing: list[Result] = []
            earlier: list[Result] = []
            for row in found:
                result = result_of(row)
                if row["turn"] is not None:
                    coming.append(
                        StagedFigure(
                            result, row["turn"], (row["number"], row["file"], row["sheet"])
                        )
                    )
                else:
                    (standing if result.as_of.year == year else earlier).append(result)
            met = tuple(coming), tuple(standing), tuple(earlier)
            yield CellComparison(cluster, year, target, province, *met)

    def stale(self, first: int, last: int, since: int) -> Iterator[StaleFigure]:
        """Find figures with these turns that differ from what a later change than `since` left there."""
        if self.count:
            for row in self._connection.execute(_OUTDATED, (first, last, since)):
                place = (row["number"], row["file"], row["sheet"])
                where = row["cluster"], row["target"], row["province"]
                yield StaleFigure(*where, row["turn"], place, row["later"], bool(row["stands"]))

    def outdated_evidence(self) -> Iterator[OutdatedEvidence]:
        """Find the staged figures that turn evidence into that of an older figure."""
        if not self.count:
            return
        rows = self._connection.execute(_UNPROVING)
        for turn, group in groupby(rows, key=lambda row: int(row["turn"])):
            found = list(group)
            row = found[0]
            place = (row["number"], row["file"], row["sheet"])
            where = row["cluster"], row["target"], row["province"], date.fromisoformat(row["as_of"])
            yield OutdatedEvidence(*where, turn, place, tuple(each["label"] for each in found))

    def drop_of_closed_years(self) -> Iterator[ClosedYearFigure]:
        """Unstage and yield the figures of closed years that differ from the book."""
        if not self.count:
            return
        for row in self._connection.execute(_FROZEN).fetchall():
            self._connection.execute("DELETE FROM temp.staged WHERE row = ?", (row["turn"],))
            self.count -= 1
            place = json.loads(row["place"]) if row["place"] else {}
            yield ClosedYearFigure(
                row["year"], (row["number"], row["file"], row["sheet"]), place.get("cell")
            )

    def years(self) -> set[tuple[str, int]]:
        """Return cluster and year of every staged figure, and of what is taken back of a pact."""
        if self.undone is not None:
            return years_changed(self._connection, self.undone)
        if not self.count:
            return set()
        found = self._connection.execute("SELECT DISTINCT cluster, year FROM temp.staged")
        return {(row["cluster"], row["year"]) for row in found}

    def compare(self) -> None:
        """Drop what the book says already; note what it says instead."""
        if not self.count:
            return
        self._compare_whole()
        self._connection.execute("DELETE FROM temp.staged WHERE before = after")
        left = self._connection.execute("SELECT count(*), count(before) FROM temp.staged")
        self.differing, known = left.fetchone()
        self.new = self.differing - known
        self.corrections = tuple(
            ChangeRow("results", row["key"], json.loads(row["before"]), json.loads(row["after"]))
            for row in self._connection.execute(_CORRECTIONS, (MOST_CORRECTIONS,))
        )

    def _compare_whole(self) -> None:
        """Compare; raise a Ctrl-C as such, which SQLite takes for a mistake of the function."""
        stopped: list[BaseException] = []

        def result_json(*values: Any) -> str | None:
            try:
                return canonical(dict(zip(_COLUMNS, values, strict=True)))
            except BaseException as error:
                stopped.append(error)
                raise

        self._connection.create_function("result_json", len(_COLUMNS), result_json)
        try:
            self._connection.execute(_COMPARE)
        except sqlite3.OperationalError:
            if stopped:
                raise stopped[0] from None
            raise

    def journal(self, change: int, after_position: int) -> None:
        """Write the journal rows of what differs."""
        if self.undone is not None:
            replay.take_back(self._connection, change, self.undone)
        if self.count:
            self._connection.execute(_JOURNAL, (change, after_position))

    def apply(self, change: int) -> None:
        """Write the records themselves."""
        if self.undone is not None:
            replay.apply(self._connection, change)
        if self.count:
            self._connection.execute(_APPLY, (change,))


_PLACE = KEYS["results"]
_FIGURE = ("value", "of", "base", "rate", "source", "note")
_COLUMNS = (*_PLACE, *_FIGURE)
_NAMES = ", ".join(f'"{column}"' for column in _COLUMNS)

_DIFFERS = " OR ".join(f'r."{column}" IS NOT s."{column}"' for column in _FIGURE)

_STAGED = f"""
CREATE TEMP TABLE staged (
    row INTEGER PRIMARY KEY, {_NAMES}, key TEXT UNIQUE, after, before, number, file, sheet,
    place
)
"""

_COMPARE = f"""
UPDATE temp.staged SET before = (
    SELECT result_json({", ".join(f'r."{column}"' for column in _COLUMNS)}) FROM main.results r
    WHERE r.cluster = staged.cluster AND r.year = staged.year AND r.target = staged.target
        AND r.province IS staged.province AND r.as_of = staged.as_of AND r.basis = staged.basis
)
"""

# Per cell: what is staged, then what stands of its year, the year before and the base year.
_MEETINGS = f"""
WITH cells AS MATERIALIZED (
    SELECT DISTINCT cluster, year, target, province FROM temp.staged
)
SELECT cluster, year, target, province, {", ".join(f'"{column}"' for column in _COLUMNS[4:])},
    NULL AS change, row AS turn, number, file, sheet
FROM temp.staged
UNION ALL
SELECT c.*, {", ".join(f'r."{column}"' for column in _COLUMNS[4:])}, r.change, NULL, NULL, NULL, NULL
FROM cells c
CROSS JOIN main.targets t ON t.cluster = c.cluster AND t.year = c.year AND t.code = c.target
CROSS JOIN main.results r ON r.cluster = c.cluster AND r.target = c.target
    AND r.year IN (c.year, c.year - 1, t.base_year) AND r.province IS c.province
ORDER BY 1, 2, 3, 4, 5, 6
"""

_OUTDATED = f"""
SELECT s.cluster, s.target, s.province, s.row AS turn, s.number, s.file, s.sheet,
    r.change IS NOT NULL AS stands,
    coalesce(r.change, (
        SELECT max(j.change) FROM main.change_rows j WHERE j.table_name = 'results' AND j.key = s.key
    )) AS later
FROM temp.staged s
LEFT JOIN main.results r ON r.cluster = s.cluster AND r.year = s.year AND r.target = s.target
    AND r.province IS s.province AND r.as_of = s.as_of AND r.basis = s.basis
WHERE s.row BETWEEN ? AND ? AND later > ?
    AND (r.change IS NULL OR {_DIFFERS})
ORDER BY s.row
"""

_FROZEN = f"""
SELECT s.row AS turn, s.year, s.number, s.file, s.sheet, s.place FROM temp.staged s
JOIN main.years y ON y.cluster = s.cluster AND y.year = s.year AND y.state = 'closed'
LEFT JOIN main.results r ON r.cluster = s.cluster AND r.year = s.year AND r.target = s.target
    AND r.province IS s.province AND r.as_of = s.as_of AND r.basis = s.basis
WHERE r.change IS NULL OR {_DIFFERS} ORDER BY s.row
"""

_UNPROVING = f"""
SELECT s.row AS turn, s.number, s.file, s.sheet, s.cluster, s.target, s.province, s.as_of,
    coalesce(d.number, d.title, d.name) AS label
FROM temp.staged s
CROSS JOIN main.evidence e ON {" AND ".join(f"e.{name} IS s.{name}" for name in _PLACE)}
CROSS JOIN main.results r ON {" AND ".join(f"r.{name} IS s.{name}" for name in _PLACE)}
    AND {" AND ".join(f'r."{part}" IS e."{part}"' for part in _FIGURE[:4])}
JOIN main.documents d ON d.sha256 = e.document
WHERE {" OR ".join(f'r."{part}" IS NOT s."{part}"' for part in _FIGURE[:4])}
ORDER BY s.row, d.day, d.number, d.name
"""

_CORRECTIONS = """
SELECT key, before, after FROM temp.staged WHERE before IS NOT NULL ORDER BY row LIMIT ?
"""

_JOURNAL = """
INSERT INTO main.change_rows (change, position, table_name, key, before, after, place)
SELECT ?, ? + row_number() OVER (ORDER BY row), 'results', key, before, after, place
FROM temp.staged ORDER BY row
"""

_UPDATES = ", ".join(f'"{column}" = excluded."{column}"' for column in (*_FIGURE, "change"))
_APPLY = f"""
INSERT INTO main.results ({_NAMES}, change) SELECT {_NAMES}, ? FROM temp.staged WHERE true ORDER BY row
ON CONFLICT (cluster, year, target, as_of, basis) WHERE province IS NULL DO UPDATE SET {_UPDATES}
ON CONFLICT (cluster, year, target, province, as_of, basis) DO UPDATE SET {_UPDATES}
"""


def _idle(rows: list[sqlite3.Row]) -> bool:
    """Tell whether a cell has one figure alone, or none that the book does not hold already."""
    if len(rows) == 1:
        return rows[0]["base"] is None
    coming = {tuple(row)[4:12] for row in rows if row["turn"] is not None}
    return coming <= {tuple(row)[4:12] for row in rows if row["turn"] is None}
