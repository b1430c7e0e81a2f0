"""A merger as the officer sees it: marks and legends, the parts of a figure, where a series breaks."""

import csv
from io import StringIO
from pathlib import Path

import pytest

from tests.support.commands import Run
from tests.support.succession import IN_2026, JANUARY_2025, LATE_2026, merged, put, sign

__all__ = ["merged"]


@pytest.mark.usefixtures("merged")
def test_carried_figures_are_marked_and_the_report_says_where_the_series_breaks(run: Run) -> None:
    answer = run("report", "--year", 2025, "--format", "table", COLUMNS="80", **IN_2026)
    shown = [line.rstrip() for line in answer.out.splitlines()]
    assert [line for line in shown if not line.startswith("Checkpoint: ")] == [
        "Cụm thử · 2025 · as of 31/12/2025",
        "No leader is recorded for this year.",
        "",
        "             1a       2        3    8      9  met",
        "signed      ≥20    ≥60%     +10%  yes    ≥90",
        "Cần Thơ  34↗*°†  54 …*†   +15▲*†  ✓*†  10?*†  2/4",
        "Cà Mau    8?*°†       –    88?*†  …*†  20?*†  0/4",
        "cluster     42?     54?  +14.17?  4 …   30?*  0/5",
        "▲ exceeded  ✓ met  ↗ on track  … in progress  ? incomplete  – not reported",
        "° own threshold  * older than the end of the year  † carried over a merger",
        "",
        "line  status         targets",
        "   1  ? incomplete   1a T1a ≥20",
        "   2  ? incomplete   2 T2 ≥60%",
        "   3  ? incomplete   3 T3 +10%",
        "   8  … in progress  8 T8",
        "   9  ? incomplete   9 T9 ≥90",
        "",
        "Merged provinces",
        "01/07/2025: Cần Thơ (can-tho), Sóc Trăng, Hậu Giang → Cần Thơ (can-tho-2025)",
        "01/07/2025: Bạc Liêu, Cà Mau (ca-mau) → Cà Mau (ca-mau-2025)",
        "The series breaks there: figures before and after are of other provinces.",
        "A figure with † is carried over: it is that of the provinces that merged.",
        "A count is asked of it as the sum of what the provinces before it had signed.",
        "",
        "Own shares",
        "Cần Thơ: 1a ≥65",
        "Cà Mau: 1a ≥40",
        "",
        "Not reported",
        "Cà Mau: 2",
        "",
        "Reported, but not as of the year's last day",
        "Cần Thơ: 1a (15/06/2025), 2 (30/06/2025), 3 (30/06/2025), 8 (30/06/2025), 9",
        "(30/06/2025)",
        "Cà Mau: 1a (30/06/2025), 3 (30/06/2025), 8 (30/06/2025), 9 (30/06/2025)",
        "whole cluster: 9 (30/06/2025)",
        "",
        "Cannot be judged yet",
        "Cà Mau: 1a (not all have reported: Cà Mau (ca-mau)), 3 (no base figure: Cà Mau",
        "(ca-mau))",
        "For the base of Cà Mau (ca-mau): htx record ca-mau 3 VALUE --base N --as-of",
        "30/06/2025 --year 2025",
        "",
        "To be looked at",
        "3: the cluster's sum holds 4 of 5 reported figures",
    ]


@pytest.mark.usefixtures("merged")
def test_the_old_map_ends_before_the_merger_and_names_the_other(run: Run) -> None:
    out = run("report", "--year", 2025, "--map", "old", **IN_2026).out
    assert out.startswith("Cụm thử · 2025 · as of 30/06/2025\n")
    assert "†" not in out
    assert "The series breaks there. This table ends before it; the provinces after it:" in out


@pytest.mark.usefixtures("merged")
def test_explain_shows_the_parts_of_a_carried_figure(run: Run) -> None:
    answer = run("explain", "can tho", "1a", "--year", 2025, **IN_2026)
    assert [line.rstrip() for line in answer.out.splitlines()] == [
        "Cần Thơ · 1a T1a · 2025",
        "as of 31/12/2025",
        "",
        "↗ on track",
        "asked of the provinces that merged, together: ≥65",
        "Came of Cần Thơ (can-tho), Sóc Trăng, Hậu Giang on 01/07/2025; the series breaks there.",
        "The figure is carried over: it is that of these provinces together.",
        "100 × 34 / 65 = 52.31%",
        "even path: 29.56 by 15/06/2025",
        "still missing: 31",
        "Not reached yet, but on or above the even path.",
        "The figure is older than the year's last day; a newer one is owed.",
        "",
        "The provinces that merged",
        "province           signed  figure  as of       basis   part it plays  source  change"
        "  written     who",
        "Cần Thơ (can-tho)     ≥20      11  30/06/2025  actual  counts         -, C2       11"
        "  10/07/2025  tester",
        "Sóc Trăng             ≥20       9  15/06/2025  actual  counts         -, C3       11"
        "  10/07/2025  tester",
        "Hậu Giang             ≥25      14  30/06/2025  actual  counts         -, C4       11"
        "  10/07/2025  tester",
    ]


@pytest.mark.usefixtures("merged")
def test_explain_shows_the_parts_of_a_carried_base(run: Run) -> None:
    sign(run, 2026, **IN_2026)
    rows = "province,target,value,as_of\ncan-tho-2025,3,253,31/12/2026\n"
    assert put(run, rows, **LATE_2026) == ""
    out = run("explain", "can tho", "3", "--year", 2026, **LATE_2026).out
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert "The base is carried over: it is the sum of those of the provinces before." in lines
    assert "100 × (253 − 230) / 230 = +10%" in lines
    assert [line.split(" actual ")[0] for line in lines if " base of " in line] == [
        "110 30/06/2025",
        "60 30/06/2025",
        "60 30/06/2025",
    ]
    assert [
        line.split(" base of ")[1].split(" -,")[0] for line in lines if " base of " in line
    ] == [
        "Cần Thơ (can-tho)",
        "Sóc Trăng",
        "Hậu Giang",
    ]


@pytest.mark.usefixtures("merged")
def test_status_names_whose_figures_were_carried(run: Run) -> None:
    out = run("status", "ca mau", "--year", 2025, "--map", "new", **IN_2026).out
    [line] = [line for line in out.splitlines() if line.startswith("1a ")]
    assert "T1a (not all have reported: Cà Mau (ca-mau))" in line
    assert line.rstrip().endswith("30/06/2025 (carried) (stale)  Bạc Liêu")
    assert "Bạc Liêu, Cà Mau (ca-mau) → Cà Mau (ca-mau-2025)" in out
    assert "Sóc Trăng" not in out


@pytest.mark.usefixtures("merged")
def test_every_format_says_which_figures_were_carried(run: Run) -> None:
    answer = run("report", "--year", 2025, "--format", "csv", **IN_2026)
    rows = list(csv.DictReader(StringIO(answer.out)))
    assert [row["carried"] for row in rows if row["target"] == "1a"] == [
        "can-tho, soc-trang, hau-giang",
        "bac-lieu",
    ]
    for format in ("plain", "md"):
        out = run("report", "--year", 2025, "--format", format, **IN_2026).out
        assert "34↗*°†" in out.replace("\\*", "*")
        assert "† carried over a merger" in out


def test_a_province_that_came_of_a_stranger_too_is_named_until_it_is_added(
    run: Run, empty_book: Path, tmp_path: Path
) -> None:
    (tmp_path / "htx.db").write_bytes(empty_book.read_bytes())
    typed = ("--member", "an giang", "--member", "ca mau", "--since", 2025)
    assert run("add-cluster", "Cụm", *typed, **JANUARY_2025).exit == 0
    sign(run, 2025, **JANUARY_2025)
    rows = "province,target,value,as_of\nan giang,1a,9,30/6/2025\nca mau,1a,8,30/6/2025\n"
    assert put(run, rows, **IN_2026) == ""
    out = run("report", "--year", 2025, **IN_2026).out
    assert (
        "An Giang (an-giang-2025) has no seat since 01/07/2025: beside An Giang (an-giang) it came"
        " of Kiên Giang, from outside the cluster." in out
    )
    joining = ("add-member", "an-giang-2025", "ca-mau-2025", "--since", "1/7/2025")
    assert run(*joining, **IN_2026).exit == 0
    out = run("report", "--year", 2025, **IN_2026).out
    assert "has no seat" not in out
    # Who had signed nothing leaves both sides.
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert "An Giang 9↘*† – – – – 0/4" in lines
    assert "Cà Mau 8↘*† – – – – 0/4" in lines
