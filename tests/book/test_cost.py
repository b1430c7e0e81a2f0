"""Many figures are one change, and what is read follows the year, not the age of the book."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import pytest

from htx_cli.actions import Intent, membership_of
from htx_cli.actions import clusters as setup
from htx_cli.actions.book import init
from htx_cli.actions.provinces import add_province
from htx_cli.actions.results import import_results
from htx_cli.book import file as opening
from htx_cli.book import read
from htx_cli.book.journal import Put, Write
from htx_cli.book.read import results as figures
from htx_cli.domain.model import Cluster
from tests.support.books import book
from tests.support.journal import computed_hashes, journalled, rows, stored_hashes

WRITE = Intent("test")


# -- many figures ----------------------------------------------------------------------------------

MEMBERS = ("can-tho", "soc-trang", "bac-lieu", "ca-mau", "an-giang", "kien-giang", "hau-giang")


def daily(year: int) -> Iterator[dict[str, object]]:
    """A figure of each member and of two targets for each day of a year."""
    for days in range(365):
        for code in ("1a", "htx"):
            for member in MEMBERS:
                as_of = date(year, 1, 1) + timedelta(days)
                yield {"province": member, "target": code, "as_of": as_of, "value": days}


@pytest.mark.slow
def test_five_thousand_figures_are_one_change_and_again_none(sample: Path) -> None:
    first = import_results(book(sample), islice(daily(2021), 5000))
    assert (first.change.head and first.change.head.number, first.change.count) == (33, 5000)
    assert (first.new, first.changed, first.same) == (4991, 9, 0)  # nine stand for 30 June
    assert rows(sample, "SELECT count(*), min(position), max(position) FROM change_rows"
                " WHERE change = 33") == [(5000, 1, 5000)]  # fmt: skip
    assert rows(sample, "SELECT count(*) FROM results WHERE change = 33") == [(5000,)]
    assert computed_hashes(sample) == stored_hashes(sample)

    again = import_results(book(sample), islice(daily(2021), 5000))
    assert (again.change.head, again.change.count) == (None, 0)
    assert (again.new, again.changed, again.same) == (0, 0, 5000)
    assert rows(sample, "SELECT max(id) FROM changes") == [(33,)]


def test_a_figure_of_the_whole_cluster_is_corrected_and_never_doubled(sample: Path) -> None:
    """UNIQUE would let it in twice: to it no NULL equals another."""
    for value in (1900, 1950):
        figure = {"province": "toàn cụm", "target": "htx", "year": 2021, "value": value}
        import_results(book(sample), [figure])
    assert rows(
        sample,
        "SELECT target, as_of, value, change FROM results WHERE province IS NULL AND year = 2021",
    ) == [("htx", "2021-12-31", 1950.0, 34)]
    before, after = journalled(sample, 34)[0][2:]
    assert ((before or {})["value"], (after or {})["value"]) == (1900, 1950)


# -- the cost of reading ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sql", "values"),
    [
        (figures._LATEST, {"year": 2021, "until": "2021-12-31"}),
        (figures._BASES, {"year": 2020, "target": "3"}),
    ],
    ids=["latest", "bases"],
)
def test_the_report_looks_figures_up_and_never_scans_them(
    sample: Path, sql: str, values: dict[str, object]
) -> None:
    with closing(sqlite3.connect(sample)) as connection:
        named = {"cluster": "tay-nam-song-hau", **values}
        plan = [step[3] for step in connection.execute(f"EXPLAIN QUERY PLAN {sql}", named)]
    of_results = [step for step in plan if {"r", "x", "results"} & set(step.split()[:2])]
    assert len(of_results) == 2
    for step in of_results:
        assert step.startswith("SEARCH")
        assert "results_1 (cluster=? AND year=? AND target=?" in step


def a_book_of(path: Path, years: range, led: bool) -> Path:
    """Three units with a growth and a ratio in each of the years, reported every quarter."""
    today = date(max(years) + 1, 1, 5)
    init(book(path, today), WRITE)
    names = ["Xứ Một", "Xứ Hai", "Xứ Ba"]
    for name in names:
        add_province(book(path, today), WRITE, name, date(1980, 1, 1))
    setup.add_cluster(book(path, today), WRITE, "Cụm", names, since=date(1980, 1, 1))
    book(path, today).commit(WRITE, lambda *_: list(pacts(years, led)))
    import_results(book(path, today), quarters(names, years))
    return path


def pacts(years: range, led: bool) -> Iterator[Write]:
    nobody = {"deputy": None, "deputy_known": 0, "elected_on": None, "because": None}
    for year in years:
        place = {"cluster": "cum", "year": year}
        yield Put("years", {**place, "state": "open"})
        if led:
            yield Put("leaderships", {**place, "leader": "xu-mot", **nobody})
        target = {**place, "title": "X", "bound": "at_least", "threshold": 5.0, "level": 0}
        target |= {"base_year": None, "line": None, "of_title": None, "unit": None, "note": None}
        target |= {"scope": "each"}
        yield Put("targets", {**target, "code": "1", "kind": "growth", "base_year": year - 1})
        yield Put("targets", {**target, "code": "2", "kind": "ratio"})


def quarters(names: list[str], years: range) -> Iterator[dict[str, object]]:
    for year in years:
        for name in names:
            for quarter in range(1, 5):
                figure = {"province": name, "as_of": f"Q{quarter}/{year}", "value": quarter}
                yield {**figure, "target": "1"}
                yield {**figure, "target": "2", "of": 10}


def steps_of_a_year(path: Path, year: int) -> tuple[int, int]:
    """How many steps SQLite takes to give a year's data, and how many figures come of it."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    with opening.opened(path) as connection:
        connection.set_progress_handler(count, 1)
        cluster = Cluster("cum", "Cụm")
        sitting = membership_of(connection, cluster)
        data = read.year_data(
            connection, cluster, year, sitting, date(year, 1, 1), date(year, 12, 31)
        )
    return steps, len(data.results) + len(data.bases)


@pytest.mark.slow
@pytest.mark.parametrize("led", [False, True], ids=["figures", "figures and leaders"])
def test_a_years_report_costs_the_same_in_a_young_book_and_in_one_of_thirty_years(
    tmp_path: Path, led: bool
) -> None:
    young = a_book_of(tmp_path / "young.db", range(2020, 2022), led)  # the year and its base year
    old = a_book_of(tmp_path / "old.db", range(1992, 2022), led)
    assert rows(old, "SELECT count(*) FROM results") == [(720,)]
    few, figures = steps_of_a_year(young, 2021)
    many, same_figures = steps_of_a_year(old, 2021)
    assert figures == same_figures == 9
    assert abs(many - few) <= few * 0.02
