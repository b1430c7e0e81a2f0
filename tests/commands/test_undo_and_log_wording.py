"""What a refusal to reopen names to type, and what the log says of a change: all of it, or that nothing was left."""

import json
import shutil
from pathlib import Path

from tests.support.commands import Answer, Run

END = {"HTX_NOW": "2021-12-31T08:00:00+07:00"}


def test_to_take_a_closing_back_is_refused_with_the_whole_command(run: Run, sample: Path) -> None:
    assert run("close-year", 2021, "--incomplete", **END).exit == 0
    assert run("undo", 33, **END) == Answer(
        4,
        "",
        "htx: Change 33 closed 2021: to take it back is to reopen the year. Say why:"
        " htx undo 33 --because TEXT\n",
    )
    assert run("undo", 33, "--because", "còn thiếu số", **END).exit == 0


def test_the_log_says_of_a_merged_change_that_nothing_was_left_to_do(
    run: Run, sample: Path
) -> None:
    copy = shutil.copy(sample, "copy.db")
    typed = ("record", "can tho", "1a", 21, "--as-of", "31/12/2021")
    for path in (sample, copy):
        assert run("--db", path, *typed, HTX_USER=str(path)[-7:]).exit == 0
    assert run("merge", copy).exit == 0
    nothing = "nothing of it was left to do: the book said so already"
    assert nothing in run("log").out
    assert nothing in run("log", 34).out


def test_due_dates_of_a_year_are_told_without_saying_year_twice(run: Run, sample: Path) -> None:
    told = run("set-due", "year", 25, "--year", 2022, "--lang", "vi")
    assert "năm 2022, số liệu mỗi năm: hạn gửi 25 ngày sau khi hết kỳ" in told.err


def test_a_draft_is_told_with_all_its_targets_wherever_it_is_told(run: Run, sample: Path) -> None:
    copy = shutil.copy(sample, "copy.db")
    assert run("--db", copy, "open-year", 2022).exit == 0
    draft = "2022 opened as a draft of 12 targets"
    assert draft in run("merge", copy, "--dry-run").out
    assert draft in run("merge", copy).out
    assert draft in run("log").out
    assert draft in run("log", "--year", 2022).out
    assert json.loads(run("log", "--json").out)["changes"][0]["summary"] == draft
    assert run("undo").exit == 0
    assert draft in run("undo").err
    assert draft in run("log").out.splitlines()[3]
