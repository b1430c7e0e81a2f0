"""`htx trend`: a target over the years, its small line, and where the series breaks."""

import csv
import io
import json
import shlex
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from htx_cli.actions import trend as trending
from htx_cli.actions.report import build_report
from htx_cli.domain.model import Cluster, Target
from htx_cli.domain.targets import Figure, Judgement, Kind, Status
from htx_cli.domain.trend import Break, Cause, Point, Trend
from htx_cli.output.formats.rich_table import width_of
from htx_cli.output.layout import Grid
from htx_cli.output.sheets import sheet
from htx_cli.output.sheets.trend import line
from htx_cli.text.words import speak
from tests.support.books import SAMPLE, book
from tests.support.commands import Run

NOW = {"HTX_NOW": "2027-01-05T08:00:00+07:00"}

# Three provinces that become one on 1 July 2025, and one that stays.
STORY = """
add-cluster "Cụm thử" --since 2023 --member "can tho" --member "soc trang" --member "hau giang" --member "ca mau"
add-target 1 "HTX mới" --year 2023 --at-least 10
add-target 1 "HTX mới" --year 2024 --at-least 12
add-target 1 "HTX mới" --year 2025 --at-least 15
add-target 1 "HTX mới" --year 2026 --at-least 40
record "can tho" 1 8 --as-of 31/12/2023
record "soc trang" 1 10 --as-of 31/12/2023
record "hau giang" 1 6 --as-of 31/12/2023
record "ca mau" 1 9 --as-of 31/12/2023
record "can tho" 1 12 --as-of 31/12/2024
record "soc trang" 1 14 --as-of 31/12/2024
record "ca mau" 1 11 --as-of 31/12/2024
record can-tho 1 7 --as-of 30/6/2025
record soc-trang 1 9 --as-of 30/6/2025
record hau-giang 1 5 --as-of 30/6/2025
record can-tho-2025 1 41 --as-of 31/12/2026
"""


@pytest.fixture
def merged(run: Run, tmp_path: Path) -> Path:
    assert run("init").exit == 0
    for typed in STORY.strip().splitlines():
        done = run(*shlex.split(typed), **NOW)
        assert (typed, done.exit, done.err if done.exit else "") == (typed, 0, "")
    return tmp_path / "htx.db"


def told(run: Run, *typed: object, now: str = NOW["HTX_NOW"]) -> list[str]:
    """The plain answer, line by line, with its columns one blank apart."""
    answer = run("trend", *typed, HTX_NOW=now)
    assert (answer.exit, answer.err) == (0, "")
    return [" ".join(each.split()) for each in answer.out.splitlines()]


# -- over a merger ---------------------------------------------------------------------------------


def test_a_province_is_followed_back_to_those_that_it_came_of(merged: Path, run: Run) -> None:
    """Their sum is not judged; one that has not reported leaves it incomplete, not small."""
    assert told(run, 1, "can tho") == [
        "Cần Thơ · 1 HTX mới · 2023–2026",
        "▂▃│▁█",
        "",
        "year figure rate signed done status as of",
        "2023 24 not judged 31/12/2023",
        "2024 26 ? incomplete 31/12/2024",
        "2025 21 ≥45 46.67% ↘ behind 30/06/2025*",
        "2026 41 ≥40 102.5% ▲ exceeded 31/12/2026",
        "",
        "To be known when years are compared",
        "2023: the sum of Cần Thơ, Sóc Trăng, Hậu Giang",
        "2024: the sum of Cần Thơ, Sóc Trăng",
        "2024: not all have reported: Hậu Giang",
        "2025: the sum of Cần Thơ, Sóc Trăng, Hậu Giang",
        "2025: Cần Thơ (can-tho), Sóc Trăng, Hậu Giang went into Cần Thơ (can-tho-2025) on 01/07/2025",
    ]


def test_a_tracked_part_of_a_whole_has_its_rate_before_the_merger_too(
    merged: Path, run: Run
) -> None:
    assert run("add-target", "t", "HTX hoạt động", "--year", 2024, "--kind", "tracked").exit == 0
    for name, value in (("can tho", 5), ("soc trang", 3), ("hau giang", 1)):
        typed = ("record", name, "t", value, "--of", 10, "--as-of", "2024-12-31")
        assert run(*typed, **NOW).exit == 0
    [point] = json.loads(run("trend", "t", "can-tho-2025", "--json", **NOW).out)["years"]
    assert (point["value"], point["of"], point["rate"]) == (9, 30, 30)


def test_a_province_that_is_no_more_ends_where_it_went(merged: Path, run: Run) -> None:
    assert told(run, 1, "soc trang") == [
        "Sóc Trăng · 1 HTX mới · 2023–2025",
        "▂█▁",
        "",
        "year figure rate signed done status as of",
        "2023 10 ≥10 100% ✓ met 31/12/2023",
        "2024 14 ≥12 116.67% ▲ exceeded 31/12/2024",
        "2025 9 ≥15 60% ↗ on track 30/06/2025",
        "",
        "Cần Thơ (can-tho), Sóc Trăng, Hậu Giang went into Cần Thơ (can-tho-2025) on 01/07/2025",
    ]


def test_a_province_that_left_by_a_merger_with_others_says_so(merged: Path, run: Run) -> None:
    """Bạc Liêu was no member, so the new Cà Mau does not sit there by itself."""
    assert (
        told(run, 1, "ca mau")[-1]
        == "Cà Mau (ca-mau), Bạc Liêu (outside the cluster) went into Cà Mau (ca-mau-2025)"
        " on 01/07/2025"
    )


def test_the_cluster_goes_on_over_a_merger_and_splits_where_others_sit_there(
    merged: Path, run: Run
) -> None:
    assert told(run, 1) == [
        "Cụm thử · 1 HTX mới · 2023–2026",
        "▅▇│▁█",
        "",
        "year figure rate signed done status as of",
        "2023 33 ≥10 ✗ missed",
        "2024 37 ≥12 ✗ missed",
        "2025 21 ≥15 ↘ behind",
        "2026 41 ≥40 ▲ exceeded",
        "",
        "To be known when years are compared",
        "2024: the sum of 3 of 4 figures",
        "2025: Cần Thơ (can-tho), Sóc Trăng, Hậu Giang went into Cần Thơ (can-tho-2025) on 01/07/2025",
        "2025: left: Cà Mau",
    ]


def test_a_province_may_be_named_by_its_id_in_a_year_that_has_two_of_the_name(
    merged: Path, run: Run
) -> None:
    years = json.loads(run("trend", 1, "can-tho", "--json", **NOW).out)["years"]
    assert [(y["year"], y["value"], y["carried"]) for y in years] == [
        (2023, 8, []), (2024, 12, []), (2025, 7, []),
    ]  # fmt: skip


# -- what stands under the same code ---------------------------------------------------------------


def test_a_code_that_was_given_to_another_target_is_not_joined_in_silence(
    sample: Path, run: Run
) -> None:
    """In the sample `htx` is all cooperatives in 2020, and the active ones of them in 2021."""
    assert run("trend", "htx").out.splitlines()[1] == "▅│▅"
    found = json.loads(run("trend", "htx", "--json").out)["years"]
    assert [(y["year"], y["value"], y["of"], y["counted"], y["expected"]) for y in found] == [
        (2020, 1900, None, None, None), (2021, 810, 1143, 5, 7),
    ]  # fmt: skip
    assert found[1]["breaks"] == [
        {"what": "title", "splits": True, "before": "Tổng số HTX", "now": "HTX đang hoạt động trên tổng số HTX", "day": None, "others": []},
        {"what": "of_title", "splits": True, "before": None, "now": "tổng số HTX", "day": None, "others": []},
    ]  # fmt: skip


def test_a_figure_that_was_tracked_and_is_now_measured_by_its_growth_goes_on() -> None:
    trend = trending.trend(book(SAMPLE), "3", "can tho")
    assert [(p.year, p.drawn, p.figure and p.figure.base) for p in trend.points] == [
        (2020, Decimal(160), None),
        (2021, Decimal(176), Decimal(160)),
    ]
    assert trend.points[1].breaks == (Break(Cause.KIND, "tracked", "growth", splits=False),)
    assert line(trend) == "▁█"


@pytest.mark.parametrize(
    ("later", "said", "drawn"),
    [
        ('"Số HTX" --at-least 2', [], "▁█"),
        ('"số  htx" --at-least 2', [], "▁█"),
        ('"Số THT" --at-least 2', ["title: “Số HTX” → “Số THT”"], "▅│▅"),
        ('"Số HTX" --at-least 2 --unit HTX', ["unit: – → HTX"], "▅│▅"),
        ('"Số HTX" --at-least 2 --level', ["now a state at its date"], "▅│▅"),
        ('"Số HTX" --kind tracked', ["kind: count → tracked"], "▁█"),
        ('"Số HTX" --kind growth --at-least 5 --base-year 2020', ["the base is 0", "kind: count → growth"], "▁█"),
        ('"Số HTX" --kind yes-no', ["kind: count → yes-no"], "▅│▅"),
    ],
)  # fmt: skip
def test_each_difference_to_the_year_before_is_told(
    fresh: Path, run: Run, later: str, said: list[str], drawn: str
) -> None:
    run("add-target", "a", "Số HTX", "--year", 2020, "--at-least", 2)
    run("add-target", "a", *shlex.split(later), "--year", 2021)
    run("record", "can tho", "a", 0, "--as-of", "31/12/2020")
    run("record", "can tho", "a", "yes" if "yes-no" in later else 1, "--as-of", "31/12/2021")
    shown = run("trend", "a", "can tho").out.splitlines()
    assert (shown[1], [each.removeprefix("  2021: ") for each in shown[8:]]) == (drawn, said)


def test_yes_and_no_over_the_cluster_are_counted(run: Run) -> None:
    year = json.loads(run("--db", SAMPLE, "trend", "8a", "--json").out)["years"][0]
    assert (year["kind"], year["value"], year["of"], year["counted"]) == ("yes-no", 6, 7, 6)
    year = json.loads(run("--db", SAMPLE, "trend", "8a", "can tho", "--json").out)["years"][0]
    assert (year["kind"], year["value"], year["of"], year["counted"]) == (
        "yes-no",
        True,
        None,
        None,
    )


# -- it says what the report of each year says -----------------------------------------------------


@pytest.mark.parametrize("code", ["1a", "1b", "2", "3", "4", "5", "6", "7", "8a", "8b", "9", "htx"])
def test_each_year_is_that_of_its_report(code: str) -> None:
    report = build_report(book(SAMPLE), 2021)
    for row in report.provinces:
        cell = next(cell for cell in row.cells if cell.target.code == code)
        point = trending.trend(book(SAMPLE), code, row.province.id).points[-1]
        assert (point.judged, point.figure, point.threshold, point.stale) == (
            cell.judged, cell.figure, cell.threshold, cell.stale,
        )  # fmt: skip
    rollup = next(each for each in report.targets if each.target.code == code)
    point = trending.trend(book(SAMPLE), code).points[-1]
    assert (point.judged, point.figure and point.figure.value) == (
        rollup.judged, rollup.figure.value,
    )  # fmt: skip


def test_estimates_count_where_they_are_asked_for(fresh: Path, run: Run) -> None:
    run("add-target", "a", "Số HTX", "--year", 2021, "--at-least", 2)
    run("record", "can tho", "a", 3, "--as-of", "31/12/2021", "--estimate")
    without = json.loads(run("trend", "a", "can tho", "--json").out)["years"][0]
    counting = json.loads(run("trend", "a", "can tho", "--estimates", "--json").out)["years"][0]
    assert (without["status"], counting["status"], counting["basis"]) == (
        "not_reported", "exceeded", "estimate",
    )  # fmt: skip


def test_csv_has_a_row_for_each_year_with_what_breaks_there(run: Run) -> None:
    rows = list(
        csv.DictReader(io.StringIO(run("--db", SAMPLE, "trend", "htx", "--format", "csv").out))
    )
    wanted = ("year", "code", "kind", "value", "of", "status", "breaks", "cluster", "province")
    assert [[row[name] for name in wanted] for row in rows] == [
        ["2020", "htx", "tracked", "1900", "", "tracked", "", "tay-nam-song-hau", ""],
        ["2021", "htx", "tracked", "810", "1143", "tracked", "title, of_title", "tay-nam-song-hau", ""],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (["zz"], "There is no target “zz” in 2021. The year has: 1a, 1b, 2, 3, 4, 5, 6, 7, 8a, 8b, 9, htx."),
        (["1a", "can thoo"], "No province is called “can thoo”. Did you mean Cần Thơ?"),
        (["1a", "ha noi"], "Hà Nội is not a member of the cluster on 05/01/2022. Members are: Cần Thơ, Sóc Trăng, Bạc Liêu, Cà Mau, An Giang, Kiên Giang, Hậu Giang."),
    ],
)  # fmt: skip
def test_what_is_not_there_is_said(run: Run, typed: list[str], sentence: str) -> None:
    answer = run("--db", SAMPLE, "trend", *typed)
    assert (answer.exit, answer.out, answer.err) == (3, "", f"htx: {sentence}\n")


# -- the line ------------------------------------------------------------------------------------------


def of_values(*values: str | None) -> Trend:
    """A trend of a count with these values, `|` before one that cannot be compared with the last."""
    points = []
    for at, text in enumerate(values):
        split = bool(text and text.startswith("|"))
        figure = Figure(Decimal(text.removeprefix("|"))) if text else None
        target = Target(2000 + at, "1", "HTX", Kind.COUNT)
        breaks = (Break(Cause.TITLE, "a", "b"),) if split else ()
        judged = Judgement(Status.TRACKED)
        points.append(
            Point(2000 + at, target, judged, figure, None, None, None, False, breaks=breaks)
        )
    return Trend(Cluster("c", "C"), "1", None, tuple(points))


@pytest.mark.parametrize(
    ("values", "drawn"),
    [
        (("0", "1", "2", "3", "4", "5", "6", "7"), "▁▂▃▄▅▆▇█"),
        (("7", "0"), "█▁"),
        (("-5", "0", "5"), "▁▅█"),
        (("100", "100.1"), "▁█"),
        (("5", "5"), "▅▅"),
        (("5",), "▅"),
        (("0", "1", "|1000", "900"), "▁█│█▁"),
        (("1", None, "2"), "▁–█"),
        ((None, None), "––"),
    ],
)
def test_the_line_stands_between_the_lowest_and_the_highest_that_compare(
    values: tuple[str | None, ...], drawn: str
) -> None:
    assert line(of_values(*values)) == drawn


@given(st.lists(st.integers(-(10**14), 10**14), min_size=1, max_size=30))
def test_a_higher_figure_never_stands_lower_in_the_line(values: list[int]) -> None:
    drawn = line(of_values(*map(str, values)))
    pairs = sorted(zip(values, drawn, strict=True))
    assert [step for _, step in pairs] == sorted(drawn)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_it_fits_a_narrow_terminal(sample: Path, language: str) -> None:
    """The day of a figure goes below its row, where there is no room beside it."""
    speak(language)
    made = sheet(trending.trend(book(sample), "4"), 72)
    grids = [block for block in made.blocks if isinstance(block, Grid)]
    assert [width_of(made, 72), *(grid.needs() <= 72 for grid in grids)] == [72, True]
    below = {"en": [], "vi": ["tính đến 31/12/2020", ""]}
    assert [list(grid.under) for grid in grids] == [below[language]]
