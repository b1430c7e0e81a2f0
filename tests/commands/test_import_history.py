"""Where a figure came from: the change keeps each file's name, size and SHA-256, and every cell."""

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.commands import Answer, Run
from tests.support.journal import computed_hashes, rows, stored_hashes

TEXT = "tỉnh,chỉ tiêu,kết quả,ngày\nCần Thơ,1a,9,30/9/2021\nCà Mau,1a,8,30/9/2021\n"
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()
SIZE = len(TEXT.encode())
FILES = "SELECT change, position, name, size, sha256 FROM change_files ORDER BY change, position"
PLACES = "SELECT key, place FROM change_rows WHERE change = ? ORDER BY position"


def write(name: str, text: str = TEXT) -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def test_a_change_keeps_the_name_the_size_and_the_hash_of_each_file(run: Run, sample: Path) -> None:
    second = '{"province": "Bạc Liêu", "target": "1a", "value": 7, "as_of": "2021-09-30"}\n'
    run("import", write("q3.csv"), write("bl.ndjson", second))
    sha256 = hashlib.sha256(second.encode()).hexdigest()
    assert [row for row in rows(sample, FILES) if row[0] == 33] == [
        (33, 1, "q3.csv", SIZE, SHA256),
        (33, 2, "bl.ndjson", len(second.encode()), sha256),
    ]
    assert rows(sample, PLACES, 33) == [
        (
            "tay-nam-song-hau/2021/1a/can-tho/2021-09-30/actual",
            '{"cell":"C2","file":"q3.csv","row":2}',
        ),
        (
            "tay-nam-song-hau/2021/1a/ca-mau/2021-09-30/actual",
            '{"cell":"C3","file":"q3.csv","row":3}',
        ),
        ("tay-nam-song-hau/2021/1a/bac-lieu/2021-09-30/actual", '{"file":"bl.ndjson","row":1}'),
    ]
    assert stored_hashes(sample) == computed_hashes(sample)


def test_a_wide_table_remembers_the_cell_of_each_figure(run: Run, sample: Path) -> None:
    write("wide.csv", "Đơn vị,1a,1b\nCần Thơ,9,1\nCà Mau,8,0\n")
    run("import", "wide.csv", "--as-of", "2021-09-30")
    assert [json.loads(place)["cell"] for _, place in rows(sample, PLACES, 33)] == [
        "B2",
        "C2",
        "B3",
        "C3",
    ]


def test_explain_and_log_name_the_file_and_the_cell(run: Run, sample: Path) -> None:
    run("import", write("q3.csv"))
    assert "q3.csv, C2" in run("explain", "can tho", "1a", "--year", 2021).out
    told = run("log", 33).out
    assert f"file: q3.csv, {SIZE} bytes, SHA-256 {SHA256}\n" in told
    assert "Cần Thơ 1a as of 30/09/2021: 9 (q3.csv, C2)\n" in told


def test_the_same_bytes_are_recognised_under_another_name(run: Run, sample: Path) -> None:
    run("import", write("q3.csv"))
    assert run("import", write("copy.csv")) == Answer(
        0,
        "",
        "Nothing to change: all 2 figures stand in the book already.\n"
        "copy.csv was imported already, by change 33.\n",
    )


def test_standard_input_is_kept_by_its_content_too(run: Run, sample: Path) -> None:
    run("import", "-", stdin=TEXT)
    assert [row for row in rows(sample, FILES) if row[0] == 33] == [(33, 1, "-", SIZE, SHA256)]


def test_a_figure_that_was_typed_has_no_file(run: Run, sample: Path) -> None:
    run("record", "can tho", "1a", 9, "--as-of", "2021-09-30")
    assert rows(sample, PLACES, 33) == [
        ("tay-nam-song-hau/2021/1a/can-tho/2021-09-30/actual", None)
    ]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE change_files SET name = 'x'",
        "DELETE FROM change_files",
        "INSERT INTO change_files VALUES (1, 1, 'x', 1, 'x')",
    ],
)
def test_files_of_the_journal_cannot_be_altered(sample: Path, sql: str) -> None:
    with (
        closing(sqlite3.connect(sample)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="the journal is only added to"),
    ):
        connection.execute(sql)


# -- books from before ----------------------------------------------------------------------------

OLD = Path(__file__).parents[1] / "data" / "books" / "schema-1.db"  # the sample as version 1 had it


def test_a_book_of_the_first_schema_goes_on_with_all_it_has(run: Run, tmp_path: Path) -> None:
    book = Path(shutil.copy(OLD, tmp_path / "htx.db"))
    before = [row[:1] for row in rows(book, "SELECT hash FROM changes ORDER BY id")]
    figures = rows(book, "SELECT * FROM results ORDER BY 1, 2, 3, 4, 5, 6")
    assert run("report", "--year", 2021).exit == 5
    assert run("migrate").exit == 0
    assert rows(book, "SELECT hash FROM changes WHERE id <= 32 ORDER BY id") == before
    assert rows(book, "SELECT * FROM results ORDER BY 1, 2, 3, 4, 5, 6") == figures
    assert stored_hashes(book) == computed_hashes(book)
    assert (
        rows(Path("htx-schema-1.db"), "SELECT * FROM results ORDER BY 1, 2, 3, 4, 5, 6") == figures
    )
    assert run("import", write("q3.csv")).exit == 0
    assert run("log", 33).out.startswith("Change 33\n")


def test_a_write_to_a_book_of_the_first_schema_migrates_it_first(run: Run, tmp_path: Path) -> None:
    book = Path(shutil.copy(OLD, tmp_path / "htx.db"))
    assert run("import", write("q3.csv")).exit == 0
    assert rows(book, "SELECT id, command FROM changes WHERE id > 32") == [
        (33, "import q3.csv"),
        (34, "import q3.csv"),
    ]


# -- for scripts -----------------------------------------------------------------------------------


def test_scripts_read_files_and_places_as_data(run: Run, sample: Path) -> None:
    imported = json.loads(run("import", write("q3.csv"), "--json").out)
    file = {"name": "q3.csv", "size": SIZE, "sha256": SHA256}
    assert imported["files"] == [{**file, "imported_before": None}]
    [change] = json.loads(run("log", 33, "--json").out)["changes"]
    assert change["files"] == [file]
    assert [row["place"] for row in change["rows"]] == [
        {"file": "q3.csv", "sheet": None, "row": 2, "cell": "C2"},
        {"file": "q3.csv", "sheet": None, "row": 3, "cell": "C3"},
    ]
    typed = ("explain", "can tho", "1a", "--year", 2021, "--as-of", "2021-09-30", "--json")
    inputs = json.loads(run(*typed).out)["inputs"]
    assert [each["place"]["cell"] for each in inputs if each["as_of"] == "2021-09-30"] == ["C2"]
    again = json.loads(run("import", "q3.csv", "--json").out)
    assert again["files"] == [{**file, "imported_before": 33}]


# -- an old file -----------------------------------------------------------------------------------


def test_an_old_file_that_would_undo_a_correction_is_odd(run: Run, sample: Path) -> None:
    run("import", write("q3.csv"))
    run("record", "can tho", "1a", 12, "--as-of", "2021-09-30")
    said = "Cần Thơ 1a: q3.csv was imported by change 33 already; since then this figure was "
    refused = run("import", "q3.csv", "--strict")
    assert (refused.exit, refused.err.splitlines()[0]) == (
        4,
        f"q3.csv row 2: {said}changed by change 34.",
    )
    run("withdraw", "can tho", "1a", "--as-of", "2021-09-30")
    warned = run("import", "q3.csv")
    assert f"Warning, q3.csv, row 2: {said}withdrawn by change 35.\n" in warned.err
    assert "Change 36: +1 new, ~0 changed, =1 the same" in warned.err


def test_an_old_file_whose_figures_all_stand_is_not_odd(run: Run, sample: Path) -> None:
    run("import", write("q3.csv"))
    run("record", "ca mau", "1a", 14, "--as-of", "2021-10-31")
    assert run("import", "q3.csv", "--strict").exit == 0
    run("record", "can tho", "1a", 12, "--as-of", "2021-09-30")
    run("record", "can tho", "1a", 9, "--as-of", "2021-09-30")  # as the file has it
    assert run("import", "q3.csv", "--strict").exit == 0


def test_only_the_old_one_of_several_files_is_odd(run: Run, sample: Path) -> None:
    run("import", write("q3.csv"))
    run("record", "can tho", "1a", 12, "--as-of", "2021-09-30")
    Path("new.csv").write_text("province,target,value,as_of\nAn Giang,1a,9,2021-09-30\n", "utf-8")
    made = json.loads(run("import", "new.csv", "q3.csv", "--json").out)
    assert [(w["code"], w["file"], w["row"]) for w in made["warnings"]] == [
        ("old_file", "q3.csv", 2)
    ]
