"""Verify a book against its journal: the file, the tables' form, the chain, the records, the rules.

Nothing here writes. Memory stays flat, however many changes there are: everything is read in order
and compared as it comes.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain, groupby
from typing import Any

from msgspec import Struct

from htx_cli.book import rules, schema, shape
from htx_cli.book.file import damage, version_of
from htx_cli.book.journal import (
    Line,
    alike,
    as_written,
    canonical,
    chained_hash,
    hashed_head,
    moment_in,
    place_in,
    same_record,
)
from htx_cli.domain.changes import SourceFile, record_in
from htx_cli.domain.findings import Finding

MOST_FINDINGS = 100  # that are handed back
SMALL = 2_000_000  # bytes of a book that is looked at whole before it is written
SHORT = 1000  # records of a change that is looked at before another follows

Step = Callable[[sqlite3.Connection], Iterator[Finding]]
_ORIGIN_TWICE = """
SELECT max(id), min(id) FROM main.changes GROUP BY origin HAVING count(*) > 1 ORDER BY 1
"""
_TABLES = tuple(schema.KEYS)


class _NotUtf8(Exception):
    """A text of the book cannot be decoded."""


def findings(connection: sqlite3.Connection) -> tuple[list[Finding], bool]:
    """Find what is wrong with an open book, the first break first, and whether there is more of it.

    The connection reads at one moment. Raises what SQLite says of a file that it may not read now.
    """
    try:
        found = _first(connection)
    except _NotUtf8:
        connection.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
        found = _first(connection)
    return found[:MOST_FINDINGS], len(found) > MOST_FINDINGS


def _first(connection: sqlite3.Connection) -> list[Finding]:
    found = chain.from_iterable(_guarded(step, connection) for step in _STEPS)
    once: list[Finding] = []
    for each in found:
        if each not in once:  # that a page is damaged stops several steps
            once.append(each)
        if len(once) > MOST_FINDINGS:
            break
    return once


def _guarded(step: Step, connection: sqlite3.Connection) -> Iterator[Finding]:
    """Yield what a step finds; where it can go no further, that is its last finding."""
    try:
        yield from step(connection)
    except (sqlite3.Error, MemoryError) as error:
        if (why := damage(error)) is None:
            raise
        if "UTF-8" in why and connection.text_factory is str:
            raise _NotUtf8 from None
        yield Finding("verify_unreadable", {"why": why})


def damage_before_writing(connection: sqlite3.Connection) -> Finding | None:
    """Return the first break that a write would build upon, at the cost of a look before every write.

    A book of up to `SMALL` bytes is looked at whole, but for what others keep beside its tables; of a
    larger one the last change, unless that is long. An older one has only its file looked at.
    """
    connection.execute("BEGIN")  # one moment
    try:
        found = chain.from_iterable(
            _guarded(step, connection) for step in _steps_before(connection)
        )
        return next(found, None)
    except _NotUtf8:
        return Finding("verify_unreadable", {"why": "UTF-8"})
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _steps_before(connection: sqlite3.Connection) -> tuple[Step, ...]:
    if version_of(connection) < schema.VERSION:
        return (_file,)
    pages, size = (
        connection.execute(f"PRAGMA main.{name}").fetchone()[0]
        for name in ("page_count", "page_size")
    )
    return _STEPS_BEFORE if pages * size <= SMALL else (_last_link,)


def _last_link(connection: sqlite3.Connection) -> Iterator[Finding]:
    heads = connection.execute("SELECT * FROM main.changes ORDER BY id DESC LIMIT 2").fetchall()
    if not heads or heads[0]["rows"] > SHORT:
        return
    last, before = heads[0], heads[1]["hash"] if len(heads) > 1 else ""
    if code := _link(connection, last, before):
        yield Finding(code, {"number": str(last["id"])}, change=last["id"])


def names(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the names of the provinces by id, as far as a damaged book tells them."""
    found: dict[str, str] = {}
    with suppress(sqlite3.Error, MemoryError):
        for id, name in connection.execute("SELECT id, name FROM main.provinces"):
            if isinstance(id, str) and isinstance(name, str):
                found[id] = name
    return found


def find_checkpoint(connection: sqlite3.Connection, checkpoint: str) -> list[int]:
    """Find the first changes whose hash, here or where they were made, begins so; 8 to 64 hex digits."""
    sql = "SELECT id FROM main.changes WHERE {0} >= ? AND {0} < ? ORDER BY id LIMIT 2"
    bounds = (checkpoint, f"{checkpoint}g")
    rows = (connection.execute(sql.format(name), bounds) for name in ("hash", "origin"))
    return sorted({row[0] for row in chain.from_iterable(rows)})


# -- the file --------------------------------------------------------------------------------------


def _file(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Run SQLite's own checks: pages, indexes, constraints, references."""
    for (why,) in connection.execute(f"PRAGMA main.integrity_check({MOST_FINDINGS})"):
        if why != "ok":
            yield Finding("verify_file", {"why": why})


def _references(connection: sqlite3.Connection) -> Iterator[Finding]:
    for table, rowid, parent, _ in connection.execute("PRAGMA main.foreign_key_check"):
        yield Finding(
            "verify_reference", {"parent": parent}, table, _key_at(connection, table, rowid)
        )


def _key_at(connection: sqlite3.Connection, table: str, rowid: int | None) -> str | None:
    """Return the natural key of the record in a row, where the table has one."""
    if table not in schema.KEYS or rowid is None:
        return None
    sql = f"SELECT {rules.key_text(table)} FROM main.{table} r WHERE rowid = ?"
    row = connection.execute(sql, (rowid,)).fetchone()
    return row[0] if row else None


# -- the chain -------------------------------------------------------------------------------------


class _Rows(Struct):
    """The rows of a change on their way into its hash: how many, and whether in their places."""

    connection: sqlite3.Connection
    number: int
    count: int = 0
    in_place: bool = True
    as_written: bool = True

    def lines(self) -> Iterator[Line]:
        for row in self.connection.execute(_ROWS_OF, (self.number,)):
            self.count += 1
            self.in_place &= row["position"] == self.count
            self.as_written &= _as_written(row)
            yield tuple(row)[1 : 6 if row["place"] else 5]

    def files(self) -> Iterator[SourceFile]:
        for row in self.connection.execute(_FILES_OF, (self.number,)):
            yield SourceFile(row["name"], row["size"], row["sha256"])


def _as_written(row: sqlite3.Row) -> bool:
    """Tell whether records and place are as htx writes them; SQLite may read others otherwise."""
    records = (text for text in (row["before"], row["after"]) if text is not None)
    return all(map(as_written, records)) and (row["place"] is None or bool(place_in(row["place"])))


_ROWS_OF = """
SELECT position, table_name, key, before, after, place FROM main.change_rows
WHERE change = ? ORDER BY position
"""
_FILES_OF = "SELECT name, size, sha256 FROM main.change_files WHERE change = ? ORDER BY position"


def _chain(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Check that changes are without a gap, each with all its rows, hashed over the one before."""
    last, before = 0, ""
    for change in connection.execute("SELECT * FROM main.changes ORDER BY id"):
        number = change["id"]
        if number != last + 1:
            what = {"number": str(number), "before": str(last)}
            yield Finding("verify_gap", what, change=number)
        if code := _link(connection, change, before):
            yield Finding(code, {"number": str(number)}, change=number)
        last, before = number, change["hash"]
    for number, other in connection.execute(_ORIGIN_TWICE):
        what = {"number": str(number), "other": str(other)}
        yield Finding("verify_origin_twice", what, change=number)


def _link(connection: sqlite3.Connection, change: sqlite3.Row, before: str) -> str | None:
    """Return what is wrong with one change of the chain, the plainest first."""
    rows = _Rows(connection, change["id"])
    try:
        found = chained_hash(before, hashed_head(dict(change)), rows.lines(), rows.files())
    except (TypeError, ValueError, AttributeError):  # no text where one belongs
        return "verify_hash"
    if rows.count != change["rows"]:
        return "verify_rows"
    if not rows.in_place:
        return "verify_positions"
    if found != change["hash"]:
        return "verify_hash"
    if change["received_at"] is None and change["origin"] != change["hash"]:
        return "verify_origin"
    moments = (change["at"], change["received_at"] or change["at"])
    if not (rows.as_written and all(map(moment_in, moments))):
        return "verify_words"
    return None


# -- the records -----------------------------------------------------------------------------------


class _Word(Struct, frozen=True):
    """The journal's last word on a record, and the change that said it."""

    key: bytes
    change: int
    after: str | None


def _replay(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Compare every record with how the change before left it, and tables with the journal's last word."""
    unknown = f"SELECT DISTINCT table_name FROM main.change_rows WHERE table_name NOT IN {_TABLES}"
    for (table,) in connection.execute(unknown):
        yield Finding("verify_table", {}, table)
    for table in schema.KEYS:
        yield from _replayed(connection, table)


def _replayed(connection: sqlite3.Connection, table: str) -> Iterator[Finding]:
    broken: list[Finding] = []
    words = _words(table, connection.execute(_SAID, (table,)), broken)
    for word, row in _side_by_side(words, connection.execute(_standing(table))):
        yield from broken
        broken.clear()
        if (found := _compared(table, word, row)) is not None:
            yield found
    yield from broken


_SAID = """
SELECT coalesce(CAST(key AS BLOB), x'') AS at, change, position,
    CAST(before AS TEXT) AS before, CAST(after AS TEXT) AS after  -- in a damaged book they may be none
FROM main.change_rows WHERE table_name = ? ORDER BY key, change, position
"""


def _standing(table: str) -> str:
    key = rules.key_text(table)
    return (
        f"SELECT coalesce(CAST({key} AS BLOB), x'') AS at, r.* FROM main.{table} r ORDER BY {key}"
    )


def _words(table: str, said: Iterable[sqlite3.Row], broken: list[Finding]) -> Iterator[_Word]:
    """Yield the last word on each record; what does not follow from the word before goes to `broken`."""
    for key, rows in groupby(said, key=lambda row: row["at"]):
        stood: str | None = None
        change = 0
        for row in rows:
            change = row["change"]
            if not alike(row["before"], stood):
                what = {"number": str(change)}
                place = (table, _key(key), change)
                broken.append(Finding("verify_before", what, *place, stood, row["before"]))
            stood = row["after"]
        yield _Word(key, change, stood)


def _side_by_side(
    words: Iterator[_Word], rows: Iterator[sqlite3.Row]
) -> Iterator[tuple[_Word | None, sqlite3.Row | None]]:
    """Pair both in the order of their keys, what has the same key together."""
    word, row = next(words, None), next(rows, None)
    while word or row:
        if row is None or (word and word.key < row["at"]):
            yield word, None
            word = next(words, None)
        elif word is None or row["at"] < word.key:
            yield None, row
            row = next(rows, None)
        else:
            yield word, row
            word, row = next(words, None), next(rows, None)


def _compared(table: str, word: _Word | None, row: sqlite3.Row | None) -> Finding | None:
    """Return what the table says otherwise than the journal, or nothing."""
    said = word.after if word else None
    record: dict[str, Any] = dict(row) if row else {}
    key = record.pop("at", b"")
    writer = record.pop("change", None)  # of a figure
    if word is None:
        return Finding("verify_added", {}, table, _key(key), None, None, _text(record))
    if row is None:
        removed = Finding("verify_removed", {}, table, _key(word.key), word.change, said)
        return removed if said is not None else None
    found = record_in(said)
    if found is None or not same_record(found, record):
        code = "verify_added" if said is None else "verify_altered"
        return Finding(code, {}, table, _key(key), word.change, said, _text(record))
    if writer is not None and writer != word.change:
        what = {"stands": str(writer), "number": str(word.change)}
        return Finding("verify_writer", what, table, _key(key), word.change)
    return None


def _text(record: dict[str, Any]) -> str | None:
    """Encode a record of a table as the journal would keep it."""
    try:
        return canonical(record)
    except (TypeError, ValueError):  # bytes, or a number that is none
        return canonical({name: str(value) for name, value in record.items()})


def _key(key: bytes) -> str:
    return key.decode("utf-8", "surrogateescape")


# -- the rules -------------------------------------------------------------------------------------


def _rules(connection: sqlite3.Connection) -> Iterator[Finding]:
    for each in rules.broken(connection):
        yield Finding(each.code, {}, each.table, each.key)


_STEPS: tuple[Step, ...] = (_file, _references, shape.findings, _chain, _replay, _rules)
_STEPS_BEFORE: tuple[Step, ...] = (_file, _references, shape.of_ours, _chain, _replay, _rules)
