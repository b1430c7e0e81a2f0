"""The report's sheet: figures of the whole cluster, old ones, what is missing, own shares, narrow terminals."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import Run
from tests.support.reports import JUNE, LAST_DAY, explained, own, record, report, row, section, sign

# -- own shares ------------------------------------------------------------------------------------


# -- a target of the whole cluster -----------------------------------------------------------------


@pytest.fixture
def whole(run: Run, three: Path) -> Path:
    """The cluster has to found 50 HTX; all is known from a figure of the cluster alone."""
    sign(run, "1a", "--line", 1, "--at-least", 50, "--scope", "cluster", "--unit", "HTX")
    record(run, "all", "1a", 52)
    return three


def test_a_yes_of_the_whole_cluster_differs_only_where_a_province_says_no(
    run: Run, three: Path
) -> None:
    sign(run, "8", "--kind", "yes-no", "--scope", "cluster", title="Có quy chế")
    record(run, "all", "8", "yes")
    for province in ("can tho", "soc trang", "ca mau"):
        record(run, province, "8", "yes")
    assert section(report(run), "To be looked at") == []
    record(run, "ca mau", "8", "no")
    assert section(report(run), "To be looked at") == [
        "8: sum of the provinces: 2 of 3 say yes (3 of 3, the oldest as of 31/12/2021), which"
        " counts; yes was reported for the whole cluster as of 31/12/2021"
    ]


@pytest.mark.parametrize(
    ("whole", "said"),
    [
        (["60", "--of", 100], []),
        (["60", "--of", 120], ["60 / 120"]),  # the same value of another whole
        (["61%"], ["61%"]),
    ],
)
def test_a_ratio_of_the_whole_cluster_differs_in_any_of_its_parts(
    run: Run, three: Path, whole: list[object], said: list[str]
) -> None:
    sign(run, "2", "--kind", "ratio", "--at-least", 60, "--scope", "cluster")
    record(run, "can tho", "2", 60, "--of", 100)
    record(run, "all", "2", *whole)
    assert section(report(run), "To be looked at") == [
        f"2: {figure} was reported for the whole cluster as of 31/12/2021 and counts; sum of the"
        " provinces: 60 / 100 (1 of 3, the oldest as of 31/12/2021)"
        for figure in said
    ]


# -- a roll-up that rests on old figures -----------------------------------------------------------


def rollup(run: Run, code: str, *more: object) -> dict[str, Any]:
    made = json.loads(report(run, "--json", *more))
    found: dict[str, Any] = next(t for t in made["targets"] if t["code"] == code)
    return found


OLD = "Reported, but not as of the year's last day"


def test_the_cluster_is_stale_when_its_whole_figure_is_older_than_the_year(
    run: Run, three: Path
) -> None:
    sign(run, "1a", "--at-least", 50, "--scope", "cluster")
    record(run, "all", "1a", 30, as_of=JUNE)
    text = report(run)
    assert row(text, "cluster")[0] == "30↗*"
    assert "* older than the end of the year" in text
    assert section(text, OLD) == ["whole cluster: 1a (30/06/2021)"]
    assert (rollup(run, "1a")["as_of"], rollup(run, "1a")["stale"]) == ("2021-06-30", True)
    july = rollup(run, "1a", "--as-of", "5/7/2021")
    assert (july["as_of"], july["stale"]) == ("2021-06-30", False)
    assert explained(run, "all", "1a")[-1] == (
        "The figure is older than the year's last day; a newer one is owed."
    )


def test_the_cluster_is_stale_when_the_oldest_figure_of_its_sum_is(run: Run, three: Path) -> None:
    sign(run, "1a", "--at-least", 50, "--scope", "cluster")
    for province, day in (("can tho", JUNE), ("soc trang", LAST_DAY), ("ca mau", LAST_DAY)):
        record(run, province, "1a", 10, as_of=day)
    text = report(run)
    assert row(text, "cluster")[0] == "30↗*"
    assert section(text, OLD) == ["Cần Thơ: 1a (30/06/2021)", "whole cluster: 1a (30/06/2021)"]
    record(run, "can tho", "1a", 20)
    assert row(report(run), "cluster")[0] == "40✗"
    assert section(report(run), OLD) == []


def test_of_a_target_that_binds_each_only_the_provinces_are_stale(run: Run, three: Path) -> None:
    sign(run, "1a", "--at-least", 50)
    for province in ("can tho", "soc trang", "ca mau"):
        record(run, province, "1a", 30, as_of=JUNE)
    text = report(run)
    assert row(text, "Cà Mau")[0] == "30↗*"
    assert row(text, "cluster")[0] == "90↗"
    assert "whole cluster" not in text
    assert rollup(run, "1a")["stale"] is False


def test_what_is_tracked_is_never_stale(run: Run, three: Path) -> None:
    sign(run, "htx", "--kind", "tracked")
    record(run, "all", "htx", 30, as_of=JUNE)
    assert (rollup(run, "htx")["as_of"], rollup(run, "htx")["stale"]) == ("2021-06-30", False)


# -- what is to be looked at -----------------------------------------------------------------------


def test_a_sum_of_nothing_but_bare_rates_is_to_be_looked_at(run: Run, three: Path) -> None:
    sign(run, "2", "--kind", "ratio", "--at-least", 60)
    for province in ("can tho", "soc trang"):
        record(run, province, "2", "62%")
    assert section(report(run), "To be looked at") == [
        "2: the cluster's sum holds 0 of 2 reported figures"
    ]


# -- what is missing, and the even path ------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "value", "shown", "exact"),
    [
        (["growth", "--at-least", 10, "--base-year", 2020], ["75", "--base", 72], "5", 4.2),
        (["growth", "--at-least", 10, "--base-year", 2020], ["75.5", "--base", 72], "3.7", 3.7),
        (["growth", "--at-least", 10, "--base-year", 2020], ["75", "--base", 72.5], "4.75", 4.75),
        (["ratio", "--at-least", 62.5], ["50", "--of", 81], "1", 0.625),
        (["ratio", "--at-least", 60], ["50", "--of", 81.5], "–", None),
        (["count", "--at-least", 20], ["13"], "7", 7),
        (["count", "--at-least", 20.5], ["13"], "7.5", 7.5),
        (["count", "--at-least", 20], ["13.5"], "6.5", 6.5),
    ],
)
def test_of_what_is_counted_whole_ones_are_missing(
    run: Run, three: Path, kind: list[object], value: list[object], shown: str, exact: float | None
) -> None:
    sign(run, "7", "--kind", *kind, title="Thành viên")
    record(run, "can tho", "7", *value, as_of=JUNE)
    made = json.loads(run("explain", "can tho", "7", "--year", 2021, "--json").out)["cell"]
    if exact is None:
        assert made["remaining"] == 0
        return
    assert made["remaining"] == exact
    assert f"still missing: {shown}" in explained(run, "can tho", "7")
    assert f"  {shown}  30/06/2021 (stale)" in run("status", "can tho", "--year", 2021).out


def test_an_own_threshold_with_a_fraction_leaves_a_fraction_missing(run: Run, three: Path) -> None:
    sign(run, "7", "--at-least", 20)
    own(run, "can tho", "7", 20.5)
    record(run, "can tho", "7", 13)
    assert "still missing: 7.5" in explained(run, "can tho", "7")


@pytest.mark.parametrize(
    ("threshold", "day", "value", "status", "path"),
    [
        (20.5, JUNE, "10", "behind", "10.17"),  # 10.1657…
        (20.5, JUNE, "12", "on track", "10.17"),
        (20.5, JUNE, "10.168", "on track", "10.16"),  # not 10.17: the figure is above it
        (20.5, JUNE, "10.165", "behind", "10.17"),
        (25.9, "22/5/2021", "10", "behind", "10.08"),  # 10.0760…
        (26, "22/5/2021", "10", "behind", "10.12"),  # 10.1150…
        (20, "4/7/2021", "10.137", "on track", "10.13"),  # 10.1369…, half up would be 10.14
        (20, "4/7/2021", "10.136", "behind", "10.14"),
        (20, JUNE, "9.92", "on track", "9.92"),  # 9.9178…
        (25, "27/5/2021", "10.06", "behind", "10.07"),  # 10.0684…
        (25, "3/6/2021", "10.54", "behind", "10.55"),  # 10.5479…
        (24, "4/6/2021", "10.19", "behind", "10.2"),  # 10.1917…: half up would say 10.19
    ],
)
def test_the_even_path_is_rounded_but_never_to_the_other_side_of_the_figure(
    run: Run, three: Path, threshold: float, day: str, value: str, status: str, path: str
) -> None:
    sign(run, "7", "--at-least", threshold)
    record(run, "can tho", "7", value, as_of=day)
    lines = explained(run, "can tho", "7")
    assert lines[0].split(" ", 1)[1] == status
    [said] = [line for line in lines if line.startswith("even path")]
    assert said.split()[2] == path


# -- narrow terminals ------------------------------------------------------------------------------

BIG = "123456789012345"


@pytest.mark.parametrize("language", ["en", "vi"])
def test_long_units_and_long_numbers_fit_80_columns_unbroken(
    run: Run, three: Path, language: str
) -> None:
    income = "Thu nhập bình quân"
    sign(run, "1", "--at-least", 50, "--unit", "triệu đồng/người/năm", "--level", title=income)
    sign(run, "2", "--at-least", BIG, "--unit", "Liên hiệp HTX")
    sign(run, "3", "--kind", "ratio", "--at-least", 60)
    record(run, "can tho", "1", 45.5)
    record(run, "can tho", "2", "1000")
    record(run, "can tho", "3", "23456789012345", "--of", BIG)
    for typed in (["status", "can tho"], ["explain", "can tho", "3"]):
        command = [*typed, "--year", 2021, "--format", "table", "--lang", language]
        text = run(*command, COLUMNS="80").out
        assert [line for line in text.split("\n") if len(line) > 80] == []
        grouped = {"en": "23,456,789,012,345", "vi": "23.456.789.012.345"}[language]
        assert grouped in text
    text = run("status", "can tho", "--year", 2021, "--format", "table", COLUMNS="80").out
    assert "≥123,456,789,012,345" in text
    assert "45.5 triệu đồng/người/năm" in text
    assert "123,456,789,011,345" in text  # what is missing


def test_where_columns_do_not_fit_the_last_go_below_with_their_headings(
    run: Run, three: Path
) -> None:
    sign(run, "2", "--at-least", BIG, "--unit", "HTX")
    record(run, "can tho", "2", "1000", "--source", "Báo cáo số 5")
    text = run("status", "can tho", "--year", 2021, "--format", "table", COLUMNS="60").out
    table = text.split("\n\n", 1)[1].rstrip().split("\n")
    assert [line.rstrip() for line in table] == [
        "code  status       figure  rate                signed  done",
        "2     ✗ missed  1,000 HTX        ≥123,456,789,012,345    0%",
        "      HTX mới · missing 123,456,789,011,345 · 31/12/2021 ·",
        "      Báo cáo số 5",
    ]


def test_a_report_in_two_parts_counts_the_same_in_both(run: Run, sample: Path) -> None:
    text = run("report", "--year", 2021, "--format", "table", COLUMNS="50").out
    counts = [line.split()[-1] for line in text.split("\n") if line.startswith("cluster ")]
    assert counts[:2] == ["2/11", "2/11"]


# -- own shares ------------------------------------------------------------------------------------


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
