"""Two copies of a book, and in one of them a year was closed, or its pact signed: what the other did to it."""

import shutil
from pathlib import Path

import pytest

from tests.support.commands import Run
from tests.support.copies import COLLEAGUE, ME, merged, record, refused, verified, wrote
from tests.support.journal import tables

CLOSE = ("close-year", 2021, "--incomplete")
REOPEN = ("reopen-year", 2021, "--because", "Số liệu của bản kia")
SIGN = ("sign-pact", "--year", 2021, "--on", "4/2/2021")
LOWER = ("change-target", "1a", "--year", 2021, "--at-least", 15)


@pytest.fixture
def copy(sample: Path) -> Path:
    """A copy of the book, as a colleague got it."""
    return Path(shutil.copy(sample, sample.with_name("copy.db")))


# -- a closed year ---------------------------------------------------------------------------------


def test_figures_for_a_year_that_was_closed_here_are_told_and_not_taken(
    run: Run, sample: Path, copy: Path
) -> None:
    wrote(run, sample, ME, *CLOSE)
    record(run, copy, COLLEAGUE, 3)
    told = (
        4,
        [
            f"{COLLEAGUE}, 05/01/2022: Cần Thơ 1a as of 31/12/2021: 20 → 3; source “Số liệu minh"
            f" họa” → “{COLLEAGUE}”",
            f"htx: Nothing was written: 2021 was closed here, and {copy} has other figures or another"
            " pact of it. To take them all the same, reopen it first: htx reopen-year 2021 --because"
            " TEXT. Then merge again, and close it again.",
        ],
    )
    assert refused(run, copy) == told
    assert refused(run, copy, "--theirs") == told
    wrote(run, sample, ME, *REOPEN)
    assert merged(run, sample, copy)["count"] == 1
    wrote(run, sample, ME, *CLOSE)
    assert verified(run, sample)


def test_a_year_that_was_closed_there_does_not_close_over_figures_of_ours(
    run: Run, sample: Path, copy: Path
) -> None:
    record(run, sample, ME, 3)
    wrote(run, copy, COLLEAGUE, *CLOSE)
    exit, told = refused(run, copy)
    assert (exit, told[1:]) == (
        4,
        [
            f"htx: Nothing was written: 2021 was closed in {copy}, which has other figures or another"
            f" pact of it. Reopen it there first: htx --db {copy} reopen-year 2021 --because TEXT. Then"
            " merge again, and close it again."
        ],
    )
    wrote(run, copy, COLLEAGUE, *REOPEN)
    assert merged(run, sample, copy)["count"] == 2
    assert verified(run, sample)


def test_a_closing_and_what_belongs_to_another_year_come_together(
    run: Run, sample: Path, copy: Path
) -> None:
    words = ("record", "can tho", "lhhtx-tv", 5, "--as-of", "31/12/2020")
    wrote(run, sample, ME, *words)
    wrote(run, copy, COLLEAGUE, *CLOSE)
    assert merged(run, sample, copy)["count"] == 1
    assert merged(run, copy, sample)["count"] == 1
    assert tables(sample) == tables(copy)
    assert verified(run, sample, copy)


def test_the_same_figure_written_in_both_is_no_reason_to_refuse(
    run: Run, sample: Path, copy: Path
) -> None:
    words = ("record", "can tho", "1a", 21, "--as-of", "31/12/2021", "--source", "CV 7")
    wrote(run, sample, ME, *words)
    wrote(run, copy, COLLEAGUE, *words)
    wrote(run, sample, ME, *CLOSE)
    assert merged(run, sample, copy)["count"] == 1
    assert verified(run, sample)


def test_who_reopened_a_year_that_both_knew_as_closed_may_bring_its_figures(
    run: Run, sample: Path, copy: Path
) -> None:
    wrote(run, sample, ME, *CLOSE)
    shutil.copy(sample, copy)
    wrote(run, copy, COLLEAGUE, *REOPEN)
    record(run, copy, COLLEAGUE, 3)
    wrote(run, copy, COLLEAGUE, *CLOSE)
    assert merged(run, sample, copy)["count"] == 3
    assert tables(sample) == tables(copy)


def test_figures_that_lose_a_conflict_leave_a_closed_year_as_it_is(
    run: Run, sample: Path, copy: Path
) -> None:
    record(run, sample, ME, 21)
    wrote(run, sample, ME, *CLOSE)
    record(run, copy, COLLEAGUE, 3)
    assert refused(run, copy, "--theirs")[0] == 4
    before = tables(sample)["results"]
    merged(run, sample, copy, "--ours")
    assert {k: v["value"] for k, v in tables(sample)["results"].items()} == {
        k: v["value"] for k, v in before.items()
    }
    assert verified(run, sample)


# -- a signed pact ---------------------------------------------------------------------------------


def test_a_pact_that_was_signed_here_is_not_changed_by_a_copy_that_did_not_know(
    run: Run, sample: Path, copy: Path
) -> None:
    wrote(run, sample, ME, *SIGN)
    wrote(run, copy, COLLEAGUE, *LOWER)
    exit, told = refused(run, copy)
    assert (exit, told[1:]) == (
        4,
        [
            f"htx: Nothing was written: the pact of 2021 was signed here, and {copy} changed it"
            f" without a decision. Take that back there, with htx --db {copy} undo, and merge again;"
            " what is to change is then changed here, with --decision NUMBER --because TEXT."
        ],
    )
    wrote(run, copy, COLLEAGUE, "undo")
    assert merged(run, sample, copy)["count"] == 2
    assert verified(run, sample)


def test_a_pact_that_was_signed_there_is_not_one_that_we_changed_meanwhile(
    run: Run, sample: Path, copy: Path
) -> None:
    wrote(run, sample, ME, *LOWER)
    wrote(run, copy, COLLEAGUE, *SIGN)
    exit, told = refused(run, copy)
    assert (exit, told[1:]) == (
        4,
        [
            f"htx: Nothing was written: the pact of 2021 was signed in {copy}, and changed here"
            " without a decision. Take that back here, with htx undo, and merge again; what is to"
            " change is then changed with --decision NUMBER --because TEXT."
        ],
    )
    wrote(run, sample, ME, "undo")
    assert merged(run, sample, copy)["count"] == 1
    assert verified(run, sample)


def test_a_decision_made_in_a_copy_that_knew_the_signed_pact_comes(
    run: Run, sample: Path, copy: Path
) -> None:
    wrote(run, sample, ME, *SIGN)
    shutil.copy(sample, copy)
    record(run, sample, ME, 21)
    wrote(run, copy, COLLEAGUE, *LOWER, "--decision", "12/QĐ", "--because", "Điều chỉnh")
    assert merged(run, sample, copy)["count"] == 1
    assert verified(run, sample)
