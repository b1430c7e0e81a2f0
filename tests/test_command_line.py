"""How the words of a command line are taken, before a command sees them and where it is not one."""

import json
from pathlib import Path

import pytest
from conftest import Answer, Run

from htx_cli.commands.typed import Part, asks_for_json, journal_words, parts

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
        "message": "Nothing is signed for 2019. The book has: 2020, 2021.",
    }


def test_a_reason_that_looks_like_an_option_is_a_reason(run: Run, sample: Path) -> None:
    typed = ("record", "nowhere", "1a", 5, "--year", 2021)
    answer = run(*typed, "--because", "--json")
    assert answer == Answer(3, "", "htx: No province is called “nowhere” on 31/12/2021.\n")
    answer = run(*typed, "--note", "--lang", "--lang", "vi")
    assert answer.err.startswith("htx: Ngày 31/12/2021 không có")


def test_the_journal_keeps_a_note_that_looks_like_an_option(run: Run, sample: Path) -> None:
    assert run("record", "can tho", "1a", 5, "--year", 2021, "--note", "--json").exit == 0
    [made] = json.loads(run("log", "33", "--json").out)["changes"]
    assert made["command"] == "record 'can tho' 1a 5 --year 2021 --note --json"
