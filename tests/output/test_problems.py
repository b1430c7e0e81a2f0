"""What is sent back with a refused import: the sender's tables, marked and commented."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.support.commands import Run
from tests.support.workbooks import cells_of

BAD = """\
Bảng tổng hợp năm 2021,,,,
tỉnh,chỉ tiêu,kết quả,ngày,ghi chú
Soc Tran,1a,5,31/12/2021,=1+1
Cà Mau,1a,8,2021-12-31,
Cần Thơ,1z,5,2021-12-31,
Cần Thơ,1a,x,2021-12-31,
"""
MARKED = "FFFFC7CE"


def write(name: str, text: str = BAD) -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def comments(path: str, sheet: str) -> dict[str, str]:
    """The comments of a sheet by their cells, which are the marked ones and no others."""
    cells = [cell for row in load_workbook(path)[sheet].iter_rows() for cell in row]
    said = {cell.coordinate: cell.comment.text for cell in cells if cell.comment}
    marked = {cell.coordinate for cell in cells if cell.fill.start_color.rgb == MARKED}
    assert marked == set(said)
    return said


def test_the_senders_table_comes_back_with_its_bad_cells_marked_and_commented(
    run: Run, sample: Path
) -> None:
    before = sample.read_bytes()
    answer = run("import", write("bad.csv"), "--problems", "back.xlsx")
    assert (answer.exit, answer.out) == (4, "")
    assert "Saved: back.xlsx\n" in answer.err
    assert answer.err.endswith("Nothing was written. Problems in bad.csv: 3.\n")
    assert comments("back.xlsx", "bad") == {
        "A3": "No province is called “Soc Tran”. Did you mean Sóc Trăng?",
        "B5": "There is no target “1z” in 2021."
        " The year has: 1a, 1b, 2, 3, 4, 5, 6, 7, 8a, 8b, 9, htx.",
        "C6": "“x” is not a number. Write for example 1234.5 or 1.234,5.",
    }
    sheets = dict(cells_of(Path("back.xlsx")))
    assert list(sheets) == ["_htx problems", "bad"]
    assert sheets["bad"] == [
        ["Bảng tổng hợp năm 2021", None, None, None, None],
        ["tỉnh", "chỉ tiêu", "kết quả", "ngày", "ghi chú"],
        ["Soc Tran", "1a", "5", "31/12/2021", "=1+1"],
        ["Cà Mau", "1a", "8", "2021-12-31", None],
        ["Cần Thơ", "1z", "5", "2021-12-31", None],
        ["Cần Thơ", "1a", "x", "2021-12-31", None],
    ]
    assert sample.read_bytes() == before


def test_the_first_sheet_lists_every_problem_and_leads_to_its_cell(run: Run, sample: Path) -> None:
    run("import", write("bad.csv"), "--problems", "back.xlsx")
    rows = dict(cells_of(Path("back.xlsx")))["_htx problems"]
    assert [row[:2] for row in rows[:2]] == [
        ["Problems: 3", None],
        ["Nothing was imported. Correct the marked cells, and send the tables again.", None],
    ]
    assert [row[:5] for row in rows[3:]] == [
        ["File", "Sheet", "Cell", "Column", "What stands there"],
        ["bad.csv", None, "A3", "province (tỉnh)", "Soc Tran"],
        ["bad.csv", None, "B5", "target (chỉ tiêu)", "1z"],
        ["bad.csv", None, "C6", "value (kết quả)", "x"],
    ]
    first = load_workbook("back.xlsx")["_htx problems"]["C5"]
    assert first.hyperlink is not None and first.hyperlink.location == "'bad'!A3"


def test_the_language_spoken_is_that_of_the_comments(run: Run, sample: Path) -> None:
    answer = run("import", write("bad.csv"), "--problems", "back.xlsx", HTX_LANG="vi")
    assert "Đã lưu: back.xlsx\n" in answer.err
    assert comments("back.xlsx", "bad")["A3"].startswith("Không có tỉnh")
    assert next(iter(dict(cells_of(Path("back.xlsx"))))) == "_htx lỗi"


def test_a_formula_in_a_cell_is_a_text_in_what_is_sent_back(run: Run, sample: Path) -> None:
    run("import", write("bad.csv"), "--problems", "back.xlsx")
    cell = load_workbook("back.xlsx")["bad"]["E3"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_each_table_that_has_problems_is_a_sheet_and_the_others_are_left_out(
    run: Run, sample: Path
) -> None:
    head = "tỉnh,chỉ tiêu,kết quả,ngày\n"
    files = [
        write("một.csv", f"{head}Cần Thơ,1a,x,31/12/2021\n"),
        write("tốt.csv", f"{head}Cà Mau,1a,8,31/12/2021\n"),
        write("hai [2].csv", f"{head}Cần Thơ,1a,y,31/12/2021\n"),
    ]
    run("import", *files, "--problems", "back.xlsx")
    assert [name for name, _ in cells_of(Path("back.xlsx"))] == ["_htx problems", "một", "hai  2"]
    assert list(comments("back.xlsx", "hai  2")) == ["C2"]


def test_a_problem_of_a_whole_row_is_marked_at_its_first_cell(run: Run, sample: Path) -> None:
    text = "province,target,value,as_of\nCà Mau,1a,5,2021-12-31\nca mau,1A,6,2021-12-31\n"
    run("import", write("twice.csv", text), "--problems", "back.xlsx")
    assert comments("back.xlsx", "twice") == {
        "A3": "This figure stands in the file already, in row 2 (twice.csv): there it is 5, here 6."
    }


def test_several_problems_of_one_cell_are_one_comment(run: Run, sample: Path) -> None:
    """The same figure three times in one file, always another one."""
    lines = "".join(f"Cà Mau,1a,{value},2021-12-31\n" for value in (5, 6))
    write("a.csv", "province,target,value,as_of\n" + lines)
    run("import", "a.csv", "a.csv", "--problems", "back.xlsx")
    assert comments("back.xlsx", "a") == {
        "A3": "\n".join(
            ["This figure stands in the file already, in row 2 (a.csv): there it is 5, here 6."] * 2
        )
    }


def test_json_has_no_table_so_only_the_list_is_sent_back(run: Run, sample: Path) -> None:
    write("bad.json", '[{"province": "Cần Thơ", "target": "1a", "value": "x", "year": 2021}]')
    run("import", "bad.json", "--problems", "back.xlsx")
    sheets = cells_of(Path("back.xlsx"))
    assert [name for name, _ in sheets] == ["_htx problems"]
    assert sheets[0][1][4][:5] == ["bad.json", None, "row 1", "value (kết quả)", "x"]


def test_standard_input_is_sent_back_too(run: Run, sample: Path) -> None:
    run("import", "-", "--problems", "back.xlsx", stdin=BAD.encode())
    assert [name for name, _ in cells_of(Path("back.xlsx"))] == ["_htx problems", "-"]


def test_what_strict_refuses_is_marked_as_well(run: Run, sample: Path) -> None:
    text = "province,target,value,as_of\nCà Mau,1a,230,2021-12-31\n"
    run("import", write("odd.csv", text), "--strict", "--problems", "back.xlsx")
    assert list(comments("back.xlsx", "odd")) == ["A2"]


def test_a_file_that_is_broken_in_the_middle_comes_back_as_far_as_it_can_be_read(
    run: Run, sample: Path
) -> None:
    text = "province,target,value,as_of\nCà Mau,1a,y,2021-12-31\n" + '"open,1a,5,2021-12-31\n' * 30
    run("import", write("cut.csv", text), "--problems", "back.xlsx")
    assert dict(cells_of(Path("back.xlsx")))["cut"][1] == ["Cà Mau", "1a", "y", "2021-12-31"]


def test_an_import_without_problems_saves_nothing(run: Run, sample: Path) -> None:
    write("good.csv", "tỉnh,chỉ tiêu,kết quả,ngày\nCà Mau,1a,8,30/9/2021\n")
    answer = run("import", "good.csv", "--problems", "back.xlsx")
    assert (answer.exit, Path("back.xlsx").exists()) == (0, False)


@pytest.mark.parametrize(
    ("name", "exit", "message"),
    [
        ("there.xlsx", 2, "there.xlsx exists already and was not touched. Name another file, or replace this one with --replace."),
        ("back.csv", 2, "The ending of back.csv contradicts the format xlsx. Call the file back.xlsx, or choose another format."),
        ("no/back.xlsx", 1, "no/back.xlsx cannot be written: its folder does not exist"),
    ],
)  # fmt: skip
def test_a_place_where_nothing_may_be_saved_is_refused_before_the_import(
    run: Run, sample: Path, name: str, exit: int, message: str
) -> None:
    Path("there.xlsx").write_text("mine", encoding="utf-8")
    write("good.csv", "tỉnh,chỉ tiêu,kết quả,ngày\nCà Mau,1a,8,30/9/2021\n")
    before = sample.read_bytes()
    answer = run("import", "good.csv", "--problems", name)
    assert (answer.exit, answer.err) == (exit, f"htx: {message}\n")
    assert (Path("there.xlsx").read_text(), sample.read_bytes()) == ("mine", before)


def test_the_file_of_the_last_time_is_replaced_when_asked(run: Run, sample: Path) -> None:
    Path("back.xlsx").write_text("old", encoding="utf-8")
    answer = run("import", write("bad.csv"), "--problems", "back.xlsx", "--replace")
    assert "Replaced: back.xlsx\n" in answer.err


def test_the_answer_in_json_stays_what_it_is(run: Run, sample: Path) -> None:
    plain = run("import", write("bad.csv"), "--json")
    answer = run("import", "bad.csv", "--problems", "back.xlsx", "--json")
    assert (answer.exit, json.loads(answer.out)) == (4, json.loads(plain.out))


def test_the_journal_does_not_keep_where_problems_would_have_gone(run: Run, sample: Path) -> None:
    write("good.csv", "tỉnh,chỉ tiêu,kết quả,ngày\nCà Mau,1a,8,30/9/2021\n")
    run("import", "good.csv", "--problems", "back.xlsx")
    log = json.loads(run("log", "--json").out)
    assert log["changes"][0]["command"] == "import good.csv"


def test_a_workbook_comes_back_sheet_by_sheet_with_its_numbers_and_days(
    run: Run, sample: Path
) -> None:
    workbook = Workbook()
    good, bad = workbook.active, workbook.create_sheet("Số liệu quý 4")
    assert good is not None
    good.title = "Tốt"
    for sheet, province in ((good, "Cà Mau"), (bad, "Cần Tho Cũ")):
        sheet.append(["Tỉnh", "Chỉ tiêu", "Kết quả", "Ngày", "Ghi chú"])
        sheet.append([province, "1a", 8.5, date(2021, 12, 31), None])
    bad["E2"] = '=CONCATENATE("a","b")'
    workbook.save("q4.xlsx")
    answer = run("import", "q4.xlsx", "--problems", "back.xlsx")
    assert answer.exit == 4
    sheets = dict(cells_of(Path("back.xlsx")))
    assert list(sheets) == ["_htx problems", bad.title]
    assert sheets[bad.title][1][:4] == ["Cần Tho Cũ", "1a", 8.5, datetime(2021, 12, 31)]
    assert next(iter(comments("back.xlsx", bad.title))) == "A2"
    cells = [cell for row in load_workbook("back.xlsx")[bad.title].iter_rows() for cell in row]
    assert [cell for cell in cells if cell.data_type == "f"] == []


def test_what_was_sent_back_is_imported_once_it_is_corrected(run: Run, sample: Path) -> None:
    text = "tỉnh,chỉ tiêu,kết quả,ngày\nSoc Tran,1a,5,31/12/2021\n"
    run("import", write("bad.csv", text), "--problems", "back.xlsx")
    workbook = load_workbook("back.xlsx")
    workbook["bad"]["A2"] = "Sóc Trăng"
    workbook.save("back.xlsx")
    answer = run("import", "back.xlsx", "--json")
    assert (answer.exit, json.loads(answer.out)["warnings"][0]["code"]) == (0, "count_fell")
