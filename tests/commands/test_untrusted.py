"""What no one may do through htx: books, import files and names come from other people.

The guide `trust` makes the claims, and names a test for each.
"""

import csv
import io
import json
import re
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner
from xlsxwriter import Workbook

from htx_cli.cli import app
from htx_cli.output.formats import FORMATS
from tests.support.commands import Run

ESCAPES = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202etxt.exe\u2066\r\n\x00\x7f"
MARKUP = "[bold red]x[/] <script>alert(1)</script> | `x` [x](http://example.org) ${x} {x} %s"
# table → the columns that hold a text which somebody typed
TEXTS = {
    "provinces": ("name",),
    "clusters": ("name",),
    "lines": ("text",),
    "targets": ("title", "unit", "of_title", "note"),
    "results": ("source", "note"),
    "leaderships": ("because",),
    "changes": ("who", "command", "because"),
}
SHOWING = [
    ["report", "--year", "2021"],
    ["status", "soc-trang", "--year", "2021"],
    ["explain", "soc-trang", "1a", "--year", "2021"],
    ["targets", "--year", "2021"],
    ["clusters"],
    ["provinces"],
    ["leaders"],
    ["log"],
    ["log", "5"],
    ["log", "32"],
]


def hostile(sample: Path, text: str) -> Path:
    """The sample's book with a text of somebody else's behind every text of its own."""
    with closing(sqlite3.connect(sample)) as connection:
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for table, columns in TEXTS.items():
            for column in columns:
                sql = f"UPDATE {table} SET {column} = coalesce({column}, '') || ?"
                connection.execute(sql, (text,))
        connection.execute("UPDATE provinces SET name = 'Sóc Trăng' WHERE id = 'soc-trang'")
        connection.commit()
    return sample


# -- terminals, markup, shells ---------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("words", SHOWING, ids=" ".join)
def test_no_command_obeys_a_control_character_of_a_book(
    run: Run, sample: Path, words: list[str], format: str
) -> None:
    hostile(sample, ESCAPES)
    answer = run(*words, "--format", format, COLUMNS="100")
    assert (answer.exit, answer.err) == (0, "")
    assert [c for c in answer.out if not c.isprintable() and c != "\n"] == []
    assert "owned" in answer.out


def test_json_says_the_control_characters_all_the_same(run: Run, sample: Path) -> None:
    hostile(sample, ESCAPES)
    said = json.loads(run("clusters", "--json").out)
    assert said["clusters"][0]["name"].endswith(ESCAPES)


def test_an_error_and_an_answer_of_a_write_show_control_characters_too(
    run: Run, sample: Path
) -> None:
    hostile(sample, ESCAPES)
    answers = [
        run("record", "can tho", f"1a{ESCAPES}", "7"),
        run("record", ESCAPES, "1a", "7"),
        run("--db", f"{ESCAPES.replace(chr(0), '')}.db", "report"),
        run("record", "soc trang", "1a", "27", "--as-of", "2021-12-31"),
        run("import", f"no{ESCAPES.replace(chr(0), '')}.csv"),
        run("remove-target", "9", "--year", "2021", "--dry-run"),
    ]
    for answer in answers:
        assert [c for c in answer.out + answer.err if not c.isprintable() and c != "\n"] == []


@pytest.mark.parametrize("words", SHOWING[:4], ids=" ".join)
def test_no_markup_of_a_book_takes_effect(run: Run, sample: Path, words: list[str]) -> None:
    hostile(sample, MARKUP)
    shown = run(*words, "--format", "table", COLUMNS="400").out
    assert "\x1b" not in shown
    assert "[bold red]x[/]" in shown  # as it stands, and not as a style
    written = run(*words, "--format", "md").out
    assert re.search(r"(?<!\\)[<\[`]", written.replace("---", "")) is None


def test_a_shell_is_offered_nothing_that_it_would_run(run: Run, sample: Path) -> None:
    with closing(sqlite3.connect(sample)) as connection:
        connection.execute("UPDATE targets SET code = '1$(x)' WHERE code = '1b' AND year = 2021")
        connection.execute("UPDATE targets SET title = ? WHERE code = '1a'", (f"Số HTX{ESCAPES}",))
        connection.commit()
    asked = {"_HTX_COMPLETE": "complete_fish", "_TYPER_COMPLETE_ARGS": "htx record can-tho 1"}
    asked |= {"_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    shown = CliRunner(env=asked).invoke(app, [], prog_name="htx").stdout
    assert [line.split("\t")[0] for line in shown.splitlines()] == ["1a"]
    assert [c for c in shown if not c.isprintable() and c not in "\n\t"] == []


# -- formulas and workbooks ------------------------------------------------------------------------

RUNS = [
    "=HYPERLINK(1)",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "http://example.org",
    "mailto:x",
]


@pytest.mark.parametrize("words", SHOWING, ids=" ".join)
def test_no_cell_of_an_answer_in_csv_starts_a_formula(
    run: Run, sample: Path, words: list[str]
) -> None:
    with closing(sqlite3.connect(sample)) as connection:
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for table, columns in TEXTS.items():
            for column in columns:
                connection.execute(f"UPDATE {table} SET {column} = ? || rowid", ("=cmd|x!A",))
        connection.commit()
    answer = run(*words, "--format", "csv")
    cells = [cell for row in csv.reader(io.StringIO(answer.out)) for cell in row]
    numbers = re.compile(r"[-+]?[\d.]+")
    assert [c for c in cells if c[:1] in "=+-@\t\r" and c and not numbers.fullmatch(c)] == []


@pytest.mark.parametrize("text", RUNS, ids=ascii)
def test_no_workbook_that_is_made_holds_a_formula_or_a_link_of_a_book(
    run: Run, sample: Path, text: str
) -> None:
    Path("made").mkdir()
    Path("bad.csv").write_text(f'province,target,value\n"{text}",1a,x\n', encoding="utf-8")
    assert run("import", "bad.csv", "--problems", "made/problems.xlsx").exit == 4
    with closing(sqlite3.connect(sample)) as connection:
        for table, column in (("targets", "title"), ("targets", "unit"), ("results", "source")):
            connection.execute(f"UPDATE {table} SET {column} = ?", (text,))
        connection.commit()
    assert run("template", "--year", "2021", "-o", "made").exit == 0
    assert run("export", "made/all.xlsx").exit == 0
    for path in Path("made").iterdir():
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name).decode() for name in archive.namelist()}
        sheets = "".join(part for name, part in parts.items() if "/worksheets/" in name)
        assert re.findall(r"<f[ >].*?</f>", sheets) == []
        assert [name for name, part in parts.items() if 'TargetMode="External"' in part] == []


# -- SQL, paths, URLs ------------------------------------------------------------------------------


def test_sql_in_a_text_is_a_text(run: Run, sample: Path) -> None:
    text = "x'); DROP TABLE results; DELETE FROM changes; --\" OR 1=1"
    assert run("record", "can tho", "1a", "21", "--as-of", "2021-12-31", "--source", text).exit == 0
    Path("f.csv").write_text(
        f'province,target,value,as_of,source\ncan tho,1a,22,2021-12-30,"{text.replace(chr(34), chr(34) * 2)}"\n'
    )
    assert run("import", "f.csv").exit == 0
    assert run("record", text, "1a", "1").exit == 3
    assert run("explain", "can tho", text, "--year", "2021").exit in (3, 4)
    assert run("log", text, text).exit in (3, 4)
    with closing(sqlite3.connect(sample)) as connection:
        kept = connection.execute("SELECT source FROM results WHERE change > 32").fetchall()
    assert kept == [(text,), (text,)]


@pytest.mark.parametrize(
    "name", ["https://example.org/x.csv", "file:///etc/passwd", "\\\\server\\x.csv"]
)
def test_a_url_is_the_name_of_a_file_that_is_not_there(run: Run, sample: Path, name: str) -> None:
    answer = run("import", name)
    assert (answer.exit in (2, 3), answer.out) == (True, "")
    assert run("--db", name, "report").exit == 5


def test_a_name_of_a_book_leads_to_no_other_folder(run: Run, sample: Path) -> None:
    """The files of `htx template` are named after provinces, and a book may call them anything."""
    with closing(sqlite3.connect(sample)) as connection:
        for table, column in (
            ("provinces", "id"),
            ("members", "province"),
            ("results", "province"),
        ):
            connection.execute(f"UPDATE {table} SET {column} = '../up' WHERE {column} = 'ca-mau'")
            connection.execute(
                f"UPDATE {table} SET {column} = ? WHERE {column} = 'can-tho'",
                (f"{Path.cwd()}/abs",),
            )
        connection.execute("UPDATE provinces SET name = '../../up/' || id")
        connection.commit()
    before = {path.name for path in Path().iterdir()}
    run("template", "--year", "2021", "-o", "made")
    assert {path.name for path in Path().iterdir()} <= before | {"made"}
    assert not list(Path("..").glob("up*"))


def test_a_part_of_a_workbook_is_never_unpacked_to_disk(run: Run, sample: Path) -> None:
    with Workbook("f.xlsx") as made:
        made.add_worksheet().write_row(0, 0, ["province", "target", "value", "as_of"])
    with zipfile.ZipFile("f.xlsx", "a") as archive:
        for name in ("../up.xml", f"{Path.cwd()}/abs.xml", "xl/worksheets/../../../up.xml"):
            archive.writestr(name, b"<x/>")
    before = {path.name for path in Path().iterdir()}
    run("import", "f.xlsx", "--year", "2021")
    assert {path.name for path in Path().iterdir()} == before
    assert not Path("../up.xml").exists()
