"""Reports over the merger of 1 July 2025: carried figures, both maps, and what each format says."""

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import Answer, Run
from tests.support.succession import (
    IN_2026,
    IN_JULY,
    JANUARY_2025,
    LATE_2026,
    merged,
    put,
    share,
    sign,
)

OLD = ["can-tho", "soc-trang", "hau-giang", "bac-lieu", "ca-mau"]
NEW = ["can-tho-2025", "ca-mau-2025"]


def report(run: Run, *options: object, **clock: str) -> Any:
    answer = run("report", *options, "--json", **(clock or IN_2026))
    assert (answer.exit, answer.err) == (0, "")
    return json.loads(answer.out)


def cell(made: Any, province: str, code: str) -> dict[str, Any]:
    cells = next(p["cells"] for p in made["provinces"] if p["id"] == province)
    found: dict[str, Any] = next(c for c in cells if c["target"] == code)
    return found


def some(of: dict[str, Any], names: str) -> dict[str, Any]:
    return {name: of[name] for name in names.split()}


FIGURE = "status reason value of base threshold rate as_of carried"


def ids(made: Any) -> list[str]:
    return [province["id"] for province in made["provinces"]]


@pytest.mark.usefixtures("merged")
def test_each_year_shows_its_own_provinces_and_that_of_the_merger_either_map(run: Run) -> None:
    sign(run, 2026, **IN_2026)
    assert ids(report(run, "--year", 2024)) == OLD
    assert ids(report(run, "--year", 2026)) == NEW
    old, new = report(run, "--map", "old", "--year", 2025), report(run, "--year", 2025)
    assert (ids(old), old["as_of"], old["map"]) == (OLD, "2025-06-30", "old")
    assert (ids(new), new["as_of"], new["map"]) == (NEW, "2025-12-31", "new")
    march = ("--as-of", "31/3/2025")
    assert ids(report(run, *march)) == OLD
    assert ids(report(run, *march, "--map", "new")) == NEW
    assert [report(run, "--year", year)["map"] for year in (2024, 2026)] == [None, None]


@pytest.mark.usefixtures("merged")
def test_what_the_parts_had_signed_and_reported_holds_for_them_together(run: Run) -> None:
    made = report(run, "--year", 2025, **IN_JULY)
    three = ["can-tho", "soc-trang", "hau-giang"]
    cells = [some(cell(made, "can-tho-2025", code), FIGURE) for code in ("1a", "2", "3", "8", "9")]
    nothing = {"reason": None, "of": None, "base": None, "rate": None, "carried": three}
    assert cells == [
        # 11 + 9 + 14 of 20 + 20 + 25; as old as the oldest of them: 65 × 166 / 365 = 29.56
        {**nothing, "status": "on_track", "value": 34, "threshold": 65, "as_of": "2025-06-15"},
        # (60 + 30 + 45) / (100 + 100 + 50)
        {**nothing, "status": "in_progress", "value": 135, "of": 250, "rate": 54}
        | {"threshold": 60, "as_of": "2025-06-30"},
        # 110 + 60 + 60 over 100 + 50 + 50
        {**nothing, "status": "exceeded", "value": 230, "base": 200, "rate": 15}
        | {"threshold": 10, "as_of": "2025-06-30"},
        {**nothing, "status": "met", "value": True, "threshold": None, "as_of": "2025-06-30"},
        # the cluster answers for it; two of the three said nothing
        {**nothing, "status": "tracked", "reason": "partial", "value": 10, "threshold": None}
        | {"as_of": "2025-06-30", "carried": ["can-tho"]},
    ]


@pytest.mark.usefixtures("merged")
def test_a_part_that_said_nothing_or_has_no_base_makes_the_figure_incomplete(run: Run) -> None:
    made = report(run, "--year", 2025, **IN_JULY)
    cells = [some(cell(made, "ca-mau-2025", code), FIGURE) for code in ("1a", "2", "3", "8")]
    day = {"of": None, "base": None, "rate": None, "as_of": "2025-06-30"}
    assert cells == [
        {**day, "status": "incomplete", "reason": "partial", "value": 8, "threshold": 40}
        | {"carried": ["bac-lieu"]},
        {**day, "status": "not_reported", "reason": None, "value": None, "threshold": 60}
        | {"as_of": None, "carried": []},
        {**day, "status": "incomplete", "reason": "no_base", "value": 88, "threshold": 10}
        | {"carried": ["bac-lieu", "ca-mau"]},
        {**day, "status": "in_progress", "reason": None, "value": False, "threshold": None}
        | {"carried": ["bac-lieu", "ca-mau"]},
    ]


@pytest.mark.usefixtures("merged")
def test_the_merger_changes_no_sum_of_the_cluster(run: Run) -> None:
    names = "code value of base rate counted counted_of basis"

    def sums(*options: object) -> list[dict[str, Any]]:
        return [some(t, names) for t in report(run, "--year", 2025, *options)["targets"]]

    eve = ("--as-of", "30/6/2025")
    assert sums("--map", "old") == sums(*eve) == sums(*eve, "--map", "new") == sums()
    assert [some(t, "code value counted counted_of") for t in sums()] == [
        {"code": "1a", "value": 42, "counted": 4, "counted_of": 5},
        {"code": "2", "value": 135, "counted": 3, "counted_of": 5},
        {"code": "3", "value": 274, "counted": 4, "counted_of": 5},
        {"code": "8", "value": 4, "counted": 5, "counted_of": 5},
        {"code": "9", "value": 30, "counted": 2, "counted_of": 5},
    ]


@pytest.mark.usefixtures("merged")
def test_the_figure_that_the_new_province_reports_itself_is_the_whole_year(run: Run) -> None:
    later = "province,target,value,as_of\ncan-tho-2025,1a,70,31/12/2025\nca mau,1a,9,1/7/2025\n"
    assert put(run, later, **IN_2026) == ""
    made = report(run, "--year", 2025)
    assert some(cell(made, "can-tho-2025", "1a"), FIGURE) == {
        "status": "exceeded",
        "reason": None,
        "value": 70,
        "of": None,
        "base": None,
        "threshold": 65,
        "rate": None,
        "as_of": "2025-12-31",
        "carried": [],
    }
    assert made["targets"][0]["value"] == 79  # not 42 more
    until_june = report(run, "--as-of", "30/6/2025", "--map", "new")
    assert cell(until_june, "can-tho-2025", "1a")["value"] == 34


@pytest.mark.usefixtures("merged")
def test_thresholds_in_per_cent_that_differ_are_settled_by_a_share(run: Run) -> None:
    share(run, "soc trang", "2", 70)
    told = cell(report(run, "--year", 2025), "can-tho-2025", "2")
    assert some(told, "status reason rate threshold") == {
        "status": "incomplete",
        "reason": "thresholds_differ",
        "rate": 54,
        "threshold": None,
    }
    share(run, "can-tho-2025", "2", 50)
    told = cell(report(run, "--year", 2025), "can-tho-2025", "2")
    assert some(told, "status rate threshold") == {
        "status": "exceeded",
        "rate": 54,
        "threshold": 50,
    }


@pytest.mark.usefixtures("merged")
def test_a_part_that_a_target_is_not_assigned_to_leaves_both_sides(run: Run) -> None:
    share(run, "hau giang", "1a", "--not-assigned")
    told = cell(report(run, "--year", 2025), "can-tho-2025", "1a")
    assert some(told, "value threshold carried") == {
        "value": 20,
        "threshold": 40,
        "carried": ["can-tho", "soc-trang"],
    }
    share(run, "soc trang", "1a", "--not-assigned")
    share(run, "can-tho", "1a", "--not-assigned")
    assert cell(report(run, "--year", 2025), "can-tho-2025", "1a")["status"] == "not_assigned"


@pytest.mark.usefixtures("merged")
def test_the_next_pact_is_its_own_and_growth_is_measured_over_the_merger(run: Run) -> None:
    sign(run, 2026, **IN_2026)
    rows = "province,target,value,as_of\ncan-tho-2025,1a,20,31/12/2026\n"
    rows += "can-tho-2025,3,253,31/12/2026\nca-mau-2025,3,100,31/12/2026\n"
    assert put(run, rows, **LATE_2026) == ""
    made = report(run, "--year", 2026, **LATE_2026)
    names = "status value base rate threshold carried base_carried"
    nobody: dict[str, Any] = {"base": None, "rate": None, "carried": [], "base_carried": []}
    assert [some(cell(made, "can-tho-2025", code), names) for code in ("1a", "3")] == [
        {**nobody, "status": "met", "value": 20, "threshold": 20},
        {**nobody, "status": "met", "value": 253, "base": 230, "rate": 10, "threshold": 10}
        | {"base_carried": ["can-tho", "soc-trang", "hau-giang"]},
    ]
    # bac-lieu and ca-mau both reported 44 for 2025
    assert some(cell(made, "ca-mau-2025", "3"), "base base_carried") == {
        "base": 88,
        "base_carried": ["bac-lieu", "ca-mau"],
    }
    assert put(run, "province,target,value,as_of\nca mau,3,90,31/12/2025\n", **IN_2026) == ""
    own = cell(report(run, "--year", 2026, **LATE_2026), "ca-mau-2025", "3")
    assert some(own, "base base_carried") == {"base": 90, "base_carried": []}


@pytest.mark.usefixtures("merged")
def test_a_base_over_the_merger_needs_that_of_every_part(run: Run) -> None:
    sign(run, 2026, **IN_2026)
    assert run("withdraw", "hau giang", "3", "--as-of", "30/6/2025", **IN_2026).exit == 0
    assert run("record", "can-tho-2025", "3", 253, "--year", 2026, **LATE_2026).exit == 0
    told = cell(report(run, "--year", 2026, **LATE_2026), "can-tho-2025", "3")
    assert some(told, "status reason base base_carried") == {
        "status": "incomplete",
        "reason": "no_base",
        "base": None,
        "base_carried": [],
    }


@pytest.mark.usefixtures("merged")
def test_the_report_names_the_mergers_of_its_year(run: Run) -> None:
    made = report(run, "--year", 2025)
    assert [(m["day"], m["into"]["id"], [p["id"] for p in m["from"]]) for m in made["mergers"]] == [
        ("2025-07-01", "can-tho-2025", ["can-tho", "soc-trang", "hau-giang"]),
        ("2025-07-01", "ca-mau-2025", ["bac-lieu", "ca-mau"]),
    ]
    assert report(run, "--year", 2024)["mergers"] == []


@pytest.mark.usefixtures("merged")
def test_the_rows_of_the_old_provinces_stay_as_they_were(run: Run) -> None:
    before = report(run, "--as-of", "30/6/2025", **IN_JULY)
    assert run("record", "can-tho-2025", "1a", 70, "--year", 2025, **IN_2026).exit == 0
    after = report(run, "--as-of", "30/6/2025")
    assert before["provinces"] == after["provinces"]


@pytest.mark.usefixtures("merged")
def test_a_name_means_the_province_of_the_map_that_is_shown(run: Run) -> None:
    def whose(*options: object) -> Any:
        return json.loads(run("status", *options, "--year", 2025, "--json", **IN_2026).out)

    assert whose("Cần Thơ")["province"]["id"] == "can-tho-2025"
    assert whose("Cần Thơ", "--map", "old")["province"]["id"] == "can-tho"
    assert whose("hau giang", "--as-of", "31/5/2025")["province"]["id"] == "hau-giang"
    gone = Answer(
        3,
        "",
        "htx: Hậu Giang went into Cần Thơ on 01/07/2025. Ask for can-tho-2025,"
        " or for Hậu Giang itself with --as-of 30/06/2025.\n",
    )
    assert run("status", "hau giang", "--year", 2025, **IN_2026) == gone
    assert run("explain", "hau giang", "1a", "--year", 2025, **IN_2026) == gone


def test_a_map_is_old_or_new(run: Run, merged: Path) -> None:
    refused = Answer(2, "", "htx: “middle” is none of: old, new.\n")
    assert run("report", "--year", 2025, "--map", "middle") == refused


# -- a rate that cannot be carried -----------------------------------------------------------------


__all__ = ["merged"]


@pytest.fixture
def bare(merged: Path, run: Run) -> Path:
    """Hậu Giang reports 62 % without its whole; the two others 60 of 100 and 30 of 100."""
    typed = ("record", "hau giang", "2", "62%", "--as-of", "30/6/2025")
    assert run(*typed, **IN_JULY).exit == 0
    return merged


@pytest.mark.usefixtures("bare")
def test_the_report_shows_no_bare_numerator_and_names_the_part_that_lacks_its_whole(
    run: Run,
) -> None:
    lines = run("report", "--year", 2025, "--format", "table", **IN_2026).out.splitlines()
    (can_tho,) = [line.split() for line in lines if line.startswith("Cần Thơ  34")]
    assert can_tho == ["Cần", "Thơ", "34↗*°†", "?*†", "+15▲*†", "✓*†", "10?*†", "2/4"]
    assert "Cần Thơ: 2 (the whole is missing: Hậu Giang)" in lines
    told = run("report", "--year", 2025, COLUMNS="120", **IN_2026).out
    assert "record the figure again with --of N" not in told


# -- explained and in every format -----------------------------------------------------------------


@pytest.mark.usefixtures("merged")
def test_every_format_says_which_figures_were_carried(run: Run) -> None:
    answer = run("report", "--year", 2025, "--format", "csv", **IN_2026)
    rows = list(csv.DictReader(StringIO(answer.out)))
    assert [row["carried"] for row in rows if row["target"] == "1a"] == [
        "can-tho, soc-trang, hau-giang",
        "bac-lieu",
    ]
    for format in ("plain", "md"):
        out = run("report", "--year", 2025, "--format", format, **IN_2026).out
        assert "34↗*°†" in out.replace("\\*", "*")
        assert "† carried over a merger" in out


def test_a_province_that_came_of_a_stranger_too_is_named_until_it_is_added(
    run: Run, empty_book: Path, tmp_path: Path
) -> None:
    (tmp_path / "htx.db").write_bytes(empty_book.read_bytes())
    typed = ("--member", "an giang", "--member", "ca mau", "--since", 2025)
    assert run("add-cluster", "Cụm", *typed, **JANUARY_2025).exit == 0
    sign(run, 2025, **JANUARY_2025)
    rows = "province,target,value,as_of\nan giang,1a,9,30/6/2025\nca mau,1a,8,30/6/2025\n"
    assert put(run, rows, **IN_2026) == ""
    out = run("report", "--year", 2025, **IN_2026).out
    assert (
        "An Giang (an-giang-2025) has no seat since 01/07/2025: beside An Giang (an-giang) it came"
        " of Kiên Giang, from outside the cluster." in out
    )
    joining = ("add-member", "an-giang-2025", "ca-mau-2025", "--since", "1/7/2025")
    assert run(*joining, **IN_2026).exit == 0
    out = run("report", "--year", 2025, **IN_2026).out
    assert "has no seat" not in out
    # Who had signed nothing leaves both sides.
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert "An Giang 9↘*† – – – – 0/4" in lines
    assert "Cà Mau 8↘*† – – – – 0/4" in lines
