"""An older book is brought up to date with its data, as one change, and a copy of it is kept."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from htx_cli.book import migrations, schema
from htx_cli.book import write as changes
from htx_cli.book.journal import Signature
from htx_cli.domain.changes import Change, ChangeRow
from htx_cli.text.errors import BookUnusable
from tests.support.books import JANUARY, SAMPLE
from tests.support.commands import Run
from tests.support.journal import CORRECT, computed_hashes, rows, stored_hashes, tables
from tests.support.limits import as_anybody

Step = Callable[[Database], None]
NEXT = schema.VERSION + 1
COPY = f"htx-schema-{schema.VERSION}.db"
SIGNED = Signature("tester", datetime.fromisoformat(JANUARY), "migrate", None, True)


def weights(db: Database) -> None:
    """A step of a later htx."""
    db.execute("ALTER TABLE targets ADD COLUMN weight REAL")
    db.execute(f"PRAGMA user_version = {NEXT}")


def broken(db: Database) -> None:
    """A step with a mistake, which is found when half of it is done."""
    db.execute("DELETE FROM results")
    raise RuntimeError("a mistake in this step")


def steps(*more: Step) -> Migrations:
    """The steps of today and some more."""
    made = Migrations("htx")
    for step in migrations.STEPS._migrations:
        made(name=step.name)(step.fn)
    for function in more:
        made()(function)
    return made


def migrate(path: Path, *more: Step, dry_run: bool = False) -> tuple[Change, Path | None]:
    return changes.migrate(path, SIGNED, wait=0, steps=steps(*more), dry_run=dry_run)


@pytest.fixture
def tomorrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """The htx of tomorrow, which knows one step more."""
    monkeypatch.setattr(schema, "VERSION", NEXT)
    monkeypatch.setattr(migrations.STEPS, "_migrations", steps(weights)._migrations)


def folder() -> list[str]:
    return sorted(path.name for path in Path().iterdir())


def test_a_book_of_today_has_nothing_to_migrate(run: Run, sample: Path) -> None:
    answer = run("migrate")
    assert (answer.exit, answer.out) == (0, "")
    assert answer.err.startswith("Nothing to change: ")
    assert migrate(sample) == (Change(None, (), 0), None)
    assert (sample.read_bytes(), folder()) == (SAMPLE.read_bytes(), ["htx.db"])


def test_an_older_book_is_migrated_with_its_data_as_one_change(sample: Path) -> None:
    before = tables(sample)
    change, copy = migrate(sample, weights)
    older = {"name": "schema", "value": str(schema.VERSION)}
    newer = {"name": "schema", "value": str(NEXT)}
    assert change.rows == (ChangeRow("settings", "schema", older, newer),)
    assert rows(sample, "SELECT id, rows, command FROM changes WHERE id > 32") == [
        (33, 1, "migrate")
    ]
    assert computed_hashes(sample) == stored_hashes(sample)
    assert rows(sample, "PRAGMA user_version") == [(NEXT,)]
    assert rows(sample, "PRAGMA foreign_key_check") == []

    now = tables(sample)
    assert {target.pop("weight") for target in now["targets"].values()} == {None}
    assert now == {**before, "settings": {**before["settings"], "schema": newer}}
    assert copy == sample.with_name(COPY)


def test_the_copy_of_an_older_book_opens_and_says_what_the_book_said(
    run: Run, sample: Path
) -> None:
    said = run("report", "--year", "2021")
    migrate(sample, weights)
    assert run("--db", COPY, "report", "--year", "2021") == said
    assert run("--db", COPY, *CORRECT).exit == 0
    newer = run("report", "--year", "2021")
    assert (newer.exit, newer.out) == (5, "")
    assert newer.err == (
        f"htx: htx.db was written by a newer htx (schema {NEXT}, this one knows {schema.VERSION})."
        " Update htx.\n"
    )


def test_a_copy_is_never_written_over_what_is_there(sample: Path) -> None:
    Path(COPY).write_text("mine")
    _, copy = migrate(sample, weights)
    assert copy == sample.with_name(f"htx-schema-{schema.VERSION}-1.db")
    assert Path(COPY).read_text() == "mine"


@pytest.mark.usefixtures("tomorrow")
def test_an_older_book_is_not_read_and_a_write_migrates_it_first(run: Run, sample: Path) -> None:
    refused = run("report", "--year", "2021")
    assert refused.err == (
        "htx: htx.db was written by an older htx. Run “htx migrate”; a copy is kept.\n"
    )
    assert (refused.exit, sample.read_bytes(), folder()) == (5, SAMPLE.read_bytes(), ["htx.db"])

    assert run(*CORRECT).exit == 0
    assert folder() == [COPY, "htx.db"]
    assert rows(
        sample, "SELECT change, table_name, key FROM change_rows WHERE change > 32 ORDER BY change"
    ) == [
        (33, "settings", "schema"),
        (34, "results", "tay-nam-song-hau/2021/1a/can-tho/2021-12-31/actual"),
    ]
    assert run("report", "--year", "2021").exit == 0


@pytest.mark.usefixtures("tomorrow")
def test_migrating_says_where_the_older_book_is_kept(run: Run, sample: Path) -> None:
    answer = run("migrate", "--because", "Bản mới")
    assert answer.exit == 0
    assert answer.err.splitlines()[-1] == f"The older book is kept as {COPY}"
    assert rows(sample, "SELECT because FROM changes WHERE id > 32") == [("Bản mới",)]
    assert run("migrate").err.startswith("Nothing to change: ")


@pytest.mark.usefixtures("tomorrow")
def test_a_dry_run_of_migrating_leaves_the_book_and_makes_no_copy(run: Run, sample: Path) -> None:
    assert run("migrate", "--dry-run").exit == 0
    assert (sample.read_bytes(), folder()) == (SAMPLE.read_bytes(), ["htx.db"])


def test_a_step_that_fails_leaves_the_book_as_it_was(run: Run, sample: Path) -> None:
    with pytest.raises(RuntimeError, match="a mistake in this step"):
        migrate(sample, weights, broken)
    assert sample.read_bytes() == SAMPLE.read_bytes()
    assert run("report", "--year", "2021").exit == 0


def test_a_book_that_could_not_be_migrated_leaves_no_copy_behind(sample: Path) -> None:
    """Whoever tries again while another program writes would find copy upon copy."""
    with closing(sqlite3.connect(sample, isolation_level=None)) as another:
        another.execute("BEGIN IMMEDIATE")
        with pytest.raises(BookUnusable, match="is being written by another program"):
            migrate(sample, weights)
    assert (sample.read_bytes(), folder()) == (SAMPLE.read_bytes(), ["htx.db"])


def test_a_copy_for_which_there_is_no_room_is_not_left_behind(sample: Path) -> None:
    resource = pytest.importorskip("resource", reason="limits are of another kind here")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, hard))
    try:
        with pytest.raises(BookUnusable, match="nothing was written to"):
            migrate(sample, weights)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (sample.read_bytes(), folder()) == (SAMPLE.read_bytes(), ["htx.db"])


def test_a_copy_that_cannot_be_made_is_not_called_read_only_whatever_the_cause(
    sample: Path,
) -> None:
    long = sample.rename(sample.with_name("x" * 250 + ".db"))
    with pytest.raises(BookUnusable) as caught:
        migrate(long, weights)
    assert caught.value.code == "book_unreadable"
    assert (long.read_bytes(), folder()) == (SAMPLE.read_bytes(), [long.name])


def test_of_two_programs_that_migrate_at_once_one_finds_nothing_left_to_do(sample: Path) -> None:
    """It had looked at the book before the other was done."""
    looked: list[int] = []
    others: list[tuple[Change, Path | None]] = []

    class Slow(Migrations):
        """Steps with which the other program is faster."""

        def applied(self, db: Database) -> list[Migrations._AppliedMigration]:
            found = super().applied(db)
            looked.append(len(found))
            if len(looked) == 2:
                others.append(migrate(sample, weights))
            return found

    slow = Slow("htx")
    slow._migrations = steps(weights)._migrations
    done = changes.migrate(sample, SIGNED, wait=0, steps=slow)
    assert (others[0][1], done) == (sample.with_name(COPY), (Change(None, (), 0), None))
    assert folder() == [COPY, "htx.db"]


@pytest.mark.parametrize("words", [["migrate"], ["report", "--year", "2021"]], ids=lambda w: w[0])
@pytest.mark.parametrize(
    ("sql", "lost"),
    [
        ("DROP TABLE shares", "shares.cluster"),
        ("DROP TABLE changes", "changes.at"),
        ("DROP TABLE _sqlite_migrations", "_sqlite_migrations.applied_at"),
        ("ALTER TABLE results RENAME COLUMN value TO valu", "results.value"),
    ],
)
def test_a_book_that_lacks_a_table_or_a_column_is_damaged(
    run: Run, sample: Path, sql: str, lost: str, words: list[str]
) -> None:
    with closing(sqlite3.connect(sample, isolation_level=None)) as connection:
        connection.execute(sql)
    before = sample.read_bytes()
    answer = run(*words)
    assert (answer.exit, answer.out) == (5, "")
    assert answer.err == (
        f"htx: htx.db is damaged ({lost}). Go back to a copy; do not write to this one.\n"
    )
    assert (sample.read_bytes(), folder()) == (before, ["htx.db"])


def test_columns_and_tables_of_somebody_elses_are_no_damage(run: Run, sample: Path) -> None:
    """Datasette and its like keep things of their own in a book."""
    with closing(sqlite3.connect(sample, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE theirs (x)")
        connection.execute("CREATE VIEW seen AS SELECT * FROM results")
    assert run("report", "--year", "2021").exit == 0
    assert run("migrate").exit == 0


def test_a_book_that_took_a_step_of_a_later_htx_is_newer(run: Run, sample: Path) -> None:
    with closing(sqlite3.connect(sample, isolation_level=None)) as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('htx', '002_weights', '')"
        )
    answer = run("migrate")
    assert (answer.exit, answer.out) == (5, "")
    assert answer.err == (
        "htx: htx.db was written by a newer htx (schema 002_weights, this one knows"
        f" {schema.VERSION}). Update htx.\n"
    )


def test_a_book_that_forgot_the_steps_it_took_is_damaged(run: Run, sample: Path) -> None:
    with closing(sqlite3.connect(sample, isolation_level=None)) as connection:
        connection.execute("DELETE FROM _sqlite_migrations")
    answer = run("migrate")
    assert answer.err.startswith("htx: htx.db is damaged (_sqlite_migrations).")
    assert (answer.exit, answer.out, folder()) == (5, "", ["htx.db"])


def test_an_older_book_in_a_read_only_folder_is_refused_in_words() -> None:
    with as_anybody() as place:
        path = place / "htx.db"
        path.write_bytes(SAMPLE.read_bytes())
        place.chmod(0o555)
        with pytest.raises(BookUnusable):
            migrate(path, weights)
        assert path.read_bytes() == SAMPLE.read_bytes()
