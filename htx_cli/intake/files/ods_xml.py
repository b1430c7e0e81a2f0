"""Details of an .ods that calamine does not tell: as `sheet_xml`, for the format of LibreOffice."""

import re
from decimal import Decimal
from typing import IO

from htx_cli.intake.files.number_formats import tells
from htx_cli.intake.files.scanning import ERRORS, MOST_TEXT, Attributes, Scan, bare, parse
from htx_cli.intake.files.workbooks import TooLarge
from htx_cli.intake.rows import Span

_CELLS = ("table-cell", "covered-table-cell")
_WORDED = re.compile(r"([^\d\"]*?)[-−]?(\d[\d.,\s]*?)([^\d.,\"]*)")
_LONGEST = 100  # characters of a number with its words
_HIDDEN = ("collapse", "filter")


class OdsScanner:
    """Looks through all sheets at once: they stand in one part of the file."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.sheets: dict[str, Scan] = {}
        self._scan = Scan()
        self._row = 1
        self._rows = 1  # how often the row stands
        self._hidden = False
        self._columns = 0  # how many have been described
        self._column = 0
        self._cell: Attributes = {}
        self._text = ""
        self._open = False
        parse(stream, self._start, self._end, self._characters)

    def _start(self, name: str, attributes: Attributes) -> None:
        name = bare(name)
        if name in _CELLS:
            self._cell, self._text, self._open = attributes, "", True
        elif name == "annotation":  # a remark on the cell, which stands within it
            self._open = False
        elif name == "table-row":
            self._rows = int(attributes.get("table:number-rows-repeated", 1))
            self._column = 0
            self._hidden = attributes.get("table:visibility") in _HIDDEN
        elif name == "table-column":
            columns = int(attributes.get("table:number-columns-repeated", 1))
            if attributes.get("table:visibility") in _HIDDEN:
                self._scan.hidden_columns.append(range(self._columns, self._columns + columns))
            self._columns += columns
        elif name == "table":
            self._scan = self.sheets.setdefault(attributes.get("table:name", ""), Scan())
            self._row = 1
            self._columns = 0

    def _characters(self, text: str) -> None:
        if self._open:
            self._text += text

    def _end(self, name: str) -> None:
        name = bare(name)
        if name in _CELLS:
            columns = int(self._cell.get("table:number-columns-repeated", 1))
            self._take(columns)
            self._column += columns
            self._open = False
        elif name == "annotation":
            self._open = True
        elif name == "table-row":
            self._row += self._rows

    def _take(self, columns: int) -> None:
        cell, scan = self._cell, self._scan
        last = self._row + self._rows - 1
        kind = cell.get("office:value-type")
        formula = cell.get("table:formula")
        if kind or formula or self._text:
            scan.reach(self._row, self._column, last, self._column + columns - 1)
            if self._hidden:
                scan.hidden_rows.update(range(self._row, last + 1))
            scan.characters += len(self._text) * columns * self._rows
            if scan.characters > MOST_TEXT:
                raise TooLarge
        if code := _format(cell, kind, self._text):
            for row in range(self._row, last + 1):
                for column in range(self._column, self._column + columns):
                    scan.format(row, column, code)
        self._note_merged(scan, cell)
        if cell.get("calcext:value-type") == "error" or (formula and self._text in ERRORS):
            self._unread(columns, "cell_error", self._text)
        elif formula is not None and _unsaved(cell, kind):
            self._unread(columns, "formula_unread", formula.removeprefix("of:"))

    def _unread(self, columns: int, code: str, text: str) -> None:
        for row in range(self._row, self._row + self._rows):
            for column in range(self._column, self._column + columns):
                self._scan.add(row, column, code, text)

    def _note_merged(self, scan: Scan, cell: Attributes) -> None:
        down = int(cell.get("table:number-rows-spanned", 1))
        across = int(cell.get("table:number-columns-spanned", 1))
        if down > 1 or across > 1:
            bottom, right = self._row + down - 1, self._column + across - 1
            scan.merged.append(Span(self._row, self._column, bottom, right))


def _format(cell: Attributes, kind: str | None, text: str) -> str | None:
    """Return how a number is shown, where that is with more than its digits."""
    if kind == "percentage":
        return "0%"
    if kind not in ("float", "currency") or len(text) > _LONGEST:
        return None
    found = _WORDED.fullmatch(text)
    if found is None or not tells(code := f'"{found[1]}"0"{found[3]}"'):
        return None
    if _is_number(found[2], cell.get("office:value", "")):
        return code
    return "0%" if found[3].strip() == "%" else None  # else it is shown in thousands or millions


def _is_number(shown: str, saved: str) -> bool:
    """Tell whether the digits that are shown are those of the number itself, rounded."""
    digits = "".join(filter(str.isdigit, shown))
    decimals = len(re.split("[.,]", shown)[-1]) if re.search("[.,]", shown) else 0
    try:
        number = abs(Decimal(saved))
        return any(
            2 * abs(Decimal(digits).scaleb(-places) - number) <= Decimal(1).scaleb(-places)
            for places in {0, decimals}
        )
    except ArithmeticError:  # what was saved is no number
        return False


def _unsaved(cell: Attributes, kind: str | None) -> bool:
    """No result; a text may be an empty one."""
    if kind == "string":
        return False
    values = ("office:value", "office:date-value", "office:boolean-value", "office:time-value")
    return kind is None or not any(cell.get(value) for value in values)
