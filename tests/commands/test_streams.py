"""What comes out where, when a stream is full, closed, or nobody reads it any more."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.commands import Answer

FULL = Path("/dev/full")
HTX = [sys.executable, "-m", "htx_cli"]
RECORD = ["record", "can tho", "1a", "21", "--as-of", "31/12/2021"]
NO_ROOM = "The answer could not be written out: No space left on device"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="the streams of POSIX shells"),
]
full = pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
ways = pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])

Shell = Callable[..., Answer]


@pytest.fixture
def shell(sample: Path) -> Shell:
    """Run a command with a shell's redirections: `shell(["leaders"], ">/dev/full")`."""

    def call(typed: list[str], redirected: str = "", **environ: str) -> Answer:
        done = subprocess.run(
            ["sh", "-c", f'"$@" {redirected}', "sh", *HTX, *typed],
            capture_output=True,
            encoding="utf-8",
            check=False,
            env={**os.environ, **environ},
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    return call


@full
@ways
@pytest.mark.parametrize(
    "typed",
    [
        ["leaders"],
        ["leaders", "--format", "table"],
        ["leaders", "--json"],
        ["log", "--format", "csv"],
        ["--help"],
        ["report", "--help"],
        ["--version"],
        [],
    ],
    ids=" ".join,
)
def test_a_full_standard_output_is_one_sentence(
    shell: Shell, typed: list[str], unbuffered: str
) -> None:
    answer = shell(typed, ">/dev/full", PYTHONUNBUFFERED=unbuffered)
    assert answer == Answer(1, "", f"htx: {NO_ROOM}\n")


@ways
@pytest.mark.parametrize("typed", [["leaders"], ["leaders", "--json"], ["--help"]], ids=" ".join)
def test_a_closed_standard_output_is_one_sentence(
    shell: Shell, typed: list[str], unbuffered: str
) -> None:
    answer = shell(typed, ">&-", PYTHONUNBUFFERED=unbuffered)
    said = "htx: The answer could not be written out: Bad file descriptor\n"
    assert answer == Answer(1, "", said)


@full
@ways
@pytest.mark.parametrize("redirected", [">/dev/full", ">&-"])
def test_what_was_written_into_the_book_is_said_though_its_json_finds_no_room(
    shell: Shell, redirected: str, unbuffered: str
) -> None:
    answer = shell([*RECORD, "--json"], redirected, PYTHONUNBUFFERED=unbuffered)
    why = "No space left on device" if "full" in redirected else "Bad file descriptor"
    assert answer == Answer(
        1,
        "",
        "htx: Change 33 stands in the book, but the answer could not be written out:"
        f" {why}  (htx log 33)\n",
    )
    assert json.loads(shell(["log", "33", "--json"]).out)["schema"] == "htx.log/1"


@full
@pytest.mark.parametrize("format", ["plain", "csv", "table"])
def test_a_change_is_announced_before_its_answer_is_shown(shell: Shell, format: str) -> None:
    answer = shell(["rotate-leader", "--year", "2022", "--format", format], ">/dev/full")
    announced, said = answer.err.splitlines()
    assert (answer.exit, said) == (1, f"htx: {NO_ROOM}")
    assert announced.startswith("Change 33: 2022: leader Cần Thơ")


def test_a_write_that_says_nothing_on_standard_output_does_not_mind_it(shell: Shell) -> None:
    assert shell(RECORD, ">&-").exit == 0


def test_whoever_reads_may_leave_early(shell: Shell) -> None:
    """As `htx … | head -1` does."""
    assert shell(["log", "--json"], "| true") == Answer(0, "", "")
    answer = shell([*RECORD, "--json"], "| sleep 0")
    assert answer.out == ""
    assert "Exception" not in answer.err


@full
@ways
@pytest.mark.parametrize("redirected", ["2>/dev/full", "2>&-"])
@pytest.mark.parametrize(
    ("typed", "exit"),
    [
        (["explain", "nowhere", "1a", "--year", "2021"], 3),
        (["record", "can tho", "1a", "x", "--year", "2021"], 4),
        (RECORD, 0),
        (["import", "wrong.csv"], 4),
    ],
    ids=["not found", "rejected", "well", "problems"],
)
def test_a_full_or_closed_standard_error_changes_no_exit_code(
    shell: Shell, typed: list[str], exit: int, redirected: str, unbuffered: str
) -> None:
    Path("wrong.csv").write_text("province,target,value\nx,1a,1\n", encoding="utf-8")
    assert shell(typed, redirected, PYTHONUNBUFFERED=unbuffered) == Answer(exit, "", "")


@full
def test_an_error_for_a_script_is_said_in_words_where_its_json_finds_no_room(shell: Shell) -> None:
    answer = shell(["report", "--year", "2019", "--json"], ">/dev/full")
    said = "htx: Nothing is signed or drafted for 2019. The book has: 2020, 2021.\n"
    assert answer == Answer(3, "", said)


def test_a_closed_standard_input_is_an_empty_one(shell: Shell, sample: Path) -> None:
    answer = shell(["import", "-"], "<&-")
    assert (answer.exit, answer.out) == (4, "")
    assert "The file has no rows with figures." in answer.err
    shutil.copy(Path(__file__).parents[1] / "sample" / "results-2021-12.csv", "december.csv")
    assert shell(["import", "december.csv"], "<&-").exit == 0
    assert shell(["add-target"], "<&-").exit == 2


INTERRUPTED = """
import os, signal, sys

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Finder())
sys.argv = ["htx", "leaders"]
from htx_cli.__main__ import main
main()
"""


@pytest.mark.parametrize(
    "module", ["typer", "htx_cli.cli", "htx_cli.text.errors", "htx_cli.actions.leaders", "sqlite3"]
)
def test_ctrl_c_while_the_program_is_being_loaded_is_no_traceback(
    sample: Path, module: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED.format(module=module)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", "")


@pytest.mark.skipif(os.name == "nt", reason="a shell's way to close a stream")
@pytest.mark.parametrize("format", ["csv", "xlsx", "json"])
def test_an_export_to_a_closed_output_is_told_as_such(sample: Path, format: str) -> None:
    typed = f'"{sys.executable}" -m htx_cli export - --format {format} >&-'
    done = subprocess.run(["sh", "-c", typed], cwd=sample.parent, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (
        1,
        "htx: The answer could not be written out: Bad file descriptor\n",
    )
