"""Scanning of a workbook's XML, and what was found in a sheet.

It is read as a stream. Nothing is resolved in it: a document type, and so an entity, is refused.
"""

from collections.abc import Callable
from typing import IO
from xml.parsers import expat

from msgspec import Struct, field

from htx_cli.intake.files.workbooks import DamagedWorkbook, TooLarge
from htx_cli.intake.rows import Span, Unread

MOST_CELLS = 20_000_000  # of the rectangle that calamine keeps, 32 bytes each
MOST_TEXT = 1_000_000_000  # characters, when every cell gets a text of its own
MOST_UNREAD = 100_000
ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!")
Attributes = dict[str, str]


class Scan(Struct):
    """Findings in one sheet: by row number and column, and the size of its rectangle."""

    unread: dict[int, dict[int, Unread]] = field(default_factory=dict)
    formats: dict[int, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[range] = field(default_factory=list)
    merged: list[Span] = field(default_factory=list)
    from_1904: bool = False  # the workbook counts its days from there
    top: int | None = None
    left: int = 0
    bottom: int = 0
    right: int = 0
    found: int = 0
    characters: int = 0

    def reach(self, top: int, left: int, bottom: int, right: int) -> None:
        """Widen the rectangle over cells that hold something. Raises TooLarge."""
        if self.top is None:
            self.top, self.left, self.bottom, self.right = top, left, bottom, right
        elif self.top <= top and bottom <= self.bottom and self.left <= left <= right <= self.right:
            return
        self.left, self.right = min(self.left, left), max(self.right, right)
        self.top, self.bottom = min(self.top, top), max(self.bottom, bottom)
        if (self.bottom - self.top + 1) * (self.right - self.left + 1) > MOST_CELLS:
            raise TooLarge

    def format(self, row: int, column: int, code: str) -> None:
        """Note the format of a number that is shown with more than its digits."""
        self.formats[row] = (*self.formats.get(row, ()), (column, code))

    def add(self, row: int, column: int, code: str, text: str) -> None:
        """Note a cell that cannot be read. Raises TooLarge if there are too many of them."""
        self.found += 1
        if self.found > MOST_UNREAD:
            raise TooLarge
        self.unread.setdefault(row, {})[column] = Unread(code, text[:100])


def parse(
    stream: IO[bytes],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Read XML as a stream of events; names come with their prefixes. Raises Damaged."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise DamagedWorkbook

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    with stream:
        parser.ParseFile(stream)


def bare(name: str) -> str:
    """The name of an element without its prefix."""
    return name.rpartition(":")[2]
