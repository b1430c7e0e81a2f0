"""A correction says every part of the record that it changes, and what is odd does not pass unseen."""

import json
from pathlib import Path

from tests.support.commands import Run

CAN_THO = ("can tho", "1a", "--as-of", "2021-12-31")
TEN = ("--line", "10", "--line-text", "Khác.")
SIGNED = ("1c", "HTX nông nghiệp mới", "--year", "2021", "--at-least", "20", *TEN)


def said(run: Run, *words: object, change: int = 33) -> str:
    """What a write said it did, as also `log` tells it."""
    answer = run(*words)
    assert answer.exit == 0, answer.err
    first = answer.err.splitlines()[0]
    text = first.removeprefix(f"Change {change}: ").removesuffix(f"  (htx undo {change})")
    assert json.loads(run("log", "--json").out)["changes"][0]["summary"] == text
    shown = run("log", change, "--format", "json").out
    assert json.loads(shown)["changes"][0]["summary"] == text
    return text


# -- one figure ------------------------------------------------------------------------------------


def test_a_correction_without_source_and_note_says_that_they_no_longer_stand(
    run: Run, sample: Path
) -> None:
    first = run("record", *CAN_THO, "20", "--source", "CV 12", "--note", "bổ sung")
    assert first.err.splitlines() == [
        "Change 33: Cần Thơ 1a as of 31/12/2021: 20; source “Số liệu minh họa” → “CV 12”;"
        " note “bổ sung”  (htx undo 33)"
    ]
    second = run("record", *CAN_THO, "21")
    assert second.err.splitlines() == [
        "Change 34: Cần Thơ 1a as of 31/12/2021: 20 → 21; source “CV 12” no longer stands;"
        " note “bổ sung” no longer stands  (htx undo 34)",
        "Warning: Cần Thơ 1a: source “CV 12” was not given again and no longer stands."
        " State one with --source, or in the column source.",
        "Warning: Cần Thơ 1a: note “bổ sung” was not given again and no longer stands."
        " State one with --note, or in the column note.",
    ]
    life = json.loads(run("log", "can tho", "1a", "--year", 2021, "--json").out)["changes"]
    assert [each["summary"] for each in life] == [
        "Cần Thơ 1a as of 31/12/2021: 20 → 21; source “CV 12” no longer stands;"
        " note “bổ sung” no longer stands",
        "Cần Thơ 1a as of 31/12/2021: 20; source “Số liệu minh họa” → “CV 12”; note “bổ sung”",
        "Cần Thơ 1a as of 31/12/2021: 20; source “Số liệu minh họa”",
        "Cần Thơ 1a as of 30/06/2021: 8; source “Số liệu minh họa”",
    ]
    assert "source “CV 12” no longer stands" in " ".join(run("log", 34).out.split())


def test_a_ratio_that_becomes_a_rate_is_told_with_its_whole(run: Run, sample: Path) -> None:
    words = ("record", "can tho", "2", "62%", "--as-of", "2021-12-31")
    assert said(run, *words, "--source", "Số liệu minh họa") == (
        "Cần Thơ 2 as of 31/12/2021: 120 / 200 → 62%"
    )


def test_a_cumulative_count_that_falls_is_a_warning(run: Run, sample: Path) -> None:
    answer = run("record", "soc trang", "1a", "10", "--as-of", "2021-09-30", "--json")
    assert json.loads(answer.out)["warnings"] == [
        {
            "code": "count_fell",
            "message": "Sóc Trăng 1a: 10 on 30/09/2021 is below 11 on 30/06/2021:"
            " figures are cumulative.",
        }
    ]
    later = run("record", "soc trang", "1a", "25", "--as-of", "2021-10-31")
    assert later.err.splitlines()[1:] == [
        "Warning: Sóc Trăng 1a: 25 on 31/10/2021 is above 24 on 31/12/2021: figures are cumulative."
    ]


def test_strict_turns_a_warning_into_a_refusal(run: Run, sample: Path) -> None:
    before = sample.read_bytes()
    words = ("record", "soc trang", "1a", "10", "--as-of", "2021-09-30", "--strict")
    refused = run(*words)
    assert (refused.exit, refused.out, refused.err.splitlines()) == (
        4,
        "",
        [
            "Warning: Sóc Trăng 1a: 10 on 30/09/2021 is below 11 on 30/06/2021:"
            " figures are cumulative.",
            "htx: Nothing was written, for --strict lets no warning pass: 1.",
        ],
    )
    data = json.loads(run(*words, "--json").out)
    assert (data["code"], [p["code"] for p in data["problems"]]) == ("doubts", ["count_fell"])
    assert sample.read_bytes() == before
    assert run("record", "soc trang", "1a", "12", "--as-of", "2021-09-30", "--strict").exit == 0


# -- a file ----------------------------------------------------------------------------------------


def table(text: str, name: str = "a.csv") -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


ROWS = """province,target,value,as_of,source
Sóc Trăng,1a,12,2021-06-30,Số liệu minh họa
Cần Thơ,1a,9,2021-09-30,
Cà Mau,1a,22,2021-12-31,Số liệu minh họa
"""


def test_an_import_lists_the_figures_that_it_changes(run: Run, sample: Path) -> None:
    file = table(ROWS)
    lines = ["~ Sóc Trăng 1a as of 30/06/2021: 11 → 12"]
    assert run("import", file, "--dry-run").err.splitlines() == [
        "Dry run, nothing was written: +1 new, ~1 changed, =1 the same",
        *lines,
    ]
    made = json.loads(run("import", file, "--dry-run", "--json").out)["changes"]
    assert [(row["table"], row["before"]["value"], row["after"]["value"]) for row in made] == [
        ("results", 11, 12)
    ]
    assert run("import", file).err.splitlines() == [
        "Change 33: +1 new, ~1 changed, =1 the same  (htx undo 33)",
        *lines,
    ]


def test_of_many_changed_figures_twenty_are_told_and_the_rest_counted(
    run: Run, sample: Path
) -> None:
    days = [f"2021-{month:02}-{day:02}" for month in (1, 2) for day in range(1, 12)]
    head = "province,target,as_of,source,value\n"
    run("import", table(head + "".join(f"Cần Thơ,htx,{day},S,50\n" for day in days)))
    again = table(head + "".join(f"Cần Thơ,htx,{day},S,60\n" for day in days))
    dry = run("import", again, "--dry-run").err.splitlines()
    assert (len(dry), dry[-1]) == (22, "and 2 more")
    assert run("import", again).err.splitlines()[-1] == "and 2 more (htx log 34)"


def test_the_date_and_the_year_that_rows_without_them_were_taken_for_are_said(
    run: Run, sample: Path
) -> None:
    file = table(
        "province,target,value,as_of\nCần Thơ,1b,1,\nCà Mau,1b,1,\nCà Mau,1b,1,2021-11-30\n"
    )
    july = {"HTX_NOW": "2021-07-05T08:00:00+07:00"}
    today = run("import", file, "--dry-run", **july)
    assert today.exit == 4  # 30/11 is still to come
    file = table(
        "province,target,value,as_of\nCần Thơ,1b,1,\nCà Mau,1b,1,\nCà Mau,1b,1,2021-06-29\n"
    )
    assert "Rows without a date and a year, taken as of 05/07/2021 and so for 2021: 2" in (
        run("import", file, "--dry-run", **july).err.splitlines()
    )
    assert "Rows without a date, taken as of 31/12/2021: 2" in (
        run("import", file, "--dry-run", "--year", 2021).err.splitlines()
    )
    made = json.loads(run("import", file, "--dry-run", "--json", **july).out)["assumed"]
    assert made == [{"rows": 2, "as_of": "2021-07-05", "year_too": True}]


def test_an_import_warns_of_a_fall_between_its_rows_and_the_book_and_among_its_rows(
    run: Run, sample: Path
) -> None:
    file = table(
        "province,target,value,as_of\n"
        "Sóc Trăng,1a,5,2021-09-30\n"
        "Cần Thơ,1a,7,2021-01-31\nCần Thơ,1a,6,2021-02-28\n"
        "Cà Mau,2,0.62%,2021-09-30\n"
    )
    made = json.loads(run("import", file, "--json").out)
    assert [(each["row"], each["code"]) for each in made["warnings"]] == [
        (2, "count_fell"),
        (4, "count_fell"),
        (5, "rate_tiny"),
    ]


def test_a_strict_import_lists_every_warning_and_writes_nothing(run: Run, sample: Path) -> None:
    before = sample.read_bytes()
    file = table("province,target,value,as_of\nSóc Trăng,1a,5,2021-09-30\nCà Mau,1b,1,2021-09-30\n")
    assert run("import", file, "--strict").err.splitlines() == [
        "a.csv row 2: Sóc Trăng 1a: 5 on 30/09/2021 is below 11 on 30/06/2021:"
        " figures are cumulative.",
        "Nothing was written, for --strict lets no warning pass: 1.",
    ]
    data = run("import", file, "--strict", "--json")
    assert data.exit == 4
    assert [(p["row"], p["code"]) for p in json.loads(data.out)["problems"]] == [(2, "count_fell")]
    assert sample.read_bytes() == before


# -- the pact --------------------------------------------------------------------------------------


def test_signing_a_target_shows_what_was_signed(run: Run, sample: Path) -> None:
    assert said(run, "add-target", *SIGNED, "--unit", "HTX") == (
        "target 1c of 2021 added: HTX nông nghiệp mới ≥20 HTX, each province"
    )
    growth = ("--kind", "growth", "--at-least", "8", "--scope", "cluster", "--unit", "người")
    assert said(run, "add-target", "3b", "Thành viên", "--year", 2021, *growth, change=34) == (
        "target 3b of 2021 added: Thành viên +8%, over 2020, the cluster as a whole"
    )
    ratio = ("--kind", "ratio", "--at-most", "5", "--of-title", "Tổng số HTX")
    assert said(run, "add-target", "2b", "HTX yếu", "--year", 2021, *ratio, change=35) == (
        "target 2b of 2021 added: HTX yếu ≤5%, of: Tổng số HTX, each province"
    )
    assert said(
        run, "add-target", "8c", "Có Quỹ", "--year", 2021, "--kind", "yes-no", change=36
    ) == ("target 8c of 2021 added: Có Quỹ, yes-no, each province")


def test_a_share_shows_what_was_asked_before_and_what_is_asked_now(run: Run, sample: Path) -> None:
    share = ("set-share", "can tho", "1a", "--year", 2021)
    assert said(run, *share, "25") == "Cần Thơ 1a of 2021: ≥20 → ≥25"
    assert said(run, *share, "--not-assigned", change=34) == (
        "Cần Thơ 1a of 2021: ≥25 → not assigned"
    )
    assert said(run, *share, "--as-signed", change=35) == (
        "Cần Thơ 1a of 2021: not assigned → ≥20 (as signed)"
    )


def test_a_share_in_the_log_keeps_what_was_signed_at_its_time(run: Run, sample: Path) -> None:
    run("set-share", "can tho", "1a", "--year", 2021, "25")
    run("change-target", "1a", "--year", 2021, "--at-least", "30")
    [then] = json.loads(run("log", 33, "--json").out)["changes"]
    assert then["summary"] == "Cần Thơ 1a of 2021: ≥20 → ≥25"


def test_changing_a_target_shows_each_part_old_and_new(run: Run, sample: Path) -> None:
    run("add-target", *SIGNED)
    words = ("change-target", "1c", "--year", 2021)
    assert said(
        run, *words, "--at-most", "5", "--unit", "HTX", "--scope", "cluster", "--level", change=34
    ) == (
        "target 1c of 2021 changed: ≥20 → ≤5; cumulative → level; unit none → “HTX”;"
        " each province → the cluster as a whole"
    )
    assert said(run, *words, "--title", "HTX", "--note", "Sửa", change=35) == (
        "target 1c of 2021 changed: title “HTX nông nghiệp mới” → “HTX”; note none → “Sửa”"
    )
    kind = ("--kind", "growth", "--at-least", "5")
    assert said(run, *words, *kind, change=36) == (
        "target 1c of 2021 changed: ≤5 → +5%; kind count → growth; level → none;"
        " base year none → 2020"
    )
    assert said(run, *words, "--line-text", "Mới.", change=37) == (
        "line 10 of 2021: “Khác.” → “Mới.”"
    )
