"""A journal whose hashes fit, in words that htx does not write: SQLite would read another figure in it.

Whoever knows how a book is kept can write so, and send it to be merged.
"""

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from htx_cli.book.journal import as_written, canonical, place_in, place_text
from htx_cli.domain.changes import Place
from tests.support.commands import Run
from tests.support.tampering import by_hand, rechained

AFTER = "UPDATE change_rows SET after = replace(after, '{}', '{}') WHERE change = 33"
PLACE = "UPDATE change_rows SET place = '{}' WHERE change = 33"
WORDS = {
    "a name twice": AFTER.format('"value":23', '"value":99,"value":23'),
    "a name in escapes": AFTER.format('"value":23', '"val\\u0075e":23'),
    "a zero in a text": AFTER.format('"note":null', '"note":"a\\u0000b"')
    + "; UPDATE results SET note = 'a' || char(0) || 'b' WHERE change = 33",
    "a truth for a number": AFTER.format('"value":23', '"value":true')
    + "; UPDATE results SET value = 1 WHERE change = 33",
    "a number in other digits": AFTER.format('"value":23', '"value":23.0'),
    "blanks": AFTER.format('"value":23', '"value": 23'),
    "no record": "UPDATE change_rows SET before = '[]' WHERE change = 33",
    "a place of another kind": PLACE.format('{"file":[1]}'),
    "a place without a file": PLACE.format('{"row":3}'),
    "a place that is too deep": PLACE.format("[" * 100_000),
    "no moment": "UPDATE changes SET at = 'yesterday' WHERE id = 33",
    "a moment without a zone": "UPDATE changes SET at = '2022-01-05T01:00:00.000000' WHERE id = 33",
}


@pytest.fixture
def corrected(run: Run, sample: Path) -> Path:
    """The sample, and a copy of it with a correction; the correction's words are to be rewritten."""
    shutil.copy(sample, "ours.db")
    assert run("record", "ca mau", "1a", 23, "--as-of", "31/12/2021").exit == 0
    return sample


@pytest.mark.parametrize("sql", WORDS.values(), ids=WORDS)
def test_a_journal_in_other_words_does_not_verify_and_is_not_merged(
    run: Run, corrected: Path, sql: str
) -> None:
    by_hand(corrected, sql)
    rechained(corrected)
    found = run("verify", "--json")
    assert found.exit == 5
    assert ("verify_words", 33) in [
        (each["code"], each["change"]) for each in json.loads(found.out)["findings"]
    ]
    before = Path("ours.db").read_bytes()
    refused = run("--db", "ours.db", "merge", "htx.db")
    assert (refused.exit, refused.out, Path("ours.db").read_bytes()) == (5, "", before)
    assert refused.err.startswith("htx: htx.db is not what its journal says, ")


def test_two_changes_of_one_origin_are_found(run: Run, corrected: Path) -> None:
    """The one would never be merged, for the other is there already."""
    by_hand(
        corrected,
        "UPDATE changes SET received_by = 'x', received_at = at,"
        " origin = (SELECT origin FROM changes WHERE id = 5) WHERE id = 33",
    )
    rechained(corrected)
    by_hand(
        corrected,
        "UPDATE changes SET origin = (SELECT origin FROM changes WHERE id = 5) WHERE id = 33",
    )
    assert "Change 33 names the same origin as change 5.\n" in run("verify").out


def test_a_record_that_is_no_text_any_more_is_found(run: Run, corrected: Path) -> None:
    """A flipped byte in the head of a row makes a number of a text, STRICT or not."""
    with closing(sqlite3.connect(corrected, isolation_level=None)) as book:
        [sql] = book.execute("SELECT sql FROM sqlite_schema WHERE name = 'change_rows'").fetchone()
        loose = sql.replace("after TEXT", "after").replace("STRICT", "")
        book.execute("PRAGMA writable_schema = ON")
        book.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'change_rows'", (loose,))
    by_hand(corrected, "UPDATE change_rows SET after = 7 WHERE change = 33")
    with closing(sqlite3.connect(corrected, isolation_level=None)) as book:
        book.execute("PRAGMA writable_schema = ON")
        book.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'change_rows'", (sql,))
    answer = run("verify")
    assert answer.exit == 5
    assert "Cà Mau 1a as of 31/12/2021: Altered without a change." in answer.out


def test_a_message_names_the_record_that_was_altered(run: Run, sample: Path) -> None:
    by_hand(sample, "UPDATE results SET value = 30 WHERE target = '1a' AND province = 'ca-mau'")
    assert run("undo").err == (
        "htx: htx.db does not agree with its journal: results"
        " tay-nam-song-hau/2021/1a/ca-mau/2021-06-30/actual: Altered without a change."
        " “htx verify” shows everything.\n"
    )


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE INDEX theirs ON results (abs(iif(change > 32, -9223372036854775807 - 1, 0)))",
        "CREATE UNIQUE INDEX theirs ON changes (who) WHERE id > 32",
    ],
    ids=["an expression", "a rule of its own"],
)
def test_an_index_of_somebody_elses_on_our_tables_lets_nobody_write(
    run: Run, sample: Path, sql: str
) -> None:
    """What it is made of would run in every write, as a trigger does."""
    by_hand(sample, sql)
    before = sample.read_bytes()
    refused = run("record", "ca mau", "1a", 23, "--as-of", "31/12/2021")
    assert (refused.exit, sample.read_bytes()) == (5, before)
    assert "The index theirs was not made by htx." in refused.err


def test_a_book_in_another_encoding_does_not_verify(run: Run, sample: Path) -> None:
    with closing(sqlite3.connect(sample)) as book:
        script = "\n".join(book.iterdump())
        header = (
            book.execute("PRAGMA application_id").fetchone()
            + book.execute("PRAGMA user_version").fetchone()
        )
    with closing(sqlite3.connect("wide.db")) as book:
        book.executescript("PRAGMA encoding = 'UTF-16le';" + script)
        book.execute(f"PRAGMA application_id = {header[0]}")
        book.execute(f"PRAGMA user_version = {header[1]}")
    assert "Its texts are kept as UTF-16le; htx keeps them as UTF-8." in (
        run("--db", "wide.db", "verify").out
    )
    assert run("merge", "wide.db").exit == 5


@pytest.mark.parametrize(
    "command", [("report", "--year", "2021"), ("log",), ("verify",), ("undo",)]
)
def test_a_book_of_an_unknown_format_is_damaged(
    run: Run, sample: Path, command: tuple[str, ...]
) -> None:
    content = bytearray(sample.read_bytes())
    content[44:48] = bytes([9] * 4)
    sample.write_bytes(content)
    answer = run(*command)
    assert (answer.exit, answer.err[:24]) == (5, "htx: htx.db is damaged (")


def test_what_nobody_foresaw_is_laid_at_the_door_of_a_book_that_is_not_well(
    run: Run, sample: Path
) -> None:
    """A collation that is not there stops the query, and SQLite has no word that says damage."""
    with closing(sqlite3.connect(sample)) as book:
        book.execute("PRAGMA writable_schema = ON")
        book.execute(
            "UPDATE sqlite_schema SET sql = replace(sql, 'as_of TEXT', 'as_of TEXT COLLATE absent')"
            " WHERE name = 'results'"
        )
        book.commit()
    answer = run("report", "--year", 2021)
    assert (answer.exit, answer.out) == (5, "")
    assert "Something went wrong inside the program" not in answer.err


values = st.one_of(
    st.none(),
    st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False, width=64).filter(lambda x: abs(x) < 1e15),
)


@given(st.dictionaries(st.text(alphabet="abcdef_", min_size=1), values, min_size=1))
def test_law_whatever_the_journal_writes_is_as_written(record: dict[str, object]) -> None:
    text = canonical(record)
    assert text is not None and as_written(text)


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"])),
    st.one_of(st.none(), st.just("Bảng 1")),
    st.one_of(st.none(), st.just("E22")),
    st.one_of(st.none(), st.integers(1, 10**6)),
)
def test_law_a_place_comes_back_as_it_was(
    file: str, sheet: str | None, cell: str | None, row: int | None
) -> None:
    place = Place(file, sheet, cell, row)
    text = place_text(place)
    assert text is not None and place_in(text) == place


def test_the_day_and_the_number_of_a_record_are_texts_and_numbers() -> None:
    assert as_written('{"as_of":"2021-12-31","value":0.1}')
    assert not as_written(
        json.dumps({"as_of": str(date(2021, 12, 31)), "value": float(Decimal(1))})
    )
