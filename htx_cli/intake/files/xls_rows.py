"""The old .xls, read by xlrd: calamine shows its error cells as blank."""

import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import IO
from unicodedata import normalize

import xlrd
from xlrd.book import Book
from xlrd.sheet import Cell, Sheet

from htx_cli.intake.files.number_formats import shown
from htx_cli.intake.files.workbooks import OURS, DamagedWorkbook, Rows, decimal
from htx_cli.intake.rows import Raw, Span, Table, Unread


def tables(file: IO[bytes], name: str) -> Iterator[Table]:
    """The sheets in their order. Raises Damaged."""
    try:
        book = xlrd.open_workbook(
            file_contents=file.read(),
            logfile=io.StringIO(),
            formatting_info=True,  # or merged cells are not told
            ragged_rows=True,
        )
    except Exception:  # it fails in many ways on a damaged file
        raise DamagedWorkbook from None
    for sheet in book.sheets():
        if sheet.nrows and not sheet.name.startswith(OURS):
            yield _table(book, sheet, name)


def _table(book: Book, sheet: Sheet, name: str) -> Table:
    merged = [
        Span(top + 1, left, bottom, right - 1) for top, bottom, left, right in sheet.merged_cells
    ]

    def rows() -> Rows:
        for at in range(sheet.nrows):
            cells = [_cell(cell, book) for cell in sheet.row(at)]
            yield at + 1, cells + [None] * (sheet.ncols - len(cells))

    hidden = bool(sheet.visibility)
    hidden_rows = {at + 1 for at, about in sheet.rowinfo_map.items() if about.hidden}
    columns = [range(at, at + 1) for at, about in sheet.colinfo_map.items() if about.hidden]
    return Table(
        rows(),
        name,
        sheet.name,
        merged,
        rows,
        hidden,
        hidden_rows,
        columns,
        from_1904=bool(book.datemode),
    )


def _cell(cell: Cell, book: Book) -> Raw:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return normalize("NFC", str(cell.value)) or None
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        number = decimal(float(cell.value))
        return shown(number, _format(cell, book))
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            day: date = xlrd.xldate_as_datetime(float(cell.value), book.datemode).date()
            return day
        except (ValueError, OverflowError):  # a number that is shown as a day, but is none
            return Decimal(repr(cell.value))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Unread("cell_error", xlrd.error_text_from_code.get(int(cell.value), "#N/A"))
    return None


def _format(cell: Cell, book: Book) -> str:
    """The format in which the sheet shows the number."""
    if cell.xf_index is None:
        return ""
    style = book.format_map.get(book.xf_list[cell.xf_index].format_key)
    return str(style.format_str or "") if style else ""
