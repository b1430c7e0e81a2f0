"""Values are compared by what they say, and never change."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from htx_cli.domain.model import Document, Evidence, Result
from htx_cli.domain.targets import Basis, Figure

FIGURE = Figure(Decimal(20))
PLAIN = Result("1a", "can-tho", date(2021, 12, 31), Basis.ACTUAL, FIGURE, "BC 12", None, 7)
PROVED = replace(PLAIN, evidence=(Evidence(Document("ab" * 32, "bc12.pdf", 9), FIGURE),))


def test_a_result_is_the_same_with_other_evidence() -> None:
    assert PROVED == PLAIN
    assert hash(PROVED) == hash(PLAIN)
    assert {PLAIN: "found"}[PROVED] == "found"
    assert (PROVED.proofs, PLAIN.proofs) == ((PROVED.evidence[0].document,), ())


@pytest.mark.parametrize(
    "other",
    [
        replace(PROVED, target="1b"),
        replace(PROVED, province=None),
        replace(PROVED, as_of=date(2021, 6, 30)),
        replace(PROVED, basis=Basis.ESTIMATE),
        replace(PROVED, figure=Figure(Decimal(21))),
        replace(PROVED, source=None),
        replace(PROVED, note="gần"),
        replace(PROVED, change=8),
        PROVED.figure,
    ],
)
def test_a_result_that_says_something_else_is_another(other: object) -> None:
    assert other != PROVED


def test_a_value_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        PLAIN.note = "sửa"  # type: ignore[misc]
