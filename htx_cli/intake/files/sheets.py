"""Spreadsheets (.xlsx, .xlsm, .ods, .xls) → tables, one for each sheet that is not empty.

What a file is, its first bytes tell and not its ending. Formulas and macros are never run: a cell is
what was saved in it.
"""

import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import IO, TYPE_CHECKING, Any
from unicodedata import normalize

from msgspec.structs import replace

from htx_cli.domain.changes import Caution
from htx_cli.intake.files.number_formats import shown
from htx_cli.intake.files.old_text import font_of, redrawn, words_of
from htx_cli.intake.files.workbooks import OURS, DamagedWorkbook, Rows, TooLarge, decimal
from htx_cli.intake.rows import Raw, Span, Table, Unread, rejected
from htx_cli.text.errors import Problem

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

    from htx_cli.intake.files.scanning import Scan

LARGEST_FILE = 100_000_000  # bytes, packed
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, or a workbook with a password
STARTS = (_ZIP, _OLE)
_LOOKED_AT = 200  # rows that tell for which font a sheet was typed
_PAGES = (
    b"<html",
    b"<!doct",
    b"<table",
    b"<?xml",
    b"mime-",
    b"\xef\xbb\xbf<",
    b"<meta",
    b"<head",
    b"<div",
)


def tables(file: IO[bytes], name: str) -> Iterator[Table]:
    """The sheets of a seekable file in their order.

    Raises Rejected for what is no workbook, or cannot be read safely.
    """
    try:
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        first = file.read(len(_OLE))
        file.seek(0)
        if size > LARGEST_FILE:
            raise TooLarge
        if not size:
            raise rejected(Problem("file_no_bytes", {}, name))
        if first.lstrip().lower().startswith(_PAGES):
            raise rejected(Problem("file_web_page", {}, name))
        if first.startswith(_ZIP):
            yield from _packed(file, name)
        elif first == _OLE:
            from htx_cli.intake.files import xls_rows

            yield from map(_in_unicode, xls_rows.tables(file, name))
        else:
            raise rejected(Problem("file_not_workbook", {}, name))
    except DamagedWorkbook:
        raise rejected(Problem("workbook_unreadable", {}, name)) from None
    except TooLarge as error:
        raise rejected(Problem("workbook_too_large", {}, name, error.sheet)) from None


def _packed(file: IO[bytes], name: str) -> Iterator[Table]:
    """The sheets of a workbook that is a zip of XML."""
    from python_calamine import CalamineError, SheetTypeEnum, SheetVisibleEnum, load_workbook

    from htx_cli.intake.files import sheet_xml
    from htx_cli.intake.files.scanning import Scan

    scans = sheet_xml.scans(file)
    file.seek(0)
    try:
        with load_workbook(file) as workbook:
            for about in workbook.sheets_metadata:
                if about.typ is not SheetTypeEnum.WorkSheet or about.name.startswith(OURS):
                    continue
                scan = scans.get(about.name, Scan())
                sheet = workbook.get_sheet_by_name(about.name)
                if sheet.start is None and not scan.unread:
                    continue
                hidden = about.visible is not SheetVisibleEnum.Visible
                yield _in_unicode(_table(sheet, scan, name, hidden))
    except CalamineError:
        raise DamagedWorkbook from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # how a mistake in calamine shows itself
            raise DamagedWorkbook from None
        raise


def _table(sheet: "CalamineSheet", scan: "Scan", name: str, hidden: bool) -> Table:
    merged = [
        Span(top + 1, left, bottom + 1, right)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]

    def rows() -> Rows:
        return _rows(sheet, scan)

    places = merged or scan.merged
    out_of_sight = scan.hidden_rows, scan.hidden_columns
    return Table(
        rows(), name, sheet.name, places, rows, hidden, *out_of_sight, from_1904=scan.from_1904
    )


def _in_unicode(table: Table) -> Table:
    """The table with the letters that its font drew, where it was typed for one of before Unicode."""
    assert table.again is not None
    texts = (
        cell
        for _, cells in islice(table.again(), _LOOKED_AT)
        for cell in cells
        if type(cell) is str
    )
    found = dict.fromkeys(word for text in texts if not text.isascii() for word in words_of(text))
    font = font_of(found) if found else None
    if font is None:
        return table

    def rows() -> Rows:
        assert table.again is not None
        for number, cells in table.again():
            yield number, [redrawn(cell, font) if type(cell) is str else cell for cell in cells]

    told = Caution("text_converted", {"encoding": font}, None, table.file, table.sheet)
    sheet = redrawn(table.sheet, font) if table.sheet else None
    return replace(table, rows=rows(), again=rows, sheet=sheet, caution=told)


def _rows(sheet: "CalamineSheet", scan: "Scan") -> Rows:
    """Every row with all its columns from A on, and in it what calamine does not show."""
    unread = scan.unread
    left = sheet.start[1] if sheet.start else 0
    width = 1 + max([sheet.end[1] if sheet.end else 0, *(max(cells) for cells in unread.values())])
    number = 0
    for number, values in enumerate(sheet.iter_rows(), 1):
        cells = [None] * left + [_cell(value) for value in values]
        for at, code in scan.formats.get(number, ()):
            if isinstance(cell := cells[at], Decimal):
                cells[at] = shown(cell, code)
        yield number, _with(cells, width, unread.get(number, {}))
    for below in sorted(row for row in unread if row > number):
        yield below, _with([], width, unread[below])


def _with(cells: list[Raw], width: int, unread: Mapping[int, Unread]) -> list[Raw]:
    cells += [None] * (width - len(cells))
    for at, cell in unread.items():
        cells[at] = cell
    return cells


def _cell(value: Any) -> Raw:
    if isinstance(value, str):
        return normalize("NFC", value) if value else None
    if isinstance(value, bool):
        return value
    if isinstance(value, float | int):
        return decimal(value)
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else str(value)
