"""The tables: what the schema says of itself, and the nonsense that the database refuses."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from htx_cli.book import schema

# -- the schema ------------------------------------------------------------------------------------


@pytest.fixture
def tables_of(sample: Path) -> Iterator[sqlite3.Connection]:
    """The sample, as another program of care opens it."""
    with closing(sqlite3.connect(sample, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


def test_the_tables_are_those_of_the_schema_and_the_journal_all_strict(
    tables_of: sqlite3.Connection,
) -> None:
    found = tables_of.execute(
        "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"
        " AND name NOT LIKE '%sqlite%'"
    ).fetchall()
    assert dict(found) == dict.fromkeys([*schema.KEYS, "changes", "change_rows", "change_files"], 1)


def test_the_columns_of_a_book_are_those_that_opening_it_looks_for(
    tables_of: sqlite3.Connection,
) -> None:
    found: dict[str, set[str]] = {}
    for table, column in tables_of.execute(
        "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c"
        " WHERE t.type = 'table'"
    ):
        found.setdefault(table, set()).add(column)
    assert found == schema.COLUMNS


@pytest.mark.parametrize("table", schema.KEYS)
def test_a_natural_key_is_unique_in_the_database_itself(
    tables_of: sqlite3.Connection, table: str
) -> None:
    unique = tables_of.execute(
        f"SELECT name FROM pragma_index_list('{table}') WHERE \"unique\" AND NOT partial"
    ).fetchall()
    keys = [
        tuple(c for (c,) in tables_of.execute(f"SELECT name FROM pragma_index_info('{index}')"))
        for (index,) in unique
    ]
    assert schema.KEYS[table] in keys


def test_the_schema_says_in_its_own_words_what_its_columns_mean(
    tables_of: sqlite3.Connection,
) -> None:
    """Whoever opens the book with `sqlite3` and types .schema finds the comments."""
    said = dict(tables_of.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'"))
    told = {
        "members": "turn in the rotation",
        "lines": "the sentences of the pact, as signed",
        "shares": "NULL: not assigned to it",
        "results": "NULL: the whole cluster",
        "changes": "SHA-256 over the previous hash",
        "change_rows": "each record touched, whole, before and after",
    }
    assert {table: words for table, words in told.items() if words in said[table]} == told


def test_the_header_of_the_file_says_what_it_is(tables_of: sqlite3.Connection) -> None:
    assert tables_of.execute("PRAGMA application_id").fetchone() == (int.from_bytes(b"HTX1"),)
    assert tables_of.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
    assert tables_of.execute("PRAGMA foreign_key_check").fetchall() == []
    assert tables_of.execute("PRAGMA integrity_check").fetchone() == ("ok",)


# -- what the database refuses ---------------------------------------------------------------------

HERE = {"cluster": "tay-nam-song-hau", "year": 2021}
GOOD: dict[str, dict[str, Any]] = {
    "provinces": {"id": "x", "name": "X", "code": None, "first_day": "2021-01-01"},
    "successions": {
        "predecessor": "can-tho",
        "successor": "ha-noi",
        "day": "2025-07-01",
        "kind": "merged",
    },
    "aliases": {"alias": "Tây Đô", "province": "can-tho"},
    "clusters": {"id": "x", "name": "X"},
    "members": {
        "cluster": "tay-nam-song-hau",
        "province": "ben-tre",
        "seat": 8,
        "first_day": "2021-01-01",
        "last_day": "2021-12-31",
    },
    "leaderships": {**HERE, "year": 2022, "leader": "can-tho", "deputy": "ca-mau", "deputy_known": 1},
    "years": {**HERE, "year": 2022, "state": "open"},
    "lines": {**HERE, "line": "10", "text": None},
    "targets": {
        **HERE,
        "code": "x",
        "title": "X",
        "kind": "count",
        "bound": "at_least",
        "threshold": 20,
        "level": 0,
        "scope": "each",
    },
    "shares": {**HERE, "target": "1a", "province": "can-tho", "threshold": 12},
    "results": {
        **HERE,
        "target": "htx",
        "province": None,
        "as_of": "2021-03-31",
        "basis": "actual",
        "value": 150,
        "of": 200,
        "change": 32,
    },
    "changes": {"id": 33, "at": "", "who": "", "command": "", "fixed_clock": 0, "rows": 1,
                "hash": "x", "origin": "x"},
    "change_rows": {"change": 33, "position": 1, "table_name": "years", "key": "x", "after": "{}"},
}  # fmt: skip
GROWTH = {"kind": "growth", "base_year": 2020}
RATE = {"value": None, "of": None, "rate": 62.5}

# table, what is wrong in its good record, what SQLite says, what it means
REFUSED: list[tuple[str, dict[str, Any], str, str]] = [
    ("provinces", {"id": "can-tho"}, "UNIQUE", "the id is taken"),
    ("provinces", {"first_day": "2021-02-30"}, "CHECK", "30 February"),
    ("members", {"last_day": "2021-04-31"}, "CHECK", "31 April"),
    ("provinces", {"first_day": "1/1/2021"}, "CHECK", "no ISO date"),
    ("provinces", {"first_day": "2021-01-01 08:00"}, "CHECK", "a time"),
    ("provinces", {"first_day": None}, "NOT NULL", "no first day"),
    ("provinces", {"last_day": "2020-12-31"}, "CHECK", "it ends before it begins"),
    ("provinces", {"name": b"X"}, "cannot store BLOB", "a name that is no text"),
    ("successions", {"successor": "x"}, "FOREIGN KEY", "into nobody"),
    ("successions", {"kind": "split"}, "CHECK", "no such event"),
    ("aliases", {"province": "x"}, "FOREIGN KEY", "another spelling of nobody"),
    ("clusters", {"id": "y", "name": "Cụm thi đua Liên minh HTX các tỉnh, thành phố Tây nam sông Hậu"},
     "UNIQUE", "the name is taken"),
    ("members", {"province": "x"}, "FOREIGN KEY", "nobody joins"),
    ("members", {"seat": 0}, "CHECK", "no such seat"),
    ("members", {"seat": 1.5}, "cannot store REAL", "half a seat"),
    ("members", {"last_day": "2020-12-31"}, "CHECK", "it leaves before it joins"),
    ("members", {"province": "can-tho", "first_day": "2018-01-01"}, "UNIQUE", "it joined that day"),
    ("leaderships", {"deputy": "can-tho"}, "CHECK", "the deputy is the leader"),
    ("leaderships", {"deputy_known": 0}, "CHECK", "a deputy that nobody knows"),
    ("leaderships", {"year": 2021}, "UNIQUE", "two leaders of a year"),
    ("leaderships", {"elected_on": "2022-13-01"}, "CHECK", "month 13"),
    ("years", {"state": "lost"}, "CHECK", "no such state"),
    ("years", {"year": 21}, "CHECK", "a year of two digits"),
    ("lines", {"year": 2022}, "FOREIGN KEY", "a line of no pact"),
    ("targets", {"kind": "score"}, "CHECK", "no such kind"),
    ("targets", {"bound": None}, "CHECK", "a threshold without a bound"),
    ("targets", {"threshold": None}, "CHECK", "a bound without a threshold"),
    ("targets", {"bound": None, "threshold": None}, "CHECK", "a count that asks for nothing"),
    ("targets", {"kind": "yes-no"}, "CHECK", "a yes of at least 20"),
    ("targets", {"kind": "tracked"}, "CHECK", "a tracked target with a threshold"),
    ("targets", {"kind": "ratio", "threshold": 101}, "CHECK", "more than all"),
    ("targets", {"kind": "ratio", "level": 1}, "CHECK", "a ratio is no count"),
    ("targets", {"threshold": float("inf")}, "CHECK", "without end"),
    ("targets", {"base_year": 2020}, "CHECK", "a count grows from nothing"),
    ("targets", {**GROWTH, "base_year": None}, "CHECK", "growth from nowhere"),
    ("targets", {**GROWTH, "base_year": 2021}, "CHECK", "growth over itself"),
    ("targets", {"scope": "some"}, "CHECK", "no such scope"),
    ("targets", {"line": "99"}, "FOREIGN KEY", "on no line"),
    ("targets", {"code": "1a"}, "UNIQUE", "the code is taken"),
    ("shares", {"target": "99"}, "FOREIGN KEY", "of no target"),
    ("shares", {"threshold": float("-inf")}, "CHECK", "without end"),
    ("results", {"value": float("inf"), "of": None}, "CHECK", "without end"),
    ("results", {"of": float("inf")}, "CHECK", "of all there is"),
    ("results", {"value": float("nan")}, "CHECK", "not a number"),
    ("results", {"value": "hai mươi"}, "cannot store TEXT", "a number in words"),
    ("results", {"value": 201}, "CHECK", "more than the whole"),
    ("results", {"value": None}, "CHECK", "neither value nor rate"),
    ("results", {"rate": 75.0}, "CHECK", "both value and rate"),
    ("results", {**RATE, "of": 200}, "CHECK", "a bare rate with a whole"),
    ("results", {**RATE, "base": 200}, "CHECK", "a bare rate with a base"),
    ("results", {"as_of": "2021-02-30"}, "CHECK", "30 February"),
    ("results", {"as_of": "2020-12-31"}, "CHECK", "of another year"),
    ("results", {"basis": "guess"}, "CHECK", "no such basis"),
    ("results", {"target": "99"}, "FOREIGN KEY", "of no target"),
    ("results", {"province": "x"}, "FOREIGN KEY", "of no province"),
    ("results", {"change": 33}, "FOREIGN KEY", "that no change wrote"),
    ("results", {**HERE, "year": 2020, "target": "tht", "as_of": "2020-12-31"}, "UNIQUE",
     "the whole cluster twice"),
    ("results", {"target": "1a", "province": "can-tho", "as_of": "2021-12-31"}, "UNIQUE",
     "a province twice"),
    ("changes", {"fixed_clock": 2}, "CHECK", "neither fixed nor real"),
    ("changes", {"who": None}, "NOT NULL", "nobody wrote"),
    ("change_rows", {}, "FOREIGN KEY", "of no change"),
    ("change_rows", {"after": None}, "CHECK", "nothing became nothing"),
]  # fmt: skip


def insert(connection: sqlite3.Connection, table: str, record: dict[str, Any]) -> None:
    names = ", ".join(f'"{name}"' for name in record)
    marks = ", ".join("?" * len(record))
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(record.values()))


@pytest.mark.parametrize("table", [table for table in GOOD if table != "change_rows"])
def test_a_good_record_is_taken(tables_of: sqlite3.Connection, table: str) -> None:
    """So what is refused below is refused for the one thing that is wrong in it."""
    insert(tables_of, table, GOOD[table])


@pytest.mark.parametrize(
    ("table", "wrong", "why"),
    [(table, wrong, why) for table, wrong, why, _ in REFUSED],
    ids=[f"{table}: {meaning}" for table, _, _, meaning in REFUSED],
)
def test_the_database_itself_refuses(
    tables_of: sqlite3.Connection, table: str, wrong: dict[str, Any], why: str
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=why):
        insert(tables_of, table, {**GOOD[table], **wrong})


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE changes SET who = 'nobody' WHERE id = 32",
        "DELETE FROM changes WHERE id = 32",
        "UPDATE change_rows SET after = '{}' WHERE change = 32 AND position = 1",
        "DELETE FROM change_rows WHERE change = 32",
        "REPLACE INTO changes SELECT id, at, 'nobody', command, because, fixed_clock, rows, hash,"
        " origin, received_at, received_by FROM changes WHERE id = 32",
        "REPLACE INTO change_rows SELECT change, position, table_name, key, before, '{}',"
        " place FROM change_rows WHERE change = 32 AND position = 1",
    ],
    ids=lambda sql: " ".join(sql.split()[:3]),
)
def test_the_journal_is_only_added_to(tables_of: sqlite3.Connection, sql: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="the journal is only added to"):
        tables_of.execute(sql)
