"""The only writer: one command, one transaction, one change in the journal.

A command first reads and checks (`make`), then the book is locked for as short as can be. If another
program wrote in between, the check is done again inside the lock.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import Any

from sqlite_utils import Migrations

from htx_cli import migrations, schema
from htx_cli.errors import BookUnusable, HtxError
from htx_cli.journal import Change, Line, Put, Signature, Write, canonical, chained_hash, key_of
from htx_cli.model import Result
from htx_cli.opening import as_book_errors, connect, opened
from htx_cli.store import Reader

MOST_ROWS = 1000  # of a change that are handed back; the journal has them all


Make = Callable[[Reader, "Staging"], Sequence[Write]]


def commit(
    path: Path, signature: Signature, make: Make, *, dry_run: bool = False, wait: float
) -> Change:
    """Check with `make`, then write what it returns and what it staged as one change.

    With `dry_run` all is done and then rolled back. Nothing to write makes no change. Raises what
    `make` raises, BookUnusable, or HtxError("setup_moved").
    """
    if not dry_run:
        _bring_up_to_date(path, signature, wait)
    with opened(path, wait) as connection:
        reader = Reader(connection)
        staging = Staging(connection)
        seen, _ = reader.last_change()
        writes = make(reader, staging)
        with _transaction(connection, dry_run):
            if reader.last_change()[0] != seen:
                if not staging.count:
                    writes = make(reader, staging)
                elif not reader.only_results_since(seen):
                    raise HtxError("setup_moved")
            return _write(connection, reader, signature, writes, staging, dry_run)


def create(path: Path, signature: Signature, make: Make, *, dry_run: bool, wait: float) -> Change:
    """Make a new book; it exists whole or not at all. Raises BookUnusable if something stands there."""
    try:
        path.open("xb").close()
    except FileExistsError:
        raise BookUnusable("book_exists", path=path) from None
    except FileNotFoundError:
        raise BookUnusable("book_folder_missing", path=path.parent) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise BookUnusable("book_unreadable", path=path, why=why) from None
    done = False
    try:
        with as_book_errors(path, wait):
            connection = connect(path, wait)
            try:
                with _transaction(connection, dry_run):
                    migrations.apply(connection)
                    reader, staging = Reader(connection), Staging(connection)
                    writes = [_schema_version(), *make(reader, staging)]
                    change = _write(connection, reader, signature, writes, staging, dry_run)
            finally:
                connection.close()
        done = not dry_run
        return change
    finally:
        if not done:
            path.unlink(missing_ok=True)


def migrate(
    path: Path,
    signature: Signature,
    *,
    wait: float,
    steps: Migrations = migrations.STEPS,
    dry_run: bool = False,
) -> tuple[Change, Path | None]:
    """Bring an older book up to this version, as a change; the old file is kept beside it.

    Gives the change and the copy's path; nothing to do gives an empty change and no copy.
    """
    with opened(path, wait, older=True) as connection:
        before = connection.execute("PRAGMA user_version").fetchone()[0]
        if not steps.pending(migrations.database(connection)):
            return Change(None, (), 0, dry_run), None
        copy = None
        try:
            with _transaction(connection, dry_run):
                copy = None if dry_run else _copy(connection, path, before)
                migrations.apply(connection, steps)
                writes = [_schema_version(connection)]
                reader = Reader(connection)
                change = _write(connection, reader, signature, writes, Staging(connection), dry_run)
        except OSError:
            raise BookUnusable("book_read_only", path=path) from None
        except BaseException:
            if copy:
                copy.unlink()
            raise
        return change, copy


def _bring_up_to_date(path: Path, signature: Signature, wait: float) -> None:
    """A write to an older book migrates it first."""
    with opened(path, wait, older=True) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version < schema.VERSION:
        migrate(path, signature, wait=wait)


def _schema_version(connection: sqlite3.Connection | None = None) -> Put:
    version = schema.VERSION
    if connection is not None:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    return Put("settings", {"name": "schema", "value": str(version)})


def _copy(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    """A copy of the book beside it, never over a file that exists."""
    number = 0
    while True:
        tail = f"-{number}" if number else ""
        copy = path.with_name(f"{path.stem}-schema-{version}{tail}{path.suffix}")
        try:
            copy.open("xb").close()
            break
        except FileExistsError:
            number += 1
    source, target = connect(path, 0), sqlite3.connect(copy)
    source.backup(target)
    source.close()
    target.close()
    return copy


@contextmanager
def _transaction(connection: sqlite3.Connection, dry_run: bool) -> Iterator[None]:
    """One short lock: all of it is written, or none."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("ROLLBACK" if dry_run else "COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite rolls back by itself on a full disk
            connection.execute("ROLLBACK")
        raise


def _write(
    connection: sqlite3.Connection,
    reader: Reader,
    signature: Signature,
    writes: Sequence[Write],
    staging: "Staging",
    dry_run: bool,
) -> Change:
    last, hash_before = reader.last_change()
    number = last + 1
    rows = [row for row in (_row(reader, write) for write in writes) if row]
    staging.compare()
    count = len(rows) + staging.differing
    if not count:
        return Change(None, (), 0, dry_run)
    # The head goes in first, for the rows refer to it; its hash is known only after them.
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for position, (write, (table, key, before, after)) in enumerate(rows, 1):
        connection.execute(
            "INSERT INTO change_rows VALUES (?, ?, ?, ?, ?, ?)",
            (number, position, table, key, before, after),
        )
        _apply(connection, write)
    staging.journal(number, len(rows))
    at = signature.at.astimezone(UTC).isoformat(timespec="microseconds")
    head = {
        "at": at,
        "who": signature.who,
        "command": signature.command,
        "because": signature.because,
        "fixed_clock": int(signature.fixed_clock),
        "rows": count,
    }
    hash_now = chained_hash(hash_before, head, _journal_lines(connection, number))
    connection.execute(
        "INSERT INTO changes (id, at, who, command, because, fixed_clock, rows, hash, origin)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (number, *head.values(), hash_now, hash_now),
    )
    staging.apply(number)
    change = reader.change(number, MOST_ROWS)
    assert change is not None
    return replace(change, head=None, dry_run=True) if dry_run else change


def _row(reader: Reader, write: Write) -> tuple[Write, Line] | None:
    """What a write does to the book, or nothing if the record stands so already."""
    before = canonical(reader.record(write.table, write.key))
    after = canonical(write.record) if isinstance(write, Put) else None
    if before == after:
        return None
    return write, (write.table, key_of(write.table, write.key), before, after)


def _apply(connection: sqlite3.Connection, write: Write) -> None:
    if isinstance(write, Put):
        table = migrations.database(connection).table(write.table)
        table.upsert(dict(write.record), pk=schema.KEYS[write.table])
    else:
        where = " AND ".join(f'"{column}" IS ?' for column in write.key)
        connection.execute(f"DELETE FROM {write.table} WHERE {where}", tuple(write.key.values()))


def _journal_lines(connection: sqlite3.Connection, number: int) -> Iterator[Line]:
    yield from (
        tuple(row)
        for row in connection.execute(
            "SELECT table_name, key, before, after FROM change_rows"
            " WHERE change = ? ORDER BY position",
            (number,),
        )
    )


class Staging:
    """Checked figures on their way into the book, in a TEMP table of the writing connection.

    It may hold a million rows: memory stays flat, and the book is locked only for what is written.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.count = 0  # taken in
        self.differing = 0  # of them not in the book as they are
        self.new = 0  # of those not in the book at all

    def add(self, cluster: str, year: int, result: Result, place: str) -> str | None:
        """Take a figure in; gives the place in the file that brought it already, if one did."""
        if not self.count:
            self._connection.execute(_STAGED)
        figure = result.figure
        record = {
            "cluster": cluster,
            "year": year,
            "target": result.target,
            "province": result.province,
            "as_of": result.as_of.isoformat(),
            "basis": str(result.basis),
            "value": _real(figure.value),
            "of": _real(figure.of),
            "base": _real(figure.base),
            "rate": _real(figure.rate),
            "source": result.source,
            "note": result.note,
        }
        key = key_of("results", record)
        try:
            self._connection.execute(
                f"INSERT INTO temp.staged VALUES ({','.join('?' * 17)})",
                (None, *record.values(), key, canonical(record), None, place),
            )
        except sqlite3.IntegrityError:
            found = self._connection.execute("SELECT place FROM temp.staged WHERE key = ?", (key,))
            return str(found.fetchone()[0])
        self.count += 1
        return None

    def compare(self) -> None:
        """Drop what the book says already; note what it says instead."""
        if not self.count:
            return
        self._connection.create_function("result_json", len(_COLUMNS), _result_json)
        self._connection.execute(_COMPARE)
        self._connection.execute("DELETE FROM temp.staged WHERE before = after")
        left = self._connection.execute("SELECT count(*), count(before) FROM temp.staged")
        self.differing, known = left.fetchone()
        self.new = self.differing - known

    def journal(self, change: int, after_position: int) -> None:
        """Write the journal rows of what differs."""
        if self.differing:
            self._connection.execute(_JOURNAL, (change, after_position))

    def apply(self, change: int) -> None:
        """Write the figures themselves."""
        if self.differing:
            self._connection.execute(_APPLY, (change,))


_COLUMNS = (
    "cluster",
    "year",
    "target",
    "province",
    "as_of",
    "basis",
    "value",
    "of",
    "base",
    "rate",
    "source",
    "note",
)
_NAMES = ", ".join(f'"{column}"' for column in _COLUMNS)
_FIGURE = ("value", "of", "base", "rate", "source", "note")

_STAGED = f"""
CREATE TEMP TABLE staged (
    row INTEGER PRIMARY KEY, {_NAMES}, key TEXT UNIQUE, after, before, place
)
"""

_COMPARE = f"""
UPDATE temp.staged SET before = (
    SELECT result_json({", ".join(f'r."{column}"' for column in _COLUMNS)}) FROM main.results r
    WHERE r.cluster = staged.cluster AND r.year = staged.year AND r.target = staged.target
        AND r.province IS staged.province AND r.as_of = staged.as_of AND r.basis = staged.basis
)
"""

_JOURNAL = """
INSERT INTO main.change_rows (change, position, table_name, key, before, after)
SELECT ?, ? + row_number() OVER (ORDER BY row), 'results', key, before, after
FROM temp.staged ORDER BY row
"""

_UPDATES = ", ".join(f'"{column}" = excluded."{column}"' for column in (*_FIGURE, "change"))
_APPLY = f"""
INSERT INTO main.results ({_NAMES}, change) SELECT {_NAMES}, ? FROM temp.staged WHERE true ORDER BY row
ON CONFLICT (cluster, year, target, as_of, basis) WHERE province IS NULL DO UPDATE SET {_UPDATES}
ON CONFLICT (cluster, year, target, province, as_of, basis) DO UPDATE SET {_UPDATES}
"""


def _result_json(*values: Any) -> str | None:
    return canonical(dict(zip(_COLUMNS, values, strict=True)))


def _real(value: Any) -> float | None:
    return None if value is None else float(value)
