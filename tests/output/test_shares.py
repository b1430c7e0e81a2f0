"""A province's own threshold on the screens: marked, listed, and with who decided it."""

import json
from pathlib import Path

import pytest

from tests.support.commands import Run
from tests.support.reports import explained, own, record, sign


@pytest.fixture
def shares(run: Run, three: Path) -> Path:
    """1a: Cần Thơ has to reach 25, the others 20; 3 is not assigned to Cần Thơ."""
    sign(run, "1a", "--line", 1, "--at-least", 20, "--unit", "HTX")
    sign(run, "3", "--line", 3, "--kind", "yes-no", title="Có Quỹ")
    own(run, "can tho", "1a", 25, "--because", "Hội nghị giao ban")
    own(run, "can tho", "3", "--not-assigned", "--because", "Quỹ đã có từ 2015")
    for province, value in (("can tho", 24), ("soc trang", 20), ("ca mau", 11)):
        record(run, province, "1a", value)
    return three


def test_a_share_names_the_change_that_decided_it(run: Run, shares: Path) -> None:
    assert explained(run, "can tho", "3") == [
        "· not assigned",
        "by change 6 of 05/01/2022, tester: Quỹ đã có từ 2015",
        "signed by the others: yes",
    ]
    lines = explained(run, "can tho", "1a")
    assert lines[1:3] == [
        "own threshold: ≥25, by change 5 of 05/01/2022, tester: Hội nghị giao ban",
        "signed by the others: ≥20",
    ]
    made = json.loads(run("explain", "can tho", "3", "--year", 2021, "--json").out)
    assert made["share"] == {
        "assigned": False,
        "threshold": None,
        "change": 6,
        "who": "tester",
        "at": "2022-01-05T01:00:00+00:00",
        "because": "Quỹ đã có từ 2015",
    }
    made = json.loads(run("explain", "soc trang", "3", "--year", 2021, "--json").out)
    assert made["share"] is None
