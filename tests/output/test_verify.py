"""What `htx verify` found, in the words of whoever keeps the book."""

from pathlib import Path

import pytest

from tests.support.commands import Run
from tests.support.tampering import TODO, by_hand


def test_a_short_checkpoint_is_told_without_a_gap(run: Run, sample: Path) -> None:
    answer = run("verify", "--checkpoint", "12345 678")
    assert answer.exit == 5
    assert "No change of this book has the checkpoint 12345 678. Either" in answer.out


CAN_THO_1A = "WHERE target = '1a' AND province = 'can-tho' AND as_of = '2021-12-31'"


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        (
            f"UPDATE results SET value = 19.5 {CAN_THO_1A}",
            "Cần Thơ 1a as of 31/12/2021: Altered without a change. The journal says 20; "
            "the table says 19.5. (change 32)",
        ),
        (
            f"DELETE FROM results {CAN_THO_1A}",
            "Cần Thơ 1a as of 31/12/2021: Removed without a change. The journal says figure 20, "
            "source “Số liệu minh họa”. (change 32)",
        ),
        (
            "UPDATE targets SET threshold = 15 WHERE year = 2021 AND code = '1a'",
            "target 1a of 2021: Altered without a change. The journal says threshold 20; "
            "the table says threshold 15. (change 19)",
        ),
        (
            "UPDATE members SET last_day = '2021-12-31' WHERE province = 'can-tho'",
            "member Cần Thơ since 01/01/2018: Altered without a change. The journal says last day –; "
            "the table says last day “2021-12-31”. (change 2)",
        ),
        (
            "INSERT INTO shares SELECT cluster, year, code, 'can-tho', 25 FROM targets"
            " WHERE year = 2021 AND code = '1a'",
            "Cần Thơ 1a of 2021: Added without a change. The table says threshold 25.",
        ),
    ],
)
def test_a_finding_names_its_record_as_an_officer_does(
    sql: str, told: str, run: Run, sample: Path
) -> None:
    by_hand(sample, sql)
    answer = run("verify")
    assert (answer.exit, answer.out) == (
        5,
        f"The book is not as htx left it.\n\n{told}\n{TODO}\n",
    )


def test_without_the_names_of_the_provinces_their_ids_tell(run: Run, sample: Path) -> None:
    by_hand(
        sample,
        f"UPDATE results SET value = 19 {CAN_THO_1A}",
        "DELETE FROM provinces WHERE id = 'can-tho'",
    )
    answer = run("verify")
    assert answer.exit == 5
    assert "can-tho 1a as of 31/12/2021: Altered without a change." in answer.out


def test_what_cannot_be_read_is_named_by_its_key(run: Run, sample: Path) -> None:
    soon = f"UPDATE results SET as_of = 'soon' {CAN_THO_1A}"
    by_hand(sample, "PRAGMA ignore_check_constraints = ON", soon)
    out = run("verify").out
    assert "results tay-nam-song-hau/2021/1a/can-tho/soon/actual: Added without a change." in out
