"""Check what the file of a book is made of: tables, indexes, triggers, migrations taken."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache

from htx_cli.book import migrations, schema
from htx_cli.book.file import version_of
from htx_cli.domain.findings import Finding

_Objects = dict[tuple[str, str], tuple[str, str | None]]


def findings(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Compare tables, indexes and triggers with those that htx makes; nothing may stand beside them."""
    wanted, taken = _fresh(schema.VERSION)
    there = _objects(connection)
    for kind, name in {**wanted, **there}:
        what = {"kind": kind, "name": name}
        if (kind, name) not in there:
            yield Finding("verify_object_missing", what)
        elif (kind, name) not in wanted:
            table, _ = there[kind, name]
            yield Finding("verify_object_foreign", what, table if table in schema.COLUMNS else None)
        elif wanted[kind, name] != there[kind, name]:
            yield Finding("verify_object_altered", what)
    encoding = connection.execute("PRAGMA main.encoding").fetchone()[0]
    if encoding != "UTF-8":
        yield Finding("verify_encoding", {"found": encoding})
    if (found := _steps(connection)) != taken:
        yield Finding("verify_steps", {"found": found, "known": taken})
    recorded = connection.execute(
        "SELECT value FROM main.settings WHERE name = 'schema'"
    ).fetchone()
    header = str(version_of(connection))
    if recorded is None or recorded[0] != header:
        records = recorded[0] if recorded else "–"
        yield Finding("verify_version", {"header": header, "records": records})


def of_ours(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Check only our own tables and what stands on them.

    Datasette and its like may keep theirs in a book. The steps that it took are for the migrations
    to look at.
    """
    for found in findings(connection):
        foreign = found.code == "verify_object_foreign" and not found.table
        if not foreign and found.code != "verify_steps":
            yield found


@cache
def _fresh(version: int) -> tuple[_Objects, list[str]]:
    """Return what a new book of the version is made of, and the steps that it took."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        migrations.apply(fresh)
        return _objects(fresh), _steps(fresh)


def _objects(connection: sqlite3.Connection) -> _Objects:
    """Return what a database is made of: kind and name → table and SQL."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM main.sqlite_schema").fetchall()
    return {
        (kind, name): (table, _columns(connection) if name == _STEPS_TABLE else sql)
        for kind, name, table, sql in rows
        if (kind, name) not in _STATISTICS
    }


def _columns(connection: sqlite3.Connection) -> str:
    """Describe the table that sqlite-utils makes, which another version of it may write otherwise."""
    info = connection.execute(f"PRAGMA main.table_info({_STEPS_TABLE})")
    return "; ".join(" ".join(map(str, tuple(row)[1:])) for row in info)


_STEPS_TABLE = "_sqlite_migrations"
_STATISTICS = [("table", "sqlite_stat1"), ("table", "sqlite_stat4")]  # of ANALYZE, harmless


def _steps(connection: sqlite3.Connection) -> list[str]:
    return [row[0] for row in connection.execute(f"SELECT name FROM {_STEPS_TABLE} ORDER BY id")]
