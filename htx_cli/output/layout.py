"""The building blocks of an answer for people: a sheet of grids and notes, with texts and their styles."""

from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from htx_cli.text.words import escaped


class Ink(Struct, frozen=True):
    """A text with the name of its style; a style says nothing that the text does not say too."""

    text: str
    style: str = ""

    def __str__(self) -> str:
        return self.text


Text = str | Ink
_READABLE = 24  # characters that a broken column needs to be read with ease


class Column(Struct, frozen=True):
    """A heading and how its cells stand.

    A `flexible` column may be broken into lines, or go below its row where there is no room.
    """

    heading: str
    right: bool = False
    flexible: bool = False
    width: int | None = None  # a flexible column of just this width


def headings(kinds: str, *texts: str) -> list[Column]:
    """Columns with these headings, for each a letter of its kind: `l`eft, `r`ight or `f`lexible."""
    pairs = zip(kinds, texts, strict=True)
    return [Column(text, right=kind == "r", flexible=kind == "f") for kind, text in pairs]


class Grid(Struct, frozen=True):
    """Columns and rows; `ruled` draws a line under the heading, `under` has a line for each row."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Text]]
    title: str = ""
    ruled: bool = True
    gap: int = 2
    under: Sequence[str] = ()

    def needs(self) -> int:
        """The characters that the columns need unbroken."""
        return sum(self.widths()) + self.gap * (len(self.columns) - 1)

    def fitted(self, room: int) -> "Grid":
        """The grid for a width: where flexible columns would get too narrow, they go below.

        Where there is no room for the others side by side, the last of them follow with their
        headings: nothing is ever broken but at a space.
        """
        flexible = [at for at, column in enumerate(self.columns) if column.flexible]
        settled = any(column.width for column in self.columns)
        if settled or self.needs() <= room or len(flexible) in (0, len(self.columns)):
            return self
        left = room - self.needs() + sum(self.widths()[at] for at in flexible)
        if left // len(flexible) >= _READABLE:
            return self
        beside = [at for at in range(len(self.columns)) if at not in flexible]
        while (kept := self._only(beside)).needs() > room and len(beside) > 1:
            beside.pop()
        below = [at for at in range(len(self.columns)) if at not in beside]
        return replace(kept, under=[self._below(row, below) for row in self.rows])

    def _only(self, at: Sequence[int]) -> "Grid":
        rows = [[row[each] for each in at] for row in self.rows]
        return replace(self, columns=[self.columns[each] for each in at], rows=rows)

    def _below(self, row: Sequence[Text], at: Sequence[int]) -> str:
        """Cells on a line of their own; what is short by nature needs its heading there."""
        cells = [(self.columns[each], str(row[each])) for each in at if str(row[each])]
        return " · ".join(
            text if column.flexible else f"{column.heading} {text}" for column, text in cells
        )

    def widths(self) -> list[int]:
        """The width that each column needs unbroken."""
        return [
            max(
                (
                    len(line)
                    for cell in (c.heading, *(row[at] for row in self.rows))
                    for line in str(cell).split("\n")
                ),
                default=0,
            )
            for at, c in enumerate(self.columns)
        ]


class Notes(Struct, frozen=True):
    """Lines of text under one another, with an optional title."""

    lines: Sequence[Text]
    title: str = ""


class Sheet(Struct, frozen=True):
    """Everything that one answer shows; of a `spaced` one each block is a paragraph."""

    title: str
    blocks: Sequence[Grid | Notes] = field(default_factory=tuple)
    lead: Sequence[str] = field(default_factory=tuple)
    spaced: bool = False


def clean(text: str | None) -> str:
    """A text from the book on one line, its control characters shown instead of obeyed."""
    return escaped(text) if text else ""
