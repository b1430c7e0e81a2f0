"""How the words of a command line are taken, before a command sees them and where it is not one."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from htx_cli.cli import app
from htx_cli.domain.targets import Status
from htx_cli.terminal.typed import Part, asks_for_json, journal_words, parts
from tests.support.commands import Answer, Run

VALUED = {"--because", "--format", "-o", "--lang"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["report", "--json"], [Part(("report",)), Part(("--json",), "--json")]),
        (["--because", "--json"], [Part(("--because", "--json"), "--because", "--json")]),
        (["--format=json"], [Part(("--format=json",), "--format", "json")]),
        (["--because="], [Part(("--because=",), "--because", "")]),
        (["-ox.csv"], [Part(("-ox.csv",), "-o", "x.csv")]),
        (["-5"], [Part(("-5",))]),
        (["--lang"], [Part(("--lang",), "--lang")]),
        (["--", "--json"], [Part(("--",)), Part(("--json",))]),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value[0], str) else "",
)
def test_an_option_and_its_value_are_one_part(given: list[str], expected: list[Part]) -> None:
    assert list(parts(given, VALUED)) == expected


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("report --json", True),
        ("report --format json", True),
        ("report --format=json", True),
        ("report --format csv --format json", True),
        ("report --format json --format csv", False),
        ("report --because --json", False),
        ("report --because=--json", False),
        ("report -- --json", False),
        ("report --format", False),
    ],
)
def test_json_is_asked_for_by_an_option_never_by_a_value(given: str, asked: bool) -> None:
    assert asks_for_json(list(parts(given.split(), VALUED))) is asked


def test_the_journal_keeps_what_was_typed_without_book_reason_and_format() -> None:
    given = ["--lang", "vi", "record", "can tho", "--because", "--json", "-ox.csv", "--json", "-5"]
    assert journal_words(list(parts(given, VALUED))) == "record 'can tho' -5"


@pytest.mark.parametrize(
    "asked",
    [["--json"], ["--format=json"], ["--format", "json"]],
    ids=" ".join,
)
def test_an_error_is_json_however_json_was_asked_for(
    run: Run, sample: Path, asked: list[str]
) -> None:
    answer = run("report", "--year", "2019", *asked)
    assert (answer.exit, answer.err) == (3, "")
    assert json.loads(answer.out) == {
        "schema": "htx.error/1",
        "code": "year_unknown",
        "exit": 3,
        "message": "Nothing is signed or drafted for 2019. The book has: 2020, 2021.",
    }


def test_a_reason_that_looks_like_an_option_is_a_reason(run: Run, sample: Path) -> None:
    typed = ("record", "nowhere", "1a", 5, "--year", 2021)
    answer = run(*typed, "--because", "--json")
    assert answer == Answer(3, "", "htx: No province is called “nowhere”.\n")
    answer = run(*typed, "--note", "--lang", "--lang", "vi")
    assert answer.err.startswith("htx: Không có")


def test_the_journal_keeps_a_note_that_looks_like_an_option(run: Run, sample: Path) -> None:
    assert run("record", "can tho", "1a", 5, "--year", 2021, "--note", "--json").exit == 0
    [made] = json.loads(run("log", "33", "--json").out)["changes"]
    assert made["command"] == "record 'can tho' 1a 5 --year 2021 --note --json"


# -- before and after the command's name -----------------------------------------------------------


def test_json_and_cluster_may_stand_before_the_command_too(run: Run, sample: Path) -> None:
    expected = run("leaders", "--json")
    assert run("--json", "leaders") == expected
    assert run("--cluster", "tay-nam-song-hau", "--json", "leaders") == expected
    assert run("--cluster", "nowhere", "leaders").exit == 3
    assert run("--cluster", "nowhere", "leaders", "--cluster", "tay-nam-song-hau").exit == 0
    refused = run("--json", "report", "--year", 2019)
    assert json.loads(refused.out)["code"] == "year_unknown"


def test_a_short_h_is_help(run: Run) -> None:
    assert run("-h").out.rstrip() == run("--help").out.rstrip()
    assert run("record", "-h") == run("record", "--help")
    assert "-h, --help" in run("record", "-h").out


def test_help_marks_what_cannot_be_left_out(run: Run) -> None:
    shown = run("withdraw", "--help", COLUMNS="200").out
    assert "The date that the figure bears. Required." in shown
    assert shown.count("Required.") == 1


def test_help_says_what_fail_on_takes(run: Run) -> None:
    shown = " ".join(run("report", "--help", COLUMNS="200").out.split())
    for word in (*Status, "stale", "with --fail-on again"):
        assert word in shown


def test_help_tells_of_a_new_target_only_where_one_is_made(run: Run) -> None:
    said = "a new target is a count"
    assert said in run("add-target", "--help", COLUMNS="200").out
    assert said not in run("change-target", "--help", COLUMNS="200").out


# -- completion ------------------------------------------------------------------------------------


def offered(*words: str) -> list[str]:
    """What a shell offers for the last word."""
    environ = {"COMP_WORDS": "\n".join(["htx", *words]), "COMP_CWORD": str(len(words))}
    environ["_HTX_COMPLETE"] = "complete_bash"
    return CliRunner(env=environ).invoke(app, [], prog_name="htx").stdout.split()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("status", "so"), ["soc-trang"]),
        (("status", "Só"), ["Sóc-trang"]),
        (("status", "SOC"), ["SOC-trang"]),
        (("status", "x"), []),
        (("record", "a"), ["all", "an-giang"]),
        (("explain", "al"), ["all"]),
        (("status", "al"), []),
        (("add-member", "can"), []),
        (("add-member", "tra"), ["tra-vinh"]),
        (("add-cluster", "X", "--member", "Trà"), ["Trà-vinh"]),
        (("help", "ru"), ["rules"]),
        (("report", "--format", ""), ["table", "plain", "json", "ndjson", "csv", "md"]),
        (("report", "--fail-on", "m"), ["met", "missed"]),
        (("report", "--fail-on", "st"), ["stale"]),
        (("add-target", "--kind", "r"), ["ratio"]),
        (("add-target", "--scope", ""), ["each", "cluster"]),
        (("--lang", ""), ["vi", "en"]),
        (("report", "--lang", "v"), ["vi"]),
        (("report", "--cluster", "t"), ["tay-nam-song-hau"]),
        (("record", "can-tho", "1"), ["1a", "1b"]),
        (("--db", "nowhere.db", "status", "so"), []),
    ],
    ids=lambda value: " ".join(value),
)
def test_a_tab_offers_what_fits(sample: Path, words: tuple[str, ...], expected: list[str]) -> None:
    assert offered(*words) == expected


def test_what_a_tab_completed_is_understood(run: Run, sample: Path) -> None:
    for name in ("Sóc-trang", "SOC-trang", "soc-trang"):
        answer = run("status", name, "--year", 2021, "--json")
        assert json.loads(answer.out)["province"]["id"] == "soc-trang"


# -- mistakes, help, options before and after, dry runs --------------------------------------------


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


@pytest.mark.slow
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


# -- numbers of changes ----------------------------------------------------------------------------


UNKNOWN = ("undo", "change_unknown"), ("log", "change_unknown"), ("known-at", "known_at_unknown")
NO_NUMBER = (
    ("undo", "change_unreadable"),
    ("log", "figure_needs_code"),
    ("known-at", "known_at_unreadable"),
)
WORDS: dict[str, list[object]] = {
    "undo": ["undo"],
    "log": ["log"],
    "known-at": ["report", "--year", 2021, "--known-at"],
}


@pytest.mark.parametrize("typed", ["0", "1234567890", "999999999999999", " 33 "])
@pytest.mark.parametrize(("command", "code"), UNKNOWN)
def test_up_to_15_digits_are_a_number_of_a_change_everywhere(
    run: Run, sample: Path, command: str, code: str, typed: str
) -> None:
    answer = run(*WORDS[command], typed, "--json")
    assert (answer.exit, json.loads(answer.out)["code"]) == (3, code)


@pytest.mark.parametrize("typed", ["1234567890123456", "1.234", "１２", "12a"])
@pytest.mark.parametrize(("command", "code"), NO_NUMBER)
def test_nothing_else_is(run: Run, sample: Path, command: str, code: str, typed: str) -> None:
    answer = run(*WORDS[command], typed, "--json")
    assert (answer.exit, json.loads(answer.out)["code"]) == (2, code)


# -- what every write answers a script -------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        ("set-share", "ca mau", "1a", 15, "--year", 2021),
        ("record", "ca mau", "1a", 23, "--as-of", "31/12/2021"),
        ("close-year", 2021, "--incomplete"),
        ("import", "bad.csv"),
        ("import", "good.csv"),
    ],
    ids=lambda typed: typed[0],
)
def test_every_write_has_warnings_and_who_holds_the_book(
    run: Run, sample: Path, typed: tuple[object, ...]
) -> None:
    Path("bad.csv").write_text("province,target,value\nca mau,1a,x\n", encoding="utf-8")
    Path("good.csv").write_text("province,target,value\nca mau,1a,23\n", encoding="utf-8")
    made = json.loads(run(*typed, "--year", 2021, "--json").out if "import" in typed else
                      run(*typed, "--json").out)  # fmt: skip
    assert isinstance(made["warnings"], list)
    assert made["handed_over"] is None
