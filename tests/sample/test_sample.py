"""`sample.db` is made of plain files through the public commands, and holds the real story.

Its years 2022 to 2026, over the merger of provinces: `test_sample_over_a_merger.py`.
"""

import csv
import json
import re
import sqlite3
from pathlib import Path

import pytest

from htx_cli.book.schema import KEYS
from tests.support.books import TESTS
from tests.support.commands import Run
from tests.support.sample_book import SAMPLE, STORY_2021, build_both

pytestmark = pytest.mark.slow

REAL = re.compile(
    r"Cổng thông tin Liên minh HTX|baohaugiang\.com\.vn|thuvienphapluat\.vn|lmhtx\.angiang\.gov\.vn"
    r"|lmhtx\.kiengiang\.gov\.vn"
)


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but SQLite's own and the time when a migration was applied."""
    connection = sqlite3.connect(path)
    try:
        return {
            table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
            for table in (*KEYS, "changes", "change_rows")
        }
    finally:
        connection.close()


def test_the_sample_is_what_its_story_makes_of_an_empty_folder(tmp_path: Path) -> None:
    build_both(tmp_path / "story.db", tmp_path / "made.db")
    assert rows(tmp_path / "story.db") == rows(STORY_2021)
    assert rows(tmp_path / "made.db") == rows(SAMPLE)


def test_the_story_of_2021_is_the_beginning_of_the_sample() -> None:
    assert set(rows(STORY_2021)["changes"]) < set(rows(SAMPLE)["changes"])


def test_every_figure_of_the_sample_is_real_and_says_where_or_illustrative_and_says_so() -> None:
    connection = sqlite3.connect(SAMPLE)
    sources = {row[0] for row in connection.execute("SELECT DISTINCT source FROM results")}
    connection.close()
    assert [s for s in sources if not (s and ("minh họa" in s or REAL.search(s)))] == []


def test_the_pact_is_signed_as_its_reference_says() -> None:
    for year in (2020, 2021):
        with (TESTS / "sample" / f"pact-{year}.csv").open(encoding="utf-8") as file:
            expected = [
                (
                    row["code"],
                    row["title"],
                    row["kind"],
                    row["bound"].replace("-", "_") or None,
                    float(row["threshold"]) if row["threshold"] else None,
                    int(row["base_year"]) if row["base_year"] else None,
                    row["line"] or None,
                    row["of_title"] or None,
                    row["unit"] or None,
                    row["note"] or None,
                    row.get("scope", "each"),
                    row["line_text"] or None,
                )
                for row in csv.DictReader(file)
            ]
        connection = sqlite3.connect(SAMPLE)
        signed = connection.execute(
            "SELECT t.code, t.title, t.kind, t.bound, t.threshold, t.base_year, t.line, t.of_title,"
            " t.unit, t.note, t.scope, l.text FROM targets t LEFT JOIN lines l"
            " USING (cluster, year, line) WHERE t.year = ? ORDER BY t.rowid",
            (year,),
        ).fetchall()
        connection.close()
        assert signed == expected


@pytest.mark.parametrize(
    ("province", "code", "status", "working"),
    [
        ("can-tho", "1a", "met", "20 of 20"),
        ("hau-giang", "1a", "exceeded", "30 of 20, the real figure"),
        ("bac-lieu", "1a", "missed", "13 of 20 on the last day"),
        ("soc-trang", "2", "exceeded", "96/150 = 64 %, 60 % asked"),
        ("an-giang", "3", "incomplete", "no base of 2020"),
        ("kien-giang", "5", "not_reported", "no figure all year"),
    ],
)
def test_the_named_cells_stand_as_the_story_tells(
    run: Run, province: str, code: str, status: str, working: str
) -> None:
    report = json.loads(run("--db", SAMPLE, "report", "--year", 2021, "--json").out)
    cells = {(p["id"], c["target"]): c for p in report["provinces"] for c in p["cells"]}
    assert cells[province, code]["status"] == status, working


def test_the_leaders_are_those_of_the_portals(run: Run) -> None:
    made = json.loads(run("--db", SAMPLE, "leaders", "--json").out)
    years = [
        (
            y["year"],
            y["leader"]["name"],
            (y["deputy"] or {}).get("name"),
            y["deputy_known"],
            y["on"],
        )
        for y in made["years"]
        if y["year"] <= 2021
    ]
    assert years == [
        (2018, "Hậu Giang", None, False, None),
        (2019, "Bạc Liêu", None, False, None),
        (2020, "Sóc Trăng", None, False, None),
        (2021, "An Giang", "Cần Thơ", True, "2021-01-27"),
    ]  # the later years: test_sample_over_a_merger.py


def test_the_2020_figures_of_the_whole_cluster_are_those_of_the_portal(run: Run) -> None:
    report = json.loads(run("--db", SAMPLE, "report", "--year", 2020, "--json").out)
    whole = {t["code"]: t["value"] for t in report["targets"] if t["from_whole"]}
    assert whole == {
        "tht-moi": 400,
        "htx-moi": 230,
        "tht": 8200,
        "tht-tv": 163600,
        "htx": 1900,
        "htx-tv": 244400,
        "lhhtx": 2,
        "lhhtx-tv": 12,
    }
