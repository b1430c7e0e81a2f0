"""What stands in the way of an undo: later changes, closed years, signed pacts; and what to type first."""

import json
from pathlib import Path

import pytest

from tests.support.commands import Answer, Run, well
from tests.support.journal import (
    CORRECT,
    tables,
)
from tests.support.tampering import by_hand

PAPER = "source “Số liệu minh họa”"


def said(run: Run, *words: object) -> tuple[int, list[str]]:
    """The exit code of a command and what it told beside its answer."""
    answer = run(*words)
    return answer.exit, answer.err.splitlines()


def refused(run: Run, number: int) -> tuple[list[str], str]:
    """Who is in the way of an undo, and what is to be typed first; nothing was written."""
    before = Path("htx.db").read_bytes()
    exit, told = said(run, "undo", number)
    assert (exit, Path("htx.db").read_bytes()) == (4, before)
    start = f"htx: Change {number} was not taken back, for later changes build on it "
    turn = ", and others may build on those in turn. Begin with the last: "
    later, _, first = told[-1].removeprefix(start).partition(turn)
    assert told[-1] == f"{start}{later}{turn}{first}"
    return told[:-1], f"{later}: {first}"


def test_a_figure_that_was_corrected_again_names_who_did(run: Run, sample: Path) -> None:
    run(*CORRECT)
    run("record", "can tho", "1a", 23, "--as-of", "31/12/2021", HTX_USER="Lê Thị Đào")
    assert refused(run, 33) == (
        [
            "Change 34 (Lê Thị Đào, 05/01/2022): Cần Thơ 1a as of 31/12/2021: 21 → 23;"
            " source “Công văn 12” no longer stands"
        ],
        "(34): htx undo 34",
    )


def test_a_target_with_figures_names_the_changes_that_brought_them(run: Run, sample: Path) -> None:
    later, first = refused(run, 30)
    assert later == [
        "Change 32 (htx-sample, 05/01/2022): Cần Thơ htx as of 31/12/2021: 200 / 290;"
        " Sóc Trăng htx as of 31/12/2021: 150 / 190; Bạc Liêu htx as of 31/12/2021: 124 / 172;"
        " and 2 more",
        "Change 31 (htx-sample, 05/07/2021): Cần Thơ htx as of 30/06/2021: 196 / 284;"
        " An Giang htx as of 30/06/2021: 122 / 252",
    ]
    assert first == "(32, 31): htx undo 32"


def test_what_was_taken_back_already_is_not_named(run: Run, sample: Path) -> None:
    """To take change 34 back would bring 222 back, and so on without end."""
    run("record", "can tho", "htx", 222, "--of", 290, "--as-of", "31/12/2021")
    run("undo")
    assert refused(run, 30)[1] == "(32, 31): htx undo 32"
    for number in (32, 31, 30):
        assert run("undo", number).exit == 0


def test_who_takes_a_correction_back_is_not_sent_in_a_circle(run: Run, sample: Path) -> None:
    for value, typed in ((21, ()), (22, ()), (21, ())):
        run("record", "can tho", "1a", value, "--as-of", "31/12/2021", *typed)
    assert refused(run, 34) == (
        ["Change 35 (tester, 05/01/2022): Cần Thơ 1a as of 31/12/2021: 22 → 21"],
        "(35): htx undo 35",
    )
    assert refused(run, 32)[1] == "(33): htx undo 33"
    assert [run("undo", number).exit for number in (33, 32)] == [0, 0]


def test_a_figure_cannot_come_back_to_a_target_that_is_gone(run: Run, sample: Path) -> None:
    run("add-target", "10", "Thử", "--year", 2021, "--kind", "tracked")
    run("record", "can tho", "10", 5, "--as-of", "31/12/2021")
    run("withdraw", "can tho", "10", "--as-of", "31/12/2021")
    run("remove-target", "10", "--year", 2021)
    assert refused(run, 35) == (
        ["Change 36 (tester, 05/01/2022): target 10 of 2021 removed: Thử"],
        "(36): htx undo 36",
    )
    assert [run("undo", number).exit for number in (36, 35)] == [0, 0]


def test_of_many_changes_in_the_way_the_newest_are_named_first(run: Run, sample: Path) -> None:
    later, first = refused(run, 19)
    assert [line.split(" (")[0] for line in later[:3]] == ["Change 32", "Change 31", "Change 30"]
    assert first == "(32, 31, 30, 29, 28, …): htx undo 32"


def test_a_province_added_by_hand_is_called_by_its_name_after_it_was_taken_back_too(
    run: Run, sample: Path
) -> None:
    run("add-province", "Đơn vị C", "--since", "2021")
    run("add-member", "Đơn vị C", "--since", "2021")
    run("record", "đơn vị c", "1a", 5, "--as-of", "31/12/2021")
    assert refused(run, 33) == (
        [
            "Change 35 (tester, 05/01/2022): Đơn vị C 1a as of 31/12/2021: 5",
            "Change 34 (tester, 05/01/2022): Đơn vị C is a member from 01/01/2021, seat 8",
        ],
        "(35, 34): htx undo 35",
    )
    assert [run("undo", number).exit for number in (35, 34, 33)] == [0, 0, 0]
    assert "don-vi-c" not in run("log").out


def test_a_membership_is_not_taken_back_under_figures(run: Run, sample: Path) -> None:
    run("add-member", "Bến Tre", "--since", "2021")
    run("record", "ben tre", "1a", 5, "--as-of", "31/12/2021")
    run("record", "ca mau", "1a", 25, "--as-of", "31/12/2021")
    told = "Change 34 (tester, 05/01/2022): Bến Tre 1a as of 31/12/2021: 5"
    assert refused(run, 33) == ([told], "(34): htx undo 34")
    assert [run("undo", number).exit for number in (34, 33)] == [0, 0]


def test_a_member_does_not_come_back_to_a_seat_that_is_taken(run: Run, sample: Path) -> None:
    run("remove-member", "can tho", "--until", "31/12/2021")
    run("add-member", "Bến Tre", "--since", "2022", "--seat", 1)
    told = "Bến Tre (ben-tre, until 30/06/2025) is a member from 01/01/2022, seat 1"
    assert refused(run, 33) == ([f"Change 34 (tester, 05/01/2022): {told}"], "(34): htx undo 34")


def test_nothing_is_taken_back_in_a_book_that_was_altered_by_hand(run: Run, sample: Path) -> None:
    run(*CORRECT)
    by_hand(sample, "UPDATE results SET value = 23 WHERE target = '1a' AND province = 'ca-mau'")
    before = sample.read_bytes()
    answer = run("undo")
    assert (answer.exit, sample.read_bytes()) == (5, before)
    assert answer.err.startswith("htx: htx.db does not agree with its journal: ")


def test_a_closed_year_is_reopened_before_anything_in_it_is_taken_back(
    run: Run, sample: Path
) -> None:
    assert run("close-year", 2021, "--incomplete").exit == 0
    assert said(run, "undo", 32) == said(run, "record", "can tho", "1a", 5, "--year", 2021)
    exit, told = said(run, "undo")
    assert (exit, "--because" in told[0]) == (4, True)
    assert said(run, "undo", "--because", "Sót số liệu") == (
        0,
        ["Change 34: year 2021 reopened  (htx undo 34)"],
    )
    assert run("undo", 32).exit == 0


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["1"], (4, "Change 1 (init) made the book itself, its tables or its register, and cannot "
                    "be taken back.")),
        (["33"], (3, "There is no change 33. The last one is 32.")),
        (["0"], (3, "There is no change 0. The last one is 32.")),
        (["1a"], (2, "“1a” is not the number of a change. Write for example 17; “htx log” lists "
                     "them.")),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_back_says_why(
    run: Run, sample: Path, words: list[str], answer: tuple[int, str]
) -> None:
    assert said(run, "undo", *words) == (answer[0], [f"htx: {answer[1]}"])


def test_a_script_reads_who_is_in_the_way(run: Run, sample: Path) -> None:
    run(*CORRECT)
    run("withdraw", "can tho", "1a", "--as-of", "31/12/2021")
    answer = run("undo", 33, "--json")
    made = json.loads(answer.out)
    assert (answer.exit, answer.err, made["code"]) == (4, "", "undo_blocked")
    assert [(each["code"], each["message"]) for each in made["problems"]] == [
        ("undo_later", "Change 34 (tester, 05/01/2022): Cần Thơ 1a as of 31/12/2021: 21 withdrawn")
    ]


# -- signed pacts ----------------------------------------------------------------------------------


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


def test_what_a_decision_changed_is_taken_back_and_done_again(run: Run, sample: Path) -> None:
    well(run(*SIGN))
    before = tables(sample)
    well(run(*LOWER, *DECIDED))
    after = tables(sample)
    well(run("undo"))
    assert tables(sample) == before
    well(run("undo"))
    assert tables(sample) == after
