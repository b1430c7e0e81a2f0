"""A second reader of the book, which shares nothing with htx: SQLite, JSON and SHA-256 alone.

`troubles` says what is wrong with a book: SQLite's own checks, the journal's chain of hashes, and
every table against the journal's last word on each record. `content` is the same for two books that
say the same.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

STEPS = "_sqlite_migrations"  # sqlite-utils makes it: its columns count, not how it wrote them down
JOURNAL = ("changes", "change_rows", "change_files", STEPS)
HEAD = ("at", "because", "command", "fixed_clock", "rows", "who")  # in the order of the alphabet
RECEIVED = ("origin", "received_at", "received_by")  # hashed too where a change came from a copy
Record = dict[str, Any]


def connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    return connection


def troubles(path: Path) -> list[str]:
    """What is wrong with a book; nothing if it is sound."""
    with closing(connected(path)) as book:
        try:
            return [*_sqlite(book), *_chain(book), *_replay(book)]
        except (sqlite3.Error, ValueError, KeyError, TypeError, OverflowError) as error:
            return [f"unreadable: {error}"]


def _sqlite(book: sqlite3.Connection) -> Iterator[str]:
    found = [row[0] for row in book.execute("PRAGMA integrity_check")]
    yield from (f"integrity: {each}" for each in found if each != "ok")
    yield from (f"foreign key: {tuple(row)}" for row in book.execute("PRAGMA foreign_key_check"))


def _columns(book: sqlite3.Connection, table: str) -> list[str]:
    return [row["name"] for row in book.execute(f"PRAGMA table_info({table})")]


def keys(book: sqlite3.Connection) -> dict[str, list[str]]:
    """The natural key of every table that the journal tells of; NULL is written as “all” in it."""
    tables = book.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    names = [row[0] for row in tables if row[0] not in JOURNAL and not row[0].startswith("sqlite_")]
    return {name: _key(book, name) for name in names}


def _key(book: sqlite3.Connection, table: str) -> list[str]:
    """The columns of its primary key, else of what is unique in it."""
    about = book.execute(f"PRAGMA table_info({table})").fetchall()
    if primary := sorted((row["pk"], row["name"]) for row in about if row["pk"]):
        return [name for _, name in primary]
    indexes = book.execute(f"PRAGMA index_list({table})").fetchall()
    [unique] = [row["name"] for row in indexes if row["origin"] == "u"]
    return [row["name"] for row in book.execute(f"PRAGMA index_info({unique})")]


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _chain(book: sqlite3.Connection) -> Iterator[str]:
    before = ""
    files = "SELECT name, size, sha256 FROM change_files WHERE change = ? ORDER BY position"
    with_files = bool(_columns(book, "change_files"))
    records = "SELECT * FROM change_rows WHERE change = ? ORDER BY position"
    for expected, change in enumerate(book.execute("SELECT * FROM changes ORDER BY id"), 1):
        number = change["id"]
        if number != expected:
            yield f"change {number} stands where {expected} should"
            return
        names = [*HEAD]
        if "received_at" in change.keys() and change["received_at"] is not None:  # noqa: SIM118
            names = sorted([*HEAD, *RECEIVED])
        elif change["origin"] != change["hash"]:
            yield f"change {number} was made here and has another origin"
        digest = hashlib.sha256(before.encode())
        digest.update(b"\n" + _line({name: change[name] for name in names}).encode())
        count = 0
        for count, row in enumerate(book.execute(records, (number,)), 1):
            parts = [row["table_name"], row["key"], row["before"], row["after"]]
            if "place" in row.keys() and row["place"]:  # noqa: SIM118
                parts.append(row["place"])
            digest.update(b"\n" + _line(parts).encode())
            if row["position"] != count:
                yield f"row {count} of change {number} is called {row['position']}"
        for row in book.execute(files, (number,)) if with_files else ():
            digest.update(b"\n" + _line(list(row)).encode())
        if count != change["rows"]:
            yield f"change {number} has {count} rows and says {change['rows']}"
        if digest.hexdigest() != change["hash"]:
            yield f"the hash of change {number} is not what its rows give"
        before = change["hash"]
    for table in ("change_rows", *(["change_files"] if with_files else [])):
        sql = f"SELECT count(*) FROM {table} WHERE change NOT IN (SELECT id FROM changes)"
        if lonely := book.execute(sql).fetchone()[0]:
            yield f"{lonely} of {table} belong to no change"


def _replay(book: sqlite3.Connection) -> Iterator[str]:
    """Every before-image is what stood there, and what the journal leaves is what the tables have."""
    says: dict[tuple[str, str], tuple[Record, int]] = {}
    sql = "SELECT change, table_name, key, before, after FROM change_rows ORDER BY change, position"
    for change, table, key, before, after in book.execute(sql):
        stood, _ = says.pop((table, key), (None, 0))
        if _full(stood) != _full(json.loads(before) if before is not None else None):
            yield f"change {change} says that {table} {key} was {before}, and it was {stood}"
        if after is not None:
            says[table, key] = (json.loads(after), change)
    for table, names in keys(book).items():
        for row in book.execute(f"SELECT * FROM {table}"):
            record = dict(row)
            writer = record.pop("change", None)
            key = "/".join("all" if record[n] is None else str(record[n]) for n in names)
            said, change = says.pop((table, key), (None, 0))
            if _full(said) != _full(record):
                yield f"{table} {key} is {record}, and the journal says {said}"
            if writer is not None and writer != change:
                yield f"{table} {key} names change {writer}, and {change} wrote it"
    yield from (f"{table} {key} is gone" for table, key in says)


def _full(record: Record | None) -> Record | None:
    """A record without what is not said: older changes do not know newer columns."""
    if record is None:
        return None
    return {name: value for name, value in record.items() if value is not None}


def content(path: Path) -> str:
    """A fingerprint of all that a book says: its version, its schema, and every row of its tables."""
    digest = hashlib.sha256()
    with closing(connected(path)) as book:
        for pragma in ("user_version", "application_id"):
            digest.update(repr(tuple(book.execute(f"PRAGMA {pragma}").fetchone())).encode())
        sql = f"iif(name = '{STEPS}', NULL, sql)"
        schema = book.execute(
            f"SELECT type, name, tbl_name, {sql} FROM sqlite_schema ORDER BY 2, 1"
        )
        made = [tuple(row) for row in schema]
        digest.update(
            repr([tuple(row) for row in book.execute(f"PRAGMA table_info({STEPS})")]).encode()
        )
        digest.update(repr(made).encode())
        for kind, name, _, _ in made:
            if kind != "table" or name.startswith("sqlite_"):
                continue
            columns = [c for c in _columns(book, name) if c != "applied_at"]  # the wall clock
            listed = ", ".join(f'"{column}"' for column in columns)
            for row in book.execute(f'SELECT {listed} FROM "{name}" ORDER BY rowid'):
                digest.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
