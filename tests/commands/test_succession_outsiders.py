"""A cluster of the north over 1 July 2025, some of whose provinces merged with outsiders."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import Run

JANUARY = {"HTX_NOW": "2025-01-20T08:00:00+07:00"}
IN_JULY = {"HTX_NOW": "2025-07-05T08:00:00+07:00"}
IN_2026 = {"HTX_NOW": "2026-01-10T08:00:00+07:00"}

MEMBERS = ("thai nguyen", "bac kan", "phu tho", "vinh phuc", "bac giang", "ha giang", "cao bang")
NEW = ("phu-tho-2025", "bac-ninh-2025", "tuyen-quang-2025")  # each came of an outsider too
TARGETS = """
2024 3  --kind tracked
2025 1a --kind count  --at-least 20 --line 1
2025 1b --kind count  --at-least 1  --line 1
2025 3  --kind growth --at-least 10 --line 3 --base-year 2024
2025 4  --kind yes-no               --line 4
"""
FIGURES = """province,target,value,as_of
thai nguyen,3,100,31/12/2024
bac kan,3,50,31/12/2024
phu tho,3,60,31/12/2024
vinh phuc,3,40,31/12/2024
ha giang,3,90,31/12/2024
thai nguyen,1b,1,30/6/2025
thai nguyen,1a,9,30/6/2025
thai nguyen,4,yes,30/6/2025
bac kan,4,yes,30/6/2025
phu tho,4,yes,30/6/2025
vinh phuc,4,yes,30/6/2025
thai nguyen,3,120,30/6/2025
bac kan,3,60,30/6/2025
phu tho,3,70,30/6/2025
vinh phuc,3,50,30/6/2025
ha giang,3,95,30/6/2025
"""


def well(run: Run, *typed: object, **clock: str) -> None:
    answer = run(*typed, **clock)
    assert answer.exit == 0, answer.err


@pytest.fixture
def unseated(empty_book: Path, tmp_path: Path, run: Run) -> Path:
    """The seven as they reported up to June; Bắc Kạn was not assigned 1b."""
    path = Path(shutil.copy(empty_book, tmp_path / "htx.db"))
    named = [word for name in MEMBERS for word in ("--member", name)]
    well(run, "add-cluster", "Cụm phía bắc", *named, "--since", 2024, **JANUARY)
    for row in TARGETS.strip().splitlines():
        year, code, *options = row.split()
        well(run, "add-target", code, f"T{code}", "--year", year, *options, **JANUARY)
    well(run, "set-due", "quarter", 25, "--year", 2025, **JANUARY)
    share = ("set-share", "bac kan", "1b", "--not-assigned", "--year", 2025)
    well(run, *share, "--because", "QĐ 1", **JANUARY)
    typed = ("import", "-", "--input-format", "csv")
    assert run(*typed, stdin=FIGURES, **IN_JULY).exit == 0
    return path


@pytest.fixture
def north(unseated: Path, run: Run) -> Path:
    """The same, with those seated that came of a member and an outsider."""
    for id in NEW:
        well(run, "add-member", id, "--since", "1/7/2025", **IN_JULY)
    return unseated


def asked(run: Run, *typed: object, **clock: str) -> Any:
    return json.loads(run(*typed, "--json", **(clock or IN_2026)).out)


def lines(run: Run, *typed: object) -> list[str]:
    answer = run(*typed, **IN_2026)
    assert answer.exit == 0, answer.err
    return [line.strip() for line in answer.out.splitlines()]


# -- what is owed ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("north")
def test_what_a_part_was_not_assigned_is_owed_by_nobody_after_the_merger(run: Run) -> None:
    """Of the first quarter Bắc Kạn owes 1a and 3; 1b it never had to report, nor has its successor."""

    def owed(name: str, day: str) -> list[tuple[str, str]]:
        made = asked(run, "due", "--as-of", day)["owed"]
        return [(x["target"], x["figures_as_of"]) for x in made if x["name"] == name]

    assert owed("Bắc Kạn", "30/6/2025") == [("1a", "2025-03-31")]
    assert owed("Thái Nguyên", "5/7/2025") == [("1a", "2025-03-31")]
    assert "1b" not in run("remind", "thai nguyen", "--as-of", "5/7/2025", **IN_JULY).out
    explained = run("explain", "thai nguyen", "1b", "--as-of", "5/7/2025", **IN_JULY).out
    assert "owed" not in explained
    for shown in ("report", "status thai-nguyen-2025"):
        table = run(*shown.split(), "--as-of", "5/7/2025", **IN_JULY).out
        late = table.partition("Late")[2].partition("\n\n")[0]
        assert "1a" in late or "Thái Nguyên (before 01/07/2025: the former Bắc Kạn) (1)" in late
        assert "1b" not in late


# -- what a province came of -----------------------------------------------------------------------


@pytest.mark.usefixtures("north")
@pytest.mark.parametrize(
    ("province", "came"),
    [
        ("tuyen quang", "Hà Giang, Tuyên Quang (tuyen-quang) (outside the cluster)"),
        ("bac ninh", "Bắc Giang, Bắc Ninh (bac-ninh) (outside the cluster)"),
        ("phu tho", "Phú Thọ (phu-tho), Vĩnh Phúc, Hòa Bình (outside the cluster)"),
        ("thai nguyen", "Thái Nguyên (thai-nguyen), Bắc Kạn"),
    ],
)
def test_a_province_came_of_all_that_merged_and_its_series_breaks(
    run: Run, province: str, came: str
) -> None:
    told = f"Came of {came} on 01/07/2025; the series breaks there."
    explained = lines(run, "explain", province, "3", "--year", 2025)
    assert told in explained
    assert not any("new name" in line for line in explained)


# -- who is not seated by itself -------------------------------------------------------------------

AHEAD = (
    "Phú Thọ (phu-tho-2025) takes no seat by itself on 01/07/2025: beside Phú Thọ (phu-tho), Vĩnh"
    " Phúc it comes of Hòa Bình, from outside the cluster."
    " To seat it: htx add-member phu-tho-2025 --since 01/07/2025"
)


@pytest.mark.usefixtures("unseated")
@pytest.mark.parametrize("clock", [JANUARY, IN_2026], ids=["before", "after"])
@pytest.mark.parametrize("more", [(), ("--project", 3)], ids=["next", "projected"])
def test_who_leads_in_years_to_come_is_told_with_who_will_have_no_seat(
    run: Run, clock: dict[str, str], more: tuple[object, ...]
) -> None:
    shown = run("leaders", *more, **clock).out
    assert f"  {AHEAD}\n" in shown.partition("\nNot seated\n")[2]
    assert [each["id"] for each in asked(run, "leaders", **clock)["unseated"]] == sorted(NEW)


@pytest.mark.usefixtures("unseated")
def test_of_leaders_of_before_the_merger_nothing_is_said_of_seats(run: Run) -> None:
    assert asked(run, "rotate-leader", "--year", 2024, **JANUARY)["warnings"] == []


@pytest.mark.usefixtures("unseated")
def test_who_records_a_leader_or_opens_a_year_after_the_merger_is_warned(run: Run) -> None:
    said = (
        "Warning: Phú Thọ (phu-tho-2025) takes no seat in Cụm phía bắc: beside Phú Thọ (phu-tho),"
        " Vĩnh Phúc it came of Hòa Bình, from outside the cluster. From 01/07/2025 on the cluster's"
        " sums lack its figures. To seat it: htx add-member phu-tho-2025 --since 01/07/2025"
        " --cluster cum-phia-bac\n"
    )
    for typed in (("rotate-leader", "--year", 2026), ("open-year", 2026)):
        assert said in run(*typed, "--dry-run", **IN_JULY).err
        codes = [each["code"] for each in asked(run, *typed, "--dry-run")["warnings"]]
        assert codes.count("takes_no_seat") == 3


@pytest.mark.usefixtures("north")
def test_who_is_seated_is_not_told_of(run: Run) -> None:
    assert asked(run, "leaders", "--project", 3)["unseated"] == []
    warned = asked(run, "rotate-leader", "--year", 2026, "--dry-run")["warnings"]
    assert "takes_no_seat" not in [each["code"] for each in warned]


@pytest.mark.usefixtures("unseated")
def test_the_members_of_a_day_before_tell_who_will_take_no_seat(run: Run) -> None:
    before = ("members", "--on", "30/6/2025")
    assert f"  {AHEAD}\n" in run(*before, **IN_2026).out.partition("\nNot seated\n")[2]
    made = asked(run, *before)
    assert made["unseated"] == []
    assert [each["id"] for each in made["unseated_later"]] == sorted(NEW)
    rows = run(*before, "--format", "csv", **IN_2026).out
    assert (
        '\nunseated_later,,phu-tho-2025,Phú Thọ,2025-07-01,,"phu-tho, vinh-phuc, hoa-binh"' in rows
    )


# -- a base that an outsider lacks -----------------------------------------------------------------


@pytest.mark.usefixtures("north")
@pytest.mark.parametrize(
    ("province", "lacking"),
    [
        ("phu tho", "Hòa Bình (outside the cluster)"),
        ("tuyen quang", "Tuyên Quang (tuyen-quang) (outside the cluster)"),
        ("bac ninh", "Bắc Giang, Bắc Ninh (bac-ninh) (outside the cluster)"),
        ("cao bang", ""),
    ],
)
def test_a_growth_without_a_base_names_the_parts_that_have_none(
    run: Run, province: str, lacking: str
) -> None:
    """Phú Thọ (60) and Vĩnh Phúc (40) have bases of 2024; of Hòa Bình the book knows nothing."""
    well(run, "record", province, "3", 150, "--as-of", "31/12/2025", **IN_2026)
    reason = f"no base figure: {lacking}" if lacking else "no base figure"
    assert reason in lines(run, "explain", province, "3", "--year", 2025)
    assert f"3 ({reason})" in run("report", "--year", 2025, **IN_2026).out


# -- the pact of the next year ---------------------------------------------------------------------


@pytest.mark.usefixtures("north")
def test_whose_shares_are_left_out_is_told_apart_from_who_bears_the_name_now(run: Run) -> None:
    for province in ("thai nguyen", "phu tho", "ha giang"):
        share = ("set-share", province, "1a", 25, "--year", 2025, "--because", "QĐ 2")
        well(run, *share, **JANUARY)
    left_out = asked(run, "open-year", 2026, "--dry-run")["left_out"]
    assert left_out == ["Bắc Kạn", "Hà Giang", "Phú Thọ (phu-tho)", "Thái Nguyên (thai-nguyen)"]
