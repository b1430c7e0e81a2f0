"""The workbooks of `data/imports`, made as people make them; `soffice` saves some of them anew.

Run it to write them again: the bytes stay the same, but for what LibreOffice saves.
"""

import shutil
import subprocess
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from xlsxwriter import Workbook as Book

FILES = Path(__file__).parents[1] / "data" / "imports"
SAVED_AGAIN = [  # also as LibreOffice saves it
    (name, ending)
    for name in ("by-hand", "per-cents", "words-in-formats", "out-of-sight")
    for ending in ("xlsx", "ods", "xls")
]


def by_hand(book: Book) -> None:
    """Three sheets: the figures under titles and merged headings, last year hidden, and a remark."""
    bold = book.add_format({"bold": True, "align": "center", "text_wrap": True, "border": 1})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Biểu 01")
    sheet.merge_range("A1:C1", "LIÊN MINH HTX VIỆT NAM", bold)
    sheet.merge_range("A3:H3", "KẾT QUẢ THỰC HIỆN CHỈ TIÊU THI ĐUA NĂM 2021", bold)
    sheet.merge_range("A5:A6", "TT", bold)
    sheet.merge_range("B5:B6", "Tên đơn vị", bold)
    sheet.merge_range("C5:C6", "Số HTX\nthành lập mới", bold)
    sheet.merge_range("D5:E5", "Tỷ lệ HTX hoạt động hiệu quả", bold)
    sheet.write_row("D6", ["Số HTX hiệu quả", "Tổng số HTX"], bold)
    sheet.merge_range("F5:F6", "Có Quỹ Hỗ trợ phát triển HTX", bold)
    sheet.merge_range("G5:G6", "Tính đến ngày", bold)
    sheet.merge_range("H5:H6", "Ghi chú", bold)
    sheet.write_row("A7", [1, 2, 3, 4, 5, 6, 7, 8])
    rows = [
        ("Liên minh HTX TP Cần Thơ", 20, 58, 100, "x", "gồm 8 HTX phi nông nghiệp"),
        ("Liên minh HTX tỉnh Sóc Trăng", "26", 96, 150, "x", ""),
        ("Liên minh HTX tỉnh Bạc Liêu", 13, None, None, "", "đang rà soát"),
        ("Liên minh HTX tỉnh Hậu Giang", 30, 208, 233, "chưa", ""),
    ]
    for at, (name, new, good, active, fund, note) in enumerate(rows):
        sheet.write_row(7 + at, 0, [at + 1, name, new, good, active, fund])
        sheet.write_datetime(7 + at, 6, datetime(2021, 12, 31), day)
        sheet.write(7 + at, 7, note)
    sheet.write("B12", "Tổng cộng", bold)
    sheet.write_formula("C12", "=C8+C9+C10+C11", None, 89)
    sheet.write_formula("D12", "=SUM(D8:D11)", None, 362)
    sheet.write_formula("E12", "=SUM(E8:E11)", None, 483)
    sheet.write("F14", "An Giang, ngày 05 tháng 01 năm 2022")
    sheet.write("B15", "Người lập biểu")
    sheet.write("F15", "CHỦ TỊCH")
    hidden = book.add_worksheet("Năm 2020")
    hidden.hide()
    hidden.write_row("A1", ["Đơn vị", "Số HTX thành lập mới"])
    hidden.write_row("A2", ["Cần Thơ", 18])
    remarks = book.add_worksheet("Thuyết minh")
    remarks.write("A1", "Số liệu do các Liên minh HTX cung cấp đến 31/12/2021.")
    book.add_worksheet("Sheet3")


def two_sheets_of_figures(book: Book) -> None:
    """One sheet for the counts with provinces down, one with targets down."""
    first = book.add_worksheet("Phát triển mới")
    first.write_row("A1", ["Đơn vị", "Số HTX thành lập mới", "Số Liên hiệp HTX thành lập mới"])
    first.write_row("A2", ["Cần Thơ", 20, 1])
    first.write_row("A3", ["Sóc Trăng", 26, 0])
    second = book.add_worksheet("Chất lượng")
    second.write_row("A1", ["Chỉ tiêu", "Cần Thơ", "Sóc Trăng"])
    second.write_row("A2", ["Tỷ lệ HTX hoạt động hiệu quả", "58/100", "96/150"])
    second.write_row("A3", ["Thực hiện tốt kế hoạch đào tạo, bồi dưỡng", True, False])


def one_sheet_nearly(book: Book) -> None:
    """The second sheet calls its figures by a word that nobody knows: it is asked for."""
    first = book.add_worksheet("Mục 1")
    first.write_row("A1", ["Tỉnh", "Chỉ tiêu", "Kết quả"])
    first.write_row("A2", ["Cần Thơ", "1a", 20])
    second = book.add_worksheet("Mục 2")
    second.write_row("A1", ["Tỉnh", "Chỉ tiêu", "Số đạt được"])
    second.write_row("A2", ["Cần Thơ", "6", 3])


def no_sheet_of_figures(book: Book) -> None:
    """Nothing can be read: the sheet that was understood best says why."""
    book.add_worksheet("Bìa").write("A1", "BÁO CÁO")
    sheet = book.add_worksheet("Số liệu")
    sheet.write_row("A2", ["Tỉnh", "Chỉ tiêu", "Người báo cáo"])
    sheet.write_row("A3", ["Cần Thơ", "1a", "Nguyễn Văn A"])


def formulas(book: Book) -> None:
    """Results that were not saved, an error, a result that was, and a link to another workbook."""
    sheet = book.add_worksheet("KQ")
    sheet.write_row(
        "A1",
        [
            "Đơn vị",
            "Số HTX thành lập mới",
            "Số mô hình HTX quy mô lớn theo chuỗi giá trị xây dựng mới",
        ],
    )
    sheet.write("A2", "Cần Thơ")
    sheet.write_formula("B2", "=12+8", None, "")
    sheet.write("C2", 3)
    sheet.write("A3", "Sóc Trăng")
    sheet.write_formula("B3", "=26/0", None, "#DIV/0!")
    sheet.write_formula("C3", "=SUM(1,1)", None, 2)
    sheet.write("A4", "Bạc Liêu")
    sheet.write_formula("B4", "='[1]Quý 4'!$B$7", None, 13)
    sheet.write_formula("C4", "=1+1")


def saved_formulas(book: Book) -> None:
    """Formulas with their results, one of them a link to another workbook, which is not followed."""
    sheet = book.add_worksheet("KQ")
    sheet.write_row("A1", ["Đơn vị", "Số HTX thành lập mới", "Tỷ lệ HTX hoạt động hiệu quả (%)"])
    sheet.write("A2", "Hậu Giang")
    sheet.write_formula("B2", "='[1]Quý 4'!$B$7", None, 30)
    sheet.write_formula("C2", "=208/233*100", None, 208 / 233 * 100)


def dates(book: Book) -> None:
    """Days as a spreadsheet keeps them, as bare serial numbers and as text."""
    sheet = book.add_worksheet("Sheet1")
    sheet.write_row("A1", ["Tỉnh", "Chỉ tiêu", "Kết quả", "Ngày"])
    for row, (province, value) in enumerate([("Cần Thơ", 9), ("Sóc Trăng", 12), ("Cà Mau", 11)], 1):
        sheet.write_row(row, 0, [province, "1a", value])
    sheet.write_datetime("D2", date(2021, 6, 30), book.add_format({"num_format": "d/m/yyyy"}))
    sheet.write_number("D3", 44377)
    sheet.write_string("D4", "30/6/2021")


def not_at_the_corner(book: Book) -> None:
    """The table stands in the middle of the sheet; the names of provinces span two rows each."""
    sheet = book.add_worksheet("Bảng")
    sheet.write_row("C4", ["Đơn vị", "Mã chỉ tiêu", "Thực hiện"])
    sheet.merge_range("C5:C6", "Cần Thơ")
    sheet.merge_range("C7:C8", "Sóc Trăng")
    for row, (code, value) in enumerate([("1a", 20), ("6", 3), ("1a", 26), ("6", "hai")], 4):
        sheet.write_row(row, 3, [code, value])


def numbers_as_text(book: Book) -> None:
    """Figures typed as text, with the marks of a Vietnamese Excel; one of them merged over rows."""
    sheet = book.add_worksheet("Bảng")
    sheet.write_row("A1", ["Đơn vị", "Số thành viên HTX", "Số HTX thành lập mới"])
    for row, cells in enumerate([("Cần Thơ", "13.500", "08"), ("Cà Mau", "9.876,5", "23")], 1):
        sheet.write_row(row, 0, cells)
    sheet.write_row("A4", ["An Giang", 7000])
    sheet.write_row("A5", ["Kiên Giang", 8000])
    sheet.merge_range("C4:C5", 44)


def per_cents(book: Book) -> None:
    """Cells that Excel shows as 58% and 64,5%: what is saved is 0.58 and 0.645."""
    sheet = book.add_worksheet("Bảng")
    sheet.write_row("A1", ["Đơn vị", "Tỷ lệ HTX hoạt động hiệu quả", "Số thành viên HTX"])
    shown = book.add_format({"num_format": "0%"}), book.add_format({"num_format": "0.0%"})
    for row, (province, rate, growth) in enumerate(
        [("Cần Thơ", 0.58, 0.08), ("Sóc Trăng", 0.645, -0.0325)]
    ):
        sheet.write(row + 1, 0, province)
        sheet.write_number(row + 1, 1, rate, shown[row])
        sheet.write_number(row + 1, 2, growth, shown[row])


def fractions(book: Book) -> None:
    """The same, but shown as they are saved: 0.58 may be 58% or 0.58%."""
    sheet = book.add_worksheet("Bảng")
    sheet.write_row("A1", ["Đơn vị", "Tỷ lệ HTX hoạt động hiệu quả"])
    sheet.write_row("A2", ["Cần Thơ", 0.58])
    sheet.write_row("A3", ["Sóc Trăng", 0.645])


def words_in_formats(book: Book) -> None:
    """What is shown beside a number stands in the format of its cell: 9% is saved as 9."""
    sheet = book.add_worksheet("Bảng")
    sheet.write_row("A1", ["Đơn vị", "Số thành viên HTX", "Số HTX thành lập mới"])
    cells = [
        ("Cần Thơ", 9, '0"%"', 20, '0" HTX"'),
        ("Sóc Trăng", 8.125, "0.000\\%", 51.655, '0.000" HTX"'),
        ("Cà Mau", 0.09, "[>1]0;0%", 12, '0;-0;"0%"'),
        ("Bạc Liêu", -3, '0.0"%"', 8, '#,##0" HTX";[Red]-#,##0" HTX"'),
    ]
    for row, (province, growth, per_cents, new, words) in enumerate(cells, 1):
        sheet.write(row, 0, province)
        sheet.write_number(row, 1, growth, book.add_format({"num_format": per_cents}))
        sheet.write_number(row, 2, new, book.add_format({"num_format": words}))


def out_of_sight(book: Book) -> None:
    """A filter hides a province and a hand a column: both still count, and so does the sheet."""
    sheet = book.add_worksheet("Bảng")
    head = ["Đơn vị", "Số HTX thành lập mới", "Số Liên hiệp HTX thành lập mới", "Ghi chú"]
    sheet.write_row("A1", head)
    for row, cells in enumerate(
        [("Cần Thơ", 20, 1), ("Sóc Trăng", 26, 2), ("Cà Mau", 12, 1), ("Tổng", 58, 4)]
    ):
        sheet.write_row(row + 1, 0, cells)
    sheet.autofilter("A1:D5")
    sheet.filter_column("A", "x == Cần*")
    for row in (2, 3, 4, 8):
        sheet.set_row(row, None, None, {"hidden": True})
    sheet.set_column("C:D", None, None, {"hidden": True})


def a_sheet_for_each_province(book: Book) -> None:
    """Nothing but the name of the sheet says whose figures they are."""
    for name, new, fund in (("Cần Thơ", 20, "Có"), ("SÓC TRĂNG", 26, "Chưa")):
        sheet = book.add_worksheet(name)
        sheet.write("A1", "KẾT QUẢ THỰC HIỆN NĂM 2021")
        sheet.write_row("A3", ["TT", "Nội dung", "Kế hoạch", "Thực hiện"])
        sheet.write_row("A4", [1, "Số HTX thành lập mới", 20, new])
        sheet.write_row("A5", [2, "Có Quỹ Hỗ trợ phát triển HTX", "", fund])


WORKBOOKS: dict[str, Callable[[Book], None]] = {
    "by-hand": by_hand,
    "two-sheets": two_sheets_of_figures,
    "one-sheet-nearly": one_sheet_nearly,
    "no-sheet": no_sheet_of_figures,
    "sheet-a-province": a_sheet_for_each_province,
    "formulas": formulas,
    "formulas-saved": saved_formulas,
    "dates": dates,
    "not-at-the-corner": not_at_the_corner,
    "numbers-as-text": numbers_as_text,
    "per-cents": per_cents,
    "words-in-formats": words_in_formats,
    "out-of-sight": out_of_sight,
    "fractions-asked": fractions,
    "fractions-said": fractions,
}


def write(name: str, folder: Path) -> Path:
    """One of the workbooks, as a file in the folder."""
    path = folder / f"{name}.xlsx"
    book = Book(path)
    book.set_properties({"created": datetime(2022, 1, 5)})
    WORKBOOKS[name](book)
    book.close()
    return path


def main() -> None:
    for name in WORKBOOKS:
        write(name, FILES)
    for name, ending in SAVED_AGAIN:
        made = FILES / "made"
        command = ["soffice", "--headless", "--convert-to", ending, "--outdir", str(made)]
        subprocess.run([*command, str(FILES / f"{name}.xlsx")], check=True)
        shutil.move(made / f"{name}.{ending}", FILES / f"{name}-libreoffice-{ending}.{ending}")
        made.rmdir()


if __name__ == "__main__":
    main()
