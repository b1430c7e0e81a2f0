"""Years that one copy of a book closed, or signed the pact of, while the other went on writing to them.

All in SQL, beside the other copy that `receiving` attached, in the caller's transaction.
"""

import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from htx_cli.journal import Record, Spot, record_in
from htx_cli.receiving import last_said
from htx_cli.schema import FORMER, FROZEN


@dataclass(frozen=True, slots=True)
class Late:
    """What a merge would make otherwise of a year that was closed or signed without knowing it.

    `code` says which and where, `key` is the year's, `spots` are the records.
    """

    code: str
    key: str
    spots: tuple[Spot, ...]

    @property
    def year(self) -> str:
        """The year alone."""
        return self.key.rpartition("/")[2]


def late(connection: sqlite3.Connection, common: int, since: int) -> Iterator[Late]:
    """What was merged after our change `since`, `common` being the last that both copies began with,
    as far as it changes a year that is closed now, or a pact that is signed now, from how it stood in
    the copy that closed or signed it not knowing the other's.

    A record that says the same in the end is none of it.
    """
    ours, theirs = _years(connection, "main", since), _years(connection, "other")
    for key, (now, _) in _years(connection, "main").items():
        mine, yours = ours.get(key, _NONE), theirs.get(key, _NONE)
        if now.get("state") == "closed":
            if _closed(mine) and not _has(connection, "other", mine):
                yield from _found(connection, "merge_closed_here", key, FROZEN, _BROUGHT, since)
            if _closed(yours) and not _has(connection, "main", yours, since):
                yield from _found(connection, "merge_closed_there", key, FROZEN, _KEPT, common)
        if now.get("pact") == "signed" and _signed(mine) != _signed(yours):
            code, changed, after = (
                ("merge_signed_here", _BROUGHT, since)
                if _signed(mine)
                else ("merge_signed_there", _KEPT, common)
            )
            yield from _found(connection, code, key, FORMER, changed, after)


_Year = tuple[Record, str]  # its record, and the origin of the change that wrote it
_NONE: _Year = ({}, "")


def _years(connection: sqlite3.Connection, copy: str, until: int | None = None) -> dict[str, _Year]:
    """Each year as a copy has it now, or had it after a change."""
    rows = connection.execute(_YEARS.format(copy=copy), {"until": until})
    return {row["key"]: (record_in(row["after"]) or {}, row["origin"]) for row in rows}


def _closed(year: _Year) -> bool:
    return year[0].get("state") == "closed"


def _signed(year: _Year) -> bool:
    return year[0].get("pact") == "signed"


def _has(connection: sqlite3.Connection, copy: str, year: _Year, until: int | None = None) -> bool:
    """Whether a copy has the change that wrote a year so, or had it after another."""
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
) -> Iterator[Late]:
    names = ", ".join(f"'{table}'" for table in sorted(tables))
    values = {"after": after, "start": f"{key}/", "end": f"{key}0"}  # 0 follows /
    rows = connection.execute(changed.format(tables=names), values).fetchall()
    if rows:
        yield Late(code, key, tuple((row["table_name"], row["key"]) for row in rows))


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
