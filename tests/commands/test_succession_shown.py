"""A merger as the officer sees it: marks and legends, the parts of a figure, where a series breaks."""

import csv
from io import StringIO
from pathlib import Path

import pytest

from tests.support.commands import Run
from tests.support.succession import IN_2026, JANUARY_2025, merged, put, sign

__all__ = ["merged"]


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
