"""Run the lines of a scenario with one version, and keep everything that they print and write."""

import hashlib
import io
import re
import shlex
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

from .lines import Line, Scenario
from .programs import Program, Streams, text

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "sample.db"
# What a line may name beside its book: copied into the folder of every scenario that does.
INPUTS = {
    "imports": ROOT / "tests" / "data" / "imports",
    "books": ROOT / "tests" / "data" / "books",
    "sample": ROOT / "tests" / "sample",
}
_FOR_THE_SHELL = re.compile(r"[|&;<>$`*?~(){}\\!]")


def ran(scenario: Scenario, program: Program, folder: Path, language: str) -> list[Streams]:
    """What each line of a scenario printed and which files it wrote, in a folder made for it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(SAMPLE, folder / "htx.db")
    for name, source in INPUTS.items():
        if f"{name}/" in scenario.text:
            shutil.copytree(source, folder / name)
    before = dict(_digests(folder))
    seen = []
    for line in scenario.lines:
        environ = _environ(program, folder, language) | dict(line.environ)
        streams = _run(line, program, environ, folder)
        after = dict(_digests(folder))
        for name in sorted(before.keys() | after.keys()):
            if name not in after:
                streams[name] = "(removed)"
            elif before.get(name) != after[name]:
                streams[name] = content((folder / name).read_bytes())
        before = after
        seen.append(streams)
    return seen


def _environ(program: Program, folder: Path, language: str) -> dict[str, str]:
    """The same for every version, whatever this machine is set to."""
    return {
        "PATH": f"{program.folder}:/usr/local/bin:/usr/bin:/bin",
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "TZ": "Asia/Ho_Chi_Minh",
        "TERM": "xterm-256color",
        "HTX_LANG": language,
        "HTX_NOW": "2026-10-07T08:00:00+07:00",
        "HTX_USER": "tester",
    }


def _run(line: Line, program: Program, environ: dict[str, str], folder: Path) -> Streams:
    if line.command.startswith("sql "):
        book, statement = line.command.removeprefix("sql ").split(" ", 1)
        return _tampered(folder / book, statement)
    simple = line.command.startswith("htx") and not _FOR_THE_SHELL.search(line.command)
    argv = shlex.split(line.command) if simple else ["bash", "-c", line.command]
    return program.run(argv, environ, folder, line.width, line.typed)


def _tampered(book: Path, statement: str) -> Streams:
    """Change a book behind the back of its journal."""
    connection = sqlite3.connect(book)
    try:
        connection.executescript(statement)
    except sqlite3.Error as error:
        return {"err": str(error), "exit": "1"}
    finally:
        connection.close()
    return {}


def _digests(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name.split("/")[0] not in INPUTS:
            yield name, hashlib.sha256(path.read_bytes()).digest()


def content(raw: bytes) -> str:
    """A file as a text that can be compared line by line: a book row by row, a zip part by part."""
    if raw.startswith(b"SQLite format 3\0"):
        return _book(raw)
    if zipfile.is_zipfile(io.BytesIO(raw)):
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            listed = [(each, content(parts.read(each))) for each in parts.infolist()]
        return "\n".join(f"== {each.filename} {each.date_time}\n{part}" for each, part in listed)
    return text(raw)


def _book(raw: bytes) -> str:
    """Every row of every table. Left out is the table of migrations, which bears the wall clock."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(raw)
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        made = connection.execute(
            "SELECT name, type, sql FROM sqlite_master WHERE tbl_name NOT LIKE '\\_sqlite%'"
            " ESCAPE '\\' ORDER BY name"
        ).fetchall()
        rows = [f"schema {version}", *(str(sql) for _, _, sql in made if sql)]
        for name in [name for name, kind, _ in made if kind == "table"]:
            rows += [f"{name} {row!r}" for row in connection.execute(f'SELECT * FROM "{name}"')]
    except sqlite3.DatabaseError as error:
        rows = [f"damaged ({error}): {hashlib.sha256(raw).hexdigest()}"]
    finally:
        connection.close()
    return "\n".join(rows)
