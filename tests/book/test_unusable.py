"""Every bad place for a book: one clear line with its path, exit 5, and nothing is touched."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from htx_cli.book import file as opening
from tests.support.books import SAMPLE
from tests.support.commands import Run
from tests.support.limits import as_anybody, with_room
from tests.support.places import (
    DENIED,
    MALFORMED,
    MISSING,
    PLACES,
    READ_ONLY,
    REFUSED,
    Make,
    after,
    instead_of,
    sentence,
    standing,
    text_file,
)

# -- the places ------------------------------------------------------------------------------------


READS = [["report", "--year", "2021"], ["explain", "can tho", "1a", "--year", "2021"]]
WRITES = [["record", "can tho", "1a", "21", "--as-of", "2021-12-31"]]


@pytest.mark.parametrize("words", [*READS, *WRITES, ["log"], ["migrate"]], ids=lambda w: str(w[0]))
@pytest.mark.parametrize(("make", "code", "template"), PLACES.values(), ids=PLACES.keys())
def test_a_bad_place_is_said_in_one_line_and_nothing_is_touched(
    run: Run, tmp_path: Path, make: Make, code: str, template: str, words: list[str]
) -> None:
    path = make(tmp_path)
    before = standing(tmp_path)
    answer = run("--db", path, *words)
    assert (answer.exit, answer.out) == (5, "")
    assert answer.err == f"htx: {sentence(template, path)}\n"
    assert standing(tmp_path) == before


@pytest.mark.parametrize(("make", "code", "template"), PLACES.values(), ids=PLACES.keys())
def test_a_script_gets_the_same_as_json(
    run: Run, tmp_path: Path, make: Make, code: str, template: str
) -> None:
    path = make(tmp_path)
    for words in [*READS, *WRITES]:
        answer = run(*words, "--db", path, "--json")
        assert (answer.exit, answer.err) == (5, "")
        assert json.loads(answer.out) == {
            "schema": "htx.error/1",
            "code": code,
            "exit": 5,
            "message": sentence(template, path),
        }


@pytest.mark.parametrize(
    "make",
    [
        instead_of("Cần Thơ", b"\xff" * len("Cần Thơ".encode())),
        instead_of("at_least", b"at_wurst"),
        after("DROP TABLE results"),
    ],
    ids=["no text any more", "no bound any more", "no results any more"],
)
@pytest.mark.parametrize("words", [*READS, *WRITES], ids=lambda w: str(w[0]))
def test_a_record_that_makes_no_sense_is_a_damaged_book_and_no_mistake_of_htx(
    run: Run, tmp_path: Path, make: Make, words: list[str]
) -> None:
    path = make(tmp_path)
    before = standing(tmp_path)
    answer = run("--db", path, *words)
    assert answer.err.startswith((f"htx: {path} is damaged (", f"htx: {path} does not agree"))
    assert (answer.exit, answer.out, answer.err.count("\n")) == (5, "", 1)
    assert standing(tmp_path) == before


@pytest.mark.parametrize("words", [*READS, *WRITES], ids=lambda w: str(w[0]))
def test_a_schema_whose_names_are_no_text_any_more_is_damage(
    run: Run, tmp_path: Path, words: list[str]
) -> None:
    path = instead_of("CREATE TABLE aliases", b"CREATE TABLF ali\xa0ses")(tmp_path)
    answer = run("--db", path, *words)
    assert (answer.exit, answer.out) == (5, "")
    assert answer.err == f"htx: {MALFORMED.format(path=path)}\n"


UNLOCK = "DROP TRIGGER changes_stay; DROP TRIGGER change_rows_stay;"


def spoiled(column: str, text: str) -> Make:
    """The sample's book after somebody wrote into its journal."""
    table = "changes" if column == "at" else "change_rows"

    def make(folder: Path) -> Path:
        path = Path(shutil.copy(SAMPLE, folder / "bad.db"))
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.executescript(f"{UNLOCK} UPDATE {table} SET {column} = '{text}'")
        return path

    return make


@pytest.mark.parametrize(
    "make",
    [
        spoiled("at", "hôm qua"),
        spoiled("after", "{"),
        spoiled("after", "[1]"),
        spoiled("after", '{"x":1}'),
        spoiled("table_name", "x"),
    ],
    ids=["no time", "no JSON", "no record", "no key", "no table"],
)
@pytest.mark.parametrize("words", [["log"], ["log", "32"]], ids=" ".join)
def test_a_spoiled_journal_is_a_damaged_book(
    run: Run, tmp_path: Path, make: Make, words: list[str]
) -> None:
    path = make(tmp_path)
    answer = run("--db", path, *words)
    assert answer.err.startswith((f"htx: {path} is damaged (", f"htx: {path} does not agree"))
    assert (answer.exit, answer.out, answer.err.count("\n")) == (5, "", 1)


def test_a_book_with_a_trigger_of_somebody_elses_is_damaged_and_not_written(
    run: Run, tmp_path: Path
) -> None:
    refusing = "BEGIN SELECT RAISE (ABORT, 'mine'); END"
    path = after(f"CREATE TRIGGER theirs BEFORE INSERT ON results {refusing}")(tmp_path)
    before = standing(tmp_path)
    answer = run("--db", path, *WRITES[0])
    said = f"htx: {path} is damaged (theirs). Go back to a copy; do not write to this one.\n"
    assert (answer.exit, answer.out, answer.err) == (5, "", said)
    assert standing(tmp_path) == before


@pytest.mark.parametrize(
    ("sql", "values", "mistake"),
    [
        ("SELECT absent FROM results", (), "no such column"),
        ("SELECT * FROM absent", (), "no such table"),
        ("SELEC", (), "syntax error"),
        (f"SELECT {','.join('?' * 300_000)}", (1,) * 300_000, "too many SQL variables"),
        ("SELECT ?", (), "Incorrect number of bindings"),
    ],
    ids=["column", "table", "syntax", "variables", "bindings"],
)
def test_a_mistake_of_the_program_is_not_blamed_on_the_book(
    sample: Path, sql: str, values: tuple[int, ...], mistake: str
) -> None:
    with pytest.raises(sqlite3.Error, match=mistake), opening.opened(sample) as connection:
        connection.execute(sql, values)


# -- where the book is looked for ------------------------------------------------------------------


def test_a_bad_book_is_said_however_it_was_named(run: Run, tmp_path: Path) -> None:
    text_file(tmp_path)
    said = "htx: bad.db is not a book of htx. Name another file with --db.\n"
    assert run("--db", "bad.db", "report").err == said
    assert run("report", "--db", "bad.db").err == said
    assert run("report", HTX_DB="bad.db").err == said
    assert run("--db", "none.db", "report", "--db", "bad.db").err == said  # the later one wins
    assert run("report").err == f"htx: {MISSING.format(path='htx.db')}\n"


def test_a_name_with_a_line_break_is_still_one_line(run: Run) -> None:
    answer = run("--db", "a\nb.db", "report")
    said = MISSING.format(path=r"a\nb.db")
    assert (answer.exit, answer.err) == (5, f"htx: {said}\n")


@pytest.mark.parametrize("name", ["50% #1?.db", "sổ thi đua 2021.db", "a&mode=ro.db"])
def test_a_book_may_have_any_name(run: Run, name: str) -> None:
    assert run("--db", name, "init").exit == 0
    assert run("--db", name, "add-province", "Đảo Thử").exit == 0
    assert [path.name for path in Path().iterdir()] == [name]


def test_a_book_that_is_being_written_is_said_with_its_path(run: Run, sample: Path) -> None:
    before = standing(sample.parent)
    with closing(sqlite3.connect(sample, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        for words in [*READS, *WRITES]:
            answer = run("--db", "htx.db", *words, "--json", HTX_WAIT="0")
            said = json.loads(answer.out)
            assert (answer.exit, answer.err, said["code"]) == (5, "", "book_busy")
            assert said["message"].startswith("htx.db is being written by another program")
    assert standing(sample.parent) == before


# -- what may not be read or written ---------------------------------------------------------------


@pytest.mark.parametrize(("file", "folder"), [(0o444, 0o755), (0o644, 0o555), (0o444, 0o555)])
def test_a_read_only_book_is_read_and_not_written(run: Run, file: int, folder: int) -> None:
    with as_anybody() as place:
        path = place / "htx.db"
        path.write_bytes(SAMPLE.read_bytes())
        path.chmod(file)
        place.chmod(folder)
        before = standing(place)
        assert [run("--db", path, *words).exit for words in READS] == [0, 0]
        answer = run("--db", path, *WRITES[0])
        assert (answer.exit, answer.out) == (5, "")
        assert answer.err == f"htx: {READ_ONLY.format(path=path)}\n"
        assert standing(place) == before


@pytest.mark.parametrize(("file", "folder"), [(0o000, 0o755), (0o644, 0o000)])
def test_a_book_that_may_not_be_read_is_said(run: Run, file: int, folder: int) -> None:
    with as_anybody() as place:
        path = place / "htx.db"
        path.write_bytes(SAMPLE.read_bytes())
        path.chmod(file)
        place.chmod(folder)
        answers = [run("--db", path, *words) for words in [*READS, *WRITES]]
        place.chmod(0o700)
        path.chmod(0o600)
        assert [(answer.exit, answer.out) for answer in answers] == [(5, "")] * 3
        assert [answer.err for answer in answers] == [f"htx: {DENIED.format(path=path)}\n"] * 3
        assert standing(place) == {path: SAMPLE.read_bytes()}


def test_a_write_that_finds_no_room_leaves_the_book_as_it_was(run: Run, sample: Path) -> None:
    before = standing(sample.parent)
    answer = with_room(8192, *WRITES[0])
    assert (answer.returncode, answer.stdout) == (5, "")
    assert answer.stderr == f"htx: {REFUSED.format(path='htx.db')}\n"
    assert run("report", "--year", "2021").exit == 0
    assert standing(sample.parent) == before
