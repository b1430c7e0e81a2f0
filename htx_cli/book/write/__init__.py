"""Write to a book, the only place that does: one command, one transaction, one change in the journal.

A command first reads and checks (`make`), then the book is locked for as short as can be. If another
program wrote in between, the check is done again: of few records at once, inside the lock; of many
without it, and only the last time inside.
"""

import errno
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from msgspec.structs import replace
from sqlite_utils import Migrations

from htx_cli.book import copying, migrations, read, schema, verify
from htx_cli.book.file import (
    BeingRead,
    Connection,
    DamagedBook,
    as_book_errors,
    check_name,
    check_tables,
    connect,
    is_busy,
    opened,
    version_of,
)
from htx_cli.book.journal import (
    Line,
    Put,
    Remove,
    Signature,
    Write,
    canonical,
    chained_hash,
    hashed_head,
    key_of,
    moment_text,
)
from htx_cli.book.write import closed_years
from htx_cli.book.write.staging import Staging
from htx_cli.domain.changes import MOST_ROWS, Change, SourceFile
from htx_cli.text.errors import BookUnusable, Phrase, refusal

MOST_TRIES = 3  # to check many figures while others go on writing
FEW = 1  # staged figures that are checked again inside the lock at once

Make = Callable[[Connection, Staging], Sequence[Write]]
Hold = Callable[[Connection, int], None]

# A write with its table, its key, and the record before and after as JSON.
_Row = tuple[Write, tuple[str, str, str | None, str | None]]


def commit(
    path: Path,
    signature: Signature,
    make: Make,
    *,
    hold: Hold | None = None,
    dry_run: bool = False,
    wait: float,
) -> Change:
    """Check with `make`, then write what it returns and what it staged as one change.

    `hold` looks at what the change with that number made of the book, and raises what must not be.
    `make` may be called again, with nothing staged, when another program wrote meanwhile. With
    `dry_run` all is done and then rolled back. Nothing to write makes no change; an older book is
    migrated first. Raises what `make` raises, or BookUnusable.
    """
    with opened(path, wait, older=not dry_run, writing=True) as connection:
        refuse_damage(connection, path)
        if version_of(connection) < schema.VERSION:
            _migrate(connection, path, signature, migrations.STEPS, dry_run=False)
        return _commit(connection, signature, make, hold, dry_run)


def _commit(
    connection: Connection, signature: Signature, make: Make, hold: Hold | None, dry_run: bool
) -> Change:
    tries = MOST_TRIES
    while True:
        tries -= 1
        seen, _ = read.last_change(connection)
        staging = Staging(connection)
        writes = make(connection, staging)
        with transaction(connection, dry_run):
            if _moved(connection, staging, seen):
                if staging.count + staging.differing > FEW and tries:
                    continue
                staging = Staging(connection)
                writes = make(connection, staging)
            change = _write(connection, signature, writes, staging, dry_run)
            if hold and change.count:
                hold(connection, read.last_change(connection)[0])
            return change


def _moved(connection: Connection, staging: Staging, seen: int) -> bool:
    """Tell whether what was checked may be wrong by now. Figures do not depend on other figures."""
    if read.last_change(connection)[0] == seen:
        return False
    figures = staging.count and staging.undone is None
    return not (figures and read.only_results_since(connection, seen))


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
        with (
            as_book_errors(path, wait, writing=True),
            closing(connect(path, wait)) as connection,
            transaction(connection, dry_run),
        ):
            migrations.apply(connection)
            staging = Staging(connection)
            writes = [_schema_version(connection), *make(connection, staging)]
            change = _write(connection, signature, writes, staging, dry_run)
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
        refuse_damage(connection, path)
        return _migrate(connection, path, signature, steps, dry_run)


def refuse_damage(connection: Connection, path: Path) -> None:
    """Refuse to write upon what does not verify, as far as `verify.damage_before_writing` looks.

    Raises BookUnusable; DamagedBook if a foreign trigger stands on a table of ours: it would write too.
    """
    sql = "SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'trigger'"
    for name, table, text in connection.execute(sql):
        if table.lower() in schema.COLUMNS and text not in migrations.TRIGGERS:
            raise DamagedBook(name)
    if found := verify.damage_before_writing(connection):
        if found.code in ("verify_file", "verify_unreadable"):
            raise BookUnusable("book_damaged", path=path, why=Phrase("sqlite_malformed"))
        raise BookUnusable("book_not_well", path=path, where=found.where, why=found)


def _migrate(
    connection: Connection, path: Path, signature: Signature, steps: Migrations, dry_run: bool
) -> tuple[Change, Path | None]:
    nothing = Change(None, (), 0, dry_run), None
    if not _pending(connection, path, steps):
        return nothing
    copy = None
    try:
        with transaction(connection, dry_run):
            if not _pending(connection, path, steps):  # another program was faster
                return nothing
            if not dry_run:
                copy = _kept(path, version_of(connection))
            migrations.apply(connection, steps)
            check_tables(connection)
            writes = [_schema_version(connection)]
            change = _write(connection, signature, writes, Staging(connection), dry_run)
        return change, copy
    except BaseException:
        if copy:
            copy.unlink(missing_ok=True)
        raise


def _pending(connection: Connection, path: Path, steps: Migrations) -> bool:
    """Tell whether the book has yet to take steps; it took all before those, and no others."""
    database = migrations.database
    with closing(sqlite3.connect(":memory:")) as empty:
        known = [step.name for step in steps.pending(database(empty))]
    taken = [step.name for step in steps.applied(database(connection))]
    for step in taken:
        if step not in known:
            raise BookUnusable("book_newer", path=path, found=step, known=schema.VERSION)
    if not taken or taken != known[: len(taken)]:
        raise DamagedBook("_sqlite_migrations")
    return len(taken) < len(known)


def _schema_version(connection: Connection) -> Put:
    return Put("settings", {"name": "schema", "value": str(version_of(connection))})


def _kept(path: Path, version: int) -> Path:
    """Copy the book beside it, whole or not at all, and never over a file that stood there.

    Raises BookUnusable.
    """
    try:
        with copying.beside(path) as made:
            with closing(connect(path, 0)) as source:  # the lock is ours
                copying.copy_open(source, made)
            return copying.put_free(made, path, f"schema-{version}")
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise BookUnusable("book_read_only", path=path) from None
        if error.errno == errno.ENOSPC:
            raise BookUnusable("book_full", path=path) from None
        if error.errno == errno.EIO:
            raise BookUnusable("book_disk_refused", path=path, why=refusal(error)) from None
        raise BookUnusable("book_unreadable", path=path, why=refusal(error)) from None


@contextmanager
def transaction(connection: Connection, dry_run: bool) -> Iterator[None]:
    """Lock the book shortly: all is written, or none, into the file that bears the book's name.

    Raises BeingRead if a reader stays in the way, Gone if the file lost its name.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        check_name(connection)
        connection.execute("ROLLBACK" if dry_run else "COMMIT")
        check_name(connection)
    except BaseException as error:
        if connection.in_transaction:  # SQLite rolls back by itself on a full disk
            connection.execute("ROLLBACK")
        if isinstance(error, sqlite3.Error) and is_busy(error):  # no other writer holds the lock
            raise BeingRead from None
        raise


def _write(
    connection: Connection,
    signature: Signature,
    writes: Sequence[Write],
    staging: Staging,
    dry_run: bool,
) -> Change:
    last, hash_before = read.last_change(connection)
    number = last + 1
    rows = [row for row in (_row(connection, write) for write in writes) if row]
    staging.compare()
    count = len(rows) + staging.differing
    if not count:
        return Change(None, (), 0, dry_run)
    changing = [write for write, _ in rows]
    undoing = staging.undone is not None
    with closed_years.guarded(connection, changing, staging.years(), undoing):
        _write_rows(connection, number, rows, staging)
        seal(connection, number, hash_before, own_head(signature, count), staging.files)
        staging.apply(number)
    change = read.change(connection, number, MOST_ROWS)
    assert change is not None
    if not any(write.table == "handovers" for write in writes):
        change = replace(change, away=read.away(connection))
    return replace(change, head=None, dry_run=True) if dry_run else change


def _write_rows(
    connection: Connection, number: int, rows: Sequence[_Row], staging: Staging
) -> None:
    """Write the journal's rows and files of a change, and the records that it puts or removes."""
    # The head goes in first, for the rows refer to it; its hash is known only after them.
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for position, (write, (table, key, before, after)) in enumerate(rows, 1):
        connection.execute(
            "INSERT INTO change_rows VALUES (?, ?, ?, ?, ?, ?, NULL)",
            (number, position, table, key, before, after),
        )
        _apply(connection, write)
    staging.journal(number, len(rows))
    for position, file in enumerate(staging.files, 1):
        connection.execute(
            "INSERT INTO change_files VALUES (?, ?, ?, ?, ?)",
            (number, position, file.name, file.size, file.sha256),
        )


def seal(
    connection: Connection,
    number: int,
    before: str,
    head: Mapping[str, object],
    files: Iterable[SourceFile],
) -> None:
    """Write the head of a change whose rows are in the journal, hashed over the change before."""
    hash = chained_hash(before, hashed_head(head), _journal_lines(connection, number), files)
    whole = {**head, "id": number, "hash": hash, "origin": head["origin"] or hash}
    names = ", ".join(whole)
    marks = ", ".join("?" * len(whole))
    connection.execute(f"INSERT INTO changes ({names}) VALUES ({marks})", tuple(whole.values()))


def own_head(signature: Signature, rows: int) -> dict[str, object]:
    """Return the journal's columns of a change of our own, beside its number and its hash."""
    return {
        "at": moment_text(signature.at),
        "who": signature.who,
        "command": signature.command,
        "because": signature.because,
        "fixed_clock": int(signature.fixed_clock),
        "rows": rows,
        **dict.fromkeys(("origin", "received_at", "received_by")),
    }


def _row(connection: Connection, write: Write) -> _Row | None:
    """Return what a write does to the book, or None if the record stands so already."""
    before = canonical(read.record(connection, write.table, write.key))
    after = canonical(write.record) if isinstance(write, Put) else None
    if before == after:
        return None
    return write, (write.table, key_of(write.table, write.key), before, after)


def _apply(connection: Connection, write: Write) -> None:
    table = migrations.database(connection).table(write.table)
    nameless = None in write.key.values()  # UNIQUE lets any number of NULLs in
    if isinstance(write, Remove) or nameless:
        where = " AND ".join(f'"{column}" IS ?' for column in write.key)
        connection.execute(f"DELETE FROM {write.table} WHERE {where}", tuple(write.key.values()))
    if isinstance(write, Put) and nameless:
        table.insert(dict(write.record))
    elif isinstance(write, Put):
        table.upsert(dict(write.record), pk=schema.KEYS[write.table])


def _journal_lines(connection: Connection, number: int) -> Iterator[Line]:
    yield from (
        tuple(row)[: 5 if row["place"] else 4]
        for row in connection.execute(
            "SELECT table_name, key, before, after, place FROM change_rows"
            " WHERE change = ? ORDER BY position",
            (number,),
        )
    )
