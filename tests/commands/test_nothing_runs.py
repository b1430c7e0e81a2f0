"""Nothing in a book or a file is ever run, and no file is made but those that were named."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from htx_cli.book import file as opening
from htx_cli.book import read as store
from tests.support.books import TESTS
from tests.support.commands import Answer, Run
from tests.support.import_files import FILES

pytestmark = pytest.mark.slow

# -- what runs -------------------------------------------------------------------------------------

WATCHED = """
import json, sys
seen = []
NEVER = ("socket.connect", "socket.getaddrinfo", "socket.bind", "subprocess.Popen", "os.system",
         "os.exec", "os.spawn", "os.posix_spawn", "os.fork", "pickle.find_class", "urllib.Request",
         "sqlite3.load_extension", "sqlite3.enable_load_extension", "webbrowser.open")
def watch(event, args):
    if event in NEVER:
        seen.append([event, repr(args)[:200]])
    elif event == "open" and isinstance(args[0], str) and args[1] and set(args[1]) & set("wax+"):
        seen.append(["written", args[0]])
sys.addaudithook(watch)
from htx_cli.cli import app
for words in json.loads(sys.argv[1]):
    try:
        app(words)
    except SystemExit:
        pass
with open(1, "w") as out:
    out.write("\\n" + json.dumps(seen))
"""


def watched(*commands: list[str]) -> list[list[str]]:
    """What commands do that Python can see: connections, processes, extensions, files opened to write."""
    done = subprocess.run(
        [sys.executable, "-B", "-c", WATCHED, json.dumps(commands)],
        capture_output=True,
        check=True,
    )
    seen: list[list[str]] = json.loads(done.stdout.decode().splitlines()[-1])
    return [each for each in seen if each != ["written", 1]]


def test_no_file_that_is_imported_runs_anything_or_reaches_anywhere(sample: Path) -> None:
    """Every file of the tests, and one that is a pickle."""
    pickled = Path("pickle.csv")
    pickled.write_bytes(b"cos\nsystem\n(S'touch owned'\ntR.")
    files = [path for path in FILES.iterdir() if not path.name.endswith(".expected.json")]
    imports = [["import", str(path), "--year", "2021", "--dry-run"] for path in (*files, pickled)]
    assert watched(*imports) == []
    assert {path.name for path in Path().iterdir()} == {"htx.db", "pickle.csv"}


def test_only_the_files_that_are_named_are_written(sample: Path) -> None:
    seen = watched(
        ["record", "can tho", "1a", "21", "--as-of", "2021-12-31"],
        ["rotate-leader", "--year", "2022"],
        ["report", "--year", "2021"],
        ["report", "--year", "2021", "-o", "report.csv"],
        ["export", "all.xlsx"],
        ["template", "--year", "2021", "-o", "made", "--province", "can tho"],
    )
    beside = re.compile(r"(.*/)?\.(report\.csv|all\.xlsx|[^/]*\.xlsx)\.[^/]*\.part")
    temporary = re.compile(
        r"/(dev/shm|tmp|var/tmp)/[^/]+"
    )  # of the system, and without a name soon
    odd = [name for _, name in seen if not (beside.fullmatch(name) or temporary.match(name))]
    assert ([event for event, _ in seen if event != "written"], odd) == ([], [])
    names = {path.name for path in Path().iterdir()}
    assert names == {"htx.db", "report.csv", "all.xlsx", "made"}


PLUGIN = """
from pathlib import Path
Path("owned").touch()
from sqlite_utils import hookimpl
@hookimpl
def prepare_connection(conn):
    Path("owned").touch()
"""


def test_no_plugin_of_sqlite_utils_is_run(sample: Path, tmp_path: Path) -> None:
    """Whoever can put a package on the machine's path is no concern here; a plugin is loaded by name."""
    packages = tmp_path / "packages"
    about = packages / "evil-1.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: evil\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[sqlite_utils]\nevil = evil\n")
    (packages / "evil.py").write_text(PLUGIN)
    done = subprocess.run(
        [sys.executable, "-m", "htx_cli", "record", "can tho", "1a", "21", "--as-of", "2021-12-31"],
        env={**os.environ, "PYTHONPATH": str(packages)},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, Path("owned").exists()) == (0, False)


def test_a_book_can_load_no_extension(sample: Path) -> None:
    with opening.opened(sample) as connection:
        assert connection.execute("PRAGMA trusted_schema").fetchone()[0] == 0
        with pytest.raises(sqlite3.OperationalError, match="not authorized"):
            connection.execute("SELECT load_extension('x')")


STEAL = "CREATE TRIGGER steal AFTER INSERT ON {} BEGIN UPDATE results SET value = 99; END"


@pytest.mark.parametrize("table", ["results", "RESULTS", "changes", "change_rows"])
def test_a_trigger_of_somebody_elses_never_runs(run: Run, sample: Path, table: str) -> None:
    with closing(sqlite3.connect(sample)) as connection:
        connection.execute(STEAL.format(table))
    before = sample.read_bytes()
    assert run("report", "--year", "2021").exit == 0
    answer = run("record", "can tho", "1a", "7", "--as-of", "2021-11-30")
    said = "htx: htx.db is damaged (steal). Go back to a copy; do not write to this one.\n"
    assert (answer.exit, answer.err, sample.read_bytes()) == (5, said, before)


def test_a_trigger_of_ours_that_somebody_rewrote_never_runs(run: Run, sample: Path) -> None:
    with closing(sqlite3.connect(sample)) as connection:
        connection.execute("DROP TRIGGER changes_stay")
        connection.execute(STEAL.format("results").replace("steal", "changes_stay"))
    before = sample.read_bytes()
    assert run("record", "can tho", "1a", "7", "--as-of", "2021-11-30").exit == 5
    assert sample.read_bytes() == before


def test_a_view_or_a_virtual_table_of_somebody_elses_is_never_asked(run: Run, sample: Path) -> None:
    """One that needs a module which is not there would stop whoever asks it."""
    with closing(sqlite3.connect(sample)) as connection:
        connection.execute("CREATE VIEW v AS SELECT load_extension('x')")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "INSERT INTO sqlite_schema VALUES"
            " ('table', 'theirs', 'theirs', 0, 'CREATE VIRTUAL TABLE theirs USING absent(x)')"
        )
        connection.commit()
    assert run("report", "--year", "2021").exit == 0
    assert run("record", "can tho", "1a", "7", "--as-of", "2021-11-30").exit == 0


def test_a_view_in_the_place_of_a_table_is_damage(run: Run, sample: Path) -> None:
    with closing(sqlite3.connect(sample)) as connection:
        connection.execute("ALTER TABLE shares RENAME TO other")
        connection.execute("CREATE VIEW shares AS SELECT * FROM other")
    assert run("report", "--year", "2021").exit == 5


def test_reading_a_book_never_writes_to_it(run: Run, sample: Path) -> None:
    with (
        store.reading(sample) as connection,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        connection.execute("DELETE FROM shares")


# -- files -----------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="modes of files are POSIX's")
@pytest.mark.parametrize(("mask", "mode"), [(0o022, "0o644"), (0o027, "0o640"), (0o077, "0o600")])
def test_every_file_that_is_made_has_the_mode_that_the_umask_gives(
    run: Run, sample: Path, tmp_path: Path, mask: int, mode: str
) -> None:
    older = TESTS / "data" / "books" / "schema-1.db"
    Path("older.db").write_bytes(older.read_bytes())
    before = os.umask(mask)
    try:
        assert run("--db", "new.db", "init").exit == 0
        assert run("--db", "older.db", "migrate").exit == 0
        assert run("report", "--year", "2021", "-o", "report.csv").exit == 0
        assert run("export", "all.xlsx").exit == 0
        assert run("template", "--year", "2021", "-o", "made", "--province", "can tho").exit == 0
    finally:
        os.umask(before)
    made = [p for p in tmp_path.rglob("*") if p.is_file() and p.name not in ("htx.db", "older.db")]
    assert len(made) == 5
    assert {path.name: oct(path.stat().st_mode & 0o777) for path in made} == {
        path.name: mode for path in made
    }


@pytest.mark.parametrize(
    "words",
    [
        ["report", "--year", "1999", "-o", "x.csv"],
        ["export", "x.xlsx", "--cluster", "none"],
        ["template", "--year", "1999", "-o", "made"],
        ["import", "none.csv", "--problems", "x.xlsx"],
    ],
    ids=lambda words: str(words[0]),
)
def test_a_command_that_fails_leaves_no_file(run: Run, sample: Path, words: list[str]) -> None:
    answer: Answer = run(*words)
    assert answer.exit in (2, 3, 4)
    assert [path.name for path in Path().iterdir()] == ["htx.db"]
