"""The book was copied to a colleague, and both went on: `htx merge` brings the copy's changes home."""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pexpect
import pytest

from tests.support.commands import Run
from tests.support.copies import COLLEAGUE, ME, merged, record, refused, verified, wrote
from tests.support.journal import computed_hashes, replayed, rows, stored_hashes, tables
from tests.support.terminal import environ

PAPER = "source “Số liệu minh họa”"


@pytest.fixture
def copy(sample: Path) -> Path:
    """A copy of the book, as a colleague got it."""
    return Path(shutil.copy(sample, sample.with_name("copy.db")))


# -- what comes home -------------------------------------------------------------------------------


def test_each_change_comes_with_its_author_date_and_reason(
    run: Run, sample: Path, copy: Path
) -> None:
    record(run, sample, ME, 21, "1a")
    words = ("withdraw", "ca mau", "1a", "--as-of", "31/12/2021", "--because", "Sai đơn vị")
    answer = run("--db", copy, *words, HTX_USER=COLLEAGUE, HTX_NOW="2022-02-01T09:00:00+07:00")
    assert answer.exit == 0
    assert run("merge", copy, HTX_USER=ME, HTX_NOW="2022-03-01T09:00:00+07:00").exit == 0
    columns = "at, who, command, because, fixed_clock, rows, origin, received_at, received_by"
    assert rows(sample, f"SELECT {columns} FROM changes WHERE id > 33") == [
        (
            "2022-02-01T02:00:00.000000+00:00",
            COLLEAGUE,
            "withdraw 'ca mau' 1a --as-of 31/12/2021",
            "Sai đơn vị",
            1,
            1,
            stored_hashes(copy)[32],
            "2022-03-01T02:00:00.000000+00:00",
            ME,
        )
    ]
    assert tables(sample) == replayed(sample)
    assert verified(run, sample)
    shown = run("log", 34).out
    assert f"brought in by {ME} on 01/03/2022" in shown


def test_an_import_comes_with_its_file_and_the_places_in_it(
    run: Run, sample: Path, copy: Path
) -> None:
    record(run, sample, ME, 21)
    Path("kq.csv").write_text("province,target,value,as_of\nca mau,1a,23,31/12/2021\n")
    wrote(run, copy, COLLEAGUE, "import", "kq.csv")
    merged(run, sample, copy)
    assert rows(sample, "SELECT change, name FROM change_files WHERE change > 32") == [
        (34, "kq.csv")
    ]
    assert rows(sample, "SELECT place FROM change_rows WHERE change = 34") == [
        ('{"cell":"C2","file":"kq.csv","row":2}',)
    ]
    assert verified(run, sample)


def test_merging_again_changes_nothing_and_both_come_to_the_same(
    run: Run, sample: Path, copy: Path
) -> None:
    record(run, sample, ME, 21, "1a")
    record(run, copy, COLLEAGUE, 3, "1b")
    assert [merged(run, sample, copy)["count"], merged(run, copy, sample)["count"]] == [1, 1]
    before = [path.read_bytes() for path in (sample, copy)]
    assert [merged(run, sample, copy)["count"], merged(run, copy, sample)["count"]] == [0, 0]
    assert [path.read_bytes() for path in (sample, copy)] == before
    assert tables(sample) == tables(copy)
    assert verified(run, sample, copy)


def test_a_checkpoint_of_the_copy_is_kept_in_the_merged_book(
    run: Run, sample: Path, copy: Path
) -> None:
    record(run, sample, ME, 21, "1a")
    record(run, copy, COLLEAGUE, 3, "1b")
    merged(run, sample, copy)
    assert run("verify", "--checkpoint", stored_hashes(copy)[32][:20]).exit == 0


def test_the_hash_covers_where_a_change_came_from(run: Run, sample: Path, copy: Path) -> None:
    record(run, sample, ME, 21, "1a")
    record(run, copy, COLLEAGUE, 3, "1b")
    merged(run, sample, copy)
    assert computed_hashes(sample)[:33] == stored_hashes(sample)[:33]
    assert computed_hashes(sample)[33] != stored_hashes(sample)[33]  # without where it came from
    assert verified(run, sample)


def test_a_dry_run_says_the_same_and_writes_nothing(run: Run, sample: Path, copy: Path) -> None:
    record(run, sample, ME, 21, "1a")
    record(run, copy, COLLEAGUE, 3, "1b")
    before = sample.read_bytes()
    dry = merged(run, sample, copy, "--dry-run")
    assert sample.read_bytes() == before
    done = merged(run, sample, copy)
    [change] = done["changes"]
    assert (change["change"], change["who"], change["received_by"]) == (34, COLLEAGUE, ME)
    nameless = {**change, "change": None, "hash": None}
    assert dry == {**done, "dry_run": True, "changes": [nameless]}


# -- what both changed -----------------------------------------------------------------------------


@pytest.fixture
def apart(run: Run, sample: Path, copy: Path) -> Path:
    """1a of Cần Thơ is 21 here and 23 in the copy, which also has a new figure for 1b."""
    record(run, sample, ME, 21)
    record(run, copy, COLLEAGUE, 23)
    record(run, copy, COLLEAGUE, 3, "1b")
    return copy


def test_a_conflict_is_told_and_nothing_is_written(run: Run, sample: Path, apart: Path) -> None:
    before = sample.read_bytes()
    answer = run("merge", apart)
    assert (answer.exit, sample.read_bytes()) == (4, before)
    title, heading, line = answer.out.splitlines()[-3:]
    assert (title, heading.split()) == ("Changed in both", ["here", "there", "stands"])
    assert line == (
        f"Cần Thơ 1a as of 31/12/2021: 20 → 21; {PAPER} → “{ME}” ({ME}, 05/01/2022)  "
        f"Cần Thơ 1a as of 31/12/2021: 20 → 23; {PAPER} → “{COLLEAGUE}” ({COLLEAGUE}, 05/01/2022)"
        "  ?"
    )
    assert answer.err == (
        f"Nothing was written. Records that differ in {apart}: 1. Say whose shall stand, --ours or"
        " --theirs; on a terminal you are asked one by one.\n"
    )


def test_a_script_reads_every_conflict(run: Run, sample: Path, apart: Path) -> None:
    answer = run("merge", apart, "--json")
    made = json.loads(answer.out)
    assert (answer.exit, answer.err, made["schema"]) == (4, "", "htx.merge/1")
    assert (made["count"], made["changes"], made["undecided"]) == (2, [], 1)
    [conflict] = made["conflicts"]
    assert conflict["key"] == "tay-nam-song-hau/2021/1a/can-tho/2021-12-31/actual"
    assert (conflict["ours"]["who"], conflict["ours"]["record"]["value"]) == (ME, 21)
    assert (conflict["theirs"]["who"], conflict["theirs"]["record"]["value"]) == (COLLEAGUE, 23)
    assert conflict["decided"] is None


@pytest.mark.parametrize(("side", "value", "last"), [("--ours", 21, 36), ("--theirs", 23, 35)])
def test_decided_for_one_side_all_of_the_other_is_in_the_journal_too(
    run: Run, sample: Path, apart: Path, side: str, value: int, last: int
) -> None:
    made = merged(run, sample, apart, side)
    assert (made["undecided"], made["conflicts"][0]["decided"]) == (0, side[2:])
    sql = "SELECT value FROM results WHERE target = '1a' AND province = 'can-tho'"
    assert rows(sample, f"{sql} AND as_of = '2021-12-31'") == [(float(value),)]
    assert len(stored_hashes(sample)) == last
    assert set(stored_hashes(apart)) <= {o for (o,) in rows(sample, "SELECT origin FROM changes")}
    assert tables(sample) == replayed(sample)
    assert merged(run, apart, sample)["conflicts"] == []  # what was decided is decided
    assert tables(sample) == tables(apart)
    assert verified(run, sample, apart)


def test_a_record_that_one_took_away_and_the_other_changed_is_a_conflict(
    run: Run, sample: Path, copy: Path
) -> None:
    record(run, sample, ME, 21)
    wrote(run, copy, COLLEAGUE, "withdraw", "can tho", "1a", "--as-of", "31/12/2021")
    assert run("merge", copy).exit == 4
    merged(run, sample, copy, "--theirs")
    assert "tay-nam-song-hau/2021/1a/can-tho/2021-12-31/actual" not in tables(sample)["results"]


@pytest.mark.slow
def test_on_a_terminal_each_conflict_is_asked_about(run: Run, sample: Path, apart: Path) -> None:
    child: Any = pexpect.spawn(
        sys.executable,
        ["-m", "htx_cli", "merge", str(apart)],
        env=environ(80, "en", HTX_DB=str(sample), HTX_USER=ME),
        encoding="utf-8",
        timeout=30,
        echo=False,
    )
    child.expect_exact("Which shall stand, 1 or 2?: ")
    assert "1 this book: Cần Thơ 1a as of 31/12/2021: 20 → 21" in child.before
    assert "2 the other copy: Cần Thơ 1a as of 31/12/2021: 20 → 23" in child.before
    child.sendline("3")
    child.expect_exact("Which shall stand, 1 or 2?: ")
    assert child.before == "“3” is none of: 1, 2.\r\n"
    child.sendline("2")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    sql = "SELECT value FROM results WHERE target = '1a' AND province = 'can-tho'"
    assert rows(sample, f"{sql} AND as_of = '2021-12-31'") == [(23.0,)]


# -- what cannot be merged -------------------------------------------------------------------------


def test_a_figure_of_a_target_that_the_copy_removed_is_told_with_who_did_what(
    run: Run, sample: Path, copy: Path
) -> None:
    for path in (sample, copy):
        wrote(run, path, ME, "add-target", "10", "Thử", "--year", 2021, "--kind", "tracked")
    record(run, sample, ME, 5, "10")
    wrote(run, copy, COLLEAGUE, "remove-target", "10", "--year", 2021)
    assert refused(run, copy) == (
        4,
        [
            f"{COLLEAGUE}, 05/01/2022: target 10 of 2021 removed: Thử",
            f"{ME}, 05/01/2022: Cần Thơ 10 as of 31/12/2021: 5; source “{ME}”",
            "htx: Nothing was written: what the two copies changed cannot stand together. A record"
            " refers to one that the other copy took away. Take one of these back in its copy, then"
            " merge again.",
        ],
    )
    assert run("undo").exit == 0
    assert run("merge", copy).exit == 0
    assert verified(run, sample)


def test_two_provinces_on_one_seat_break_a_rule(run: Run, sample: Path, copy: Path) -> None:
    wrote(run, sample, ME, "add-member", "ben tre", "--since", 2022)
    wrote(run, copy, COLLEAGUE, "add-member", "tra vinh", "--since", 2022)
    exit, told = refused(run, copy)
    assert (exit, "Two members of the cluster hold this seat at once." in told[-1]) == (4, True)


def test_what_is_no_copy_of_this_book_is_refused(run: Run, sample: Path, copy: Path) -> None:
    assert run("--db", "other.db", "init", HTX_NOW="2023-01-05T08:00:00+07:00").exit == 0
    assert refused(run, "other.db") == (
        4,
        ["htx: other.db is no copy of htx.db: the two have no change in common."],
    )
    assert refused(run, sample) == (
        4,
        [f"htx: {sample} is this very book. Name the other copy."],
    )
    exit, told = refused(run, "nowhere.db")
    assert (exit, told) == (3, ["htx: There is no file nowhere.db."])
    for path in (Path("q1.csv"), Path("empty.db"), Path("folder")):
        path.mkdir() if path.name == "folder" else path.write_text("a" * (path.suffix == ".csv"))
        assert refused(run, path) == (
            5,
            [
                f"htx: {path} is no book of htx, so it cannot be merged. Name another copy of this"
                " book; figures that stand in a file come in with “htx import”."
            ],
        )
    exit, told = refused(run, copy, "--ours", "--theirs")
    assert (exit, told) == (
        2,
        ["htx: --ours and --theirs contradict each other. Give one of them."],
    )


def test_nothing_is_taken_from_a_copy_that_was_tampered_with(
    run: Run, sample: Path, copy: Path
) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE results SET value = 99 WHERE target = '1a'")
    exit, told = refused(run, copy)
    assert exit == 5
    assert told[0].startswith(
        f"htx: {copy} is not what its journal says, and nothing of it was taken:"
    )


@pytest.mark.parametrize("format", ["plain", "md", "csv", "ndjson"])
def test_every_format_tells_the_changes_and_the_conflicts(
    run: Run, sample: Path, apart: Path, format: str
) -> None:
    text = run("merge", apart, "--ours", "--format", format).out
    assert text.count(COLLEAGUE) >= 2
    assert "21" in text
    assert "23" in text


# -- checkpoints -----------------------------------------------------------------------------------


def test_that_a_change_bore_a_checkpoint_in_a_copy_is_told_as_the_word_of_the_book(
    run: Run, sample: Path
) -> None:
    copy = Path(shutil.copy(sample, sample.with_name("copy.db")))
    record(run, sample, ME, 21, "1a")
    record(run, copy, COLLEAGUE, 3, "1b")
    merged(run, sample, copy)
    minutes = stored_hashes(copy)[-1][:20]
    answer = run("verify", "--checkpoint", minutes)
    assert (answer.exit, answer.err) == (
        0,
        "The book says that its change 34 of 05/01/2022, by Trần Bình, bore this checkpoint in the copy"
        " that it came from. Only that copy can prove it: htx --db COPY verify --checkpoint HASH\n",
    )
    asked = json.loads(run("verify", "--checkpoint", minutes, "--json").out)["asked"]
    assert asked == {"checkpoint": minutes, "change": 34, "proved": False}
    ours = stored_hashes(sample)[-1][:20]
    asked = json.loads(run("verify", "--checkpoint", ours, "--json").out)["asked"]
    assert asked == {"checkpoint": ours, "change": 34, "proved": True}
