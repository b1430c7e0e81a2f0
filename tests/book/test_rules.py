"""What no command writes and the tables cannot refuse is found by a rule; what htx writes breaks none."""

import shutil
import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from htx_cli.book import rules
from htx_cli.book.rules import RULES, BrokenRule
from htx_cli.text.messages import SENTENCES
from tests.support.books import SAMPLE, TESTS
from tests.support.commands import Run

ID = "tay-nam-song-hau"


def breaks(path: Path, cluster: str | None = None, year: int | None = None) -> list[BrokenRule]:
    with closing(sqlite3.connect(path)) as connection:
        return list(rules.broken(connection, cluster, year))


def by_hand(path: Path, *statements: str) -> None:
    """Write into a book as another program would, under all that its tables refuse."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        for sql in statements:
            assert connection.execute(sql).rowcount > 0, sql


# -- what htx writes -------------------------------------------------------------------------------


def test_the_sample_breaks_no_rule() -> None:
    assert breaks(SAMPLE) == []


@pytest.mark.parametrize("name", ["schema-1.db", "schema-2.db"])
def test_a_book_of_an_earlier_htx_breaks_no_rule_once_it_is_migrated(
    name: str, tmp_path: Path, run: Run
) -> None:
    path = Path(shutil.copy(TESTS / "data" / "books" / name, tmp_path / "htx.db"))
    assert run("migrate").exit == 0
    assert breaks(path) == []


def test_what_is_left_behind_by_a_member_that_goes_breaks_no_rule(fresh: Path, run: Run) -> None:
    """The share and the leadership of next year were written while it was a member."""
    lines = [
        "add-target 1a HTX --year 2022 --at-least 20",
        "set-share CT 1a 15 --year 2022",
        "rotate-leader --year 2022 --leader CT --deputy none --because bầu",
        "remove-member CT --until 31/12/2021",
    ]
    for line in lines:
        typed = [{"CT": "can tho"}.get(word, word) for word in line.split()]
        assert run(*typed).exit == 0, line
    assert breaks(fresh) == []


def test_a_seat_may_go_to_the_successor_of_a_province_that_ended(fresh: Path, run: Run) -> None:
    """Nobody has to take the old member's last day down: the register knows it."""
    assert run("add-member", "can-tho-2025", "--since", "1/7/2025", "--seat", "1").exit == 0
    assert breaks(fresh) == []


# -- what htx does not write -----------------------------------------------------------------------

CELL = "cluster/2021/{}/2021-12-31/actual".replace("cluster", ID)
CAN_THO_1A = f"WHERE year = 2021 AND target = '1a' AND province = 'can-tho' AND cluster = '{ID}'"
SOC_TRANG_2 = f"WHERE year = 2021 AND target = '2' AND province = 'soc-trang' AND cluster = '{ID}'"


def figure(target: str, province: str, value: str, as_of: str = "2021-12-31") -> str:
    columns = 'cluster, year, target, province, as_of, basis, value, "of", base, rate, change'
    place = f"'{ID}', 2021, '{target}', {province}, '{as_of}', 'actual'"
    return f"INSERT INTO results ({columns}) VALUES ({place}, {value}, 1)"


BY_HAND = {
    "a count has no whole": (
        f'UPDATE results SET "of" = 40 {CAN_THO_1A}',
        ("results", CELL.format("1a/can-tho"), "rule_parts"),
    ),
    "a count is not below 0": (
        f"UPDATE results SET value = -1 {CAN_THO_1A}",
        ("results", CELL.format("1a/can-tho"), "rule_parts"),
    ),
    "a count has no rate": (
        f"UPDATE results SET value = NULL, rate = 5 {CAN_THO_1A}",
        ("results", CELL.format("1a/can-tho"), "rule_parts"),
    ),
    "a count is measured from no base": (
        f"UPDATE results SET base = 5 {CAN_THO_1A}",
        ("results", CELL.format("1a/can-tho"), "rule_parts"),
    ),
    "a ratio needs its whole": (
        f'UPDATE results SET "of" = NULL {SOC_TRANG_2}',
        ("results", CELL.format("2/soc-trang"), "rule_parts"),
    ),
    "no part is more than all": (
        f'UPDATE results SET value = NULL, "of" = NULL, rate = 101 {SOC_TRANG_2}',
        ("results", CELL.format("2/soc-trang"), "rule_parts"),
    ),
    "yes is 1": (
        f"UPDATE results SET value = 2 WHERE target = '8a' AND province = 'can-tho'"
        f" AND year = 2021 AND cluster = '{ID}'",
        ("results", CELL.format("8a/can-tho"), "rule_yes_no"),
    ),
    "a number that was computed has more digits than one that was typed": (
        f"UPDATE results SET value = 0.1 + 0.2 {CAN_THO_1A}",
        ("results", CELL.format("1a/can-tho"), "rule_digits"),
    ),
    "nobody knew the figure on the day of its change": (
        figure("1a", "'kien-giang'", "3, NULL, NULL, NULL", "2021-10-20"),
        ("results", f"{ID}/2021/1a/kien-giang/2021-10-20/actual", "rule_future"),
    ),
    "a target of each province takes no figure of all": (
        figure("1a", "NULL", "3, NULL, NULL, NULL"),
        ("results", CELL.format("1a/all"), "rule_whole"),
    ),
    "a stranger reports nothing": (
        figure("1a", "'ca-mau-2025'", "3, NULL, NULL, NULL"),
        ("results", CELL.format("1a/ca-mau-2025"), "rule_no_member"),
    ),
    "a count is asked for with a number above 0": (
        f"UPDATE targets SET threshold = -1 WHERE year = 2021 AND code = '1a' AND cluster = '{ID}'",
        ("targets", f"{ID}/2021/1a", "rule_threshold"),
    ),
    "a threshold is a number that was typed": (
        "UPDATE targets SET threshold = 0.1 + 0.2 WHERE year = 2021 AND code = '1a'"
        f" AND cluster = '{ID}'",
        ("targets", f"{ID}/2021/1a", "rule_threshold_digits"),
    ),
    "a yes is asked for without a number": (
        f"INSERT INTO shares VALUES ('{ID}', 2021, '8a', 'can-tho', 5)",
        ("shares", f"{ID}/2021/8a/can-tho", "rule_share"),
    ),
    "an own threshold is a number that was typed": (
        f"INSERT INTO shares VALUES ('{ID}', 2021, '1a', 'can-tho', 0.1 + 0.2)",
        ("shares", f"{ID}/2021/1a/can-tho", "rule_share_digits"),
    ),
    "a stranger has no share": (
        f"INSERT INTO shares VALUES ('{ID}', 2021, '1a', 'ha-noi', 5)",
        ("shares", f"{ID}/2021/1a/ha-noi", "rule_share_no_member"),
    ),
    "a member is a member once": (
        f"INSERT INTO members VALUES ('{ID}', 'can-tho', 99, '2020-01-01', '2020-12-31')",
        ("members", f"{ID}/can-tho/2018-01-01", "rule_member_twice"),
    ),
    "a seat has one holder": (
        f"UPDATE members SET seat = 1 WHERE cluster = '{ID}' AND province = 'soc-trang'",
        ("members", f"{ID}/can-tho/2018-01-01", "rule_seat_twice"),
    ),
    "a stranger does not lead": (
        f"UPDATE leaderships SET deputy = 'ha-noi' WHERE year = 2021 AND cluster = '{ID}'",
        ("leaderships", f"{ID}/2021", "rule_leader_no_member"),
    ),
    "a stranger does not take over": (
        "INSERT INTO takeovers (cluster, year, first_day, leader, deputy_known)"
        f" VALUES ('{ID}', 2021, '2021-07-01', 'ha-noi', 0)",
        ("takeovers", f"{ID}/2021/2021-07-01", "rule_takeover_no_member"),
    ),
    "a decision changes no sentence of a pact that is not signed": (
        "INSERT INTO former_lines (cluster, year, line, last_day, decision, stood)"
        f" VALUES ('{ID}', 2021, '1', '2021-06-30', '12/QĐ', 0)",
        ("former_lines", f"{ID}/2021/1/2021-06-30", "rule_former_line"),
    ),
    "nor a target of it": (
        "INSERT INTO former_targets (cluster, year, code, last_day, decision, stood)"
        f" VALUES ('{ID}', 2021, '1a', '2021-06-30', '12/QĐ', 0)",
        ("former_targets", f"{ID}/2021/1a/2021-06-30", "rule_former_target"),
    ),
    "nor a share of it": (
        "INSERT INTO former_shares (cluster, year, target, province, last_day, decision, stood)"
        f" VALUES ('{ID}', 2021, '1a', 'can-tho', '2021-06-30', '12/QĐ', 0)",
        ("former_shares", f"{ID}/2021/1a/can-tho/2021-06-30", "rule_former_share"),
    ),
    "the second hand-over comes after the first": (
        "INSERT INTO handovers VALUES (2, 'can-tho', '2022-01-15', NULL)",
        ("handovers", "2", "rule_handover"),
    ),
    "what is taken over was handed over": (
        "INSERT INTO handovers VALUES (1, 'can-tho', '2022-01-15', '2022-01-10')",
        ("handovers", "1", "rule_handover"),
    ),
    "a province ends on the eve of what it goes into": (
        "UPDATE successions SET day = '2025-07-02' WHERE predecessor = 'soc-trang'",
        ("successions", "soc-trang/can-tho-2025", "rule_succession"),
    ),
}


@pytest.mark.parametrize(("sql", "found"), BY_HAND.values(), ids=BY_HAND)
def test_each_rule_finds_its_own_break(sql: str, found: tuple[str, str, str], sample: Path) -> None:
    by_hand(sample, sql)
    assert BrokenRule(*found) in breaks(sample)


def test_a_code_stands_once_in_a_year_in_whatever_letters(fresh: Path, run: Run) -> None:
    assert run("add-target", "1a", "HTX", "--year", "2021", "--at-least", "20").exit == 0
    by_hand(
        fresh,
        "INSERT INTO targets SELECT cluster, year, '1A', title, kind, bound, threshold, level,"
        " base_year, line, of_title, unit, scope, note FROM targets",
    )
    assert breaks(fresh) == [
        BrokenRule("targets", "cum-thu/2021/1A", "rule_code_twice"),
        BrokenRule("targets", "cum-thu/2021/1a", "rule_code_twice"),
    ]


def test_a_membership_taken_back_leaves_its_figures_without_a_member(sample: Path) -> None:
    by_hand(sample, "DELETE FROM members WHERE province = 'an-giang'")
    found = breaks(sample, ID, 2021)
    assert {each.code for each in found} == {"rule_no_member", "rule_leader_no_member"}
    assert BrokenRule("leaderships", f"{ID}/2021", "rule_leader_no_member") in found


def test_only_the_cluster_and_the_year_that_are_named_are_looked_at(sample: Path) -> None:
    by_hand(sample, f"UPDATE results SET value = -1 {CAN_THO_1A} AND as_of = '2021-12-31'")
    broken = [BrokenRule("results", CELL.format("1a/can-tho"), "rule_parts")]
    assert breaks(sample, ID, 2021) == broken
    assert breaks(sample, ID) == broken
    assert breaks(sample, ID, 2020) == []
    assert breaks(sample, "another", 2021) == []


def test_every_rule_has_a_sentence() -> None:
    assert [code for code in RULES if code not in SENTENCES] == []


def test_every_rule_is_tried_above() -> None:
    tried = {found[2] for _, found in BY_HAND.values()} | {"rule_code_twice"}
    assert tried == set(RULES)


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 30))
def test_a_number_of_fifteen_digits_is_never_taken_for_a_longer_one(
    whole: int, places: int
) -> None:
    """SQLite's own reading of digits is an ulp off once in some thousand numbers."""
    value = float(Decimal(whole).scaleb(-places))
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.create_function("digits", 1, rules._digits)
        sql = f"SELECT {rules._too_long('x')} FROM (SELECT ? AS x) r"
        assert connection.execute(sql, (value,)).fetchone() in [(0,), (None,)]
