"""What a book as it was known costs: it follows the year asked for, not the age of the book."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from htx_cli.actions import Intent, pact
from htx_cli.actions.results import import_results
from htx_cli.book import read
from htx_cli.book.file import DamagedBook, connect
from htx_cli.book.read.past import BY_YEAR, of_a_year, shadow, whole
from htx_cli.domain.membership import seated
from htx_cli.domain.model import Cluster
from htx_cli.domain.pact import Wanted
from htx_cli.domain.targets import Bound, Kind
from tests.support.books import SAMPLE, book

ENDS = date(2021, 12, 31)
TAY_NAM = Cluster("tay-nam-song-hau", "")


@pytest.mark.parametrize("table", BY_YEAR)
def test_figures_are_found_by_the_range_of_their_keys(table: str) -> None:
    """The journal's index leads to the year; neither the journal nor the results are gone through."""
    values = {"table": table, "number": 32, "start": "c/2021/", "end": "c/20210"}
    connection = connect(SAMPLE, 5)
    shadow(connection, 32)
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {of_a_year(table)}", values)]
    connection.close()
    by_range = "INDEX change_rows_by_record (table_name=? AND key>? AND key<?)"
    assert [step for step in plan if "SEARCH" in step] == [f"SEARCH r USING {by_range}"]
    assert [step for step in plan if "SCAN r" in step or table in step] == []


def test_a_small_table_is_gathered_by_its_name_alone() -> None:
    connection = connect(SAMPLE, 5)
    shadow(connection, 32)
    values = {"table": "members", "number": 32}
    sql = f"EXPLAIN QUERY PLAN {whole('members')}"
    plan = [row[3] for row in connection.execute(sql, values) if "change_rows" in row[3]]
    connection.close()
    assert plan == [
        "SEARCH r USING INDEX change_rows_by_record (table_name=?)",
        "SEARCH b USING INDEX change_rows_by_record (table_name=? AND key=?)",
    ]


def test_years_that_are_not_asked_for_cost_nothing(sample: Path) -> None:
    """Two thousand figures of another year make the work of a report hardly longer."""
    before = work(sample)
    here, another = book(sample, date(2023, 1, 1)), 2022
    wanted = Wanted(title="HTX mới", kind=Kind.COUNT, bound=Bound.AT_LEAST, threshold=Decimal(9))
    pact.add_target(here, Intent("test"), "1a", another, wanted)
    days = [date(another, 1, 1) + timedelta(days=n) for n in range(290)]
    provinces = [
        "can-tho",
        "soc-trang",
        "bac-lieu",
        "ca-mau",
        "an-giang",
        "kien-giang",
        "hau-giang",
    ]
    rows = [
        {"province": p, "target": "1a", "value": n, "as_of": day.isoformat(), "year": another}
        for n, day in enumerate(days)
        for p in provinces
    ]
    assert import_results(here, rows).new == 2030
    assert work(sample) < 1.02 * before


def work(path: Path) -> int:
    """The steps of SQLite's machine, in hundreds, for what a report of 2021 needs, as known last."""
    connection = connect(path, 5)
    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1

    last = connection.execute("SELECT max(id) FROM changes").fetchone()[0]
    connection.set_progress_handler(count, 100)
    shadow(connection, last)
    membership = seated(read.members(connection, TAY_NAM.id), read.successions(connection))
    data = read.year_data(connection, TAY_NAM, 2021, membership, ENDS, ENDS)
    connection.close()
    assert len(data.results) == 80
    return steps


def test_a_record_of_the_journal_that_is_no_json_is_told_as_damage(sample: Path) -> None:
    connection = connect(sample, 5)
    connection.execute("DROP TRIGGER change_rows_stay")
    connection.execute("UPDATE change_rows SET after = '{' WHERE table_name = 'results'")
    shadow(connection, 32)
    connection.execute("PRAGMA query_only = ON")
    with pytest.raises(DamagedBook):
        connection.need_figures("tay-nam-song-hau", 2021)
    connection.close()
