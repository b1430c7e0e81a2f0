"""What the whole of a column says of its numbers, where one alone could be two things."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache

from htx_cli.intake import Percents
from htx_cli.intake.lexicon import lexicon, words
from htx_cli.intake.rows import PerCent, Raw, Shown, Table
from htx_cli.intake.tables.structure import is_numbering, text_of
from htx_cli.text.errors import Rejected
from htx_cli.text.vietnamese import Numbers, number

_GROUPED = re.compile(r"[-−+]?\d{1,3}(?:([.,])\d{3})+(?:([.,])\d+)?")
_DECIMAL = re.compile(r"[-−+]?\d+([.,])\d+")
_FIGURE = re.compile(r"[-−+]?[\d.,\s]*\d")


class ColumnHabits:
    """Looks a column of a table through when it is asked, and remembers the answer."""

    def __init__(self, table: Table, heading: int, ours: bool = False) -> None:
        self._table = table
        self._heading = heading
        self._ours = ours
        self._everywhere: set[Numbers | None] | None = None
        self.numbers = cache(self._numbers)
        self.percents = cache(self._percents)

    def _cells(self, column: str) -> Iterator[Raw]:
        """The column below the heading, from another pass over the table."""
        if self._table.again is None:
            return
        at = _index(column)
        for row, cells in self._table.again():
            if row <= self._heading or at >= len(cells) or is_numbering(cells):
                continue
            if not any(_is_total(text_of(cell)) for cell in cells[:at]):
                yield cells[at]

    def _numbers(self, column: str) -> Numbers | None:
        """How the column's unmistakable numbers are written, if all of them agree; if it has none,
        those of the whole table, or what stands between its cells.
        """
        if found := _agreed(self._cells(column)):
            return found.pop() if len(found) == 1 else None
        if self._everywhere is None:
            self._everywhere = _agreed(self._all()) or {self._table.numbers}
        found = self._everywhere
        return next(iter(found)) if len(found) == 1 else None

    def _all(self) -> Iterator[Raw]:
        """All cells below the heading."""
        for row, cells in self._table.again() if self._table.again else ():
            if row > self._heading:
                yield from cells

    def _percents(self, column: str, limit: int) -> Percents | None:
        """`percent` where a bare number is beyond the limit; up to there it could be either.

        A table of ours has nothing else.
        """
        if self._ours:
            return "percent"
        numbers = self.numbers(column)
        for cell in self._cells(column):
            if isinstance(cell, str):
                try:
                    cell = number(cell, numbers)
                except Rejected:
                    continue
            if isinstance(cell, PerCent):
                continue
            if isinstance(cell, Decimal) and abs(cell) > limit:
                return "percent"
        return None


def _agreed(cells: Iterable[Raw]) -> set[Numbers | None]:
    """How the numbers of these cells are written that can be read in one way only."""
    texts = (cell for cell in cells if isinstance(cell, str) and not isinstance(cell, Shown))
    return {habit(text) for text in texts} - {None}


def _is_total(text: str) -> bool:
    """Tell whether a label begins as that of a total does."""
    bare = words(lexicon().plain(text))
    lengths = range(1, min(len(bare), lexicon().longest) + 1)
    return any(lexicon().starts.get(bare[:length]) == ("row", "total") for length in lengths)


def habit(text: str) -> Numbers | None:
    """`vi` or `en` where a number can only have been written in that way; None for any other text."""
    found = _FIGURE.match(text.strip())
    bare = found[0].strip() if found else ""
    if grouped := _GROUPED.fullmatch(bare):
        mark, point = grouped.groups()
        if point is None and bare.count(mark) < 2:
            return None  # 1.234 alone can be both
        return _habit(decimal=point) if point else _habit(decimal="," if mark == "." else ".")
    if decimal := _DECIMAL.fullmatch(bare):
        return _habit(decimal=decimal[1])
    return None


def _habit(decimal: str) -> Numbers:
    return "vi" if decimal == "," else "en"


def _index(column: str) -> int:
    """The place of a column by its letter: A → 0, AB → 27; the opposite of `letter`."""
    at = 0
    for c in column:
        at = at * 26 + ord(c) - ord("A") + 1
    return at - 1
