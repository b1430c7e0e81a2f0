"""A province's own threshold on the screens: marked, listed, and with who decided it."""

import json
from pathlib import Path

import pytest

from tests.support.commands import Run
from tests.support.reports import explained, own, record, report, row, section, sign


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


def test_a_threshold_of_its_own_is_marked_in_the_cell_and_listed(run: Run, shares: Path) -> None:
    text = report(run)
    assert row(text, "Cần Thơ") == ["24✗°", "·", "0/1"]
    assert row(text, "Sóc Trăng") == ["20✓", "–", "1/2"]
    assert "° own threshold" in text
    assert "· not assigned" in text
    assert section(text, "Own shares") == ["Cần Thơ: 1a ≥25, 3 not assigned"]


def test_own_shares_stand_in_markdown_and_on_a_terminal_too(run: Run, shares: Path) -> None:
    assert "### Own shares\n\n- Cần Thơ: 1a ≥25, 3 not assigned" in report(run, "--format", "md")
    table = report(run, "--format", "table")
    assert "24✗°" in table
    assert "Own shares\nCần Thơ: 1a ≥25, 3 not assigned" in table


def test_without_own_shares_nothing_is_said_of_them(run: Run, sample: Path) -> None:
    text = report(run)
    assert "°" not in text
    assert "Own shares" not in text


def test_a_target_that_binds_each_is_explained_by_the_provinces(run: Run, shares: Path) -> None:
    record(run, "soc trang", "3", "yes")
    assert explained(run, "all", "1a") == [
        "✗ missed",
        "signed by each province: ≥20",
        "own shares: Cần Thơ ≥25",
        "Met only when every province that it is assigned to meets its threshold.",
        "missed: Cần Thơ, Cà Mau",
        "the sum, for information: 55 HTX",
        "added up from 3 of 3 provinces",
        "met 1 of 3 assigned · reported 3 of 3",
    ]
    assert explained(run, "all", "3") == [
        "? incomplete",
        "not all have reported",
        "signed by each province: yes",
        "own shares: Cần Thơ not assigned",
        "Met only when every province that it is assigned to meets its threshold.",
        "not reported: Cà Mau",
        "1 of 2 say yes",
        "met 1 of 2 assigned · reported 1 of 2",
    ]


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


def test_the_share_of_a_name_that_another_name_begins_with_is_not_mixed_up(
    run: Run, shares: Path
) -> None:
    """`ca-mau` and `ca-mau-2025` are two provinces; `1` and `1a` two targets."""
    sign(run, "1", "--at-least", 5)
    own(run, "can tho", "1", "--not-assigned")
    assert "by change 11 " in explained(run, "can tho", "1")[1]
    assert "by change 5 " in explained(run, "can tho", "1a")[1]
