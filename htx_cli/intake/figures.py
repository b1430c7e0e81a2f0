"""The cells of one figure → its numbers, as its kind of target wants them. Pure.

By their roles they are composed: a part, its whole and the rate that compares them; a value, its base
and the growth; or one alone. A rate beside its parts is only compared.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from msgspec import Struct, field

from htx_cli.domain.model import Target
from htx_cli.domain.targets import PER_CENT, WITH_WHOLE, Kind
from htx_cli.intake import Percents
from htx_cli.intake.lexicon import Unit, lexicon, words
from htx_cli.intake.rows import PerCent, Raw, Row, Scaled, Unread, written
from htx_cli.text import vietnamese
from htx_cli.text.errors import Rejected
from htx_cli.text.vietnamese import Numbers, folded

_WITH_WORDS = re.compile(r"(.*\d)\s*([^\d%]+)", re.S)
_OF = re.compile(r"([^/]*\d[^/]*)/([^/(=]*\d[^/(=]*?)\s*(?:[(=]\s*([^()=]*%)\s*\)?)?")
_FOOTNOTE = re.compile(r"(.*\d\D*?)\s*(?:\*+|\(\d{1,2}\)|[\u00b9\u00b2\u00b3])")
_BRACKETS = re.compile(r"\(\s*([\d.,\s]*\d\s*%?)\s*\)")
_RATE_BESIDE = re.compile(r"([\d.,\s]*\d)\s*\(\s*[\d.,]+\s*%\s*\)")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_SPACES = re.compile("[\u00a0\u2007\u2009\u202f]")
_SHORTEST_WORD = 2  # letters; less is a slip of the hand and no unit
# Up to here a bare number may be a fraction of 1: growth can be more than the whole, a ratio cannot.
_MOST_UNCLEAR = {Kind.RATIO: 1, Kind.GROWTH: 5}
_INDEX = (Decimal(80), Decimal(150))  # a growth of so many per cent may be the year before as 100
_SURELY_AMOUNT = 1000  # no growth is so many per cent
_OF_MONEY = {"money", "dollars", "unclear"}  # kinds of units that say something of an amount
Reading = Callable[[Numbers | None], Decimal]
Doubt = tuple[str, dict[str, object]]


class Cells(Struct, frozen=True):
    """The cells of a figure, each under its column."""

    value: Raw = None
    of: Raw = None
    base: Raw = None
    rate: Raw = None


class FigureReader(Struct):
    """Reads the numbers of a row for a target; `numbers` and `percents` are what the options say."""

    row: Row
    target: Target
    numbers: Numbers | None = None
    percents: Percents | None = None
    doubts: list[Doubt] = field(default_factory=list)

    def cells(self) -> Cells:
        """The cells under the columns that they mean: `62%` is a rate, `208/233` a value and a whole."""
        value, of, base, rate = (
            None if raw == "" else raw
            for raw in (self.row.cells.get(c) for c in ("value", "of", "base", "rate"))
        )
        if value is None and isinstance(rate, str) and "/" in rate:
            value, rate = rate, None  # 96/150 under a heading that says per cent
        splits = of is None and self.target.kind in WITH_WHOLE and isinstance(value, str)
        if splits and (parts := _OF.fullmatch(str(value).strip())):
            return Cells(parts[1].strip(), parts[2].strip(), base, parts[3] or rate)
        if rate is None and self.is_rate(value, of, base):
            return Cells(None, of, base, value)
        return Cells(value, of, base, rate)

    def is_rate(self, value: Raw, of: Raw, base: Raw) -> bool:
        """Tell whether what stands as the value is a rate: by its sign, or because its unit or the option
        says so.
        """
        if isinstance(value, PerCent) or (isinstance(value, str) and vietnamese.is_percent(value)):
            return True
        if not isinstance(value, Decimal | str) or "/" in str(value) or of is not None:
            return False
        if self.unit_says_percent():
            return self.target.kind in PER_CENT and base is None
        return self.target.kind is Kind.RATIO and self.percents is not None

    def value(self, raw: Raw) -> Decimal | None:
        """A value: a number, or 1 and 0 for yes and no. Raises Rejected."""
        if raw is None:
            return None
        if self.target.kind is not Kind.YES_NO:
            self.refuse_fraction(raw)
            found = self.amount("value", raw)
            if found is not None and found % 1 and self.counted_whole():
                self.doubts.append(("count_broken", {"value": found, "unit": self.target.unit}))
            return found
        if isinstance(raw, Unread):
            raise Rejected(raw.code, value=raw.text)
        if isinstance(raw, Decimal) and raw in (0, 1):
            return raw
        if isinstance(raw, str) and raw.strip() in ("0", "1"):
            return Decimal(raw.strip())
        return Decimal(raw if isinstance(raw, bool) else vietnamese.yes_no(str(raw)))

    def counted_whole(self) -> bool:
        """Tell whether there are no halves of what the target counts."""
        unit = lexicon().unit(self.target.unit or "")
        return bool(unit and unit.kind in lexicon().counted_whole)

    def refuse_fraction(self, raw: Raw) -> None:
        """A ratio without its whole: 0.58 may be 58%, as a spreadsheet keeps it."""
        if not self.row.habits or not isinstance(raw, Decimal) or not 0 < raw <= 1:
            return
        if self.target.kind is Kind.RATIO and self.row.cells.get("of") in (None, ""):
            raise Rejected("percent_unclear", value=raw, fraction=100 * raw)

    # -- numbers -----------------------------------------------------------------------------------

    def amount(self, column: str, raw: Raw) -> Decimal | None:
        """A number in the target's own unit. Raises Rejected."""
        if raw is None:
            return None
        number, unit = self.number(column, raw), self.unit_in(raw)
        if number is None:
            return None
        factor = self.factor(unit, near=True) if unit else self.factor_around(raw)
        if factor == 1:
            return number
        scaled = vietnamese.exact(number * factor)
        named = unit or self.row.unit or (self.row.above.text if self.row.above else "")
        shown = f"{written(raw)}" if unit else f"{written(raw)} {named}"
        what = {"text": shown, "value": scaled, "unit": self.target.unit, "code": self.target.code}
        self.doubts.append(("unit_scaled", what))
        return scaled

    def number(self, column: str, raw: Raw) -> Decimal | None:
        """The number in a column, without the unit behind it. Raises Rejected."""
        if raw is None:
            return None
        if isinstance(raw, PerCent):
            raise Rejected("number_percent", value=str(raw))
        if isinstance(raw, Scaled):
            if self.row.unit or self.row.above:
                raise Rejected("number_scaled_unit", value=Decimal(raw))
            self.doubts.append(("number_scaled", {"value": Decimal(raw)}))
        if isinstance(raw, Decimal):
            return vietnamese.exact(Decimal(raw))
        if isinstance(raw, Unread):
            raise Rejected(raw.code, value=raw.text)
        if isinstance(raw, date):
            raise Rejected("number_is_date", value=raw, text=f"{raw.day}/{raw.month}")
        if not isinstance(raw, str):
            raise Rejected("number_unreadable", value=written(raw))
        text = _SPACES.sub("\u00a0", _INVISIBLE.sub("", raw))
        try:
            return self.decided(column, lambda numbers: vietnamese.number(self.bare(text), numbers))
        except Rejected as error:
            raise _told(error, text) from None

    def rate(self, column: str, raw: Raw) -> Decimal | None:
        """A rate in per cent. In a column of its own the sign may be left out; then figures up to 1
        could be fractions, and the whole column or the option has to decide. Raises Rejected.
        """
        if raw is None:
            return None
        if isinstance(raw, PerCent):
            return vietnamese.exact(round(100 * Decimal(raw), 10).normalize())
        if isinstance(raw, str) and vietnamese.is_percent(raw):
            return self.decided(column, lambda numbers: vietnamese.percent(raw, numbers))
        if isinstance(raw, str) and _BRACKETS.fullmatch(raw.strip()):
            raise _told(Rejected("number_unreadable", value=raw), raw)
        bare = self.number(column, raw)
        if bare is None or bare == 0:
            return bare
        percents = self.percents or self.column_percents(column)
        if percents is None and self.compares():
            return bare
        if (
            percents is None
            and self.row.habits
            and abs(bare) <= _MOST_UNCLEAR.get(self.target.kind, 1)
        ):
            raise Rejected("percent_unclear", value=bare, fraction=100 * bare)
        return vietnamese.exact(100 * bare) if percents == "fraction" else bare

    def compares(self) -> bool:
        """Tell whether a rate is only compared with its parts, which tell what it is."""
        cells = self.row.cells
        return cells.get("value") is not None and any(cells.get(c) for c in ("of", "base"))

    def decided(self, column: str, read: Reading) -> Decimal:
        """A number that alone could be two is decided by the option, or else by its column."""
        try:
            return read(self.numbers)
        except Rejected as error:
            habits, letter = self.row.habits, (self.row.places or {}).get(column, "")
            if error.code != "number_ambiguous" or habits is None or not letter.isalpha():
                raise
            if (found := habits.numbers(letter)) is None:
                raise
            return read(found)

    def column_percents(self, column: str) -> Percents | None:
        """Return what the column says of its bare numbers."""
        letter = (self.row.places or {}).get(column, "")
        if not self.row.habits or not letter:
            return None
        return self.row.habits.percents(letter, _MOST_UNCLEAR.get(self.target.kind, 1))

    # -- units -------------------------------------------------------------------------------------

    def bare(self, text: str) -> str:
        """The number without the words behind it, if these are a unit or the target's: `30 HTX`."""
        found = _WITH_WORDS.fullmatch(text.strip())
        if not found or len(said := folded(found[2])) < _SHORTEST_WORD:
            return text
        target = self.target
        if self.unit_in(text):
            return found[1]
        if target.unit:
            raise Rejected("unit_differs", value=text, code=target.code, unit=target.unit)
        return found[1] if f" {said} " in f" {folded(target.title)} " else text

    def unit_in(self, raw: Raw) -> str | None:
        """The unit behind the number in its cell, as it is written there."""
        found = _WITH_WORDS.fullmatch(raw.strip()) if isinstance(raw, str) else None
        if not found or len(folded(found[2])) < _SHORTEST_WORD:
            return None
        text = found[2].strip()
        if lexicon().unit(text) or (self.target.unit and same_unit(text, self.target.unit)):
            return text
        return None

    def unit_says_percent(self) -> bool:
        """Tell whether the row's unit, or its heading's, is per cent."""
        unit = lexicon().unit(self.row.unit or "")
        return bool(unit and unit.kind == "percent")

    def factor_around(self, raw: Raw) -> Decimal:
        """How many of the target's units one of those is that the labels state. Raises Rejected."""
        if self.row.unit:
            return self.factor(self.row.unit, near=True)
        above, own = self.row.above, lexicon().unit(self.target.unit or "")
        if above and own and above.kind != own.kind and {above.kind, own.kind} <= _OF_MONEY:
            raise Rejected(
                "unit_differs", value=above.text, code=self.target.code, unit=self.target.unit
            )
        if above and own and above.kind == own.kind and above.scale != own.scale:
            return Decimal(above.scale) / own.scale
        return Decimal(1)

    def factor(self, text: str, near: bool) -> Decimal:
        """The same for one unit that is stated beside the figure. Raises Rejected."""
        said, target = lexicon().unit(text), self.target
        own = lexicon().unit(target.unit or "")
        if not target.unit:
            if target.kind is not Kind.YES_NO and (said is None or said.kind != "percent"):
                self.doubts.append(("unit_new", {"unit": text, "code": target.code}))
            if said and said.kind == "percent":
                raise Rejected("unit_differs", value=text, code=target.code, unit="–")
            return Decimal(1)
        if same_unit(text, target.unit) or (said and own and _same(said, own, text, target.unit)):
            return Decimal(1)
        if said and own and said.kind == own.kind:
            if said.scale == own.scale:
                self.doubts.append(_other_unit(text, target))
                return Decimal(1)
            return Decimal(said.scale) / own.scale
        if said and said.kind == "percent" and target.kind in PER_CENT:
            return Decimal(1)  # it is the rate's, and these are its parts
        if said or (own and own.kind in ("money", "percent", "dollars")):
            raise Rejected("unit_differs", value=text, code=target.code, unit=target.unit)
        self.doubts.append(_other_unit(text, target))
        return Decimal(1)


def _other_unit(text: str, target: Target) -> Doubt:
    return "unit_people", {"unit": text, "code": target.code, "own": target.unit}


def _same(said: Unit, own: Unit, text: str, unit: str) -> bool:
    """Tell whether two texts are one unit in two spellings."""
    if said.kind != own.kind or said.scale != own.scale:
        return False
    return said.kind != "people" or words(lexicon().plain(text)) == words(lexicon().plain(unit))


def same_unit(text: str, unit: str) -> bool:
    """Tell whether words name a unit, or the beginning of it: *triệu* for *triệu đồng*."""
    said, own = (" ".join(words(lexicon().plain(each))) for each in (text, unit))
    return f"{own} ".startswith(f"{said} ") or f"{folded(unit)} ".startswith(f"{folded(text)} ")


def _told(error: Rejected, text: str) -> Rejected:
    """Return what kind of text stands in the place of a number, and what to write instead."""
    if error.code != "number_unreadable":
        return error
    bare = text.strip()
    if negative := _BRACKETS.fullmatch(bare):
        return Rejected("number_in_brackets", value=bare, instead=f"-{negative[1].strip()}")
    if beside := _RATE_BESIDE.fullmatch(bare):
        return Rejected("number_with_rate", value=bare, instead=f"{beside[1].strip()}")
    if noted := _FOOTNOTE.fullmatch(bare):
        return Rejected("number_footnote", value=bare, instead=noted[1].strip())
    if lexicon().cells.get(" ".join(words(lexicon().plain(bare)))):
        return Rejected("number_none", value=bare)
    return error


# -- one figure against itself -------------------------------------------------------------------------


def rate_differs(kind: Kind, value: Decimal, other: Decimal, rate: Decimal) -> Decimal | None:
    """The rate that the parts make, if the one beside them is off by more than half its last place."""
    if other == 0:
        return None
    made = 100 * (value - other) / other if kind is Kind.GROWTH else 100 * value / other
    exponent = rate.normalize().as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    if abs(made - rate) <= Decimal("0.5").scaleb(-min(places, 8)):
        return None
    return round(made, max(places, 2)).normalize()


def may_be_index(row: Row, target: Target, rate: Decimal | None) -> bool:
    """Tell whether a growth may have been written with the year before as 100."""
    return bool(
        row.index and target.kind is Kind.GROWTH and rate and _INDEX[0] <= rate <= _INDEX[1]
    )


def may_be_rate(row: Row, target: Target, value: Decimal, base: Decimal | None) -> bool:
    """Tell whether a bare number under a growth target may be the growth itself."""
    if target.kind is not Kind.GROWTH or not row.heading:
        return False
    unit = lexicon().unit(row.unit or "")
    if unit and unit.kind != "percent":
        return False
    if base and base > 0:
        return not base / 3 <= value <= 3 * base
    return value < _SURELY_AMOUNT
