"""The command line itself: mistakes, help, options before and after, JSON, dry runs."""

import json
from pathlib import Path

import pytest

from tests.support.commands import Answer, Run


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
