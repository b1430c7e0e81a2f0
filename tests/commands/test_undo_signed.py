"""What was written before a pact was signed cannot be taken back behind the signatures."""

from pathlib import Path

import pytest

from tests.support.commands import Answer, Run, well
from tests.support.journal import tables

LOWER = ("change-target", "1a", "--year", 2021, "--at-least", 15)
SIGN = ("sign-pact", "--year", 2021, "--on", "4/2/2021")
DECIDED = ("--decision", "12/QĐ-CTĐ", "--because", "Điều chỉnh")


def refusal(number: int) -> Answer:
    return Answer(
        4,
        "",
        f"htx: Change {number} was not taken back, for it belongs to the pact of 2021, which is signed."
        " By a decision it can be changed still: --decision NUMBER --because TEXT with htx"
        " change-target, add-target, remove-target or set-share.\n",
    )


@pytest.mark.parametrize(
    "typed",
    [
        LOWER,
        ("add-target", "10", "T", "--year", 2021, "--at-least", 1),
        ("set-share", "can tho", "1a", 15, "--year", 2021),
        ("change-target", "1a", "--year", 2021, "--line-text", "Khác."),
    ],
    ids=lambda typed: " ".join(map(str, typed[:1])),
)
def test_a_change_of_a_pact_that_was_signed_since_stays(
    run: Run, sample: Path, typed: tuple[object, ...]
) -> None:
    well(run(*typed))
    well(run(*SIGN))
    before = sample.read_bytes()
    assert run("undo", 33) == refusal(33)
    assert run("undo", 33, "--dry-run") == refusal(33)
    assert sample.read_bytes() == before
    well(run("undo", 34))  # the signing itself
    well(run("undo", 33))


def test_a_signing_that_decisions_build_on_is_not_taken_back(run: Run, sample: Path) -> None:
    well(run(*SIGN))
    well(run(*LOWER, *DECIDED))
    before = sample.read_bytes()
    told = run("undo", 33)
    assert (told.exit, told.err.splitlines()[-1]) == (
        4,
        "htx: Change 33 was not taken back, for later changes build on it (34), and others"
        " may build on those in turn. Begin with the last: htx undo 34",
    )
    assert sample.read_bytes() == before
    well(run("undo", 34))
    well(run("undo", 33))


def test_nor_is_what_was_taken_back_before_the_signing_done_again(run: Run, sample: Path) -> None:
    well(run(*LOWER))
    well(run("undo"))
    well(run(*SIGN))
    assert run("undo", 34) == refusal(34)


def test_what_a_decision_changed_is_taken_back_and_done_again(run: Run, sample: Path) -> None:
    well(run(*SIGN))
    before = tables(sample)
    well(run(*LOWER, *DECIDED))
    after = tables(sample)
    well(run("undo"))
    assert tables(sample) == before
    well(run("undo"))
    assert tables(sample) == after
