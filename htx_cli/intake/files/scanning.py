"""Scanning of a workbook's XML, and what was found in a sheet.

It is read as a stream, within the limits of `budget`, before any other reader sees it. Nothing is
resolved in it: a document type, and so an entity, is refused.
"""

import zipfile
from collections.abc import Callable
from copy import copy
from xml.parsers import expat

from msgspec import Struct, field

from htx_cli.intake.files.budget import ATTRIBUTES, COLUMNS, DEPTH, ROWS, TAG, Budget
from htx_cli.intake.files.workbooks import DamagedWorkbook
from htx_cli.intake.rows import Span, Unread

ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!")
_CHUNK = 1 << 17
Attributes = dict[str, str]


class Scan(Struct):
    """Findings in one sheet: by row number and column, and the size of its rectangle."""

    budget: Budget = field(default_factory=Budget)
    unread: dict[int, dict[int, Unread]] = field(default_factory=dict)
    formats: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[range] = field(default_factory=list)
    merged: list[Span] = field(default_factory=list)
    from_1904: bool = False  # the workbook counts its days from there
    top: int | None = None
    left: int = 0
    bottom: int = 0
    right: int = 0
    area: int = 0
    _formats: dict[tuple[int, str], tuple[int, str]] = field(default_factory=dict)

    def fill(self, top: int, left: int, bottom: int, right: int) -> None:
        """Widen the rectangle over cells that hold something. Raises TooLarge."""
        if self.top is None:
            self.top, self.left, self.bottom, self.right = top, left, bottom, right
            self._widened()
        elif not (
            self.top <= top and bottom <= self.bottom and self.left <= left and right <= self.right
        ):
            self.left, self.right = min(self.left, left), max(self.right, right)
            self.top, self.bottom = min(self.top, top), max(self.bottom, bottom)
            self._widened()

    def _widened(self) -> None:
        assert self.top is not None
        self.budget.within(self.bottom, ROWS)
        self.budget.within(self.right + 1, COLUMNS)
        before = self.area
        self.area = (self.bottom - self.top + 1) * (self.right - self.left + 1)
        self.budget.take("rectangles", self.area - before)

    def format(self, row: int, column: int, code: str) -> None:
        """Note the format of a number that is shown with more than its digits."""
        place = (column, code)
        self.formats.setdefault(row, []).append(self._formats.setdefault(place, place))

    def add(self, row: int, column: int, code: str, text: str) -> None:
        """Note a cell that cannot be read. Raises TooLarge if there are too many of them."""
        self.budget.take("unread")
        self.unread.setdefault(row, {})[column] = Unread(code, text[:100])


class Parts:
    """The XML of a workbook by its place in the zip, unpacked no further than the budget reaches.

    Raises Damaged for two parts of one name, TooLarge for what already says that it is too large.
    """

    def __init__(self, archive: zipfile.ZipFile, budget: Budget) -> None:
        self.budget = budget
        self._archive = archive
        self._parts = {
            part.filename.lower().replace("\\", "/"): part for part in archive.infolist()
        }
        if len(self._parts) < len(archive.infolist()):  # other readers may take the other one
            raise DamagedWorkbook
        budget.unpack([part for name, part in self._parts.items() if _is_xml(name)])
        self._unseen = dict.fromkeys(filter(_is_xml, self._parts))

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def parse(
        self,
        name: str,
        start: Callable[[str, Attributes], None] | None = None,
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Read a part as a stream of events; names come with their prefixes. Raises Damaged, TooLarge."""
        self._unseen.pop(name.lower(), None)
        budget = self.budget
        parser = expat.ParserCreate()
        parser.buffer_text = True
        depth = 0

        def refuse(*_: object) -> None:
            raise DamagedWorkbook

        def opened(name: str, attributes: Attributes) -> None:
            nonlocal depth
            depth += 1
            if depth > DEPTH or len(attributes) > ATTRIBUTES:
                budget.within(1, 0)
            budget.take("tags")
            if start:
                start(name, attributes)

        def closed(name: str) -> None:
            nonlocal depth
            depth -= 1
            if end:
                end(name)

        parser.StartDoctypeDeclHandler = refuse
        parser.StartElementHandler = opened
        parser.EndElementHandler = closed
        parser.CharacterDataHandler = text
        self._feed(parser, self._parts[name.lower()])

    def _feed(self, parser: expat.XMLParserType, part: zipfile.ZipInfo) -> None:
        """What the part unpacks to, as long as it is what its directory says. Raises Damaged, TooLarge."""
        more = copy(part)
        more.file_size += 1  # one byte more than there should be
        size = 0
        with self._archive.open(more) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > part.file_size:
                    raise DamagedWorkbook
                self.budget.take("bytes", len(chunk))
                parser.Parse(chunk, False)
                self.budget.within(size - parser.CurrentByteIndex, TAG + _CHUNK)
            parser.Parse(b"", True)

    def parse_rest(self) -> None:
        """Look through what nobody asked for, which other readers may open. Raises Damaged, TooLarge."""
        for name in list(self._unseen):
            self.parse(name)


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels", ".vml"))


def bare(name: str) -> str:
    """The name of an element without its prefix."""
    return name.rpartition(":")[2]
