"""`htx backup FILE`: a verified copy, whole at its place or not there at all, while others write."""

import errno
import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from htx_cli.actions import book_at
from htx_cli.actions.verify import verify
from htx_cli.book import copying as placing
from htx_cli.domain.changes import in_fives
from tests.support.books import SAMPLE, TESTS
from tests.support.commands import Answer, Run
from tests.support.tampering import by_hand

LAST = 32  # of the sample's changes
COPY = Path("copy.db")
OTHER = b"the minutes of a meeting\n"
posix = pytest.mark.skipif(sys.platform == "win32", reason="files are of another kind there")


def folder() -> list[str]:
    """What stands in the folder of the test."""
    return sorted(path.name for path in Path.cwd().iterdir())


def dump(path: Path) -> list[str]:
    """All that a database says, as SQL."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def checkpoint() -> str:
    """The checkpoint of the sample's last change."""
    return in_fives(verify(book_at(SAMPLE)).hash)


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """As on a disk that has no more room."""
    resource = pytest.importorskip("resource", reason="limits are of another kind here")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


# -- a copy ----------------------------------------------------------------------------------------


def test_a_copy_says_what_the_book_says_and_verifies(run: Run, sample: Path) -> None:
    assert run("backup", "copy.db") == Answer(
        0, "", f"Saved and verified: copy.db  (change {LAST}, checkpoint {checkpoint()})\n"
    )
    assert dump(COPY) == dump(SAMPLE)
    assert run("--db", "copy.db", "verify") == Answer(0, "", "")
    assert (sample.read_bytes(), folder()) == (SAMPLE.read_bytes(), ["copy.db", "htx.db"])


def test_it_is_told_in_vietnamese(run: Run, sample: Path) -> None:
    assert run("backup", "copy.db", HTX_LANG="vi").err == (
        f"Đã lưu và kiểm tra: copy.db  (lần thay đổi {LAST}, mã đối chiếu {checkpoint()})\n"
    )


def test_a_script_gets_the_checkpoint_to_keep_with_the_copy(run: Run, sample: Path) -> None:
    answer = run("backup", "copy.db", "--json")
    assert (answer.exit, answer.err) == (0, "")
    assert json.loads(answer.out) == {
        "schema": "htx.backup/1",
        "file": "copy.db",
        "change": LAST,
        "checkpoint": checkpoint(),
        "hash": verify(book_at(sample)).hash,
        "bytes": COPY.stat().st_size,
    }
    assert run("--db", "copy.db", "verify", "--checkpoint", checkpoint()).exit == 0


@posix
def test_a_copy_is_for_whom_the_user_lets_read_new_files(run: Run, sample: Path) -> None:
    before = os.umask(0o027)
    try:
        assert run("backup", "copy.db").exit == 0
    finally:
        os.umask(before)
    assert COPY.stat().st_mode & 0o777 == 0o640


# -- while others write ----------------------------------------------------------------------------


def test_what_another_program_has_not_finished_is_not_in_the_copy(run: Run, sample: Path) -> None:
    with closing(sqlite3.connect(sample, isolation_level=None)) as another:
        another.execute("BEGIN IMMEDIATE")
        another.execute("UPDATE results SET value = 25 WHERE target = '1a'")
        assert run("backup", "copy.db").exit == 0
        another.execute("COMMIT")
    assert dump(COPY) == dump(SAMPLE) != dump(sample)


def test_it_waits_no_longer_than_told_for_another_program(run: Run, sample: Path) -> None:
    with closing(sqlite3.connect(sample, isolation_level=None)) as another:
        another.execute("BEGIN EXCLUSIVE")
        answer = run("backup", "copy.db", HTX_WAIT="0")
    assert (answer.exit, folder()) == (5, ["htx.db"])
    assert "is being written by another program" in answer.err


# -- its place -------------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [[], ["--json"]], ids=["words", "json"])
def test_no_file_is_ever_written_over_unless_told(run: Run, sample: Path, more: list[str]) -> None:
    COPY.write_bytes(OTHER)
    answer = run("backup", "copy.db", *more)
    assert answer.exit == 2
    assert "copy.db exists already and was not touched." in answer.out + answer.err
    assert (COPY.read_bytes(), folder()) == (OTHER, ["copy.db", "htx.db"])

    assert run("backup", "copy.db", "--replace", *more).exit == 0
    assert (dump(COPY), folder()) == (dump(SAMPLE), ["copy.db", "htx.db"])


def test_the_book_itself_is_no_place_for_its_copy(run: Run, sample: Path) -> None:
    for name in ("htx.db", "./htx.db", "link.db"):
        if name == "link.db":
            Path(name).symlink_to(sample)
        answer = run("backup", name, "--replace")
        assert answer == Answer(
            2, "", f"htx: {Path(name)} is the book itself. Name another file for its copy.\n"
        )
    assert sample.read_bytes() == SAMPLE.read_bytes()


@posix
def test_a_link_stays_a_link(run: Run, sample: Path) -> None:
    Path("disk").mkdir()
    COPY.symlink_to("disk/copy.db")
    assert run("backup", "copy.db").exit == 2
    assert run("backup", "copy.db", "--replace").exit == 0
    assert (COPY.is_symlink(), dump(Path("disk/copy.db"))) == (True, dump(SAMPLE))


@posix
def test_what_is_no_file_stays_what_it_is(run: Run, sample: Path) -> None:
    Path("folder").mkdir()
    os.mkfifo("pipe")
    said = {
        "folder": "folder cannot be written: it is a folder",
        "pipe": "pipe cannot be written: it is no regular file",
        "nowhere/copy.db": "nowhere/copy.db cannot be written: its folder does not exist",
    }
    for name, told in said.items():
        assert run("backup", name, "--replace") == Answer(1, "", f"htx: {told}\n")
    assert (Path("pipe").is_fifo(), folder()) == (True, ["folder", "htx.db", "pipe"])


def test_a_journal_of_another_book_would_be_taken_for_the_copys(run: Run, sample: Path) -> None:
    Path("copy.db-journal").write_bytes(OTHER)
    answer = run("backup", "copy.db", "--replace")
    assert answer == Answer(
        5,
        "",
        "htx: copy.db-journal is left of another book that stood here. Move it away first.\n",
    )
    assert folder() == ["copy.db-journal", "htx.db"]


# -- when it cannot be done ------------------------------------------------------------------------


def test_a_book_that_does_not_verify_takes_no_good_copys_place(run: Run, sample: Path) -> None:
    assert run("backup", "copy.db").exit == 0
    good = COPY.read_bytes()
    by_hand(sample, "UPDATE results SET value = 25 WHERE target = '1a' AND province = 'can-tho'")
    answer = run("backup", "copy.db", "--replace")
    assert answer == Answer(
        5,
        "",
        "htx: htx.db does not agree with its journal: results"
        " tay-nam-song-hau/2021/1a/can-tho/2021-06-30/actual: Altered without a change. "
        "“htx verify” shows everything.\n",
    )
    assert (COPY.read_bytes(), folder()) == (good, ["copy.db", "htx.db"])


def test_a_copy_for_which_there_is_no_room_leaves_nothing_behind(run: Run, sample: Path) -> None:
    COPY.write_bytes(OTHER)
    with no_file_longer_than(8192):
        answer = run("backup", "copy.db", "--replace")
    assert (answer.exit, answer.out) == (1, "")
    assert answer.err.startswith("htx: copy.db cannot be written: ")
    assert (COPY.read_bytes(), folder()) == (OTHER, ["copy.db", "htx.db"])


def test_an_older_book_is_migrated_first(run: Run, tmp_path: Path) -> None:
    shutil.copy(TESTS / "data" / "books" / "schema-1.db", tmp_path / "htx.db")
    answer = run("backup", "copy.db")
    assert (answer.exit, folder()) == (5, ["htx.db"])
    assert answer.err == (
        "htx: htx.db was written by an older htx. Run “htx migrate”; a copy is kept.\n"
    )


def test_a_book_that_is_not_there_is_named(run: Run) -> None:
    answer = run("backup", "copy.db")
    assert (answer.exit, folder()) == (5, [])
    assert answer.err.startswith("htx: There is no book at htx.db.")


def test_where_a_file_has_one_name_only_nothing_is_left_of_what_cannot_be_put_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EIO, "refused")

    made, place = tmp_path / "made", tmp_path / "place"
    made.write_bytes(b"whole")
    monkeypatch.setattr(os, "link", refused)
    monkeypatch.setattr(os, "replace", refused)
    with pytest.raises(OSError, match="refused"):
        placing.put_new(made, place)
    assert not place.exists()


def test_a_system_that_cannot_give_a_file_a_second_name_moves_it(
    run: Run, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "link")
    assert run("backup", "copy.db").exit == 0
    assert (folder(), dump(COPY)) == (["copy.db", "htx.db"], dump(sample))
