"""The pact of a year: what may be changed of a signed target, and what stands in the way."""

import json
from pathlib import Path
from typing import Any

import pytest

from htx_cli.actions import Intent
from htx_cli.book.journal import Put
from tests.support.books import book
from tests.support.commands import Answer, Run, well

LAST = "31/12/2021"


def sign(run: Run, *options: object, code: str = "1", year: int = 2021) -> None:
    well(run("add-target", code, "T", "--year", year, *options))


def record(run: Run, province: str, *typed: object, on: str = LAST, code: str = "1") -> None:
    well(run("record", province, code, *typed, "--as-of", on))


def change(run: Run, *options: object, code: str = "1", year: int = 2021) -> Answer:
    return run("change-target", code, "--year", year, *options)


def signed(run: Run, year: int = 2021) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(run("targets", "--year", year, "--json").out)
    return made


def cell(run: Run, province: str = "can tho") -> dict[str, Any]:
    made: dict[str, Any] = json.loads(run("explain", province, "1", "--year", 2021, "--json").out)[
        "cell"
    ]
    return made


# -- the base of growth ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "figure", "base"),
    [
        (["--kind", "yes-no"], ["yes"], None),
        (["--kind", "ratio", "--at-least", 60], [96, "--of", 150], None),
        (["--at-least", 20], [100], 100),
        (["--at-least", 20, "--level"], [100], 100),
        (["--kind", "growth", "--at-least", 8], [100, "--base", 90], 100),
        (["--kind", "tracked"], [100, "--of", 120], 100),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value, list) else "",
)
def test_only_what_is_a_number_of_things_is_a_base(
    run: Run, fresh: Path, kind: list[object], figure: list[object], base: int | None
) -> None:
    """The 2020 target of the same code may have been another question altogether."""
    sign(run, *kind, year=2020)
    record(run, "can tho", *figure, on="31/12/2020")
    sign(run, "--kind", "growth", "--at-least", 10)
    record(run, "can tho", 176)
    made = cell(run)
    assert made["base"] == base
    assert (made["status"], made["reason"]) == (
        ("exceeded", None) if base else ("incomplete", "no_base")
    )


# -- the kind --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "shares", "named"),
    [
        (["ratio", "--at-least", 60], {"can tho": 150, "soc trang": 50}, "Cần Thơ"),
        (["yes-no"], {"can tho": 15, "soc trang": "--not-assigned"}, "Cần Thơ"),
        (["tracked"], {"can tho": "--not-assigned", "soc trang": 5}, "Cần Thơ, Sóc Trăng"),
    ],
    ids=["ratio", "yes-no", "tracked"],
)
def test_a_kind_is_refused_that_the_shares_of_provinces_do_not_fit(
    run: Run, fresh: Path, kind: list[object], shares: dict[str, object], named: str
) -> None:
    sign(run, "--at-least", 20)
    for province, share in shares.items():
        well(run("set-share", province, "1", share, "--year", 2021))
    before = fresh.read_bytes()
    assert change(run, "--kind", *kind) == Answer(
        4,
        "",
        f"htx: What these provinces have of their own does not fit a {kind[0]} target: {named}."
        " First take it back: htx set-share PROVINCE 1 --year 2021 --as-signed\n",
    )
    assert fresh.read_bytes() == before
    for province in shares:
        well(run("set-share", province, "1", "--as-signed", "--year", 2021))
    well(change(run, "--kind", *kind))


def test_shares_that_fit_the_new_kind_stay(run: Run, fresh: Path) -> None:
    sign(run, "--at-least", 60)
    well(run("set-share", "can tho", "1", 61, "--year", 2021))
    well(run("set-share", "soc trang", "1", "--not-assigned", "--year", 2021))
    well(change(run, "--kind", "ratio"))
    [made] = signed(run)["targets"]
    assert {share["id"]: share["threshold"] for share in made["shares"]} == {
        "can-tho": 61,
        "soc-trang": None,
    }


def test_what_only_the_old_kind_had_is_dropped_with_it_and_told(run: Run, fresh: Path) -> None:
    sign(run, "--kind", "ratio", "--at-least", 60, "--of-title", "HTX hoạt động")
    told = well(change(run, "--kind", "count", "--level"))
    assert "kind ratio → count; none → level; whole “HTX hoạt động” → none" in told
    told = well(change(run, "--kind", "growth"))
    assert "kind count → growth; level → none; base year none → 2020" in told
    told = well(change(run, "--kind", "tracked", "--of-title", "HTX"))
    assert "kind growth → tracked; base year 2020 → none" in told
    well(change(run, "--kind", "ratio", "--at-least", 60))
    [made] = signed(run)["targets"]
    assert (made["of_title"], made["base_year"], made["level"]) == ("HTX", None, False)
    refused = change(run, "--kind", "count", "--of-title", "x")
    assert refused.exit == 4  # typed, so it is an error


# -- scope and base year ---------------------------------------------------------------------------


def test_what_is_tracked_has_figures_of_the_whole_cluster_under_either_scope(
    run: Run, fresh: Path
) -> None:
    sign(run, "--kind", "tracked", "--scope", "cluster")
    record(run, "all", 25)
    well(change(run, "--scope", "each"))
    assert json.loads(run("report", "--year", 2021, "--json").out)["targets"][0]["value"] == 25


@pytest.mark.parametrize("figure", [[176, "--base", 160], ["10%"]], ids=["base", "rate"])
def test_a_figure_that_brought_its_base_or_a_rate_keeps_the_base_year(
    run: Run, fresh: Path, figure: list[object]
) -> None:
    sign(run, "--kind", "growth", "--at-least", 10)
    record(run, "can tho", *figure)
    record(run, "soc trang", 90)
    assert change(run, "--base-year", 2019) == Answer(
        4,
        "",
        "htx: The base year of target 1 cannot change while results stand that bring a base or a"
        " rate over 2020 (1). Withdraw them first.\n",
    )
    well(change(run, "--base-year", 2020, "--at-least", 11))  # the same year is no change
    well(run("withdraw", "can tho", "1", "--as-of", LAST))
    well(change(run, "--base-year", 2019))


def test_a_count_that_was_signed_as_cumulative_by_mistake_becomes_a_level(
    run: Run, fresh: Path
) -> None:
    """Any count may be either: nothing that was recorded becomes impossible, it is judged anew."""
    sign(run, "--at-most", 5)
    record(run, "can tho", 6, on="30/6/2021")
    assert cell(run)["status"] == "missed"
    well(change(run, "--level", "--because", "QĐ 5"))
    assert cell(run)["status"] == "in_progress"


# -- lines -----------------------------------------------------------------------------------------


def test_a_line_that_its_last_target_leaves_goes_too(run: Run, fresh: Path) -> None:
    sign(run, "--at-least", 1, "--line-text", "Câu một", code="1a")
    sign(run, "--at-least", 1, code="1b")
    well(change(run, "--line", 2, "--line-text", "Câu hai", code="1a"))
    assert [line["line"] for line in signed(run)["lines"]] == ["1", "2"]
    well(change(run, "--line", 2, code="1b"))
    assert [(x["line"], x["text"]) for x in signed(run)["lines"]] == [("2", "Câu hai")]
    well(run("remove-target", "1a", "--year", 2021))
    assert [line["line"] for line in signed(run)["lines"]] == ["2"]


def test_the_last_target_takes_its_line_and_its_year_along(run: Run, fresh: Path) -> None:
    sign(run, "--at-least", 1)
    well(run("remove-target", "1", "--year", 2021))
    assert run("targets", "--year", 2021) == Answer(
        3, "", "htx: Nothing is signed or drafted for 2021. Add a target with “htx add-target”.\n"
    )
    assert json.loads(run("clusters", "--json").out)["clusters"][0]["years"] == []
    sign(run, "--at-least", 1)


def test_a_line_that_an_earlier_htx_left_empty_goes_with_the_next_one(
    run: Run, fresh: Path
) -> None:
    sign(run, "--at-least", 1)
    empty = {"cluster": "cum-thu", "year": 2021, "line": "7", "text": None}
    book(fresh).commit(Intent("test"), lambda _connection, _staging: [Put("lines", empty)])
    well(run("remove-target", "1", "--year", 2021))
    assert run("targets", "--year", 2021).exit == 3


# -- numbers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["ratio", "growth"])
def test_a_per_cent_may_bear_its_sign_where_it_is_one(run: Run, fresh: Path, kind: str) -> None:
    sign(run, "--kind", kind, "--at-least", "20%")
    well(run("set-share", "can tho", "1", "17,5 %", "--year", 2021))
    well(change(run, "--at-least", "30%"))
    [made] = signed(run)["targets"]
    assert (made["threshold"], made["shares"][0]["threshold"]) == (30, 17.5)
    sign(run, "--at-least", 5, code="2")
    well(change(run, "--kind", kind, "--at-least", "6%", code="2"))


# -- ids and seats ---------------------------------------------------------------------------------


def test_an_id_that_is_made_of_a_long_name_is_cut_at_a_hyphen(run: Run, fresh: Path) -> None:
    name = (
        "Cụm thi đua các Liên minh hợp tác xã các tỉnh, thành phố khu vực đồng bằng sông Cửu Long"
    )
    well(run("add-cluster", name, "--member", "ca mau"))
    made = json.loads(run("clusters", "--json").out)["clusters"][1]
    assert (made["name"], made["id"]) == (
        name,
        "cum-thi-dua-cac-lien-minh-hop-tac-xa-cac-tinh-thanh-pho-khu-vuc-dong-bang-song",
    )
    well(run("add-cluster", "x" * 100, "--member", "ca mau"))
    assert json.loads(run("clusters", "--json").out)["clusters"][2]["id"] == "x" * 80
    assert run("add-cluster", "Y", "--id", "y" * 81, "--member", "ca mau").exit == 4


# -- what figures mean -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        (["--at-least", 20, "--unit", "HTX"], ["--unit", "THT"]),
        (["--at-least", 20, "--unit", "HTX"], ["--unit", ""]),
        (["--at-least", 20], ["--level"]),
        (["--at-least", 20, "--level"], ["--cumulative"]),
        (["--kind", "tracked", "--of-title", "HTX"], ["--of-title", "THT"]),
    ],
    ids=lambda value: " ".join(map(str, value)),
)
def test_what_standing_figures_mean_changes_only_for_a_reason(
    run: Run, fresh: Path, kind: list[object], changed: list[object]
) -> None:
    sign(run, *kind)
    well(change(run, *changed))  # no figure stands
    record(run, "can tho", 5)
    record(run, "soc trang", 6)
    back = kind[2:] if len(kind) > 2 else ["--cumulative"]
    refused = Answer(
        4,
        "",
        "htx: Results stand for target 1 of 2021 (2), and this changes what they mean."
        " To change it all the same, say why with --because.\n",
    )
    assert change(run, *back) == refused
    assert change(run, *back, "--dry-run") == refused
    well(change(run, *back, "--because", "QĐ 5"))


# -- a limit ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bound", "value", "said"),
    [
        (["--at-most", 3], 5, "The count went over its limit: 5 > 3."),
        (["--exactly", 3], 5, "The count went over its limit: 5 > 3."),
        (["--exactly", 3], 2, "The count did not come to 3 by the year's last day: 2 < 3."),
    ],
    ids=str,
)
def test_a_missed_limit_is_explained_with_its_numbers(
    run: Run, fresh: Path, bound: list[object], value: int, said: str
) -> None:
    sign(run, *bound)
    record(run, "can tho", value)
    assert f"\n{said}\n" in run("explain", "can tho", "1", "--year", 2021).out
