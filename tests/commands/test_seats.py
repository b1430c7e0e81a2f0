"""Clusters through time: who sits where when members merge, other names, divided and merged clusters."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import Answer, Run, well

IN_2026 = {"HTX_NOW": "2026-03-05T08:00:00+07:00"}
SIX = ["can tho", "soc trang", "hau giang", "bac lieu", "ca mau", "kien giang"]


def cluster(run: Run, name: str, names: list[str], *more: object) -> None:
    named = [word for each in names for word in ("--member", each)]
    assert run("add-cluster", name, *named, *more, HTX_NOW="2025-01-05T08:00:00+07:00").exit == 0


@pytest.fixture
def six(empty_book: Path, tmp_path: Path, run: Run) -> Path:
    """A cluster of six of the seven: An Giang, into which Kiên Giang went, was never a member."""
    path = Path(shutil.copy(empty_book, tmp_path / "htx.db"))
    cluster(run, "Cụm sáu", SIX, "--since", 2024)
    return path


def sitting(run: Run, day: str, *more: object) -> list[tuple[int, str]]:
    made = json.loads(run("members", "--on", day, *more, "--json", **IN_2026).out)
    return [(m["seat"], m["id"]) for m in made["members"]]


# -- who sat where ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("six")
def test_on_the_eve_the_old_ones_sit_and_the_new_ones_are_to_come(run: Run) -> None:
    eve = json.loads(run("members", "--on", "30/6/2025", "--json", **IN_2026).out)
    assert [m["id"] for m in eve["members"]] == [name.replace(" ", "-") for name in SIX]
    assert [(m["seat"], m["id"], m["first_day"]) for m in eve["later"]] == [
        (1, "can-tho-2025", "2025-07-01"),
        (4, "ca-mau-2025", "2025-07-01"),
    ]
    assert (eve["former"], eve["unseated"]) == ([], [])


@pytest.mark.usefixtures("six")
def test_the_members_as_documents_and_as_rows(run: Run) -> None:
    made = json.loads(run("members", "--json", **IN_2026).out)
    assert made["members"][1] == {
        "id": "ca-mau-2025",
        "name": "Cà Mau",
        "seat": 4,
        "first_day": "2025-07-01",
        "last_day": None,
        "came_from": [{"id": "bac-lieu", "name": "Bạc Liêu"}, {"id": "ca-mau", "name": "Cà Mau"}],
        "went_into": None,
        "seated": "merger",
    }
    assert made["unseated"] == [
        {
            "id": "an-giang-2025",
            "name": "An Giang",
            "day": "2025-07-01",
            "members": [{"id": "kien-giang", "name": "Kiên Giang"}],
            "others": [{"id": "an-giang", "name": "An Giang"}],
        }
    ]
    rows = run("members", "--format", "csv", **IN_2026).out.splitlines()
    assert rows[:3] == [
        "state,seat,id,name,first_day,last_day,came_from,went_into,on,cluster",
        'member,1,can-tho-2025,Cần Thơ,2025-07-01,,"can-tho, soc-trang, hau-giang",,'
        "2026-03-05,cum-sau",
        'member,4,ca-mau-2025,Cà Mau,2025-07-01,,"bac-lieu, ca-mau",,2026-03-05,cum-sau',
    ]
    assert rows[-1] == (
        'unseated,,an-giang-2025,An Giang,2025-07-01,,"kien-giang, an-giang",,2026-03-05,cum-sau'
    )


# -- who is not seated by itself -------------------------------------------------------------------


@pytest.mark.usefixtures("six")
def test_the_report_and_a_refused_figure_ask_to_seat_who_came_of_a_stranger(run: Run) -> None:
    well(run("add-target", "1", "T", "--at-least", 5, "--year", 2025, **IN_2026))
    said = (
        "An Giang (an-giang-2025) has no seat since 01/07/2025: beside Kiên Giang it came of"
        " An Giang (an-giang), from outside the cluster."
        " To seat it: htx add-member an-giang-2025 --since 01/07/2025"
    )
    well(run("add-target", "1", "T", "--at-least", 5, "--year", 2026, **IN_2026))
    for year in (2025, 2026):
        assert f"  {said}\n" in run("report", "--year", year, **IN_2026).out
    markdown = run("report", "--year", 2025, "--format", "md", **IN_2026).out
    assert f"\n- {said}\n" in markdown
    assert said not in run("report", "--as-of", "30/6/2025", **IN_2026).out
    made = json.loads(run("report", "--year", 2025, "--json", **IN_2026).out)
    assert [(u["id"], u["day"]) for u in made["unseated"]] == [("an-giang-2025", "2025-07-01")]
    assert run("record", "an giang", "1", 5, "--as-of", "31/12/2025", **IN_2026) == Answer(
        4,
        "",
        "htx: An Giang (an-giang-2025) is not a member of the cluster on 31/12/2025: beside Kiên"
        " Giang it came of An Giang (an-giang), from outside the cluster."
        " If it is to be one: htx add-member an-giang-2025 --since 01/07/2025\n",
    )


@pytest.mark.usefixtures("six")
def test_who_merges_a_member_with_a_stranger_is_told_at_once(run: Run) -> None:
    cluster(run, "Cụm hai", ["ca mau", "bac lieu", "ha noi"], "--since", 2024)
    cluster(run, "Cụm ba", ["long an"], "--since", 2024)
    merge = ("merge-provinces", "ca mau", "ha noi", "--into", "Mới", "--on", "1/3/2026")
    said = (
        "Mới takes no seat in Cụm sáu: beside Cà Mau it came of Hà Nội, from outside the cluster."
        " From 01/03/2026 on the cluster's sums lack its figures."
        " To seat it: htx add-member moi --since 01/03/2026 --cluster cum-sau"
    )
    typed = (*merge, "--because", "thử")
    tried = run(*typed, "--dry-run", "--json", **IN_2026)
    assert json.loads(tried.out)["warnings"] == [{"code": "takes_no_seat", "message": said}]
    assert run(*typed, **IN_2026).err.endswith(f"\nWarning: {said}\n")
    well(run("add-member", "moi", "--since", "1/3/2026", "--cluster", "cum-sau", **IN_2026))
    assert "Mới has no seat" not in run("members", "--cluster", "cum-sau", **IN_2026).out


@pytest.mark.usefixtures("six")
def test_who_merges_members_or_strangers_alone_is_told_nothing_of_seats(run: Run) -> None:
    for names, new in ((("can-tho-2025", "ca-mau-2025"), "A"), (("ha noi", "hue"), "B")):
        typed = ("merge-provinces", *names, "--into", new, "--on", "1/3/2026", "--because", "x")
        assert json.loads(run(*typed, "--json", "--dry-run", **IN_2026).out)["warnings"] == []
        assert "Warning" not in well(run(*typed, **IN_2026))


@pytest.mark.usefixtures("six")
def test_who_is_added_takes_the_earliest_seat_of_its_parts(run: Run) -> None:
    added = run("add-member", "an-giang-2025", "--since", "1/7/2025", **IN_2026)
    assert "An Giang is a member from 01/07/2025, seat 6" in added.err
    assert sitting(run, "1/7/2025") == [
        (1, "can-tho-2025"),
        (4, "ca-mau-2025"),
        (6, "an-giang-2025"),
    ]
    assert "An Giang" not in run("members", "--on", "30/6/2025", **IN_2026).out.split("To come")[0]


@pytest.mark.usefixtures("six")
def test_a_part_that_somebody_removed_on_the_eve_hands_nothing_on(run: Run) -> None:
    well(run("remove-member", "kien giang", "--until", "30/6/2025", **IN_2026))
    assert json.loads(run("members", "--json", **IN_2026).out)["unseated"] == []


@pytest.mark.usefixtures("six")
def test_a_seat_of_the_own_and_a_last_day_are_written_for_who_was_seated_by_itself(
    run: Run,
) -> None:
    moved = run("add-member", "can tho", "--since", "1/7/2025", "--seat", 9, **IN_2026)
    assert moved.err == "Change 3: Cần Thơ is a member from 01/07/2025, seat 9  (htx undo 3)\n"
    left = run("remove-member", "ca mau", "--until", "31/12/2026", **IN_2026)
    assert left.err == (
        "Change 4: Cà Mau is a member from 01/07/2025 until 31/12/2026, seat 4  (htx undo 4)\n"
    )
    assert sitting(run, "31/12/2026") == [(4, "ca-mau-2025"), (9, "can-tho-2025")]
    assert sitting(run, "1/1/2027") == [(9, "can-tho-2025")]
    again = run("add-member", "can tho", "--since", "1/7/2025", "--seat", 10, **IN_2026)
    assert again == Answer(4, "", "htx: Cần Thơ is a member of the cluster already.\n")


def test_a_province_with_a_new_name_keeps_its_seat(
    run: Run, empty_book: Path, tmp_path: Path
) -> None:
    shutil.copy(empty_book, tmp_path / "htx.db")
    cluster(run, "Cụm", ["da nang", "thua thien hue"], "--since", 2024)
    assert sitting(run, "31/12/2024") == [(1, "da-nang"), (2, "thua-thien-hue")]
    assert sitting(run, "1/1/2025") == [(1, "da-nang"), (2, "hue")]


# -- another name ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("six")
def test_a_cluster_shows_the_name_of_the_time(run: Run) -> None:
    well(run("add-target", "1", "T", "--at-least", 5, "--year", 2025, **IN_2026))
    assert well(run("rename-cluster", "Cụm hai", "--on", "1/7/2025", **IN_2026)) == (
        "Change 4: cluster Cụm sáu is now called Cụm hai;"
        " its name was Cụm sáu until 30/06/2025  (htx undo 4)\n"
    )
    assert run("report", "--as-of", "30/6/2025", **IN_2026).out.startswith("Cụm sáu · 2025 · ")
    assert run("report", "--year", 2025, **IN_2026).out.startswith("Cụm hai · 2025 · ")
    assert run("members", "--on", "30/6/2025", **IN_2026).out.startswith("Cụm sáu · ")
    for called in ("cum-sau", "Cụm sáu", "cum hai"):  # its id, and what it was and is called
        assert run("targets", "--year", 2025, "--cluster", called, **IN_2026).exit == 0
    [row] = json.loads(run("clusters", "--json", **IN_2026).out)["clusters"]
    assert (row["id"], row["name"]) == ("cum-sau", "Cụm hai")


# -- two clusters ----------------------------------------------------------------------------------


@pytest.fixture
def two(six: Path, run: Run) -> Path:
    """Cần Thơ and Cà Mau sit in a second cluster too, with the same target."""
    cluster(run, "Khối hai", ["can tho", "ca mau"], "--since", 2024)
    for name in ("cum-sau", "khoi-hai"):
        typed = ("add-target", "1", "T", "--at-least", 5, "--year", 2025, "--cluster", name)
        well(run(*typed, **IN_2026))
    return six


def figures(run: Run, name: str, day: str) -> dict[str, Any]:
    made = json.loads(run("report", "--as-of", day, "--cluster", name, "--json", **IN_2026).out)
    return {row["id"]: row["cells"][0]["value"] for row in made["provinces"]}


@pytest.mark.usefixtures("two")
def test_what_is_recorded_in_one_cluster_does_not_show_in_the_other(run: Run) -> None:
    typed = ("record", "can tho", "1", 7, "--as-of", "31/3/2025")
    assert run(*typed, **IN_2026).exit == 3  # which cluster is meant must be said
    well(run(*typed, "--cluster", "khoi-hai", **IN_2026))
    assert figures(run, "khoi-hai", "31/3/2025") == {"can-tho": 7, "ca-mau": None}
    assert set(figures(run, "cum-sau", "31/3/2025").values()) == {None}


@pytest.mark.usefixtures("two")
def test_each_cluster_seats_the_successors_of_its_own_members(run: Run) -> None:
    """In the second cluster neither Cần Thơ nor Cà Mau sat with all parts of what became of them."""
    assert sitting(run, "1/7/2025", "--cluster", "cum-sau") == [
        (1, "can-tho-2025"),
        (4, "ca-mau-2025"),
    ]
    assert sitting(run, "1/7/2025", "--cluster", "khoi-hai") == []
    well(run("add-member", "can tho", "--since", "1/7/2025", "--cluster", "khoi-hai", **IN_2026))
    assert sitting(run, "1/7/2025", "--cluster", "khoi-hai") == [(1, "can-tho-2025")]


@pytest.mark.usefixtures("six")
def test_a_cluster_is_divided_and_one_merged_with_another(run: Run) -> None:
    """Three leave for a cluster of their own; a year later all are together again."""
    for name in ("bac lieu", "ca mau", "kien giang"):
        well(run("remove-member", name, "--until", "31/12/2024", **IN_2026))
    cluster(run, "Cụm ven biển", ["bac lieu", "ca mau", "kien giang"], "--since", 2025)
    back = ["bac lieu", "ca mau"]
    for name in back:
        well(run("remove-member", name, "--until", "31/3/2025", "--cluster", "ven biển", **IN_2026))
    typed = ("add-member", *back, "--since", "1/4/2025", "--cluster", "cum-sau")
    well(run(*typed, **IN_2026))
    first = [(1, "can-tho"), (2, "soc-trang"), (3, "hau-giang")]
    assert sitting(run, "1/1/2025", "--cluster", "cum-sau") == first
    assert sitting(run, "1/1/2025", "--cluster", "ven biển") == [
        (1, "bac-lieu"),
        (2, "ca-mau"),
        (3, "kien-giang"),
    ]
    joined = [*first, (4, "bac-lieu"), (5, "ca-mau")]
    assert sitting(run, "1/4/2025", "--cluster", "cum-sau") == joined
    assert sitting(run, "1/4/2025", "--cluster", "ven biển") == [(3, "kien-giang")]
    after = [(1, "can-tho-2025"), (4, "ca-mau-2025")]
    assert sitting(run, "1/7/2025", "--cluster", "cum-sau") == after
