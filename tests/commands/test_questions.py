"""The dialogue of `add-target` on a real terminal, and that a script is never asked."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pexpect
import pytest

from tests.support.commands import Run
from tests.support.terminal import environ, on_terminal

pytestmark = pytest.mark.slow

Steps = Sequence[tuple[str, str]]
CTRL_C, CTRL_D = "\x03", "\x04"


def talk(sample: Path, language: str, steps: Steps, *typed: str) -> tuple[int, str]:
    """Wait for each question, give its answer; the exit code and the whole conversation."""
    child: Any = pexpect.spawn(
        sys.executable,
        ["-m", "htx_cli", "add-target", *typed],
        env=environ(80, language, HTX_DB=str(sample)),
        encoding="utf-8",
        timeout=20,
        echo=False,
    )
    shown = ""
    for question, answer in steps:
        child.expect_exact(question)
        shown += child.before + child.after
        if answer in (CTRL_C, CTRL_D):
            child.sendcontrol("c" if answer == CTRL_C else "d")
        else:
            child.sendline(answer)
    child.expect(pexpect.EOF)
    shown += child.before
    child.close()
    return child.exitstatus, shown


def signed(run: Run, code: str, year: int = 2022) -> dict[str, Any]:
    made = json.loads(run("targets", "--year", year, "--json").out)["targets"]
    names = ("kind", "bound", "threshold", "level", "base_year", "of_title", "unit", "scope")
    [found] = [target for target in made if target["code"] == code]
    return {name: found[name] for name in names}


def test_each_question_has_a_default_and_a_bad_answer_is_asked_again_with_the_reason(
    run: Run, sample: Path
) -> None:
    exit, shown = talk(
        sample,
        "en",
        [
            ("Year [2022]: ", "20x1"),
            ("“20x1” is not a year. Write it with four digits, for example 2021.\r\nYear [2022]: ", ""),
            ("Code, for example 1a: ", "1/a"),
            ("Code, for example 1a: ", "10"),
            ("Title: ", ""),
            ("The title is empty.\r\nTitle: ", "HTX nông nghiệp mới"),
            ("Kind (1 count, 2 ratio, 3 growth, 4 yes-no, 5 tracked) [1]: ", "sum"),
            ("“sum” is none of: 1 count, 2 ratio, 3 growth, 4 yes-no, 5 tracked.\r\nKind", ""),
            ("A state at its date, not a sum over the year? (yes/no) [no]: ", ""),
            ("Bound (1 at least, 2 at most, 3 exactly) [1]: ", "at-least"),
            ("Threshold: ", "nhiều"),
            ("“nhiều” is not a number. Write for example 1234.5 or 1.234,5.\r\nThreshold: ", "-5"),
            ("10 is -5, but it cannot be below 0.\r\nThreshold: ", "5"),
            ("Unit, for example HTX (Enter: none): ", "HTX"),
            ("Whom it binds (1 each province, 2 the whole cluster) [1]: ", ""),
        ],
    )  # fmt: skip
    assert exit == 0
    assert shown.endswith(
        "Change 33: target 10 of 2022 added: HTX nông nghiệp mới ≥5 HTX, each province"
        "  (htx undo 33)\r\n"
    )
    assert signed(run, "10") == {
        "kind": "count", "bound": "at_least", "threshold": 5, "level": False,
        "base_year": None, "of_title": None, "unit": "HTX", "scope": "each",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "between", "bound", "threshold", "after", "expected", "told"),
    [
        (
            "số lượng", [("Là số tại thời điểm", "có")], "it nhat", "1.234,5",
            [("Đơn vị tính", "thành viên"), ("Phạm vi", "ca cum")],
            ("count", "at_least", 1234.5, True, None, None, "thành viên", "cluster"),
            " ≥1.234,5 thành viên, tại thời điểm, cả cụm",
        ),
        (
            "DEM", [("Là số tại thời điểm", "không")], "nhiều nhất", "7",
            [("Đơn vị tính", ""), ("Phạm vi", "mỗi tỉnh")],
            ("count", "at_most", 7, False, None, None, None, "each"),
            " ≤7, mỗi tỉnh",
        ),
        (
            "ty le", [("Tỷ lệ trên tổng số nào", "HTX đang hoạt động")], "1", "60%",
            [("Phạm vi (1 mỗi tỉnh, 2 cả cụm) [1]: ", "2")],
            ("ratio", "at_least", 60, False, None, "HTX đang hoạt động", None, "cluster"),
            " ≥60%, trên: HTX đang hoạt động, cả cụm",
        ),
        (
            "Tăng trưởng", [("Năm gốc [2021]: ", "2022"), ("Năm gốc [2021]: ", "2020")],
            "đúng bằng", "8", [("Đơn vị tính", ""), ("Phạm vi", "")],
            ("growth", "exactly", 8, False, 2020, None, None, "each"),
            " =+8%, so với 2020, mỗi tỉnh",
        ),
        ("co khong", [], None, None, [("Phạm vi", "")],
         ("yes-no", None, None, False, None, None, None, "each"), ", có/không, mỗi tỉnh"),
        ("5", [], None, None, [("Đơn vị tính", "HTX")],
         ("tracked", None, None, False, None, None, "HTX", "each"), ", theo dõi"),
    ],
)  # fmt: skip
def test_the_dialogue_understands_vietnamese_in_any_spelling_and_numbers(
    run: Run,
    sample: Path,
    kind: str,
    between: Steps,
    bound: str | None,
    threshold: str | None,
    after: Steps,
    expected: tuple[object, ...],
    told: str,
) -> None:
    judged = [("Giới hạn", bound), ("Mức giao", threshold)] if bound and threshold else []
    asked = [
        ("Năm [2022]: ", "2022"),
        ("Mã chỉ tiêu", "10"),
        ("Tên chỉ tiêu", "Thử"),
        ("Dạng (1 số lượng, 2 tỷ lệ, 3 mức tăng, 4 có/không, 5 theo dõi) [1]: ", kind),
        *between,
        *judged,
        *after,
    ]
    exit, shown = talk(sample, "vi", asked)
    assert exit == 0
    said = f"Lần thay đổi 33: thêm chỉ tiêu 10 năm 2022: Thử{told}  (htx undo 33)\r\n"
    assert shown.endswith(said)
    assert tuple(signed(run, "10").values()) == expected


@pytest.mark.parametrize(
    ("typed", "answer", "expected"), [("1.234", "1", 1234), ("1.234", "2", 1.234)]
)
def test_a_number_that_can_be_two_is_asked_for_again_in_words(
    run: Run, sample: Path, typed: str, answer: str, expected: float
) -> None:
    given = ("10", "Thử", "--year", "2022", "--kind", "count", "--unit", "x", "--scope", "each")
    exit, _ = talk(
        sample,
        "vi",
        [
            ("Là số tại thời điểm", ""),
            ("Giới hạn", ""),
            ("Mức giao: ", typed),
            ("“1.234” là 1234, số nguyên (1), hay 1,234, số thập phân (2)?: ", "3"),
            ("số nguyên (1)", answer),
        ],
        *given,
    )  # fmt: skip
    assert (exit, signed(run, "10")["threshold"]) == (0, expected)


def test_a_code_that_is_signed_already_is_said_at_once(sample: Path) -> None:
    taken = "There is a target 1a in 2021 already. Change it with “htx change-target”."
    exit, shown = talk(
        sample,
        "en",
        [("Year", "2021"), ("Code, for example 1a: ", "1A"), ("Code, for example 1a: ", CTRL_D)],
    )
    assert taken.replace("1a", "1A") in shown
    assert exit == 1
    assert talk(sample, "en", [], "1a", "--year", "2021") == (4, f"htx: {taken}\r\n")


def test_a_per_cent_is_refused_at_once_where_things_are_counted(run: Run, sample: Path) -> None:
    given = ("10", "Thử", "--year", "2022", "--kind", "count", "--unit", "x", "--scope", "each")
    exit, shown = talk(
        sample,
        "en",
        [("A state at its date", ""), ("Bound", ""), ("Threshold: ", "60%"), ("Threshold: ", "60")],
        *given,
    )
    assert "“60%” is a per cent" in shown
    assert (exit, signed(run, "10")["threshold"]) == (0, 60)


@pytest.mark.parametrize(
    ("key", "exit", "last"),
    [
        (CTRL_C, 130, ""),
        (CTRL_D, 1, "htx: The questions were not answered to the end; nothing was written."),
    ],
    ids=["Ctrl-C", "Ctrl-D"],
)
def test_whoever_leaves_in_the_middle_leaves_the_book_as_it_was(
    sample: Path, key: str, exit: int, last: str
) -> None:
    before = sample.read_bytes()
    left, shown = talk(sample, "en", [("Year", "2022"), ("Code, for example 1a: ", key)])
    assert (left, "Traceback" in shown) == (exit, False)
    assert shown.replace("^C", "").rstrip().endswith(last or "Code, for example 1a:")
    assert sample.read_bytes() == before


def test_what_was_given_is_not_asked_for(sample: Path) -> None:
    typed = ["add-target", "10", "Quỹ", "--year", "2021", "--kind", "yes-no"]
    command = [sys.executable, "-m", "htx_cli", "--db", str(sample), *typed]
    shown = on_terminal(command, environ(80, "en"), str(sample.parent))
    assert (
        shown == "Change 33: target 10 of 2021 added: Quỹ, yes-no, each province  (htx undo 33)\r\n"
    )


def test_without_a_book_nothing_is_asked(tmp_path: Path) -> None:
    exit, shown = talk(tmp_path / "none.db", "en", [])
    assert (exit, shown.startswith("htx: There is no book at ")) == (5, True)


def test_with_two_clusters_nothing_is_asked_before_one_is_named(run: Run, sample: Path) -> None:
    assert run("add-cluster", "Cụm hai", "--id", "hai", "--member", "ha noi").exit == 0
    exit, shown = talk(sample, "en", [])
    assert (exit, shown.startswith("htx: The book has more than one cluster.")) == (3, True)


@pytest.mark.parametrize("kind", ["tỷ lệ", "TY LE", "ratio"])
def test_options_take_the_same_words(run: Run, sample: Path, kind: str) -> None:
    typed = ["--kind", kind, "--at-least", "60%", "--scope", "cả cụm"]
    assert run("add-target", "10", "Thử", "--year", 2022, *typed).exit == 0
    made = signed(run, "10")
    assert (made["kind"], made["scope"]) == ("ratio", "cluster")
