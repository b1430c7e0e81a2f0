"""The numbers of one row → a figure, as its kind of target wants them. Pure."""

import re
from collections.abc import Callable
from decimal import Decimal

from msgspec import Struct

from htx_cli.domain.model import Target
from htx_cli.domain.targets import WITH_WHOLE, Kind
from htx_cli.intake import Percents
from htx_cli.intake.rows import PerCent, Raw, Row, Unread, written
from htx_cli.text import vietnamese
from htx_cli.text.errors import Rejected
from htx_cli.text.vietnamese import Numbers, folded

_WITH_WORDS = re.compile(r"(.*\d)\s*([^\d%]+)", re.S)
_OF = re.compile(r"([^/]*\d[^/]*)/([^/]*\d[^/]*)")
_SCALES = {"dong", "d", "nghin", "ngan", "tram", "trieu", "tr", "trd", "ty", "ti", "usd", "vnd"}
_SHORTEST_WORD = 2  # letters; less is a slip of the hand and no unit
# Up to here a bare number may be a fraction of 1: growth can be more than the whole, a ratio cannot.
_MOST_UNCLEAR = {Kind.RATIO: 1, Kind.GROWTH: 5}
Reading = Callable[[Numbers | None], Decimal]


class Cells(Struct, frozen=True):
    """The cells of a figure, each under its column."""

    value: Raw = None
    of: Raw = None
    base: Raw = None
    rate: Raw = None


class FigureReader(Struct, frozen=True):
    """Reads the numbers of a row for a target; `numbers` and `percents` are what the options say."""

    row: Row
    target: Target
    numbers: Numbers | None = None
    percents: Percents | None = None

    def cells(self) -> Cells:
        """The cells under the columns that they mean: `62%` is a rate, `208/233` a value and a whole."""
        value, of, base, rate = (
            None if raw == "" else raw
            for raw in (self.row.cells.get(c) for c in ("value", "of", "base", "rate"))
        )
        if rate is None and self.is_rate(value, of):
            return Cells(None, of, base, value)
        splits = of is None and self.target.kind in WITH_WHOLE and isinstance(value, str)
        if splits and (parts := _OF.fullmatch(str(value).strip())):
            return Cells(parts[1].strip(), parts[2].strip(), base, rate)
        return Cells(value, of, base, rate)

    def is_rate(self, value: Raw, of: Raw) -> bool:
        """Tell whether what stands as the value is a rate: by its sign, or because the option says so."""
        if isinstance(value, PerCent) or (isinstance(value, str) and vietnamese.is_percent(value)):
            return True
        bare = self.target.kind is Kind.RATIO and of is None and self.percents is not None
        return bare and isinstance(value, Decimal | str) and "/" not in str(value)

    def value(self, raw: Raw) -> Decimal | None:
        """A value: a number, or 1 and 0 for yes and no. Raises Rejected."""
        if raw is None:
            return None
        if self.target.kind is not Kind.YES_NO:
            self.refuse_fraction(raw)
            return self.number("value", raw)
        if isinstance(raw, Unread):
            raise Rejected(raw.code, value=raw.text)
        if isinstance(raw, Decimal) and raw in (0, 1):
            return raw
        return Decimal(raw if isinstance(raw, bool) else vietnamese.yes_no(str(raw)))

    def refuse_fraction(self, raw: Raw) -> None:
        """A ratio without its whole: 0.58 may be 58%, as a spreadsheet keeps it."""
        if not self.row.habits or not isinstance(raw, Decimal) or not 0 < raw <= 1:
            return
        if self.target.kind is Kind.RATIO and self.row.cells.get("of") in (None, ""):
            raise Rejected("percent_unclear", value=raw, fraction=100 * raw)

    def number(self, column: str, raw: Raw) -> Decimal | None:
        """The number in a column, without the unit behind it. Raises Rejected."""
        if raw is None:
            return None
        if isinstance(raw, PerCent):
            raise Rejected("number_percent", value=str(raw))
        if isinstance(raw, Decimal):
            return vietnamese.exact(raw)
        if isinstance(raw, Unread):
            raise Rejected(raw.code, value=raw.text)
        if not isinstance(raw, str):
            raise Rejected("number_unreadable", value=written(raw))
        return self.decided(column, lambda numbers: vietnamese.number(self.bare(raw), numbers))

    def rate(self, column: str, raw: Raw) -> Decimal | None:
        """A rate in per cent. In a column of its own the sign may be left out; then figures up to 1
        could be fractions, and the whole column or the option has to decide. Raises Rejected.
        """
        if raw is None:
            return None
        if isinstance(raw, PerCent):
            return vietnamese.exact(100 * raw)
        if isinstance(raw, str) and vietnamese.is_percent(raw):
            return self.decided(column, lambda numbers: vietnamese.percent(raw, numbers))
        bare = self.number(column, raw)
        if bare is None or bare == 0:
            return bare
        percents = self.percents or self.column_percents(column)
        if percents is None and self.row.habits and abs(bare) <= _MOST_UNCLEAR[self.target.kind]:
            raise Rejected("percent_unclear", value=bare, fraction=100 * bare)
        return vietnamese.exact(100 * bare) if percents == "fraction" else bare

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
        return self.row.habits.percents(letter, _MOST_UNCLEAR[self.target.kind])

    def bare(self, text: str) -> str:
        """The number without the words behind it, which must be the target's own: `30 HTX`."""
        found = _WITH_WORDS.fullmatch(text.strip())
        if not found or len(words := folded(found[2])) < _SHORTEST_WORD:
            return text
        target = self.target
        if target.unit and not same_unit(found[2], target.unit):
            raise Rejected("unit_differs", value=text, code=target.code, unit=target.unit)
        if target.unit or f" {words} " in f" {folded(target.title)} ":
            return found[1]
        return text


def same_unit(text: str, unit: str) -> bool:
    """Tell whether words name a unit, or the beginning of it: *triệu* for *triệu đồng*."""
    return f"{folded(unit)} ".startswith(f"{folded(text)} ")


def same_scale(text: str, unit: str) -> bool:
    """Tell whether two units count in the same money or thousands; *LH* may well be *Liên hiệp HTX*."""
    one, other = ({*folded(each).split()} & _SCALES for each in (text, unit))
    return one == other
