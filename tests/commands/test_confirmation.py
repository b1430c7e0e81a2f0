"""On a terminal a write of many records is shown first, and asked about; in a pipe it is done."""

import os
import sys
from pathlib import Path
from typing import Any

import pexpect
import pytest

from tests.support.books import SAMPLE
from tests.support.commands import Run
from tests.support.journal import rows
from tests.support.terminal import HTX, environ, on_terminal

pytestmark = pytest.mark.slow

UNDO, ROTATE = "Take change 32 back? (yes/no) [yes]: ", "Record this for 2022? (yes/no) [yes]: "
LAST = "SELECT max(id), (SELECT command FROM changes ORDER BY id DESC LIMIT 1) FROM changes"
NOTHING = (32, "import results-2021-12.csv")


def talk(sample: Path, question: str, answer: str, *typed: str) -> tuple[int, str, str]:
    """The exit code, what was shown before the question, and what came after the answer."""
    child: Any = pexpect.spawn(
        sys.executable,
        ["-m", "htx_cli", *typed],
        env=environ(80, "en", HTX_DB=str(sample)),
        encoding="utf-8",
        timeout=20,
        echo=False,
    )
    child.expect_exact(question)
    before = child.before
    if answer.startswith("ctrl-"):
        child.sendcontrol(answer.removeprefix("ctrl-"))
    else:
        child.sendline(answer)
    child.expect(pexpect.EOF)
    child.close()
    lines = [line.rstrip() for line in f"{before}\1{child.before}".split("\r\n")]
    before, _, after = "\n".join(lines).partition("\1")
    return child.exitstatus, before, after


@pytest.mark.parametrize(
    ("answer", "exit", "said", "stands"),
    [
        ("", 0, "Change 33: Hậu Giang htx as of 31/12/2021: ", (33, "undo 32")),
        ("yes", 0, "Change 33: ", (33, "undo 32")),
        ("có", 0, "Change 33: ", (33, "undo 32")),
        ("y", 0, "Change 33: ", (33, "undo 32")),
        ("C ", 0, "Change 33: ", (33, "undo 32")),
        ("n", 1, "htx: Nothing was written.\n", NOTHING),
        ("k", 1, "htx: Nothing was written.\n", NOTHING),
        ("no", 1, "htx: Nothing was written.\n", NOTHING),
        ("không", 1, "htx: Nothing was written.\n", NOTHING),
        (
            "ctrl-d",
            1,
            "\nhtx: The questions were not answered to the end; nothing was written.\n",
            NOTHING,
        ),
        ("ctrl-c", 130, "\n", NOTHING),
    ],
)
def test_undo_shows_what_would_stand_again_and_asks(
    sample: Path, answer: str, exit: int, said: str, stands: tuple[int, str]
) -> None:
    left, shown, told = talk(sample, UNDO, answer, "undo")
    assert shown.startswith(
        "Change 32 is taken back\n"
        "when: 05/01/2022 08:00 (fixed clock)\n"
        "who: htx-sample\n"
        "command: import results-2021-12.csv\n\n"
        "what\n"
    )
    assert shown.endswith("\nand 59 more\n")
    assert (left, told.startswith(said), told.count("what")) == (exit, True, 0)
    assert rows(sample, LAST) == [stands]


def test_an_answer_that_is_neither_is_asked_for_again_as_an_answer_not_as_a_figure(
    sample: Path,
) -> None:
    child: Any = pexpect.spawn(
        sys.executable,
        ["-m", "htx_cli", "undo"],
        env=environ(80, "en", HTX_DB=str(sample)),
        encoding="utf-8",
        timeout=20,
        echo=False,
    )
    child.expect_exact(UNDO)
    child.sendline("maybe")
    child.expect_exact(UNDO)
    said = "“maybe” is no answer. Type y (c, có) for yes, or n (k, không) for no.\r\n"
    assert child.before == said
    child.sendline("n")
    child.expect(pexpect.EOF)
    child.close()
    assert (child.exitstatus, rows(sample, LAST)) == (1, [NOTHING])


def test_undo_is_not_asked_about_when_it_cannot_be(sample: Path) -> None:
    shown = on_terminal([str(HTX), "undo", "30"], environ(80, "en", HTX_DB=str(sample)), ".")
    assert "Change 30 was not taken back" in shown
    assert "Take change" not in shown


def test_rotate_leader_shows_its_proposal_and_asks(sample: Path) -> None:
    exit, shown, told = talk(sample, ROTATE, "", "rotate-leader", "--year", "2022")
    assert shown == (
        "Leader of 2022\n\n"
        "role    province  named by\n"
        "────────────────────────────────────────\n"
        "leader  Cần Thơ   the deputy moves up\n"
        "deputy  Cà Mau    next in the same order\n"
    )
    assert (exit, told) == (0, "Change 33: 2022: leader Cần Thơ, deputy Cà Mau  (htx undo 33)\n")


def test_a_proposal_that_is_declined_is_not_recorded(sample: Path) -> None:
    exit, _, told = talk(sample, ROTATE, "no", "rotate-leader", "--year", "2022")
    assert (exit, told, rows(sample, LAST)) == (1, "htx: Nothing was written.\n", [NOTHING])


def test_a_leader_that_is_recorded_already_is_not_asked_about(sample: Path) -> None:
    typed = [str(HTX), "rotate-leader", "--year", "2021"]
    shown = on_terminal(typed, environ(80, "en", HTX_DB=str(sample)), os.getcwd())
    assert "Nothing to change: the book says so already." in shown
    assert "Record this" not in shown


def test_what_was_agreed_to_is_recorded_or_nothing(run: Run, sample: Path) -> None:
    """Another officer records the election while the question stands on the screen."""
    child: Any = pexpect.spawn(
        sys.executable,
        ["-m", "htx_cli", "rotate-leader", "--year", "2022"],
        env=environ(80, "en", HTX_DB=str(sample)),
        encoding="utf-8",
        timeout=20,
    )
    child.expect_exact(ROTATE)
    elected = ["--leader", "ca mau", "--deputy", "an giang", "--because", "Bầu tại hội nghị"]
    assert run("rotate-leader", "--year", 2022, *elected).exit == 0
    child.sendline("")
    said = "htx: The book changed meanwhile: now Cà Mau would lead in 2022. Look again.\r\n"
    child.expect_exact(said)
    child.expect(pexpect.EOF)
    child.close()
    assert (child.exitstatus, rows(sample, LAST)[0][0]) == (4, 33)


@pytest.mark.parametrize("more", [["--json"], ["--format", "json"], ["--dry-run"]])
def test_neither_json_nor_a_dry_run_is_asked_about(sample: Path, more: list[str]) -> None:
    typed = [str(HTX), "undo", *more]
    shown = on_terminal(typed, environ(80, "en", HTX_DB=str(sample)), ".")
    assert "Take change" not in shown
    assert rows(sample, LAST)[0][0] == (32 if more == ["--dry-run"] else 33)


def test_a_pipe_gets_the_answer_though_somebody_was_asked(run: Run, tmp_path: Path) -> None:
    """Standard output may go elsewhere while the question is asked on the terminal."""
    book = tmp_path / "copy.db"
    book.write_bytes(SAMPLE.read_bytes())
    exit, _, told = talk(book, UNDO, "", "undo", "-o", str(tmp_path / "undone.csv"))
    assert (exit, told.splitlines()[-1].startswith("Saved: ")) == (0, True)
    assert len((tmp_path / "undone.csv").read_text(encoding="utf-8").splitlines()) == 80
