"""Every text that a person reads, in Vietnamese or English.

The English text in the code is the key; `locale/` holds the other languages. Keys of JSON and CSV
are not texts: they never change with the language.
"""

import gettext
import io
import pkgutil
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Protocol, runtime_checkable

LANGUAGES = ("vi", "en")

_OPTIONAL = re.compile(r"\[([^\]]*)\]")  # a part of a sentence in brackets
_PLACE = re.compile(r"\{(\w+)\}")

_language = "en"
_catalogue = gettext.NullTranslations()
_VIETNAMESE_MARKS = str.maketrans(",.", ".,")


@runtime_checkable
class Sentence(Protocol):
    """Anything that has a sentence to be said: an error, a problem, or a phrase inside of one."""

    @property
    def sentence(self) -> str:
        """English, with places for the values."""

    @property
    def values(self) -> Mapping[str, object]:
        """Values that fill the places."""


def chosen_language(
    environ: Mapping[str, str], option: str | None = None, system: str | None = None
) -> str:
    """Choose the language: the option, else HTX_LANG, else the locale, else the system's, else English.

    `system` is what a system says that has no variables for it, as Windows does: `Vietnamese_Vietnam`.
    """
    for named in (option, environ.get("HTX_LANG")):
        if named:
            return named.lower()
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return "vi" if environ[name].lower().startswith("vi") else "en"
    return "vi" if (system or "").lower().startswith("vi") else "en"


def speak(language: str) -> None:
    """Use `language` (one of `LANGUAGES`) from here on."""
    global _language, _catalogue
    if language != _language:
        _language = language
        _catalogue = _catalogue_of(language)


@cache
def _catalogue_of(language: str) -> gettext.NullTranslations:
    """Load the translations of a language, from a folder or from a zip; English has none.

    `importlib.resources` would do the same, but takes longer to load than all else of a report.
    """
    if language == "en":
        return gettext.NullTranslations()
    compiled = pkgutil.get_data("htx_cli", f"locale/{language}/LC_MESSAGES/htx.mo")
    assert compiled is not None  # the loaders of folders and of zips give bytes or raise
    return gettext.GNUTranslations(io.BytesIO(compiled))


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Use `language` for the length of a block."""
    before = _language
    speak(language)
    try:
        yield
    finally:
        speak(before)


def language() -> str:
    """The language spoken now."""
    return _language


def mark(text: str) -> str:
    """The text itself; says to the catalogue's test that it is translated later, where it is shown."""
    return text


def t(text: str, /, **values: object) -> str:
    """The text in the language spoken, its `{places}` filled with the values as a person reads them."""
    said = _catalogue.gettext(text) if text else ""
    return _filled(said, values) if values else said


def say(what: Sentence) -> str:
    """The sentence of an error or a problem, in the language spoken."""
    text = _OPTIONAL.sub(lambda part: _part(part[1], what.values), t(what.sentence))
    return _filled(text, what.values) if what.values else text


def in_english(what: Sentence) -> str:
    """The sentence of an error or a problem in English, whichever language is spoken now."""
    with speaking("en"):
        return say(what)


def _part(text: str, values: Mapping[str, object]) -> str:
    """An optional part of a sentence; nothing where a value that it has a place for is not given."""
    return text if all(name in values for name in _PLACE.findall(text)) else ""


def _filled(text: str, values: Mapping[str, object]) -> str:
    return text.format(**{name: shown(value) for name, value in values.items()})


def shown(value: object) -> str:
    """A value as a person reads it: dates day first, numbers in the habit of the language."""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Enum):
        return t(_VALUE_WORDS.get(str(value), str(value)))
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, list | tuple):
        return ", ".join(shown(part) for part in value)
    if isinstance(value, Sentence):
        return say(value)
    return escaped(str(value))


def number(value: Decimal, places: int | None = None) -> str:
    """`1.234,5` in Vietnamese, `1,234.5` in English; at most `places` decimals, no idle zeros."""
    text = f"{value:,f}" if places is None else f"{value:,.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(_VIETNAMESE_MARKS) if _language == "vi" else text


def metavar(text: str) -> str:
    """Translate the placeholder of a value in help and messages: `PROVINCE` → `TỈNH`.

    Only words in capitals stand for something; `vi|en` is to be typed as it is.
    """
    return re.sub(r"[A-Z]+", lambda found: t(found[0]), text)


def escaped(text: str) -> str:
    """The text on one line, with control characters shown instead of obeyed."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


STATUS_WORDS = {word.replace(" ", "_"): word for word in (
    mark("exceeded"), mark("met"), mark("on track"), mark("behind"), mark("in progress"),
    mark("missed"), mark("incomplete"), mark("not reported"), mark("not assigned"),
    mark("tracked"),
)}  # fmt: skip

REASON_WORDS = {
    "no_base": mark("no base figure"),
    "base_zero": mark("the base is 0"),
    "base_negative": mark("the base is below 0"),
    "no_denominator": mark("the whole is missing"),
    "denominator_zero": mark("the whole is 0"),
    "partial": mark("not all have reported"),
    "thresholds_differ": mark("the parts' thresholds differ"),
}

# What to do about a reason, where something can be done.
HINT_WORDS = {
    "no_base": mark(
        "For a base figure: record the figure of the base year, or record this one again "
        "with --base N."
    ),
    "no_denominator": mark("For a whole: record the figure again with --of N."),
    "thresholds_differ": mark("For one threshold in their place: {command}"),
}

KIND_WORDS = {word: word for word in (
    mark("count"), mark("ratio"), mark("growth"), mark("yes-no"), mark("tracked"),
)}  # fmt: skip

BASIS_WORDS = {"actual": mark("actual"), "estimate": mark("estimate")}

BOUND_WORDS = {"at_least": mark("at least"), "at_most": mark("at most"), "exactly": mark("exactly")}

PERIOD_WORDS = {"quarter": mark("quarter"), "half-year": mark("half-year"), "year": mark("year")}

SCOPE_WORDS = {"each": mark("each province"), "cluster": mark("the whole cluster")}

_METAVARS = (  # named for the catalogue alone
    mark("CODE"), mark("PROVINCE"), mark("N"), mark("L"), mark("TEXT"), mark("TITLE"),
    mark("NAME"), mark("YEAR"), mark("DATE"), mark("FILE"), mark("FOLDER"), mark("VALUE"),
    mark("STATUS"), mark("CHANGE"), mark("DAYS"), mark("NUMBER"), mark("ID"), mark("HEADING"),
    mark("USE"), mark("TOPIC"),
)  # fmt: skip

_VALUE_WORDS = KIND_WORDS | BASIS_WORDS

RULE_WORDS = {
    "deputy": mark("the deputy moves up"),
    "never_led": mark("never led, first by seat"),
    "waited": mark("has waited longest"),
    "next_in_order": mark("next in the same order"),
    "stays": mark("stays"),
    "election": mark("recorded election"),
    "unknown": mark("not stated"),
    "none": mark("no deputy"),
}
