"""A book that somebody altered or that the disk spoiled: it is shown as far as it can be, not written."""

from pathlib import Path

import pytest

from htx_cli.book import verify as book_verify
from tests.support.books import SAMPLE
from tests.support.commands import Run
from tests.support.tampering import by_hand

CAN_THO_1A = "WHERE target = '1a' AND province = 'can-tho' AND as_of = '2021-12-31'"
WRITES = [
    ["record", "an giang", "1a", "7", "--as-of", "2021-03-31"],
    ["rotate-leader", "--year", "2023"],
    ["undo"],
    ["rename-province", "can tho", "Cần Thơ mới", "--on", "2022-03-01", "--because", "Nghị quyết"],
]
READS = [["report", "--year", "2021"], ["log"], ["log", "3"], ["leaders"]]
# what was done to the book → what a write says to it
ALTERED = {
    "UPDATE changes SET who = 'somebody' WHERE id = 3": "Change 3 is not as it was written: "
    "its hash is another.",
    "DELETE FROM change_rows WHERE change = 32 AND position = 1": "Change 32 has more or fewer "
    "records than it says.",
}


@pytest.mark.parametrize("words", WRITES, ids=lambda words: words[0])
@pytest.mark.parametrize(("sql", "why"), ALTERED.items(), ids=["who", "rows"])
def test_nothing_is_written_upon_a_journal_that_was_altered(
    run: Run, sample: Path, sql: str, why: str, words: list[str]
) -> None:
    by_hand(sample, sql)
    before = sample.read_bytes()
    answer = run(*words)
    assert (answer.exit, answer.out) == (5, "")
    assert answer.err == (
        f"htx: htx.db does not agree with its journal: {why} “htx verify” shows everything.\n"
    )
    assert (sample.read_bytes(), list(Path.cwd().iterdir())) == (before, [sample])


@pytest.mark.parametrize("words", READS, ids=" ".join)
def test_a_book_that_was_altered_can_still_be_looked_at(
    run: Run, sample: Path, words: list[str]
) -> None:
    by_hand(sample, f"UPDATE results SET value = 25 {CAN_THO_1A}")
    assert run(*words).exit == 0


@pytest.mark.parametrize("words", WRITES, ids=lambda words: words[0])
def test_a_page_that_a_write_would_not_even_touch_stops_it(
    run: Run, sample: Path, words: list[str]
) -> None:
    spoiled = SAMPLE.read_bytes()[:-4096] + b"\xff" * 4096
    sample.write_bytes(spoiled)
    answer = run(*words)
    assert (answer.exit, answer.out) == (5, "")
    assert answer.err == (
        "htx: htx.db is damaged (its pages do not fit together)."
        " Go back to a copy; do not write to this one.\n"
    )
    assert sample.read_bytes() == spoiled


def test_of_a_large_book_the_last_change_is_looked_at(
    run: Run, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To look at all of it before every figure would cost more than the figure."""
    monkeypatch.setattr(book_verify, "SMALL", 100_000)
    by_hand(sample, "UPDATE changes SET who = 'somebody' WHERE id = 32")
    answer = run("record", "an giang", "1a", "7", "--as-of", "2021-03-31")
    assert (answer.exit, answer.err) == (
        5,
        "htx: htx.db does not agree with its journal: Change 32 is not as it was written: "
        "its hash is another. “htx verify” shows everything.\n",
    )
