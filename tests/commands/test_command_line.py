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
