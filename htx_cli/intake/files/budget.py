"""How much a workbook may unpack to and hold, whatever its size on disk: one count for all its parts.

Each limit is far above any table of figures that people fill in, and together they keep reading within
200 MB. What repeats (a run of equal cells in an .ods, a part that packs to a hundredth) costs its
sender nothing, so less of it is taken.
"""

from zipfile import ZipInfo

from htx_cli.intake.files.workbooks import TooLarge

UNPACKED = 100_000_000  # bytes of XML
SMALL = 10_000_000  # bytes of XML that may be packed as tightly as they can
TIGHTEST = 100  # bytes of XML from one that is packed
TAGS = 3_000_000
CELLS = 1_000_000  # that stand in the XML, blank ones too
RECTANGLES = 3_000_000  # cells that the sheets span: calamine keeps 32 bytes of each
REPEATED = 50_000  # cells that stand in the XML once and are read many times
CHARACTERS = 20_000_000  # of the texts, each as often as a cell shows it
LONGEST = 100_000  # characters of one text
TEXTS = 500_000  # that cells share
MERGED = 20_000
UNREAD = 100_000  # cells with an error, or a formula without its result
SHEETS = 256
ROWS, COLUMNS = 1_048_576, 16_384  # of one sheet
DEPTH = 100  # elements within each other
ATTRIBUTES = 100  # of one tag: some readers compare each with every other
TAG = 250_000  # bytes of one tag or comment


class Budget:
    """What is left of each limit while a file is looked through, and the sheet that is looked at."""

    def __init__(self) -> None:
        self.sheet: str | None = None
        self._left = {
            "bytes": UNPACKED,
            "tags": TAGS,
            "cells": CELLS,
            "rectangles": RECTANGLES,
            "repeated": REPEATED,
            "characters": CHARACTERS,
            "texts": TEXTS,
            "merged": MERGED,
            "unread": UNREAD,
            "sheets": SHEETS,
        }

    def take(self, what: str, count: int = 1) -> None:
        """Use up some of a limit. Raises TooLarge."""
        self._left[what] -= count
        if self._left[what] < 0:
            raise TooLarge(self.sheet)

    def within(self, count: int, limit: int) -> None:
        """Hold one thing to its own limit. Raises TooLarge."""
        if count > limit:
            raise TooLarge(self.sheet)

    def text(self, length: int, times: int = 1) -> None:
        """A text that so many cells show. Raises TooLarge."""
        self.within(length, LONGEST)
        self.take("characters", length * times)

    def unpack(self, parts: list[ZipInfo]) -> None:
        """Refuse parts that already say that they unpack to too much. Raises TooLarge."""
        whole = sum(part.file_size for part in parts)
        self.within(whole, UNPACKED)
        if whole > SMALL:
            self.within(whole, TIGHTEST * sum(part.compress_size for part in parts))
