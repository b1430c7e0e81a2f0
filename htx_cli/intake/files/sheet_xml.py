"""Details of a workbook that calamine does not tell: cells with an error and formulas whose result was not
saved (it shows both as blank), how numbers are shown, what is hidden, and how much memory the
sheets will need.
"""

import errno
import re
import zipfile
import zlib
from array import array
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO
from xml.parsers import expat

from htx_cli.intake.files.budget import COLUMNS, Budget
from htx_cli.intake.files.number_formats import tells
from htx_cli.intake.files.scanning import Attributes, Parts, Scan, bare
from htx_cli.intake.files.workbooks import DamagedWorkbook

_TRUE = ("1", "true")
_PER_CENTS = {"9": "0%", "10": "0.00%"}  # the formats of those that every workbook has
_SHARED = "xl/sharedStrings.xml"
_STYLES = "xl/styles.xml"
_KEPT = 1000  # characters of a value or a formula


def scans(file: IO[bytes]) -> Mapping[str, Scan]:
    """Return what is found in each sheet of a workbook, by its name. Raises DamagedWorkbook, TooLarge."""
    with _mishaps():
        parts = Parts(zipfile.ZipFile(file), Budget())
        if "content.xml" in parts:
            from htx_cli.intake.files.ods_xml import OdsScanner

            sheets: Mapping[str, Scan] = OdsScanner(parts).sheets
        else:
            book = _Workbook(parts)
            sheets = {name: book.scan(name) for name in book.sheets}
        parts.parse_rest()
        return sheets


@contextmanager
def _mishaps() -> Iterator[None]:
    """Turn whatever goes wrong inside a damaged file into one error."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, NotImplementedError):
        raise DamagedWorkbook from None
    except (RuntimeError, LookupError, ValueError):  # a password, a missing part, an encoding
        raise DamagedWorkbook from None
    except OSError as error:
        if error.errno == errno.EINVAL:  # a directory that would begin before the file does
            raise DamagedWorkbook from None
        raise


class _Workbook:
    """An .xlsx: which part is which sheet, how long its shared texts are, how its styles show numbers."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.sheets: dict[str, str] = {}
        self._paths: dict[str, str] = {}
        self._from_1904 = False
        self._stale = False  # the formulas are to be worked out when the file is opened
        self._lengths = self._shared_lengths()
        self._formats = self._formats_of_styles()
        parts.parse("xl/workbook.xml", self._of_workbook)
        parts.parse("xl/_rels/workbook.xml.rels", self._of_relations)

    def _of_workbook(self, name: str, attributes: Attributes) -> None:
        name = bare(name)
        if name == "sheet":
            self._parts.budget.take("sheets")
            id = next((text for key, text in attributes.items() if key.endswith(":id")), "")
            if self.sheets.setdefault(attributes["name"], id) != id:
                raise DamagedWorkbook
        elif name == "workbookPr":
            self._from_1904 = attributes.get("date1904") in _TRUE
        elif name == "calcPr":
            self._stale = attributes.get("fullCalcOnLoad") in _TRUE

    def _of_relations(self, name: str, attributes: Attributes) -> None:
        if bare(name) == "Relationship":
            path = attributes["Target"]
            self._paths[attributes["Id"]] = path[1:] if path[:1] == "/" else f"xl/{path}"

    def _shared_lengths(self) -> "array[int]":
        """The length of each text that cells share."""
        lengths = array("I")
        if _SHARED not in self._parts:
            return lengths
        budget = self._parts.budget
        length = 0

        def start(name: str, _: Attributes) -> None:
            nonlocal length
            if bare(name) == "si":
                budget.take("texts")
                length = 0

        def end(name: str) -> None:
            if bare(name) == "si":
                lengths.append(length)

        def text(more: str) -> None:
            nonlocal length
            length += len(more)
            budget.text(length, 0)
            budget.take("characters", len(more))

        self._parts.parse(_SHARED, start, end, text)
        return lengths

    def _formats_of_styles(self) -> dict[str, str]:
        """The formats of the cell styles, by their numbers, that show more than a number's digits."""
        if _STYLES not in self._parts:
            return {}
        formats = dict(_PER_CENTS)
        styles: list[str] = []
        inside = False

        def start(name: str, attributes: Attributes) -> None:
            nonlocal inside
            name = bare(name)
            if name == "numFmt":
                formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:_KEPT]
            elif name in ("cellXfs", "cellStyles", "dxfs"):
                inside = name == "cellXfs"
            elif name == "xf" and inside:
                styles.append(attributes.get("numFmtId", ""))

        self._parts.parse(_STYLES, start)
        codes = ((str(at), formats.get(format, "")) for at, format in enumerate(styles))
        return {style: code for style, code in codes if tells(code)}

    def scan(self, name: str) -> Scan:
        """Look through a sheet. Raises Damaged and TooLarge."""
        self._parts.budget.sheet = name
        sheet = _SheetXml(self._parts.budget, self._stale, self._lengths, self._formats)
        sheet.scan.from_1904 = self._from_1904
        sheet.read(self._parts, self._paths[self.sheets[name]])
        return sheet.scan


_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class _SheetXml:
    """One sheet's XML. Most cells are a `c` with a `v`: only the others are looked at closely."""

    def __init__(
        self, budget: Budget, stale: bool, lengths: "array[int]", formats: Mapping[str, str]
    ) -> None:
        self.scan = Scan(budget)
        self._budget = budget
        self._stale = stale
        self._lengths = lengths
        self._formats = formats
        self._hidden = False
        self._row = 0
        self._column = -1
        self._attributes: Attributes = {}
        self._formula: str | None = None
        self._value: str | None = None
        self._into = ""
        self._length = 0

    def read(self, parts: Parts, name: str) -> None:
        """Look through the sheet. Raises Damaged and TooLarge."""
        parts.parse(name, self._start, self._end, self._text)

    def _start(self, name: str, attributes: Attributes) -> None:
        if ":" in name:
            name = bare(name)
        if name == "c":
            self._budget.take("cells")
            self._attributes = attributes
            self._formula = self._value = None
            self._length = 0
            self._move(attributes.get("r"))
        elif name == "v" or name == "is":
            self._into = name
            self._value = ""
        elif name == "f":
            self._into = name
            self._formula = ""
        elif name == "row":
            self._advance(int(attributes.get("r", self._row + 1)), -1)
            self._hidden = attributes.get("hidden") in _TRUE
        elif name == "mergeCell":
            self._budget.take("merged")
        elif name == "col" and attributes.get("hidden") in _TRUE:
            self._budget.within(len(self.scan.hidden_columns), COLUMNS)
            columns = range(int(attributes["min"]) - 1, int(attributes["max"]))
            self.scan.hidden_columns.append(columns)

    def _move(self, place: str | None) -> None:
        if place is None:
            self._column += 1
        elif found := _PLACE.fullmatch(place):
            self._advance(int(found[2]), column(found[1]))
        else:
            raise DamagedWorkbook

    def _advance(self, row: int, column: int) -> None:
        """Go on to a place. Raises Damaged for one that is past: two cells may not claim one place."""
        if row < self._row or (row == self._row and column <= self._column):
            raise DamagedWorkbook
        self._row, self._column = row, column

    def _text(self, text: str) -> None:
        if not self._into:
            return
        self._length += len(text)
        self._budget.text(self._length, 0)
        if self._into == "v" and self._length <= _KEPT:
            self._value = f"{self._value}{text}"
        elif self._into == "f" and self._length <= _KEPT:
            self._formula = f"{self._formula}{text}"

    def _end(self, name: str) -> None:
        if ":" in name:
            name = bare(name)
        if name == self._into:
            self._into = ""
        if name != "c":
            return
        kind = self._attributes.get("t")
        if self._value is not None:
            self._fill(kind)
        if kind == "e":
            self.scan.add(self._row, self._column, "cell_error", self._value or "#N/A")
        elif self._formula is not None and self._unsaved(kind):
            text = f"={self._formula or '…'}"
            self.scan.add(self._row, self._column, "formula_unread", text)

    def _fill(self, kind: str | None) -> None:
        """Note that the cell holds something. Raises TooLarge, Damaged."""
        self.scan.fill(self._row, self._column, self._row, self._column)
        if code := self._formats.get(self._attributes.get("s", "")):
            self.scan.format(self._row, self._column, code)
        if self._hidden:
            self.scan.hidden_rows.add(self._row)
        length = self._length
        if kind == "s" and self._value and self._value.isdecimal():
            at = int(self._value)
            length = self._lengths[at] if at < len(self._lengths) else 0
        self._budget.take("characters", length)

    def _unsaved(self, kind: str | None) -> bool:
        """No result; or the 0 that programs write which leave the working out to the reader."""
        if not self._value:
            return kind != "str" or self._value is None
        return self._stale and kind is None and self._value == "0"


def column(letters: str) -> int:
    """The place of a column by its letters: A → 0."""
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - ord("A") + 1
    return at - 1
