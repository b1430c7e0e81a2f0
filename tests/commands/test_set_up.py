"""Setting a year up, as a person or a script does it: clusters, members, targets, shares."""

import json
from pathlib import Path

import pytest

from tests.support.commands import Answer, Run, cell


def test_init_makes_a_book_with_the_register(run: Run, tmp_path: Path) -> None:
    answer = run("init")
    assert answer == Answer(
        0, "", "Change 1: new book with the register of provinces  (htx log 1)\n"
    )
    listed = json.loads(run("provinces", "--on", "30/6/2021", "--json").out)["provinces"]
    assert len(listed) == 63
    assert [p["name"] for p in listed[:4]] == [
        "An Giang",
        "Bà Rịa - Vũng Tàu",
        "Bạc Liêu",
        "Bắc Giang",
    ]
    assert len(json.loads(run("provinces", "--on", "2026-01-01", "--json").out)["provinces"]) == 34


def test_members_join_behind_the_last_seat_and_leave_by_a_day(run: Run, fresh: Path) -> None:
    assert run("add-member", "ca mau", "bac lieu", "--since", "2021").exit == 0
    assert run("add-member", "ca mau").err == "htx: Cà Mau is a member of the cluster already.\n"
    assert run("add-member", "an giang", "--seat", 2).err == "htx: Seat 2 belongs to Sóc Trăng.\n"
    assert run("remove-member", "can tho", "--until", "30/6/2021").exit == 0
    [made] = json.loads(run("clusters", "--json").out)["clusters"]
    assert [(m["seat"], m["id"], m["first_day"]) for m in made["members"]] == [
        (2, "soc-trang", "2020-01-01"),
        (3, "ca-mau", "2021-01-01"),
        (4, "bac-lieu", "2021-01-01"),
    ]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--at-least", "20"], ("count", "at_least", 20, False, None, "1", "each")),
        (["--at-most", "2,5", "--level"], ("count", "at_most", 2.5, True, None, "1", "each")),
        (["--exactly", "1", "--line", "3"], ("count", "exactly", 1, False, None, "3", "each")),
        (
            ["--kind", "ratio", "--at-least", "60%"],
            ("ratio", "at_least", 60, False, None, "1", "each"),
        ),
        (
            ["--kind", "growth", "--at-least", "+8"],
            ("growth", "at_least", 8, False, 2020, "1", "each"),
        ),
        (
            ["--kind", "growth", "--at-least", "-5%", "--base-year", "2018"],
            ("growth", "at_least", -5, False, 2018, "1", "each"),
        ),
        (["--kind", "yes-no"], ("yes-no", None, None, False, None, "1", "each")),
        (["--kind", "tracked"], ("tracked", None, None, False, None, None, "each")),
        (
            ["--at-least", "20", "--scope", "cluster"],
            ("count", "at_least", 20, False, None, "1", "cluster"),
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_every_kind_bound_level_and_scope_can_be_signed(
    run: Run, fresh: Path, options: list[str], expected: tuple[object, ...]
) -> None:
    assert run("add-target", "1a", "Tên", "--year", 2021, *options).exit == 0
    [made] = json.loads(run("targets", "--year", 2021, "--json").out)["targets"]
    names = ("kind", "bound", "threshold", "level", "base_year", "line", "scope")
    assert tuple(made[name] for name in names) == expected


@pytest.mark.parametrize(
    ("options", "exit", "message"),
    [
        ([], 2, "A count target needs a bound: --at-least, --at-most or --exactly, for example --at-least 20."),
        (["--at-least", "1", "--at-most", "2"], 2, "Give one bound only: --at-least, --at-most or --exactly."),
        (["--kind", "yes-no", "--at-least", "1"], 4, "A yes-no target takes no bound."),
        (["--kind", "ratio", "--at-least", "101"], 4, "The threshold of a ratio is between 0 and 100, not 101."),
        (["--at-least", "-1"], 4, "1a is -1, but it cannot be below 0."),
        (["--at-least", "nan"], 4, "“nan” is not a number. Write for example 1234.5 or 1.234,5."),
        (["--at-least", "1.234"], 4, "“1.234” can be 1,234 or 1.234. Say which with --numbers vi or --numbers en."),
        (["--kind", "ratio", "--at-least", "1", "--level"], 4, "--level only fits a count; this target is ratio."),
        (["--at-least", "1", "--base-year", "2020"], 4, "--base-year only fits growth; this target is count."),
        (["--kind", "growth", "--at-least", "1", "--base-year", "2021"], 4, "The base year 2021 is not before 2021."),
        (["--at-least", "1", "--of-title", "x"], 4, "--of-title only fits a ratio or a tracked target; this one is count."),
        (["--kind", "sum"], 2, "“sum” is none of: count, ratio, growth, yes-no, tracked."),
        (["--kind", "tracked", "--line-text", "x"], 4, "--line-text is the sentence of a line: name the line too, for example --line 1."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_a_target_that_makes_no_sense_is_refused(
    run: Run, fresh: Path, options: list[str], exit: int, message: str
) -> None:
    before = fresh.read_bytes()
    answer = run("add-target", "1a", "Tên", "--year", 2021, *options)
    assert answer == Answer(exit, "", f"htx: {message}\n")
    assert fresh.read_bytes() == before


@pytest.mark.parametrize(
    ("code", "title", "part"),
    [
        ("1/a", "Tên", "“1/a” cannot be a code."),
        ("", "Tên", "“” cannot be a code."),
        ("1a", "x" * 10_000, "is 10000 characters long; 300 are allowed."),
        ("1a", "a\x1b[31m", "has a control character in it."),
        ("1a", "a\u202eb", "has a control character in it."),
        ("1a", "  ", "The title is empty."),
    ],
)
def test_codes_and_titles_are_looked_at(
    run: Run, fresh: Path, code: str, title: str, part: str
) -> None:
    answer = run("add-target", code, title, "--year", 2021, "--at-least", 1)
    assert answer.exit == 4
    assert part in answer.err


def test_a_target_is_changed_and_the_journal_says_what(run: Run, sample: Path) -> None:
    answer = run(
        "change-target", "1a", "--year", 2021, "--at-least", 25, "--unit", "", "--because", "QĐ 5"
    )
    assert answer.err == (
        "Change 33: target 1a of 2021 changed: ≥20 → ≥25; unit “HTX” → none  (htx undo 33)\n"
    )
    assert cell(run, "can tho", "1a")["status"] == "missed"
    assert run("change-target", "1a", "--year", 2021).exit == 2
    kind = run("change-target", "1a", "--year", 2021, "--kind", "yes-no")
    assert kind.err == "htx: The kind of target 1a cannot change while 14 results stand.\n"


def test_a_target_is_removed_only_while_no_result_stands(run: Run, sample: Path) -> None:
    refused = run("remove-target", "1a", "--year", 2021)
    assert refused == Answer(
        4, "", "htx: Target 1a of 2021 cannot be removed: 14 results stand. Withdraw them first.\n"
    )
    assert run("add-target", "10", "Thử", "--year", 2021, "--at-least", 1).exit == 0
    assert run("set-share", "can tho", "10", "--not-assigned", "--year", 2021).exit == 0
    assert run("remove-target", "10", "--year", 2021).exit == 0
    made = json.loads(run("targets", "--year", 2021, "--json").out)
    assert [line["line"] for line in made["lines"]] == list("123456789")


def test_a_year_whose_last_target_is_removed_is_signed_no_more(run: Run, sample: Path) -> None:
    before = run("clusters", "--json").out
    assert run("add-target", "1a", "Thử", "--year", 2022, "--at-least", 1).exit == 0
    assert run("add-target", "1b", "Thử", "--year", 2022, "--at-least", 1).exit == 0
    assert run("change-target", "1b", "--year", 2022, "--line", "2").exit == 0
    assert run("remove-target", "1b", "--year", 2022).exit == 0
    assert [line["line"] for line in json.loads(run("targets", "--year", 2022, "--json").out)["lines"]] == ["1"]  # fmt: skip
    done = json.loads(run("remove-target", "1a", "--year", 2022, "--json").out)
    assert [(row["table"], row["key"], row["after"]) for row in done["rows"]] == [
        ("targets", "tay-nam-song-hau/2022/1a", None),
        ("lines", "tay-nam-song-hau/2022/1", None),
        ("years", "tay-nam-song-hau/2022", None),
    ]
    assert run("clusters", "--json").out == before
    assert run("targets", "--year", 2022).err == run("targets", "--year", 2023).err.replace("2023", "2022")  # fmt: skip
    assert run("add-target", "1a", "Thử", "--year", 2022, "--at-least", 1).exit == 0


def test_a_line_that_is_left_without_a_target_goes_with_the_change_that_left_it(
    run: Run, sample: Path
) -> None:
    def lines(*command: object) -> set[tuple[str, bool]]:
        done = json.loads(run(*command, "--year", 2022, "--json").out)
        return {(r["key"], bool(r["after"])) for r in done["rows"] if r["table"] == "lines"}

    first, second = "tay-nam-song-hau/2022/1", "tay-nam-song-hau/2022/2"
    assert run("add-target", "1a", "Thử", "--year", 2022, "--at-least", 1).exit == 0
    assert lines("change-target", "1a", "--line", "2") == {(first, False), (second, True)}
    assert lines("remove-target", "1a") == {(second, False)}


def test_a_province_may_have_its_own_threshold_or_no_part_in_a_target(
    run: Run, sample: Path
) -> None:
    assert run("set-share", "bac lieu", "1a", 13, "--year", 2021).exit == 0
    assert (cell(run, "bac lieu", "1a")["status"], cell(run, "bac lieu", "1a")["threshold"]) == (
        "met",
        13,
    )
    assert run("set-share", "bac lieu", "1a", "--not-assigned", "--year", 2021).exit == 0
    freed = cell(run, "bac lieu", "1a")
    assert (freed["status"], freed["value"], freed["completion"]) == ("not_assigned", 13, None)
    refused = run("record", "bac lieu", "1a", 14, "--year", 2021)
    assert refused.err == (
        "htx: Target 1a is not assigned to Bạc Liêu. Assigned are:"
        " An Giang, Cà Mau, Cần Thơ, Hậu Giang, Kiên Giang, Sóc Trăng.\n"
    )
    assert run("set-share", "bac lieu", "1a", "--as-signed", "--year", 2021).exit == 0
    assert cell(run, "bac lieu", "1a")["status"] == "missed"
    assert run("set-share", "bac lieu", "1a", "--year", 2021).exit == 2
    assert run("set-share", "bac lieu", "htx", "--not-assigned", "--year", 2021).exit == 4
    assert run("set-share", "bac lieu", "8a", 1, "--year", 2021).exit == 4
