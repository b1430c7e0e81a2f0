"""What a spreadsheet shows of a number by the format of its cell."""

import json
import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from htx_cli.intake.files.number_formats import shown, tells
from htx_cli.intake.rows import PerCent
from tests.support.commands import Run
from tests.support.imports import problems


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        ("0.58", "0%", "58%"),
        ("0.58", "0.00%;[Red]-0.00%", "58%"),
        ("-0.0325", "0.00%;[Red]-0.00%", "-3.25%"),
        ("0.09", "[>1]0;0%", "9%"),
        ("0.09", r"0.0\ %_)", "9%"),
        ("0.58", "General%", "58%"),
    ],
)
def test_a_per_cent_sign_of_the_section_that_applies_makes_a_per_cent(
    number: str, code: str, text: str
) -> None:
    found = shown(Decimal(number), code)
    assert (type(found), str(found)) == (PerCent, text)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("9", "[>1]0;0%"),
        ("9", '0;-0;"0%"'),
        ("9", "General"),
        ("9", "#,##0"),
        ("-9", "#,##0_);(#,##0)"),
        ("0", '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-'),
        ("9", r'#,##0\ "₫"'),
        ("9", "#,##0 [$₫-42A]"),
        ("9", "[$-42A]0"),
        ("9", "[Red]0"),
        ("44000", r"dd/mm/yyyy\ %"),
        ("9", ";;;"),
        ("9", ""),
    ],
)
def test_a_number_without_words_beside_it_is_the_number(number: str, code: str) -> None:
    found = shown(Decimal(number), code)
    assert (type(found), found) == (Decimal, Decimal(number))


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        ("9", '0"%"', "9%"),
        ("9", r"0\%", "9%"),
        ("9.5", '0.0"%"', "9.5%"),
        ("9", '"tăng "0" (%)"', "tăng 9 (%)"),
        ("0.09", '"giảm "0%', "giảm 9%"),
        ("0", '0;-0;"0%"', "0%"),
        ("51", '0" tỷ"', "51 tỷ"),
        ("-51", '0" tỷ";(0" tỷ)"', "-51 tỷ"),
        ("-51", '0" tỷ";[Red]0" tỷ"', "-51 tỷ"),
        ("51.655", '#,##0.0" tỷ"', "51.6550 tỷ"),
        ("51655000", '#,##0,," triệu"', "51.6550 triệu"),
        ("51655000", '0,.0" nghìn"', "51655 nghìn"),
        ("1", '[=1]"Đạt";[=0]"Chưa đạt";0', "Đạt"),
        ("0", '[=1]"Đạt";[=0]"Chưa đạt";0', "Chưa đạt"),
        ("7", '"ước "0', "ước 7"),
        ("7", "[$VND] 0", "VND 7"),
    ],
)
def test_words_in_the_format_are_a_part_of_the_text_that_is_shown(
    number: str, code: str, text: str
) -> None:
    """All digits of the number are kept; three decimals get a fourth, or they could be thousands."""
    found = shown(Decimal(number), code)
    assert isinstance(found, str)
    assert found == text
    assert tells(code)


def one_cell(number: float, code: str, title: str) -> Path:
    path = Path("cell.xlsx")
    with Workbook(path) as made:
        sheet = made.add_worksheet()
        sheet.write_row("A1", ["Tỉnh", title])
        sheet.write("A2", "Cần Thơ")
        sheet.write_number("B2", number, made.add_format({"num_format": code}))
    return path


@pytest.mark.parametrize("code", ['0"%"', r"0\%", '0.0"%"'])
def test_a_literal_per_cent_sign_does_not_multiply_the_rate(
    run: Run, sample: Path, code: str
) -> None:
    path = one_cell(9, code, "Số thành viên HTX")
    assert run("import", path, "--as-of", "31/12/2021").exit == 0
    with closing(sqlite3.connect(sample)) as book:
        figure = "SELECT value, rate FROM results WHERE province = 'can-tho' AND target = '4'"
        day = " AND as_of = '2021-12-31'"
        assert book.execute(figure + day).fetchall() == [(None, 9)]


def test_a_unit_in_the_format_is_checked_like_one_that_was_typed(run: Run, sample: Path) -> None:
    run("change-target", "1a", "--year", 2021, "--unit", "HTX")
    path = one_cell(51, '0" tỷ"', "Số HTX thành lập mới")
    found = problems(run("import", path, "--as-of", "31/12/2021", "--json"))
    assert found == [(2, "B2", "value", "51 tỷ", "unit_differs")]


def test_a_decimal_point_of_a_format_does_not_say_how_others_typed(run: Run, sample: Path) -> None:
    """`51.5 HTX` comes from the number 51.5: beside it a typed `1.234` can still be both."""
    path = Path("cells.xlsx")
    with Workbook(path) as made:
        sheet = made.add_worksheet()
        sheet.write_row("A1", ["Tỉnh", "Số HTX thành lập mới"])
        sheet.write_row("A2", ["Cần Thơ", "1.234"])
        sheet.write("A3", "Cà Mau")
        sheet.write_number("B3", 51.5, made.add_format({"num_format": '0.0" HTX"'}))
    answer = run("import", path, "--as-of", "31/12/2021", "--json")
    found = [(p["cell"], p["code"]) for p in json.loads(answer.out)["problems"]]
    assert found == [("B2", "number_ambiguous")]
