"""Workbooks as the tests read them: by another library than the one that wrote them."""

from pathlib import Path
from typing import Any

from openpyxl import load_workbook

Cells = list[list[Any]]


def cells_of(path: Path) -> list[tuple[str, Cells]]:
    """Each sheet by its name, with what stands in its cells."""
    return [
        (sheet.title, [[cell.value for cell in row] for row in sheet.iter_rows()])
        for sheet in load_workbook(path).worksheets
    ]
