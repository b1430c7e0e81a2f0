"""The words that labels are made of: `data/lexicon.toml`, and what a mapping file adds to it."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from msgspec import Struct, field

from htx_cli.text.vietnamese import unmarked

PLACES = ("title", "heading", "row")
Phrase = tuple[str, ...]  # folded words, `%` one of them
Sense = tuple[str, str]  # a facet and what it says: role and plan
_ANYWHERE = ("any", *PLACES)
_GLUED = re.compile(r"([a-z])((?:19|20)\d\d)(?!\d)")  # KH2021
_WORD = re.compile(r"[0-9a-z]+|%")


class Unit(Struct, frozen=True):
    """What figures are counted in: of one kind, and how many of its smallest unit one is."""

    text: str
    kind: str
    scale: int


class Lexicon(Struct):
    """The phrases, ready to be looked up."""

    same: list[tuple[re.Pattern[str], str]] = field(default_factory=list)
    whole: dict[str, Sense] = field(default_factory=dict)
    starts: dict[Phrase, Sense] = field(default_factory=dict)
    within: dict[str, dict[Phrase, Sense]] = field(default_factory=dict)  # by place
    units: dict[str, Unit] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    counted_whole: frozenset[str] = frozenset()
    longest: int = 1

    def add(self, facet: str, name: str, places: Mapping[str, list[str]]) -> None:
        """Take the phrases of one sense in."""
        sense = (facet, name)
        for place, phrases in places.items():
            for text in phrases:
                phrase = words(text)
                self.longest = max(self.longest, len(phrase))
                if place == "whole":
                    self.whole[" ".join(phrase)] = sense
                elif place == "start":
                    self.starts[phrase] = sense
                else:
                    for each in PLACES if place == "any" else (place,):
                        self.within.setdefault(each, {})[phrase] = sense

    def plain(self, text: str) -> str:
        """Small letters without marks, every word in one spelling."""
        plain = _GLUED.sub(r"\1 \2", unmarked(text))
        for pattern, word in self.same:
            plain = pattern.sub(word, plain)
        return plain

    def unit(self, text: str) -> Unit | None:
        """The unit that a text names, if it is one of those known."""
        found = self.units.get(" ".join(words(self.plain(text))))
        return Unit(text, found.kind, found.scale) if found else None

    def unit_of_line(self, text: str) -> Unit | None:
        """The unit that a line above a table states; of kind `unclear` if it counts money in a way
        that is not known, such as `trăm triệu đồng`. A list of units is the unit of none.
        """
        if (found := self.unit(text)) or re.search(r"[,;&]|\bva\b", text):
            return found
        kinds = {each.kind for word in words(self.plain(text)) if (each := self.unit(word))}
        return Unit(text, "unclear", 1) if kinds & {"money", "dollars"} else None


def words(text: str) -> Phrase:
    """The words of a plain text; a per cent sign is one."""
    return tuple(_WORD.findall(text))


def build(data: Mapping[str, Any], lexicon: Lexicon | None = None) -> Lexicon:
    """The lexicon of a TOML file, or another one with more phrases."""
    made = lexicon or Lexicon()
    for word, others in data.get("same", {}).items():
        for other in sorted(others, key=len, reverse=True):
            pattern = r"[^0-9a-z%]+".join(map(re.escape, words(other)))
            made.same.append((re.compile(rf"(?<![0-9a-z]){pattern}(?![0-9a-z])"), word))
    for name, units in data.get("unit", {}).items():
        made.units |= {text: Unit(text, name, scale) for text, scale in units.items()}
    made.counted_whole |= frozenset(data.get("whole", {}).get("units", ()))
    for name, places in data.get("cell", {}).items():
        made.cells |= dict.fromkeys(places["whole"], name)
    for facet in ("column", "role", "period", "basis", "row", "nothing"):
        for name, places in data.get(facet, {}).items():
            made.add(facet, name, places)
    return made


@cache
def lexicon() -> Lexicon:
    """The lexicon that comes with htx."""
    return build(source())


@cache
def source() -> Mapping[str, Any]:
    """Its file as it stands there."""
    text = files("htx_cli").joinpath("data/lexicon.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def extended(words_given: Mapping[str, Any]) -> Lexicon:
    """The same with the phrases of a mapping file, which count more."""
    return build(words_given, build(source())) if words_given else lexicon()


def phrases() -> Iterator[tuple[str, str, str, str]]:
    """Every phrase with its facet, its sense and its place, as the guide lists them."""
    for facet, senses in source().items():
        for name, places in senses.items():
            if isinstance(places, Mapping):
                for place, texts in places.items():
                    for text in texts if isinstance(texts, list) else [place]:
                        yield facet, name, place, text
