"""Details of a workbook that calamine does not tell: cells with an error and formulas whose result was not
saved (it shows both as blank), how numbers are shown, what is hidden, and how much memory the
sheets will need.
"""

import errno
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from typing import IO
from xml.parsers import expat

from htx_cli.intake.files.number_formats import tells
from htx_cli.intake.files.scanning import MOST_TEXT, Attributes, Scan, bare, parse
from htx_cli.intake.files.workbooks import DamagedWorkbook, TooLarge

MOST_BYTES = 1_000_000_000  # unpacked; a million rows of ten columns are 600 MB
_CHUNK = 1 << 20
_TRUE = ("1", "true")
_PER_CENTS = {"9": "0%", "10": "0.00%"}  # the formats of those that every workbook has


def scans(file: IO[bytes]) -> Mapping[str, Scan]:
    """Return what is found in each sheet of a workbook, by its name. Raises DamagedWorkbook, TooLarge."""
    with _mishaps():
        archive = zipfile.ZipFile(file)
        _unpackable(archive)
        parts = {name.lower().replace("\\", "/"): name for name in archive.namelist()}
        if "content.xml" in parts:
            from htx_cli.intake.files.ods_xml import OdsScanner

            return OdsScanner(archive.open(parts["content.xml"])).sheets
        book = _Workbook(archive, parts)
        return {name: book.scan(name) for name in book.sheets}


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


def _unpackable(archive: zipfile.ZipFile) -> None:
    """Refuses an archive that unpacks to too much, also when its directory says otherwise."""
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > MOST_BYTES:
        raise TooLarge
    for part in parts:
        more = copy(part)
        more.file_size += 1  # one byte more than there should be
        with archive.open(more) as stream:
            size = 0
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
        if size > part.file_size:
            raise DamagedWorkbook


class _Workbook:
    """An .xlsx: which part is which sheet, how long its shared texts are, how its styles show numbers."""

    def __init__(self, archive: zipfile.ZipFile, parts: Mapping[str, str]) -> None:
        self._archive = archive
        self._parts = parts
        self.sheets: dict[str, str] = {}
        self._paths: dict[str, str] = {}
        self._from_1904 = False
        self._stale = False  # the formulas are to be worked out when the file is opened
        self._longest = self._longest_text()
        self._formats = self._formats_of_styles()
        parse(self._open("xl/workbook.xml"), self._of_workbook)
        parse(self._open("xl/_rels/workbook.xml.rels"), self._of_relations)

    def _open(self, path: str) -> IO[bytes]:
        return self._archive.open(self._parts[path.lower()])

    def _of_workbook(self, name: str, attributes: Attributes) -> None:
        name = bare(name)
        if name == "sheet":
            id = next((text for key, text in attributes.items() if key.endswith(":id")), "")
            self.sheets[attributes["name"]] = id
        elif name == "workbookPr":
            self._from_1904 = attributes.get("date1904") in _TRUE
        elif name == "calcPr":
            self._stale = attributes.get("fullCalcOnLoad") in _TRUE

    def _of_relations(self, name: str, attributes: Attributes) -> None:
        if bare(name) == "Relationship":
            path = attributes["Target"]
            self._paths[attributes["Id"]] = path[1:] if path[:1] == "/" else f"xl/{path}"

    def _longest_text(self) -> int:
        """The length of the longest text that cells share."""
        if "xl/sharedstrings.xml" not in self._parts:
            return 0
        longest = length = 0

        def start(name: str, _: Attributes) -> None:
            nonlocal longest, length
            if bare(name) == "si":
                longest, length = max(longest, length), 0

        def text(more: str) -> None:
            nonlocal length
            length += len(more)

        parse(self._open("xl/sharedStrings.xml"), start, None, text)
        return max(longest, length)

    def _formats_of_styles(self) -> dict[str, str]:
        """The formats of the cell styles, by their numbers, that show more than a number's digits."""
        if "xl/styles.xml" not in self._parts:
            return {}
        formats = dict(_PER_CENTS)
        styles: list[str] = []
        inside = False

        def start(name: str, attributes: Attributes) -> None:
            nonlocal inside
            name = bare(name)
            if name == "numFmt":
                formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            elif name in ("cellXfs", "cellStyles", "dxfs"):
                inside = name == "cellXfs"
            elif name == "xf" and inside:
                styles.append(attributes.get("numFmtId", ""))

        parse(self._open("xl/styles.xml"), start)
        codes = ((str(at), formats.get(format, "")) for at, format in enumerate(styles))
        return {style: code for style, code in codes if tells(code)}

    def scan(self, name: str) -> Scan:
        """Look through a sheet. Raises Damaged and TooLarge."""
        sheet = _SheetXml(self._stale, self._longest, self._formats)
        sheet.scan.from_1904 = self._from_1904
        sheet.read(self._open(self._paths[self.sheets[name]]))
        return sheet.scan


_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class _SheetXml:
    """One sheet's XML. Most cells are a `c` with a `v`: only the others are looked at closely."""

    def __init__(self, stale: bool, longest_shared: int, formats: Mapping[str, str]) -> None:
        self.scan = Scan()
        self._stale = stale
        self._longest = longest_shared
        self._formats = formats
        self._hidden = False
        self._row = 0
        self._column = -1
        self._attributes: Attributes = {}
        self._formula: str | None = None
        self._value: str | None = None
        self._into = ""

    def read(self, stream: IO[bytes]) -> None:
        parse(stream, self._start, self._end, self._text)

    def _start(self, name: str, attributes: Attributes) -> None:
        if ":" in name:
            name = bare(name)
        if name == "c":
            self._attributes = attributes
            self._formula = self._value = None
            self._move(attributes.get("r"))
        elif name == "v" or name == "is":
            self._into = name
            self._value = ""
            self.scan.reach(self._row, self._column, self._row, self._column)
            if code := self._formats.get(self._attributes.get("s", "")):
                self.scan.format(self._row, self._column, code)
            if self._hidden:
                self.scan.hidden_rows.add(self._row)
            if self._attributes.get("t") == "s":
                self.scan.characters += self._longest
                if self.scan.characters > MOST_TEXT:
                    raise TooLarge
        elif name == "f":
            self._into = name
            self._formula = ""
        elif name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = -1
            self._hidden = attributes.get("hidden") in _TRUE
        elif name == "col" and attributes.get("hidden") in _TRUE:
            columns = range(int(attributes["min"]) - 1, int(attributes["max"]))
            self.scan.hidden_columns.append(columns)

    def _move(self, place: str | None) -> None:
        if place is None:
            self._column += 1
        elif found := _PLACE.fullmatch(place):
            self._row = int(found[2])
            self._column = column(found[1])
        else:
            raise DamagedWorkbook

    def _text(self, text: str) -> None:
        if self._into == "v":
            self._value = f"{self._value}{text}"
        elif self._into == "f":
            self._formula = f"{self._formula}{text}"

    def _end(self, name: str) -> None:
        self._into = ""
        if name != "c" and bare(name) != "c":
            return
        kind = self._attributes.get("t")
        if kind == "e":
            self.scan.add(self._row, self._column, "cell_error", self._value or "#N/A")
        elif self._formula is not None and self._unsaved(kind):
            text = f"={self._formula or '…'}"
            self.scan.add(self._row, self._column, "formula_unread", text)

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
