"""A rate that cannot be carried over a merger: no bare numerator, and the part that is the cause."""

from pathlib import Path

import pytest

from tests.support.commands import Run
from tests.support.succession import IN_2026, IN_JULY, merged

__all__ = ["merged"]


@pytest.fixture
def bare(merged: Path, run: Run) -> Path:
    """Hậu Giang reports 62 % without its whole; the two others 60 of 100 and 30 of 100."""
    typed = ("record", "hau giang", "2", "62%", "--as-of", "30/6/2025")
    assert run(*typed, **IN_JULY).exit == 0
    return merged


AGAIN = (
    "For the whole of Hậu Giang: htx record hau-giang 2 VALUE --of N --as-of 30/06/2025 --year 2025"
)


@pytest.mark.usefixtures("bare")
def test_the_report_shows_no_bare_numerator_and_names_the_part_that_lacks_its_whole(
    run: Run,
) -> None:
    lines = run("report", "--year", 2025, "--format", "table", **IN_2026).out.splitlines()
    (can_tho,) = [line.split() for line in lines if line.startswith("Cần Thơ  34")]
    assert can_tho == ["Cần", "Thơ", "34↗*°†", "?*†", "+15▲*†", "✓*†", "10?*†", "2/4"]
    assert "Cần Thơ: 2 (the whole is missing: Hậu Giang)" in lines
    told = run("report", "--year", 2025, COLUMNS="120", **IN_2026).out
    assert "record the figure again with --of N" not in told


@pytest.mark.usefixtures("bare")
def test_explain_and_status_say_which_figure_cannot_be_added_and_how_to_mend_it(run: Run) -> None:
    lines = [line.rstrip() for line in run("explain", "can tho", "2", "--year", 2025, **IN_2026).out.splitlines()]  # fmt: skip
    assert lines[3:6] == ["? incomplete", "the whole is missing: Hậu Giang", AGAIN]
    parts = [line for line in lines if "30/06/2025  actual" in line]
    assert [("counts" in line, "cannot be added" in line) for line in parts] == [
        (True, False),
        (True, False),
        (False, True),
    ]
    assert AGAIN in run("status", "can tho", "--year", 2025, **IN_2026).out


@pytest.mark.usefixtures("bare")
def test_the_named_command_mends_it(run: Run) -> None:
    typed = ("record", "hau-giang", "2", "45", "--of", "50", "--as-of", "30/06/2025")
    assert run(*typed, "--year", 2025, **IN_JULY).exit == 0
    out = run("report", "--year", 2025, **IN_2026).out
    assert "the whole is missing" not in out
