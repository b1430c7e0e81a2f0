"""One label of a table → what it says, facet by facet. Pure: the targets and provinces are handed in.

A label is any text that is no figure: a sheet's name, a title, a heading, a row's title. The year's own
target titles are found first and use up their words, then days and periods, then the phrases of the
lexicon, the longest first. What is left over is told too: a heading with words left over is not known.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from htx_cli.domain.model import Province, Target
from htx_cli.intake.lexicon import Lexicon, Phrase, Unit, lexicon, words
from htx_cli.intake.periods import TimeSpan, spans
from htx_cli.intake.titles import Option, Titles
from htx_cli.text.vietnamese import folded, unmarked

COLUMNS = (
    "cluster", "year", "province", "target", "as_of", "basis",
    "value", "of", "base", "rate", "source", "note",
)  # fmt: skip
FIGURE = ("value", "of", "base", "rate")  # the parts of a figure
LEFT_OUT = ("plan", "comparison", "points")  # roles that are never read
SKIP, TARGET = "skip", "target:"  # uses in a mapping

_NUMBERED = re.compile(r"\(?([0-9]{1,2}[a-z]?|[ivx]{1,4}|[a-z])\s*[.):/\-–]\s*(?=\S)")
_CODED = re.compile(r"\s*(?:chi tieu\s+)?([0-9a-z][0-9a-z.\-]*)\s*")
_OF_FIGURES = re.compile(
    r"\b(?:so lieu|ket qua|thoi diem|chot|cap nhat)\b"
)  # a day beside is theirs
_UNIT = re.compile(r"(?:don vi(?: [a-z]+){0,5}|unit)\s*:\s*([^:()\n]+)")
_SENDER = re.compile(r"(?:tinh|thanh pho|lien minh htx|don vi|unit|province)\b[\s:]*(?=\S)")
_CUT = re.compile(r"\bva\b|\band\b|[;,/&+]")
_COMMON = frozenset(
    ("so", "tong", "htx", "ty", "le", "cac", "cua", "va", "%")
)  # of too many titles
_MOST_SEEN = 1000  # labels kept to find the one that a mapping means
_NEAR = 0.15  # of the words of two labels so many are the same


class Said(Struct, frozen=True):
    """The facets of one label. `rest` are the words that say nothing known."""

    text: str = ""
    column: str | None = None  # what a column under it holds beside figures
    options: tuple[Option, ...] = ()
    province: Province | None = None
    role: str | None = None
    roles: tuple[str, ...] = ()  # when there are several, none is decided
    years: tuple[int, ...] = ()
    last_year: bool = False
    periods: tuple[
        TimeSpan, ...
    ] = ()  # with ends of their own; when there are several, none is decided
    running: bool = False
    estimate: bool = False
    unit: Unit | None = None
    strange_unit: str | None = None
    row: str | None = None  # total, part, furniture
    rest: Phrase = ()
    skip: bool = False
    mapped: bool = False

    @property
    def period(self) -> TimeSpan | None:
        """The one period that it names."""
        return self.periods[0] if len(self.periods) == 1 else None

    @property
    def target(self) -> Target | None:
        """The one target that it names."""
        found = {target.code: target for target, _ in self.options}
        return next(iter(found.values())) if len(found) == 1 else None

    @property
    def empty(self) -> bool:
        """Tell whether it says nothing at all."""
        return not (
            self.column or self.options or self.province or self.roles or self.years
            or self.last_year or self.periods or self.running or self.estimate or self.unit
            or self.row or self.skip
        )  # fmt: skip

    @property
    def known(self) -> bool:
        """Tell whether it says something, and nothing besides that is not understood."""
        return not self.rest and not self.empty


class Labels:
    """Reads labels for the targets of one year; `mapping` says what some of them are."""

    def __init__(
        self,
        targets: Sequence[Target] = (),
        province: Callable[[str], Province | None] = lambda text: None,
        mapping: Mapping[str, str] | None = None,
        signed_in: int | None = None,
        more: Lexicon | None = None,
    ) -> None:
        self.targets = targets
        self.signed_in = signed_in  # a neighbouring year that has targets, where this one has none
        self.met: set[str] = getattr(mapping, "met", set())  # texts of the mapping that were found
        self.seen: set[str] = getattr(mapping, "seen", set())
        self._province = province
        self._lexicon = more or lexicon()
        self._mapping = {folded(text): (text, use) for text, use in (mapping or {}).items()}
        self.titles = Titles(targets, self._lexicon)
        self._said: dict[tuple[str, str], Said] = {}

    def said(self, text: str, place: str = "heading") -> Said:
        """Return what a text says at a place: title (a sheet's name too), heading or row."""
        if (found := self._said.get((text, place))) is None:
            found = self._said[text, place] = self._read(text, place)
            if len(self.seen) < _MOST_SEEN:
                self.seen.add(text)
        return found

    def target(self, text: str) -> Target | None:
        """The one target that a text names by its code, its title or an unmistakable part of it."""
        said = self.said(text, "row")
        return said.target if not said.rest else None

    def unit(self, text: str) -> Unit | None:
        """The unit that a text names."""
        return self._lexicon.unit(text)

    def absent(self, text: str) -> bool:
        """Tell whether a cell says in words that nothing was reported."""
        if text[:1].isdigit():
            return False
        return self._lexicon.cells.get(" ".join(words(self._plain(text)))) == "absent"

    def nearest(self, text: str) -> dict[str, object]:
        """The words to type for the meanings that come nearest to a label."""
        said = {*words(self._plain(text))} - _COMMON
        likely = []
        for target in self.targets:
            title = {*words(self._plain(target.title))} - _COMMON
            whole = {*words(self._plain(target.of_title or ""))} - _COMMON
            for part, named in (("", title), (":of", whole)):
                if named and (shared := len(said & named)):
                    likely.append((shared / len(said | named), f"{TARGET}{target.code}{part}"))
        likely.sort(key=lambda each: -each[0])
        uses = [use for share, use in likely[:2] if share > _NEAR] or [f"{TARGET}CODE"]
        return {"known": [f'--map "{text[:60]}={use}"' for use in uses]}

    # -- reading -----------------------------------------------------------------------------------

    def _plain(self, text: str) -> str:
        """Small letters without marks, every word in one spelling."""
        return self._lexicon.plain(text)

    def _read(self, text: str, place: str) -> Said:
        if (mapped := self._mapping.get(folded(text))) is not None:
            self.met.add(mapped[0])
            return self._mapped(text, mapped[1])
        plain = self._plain(text)
        coded = _CODED.fullmatch(plain)
        if coded and (target := self.titles.by_code.get(coded[1])):
            return Said(text, options=((target, None),))
        if place == "title":
            return self._sentence(text, plain)
        if province := self._province(text):
            return Said(text, province=province)
        numbered = _NUMBERED.match(plain)
        bare = plain[numbered.end() :] if numbered else plain
        if numbered and (province := self._province(bare)):
            return Said(text, province=province)
        said = self._words(text, bare, place)
        if numbered and (target := self.titles.by_code.get(numbered[1])):
            if not said.options and not said.rest and said.empty:
                return replace(said, options=((target, None),))
            if said.target is not target:  # a running number, or the code: nothing is certain
                return replace(said, options=(), rest=words(bare))
        return said

    def _sentence(self, text: str, plain: str) -> Said:
        """A line above a table, which may name the sender and need not be understood to its end."""
        senses = {sense for sense, _, _ in self._phrases(words(plain), "title")}
        said = self._words(text, plain, "title")
        frame = ("row", "frame") in senses
        if frame or (("row", "furniture") in senses and not said.roles):
            return Said(text, row="furniture", province=self._province(text))
        if unit := _UNIT.search(plain):
            named = self._lexicon.unit_of_line(unit[1].strip(" .)"))
            said = replace(said, unit=named, strange_unit=None if named else unit[1].strip())
        return replace(said, province=self._sender(text, plain))

    def _sender(self, text: str, plain: str) -> Province | None:
        if found := self._province(text):
            return found
        for start in _SENDER.finditer(plain):
            following = words(plain[start.end() :])[:4]
            for length in range(len(following), 0, -1):
                if found := self._province(" ".join(following[:length])):
                    return found
        return None

    def _words(self, text: str, plain: str, place: str) -> Said:
        options, plain = self.titles.find(plain)
        unit = None
        plain, unit, options = self.titles.brackets(plain, options)
        plain, periods, years = spans(plain)
        if place == "title" and not (plain.strip(" .") == "" or _OF_FIGURES.search(plain)):
            periods = [each for each in periods if not each[0].exact]  # place and day of a letter
        ends = {(p.year, p.month, p.day): p for p, _ in periods}
        if years and words(plain) == ("nam",):
            plain = ""
        said = self._senses(text, plain, place, options)
        if said.rest and said.target and self.titles.within(said.rest, said.target):
            said = replace(said, rest=())  # `HTX thành lập mới (1a)`
        return replace(
            said,
            years=tuple(dict.fromkeys([*years, *(p.year for p, _ in periods if p.year)])),
            periods=tuple(ends.values()),
            rest=(*said.rest, *words(periods[0][1])) if len(ends) > 1 else said.rest,
            unit=said.unit or unit,
        )

    def _senses(self, text: str, plain: str, place: str, options: tuple[Option, ...]) -> Said:
        """Return what the words say that are neither a title nor a period."""
        bare = words(plain)
        unit, row = None, None
        after: Phrase = ()
        starts = self._lexicon.starts
        if not options or place == "row":
            for length in range(min(self._lexicon.longest, len(bare)), 0, -1):
                if not row and (sense := starts.get(bare[:length])):
                    row, after = sense[1], bare[length:]
        if row and place == "row" and not options:
            return Said(text, row=row, rest=after)
        whole = self._lexicon.whole.get(" ".join(bare)) if not options else None
        if whole is None and bare[-1:] == ("%",) and not options:
            whole = self._lexicon.whole.get(" ".join(bare[:-1]))
            unit = self._lexicon.units["%"] if whole else None
        if whole:
            facet, name = whole
            if facet == "column":
                return Said(text, column=name, unit=unit)
            if facet == "basis":
                return Said(text, role="result", roles=("result",), estimate=True, unit=unit)
            return Said(text, role=name, roles=(name,), unit=unit)
        if row and not options:
            plain = " ".join(after)
        return self._of_phrases(Said(text, options=options, row=row), plain, place)

    def _of_phrases(self, said: Said, plain: str, place: str) -> Said:
        """Roles, bases and units that stand within the words; what remains of them."""
        clauses: list[list[str]] = [[]]
        bare = words(plain)
        uncut = {sense for sense, _, _ in self._phrases(bare, place)}
        facets = uncut & {("role", "comparison"), ("row", "furniture")}
        unit = None
        rest: list[str] = []
        for piece in _CUT.split(plain):
            clauses.append([])
            for sense, phrase, _ in self._phrases(words(piece), place):
                if sense is None or (sense == ("row", "narrow") and said.options):
                    rest += phrase
                elif sense[0] == "role":
                    clauses[-1].append(sense[1])
                    facets.add(sense)
                elif sense[0] == "unit":
                    unit = self._lexicon.unit(" ".join(phrase))
                else:
                    facets.add(sense)
                    if sense == ("basis", "estimate"):
                        clauses[-1].append("estimate")
        roles = tuple(dict.fromkeys(_ruling(clause) for clause in clauses if clause))
        if ("role", "comparison") in facets:
            roles, rest = ("comparison",), []
        if roles == ("estimate",):
            roles = ("result",) if {"thuc", "uoc", "th", "dat"} & {*bare} else ()
        elif (
            "estimate" in roles
        ):  # 9 months' results and the year's estimate: the columns must tell
            facets.discard(("basis", "estimate"))
        found = replace(
            said,
            role=roles[0] if len(roles) == 1 else None,
            roles=roles,
            last_year=("period", "last_year") in facets,
            running=("period", "running") in facets,
            estimate=("basis", "estimate") in facets,
            row=said.row
            or next((n for n in ("furniture", "narrow") if ("row", n) in facets), None),
            unit=unit,
            rest=tuple(rest),
        )
        if found.options or not rest or place == "title":
            return found
        if parts := self.titles.parts(bare):
            return Said(said.text, options=parts, unit=unit)
        return (
            replace(found, options=options, rest=())
            if (options := self.titles.parts(rest))
            else found
        )

    def _phrases(
        self, bare: Sequence[str], place: str
    ) -> Iterator[tuple[tuple[str, str] | None, Phrase, int]]:
        """The longest phrases from left to right, with what they say; None for words left over."""
        known, at = self._lexicon.within.get(place, {}), 0
        while at < len(bare):
            for length in range(min(self._lexicon.longest, len(bare) - at), 0, -1):
                phrase = tuple(bare[at : at + length])
                sense = known.get(phrase)
                if sense is None and (length > 1 or phrase == ("%",)):
                    unit = self._lexicon.units.get(" ".join(phrase))
                    sense = ("unit", unit.kind) if unit and unit.kind in _WORDED else None
                if sense is not None or length == 1:
                    if sense != ("nothing", "filler"):
                        yield sense, phrase, at
                    at += length
                    break

    def _mapped(self, text: str, use: str) -> Said:
        """Return what a mapping says of a label."""
        if use == SKIP:
            return Said(text, skip=True, mapped=True)
        if use in ("result", "plan"):
            return Said(text, role=use, roles=(use,), mapped=True)
        if use in FIGURE:
            return Said(text, role=use, roles=(use,), mapped=True)
        if use in COLUMNS:
            return Said(text, column=use, mapped=True)
        code, _, part = use.removeprefix(TARGET).partition(":")
        target = self.titles.by_code.get(code.casefold())
        if target is None:
            return Said(text, rest=words(unmarked(text)) or ("?",))
        role = part or None
        return Said(
            text, options=((target, role),), role=role, roles=(role,) if role else (), mapped=True
        )


_WORDED = ("money", "dollars", "percent")  # units that may stand in a heading without brackets


def _ruling(roles: Sequence[str]) -> str:
    """The role that holds of those in one clause: comparing and pointing change all else."""
    ruling = ("comparison", "points", "estimate")
    return next((each for each in ruling if each in roles), roles[0])
