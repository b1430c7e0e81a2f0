"""A province that is no more: its membership ends with it, and its name may live on in another."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from htx_cli.domain.model import Member, Province
from htx_cli.domain.names import told_apart
from tests.support.commands import Answer, Run

OLD = Province("can-tho", "Cần Thơ", "92", date(2008, 8, 1), date(2025, 6, 30))
NEW = Province("can-tho-2025", "Cần Thơ", "92", date(2025, 7, 1))
OTHER = Province("ca-mau-2025", "Cà Mau", "96", date(2025, 7, 1))
MAY = {"HTX_NOW": "2025-05-05T08:00:00+07:00"}
IN_2026 = {"HTX_NOW": "2026-03-05T08:00:00+07:00"}


@pytest.fixture
def merged(empty_book: Path, tmp_path: Path, run: Run) -> Path:
    """A cluster of two since 2024; both went into others on 1 July 2025, and nobody removed them."""
    path = Path(shutil.copy(empty_book, tmp_path / "htx.db"))
    typed = ("--member", "can tho", "--member", "soc trang", "--since", "2024")
    assert run("add-cluster", "Cụm thử", *typed, **MAY).exit == 0
    return path


@pytest.mark.parametrize(
    ("member", "day", "on"),
    [
        (Member(OLD, 1, date(2020, 1, 1)), date(2025, 6, 30), True),
        (Member(OLD, 1, date(2020, 1, 1)), date(2025, 7, 1), False),
        (Member(OLD, 1, date(2020, 1, 1), date(2024, 12, 31)), date(2025, 1, 1), False),
        (Member(OLD, 1, date(2020, 1, 1), date(2026, 12, 31)), date(2025, 7, 1), False),
        (Member(NEW, 1, date(2025, 1, 1)), date(2025, 6, 30), False),
        (Member(NEW, 1, date(2025, 1, 1)), date(2025, 7, 1), True),
    ],
)
def test_a_member_is_one_only_while_the_province_exists(
    member: Member, day: date, on: bool
) -> None:
    assert member.on(day) is on


def test_who_is_no_more_is_neither_proposed_nor_recorded_as_leader(run: Run, merged: Path) -> None:
    assert run("rotate-leader", "--year", 2025, **MAY).exit == 0  # soc trang is the deputy
    assert json.loads(run("leaders", "--json", **IN_2026).out)["next"] is None
    assert run("rotate-leader", "--year", 2026, **IN_2026) == Answer(
        4, "", "htx: The cluster has no members in 2026, so nobody can lead.\n"
    )
    assert run("add-member", "ca mau", "can tho", "--since", "1/7/2025", **IN_2026).exit == 0
    proposed = json.loads(run("leaders", "--json", **IN_2026).out)["next"]
    assert proposed["leader"]["id"] == "ca-mau-2025"


def test_who_is_no_more_owes_no_figure_of_a_later_year(run: Run, merged: Path) -> None:
    assert run("add-member", "ca mau", "--since", "1/7/2025", **IN_2026).exit == 0
    sign = ("add-target", "1", "T", "--at-least", 5, "--year")
    assert run(*sign, 2025, **MAY).exit == run(*sign, 2026, **IN_2026).exit == 0

    def rows(*options: object) -> list[str]:
        report = json.loads(run("report", *options, "--json", **IN_2026).out)
        return [row["id"] for row in report["provinces"]]

    assert rows("--as-of", "30/6/2025") == ["can-tho", "soc-trang"]
    assert rows("--year", 2025) == ["ca-mau-2025"]
    assert rows("--year", 2026) == ["ca-mau-2025"]
    late = run("set-share", "can-tho-2025", "1", 6, "--year", 2026, **IN_2026)
    assert (late.exit, "it came of Hậu Giang, from outside the cluster" in late.err) == (3, True)


def test_the_seat_of_who_is_no_more_is_free(run: Run, merged: Path) -> None:
    assert run("add-member", "can tho", "--since", "1/7/2025", "--seat", 1, **IN_2026).exit == 0
    [made] = json.loads(run("clusters", "--json", **IN_2026).out)["clusters"]
    assert [(m["seat"], m["id"]) for m in made["members"]] == [(1, "can-tho-2025")]


def test_provinces_of_one_name_are_told_apart_by_their_ids() -> None:
    assert told_apart([OLD, OTHER]) == ["Cần Thơ", "Cà Mau"]
    assert told_apart([OLD, OTHER, NEW]) == [
        "Cần Thơ (can-tho)",
        "Cà Mau",
        "Cần Thơ (can-tho-2025)",
    ]
    assert told_apart([OLD, OLD]) == ["Cần Thơ", "Cần Thơ"]


def test_a_sentence_with_two_of_one_name_tells_them_apart(run: Run, merged: Path) -> None:
    assert run("add-target", "1", "T", "--at-least", 5, "--year", 2025, **MAY).exit == 0
    answer = run("status", "can-tho-2025", "--as-of", "30/6/2025", **IN_2026)
    assert answer.err == (
        "htx: Cần Thơ (can-tho-2025) is not a member of the cluster on 30/06/2025."
        " Members are: Cần Thơ (can-tho), Sóc Trăng.\n"
    )
    answer = run("rotate-leader", "--year", 2025, "--leader", "can-tho-2025", **IN_2026)
    assert answer.err == (
        "htx: Cần Thơ (can-tho-2025) is not a member of the cluster in 2025."
        " Members are: Cần Thơ (can-tho), Sóc Trăng.\n"
    )
    answer = run("remove-member", "can-tho-2025", "--until", "31/12/2025", **IN_2026)
    assert answer.err == (
        "htx: Cần Thơ (can-tho-2025) is not a member of the cluster on 31/12/2025: beside Cần Thơ"
        " (can-tho), Sóc Trăng it came of Hậu Giang, from outside the cluster."
        " If it is to be one: htx add-member can-tho-2025 --since 01/07/2025\n"
    )


def test_a_seat_that_is_still_held_by_the_namesake_says_whose_it_is(run: Run, merged: Path) -> None:
    answer = run("add-member", "can-tho-2025", "--since", "2025", "--seat", 1, **IN_2026)
    assert answer.err == "htx: Seat 1 belongs to Cần Thơ (can-tho).\n"
