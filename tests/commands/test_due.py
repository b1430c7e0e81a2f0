"""When figures are due, who owes what since when, and the letter that asks for it."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from htx_cli.domain.due import due_dates
from htx_cli.domain.model import DueRule, Period
from tests.support.commands import Answer, Run, well

AUGUST = "2021-08-05T08:00:00+07:00"


def due(run: Run, *options: object, now: str = AUGUST) -> dict[str, Any]:
    answer = run("due", "--json", *options, HTX_NOW=now)
    assert answer.exit == 0, answer.err
    made: dict[str, Any] = json.loads(answer.out)
    return made


def owed(made: dict[str, Any]) -> dict[str, tuple[str, str, int]]:
    """By province and target: figures as of when, due since when, late by how many days."""
    return {
        f"{x['name']} {x['target']}": (x["figures_as_of"], x["due"], x["days_late"])
        for x in made["owed"]
    }


# -- due dates -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "rules", "expected"),
    [
        (
            2021,
            ["quarter 25"],
            ["31/3 25/4/2021", "30/6 25/7/2021", "30/9 25/10/2021", "31/12 25/1/2022"],
        ),
        (2021, ["half-year 0"], ["30/6 30/6/2021", "31/12 31/12/2021"]),
        (2021, ["year 59"], ["31/12 28/2/2022"]),
        (2023, ["year 60"], ["31/12 29/2/2024"]),  # a leap year after it
        (2024, ["quarter -31"], ["31/3 29/2/2024", "30/6 30/5/2024", "30/9 30/8/2024", "31/12 30/11/2024"]),
        (2023, ["quarter -31"], ["31/3 28/2/2023", "30/6 30/5/2023", "30/9 30/8/2023", "31/12 30/11/2023"]),
        (
            2021,
            ["quarter 25", "half-year 15", "year 40"],  # of periods that end together the longest
            ["31/3 25/4/2021", "30/6 15/7/2021", "30/9 25/10/2021", "31/12 9/2/2022"],
        ),
        (2021, ["quarter 25", "year 40"], ["31/3 25/4/2021", "30/6 25/7/2021", "30/9 25/10/2021", "31/12 9/2/2022"]),
        (2021, [], []),
    ],
)  # fmt: skip
def test_due_dates_follow_from_the_ends_of_the_periods(
    year: int, rules: list[str], expected: list[str]
) -> None:
    parts = [rule.split() for rule in rules]
    made = due_dates(year, [DueRule(Period(period), int(days)) for period, days in parts])
    assert [
        f"{x.last_day.day}/{x.last_day.month} {x.due.day}/{x.due.month}/{x.due.year}" for x in made
    ] == expected


@given(
    st.integers(1976, 2199),
    st.dictionaries(st.sampled_from(Period), st.integers(-366, 366), min_size=1),
)
def test_each_end_of_a_period_has_one_due_date_in_order(
    year: int, rules: dict[Period, int]
) -> None:
    made = due_dates(year, [DueRule(period, days) for period, days in rules.items()])
    ends = [each.last_day for each in made]
    assert ends == sorted(set(ends))
    assert ends[-1] == date(year, 12, 31)
    assert all((each.due - each.last_day).days == each.rule.days for each in made)


# -- setting them ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["quarter", 25], "figures of each quarter of 2021 are due 25 days after its end"),
        (["quý", "25"], "figures of each quarter of 2021 are due 25 days after its end"),
        (["6 tháng", "15"], "figures of each half-year of 2021 are due 15 days after its end"),
        (["year", "-16"], "figures of each year of 2021 are due 16 days before its end"),
    ],
    ids=str,
)
def test_a_rule_is_set_in_either_language(
    run: Run, sample: Path, typed: list[object], told: str
) -> None:
    assert run("set-due", *typed, "--year", 2021) == Answer(
        0, "", f"Change 33: {told}  (htx undo 33)\n"
    )
    assert json.loads(run("log", "--json").out)["changes"][0]["summary"] == told


def test_a_rule_is_changed_and_taken_back(run: Run, sample: Path) -> None:
    well(run("set-due", "quarter", 25, "--year", 2021))
    well(run("set-due", "quarter", 30, "--year", 2021))
    assert due(run)["dates"][0] == {
        "period": "quarter",
        "days": 30,
        "figures_as_of": "2021-03-31",
        "due": "2021-04-30",
    }
    told = well(run("set-due", "quarter", "--none", "--year", 2021))
    assert told.startswith("Change 35: figures of each quarter of 2021 have no due date")
    assert run("due", "--year", 2021) == Answer(
        3,
        "",
        "htx: No due dates are set for 2021. Set them, for example:"
        " htx set-due quarter 25 --year 2021\n",
    )


@pytest.mark.parametrize(
    ("typed", "exit", "code"),
    [
        (["quarter"], 2, "due_one_of"),
        (["quarter", 25, "--none"], 2, "due_one_of"),
        (["quarter", "soon"], 2, "due_days"),
        (["month", 25], 2, "not_one_of"),
        (["quarter", 367], 4, "due_days_range"),
    ],
    ids=str,
)
def test_what_is_no_rule_is_refused(
    run: Run, sample: Path, typed: list[object], exit: int, code: str
) -> None:
    before = sample.read_bytes()
    answer = run("set-due", *typed, "--year", 2021, "--json")
    assert (answer.exit, json.loads(answer.out)["code"]) == (exit, code)
    assert sample.read_bytes() == before


def test_a_new_year_takes_the_due_dates_over(run: Run, sample: Path) -> None:
    well(run("set-due", "quarter", 25, "--year", 2021))
    well(run("open-year", 2022))
    assert due(run, "--year", 2022)["dates"][0]["due"] == "2022-04-25"


# -- who owes what ---------------------------------------------------------------------------------


@pytest.fixture
def two(run: Run, fresh: Path) -> Path:
    """Two provinces with two targets for 2021, due 25 days after each quarter."""
    well(run("add-target", "1", "HTX mới", "--year", 2021, "--at-least", 20))
    well(run("add-target", "2", "Có quỹ", "--year", 2021, "--kind", "yes-no"))
    well(run("add-target", "t", "Theo dõi", "--year", 2021, "--kind", "tracked"))
    well(run("set-due", "quarter", 25, "--year", 2021))
    return fresh


def record(run: Run, province: str, day: str, *options: object, code: str = "1") -> None:
    value = "yes" if code == "2" else 5
    well(run("record", province, code, value, "--as-of", day, *options))


FIRST = ("2021-03-31", "2021-04-25")  # of a figure that never came since
SECOND = ("2021-06-30", "2021-07-25")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2021-03-31", {}),
        ("2021-04-01", {"Cần Thơ 1": (*FIRST, 0)}),  # the period is over: owed, not late
        ("2021-04-25", {"Cần Thơ 1": (*FIRST, 0)}),  # the due date itself
        ("2021-04-26", {"Cần Thơ 1": (*FIRST, 1)}),
        ("2021-07-25", {"Cần Thơ 1": (*FIRST, 91)}),
        ("2021-07-26", {"Cần Thơ 1": (*SECOND, 1)}),  # it answers both
    ],
)
def test_a_figure_is_owed_once_its_period_is_over_and_late_after_its_due_date(
    run: Run, two: Path, now: str, expected: dict[str, tuple[str, str, int]]
) -> None:
    for province, code in (("can tho", "2"), ("soc trang", "1"), ("soc trang", "2")):
        record(run, province, "31/12/2021", code=code)
    assert owed(due(run, "--year", 2021, now=f"{now}T08:00:00+07:00")) == expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ([], (*SECOND, 11)),
        (["31/3/2021"], (*SECOND, 11)),
        (["29/6/2021"], (*SECOND, 11)),
        (["30/6/2021"], None),
        (["5/8/2021"], None),
        (["30/6/2021 --estimate"], (*SECOND, 11)),
    ],
    ids=str,
)
def test_an_actual_figure_of_the_last_day_or_later_answers(
    run: Run, two: Path, sent: list[str], expected: tuple[str, str, int] | None
) -> None:
    for each in sent:
        record(run, "can tho", *each.split())
    assert owed(due(run, "--as-of", "5/8/2021")).get("Cần Thơ 1") == expected


def test_an_estimate_answers_where_the_due_date_is_not_after_the_period(
    run: Run, two: Path
) -> None:
    well(run("set-due", "quarter", -15, "--year", 2021))
    record(run, "can tho", "30/6/2021", "--estimate")
    made = owed(due(run, "--as-of", "20/6/2021"))
    assert made["Sóc Trăng 1"] == ("2021-06-30", "2021-06-15", 5)
    assert "Cần Thơ 1" in owed(due(run, "--as-of", "29/6/2021"))  # as of then it is not known yet
    assert "Cần Thơ 1" not in owed(due(run, "--as-of", "30/6/2021"))


def test_who_joined_later_owes_only_what_came_after(run: Run, two: Path) -> None:
    well(run("add-member", "ca mau", "--since", "1/5/2021"))
    made = due(run, "--as-of", "5/8/2021")["owed"]
    assert {(x["name"], x["due"], x["late_since"]) for x in made} == {
        ("Cà Mau", "2021-07-25", "2021-07-25"),
        ("Cần Thơ", "2021-07-25", "2021-04-25"),
        ("Sóc Trăng", "2021-07-25", "2021-04-25"),
    }


def test_who_came_of_a_merger_owes_what_its_parts_did_not_send(run: Run, empty_book: Path) -> None:
    """On 1 July 2025 Cần Thơ and Sóc Trăng went into the new Cần Thơ, with Hậu Giang."""
    shutil.copy(empty_book, "htx.db")
    names = ["can tho", "soc trang", "hau giang", "ca mau"]
    members = [word for name in names for word in ("--member", name)]
    well(run("add-cluster", "Cụm", *members, "--since", "2024"))
    well(run("add-target", "1", "HTX mới", "--year", 2025, "--at-least", 20))
    well(run("set-due", "quarter", 25, "--year", 2025))
    later = {"HTX_NOW": "2025-12-31T08:00:00+07:00"}
    for name in names[1:3]:
        well(run("record", name, "1", 5, "--as-of", "30/6/2025", **later))
    in_july = ("due", "--as-of", "20/7/2025", "--year", 2025)
    [item] = [x for x in json.loads(run(*in_july, "--json").out)["owed"] if x["name"] == "Cần Thơ"]
    assert item["former"] == ["can-tho"]
    assert (
        "Cần Thơ (before 01/07/2025: the former Cần Thơ)  31/03/2025     25/04/2025  86 days"
        "  25/04/2025  1\n"
    ) in run(*in_july).out
    assert (
        "quarter I (as of 31/03/2025), due 25/04/2025, 86 days late;"
        " before 01/07/2025: the former Cần Thơ: 1\n"
    ) in run("status", "can tho", *in_july[1:]).out
    well(run("record", "can tho", "1", 5, "--as-of", "30/6/2025", **later))
    assert "Cần Thơ 1" not in owed(
        json.loads(run("due", "--as-of", "5/8/2025", "--json", **later).out)
    )
    made = owed(json.loads(run("due", "--as-of", "5/11/2025", "--json", **later).out))
    assert made["Cần Thơ 1"] == ("2025-09-30", "2025-10-25", 11)


def test_not_assigned_and_tracked_targets_are_not_owed(run: Run, two: Path) -> None:
    well(run("set-share", "can tho", "1", "--not-assigned", "--year", 2021))
    made = owed(due(run, "--as-of", "5/8/2021"))
    assert sorted(made) == ["Cần Thơ 2", "Sóc Trăng 1", "Sóc Trăng 2"]


# -- how it is shown -------------------------------------------------------------------------------


def test_due_lists_the_dates_and_the_debts(run: Run, two: Path) -> None:
    record(run, "can tho", "31/3/2021")
    for code in ("1", "2"):
        record(run, "soc trang", "30/6/2021", code=code)
    assert run("due", "--as-of", "5/8/2021").out == (
        "Cụm thử · 2021 · 05/08/2021\n"
        "\n"
        "period       figures as of  due         still owe\n"
        "quarter I    31/03/2021     25/04/2021          1\n"
        "quarter II   30/06/2021     25/07/2021          1\n"
        "quarter III  30/09/2021     25/10/2021\n"
        "quarter IV   31/12/2021     25/01/2022\n"
        "\n"
        "Owed\n"
        "province  figures as of  due         late     first due               targets\n"
        "Cần Thơ   30/06/2021     25/07/2021  11 days  25/04/2021 (quarter I)  2\n"
        "Cần Thơ   30/06/2021     25/07/2021  11 days  25/07/2021              1\n"
    )
    [first, second] = [
        json.loads(line)
        for line in run("due", "--as-of", "5/8/2021", "--format", "ndjson").out.splitlines()
    ]
    assert (first["target"], first["last_as_of"]) == ("2", None)
    assert (second["target"], second["last_as_of"]) == ("1", "2021-03-31")
    assert "| Cần Thơ |" in run("due", "--as-of", "5/8/2021", "--format", "md").out


def test_lateness_stands_in_report_status_and_explanation(run: Run, two: Path) -> None:
    late = (
        "quarter II (as of 30/06/2021), due 25/07/2021, 11 days late;"
        " first due 25/04/2021 (quarter I)"
    )
    told = f"Late, with the number of targets\n  {late}: Cần Thơ (2); Sóc Trăng (2)\n"
    assert told in run("report", "--as-of", "5/8/2021").out
    assert f"Late\n  {late}: 1, 2\n" in run("status", "can tho", "--as-of", "5/8/2021").out
    assert f"owed: {late}\n" in run("explain", "can tho", "1", "--as-of", "5/8/2021").out
    made = json.loads(run("report", "--as-of", "5/8/2021", "--json").out)
    cell = made["provinces"][0]["cells"][0]
    assert (cell["due"], cell["days_late"], cell["late_since"]) == (
        "2021-07-25", 11, "2021-04-25",
    )  # fmt: skip


def test_without_due_dates_nothing_is_late(run: Run, sample: Path) -> None:
    made = run("report", "--year", 2021).out
    assert "Late" not in made
    cells = json.loads(run("report", "--year", 2021, "--json").out)["provinces"][0]["cells"]
    assert {(cell["due"], cell["days_late"]) for cell in cells} == {(None, None)}


def test_a_closed_year_keeps_its_due_dates(run: Run, sample: Path) -> None:
    well(run("close-year", 2021, "--incomplete"))
    assert run("set-due", "quarter", 25, "--year", 2021).exit == 4
