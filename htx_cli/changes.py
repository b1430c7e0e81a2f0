"""The only writer: one command, one transaction, one change in the journal.

A command first reads and checks (`make`), then the book is locked for as short as can be. If another
program wrote in between, the check is done again inside the lock.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC
from pathlib import Path

from sqlite_utils import Migrations

from htx_cli import migrations, schema
from htx_cli.errors import BookUnusable, HtxError, refusal
from htx_cli.journal import Change, Line, Put, Signature, Write, canonical, chained_hash, key_of
from htx_cli.opening import as_book_errors, connect, opened
from htx_cli.staging import Staging
from htx_cli.store import Reader

MOST_ROWS = 1000  # of a change that are handed back; the journal has them all


Make = Callable[[Reader, Staging], Sequence[Write]]


def commit(
    path: Path, signature: Signature, make: Make, *, dry_run: bool = False, wait: float
) -> Change:
    """Check with `make`, then write what it returns and what it staged as one change.

    With `dry_run` all is done and then rolled back. Nothing to write makes no change. Raises what
    `make` raises, BookUnusable, or HtxError("setup_moved").
    """
    if not dry_run:
        _bring_up_to_date(path, signature, wait)
    with opened(path, wait, writing=True) as connection:
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
        raise BookUnusable("book_unreadable", path=path, why=refusal(error)) from None
    done = False
    try:
        with as_book_errors(path, wait, writing=True):
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
    with opened(path, wait, older=True, writing=True) as connection:
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
    try:
        with closing(connect(path, 0)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
    except BaseException:
        copy.unlink()
        raise
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
    staging: Staging,
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
