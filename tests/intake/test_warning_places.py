"""Where a warning of an import was seen: file, sheet and row, in words and in JSON."""

import json
from pathlib import Path

import pytest
import xlsxwriter

from tests.support.commands import Run


@pytest.fixture
def quarters(tmp_path: Path) -> Path:
    """Two sheets: a count that falls between them, and a base that is not the book's."""
    sheets = {
        "Quý 3": [["Bạc Liêu", "1a", 12, None, "2021-09-30"]],
        "Quý 4": [
            ["Bạc Liêu", "1a", 11, None, "2021-10-31"],
            ["Cần Thơ", "3", 176, 150, "2021-12-30"],
        ],
    }
    book = xlsxwriter.Workbook(tmp_path / "kq.xlsx")
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate([["province", "target", "value", "base", "as_of"], *rows]):
            sheet.write_row(at, 0, row)
    book.close()
    return tmp_path / "kq.xlsx"


def test_a_warning_names_file_sheet_and_row(quarters: Path, sample: Path, run: Run) -> None:
    made = json.loads(run("import", quarters, "--json", "--dry-run").out)
    found = [(w["file"], w["sheet"], w["row"], w["code"]) for w in made["warnings"]]
    assert found == [
        ("kq.xlsx", "Quý 4", 2, "count_fell"),
        ("kq.xlsx", "Quý 4", 3, "base_differs"),
    ]
    said = run("import", quarters, "--dry-run").err.splitlines()
    assert [line for line in said if line.startswith("Warning")] == [
        "Warning, kq.xlsx, sheet Quý 4, row 2: Bạc Liêu 1a: 11 on 31/10/2021 is below 12 on 30/09/2021:"
        " figures are cumulative.",
        "Warning, kq.xlsx, sheet Quý 4, row 3: The base of target 3 is 150 here, but the book has 160.",
    ]
