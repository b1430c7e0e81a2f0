"""`htx log`: changes and the life of a figure, told in words."""

import json
import shutil
from pathlib import Path

from htx_cli.actions.journal import log_figure
from htx_cli.domain.changes import ChangeRow, Place
from tests.support.books import book
from tests.support.commands import Run
from tests.support.journal import (
    CORRECT,
    KEY,
    TWENTY,
    TWENTY_ONE,
    rows,
)


def test_the_log_of_a_figure_tells_its_life_newest_first_and_nothing_else(
    run: Run, sample: Path
) -> None:
    run(*CORRECT)
    run("record", "ca mau", "1a", "99", "--as-of", "2021-12-31")
    run("withdraw", "can tho", "1a", "--as-of", "2021-12-31")
    log = log_figure(book(sample), "tp. Cần Thơ", "1A", 2021)

    def stood(month: str) -> Place:
        return Place(f"results-2021-{month}.csv", None, "E2", 2)

    half = {**TWENTY, "as_of": "2021-06-30", "value": 8}
    assert [(c.head and c.head.number, c.rows) for c in log.changes] == [
        (35, (ChangeRow("results", KEY, TWENTY_ONE, None),)),
        (33, (ChangeRow("results", KEY, TWENTY, TWENTY_ONE),)),
        (32, (ChangeRow("results", KEY, None, TWENTY, stood("12")),)),
        (31, (ChangeRow("results", KEY.replace("12-31", "06-30"), None, half, stood("06")),)),
    ]
    answer = json.loads(run("log", "can tho", "1a", "--year", "2021", "--json").out)
    papers = "source “Số liệu minh họa” → “Công văn 12”"
    assert [(c["change"], c["summary"]) for c in answer["changes"]] == [
        (35, "Cần Thơ 1a as of 31/12/2021: 21 withdrawn"),
        (33, "Cần Thơ 1a as of 31/12/2021: 20 → 21; " + papers),
        (32, "Cần Thơ 1a as of 31/12/2021: 20; source “Số liệu minh họa”"),
        (31, "Cần Thơ 1a as of 30/06/2021: 8; source “Số liệu minh họa”"),
    ]


def test_a_change_is_told_in_words_and_its_hash_is_short(run: Run, sample: Path) -> None:
    text = run("log", 19).out
    whole = json.loads(run("log", 19, "--json").out)["changes"][0]["hash"]
    short = " ".join(whole[at : at + 5] for at in range(0, 20, 5))
    assert f"\nhash: {short}\n" in text
    assert whole[:21] not in text
    assert text.split("\n\n")[2] == (
        "what\n"
        "year 2021 begun\n"
        "line 1 of 2021: “Thành lập mới ít nhất 20 HTX và 01 Liên hiệp HTX.”\n"
        "target 1a of 2021 added: Số HTX thành lập mới ≥20 HTX, each province\n"
    )


def test_no_record_is_told_by_its_key(run: Run, sample: Path) -> None:
    told = "".join(run("log", number).out.split("\n\n")[2] for number in range(1, 33))
    keys = [key for (key,) in rows(sample, "SELECT key FROM change_rows") if "/" in key]
    assert [key for key in keys if key in told] == []
    assert "Sài Gòn" in told
    assert "Sóc Trăng became Cần Thơ on 01/07/2025\n" in told


def test_what_changed_of_a_target_is_told_in_the_language_spoken(run: Run, sample: Path) -> None:
    typed = ["change-target", "1a", "--year", 2021, "--at-most", 25, "--scope", "cluster"]
    assert run(*typed, "--unit", "", "--because", "QĐ 5").exit == 0
    assert (
        "target 1a of 2021 changed: ≥20 → ≤25; unit “HTX” → none;"
        " each province → the cluster as a whole\n"
    ) in run("log", 33).out
    assert (
        "sửa chỉ tiêu 1a năm 2021: ≥20 → ≤25; đơn vị tính “HTX” → không có; mỗi tỉnh → cả cụm\n"
    ) in run("log", 33, "--lang", "vi").out


# -- all of a change, or that nothing was left -----------------------------------------------------


END = {"HTX_NOW": "2021-12-31T08:00:00+07:00"}


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
