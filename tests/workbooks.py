"""Workbooks as the tests read them: by another library than the one that wrote them."""

import csv
import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

Cells = list[list[Any]]


def cells_of(path: Path) -> list[tuple[str, Cells]]:
    """Each sheet by its name, with what stands in its cells."""
    return [
        (sheet.title, [[cell.value for cell in row] for row in sheet.iter_rows()])
        for sheet in load_workbook(path).worksheets
    ]


def importable(path: Path) -> Path:
    """A workbook as text, for as long as an import reads no workbooks."""
    from htx_cli.importers import FORMATS

    if path.suffix != ".xlsx" or "xlsx" in FORMATS:
        return path
    text = path.with_suffix(".read.csv")
    with text.open("w", encoding="utf-8", newline="") as file:
        for name in (workbook := CalamineWorkbook.from_path(path)).sheet_names:
            rows = workbook.get_sheet_by_name(name).iter_rows()
            csv.writer(file).writerows([_text(cell) for cell in row] for row in rows)
    return text


def _text(cell: Any) -> str:
    if isinstance(cell, float):
        if cell.is_integer():
            return str(int(cell))
        number = f"{Decimal(repr(cell)):f}"
        return f"{number}0" if re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", number) else number
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)
