"""Details of an .ods that calamine does not tell: as `sheet_xml`, for the format of LibreOffice."""

import re
from decimal import Decimal

from htx_cli.intake.files.budget import COLUMNS, ROWS
from htx_cli.intake.files.number_formats import tells
from htx_cli.intake.files.scanning import ERRORS, Attributes, Parts, Scan, bare
from htx_cli.intake.files.workbooks import DamagedWorkbook
from htx_cli.intake.rows import Span

_CELLS = ("table-cell", "covered-table-cell")
_WORDED = re.compile(r"([^\d\"]*?)[-−]?(\d[\d.,\s]*?)([^\d.,\"]*)")
_LONGEST = 100  # characters of a number with its words
_HIDDEN = ("collapse", "filter")


class OdsScanner:
    """Looks through all sheets at once: they stand in one part of the file."""

    def __init__(self, parts: Parts) -> None:
        self.sheets: dict[str, Scan] = {}
        self._budget = parts.budget
        self._scan = Scan(self._budget)
        self._row = 1
        self._rows = 1  # how often the row stands
        self._hidden = False
        self._columns = 0  # how many have been described
        self._column = 0
        self._cell: Attributes = {}
        self._texts: list[str] = []
        self._length = 0
        self._open = False
        parts.parse("content.xml", self._start, self._end, self._characters)

    def _start(self, name: str, attributes: Attributes) -> None:
        name = bare(name)
        if name in _CELLS:
            self._budget.take("cells")
            self._cell, self._texts, self._length, self._open = attributes, [], 0, True
        elif name == "annotation":  # a remark on the cell, which stands within it
            self._open = False
        elif name == "s":  # so many spaces
            self._length += _count(attributes, "text:c")
            self._budget.text(self._length, 0)
        elif name == "table-row":
            self._rows = _count(attributes, "table:number-rows-repeated")
            self._column = 0
            self._hidden = attributes.get("table:visibility") in _HIDDEN
        elif name == "table-column":
            columns = _count(attributes, "table:number-columns-repeated")
            if attributes.get("table:visibility") in _HIDDEN:
                self._budget.within(len(self._scan.hidden_columns), COLUMNS)
                self._scan.hidden_columns.append(range(self._columns, self._columns + columns))
            self._columns += columns
        elif name == "table":
            self._begin(attributes.get("table:name", ""))

    def _begin(self, sheet: str) -> None:
        self._budget.take("sheets")
        self._budget.sheet = sheet
        self._scan = self.sheets.setdefault(sheet, Scan(self._budget))
        self._row = 1
        self._columns = 0

    def _characters(self, text: str) -> None:
        if self._open:
            self._length += len(text)
            self._budget.text(self._length, 0)
            self._texts.append(text)

    def _end(self, name: str) -> None:
        name = bare(name)
        if name in _CELLS:
            columns = _count(self._cell, "table:number-columns-repeated")
            self._take(columns)
            self._column += columns
            self._budget.within(self._column, 2 * COLUMNS)
            self._open = False
        elif name == "annotation":
            self._open = True
        elif name == "table-row":
            self._row += self._rows
            self._budget.within(self._row, 2 * ROWS)

    def _take(self, columns: int) -> None:
        cell, scan = self._cell, self._scan
        text = "".join(self._texts)
        last = self._row + self._rows - 1
        kind = cell.get("office:value-type")
        formula = cell.get("table:formula")
        if kind or formula or text:
            times = columns * self._rows
            self._budget.take("repeated", times - 1)
            self._budget.take("characters", (self._length or len(cell)) * times)
            scan.fill(self._row, self._column, last, self._column + columns - 1)
            if self._hidden:
                scan.hidden_rows.update(range(self._row, last + 1))
        else:
            self._budget.take("characters", self._length)
            columns = 0  # nothing else is to be said of a blank one
        if code := _format(cell, kind, text):
            for row in range(self._row, last + 1):
                for column in range(self._column, self._column + columns):
                    scan.format(row, column, code)
        self._note_merged(scan, cell)
        if cell.get("calcext:value-type") == "error" or (formula and text in ERRORS):
            self._unread(columns, "cell_error", text)
        elif formula is not None and _unsaved(cell, kind):
            self._unread(columns, "formula_unread", formula.removeprefix("of:"))

    def _unread(self, columns: int, code: str, text: str) -> None:
        for row in range(self._row, self._row + self._rows):
            for column in range(self._column, self._column + columns):
                self._scan.add(row, column, code, text)

    def _note_merged(self, scan: Scan, cell: Attributes) -> None:
        down = _count(cell, "table:number-rows-spanned")
        across = _count(cell, "table:number-columns-spanned")
        if down > 1 or across > 1:
            self._budget.take("merged")
            bottom, right = self._row + down - 1, self._column + across - 1
            scan.merged.append(Span(self._row, self._column, bottom, right))


def _count(attributes: Attributes, name: str) -> int:
    """How often something stands: once where nothing says it. Raises Damaged."""
    found = attributes.get(name, "1")
    if not found.isdecimal() or len(found) > len(str(ROWS)) + 3:
        raise DamagedWorkbook
    return int(found)


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
