"""Every command as a person or a script uses it, and what it says when something is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import CLUSTER, Answer, Run


def cell(run: Run, province: str, code: str, *more: object) -> dict[str, Any]:
    typed = ("explain", province, code, "--year", 2021, "--json", *more)
    made: dict[str, Any] = json.loads(run(*typed).out)["cell"]
    return made


# -- set up ----------------------------------------------------------------------------------------


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


def test_an_id_a_name_and_members_are_taken_once(run: Run, fresh: Path) -> None:
    assert run(*CLUSTER).err == "htx: The cluster “Cụm thử” exists already.\n"
    again = run("add-cluster", "Khác", "--id", "cum-thu", "--member", "ca mau")
    assert again.err == "htx: The id “cum-thu” is taken by Cụm thử.\n"
    twice = run("add-cluster", "Khác", "--member", "ca mau", "--member", "Cà Mau")
    assert (twice.exit, twice.err) == (4, "htx: Cà Mau is named twice.\n")


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


def test_a_member_with_later_figures_cannot_leave_before_them(run: Run, sample: Path) -> None:
    answer = run("remove-member", "can tho", "--until", "30/9/2021")
    assert answer.err == ("htx: Cần Thơ has 12 results after 30/09/2021. Withdraw them first.\n")
    assert answer.exit == 4


def test_a_unit_that_is_in_no_register_can_be_added(run: Run, fresh: Path) -> None:
    assert run("add-province", "Khối Sở", "--since", "2020").exit == 0
    assert run("add-member", "khoi so").exit == 0
    assert run("add-province", "TP. Cần Thơ").exit == 4


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


def test_in_a_script_a_missing_value_of_a_target_is_a_usage_error(run: Run, fresh: Path) -> None:
    whole = 'Type for example: htx add-target 1a "HTX thành lập mới" --year 2021 --at-least 20'
    year = "--year is missing. Type for example: --year 2021"
    assert run("add-target") == Answer(2, "", f"htx: CODE is missing. {whole}\n")
    assert run("add-target", "1a") == Answer(2, "", f"htx: TITLE is missing. {whole}\n")
    assert run("add-target", "1a", "Tên") == Answer(2, "", f"htx: {year}\n")


def test_brackets_in_names_are_names(run: Run, fresh: Path) -> None:
    assert (
        run("add-target", "1a", "[bold]Tên[/bold] :smile:", "--year", 2021, "--at-least", 1).exit
        == 0
    )
    assert "[bold]Tên[/bold] :smile:" in run("targets", "--year", 2021, "--format", "table").out


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


# -- record ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "said", "expected"),
    [
        (["1a", "21"], "20 → 21", (21, None, None)),
        (["2", "125", "--of", "200"], "120 / 200 → 125 / 200", (125, 200, 62.5)),
        (["2", "62%"], "120 / 200 → 62%", (None, None, 62)),
        (["3", "180", "--base", "150"], "176 → 180; base 150", (180, None, 20)),
        (["3", "-5%"], "176 → -5%", (None, None, -5)),
        (["4", "13.600", "--numbers", "vi"], "13,500 → 13,600", (13600, None, 8.8)),
        (["4", "1.234,5"], "13,500 → 1,234.5", (1234.5, None, -90.124)),
        (["8a", "không"], "yes → no", (False, None, None)),
        (["8a", "CHƯA"], "yes → no", (False, None, None)),
        (["htx", "201", "--of", "290"], "200 / 290 → 201 / 290", (201, 290, 69.310345)),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_every_kind_of_figure_is_recorded_and_a_correction_says_what_it_replaced(
    run: Run, sample: Path, typed: list[str], said: str, expected: tuple[object, ...]
) -> None:
    answer = run("record", "can tho", *typed, "--as-of", "31/12/2021", "--source", "BC 12")
    assert answer.exit == 0
    paper = "source “Số liệu minh họa” → “BC 12”"
    assert f"{typed[0]} as of 31/12/2021: {said}; {paper}  (htx undo 33)" in answer.err
    made = cell(run, "can tho", typed[0])
    assert (made["value"], made["of"], made["rate"]) == expected
    assert (made["source"], made["change"]) == ("BC 12", 33)


@pytest.mark.parametrize(
    ("typed", "exit", "message"),
    [
        (["soc tran", "1a", "5"], 3, "No province is called “soc tran”. Did you mean Sóc Trăng?"),
        (["can tho", "8c", "x"], 3, "There is no target “8c” in 2021. The year has: 1a, 1b, 2, 3, 4, 5, 6, 7, 8a, 8b, 9, htx."),
        (["can tho", "1a", "-5"], 4, "1a is -5, but it cannot be below 0."),
        (["can tho", "1a", "NaN"], 4, "“NaN” is not a number. Write for example 1234.5 or 1.234,5."),
        (["can tho", "1a", "1e309"], 4, "“1e309” is not a number. Write for example 1234.5 or 1.234,5."),
        (["can tho", "1a", "١٢"], 4, "“١٢” is not a number. Write for example 1234.5 or 1.234,5."),
        (["can tho", "1a", "1234567890123456"], 4, "“1234567890123456” has more than 15 digits. Figures are kept exactly up to 15."),
        (["can tho", "2", "160", "--of", "150"], 4, "The value 160 is above the 150 that it is a part of."),
        (["can tho", "8a", "maybe"], 4, "“maybe” is neither yes nor no. Write yes (có, đạt, x, ✓) or no (không, chưa)."),
        (["can tho", "1a", "5", "--as-of", "30/2/2021"], 2, "“30/2/2021” is a day that the calendar does not have."),
        (["can tho", "1a", "5", "--as-of", "30/6/2020"], 4, "30/06/2020 is not a day of 2021."),
        (["can tho", "1a", "5", "--note", "a\x07"], 4, "“a\\x07” has a control character in it. Write it on one line, without any."),
        (["Hà Nội", "1a", "5"], 4, "Hà Nội is not a member of the cluster on 31/12/2021. Members are: An Giang, Bạc Liêu, Cà Mau, Cần Thơ, Hậu Giang, Kiên Giang, Sóc Trăng."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_a_figure_that_cannot_be_is_refused_in_one_sentence(
    run: Run, sample: Path, typed: list[str], exit: int, message: str
) -> None:
    before = sample.read_bytes()
    assert run("record", *typed, "--year", 2021) == Answer(exit, "", f"htx: {message}\n")
    assert sample.read_bytes() == before


def test_a_target_of_the_year_before_is_asked_back_for(run: Run, sample: Path) -> None:
    assert run("record", "can tho", "1a", 5).err == (
        "htx: There is no target “1a” in 2022, but 2021 has one. Did you mean --year 2021?\n"
    )


def test_only_an_estimate_may_lie_in_the_future(run: Run, sample: Path) -> None:
    july = {"HTX_NOW": "2021-07-05T08:00:00+07:00"}
    future = run("record", "can tho", "1a", 20, "--as-of", "31/12/2021", **july)
    assert future.err == (
        "htx: 31/12/2021 is still to come: only an estimate can bear this date (--estimate).\n"
    )
    assert (
        run("record", "can tho", "1a", 20, "--as-of", "31/12/2021", "--estimate", **july).exit == 0
    )


def test_without_a_date_a_figure_is_todays_but_not_after_its_year(run: Run, sample: Path) -> None:
    july = {"HTX_NOW": "2021-07-05T08:00:00+07:00"}
    assert "as of 05/07/2021: 9" in run("record", "can tho", "1a", 9, **july).err
    assert "as of 31/12/2021: 20 → 22" in run("record", "can tho", "1a", 22, "--year", 2021).err


def test_a_figure_of_the_whole_cluster_is_recorded_under_all(run: Run, sample: Path) -> None:
    assert run("record", "all", "htx", 700, "--of", 1100, "--year", 2021).exit == 0
    assert run("record", "toàn cụm", "htx", 701, "--of", 1100, "--year", 2021).exit == 0
    report = json.loads(run("report", "--year", 2021, "--json").out)
    [made] = [t for t in report["targets"] if t["code"] == "htx"]
    assert (made["value"], made["from_whole"], made["differs"]) == (701, True, 810)
    refused = run("record", "all", "1a", 700, "--year", 2021)
    assert refused.exit == 4


def test_withdraw_takes_a_figure_back_and_names_what_would_do(run: Run, sample: Path) -> None:
    typed = ("withdraw", "soc trang", "1a", "--as-of", "31/12/2021")
    assert (
        run(*typed).err == "Change 33: Sóc Trăng 1a as of 31/12/2021: 24 withdrawn  (htx undo 33)\n"
    )
    assert cell(run, "soc trang", "1a")["as_of"] == "2021-06-30"
    assert run(*typed) == Answer(
        3,
        "",
        "htx: Sóc Trăng has no actual figure for 1a as of 31/12/2021. It has: 30/06/2021 (actual).\n",
    )


# -- see -------------------------------------------------------------------------------------------


def test_8_of_20_in_june_is_behind_in_july_and_stale_but_not_missed_in_january(
    run: Run, fresh: Path
) -> None:
    assert run("add-target", "1a", "HTX mới", "--year", 2021, "--at-least", 20).exit == 0
    assert run("record", "can tho", "1a", 8, "--as-of", "30/6/2021").exit == 0
    july = cell(run, "can tho", "1a", "--as-of", "5/7/2021")
    january = cell(run, "can tho", "1a")
    assert (july["status"], july["stale"], july["completion"]) == ("behind", False, 40)
    assert (january["status"], january["stale"]) == ("behind", True)
    assert "Cần Thơ: 1a (30/06/2021)" in run("report", "--year", 2021).out


def test_an_estimate_is_shown_as_one_and_never_condemns(run: Run, fresh: Path) -> None:
    assert run("add-target", "1a", "HTX mới", "--year", 2021, "--at-least", 20).exit == 0
    for province, value in (("can tho", 20), ("soc trang", 15)):
        typed = ("record", province, "1a", value, "--as-of", "31/12/2021", "--estimate")
        assert run(*typed).exit == 0
    assert cell(run, "can tho", "1a")["status"] == "not_reported"
    first = cell(run, "can tho", "1a", "--estimates")
    second = cell(run, "soc trang", "1a", "--estimates")
    assert (first["status"], first["basis"]) == ("met", "estimate")
    assert (second["status"], second["basis"]) == ("behind", "estimate")
    shown = run("report", "--year", 2021, "--estimates").out
    assert "~20✓" in shown
    assert "~15↘" in shown


@pytest.mark.parametrize(
    ("value", "of", "rate", "shown"),
    [("9996", "10000", 99.96, "99.96%"), ("19.9999999", "20", 99.999999, "99.99%")],
)
def test_almost_all_is_never_shown_as_100_per_cent(
    run: Run, fresh: Path, value: str, of: str, rate: float, shown: str
) -> None:
    assert (
        run("add-target", "1", "T", "--year", 2021, "--kind", "ratio", "--at-least", 100).exit == 0
    )
    assert run("record", "can tho", "1", value, "--of", of, "--as-of", "31/12/2021").exit == 0
    made = cell(run, "can tho", "1")
    assert (made["status"], made["rate"]) == ("missed", rate)
    for width in ("80", "200"):
        answer = run("status", "can tho", "--year", 2021, "--format", "table", COLUMNS=width).out
        assert shown in answer
        assert "100%" not in answer.replace("≥100%", "")


@pytest.mark.parametrize(
    ("typed", "exit"),
    [
        (["--fail-on", "missed"], 6),
        (["--fail-on", "on-track"], 6),
        (["--fail-on", "stale"], 6),
        (["--fail-on", "behind"], 0),
        (["--fail-on", "behind,missed"], 6),
        (["--fail-on", "behind", "--fail-on", "not_assigned"], 0),
        (["--fail-on", "bad"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_fail_on_tells_a_script_that_a_status_was_found(
    run: Run, sample: Path, typed: list[str], exit: int
) -> None:
    assert run("report", "--year", 2021, *typed).exit == exit


def test_the_year_is_that_of_the_option_else_of_the_date_else_todays(
    run: Run, sample: Path
) -> None:
    assert json.loads(run("report", "--as-of", "30/6/2021", "--json").out)["as_of"] == "2021-06-30"
    assert run("report") == Answer(
        3, "", "htx: Nothing is signed or drafted for 2022. The book has: 2020, 2021.\n"
    )
    assert json.loads(run("report", "--year", 2021, "--json").out)["as_of"] == "2021-12-31"


def test_with_two_clusters_the_one_that_is_meant_must_be_named(run: Run, sample: Path) -> None:
    assert run("add-cluster", "Cụm hai", "--id", "hai", "--member", "ha noi").exit == 0
    assert run("report", "--year", 2021) == Answer(
        3,
        "",
        "htx: The book has more than one cluster. Say which with --cluster: tay-nam-song-hau, hai.\n",
    )
    named = run("report", "--year", 2021, "--cluster", "Tây Nam sông Hậu", "--json")
    assert json.loads(named.out)["cluster"]["id"] == "tay-nam-song-hau"
    assert run("report", "--cluster", "x").exit == 3


# -- the command line ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (["reprot"], "There is no command “reprot”. Did you mean report, export?"),
        (["zzz"], "There is no command “zzz”."),
        (["report", "--yaer", "2021"], "There is no option --yaer here. Did you mean --year?"),
        (["report", "--year"], "--year needs a value. Type for example: --year 2021"),
        (["report", "--year", "20x1"], "“20x1” is not a year. Write it with four digits, for example 2021."),
        (["report", "extra"], '“extra” was not expected here. Put a name of several words in quotes, for example "soc trang".'),
        (["record", "can tho"], 'CODE is missing. Type for example: htx record "Cần Thơ" 1a 20'),
        (["--lang", "fr", "report"], "“fr” is not a language of htx. Write vi or en."),
        (["report", "--format", "pdf"], "“pdf” is not a format. Choose one of: table, plain, json, ndjson, csv, md."),
        (["report", "-o", "x.pdf"], "The ending of x.pdf does not say the format. Add --format, one of: table, plain, json, ndjson, csv, md."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_a_mistake_on_the_command_line_is_one_sentence(
    run: Run, sample: Path, typed: list[str], message: str
) -> None:
    assert run(*typed) == Answer(2, "", f"htx: {message}\n")


def test_htx_alone_prints_the_help_page_and_is_well(run: Run) -> None:
    alone, asked = run(), run("--help")
    assert alone.exit == asked.exit == 0
    assert alone.out.rstrip() == asked.out.rstrip()


def test_db_and_lang_work_before_and_after_the_command_and_the_later_wins(
    run: Run, sample: Path
) -> None:
    expected = run("leaders").out
    assert run("--db", sample, "leaders").out == expected
    assert run("--db", "nowhere.db", "leaders", "--db", sample).out == expected
    vietnamese = run("leaders", HTX_LANG="vi").out
    assert run("--lang", "vi", "leaders").out == vietnamese
    assert run("--lang", "en", "leaders", "--lang", "vi").out == vietnamese


def test_errors_are_data_for_a_script(run: Run, sample: Path) -> None:
    answer = run("record", "soc tran", "1a", 5, "--year", 2021, "--json", HTX_LANG="en")
    assert (answer.exit, answer.err) == (3, "")
    assert json.loads(answer.out) == {
        "schema": "htx.error/1",
        "code": "province_unknown_but",
        "exit": 3,
        "message": "No province is called “soc tran”. Did you mean Sóc Trăng?",
    }


def test_every_write_answers_a_script_with_the_change(run: Run, sample: Path) -> None:
    answer = run("record", "can tho", "1a", 21, "--as-of", "31/12/2021", "--json")
    made = json.loads(answer.out)
    record = {
        "cluster": "tay-nam-song-hau", "year": 2021, "target": "1a", "province": "can-tho",
        "as_of": "2021-12-31", "basis": "actual", "value": 20, "of": None, "base": None,
        "rate": None, "source": "Số liệu minh họa", "note": None,
    }  # fmt: skip
    assert made["hash"] and len(made.pop("hash")) == 64
    assert made == {
        "schema": "htx.change/1",
        "change": 33,
        "dry_run": False,
        "summary": "Cần Thơ 1a as of 31/12/2021: 20 → 21;"
        " source “Số liệu minh họa” no longer stands",
        "warnings": [
            {
                "code": "source_dropped",
                "message": "Cần Thơ 1a: source “Số liệu minh họa” was not given again and no longer"
                " stands. State one with --source, or in the column source.",
            }
        ],
        "count": 1,
        "rows": [
            {
                "table": "results",
                "key": "tay-nam-song-hau/2021/1a/can-tho/2021-12-31/actual",
                "before": record,
                "after": record | {"value": 21, "source": None},
            }
        ],
        "handed_over": None,
    }


def test_a_dry_run_of_every_write_leaves_the_book_byte_for_byte(run: Run, sample: Path) -> None:
    before = sample.read_bytes()
    for typed in (
        ["add-cluster", "X", "--member", "ha noi"],
        ["add-member", "ha noi"],
        ["remove-member", "can tho", "--until", "31/12/2021"],
        ["add-province", "X"],
        ["add-target", "10", "X", "--year", "2021", "--at-least", "1"],
        ["change-target", "1a", "--year", "2021", "--at-least", "1"],
        ["set-share", "can tho", "1a", "5", "--year", "2021"],
        ["record", "can tho", "1a", "5", "--year", "2021"],
        ["withdraw", "can tho", "1a", "--as-of", "31/12/2021"],
        ["rotate-leader", "--year", "2022"],
    ):
        answer = run(*typed, "--dry-run")
        assert answer.exit == 0, typed
        assert answer.err.startswith("Dry run, nothing was written: "), typed
        assert json.loads(run(*typed, "--dry-run", "--json").out)["dry_run"] is True
    assert sample.read_bytes() == before
