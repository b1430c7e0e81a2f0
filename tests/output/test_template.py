"""The workbooks that provinces fill in, and that come back with nothing to map."""

import json
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.commands import Run
from tests.support.journal import rows as queried

VI = {"HTX_LANG": "vi"}
HEADING = 7  # its row
FIRST = HEADING + 1


def made(run: Run, *typed: object, name: str = "2021-can-tho.xlsx", **environ: str) -> Path:
    """The workbook of Cần Thơ for 2021, in a new folder."""
    answer = run(
        "template", "--year", 2021, "-o", "out", "--province", "can tho", *typed, **environ
    )
    assert (answer.exit, answer.out) == (0, "")
    return Path("out") / name


def opened(path: Path) -> tuple[Workbook, Worksheet]:
    workbook = load_workbook(path)
    return workbook, workbook.worksheets[0]


def columns(sheet: Worksheet) -> dict[str, int]:
    """Where each heading stands."""
    return {str(cell.value): cell.column for cell in sheet[HEADING] if cell.value}


def by_code(sheet: Worksheet, code: str = "Code") -> dict[str, dict[str, Any]]:
    """What stands in the row of each target, by heading."""
    at = columns(sheet)
    return {
        str(row[at[code] - 1].value): {name: row[n - 1].value for name, n in at.items()}
        for row in sheet.iter_rows(min_row=FIRST)
    }


def fill(path: Path, figures: dict[str, dict[str, Any]], reorder: bool = False) -> None:
    """Type figures into the rows of their targets, as the province does; perhaps sort the rows."""
    workbook, sheet = opened(path)
    at = columns(sheet)
    code = at.get("Code") or at["Mã"]
    for row in sheet.iter_rows(min_row=FIRST):
        for heading, value in figures.get(str(row[code - 1].value), {}).items():
            cell = row[at[heading] - 1]
            assert not cell.protection.locked, f"{heading} of {row[code - 1].value} is locked"
            cell.value = value
    if reorder:
        values = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST)]
        values.sort(key=lambda row: str(row[2]), reverse=True)
        for row, sorted_values in zip(sheet.iter_rows(min_row=FIRST), values, strict=True):
            for cell, value in zip(row, sorted_values, strict=True):
                cell.value = value
    workbook.save(path)


# -- what is made ----------------------------------------------------------------------------------


def test_each_member_gets_a_workbook_of_its_own(run: Run, sample: Path) -> None:
    answer = run("template", "--year", 2021, "-o", "biểu mẫu/2021", "--json")
    names = [
        "2021-can-tho.xlsx", "2021-soc-trang.xlsx", "2021-bac-lieu.xlsx", "2021-ca-mau.xlsx",
        "2021-an-giang.xlsx", "2021-kien-giang.xlsx", "2021-hau-giang.xlsx",
    ]  # fmt: skip
    assert (answer.exit, answer.err) == (0, "")
    assert json.loads(answer.out) == {
        "schema": "htx.template/1",
        "files": [str(Path("biểu mẫu/2021") / name) for name in names],
    }
    assert sorted(path.name for path in Path("biểu mẫu/2021").iterdir()) == sorted(names)
    assert all(opened(Path("biểu mẫu/2021") / name)[1].title for name in names)


def test_only_the_provinces_that_are_named_get_one(run: Run, sample: Path) -> None:
    asked = ["--province", "Cà Mau", "--province", "can tho"]
    answer = run("template", "--year", 2021, "-o", "out", *asked)
    files = [Path("out/2021-can-tho.xlsx"), Path("out/2021-ca-mau.xlsx")]
    assert answer.err == "".join(f"Saved: {file}\n" for file in files)


def test_a_row_shows_the_target_its_threshold_and_last_years_figure(run: Run, sample: Path) -> None:
    run("set-share", "can tho", "1a", 25, "--year", 2021)
    _, sheet = opened(made(run))
    assert [cell.value for cell in sheet["A"][:5]] == [
        "Results of the emulation targets of 2021",
        "Cụm thi đua Liên minh HTX các tỉnh, thành phố Tây nam sông Hậu",
        "Unit: Cần Thơ",
        "Fill in the yellow cells and send this file back. A figure that is left empty counts as"
        " not reported, not as 0.",
        "Counts are cumulative from 1 January to the date of the figure; a ratio needs both its"
        " part and its whole.",
    ]
    found = by_code(sheet)
    assert list(found) == ["1a", "1b", "2", "3", "4", "5", "6", "7", "8a", "8b", "9", "htx"]
    assert found["1a"] == {
        "No.": 1,
        "Code": "1a",
        "Title": "Số HTX thành lập mới",
        "Unit": "HTX",
        "Signed": "≥25",
        "Last year": None,
        "Value": None,
        "Of": None,
        "Base": None,
        "As of": datetime(2021, 12, 31),
        "Basis": "actual",
        "Source": None,
        "Note": None,
        "cluster": "tay-nam-song-hau",
        "year": 2021,
        "province": "can-tho",
    }
    assert (found["3"]["Signed"], found["3"]["Last year"]) == ("+10%", "160")
    assert found["2"]["Title"] == "Tỷ lệ HTX hoạt động hiệu quả\nWhole: HTX đang hoạt động"
    assert (found["8a"]["Signed"], found["8a"]["Unit"]) == ("yes", "yes/no")


def test_last_years_figure_is_the_last_actual_one_of_the_same_code(run: Run, sample: Path) -> None:
    run("add-target", "2", "HTX hiệu quả", "--kind", "ratio", "--at-least", 50, "--year", 2020)
    run("record", "can tho", "2", 80, "--of", 150, "--as-of", "30/6/2020")
    run("record", "can tho", "2", 90, "--of", 160, "--as-of", "30/9/2020")
    run("record", "can tho", "2", 99, "--of", 160, "--as-of", "31/12/2020", "--estimate")
    _, sheet = opened(made(run))
    assert by_code(sheet)["2"]["Last year"] == "90 / 160"


def test_a_target_that_is_not_assigned_is_left_out(run: Run, sample: Path) -> None:
    run("set-share", "can tho", "1b", "--not-assigned", "--year", 2021)
    _, sheet = opened(made(run))
    assert "1b" not in by_code(sheet)
    assert [found["No."] for found in by_code(sheet).values()] == list(range(1, 12))


def test_as_of_is_the_date_that_stands_in_every_row(run: Run, sample: Path) -> None:
    _, sheet = opened(made(run, "--as-of", "Q2/2021"))
    assert {found["As of"] for found in by_code(sheet).values()} == {datetime(2021, 6, 30)}


def test_only_the_cells_to_fill_in_are_unlocked_and_no_password_guards_the_rest(
    run: Run, sample: Path
) -> None:
    _, sheet = opened(made(run))
    assert sheet.protection.sheet is True and sheet.protection.password is None
    at = columns(sheet)
    unlocked = {
        str(row[at["Code"] - 1].value): {
            name for name, n in at.items() if not row[n - 1].protection.locked
        }
        for row in sheet.iter_rows(min_row=FIRST)
    }
    always = {"Value", "As of", "Basis", "Source", "Note"}
    assert unlocked == {
        **dict.fromkeys(("1a", "1b", "6", "8a", "8b"), always),
        **dict.fromkeys(("3", "4", "7"), always | {"Base"}),
        **dict.fromkeys(("2", "5", "9", "htx"), always | {"Of"}),
    }
    assert all(cell.protection.locked for row in sheet.iter_rows(max_row=HEADING) for cell in row)


def test_yes_and_no_and_the_basis_are_chosen_and_not_typed(run: Run, sample: Path) -> None:
    _, sheet = opened(made(run, **VI))
    at = {name: get_column_letter(n) for name, n in columns(sheet).items()}
    rows = {code: row for row, code in enumerate(by_code(sheet, "Mã"), FIRST)}
    allowed = {
        cell: (each.type, each.formula1)
        for each in sheet.data_validations.dataValidation
        for cell in str(each.sqref).split()
    }
    assert allowed[f"{at['Kết quả']}{rows['8a']}"] == ("list", '"có,không"')
    assert allowed[f"{at['Loại số liệu']}{rows['1a']}"] == ("list", '"thực hiện,ước"')
    assert allowed[f"{at['Kết quả']}{rows['1a']}"][0] == "decimal"
    assert allowed[f"{at['Đến ngày']}{rows['1a']}"][0] == "date"


def test_the_ids_are_hidden_and_the_sheet_is_ready_to_print(run: Run, sample: Path) -> None:
    _, sheet = opened(made(run, **VI))
    at = {name: get_column_letter(n) for name, n in columns(sheet).items()}
    hidden = {name for name, letter in at.items() if _hidden(sheet, letter)}
    assert hidden == {"cluster", "year", "province"}
    assert list(at)[:13] == [
        "STT", "Mã", "Tên chỉ tiêu", "ĐVT", "Mức giao", "Năm trước", "Kết quả", "Trên tổng số",
        "Số gốc", "Đến ngày", "Loại số liệu", "Nguồn", "Ghi chú",
    ]  # fmt: skip
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("D8", "$7:$7")


def _hidden(sheet: Worksheet, letter: str) -> bool:
    at = sheet[f"{letter}1"].column
    return any(d.hidden and d.min <= at <= d.max for d in sheet.column_dimensions.values())


def test_the_same_book_makes_the_same_bytes(run: Run, sample: Path) -> None:
    first = made(run).read_bytes()
    assert made(run, "--replace", TZ="America/New_York").read_bytes() == first


# -- where they are put ----------------------------------------------------------------------------


def test_a_file_that_stands_there_is_never_lost_and_no_other_is_written(
    run: Run, sample: Path
) -> None:
    Path("out").mkdir()
    Path("out/2021-ca-mau.xlsx").write_text("filled in", encoding="utf-8")
    answer = run("template", "--year", 2021, "-o", "out")
    path = Path("out/2021-ca-mau.xlsx")
    assert (answer.exit, answer.err) == (
        2,
        f"htx: {path} exists already and was not touched. Name another file, or replace this one"
        " with --replace.\n",
    )
    assert [each.name for each in Path("out").iterdir()] == ["2021-ca-mau.xlsx"]
    again = run("template", "--year", 2021, "-o", "out", "--province", "ca mau", "--replace")
    assert again.err == f"Replaced: {path}\n"


@pytest.mark.parametrize(
    ("typed", "exit", "message"),
    [
        (["--year", 2022], 3, "Nothing is signed or drafted for 2022. Add a target with “htx add-target”."),
        (["--year", 2021, "--province", "ha noi"], 3, "Hà Nội is not a member of the cluster on 31/12/2021. Members are: Cần Thơ, Sóc Trăng, Bạc Liêu, Cà Mau, An Giang, Kiên Giang, Hậu Giang."),
        (["--year", 2021, "--as-of", "30/6/2020"], 2, "30/06/2020 is not a day of 2021."),
    ],
    ids=["no targets", "no member", "another year"],
)  # fmt: skip
def test_what_cannot_be_made_is_one_message_and_no_folder(
    run: Run, sample: Path, typed: list[object], exit: int, message: str
) -> None:
    answer = run("template", *typed, "-o", "out")
    assert (answer.exit, answer.out, answer.err) == (exit, "", f"htx: {message}\n")
    assert not Path("out").exists()


# -- what comes back -------------------------------------------------------------------------------

FIGURES: dict[str, dict[str, Any]] = {
    "1a": {"Kết quả": 21, "Nguồn": "Báo cáo 12", "Ghi chú": "đến 30/11: 2 HTX mới"},
    "2": {"Kết quả": 96.5, "Trên tổng số": 150},
    "3": {"Kết quả": 176, "Số gốc": 160},
    "4": {"Kết quả": 13000, "Loại số liệu": "ước", "Đến ngày": date(2021, 11, 30)},
    "8a": {"Kết quả": "có"},
    "8b": {"Kết quả": "không"},
}
CAME = (
    "SELECT target, as_of, basis, value, of, base, source, note FROM results"
    " WHERE province = 'can-tho' AND change = 33 ORDER BY target"
)
FIGURES_THAT_CAME = [
    ("1a", "2021-12-31", "actual", 21.0, None, None, "Báo cáo 12", "đến 30/11: 2 HTX mới"),
    ("2", "2021-12-31", "actual", 96.5, 150.0, None, None, None),
    ("3", "2021-12-31", "actual", 176.0, None, 160.0, None, None),
    ("4", "2021-11-30", "estimate", 13000.0, None, None, None, None),
    ("8a", "2021-12-31", "actual", 1.0, None, None, None, None),
    ("8b", "2021-12-31", "actual", 0.0, None, None, None, None),
]


@pytest.mark.parametrize("reorder", [False, True], ids=["as it was", "rows sorted"])
def test_what_comes_back_is_imported_with_nothing_to_map(
    run: Run, sample: Path, reorder: bool
) -> None:
    path = made(run, **VI)
    fill(path, FIGURES, reorder)
    answer = run("import", path, "--json")
    assert (answer.exit, json.loads(answer.out)["problems"]) == (0, [])
    assert queried(sample, CAME) == FIGURES_THAT_CAME


def test_an_english_workbook_comes_back_as_well(run: Run, sample: Path) -> None:
    path = made(run)
    fill(path, {"1a": {"Value": 21, "Note": "x"}, "8a": {"Value": "no", "Basis": "estimate"}})
    assert run("import", path).exit == 0
    assert queried(sample, CAME) == [
        ("1a", "2021-12-31", "actual", 21.0, None, None, None, "x"),
        ("8a", "2021-12-31", "estimate", 0.0, None, None, None, None),
    ]


def test_a_workbook_that_comes_back_empty_reports_nothing(run: Run, sample: Path) -> None:
    before = sample.read_bytes()
    assert run("import", made(run), "--json").exit == 4
    assert sample.read_bytes() == before


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_what_was_saved_anew_in_libreoffice_comes_back_too(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    path = made(run, **VI)
    fill(path, FIGURES)
    again = tmp_path / "again"
    typed = ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    typed += ["--convert-to", "xlsx", "--outdir", str(again), str(path)]
    subprocess.run(typed, check=True, capture_output=True)
    answer = run("import", again / path.name, "--json")
    assert (answer.exit, json.loads(answer.out)["problems"]) == (0, [])
    assert queried(sample, CAME) == FIGURES_THAT_CAME
    _, sheet = opened(again / path.name)
    assert sheet.protection.sheet is True
