"""Every text that a person reads goes through `words`, in both languages."""

import ast
import re
import string
import unicodedata
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.mofile import read_mo

from htx_cli.actions.lists import targets
from htx_cli.cli import SECTIONS
from htx_cli.domain.targets import Basis, Kind, Status
from htx_cli.intake.labels import COLUMNS
from htx_cli.text import words
from htx_cli.text.errors import BookUnusable, HtxError, NotFound, Problem, Rejected, UsageError
from htx_cli.text.messages import SENTENCES
from tests.support.books import book
from tests.support.catalogue import PACKAGE, VIETNAMESE, messages, translations
from tests.support.commands import Run

COMMANDS = [name for names in SECTIONS.values() for name in names]


OPTIONAL = re.compile(r"\[[^\]]*\]")  # a part of a sentence


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_no_entry_of_the_catalogue_is_missing_or_stale() -> None:
    assert set(translations()) == set(messages())


def test_every_entry_is_translated_with_the_same_places() -> None:
    assert [text for text, said in translations().items() if not said] == []
    assert [text for text, said in translations().items() if places(text) != places(said)] == []


# What is typed as it stands: names of programs, formats, commands, and the keys of options.
TYPED = {
    "vni",
    *("web", "result", "plan"),
    *("htx", "csv", "json", "ndjson", "db", "shell", "table", "plain", "vi", "en", "all"),
    *("stale", "none", "unknown", "count", "ratio", "growth", "yes-no", "tracked"),
    *("each", "cluster", "target", "province", "value", "skip", "old", "new"),
    *COLUMNS,  # of --map
    *(str(status) for status in Status),
}


def test_vietnamese_says_no_english_word_but_what_is_typed() -> None:
    left = {}
    for english, said in translations().items():
        text = re.sub(r"“htx [^”]*”|htx [a-z]+-?[a-z]* [^.]*|\(htx log [^)]*\)", "", said)
        text = re.sub(r"--[a-z-]+( [a-z]+)?|\{\w+\}|ví dụ .*|“soc trang”|\.\w+", "", text)
        theirs = set(re.findall(r"[a-z]{2,}(?:-[a-z]+)*", english))
        words = set(re.findall(r"(?<!\w)[a-z]{2,}(?:-[a-z]+)*(?!\w)", text))
        if said not in english and words & theirs - TYPED:
            left[said] = words & theirs - TYPED
    assert left == {}


def test_vietnamese_is_composed_unicode() -> None:
    text = VIETNAMESE.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)


def test_the_compiled_catalogue_says_what_the_readable_one_says() -> None:
    compiled = read_mo(BytesIO(VIETNAMESE.with_suffix(".mo").read_bytes()))
    assert {str(m.id): str(m.string) for m in compiled if m.id} == translations()


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_of_every_command_speaks_both_languages(command: str, run: Run) -> None:
    english = run(*command.split(), "--help", HTX_LANG="en", COLUMNS="300")
    vietnamese = run(*command.split(), "--help", HTX_LANG="vi", COLUMNS="300")
    by_option = run("--lang", "vi", *command.split(), "--help", COLUMNS="300")
    assert (english.exit, vietnamese.exit) == (0, 0)
    assert vietnamese.out == by_option.out
    left_in_english = {
        line
        for line in english.out.splitlines()
        if line in vietnamese.out.splitlines()
        and len(line.split()) > 2
        and not line.startswith("  htx ")  # an example
    }
    assert left_in_english == set()


@pytest.mark.slow
@pytest.mark.parametrize(
    "typed",
    [
        ["report", "--year", "2021"],
        ["report", "--year", "2021", "--estimates", "--as-of", "30/6/2021"],
        ["status", "kien giang", "--year", "2021"],
        ["explain", "soc trang", "2", "--year", "2021"],
        ["explain", "all", "4", "--year", "2021"],
        ["targets", "--year", "2021"],
        ["leaders"],
        ["clusters"],
        ["provinces", "--all"],
        ["log"],
        ["log", "32"],
        ["log", "can tho", "1a", "--year", "2021"],
        ["rotate-leader", "--year", "2022", "--dry-run"],
        ["record", "can tho", "1a", "21", "--year", "2021", "--dry-run"],
        ["record", "can tho", "9x", "21", "--year", "2021"],
        ["report", "--year", "20x1"],
    ],
    ids=" ".join,
)
def test_every_answer_speaks_both_languages(typed: list[str], run: Run, sample: Path) -> None:
    english = run("--db", sample, *typed, HTX_LANG="en")
    vietnamese = run("--db", sample, *typed, HTX_LANG="vi")
    assert english.exit == vietnamese.exit
    assert english.out + english.err != vietnamese.out + vietnamese.err
    texts = [m for m in messages() if len(m) > 12 and "{" not in m]
    shown = vietnamese.out + vietnamese.err
    assert [text for text in texts if f" {text}" in shown or shown.startswith(text)] == []


def test_json_is_the_same_in_every_language(run: Run, sample: Path) -> None:
    typed = ("--db", sample, "report", "--year", 2021, "--json")
    assert run(*typed, HTX_LANG="vi").out == run(*typed, HTX_LANG="en").out


@pytest.mark.parametrize(
    ("environ", "option", "expected"),
    [
        ({}, None, "en"),
        ({"LANG": "vi_VN.UTF-8"}, None, "vi"),
        ({"LANG": "vi_VN.UTF-8", "LC_ALL": "C.UTF-8"}, None, "en"),
        ({"LC_ALL": "C", "HTX_LANG": "vi"}, None, "vi"),
        ({"HTX_LANG": "vi"}, "en", "en"),
        ({"HTX_LANG": "VI"}, None, "vi"),
    ],
)
def test_the_language_is_the_options_then_the_variables_then_the_locales(
    environ: dict[str, str], option: str | None, expected: str
) -> None:
    assert words.chosen_language(environ, option) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("vi", "1.234,5"), ("en", "1,234.5")],
)
def test_numbers_are_written_in_the_habit_of_the_language(language: str, expected: str) -> None:
    from decimal import Decimal

    words.speak(language)
    assert words.number(Decimal("1234.50")) == expected


def test_control_characters_in_a_text_are_shown_and_not_obeyed() -> None:
    assert words.escaped("a\x1b[31mb\u202e") == "a\\x1b[31mb\\u202e"


# -- errors ----------------------------------------------------------------------------------------

RAISING = {
    c.__name__ for c in (HtxError, UsageError, NotFound, Rejected, BookUnusable)
} | {"Problem", "problem", "Caution"}  # fmt: skip


def raised() -> dict[str, list[set[str]]]:
    """Every code that the package raises, with the names of the values that come with it."""
    found: dict[str, list[set[str]]] = {}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            code = node.args[0]
            if name not in RAISING or not isinstance(code, ast.Constant):
                continue
            values = {keyword.arg for keyword in node.keywords if keyword.arg}
            if name in ("Problem", "problem", "Caution"):
                values = set()
                if len(node.args) > 1 and isinstance(node.args[1], ast.Dict):
                    values = {
                        str(k.value) for k in node.args[1].keys if isinstance(k, ast.Constant)
                    }
                elif len(node.args) > 1:
                    continue  # the values are made a line before
            if not any(keyword.arg is None for keyword in node.keywords):
                found.setdefault(str(code.value), []).append(values)
    return found


def test_every_error_brings_the_values_that_its_sentence_has_places_for() -> None:
    wrong = {
        code: values
        for code, uses in raised().items()
        for values in uses
        if not places(OPTIONAL.sub("", SENTENCES[code])) <= values
    }
    assert wrong == {}


@pytest.mark.parametrize(
    "value",
    [
        "Cần Thơ",
        "a\nb\x1b[0m",
        "{name}",
        "",
        2021,
        date(2021, 6, 30),
        Decimal("1234567.50"),
        Decimal("-0.00"),
        Decimal("1E+3"),
        Kind.YES_NO,
        Basis.ESTIMATE,
        Path("sổ.db"),
        None,
        ["An Giang", "Cà Mau"],
        (Decimal("1000"), date(2021, 1, 1), ["1a", Kind.COUNT]),
        [],
    ],
    ids=repr,
)
def test_an_error_as_text_is_the_english_sentence_whatever_language_is_spoken(value: Any) -> None:
    """A script's traceback or log says `["An Giang", …]` no better than an officer would."""
    for code, sentence in SENTENCES.items():
        values = dict.fromkeys(places(sentence), value)
        error, problem = HtxError(code, **values), Problem(code, values)
        words.speak("en")
        told = words.say(error)
        words.speak("vi")
        assert (str(error), str(problem)) == (told, told)


def test_an_error_is_a_sentence_to_a_script_too(run: Run, sample: Path) -> None:
    with pytest.raises(NotFound) as caught:
        targets(book(sample), 2019)
    assert str(caught.value) == "Nothing is signed or drafted for 2019. The book has: 2020, 2021."
    number = Rejected("value_above_of", value=Decimal("1234.50"), of=Decimal("1000"))
    assert str(number) == "The value 1,234.5 is above the 1,000 that it is a part of."
    day = Rejected("date_outside_year", as_of=date(2020, 12, 31), year="2021")
    assert str(day) == "31/12/2020 is not a day of 2021."


def test_every_sentence_belongs_to_an_error_that_is_raised() -> None:
    texts = [
        p.read_text(encoding="utf-8") for p in PACKAGE.rglob("*.py") if p.parent.name != "messages"
    ]
    unsaid = [code for code in SENTENCES if not any(f'"{code}"' in text for text in texts)]
    assert [code for code in unsaid if code.removesuffix("_but") not in SENTENCES] == []


@pytest.mark.parametrize(
    ("language", "values", "said"),
    [
        ("en", {"name": "a"}, "There is no command “a”."),
        ("en", {"name": "a", "suggestions": ["b", "[c]"]}, "There is no command “a”. Did you mean b, [c]?"),
        ("vi", {"name": "[a]"}, "Không có lệnh “[a]”."),
        ("vi", {"name": "a", "suggestions": ["b"]}, "Không có lệnh “a”. Có phải là b?"),
    ],
)  # fmt: skip
def test_a_part_of_a_sentence_in_brackets_is_said_when_its_values_are_given(
    language: str, values: dict[str, object], said: str
) -> None:
    words.speak(language)
    assert words.say(UsageError("no_such_command", **values)) == said
