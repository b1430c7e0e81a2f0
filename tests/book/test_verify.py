"""`htx verify`: silent while the book is what its journal says, else what was altered, and exit 5."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from htx_cli.actions import book_at
from htx_cli.actions.verify import verify
from htx_cli.text.errors import UsageError
from htx_cli.text.messages import SENTENCES
from tests.support.books import SAMPLE, TESTS
from tests.support.commands import Answer, Run
from tests.support.tampering import TODO, TODO_VI, by_hand, rechained

CELL = "tay-nam-song-hau/2021/1a/can-tho/2021-12-31/actual"
CAN_THO_1A = "WHERE target = '1a' AND province = 'can-tho' AND as_of = '2021-12-31'"
LAST = 32  # of the sample's changes
QUIET = Answer(0, "", "")


def codes(path: Path) -> list[str]:
    """What is found in a book, the first break first."""
    return [finding.code for finding in verify(book_at(path)).findings]


# -- all is well -----------------------------------------------------------------------------------


def test_nothing_is_said_when_all_is_well(run: Run, sample: Path) -> None:
    assert run("verify") == QUIET
    assert run("verify", HTX_LANG="vi") == QUIET


@pytest.mark.parametrize("name", ["schema-1.db", "schema-2.db"])
def test_a_book_of_an_earlier_htx_is_well_once_it_is_migrated(
    name: str, run: Run, tmp_path: Path
) -> None:
    """Its journal lacks the columns that came later; there they are NULL."""
    shutil.copy(TESTS / "data" / "books" / name, tmp_path / "htx.db")
    older = run("verify")
    assert (older.exit, older.out) == (5, "")
    assert "Run “htx migrate”" in older.err
    assert run("migrate").exit == 0
    assert run("verify") == QUIET


def test_whoever_asks_for_an_answer_gets_one(run: Run, sample: Path) -> None:
    found = json.loads(run("verify", "--json").out)
    assert found == {
        "schema": "htx.verify/1",
        "well": True,
        "changes": LAST,
        "checkpoint": " ".join(found["hash"][at : at + 5] for at in range(0, 20, 5)),
        "hash": found["hash"],
        "asked": None,
        "findings": [],
        "more": False,
    }
    assert len(found["hash"]) == 64
    plain = "All is well: the book is what its journal says.\n\nChanges: 32\nCheckpoint: {}\n"
    assert run("verify", "--format", "plain").out == plain.format(found["checkpoint"])
    heading = "code,message,table,key,change,journal,found\n"
    assert run("verify", "--format", "csv").out == heading
    assert run("verify", "--format", "ndjson").out == ""
    assert run("verify", "-o", "verify.md").exit == 0
    assert Path("verify.md").read_text().startswith("## All is well")


def test_it_never_writes(run: Run, sample: Path) -> None:
    before = sample.read_bytes()
    run("verify")
    by_hand(sample, f"UPDATE results SET value = 25 {CAN_THO_1A}")
    altered = sample.read_bytes()
    run("verify")
    assert before != altered == sample.read_bytes()


# -- what was altered ------------------------------------------------------------------------------


def test_an_altered_figure_is_shown_with_what_the_journal_says(run: Run, sample: Path) -> None:
    by_hand(sample, f"UPDATE results SET value = 25 {CAN_THO_1A}")
    assert run("verify") == Answer(
        5,
        "The book is not as htx left it.\n"
        "\n"
        "Cần Thơ 1a as of 31/12/2021: Altered without a change. The journal says 20; the table says "
        "25. (change 32)\n"
        f"{TODO}\n",
        "",
    )
    said = run("verify", HTX_LANG="vi").out
    assert said == (
        "Sổ không còn như htx đã ghi.\n"
        "\n"
        "Cần Thơ 1a tính đến 31/12/2021: Bị sửa mà không qua lần thay đổi nào. Nhật ký ghi 20; "
        "bảng ghi 25. (lần thay đổi 32)\n"
        f"{TODO_VI}\n"
    )


def test_every_format_shows_the_same_finding(run: Run, sample: Path) -> None:
    by_hand(sample, f"UPDATE results SET value = 25 {CAN_THO_1A}")
    document = json.loads(run("verify", "--json").out)
    assert document["well"] is False
    (found,) = document["findings"]
    assert {name: found[name] for name in ("code", "message", "table", "key", "change")} == {
        "code": "verify_altered",
        "message": "Altered without a change.",
        "table": "results",
        "key": CELL,
        "change": 32,
    }
    assert (found["journal"]["value"], found["found"]["value"]) == (20, 25)
    assert json.loads(run("verify", "--format", "ndjson").out) == found
    for format in ("table", "md", "csv"):
        answer = run("verify", "--format", format)
        assert answer.exit == 5
        assert "Altered without a change" in answer.out.replace("\n", " ")
    assert run("verify", "-o", "found.txt").exit == 5
    assert Path("found.txt").read_text() == run("verify").out


FIRST_ROW = "WHERE change = 32 AND position = 1"
BY_HAND = {
    "a figure removed": (f"DELETE FROM results {CAN_THO_1A}", ["verify_removed"]),
    "a figure added": (
        "INSERT INTO results SELECT cluster, year, target, province, '2021-11-11', basis, value,"
        f' "of", base, rate, source, note, change FROM results {CAN_THO_1A}',
        ["verify_added"],
    ),
    "a figure that was withdrawn put back": (
        "INSERT INTO results SELECT cluster, year, target, province, '2021-06-30', 'estimate', 1,"
        f" NULL, NULL, NULL, NULL, NULL, 1 FROM results {CAN_THO_1A}",
        ["verify_added"],
    ),
    "a note altered": (f"UPDATE results SET note = 'x' {CAN_THO_1A}", ["verify_altered"]),
    "another change named as the writer": (
        f"UPDATE results SET change = 1 {CAN_THO_1A}",
        ["verify_writer", "rule_future"],
    ),
    "a name altered": (
        "UPDATE provinces SET name = 'Cà Mau' WHERE id = 'can-tho'",
        ["verify_altered"],
    ),
    "a key altered": (
        "UPDATE leaderships SET year = 2017 WHERE year = 2018",
        ["verify_added", "verify_removed", "rule_leader_no_member"],
    ),
    "a reference to nothing": (
        "INSERT INTO aliases VALUES ('x', 'nowhere')",
        ["verify_reference", "verify_added"],
    ),
    "the journal altered": (
        f"""UPDATE change_rows SET after = replace(after, '"value":20', '"value":25') {FIRST_ROW}""",
        ["verify_hash", "verify_altered"],
    ),
    "the journal and the table altered": (
        f"""UPDATE change_rows SET after = replace(after, '"value":20', '"value":25') {FIRST_ROW};
        UPDATE results SET value = 25 {CAN_THO_1A}""",
        ["verify_hash"],
    ),
    "a place altered": (
        "UPDATE change_rows SET place = '{}' WHERE rowid = 1",
        ["verify_hash"],
    ),
    "an author altered": ("UPDATE changes SET who = 'x' WHERE id = 7", ["verify_hash"]),
    "a time altered": (
        "UPDATE changes SET at = '2021-01-01T00:00:00.000000+00:00' WHERE id = 7",
        ["verify_hash"],
    ),
    "a reason removed": (
        "UPDATE changes SET because = NULL WHERE id = (SELECT max(id) FROM changes WHERE because"
        " IS NOT NULL)",
        ["verify_hash"],
    ),
    "a change said to come from another book": (
        "UPDATE changes SET origin = 'x' WHERE id = 7",
        ["verify_origin"],
    ),
    "a record of a change removed": (
        "DELETE FROM change_rows WHERE change = 1 AND position = 3",
        ["verify_rows", "verify_added"],
    ),
    "a record of a change moved": (
        "UPDATE change_rows SET position = 999 WHERE change = 32 AND position = 1",
        ["verify_positions"],
    ),
    "the last change removed, its figure left": (
        "DELETE FROM change_rows WHERE change = 32; DELETE FROM changes WHERE id = 32",
        None,
    ),
    "a change between removed": (
        "DELETE FROM change_rows WHERE change = 9; DELETE FROM changes WHERE id = 9",
        None,
    ),
    "a record of no table": (
        "INSERT INTO change_rows SELECT 32, 99, 'awards', 'x', NULL, '{}', NULL",
        ["verify_rows", "verify_table"],
    ),
    "a trigger added": (
        "CREATE TRIGGER mine AFTER INSERT ON results BEGIN SELECT 1; END",
        ["verify_object_foreign"],
    ),
    "a view added": ("CREATE VIEW mine AS SELECT 1", ["verify_object_foreign"]),
    "an index removed": ("DROP INDEX change_rows_by_record", ["verify_object_missing"]),
    "a column added": ("ALTER TABLE results ADD COLUMN mine TEXT", None),
    "a step forgotten": ("DELETE FROM _sqlite_migrations WHERE id = 1", ["verify_steps"]),
    "another version recorded": (
        "UPDATE settings SET value = '2' WHERE name = 'schema'",
        ["verify_version", "verify_altered"],
    ),
}


@pytest.mark.parametrize(("sql", "found"), BY_HAND.values(), ids=BY_HAND)
def test_nothing_is_altered_unseen(
    sql: str, found: list[str] | None, sample: Path, run: Run
) -> None:
    by_hand(sample, sql)
    seen = codes(sample)
    if found is None:
        assert seen != []
    else:
        assert seen == found
    answer = run("verify")
    assert (answer.exit, answer.err) == (5, "")


def test_a_correction_of_another_figure_than_the_one_that_stood_is_found(
    run: Run, sample: Path
) -> None:
    assert run("record", "can tho", "1a", "21", "--year", "2021").exit == 0
    by_hand(
        sample,
        """UPDATE change_rows SET before = replace(before, '"value":20', '"value":19')""",
    )
    rechained(sample)
    answer = run("verify")
    assert (answer.exit, answer.out) == (
        5,
        "The book is not as htx left it.\n\n"
        "Cần Thơ 1a as of 31/12/2021: Change 33 found another record than the one left before it. "
        f"Before it stood 20; change 33 found 19.\n{TODO}\n",
    )


def test_a_list_too_long_to_read_is_cut(run: Run, sample: Path) -> None:
    by_hand(sample, "UPDATE provinces SET code = '1'")
    document = json.loads(run("verify", "--json").out)
    assert (len(document["findings"]), document["more"]) == (87, False)
    by_hand(sample, "UPDATE aliases SET alias = alias || 'x'", "UPDATE lines SET text = 'x'")
    document = json.loads(run("verify", "--json").out)
    assert (len(document["findings"]), document["more"]) == (100, True)
    assert run("verify").out.endswith(f"\nand more\n{TODO}\n")


def test_what_two_references_of_a_record_say_alike_does_not_shorten_the_list(
    run: Run, sample: Path
) -> None:
    by_hand(
        sample,
        "WITH RECURSIVE y (n) AS (SELECT 2030 UNION ALL SELECT n + 1 FROM y WHERE n < 2150)"
        " INSERT INTO leaderships (cluster, year, leader, deputy, deputy_known)"
        " SELECT id, n, 'nobody', 'no-one', 1 FROM clusters, y",
    )
    document = json.loads(run("verify", "--json").out)
    assert (len(document["findings"]), document["more"]) == (100, True)


def test_a_text_that_is_no_text_is_found_where_it_stands(run: Run, sample: Path) -> None:
    by_hand(sample, f"UPDATE results SET note = CAST(x'61ff' AS TEXT) {CAN_THO_1A}")
    answer = run("verify")
    assert (answer.exit, answer.err) == (5, "")
    assert "Cần Thơ 1a as of 31/12/2021: Altered without a change." in answer.out
    assert "\\udcff" in answer.out


# -- the journal's older records -------------------------------------------------------------------


def test_a_record_from_before_a_column_counts_it_as_empty(sample: Path) -> None:
    by_hand(
        sample,
        "UPDATE change_rows SET after = json_remove(after, '$.note'), before ="
        " json_remove(before, '$.note') WHERE after ->> 'note' IS NULL AND table_name = 'results'",
    )
    rechained(sample)
    assert codes(sample) == []


# -- a checkpoint ----------------------------------------------------------------------------------


def hash_of(path: Path, number: int) -> str:
    with closing(sqlite3.connect(path)) as connection:
        sql = "SELECT hash FROM changes WHERE id = ?"
        return str(connection.execute(sql, (number,)).fetchone()[0])


@pytest.mark.parametrize(
    "write",
    [
        lambda hash: hash,
        lambda hash: hash[:8],
        lambda hash: hash[:20].upper(),
        lambda hash: " ".join(hash[at : at + 5] for at in range(0, 20, 5)),
        lambda hash: "-".join(hash[at : at + 5] for at in range(0, 20, 5)),
    ],
    ids=["whole", "8", "capitals", "groups", "hyphens"],
)
def test_a_book_still_has_the_checkpoint_of_the_minutes(
    write: Callable[[str], str], run: Run, sample: Path
) -> None:
    typed = write(hash_of(sample, 30))
    answer = run("verify", "--checkpoint", typed)
    assert (answer.exit, answer.out) == (0, "")
    assert answer.err.startswith("The book still has this checkpoint: change 30 of ")
    document = json.loads(run("verify", "--checkpoint", typed, "--json").out)
    assert document["asked"]["change"] == 30


def test_a_checkpoint_of_a_change_that_came_from_another_copy_is_kept_in_its_origin(
    sample: Path,
) -> None:
    hash = "0123456789" * 6 + "abcd"
    by_hand(sample, f"UPDATE changes SET origin = '{hash}' WHERE id = 30")
    verified = verify(book_at(sample), "01234 56789 01234 56789")
    assert verified.kept is not None and verified.kept.number == 30


def test_whoever_recomputes_the_chain_is_given_away_by_the_checkpoint(
    run: Run, sample: Path
) -> None:
    """The file alone cannot show it: it is whole in itself. What the minutes say can."""
    minutes = hash_of(sample, LAST)[:20]
    by_hand(
        sample,
        f"""UPDATE change_rows SET after = replace(after, '"value":20', '"value":25') {FIRST_ROW}""",
        f"UPDATE results SET value = 25 {CAN_THO_1A}",
    )
    rechained(sample)
    assert run("verify") == QUIET
    answer = run("verify", "--checkpoint", minutes)
    assert answer.exit == 5
    groups = " ".join(minutes[at : at + 5] for at in range(0, 20, 5))
    assert answer.out == (
        "The book is whole, but it does not have this checkpoint.\n\n"
        f"No change of this book has the checkpoint {groups}. Either it is mistyped, or it is of "
        "another copy (bring that in with “htx merge”), or changes that this book had were cut off "
        "or written anew: then go back to a backup.\n"
    )
    by_hand(sample, f"UPDATE results SET value = 26 {CAN_THO_1A}")
    assert run("verify", "--checkpoint", minutes).out.startswith("The book is not as htx left it.")


@pytest.mark.parametrize("typed", ["", "1234567", "1a2b3 c4d5e 6f7g8", "0" * 65, "--"])
def test_what_is_no_checkpoint_is_a_mistake_of_usage(typed: str, run: Run, sample: Path) -> None:
    answer = run("verify", f"--checkpoint={typed}")
    assert answer.exit == 2
    assert "is not a checkpoint" in answer.err


def test_a_checkpoint_that_two_changes_begin_with_is_asked_for_in_full(sample: Path) -> None:
    by_hand(
        sample,
        "UPDATE changes SET origin = '0123456789abcdef' WHERE id = 3",
        "UPDATE changes SET origin = '0123456799abcdef' WHERE id = 4",
    )
    with pytest.raises(UsageError, match="More than one change begins with"):
        verify(book_at(sample), "01234567")
    verified = verify(book_at(sample), "0123456789")
    assert verified.kept is not None and verified.kept.number == 3


def test_every_finding_has_a_sentence_that_can_be_filled() -> None:
    assert [
        code for _, found in BY_HAND.values() for code in found or () if code not in SENTENCES
    ] == []


def test_the_sample_has_as_many_changes_as_are_named_here() -> None:
    assert verify(book_at(SAMPLE)).changes == LAST


# -- in the minutes --------------------------------------------------------------------------------

TO_SHOW = (["report", "--year", "2021"], ["leaders"])


@pytest.mark.parametrize("typed", TO_SHOW, ids=["report", "leaders"])
def test_what_is_printed_for_a_conference_ends_with_the_checkpoint(
    typed: list[str], run: Run, sample: Path
) -> None:
    """What is made of rows alone leaves it out; the book is held to it afterwards."""
    hash = hash_of(sample, LAST)
    checkpoint = " ".join(hash[at : at + 5] for at in range(0, 20, 5))
    assert run(*typed).out.splitlines()[-1] == f"Checkpoint: {checkpoint}"
    table = run(*typed, "--format", "table", COLUMNS="80").out
    assert table.splitlines()[-1].strip() == f"Checkpoint: {checkpoint}"
    assert run(*typed, "--format", "md").out.splitlines()[-1] == f"- Checkpoint: {checkpoint}"
    assert json.loads(run(*typed, "--json").out)["checkpoint"] == checkpoint
    for format in ("ndjson", "csv"):  # a row is a figure or a year; the book is not
        assert checkpoint not in run(*typed, "--format", format).out
    assert run(*typed, HTX_LANG="vi").out.splitlines()[-1] == f"Mã đối chiếu: {checkpoint}"

    assert run("record", "can tho", "1a", "21", "--year", "2021").exit == 0
    assert run("verify", "--checkpoint", checkpoint).exit == 0
    assert f"Checkpoint: {checkpoint}" not in run(*typed).out
