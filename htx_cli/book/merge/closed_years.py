"""Find conflicts of a merge with closed years and signed pacts.

One copy closed a year, or signed its pact, while the other went on writing to it. All in SQL,
beside the other copy that `other_copy` attached, in the caller's transaction.
"""

import sqlite3
from collections.abc import Collection, Iterator

from msgspec import Struct

from htx_cli.book.merge.other_copy import last_said
from htx_cli.book.schema import FORMER
from htx_cli.book.write.closed_years import OF_YEAR, SEATED
from htx_cli.domain.changes import Record, Spot, record_in


class ClosedYearConflict(Struct, frozen=True):
    """Records that a merge would change in a year that was closed or signed without knowing them.

    `code` says which and where, `key` is the year's, `spots` are the records.
    """

    code: str
    key: str
    spots: tuple[Spot, ...]

    @property
    def year(self) -> str:
        """Return the year alone."""
        return self.key.rpartition("/")[2]


def conflicts(
    connection: sqlite3.Connection, common: int, since: int
) -> Iterator[ClosedYearConflict]:
    """Find records of closed years and signed pacts that a merge changed.

    A year is closed, or a pact signed, by a copy that did not know the other's changes: these conflict
    unless they say the same in the end. `common` is the last change that both copies began with,
    `since` our last one before the merge.
    """
    ours, theirs = _years(connection, "main", since), _years(connection, "other")
    for key, (now, _) in _years(connection, "main").items():
        mine, yours = ours.get(key, _NONE), theirs.get(key, _NONE)
        for here in _closings(connection, now, mine, yours, since):
            if here:
                yield from _found(connection, "merge_closed_here", key, OF_YEAR, _BROUGHT, since)
            else:
                yield from _found(connection, "merge_closed_there", key, OF_YEAR, _KEPT, common)
        if now.get("pact") == "signed" and _signed(mine) != _signed(yours):
            code, changed, after = (
                ("merge_signed_here", _BROUGHT, since)
                if _signed(mine)
                else ("merge_signed_there", _KEPT, common)
            )
            yield from _found(connection, code, key, FORMER, changed, after)


class Closing(Struct, frozen=True):
    """A year of a cluster that one copy, `here` this one, closed not knowing the other's changes."""

    cluster: str
    year: int
    here: bool


def closings(connection: sqlite3.Connection, since: int) -> Iterator[Closing]:
    """List the years that are closed after the merge, by who closed each."""
    ours, theirs = _years(connection, "main", since), _years(connection, "other")
    for key, (now, _) in _years(connection, "main").items():
        mine, yours = ours.get(key, _NONE), theirs.get(key, _NONE)
        cluster, _, year = key.rpartition("/")
        for here in _closings(connection, now, mine, yours, since):
            yield Closing(cluster, int(year), here)


def seat_conflict(
    connection: sqlite3.Connection, closing: Closing, common: int, since: int
) -> ClosedYearConflict:
    """Name the seats, leaders and names of a closed year that the other copy made otherwise."""
    key = f"{closing.cluster}/{closing.year}"
    code, changed, after = (
        ("merge_seats_closed_here", _BROUGHT, since)
        if closing.here
        else ("merge_seats_closed_there", _KEPT, common)
    )
    tables = sorted(SEATED - _KEYED_BY_YEAR)
    found = [_spots(connection, key, _KEYED_BY_YEAR, changed, after)]
    found += [_spots(connection, "", tables, changed, after)]
    return ClosedYearConflict(code, key, tuple(spot for spots in found for spot in spots))


_KEYED_BY_YEAR = frozenset({"leaderships", "takeovers"})  # whose keys begin with cluster and year

_Year = tuple[Record, str]  # its record, and the origin of the change that wrote it
_NONE: _Year = ({}, "")


def _years(connection: sqlite3.Connection, copy: str, until: int | None = None) -> dict[str, _Year]:
    """Return each year as a copy has it now, or had it after a change."""
    rows = connection.execute(_YEARS.format(copy=copy), {"until": until})
    return {row["key"]: (record_in(row["after"]) or {}, row["origin"]) for row in rows}


def _closings(
    connection: sqlite3.Connection, now: Record, mine: "_Year", yours: "_Year", since: int
) -> Iterator[bool]:
    """Tell whether the year was closed here, and whether there, not knowing the other's changes."""
    if now.get("state") == "closed":
        if _closed(mine) and not _has(connection, "other", mine):
            yield True
        if _closed(yours) and not _has(connection, "main", yours, since):
            yield False


def _closed(year: _Year) -> bool:
    return year[0].get("state") == "closed"


def _signed(year: _Year) -> bool:
    return year[0].get("pact") == "signed"


def _has(connection: sqlite3.Connection, copy: str, year: _Year, until: int | None = None) -> bool:
    """Tell whether a copy has the change that wrote a year so, or had it after another."""
    sql = f"SELECT 1 FROM {copy}.changes WHERE origin = :origin AND {_UNTIL.format(change='id')}"
    values = {"origin": year[1], "until": until}
    return connection.execute(sql, values).fetchone() is not None


def _found(
    connection: sqlite3.Connection,
    code: str,
    key: str,
    tables: Collection[str],
    changed: str,
    after: int,
) -> Iterator[ClosedYearConflict]:
    if spots := _spots(connection, key, tables, changed, after):
        yield ClosedYearConflict(code, key, spots)


def _spots(
    connection: sqlite3.Connection, key: str, tables: Collection[str], changed: str, after: int
) -> tuple[Spot, ...]:
    """Find the records under a key, of any without one, that were made otherwise."""
    names = ", ".join(f"'{table}'" for table in sorted(tables))
    end = f"{key}0" if key else "\U0010ffff"  # 0 follows /
    values = {"after": after, "start": key, "end": end}
    rows = connection.execute(changed.format(tables=names), values)
    return tuple((row["table_name"], row["key"]) for row in rows)


_UNTIL = "(:until IS NULL OR {change} <= :until)"

_YEARS = f"""
SELECT r.key, r.after, c.origin, max(r.change << 32 | r.position)
FROM {{copy}}.change_rows r JOIN {{copy}}.changes c ON c.id = r.change
WHERE r.table_name = 'years' AND {_UNTIL.format(change="r.change")} GROUP BY r.key
"""

_TOUCHED = """
SELECT DISTINCT table_name, key FROM main.change_rows
WHERE table_name IN ({tables}) AND key >= :start AND key < :end AND change > :after
"""
_NOW = last_said("main", "t")
_STOOD = last_said("main", "t", "AND l.change <= :after")
_THERE = last_said("other", "t")

# Records of ours that what was brought in made otherwise, and those that are otherwise there.
_BROUGHT = f"SELECT * FROM ({_TOUCHED}) t WHERE NOT alike({_NOW}, {_STOOD}) ORDER BY 1, 2"
_KEPT = f"SELECT * FROM ({_TOUCHED}) t WHERE NOT alike({_NOW}, {_THERE}) ORDER BY 1, 2"
