"""Files that are broken, or made to break: one clear problem, bounded memory, the book as it was."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from htx_cli.actions import known
from htx_cli.domain.model import Target
from htx_cli.domain.targets import Bound, Kind
from htx_cli.intake.labels import Labels
from htx_cli.intake.resolve import Defaults
from htx_cli.intake.rows import Span, Table
from htx_cli.intake.sources import Intake, Manner, Source
from htx_cli.intake.tables import layout
from htx_cli.intake.tables.around import Frame
from htx_cli.text.errors import Rejected
from tests.support.books import book
from tests.support.commands import Run
from tests.support.import_files import FILES
from tests.support.imports import problems

SHEET = "xl/worksheets/sheet1.xml"


def workbook(name: str = "good.xlsx", rows: int = 1) -> Path:
    """A small good workbook to spoil."""
    path = Path(name)
    with Workbook(path) as made:
        sheet = made.add_worksheet("KQ")
        sheet.write_row(0, 0, ["province", "target", "value", "as_of"])
        for row in range(rows):
            sheet.write_row(row + 1, 0, ["Cần Thơ", "1a", 20, "31/12/2021"])
    return path


def altered(path: Path, part: str, content: bytes) -> Path:
    """The workbook with one part replaced."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, text in {**parts, part: content}.items():
            new.writestr(name, text)
    return path


def cells(*xml: str) -> bytes:
    """A sheet's XML with these cells, each in a row of its own."""
    rows = "".join(f"<row>{cell}</row>" for cell in xml)
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return f"{head}<sheetData>{rows}</sheetData></worksheet>".encode()


def refused(run: Run, path: Path, sample: Path) -> list[str]:
    """The codes of the problems; the book must not have changed."""
    before = sample.read_bytes()
    found = problems(run("import", path, "--year", 2021, "--json"))
    assert sample.read_bytes() == before
    return [problem[-1] for problem in found]


@pytest.mark.slow
def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_read(
    run: Run, sample: Path
) -> None:
    path = workbook()
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/image1.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(1001):
            part.write(bytes(1_000_000))
    assert path.stat().st_size < 2_000_000
    assert refused(run, path, sample) == ["workbook_too_large"]


def test_a_workbook_that_lies_about_what_it_unpacks_to_is_refused(run: Run, sample: Path) -> None:
    path = altered(workbook(), "xl/sharedStrings.xml", b"<sst>" + b" " * 5_000_000 + b"</sst>")
    packed = path.read_bytes()
    size = (5_000_011).to_bytes(4, "little")
    assert packed.count(size) == 2
    path.write_bytes(packed.replace(size, (100).to_bytes(4, "little")))
    assert refused(run, path, sample) == ["workbook_unreadable"]


@pytest.mark.parametrize(
    "corner",
    [
        '<c r="XFD1048576"><v>1</v></c>',
        '<c r="ALL900000"><v>1</v></c>',
    ],
)
def test_two_cells_in_far_corners_do_not_fill_the_memory(
    run: Run, sample: Path, corner: str
) -> None:
    path = altered(workbook(), SHEET, cells('<c r="A1"><v>1</v></c>', corner))
    assert refused(run, path, sample) == ["workbook_too_large"]


@pytest.mark.slow
def test_one_long_text_in_very_many_cells_does_not_fill_the_memory(run: Run, sample: Path) -> None:
    path = altered(
        workbook(), "xl/sharedStrings.xml", b"<sst><si><t>" + b"x" * 30_000 + b"</t></si></sst>"
    )
    altered(path, SHEET, cells(*['<c t="s"><v>0</v></c>'] * 40_000))
    assert refused(run, path, sample) == ["workbook_too_large"]


def test_an_entity_in_the_xml_is_never_resolved(run: Run, sample: Path) -> None:
    doctype = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    path = altered(workbook(), SHEET, doctype + cells('<c r="A1" t="str"><v>&b;</v></c>'))
    assert refused(run, path, sample) == ["workbook_unreadable"]


ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="KQ">{}</table:table></office:spreadsheet>'
    "</office:body></office:document-content>"
)
ODS_ROW = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
ODS_TEXT = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
ODS_SUM = '<table:table-cell table:formula="of:=SUM([.A1];1)"/>'


def open_document(*rows: str) -> Path:
    """An .ods with these rows."""
    path = Path("made.ods")
    path.write_bytes((FILES / "per-cents-libreoffice-ods.ods").read_bytes())
    return altered(path, "content.xml", ODS.format("".join(rows)).encode())


@pytest.mark.slow
def test_a_cell_that_is_repeated_over_a_whole_sheet_does_not_fill_the_memory(
    run: Run, sample: Path
) -> None:
    cell = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
    path = open_document(ODS_ROW.format(1_048_576, cell))
    assert refused(run, path, sample) == ["workbook_too_large"]


def test_a_formula_of_an_open_document_without_its_result_is_no_blank_cell(
    run: Run, sample: Path
) -> None:
    head = "".join(map(ODS_TEXT.format, ["Tỉnh", "Chỉ tiêu", "Kết quả"]))
    row = "".join(map(ODS_TEXT.format, ["Cần Thơ", "1a"])) + ODS_SUM
    path = open_document(ODS_ROW.format(1, head), ODS_ROW.format(1, row))
    assert problems(run("import", path, "--year", 2021, "--json")) == [
        (2, "C2", "value", "=SUM([.A1];1)", "formula_unread")
    ]


def test_a_link_to_another_workbook_is_not_followed(run: Run, sample: Path) -> None:
    path = workbook()
    outside = Path("outside.xlsx").absolute()
    relation = f'<Relationships><Relationship Id="rId1" Target="{outside}" TargetMode="External"/></Relationships>'
    altered(path, "xl/externalLinks/_rels/externalLink1.xml.rels", relation.encode())
    altered(
        path,
        "xl/externalLinks/externalLink1.xml",
        b'<externalLink><externalBook r:id="rId1"/></externalLink>',
    )
    answer = run("import", path, "--dry-run", "--json")
    assert (answer.exit, json.loads(answer.out)["problems"]) == (0, [])


def test_ten_thousand_columns_are_too_many(run: Run, sample: Path) -> None:
    with Workbook("wide.xlsx") as made:
        sheet = made.add_worksheet()
        for row in range(3):
            sheet.write_row(row, 0, ["Cần Thơ"] * 10_000)
    assert refused(run, Path("wide.xlsx"), sample) == ["columns_many"]
    Path("wide.csv").write_text(",".join(["Cần Thơ"] * 10_000) + "\n", encoding="utf-8")
    assert refused(run, Path("wide.csv"), sample) == ["columns_many"]


@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_a_text_file_is_no_workbook_whatever_its_ending_says(
    run: Run, sample: Path, ending: str
) -> None:
    path = Path(f"text.{ending}")
    path.write_text("province,target,value\nCần Thơ,1a,20\n", encoding="utf-8")
    assert refused(run, path, sample) == ["file_not_workbook"]


@pytest.mark.parametrize("ending", ["csv", "tsv", "json", "ndjson"])
@pytest.mark.parametrize("made", ["by-hand.xlsx", "by-hand-libreoffice-xls.xls"])
def test_a_workbook_is_no_text_file_whatever_its_ending_says(
    run: Run, sample: Path, ending: str, made: str
) -> None:
    path = Path(f"workbook.{ending}")
    path.write_bytes((FILES / made).read_bytes())
    assert refused(run, path, sample) == ["file_is_workbook"]


def test_a_workbook_under_the_ending_of_another_kind_is_read_as_what_it_is(
    run: Run, sample: Path
) -> None:
    path = workbook().rename("old.xls")
    answer = run("import", path, "--dry-run", "--json")
    assert (answer.exit, json.loads(answer.out)["problems"]) == (0, [])


@pytest.mark.parametrize(
    "name", ["by-hand.xlsx", "by-hand-libreoffice-ods.ods", "by-hand-libreoffice-xls.xls"]
)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_half_a_workbook_is_damaged(run: Run, sample: Path, name: str, share: float) -> None:
    whole = (FILES / name).read_bytes()
    path = Path(f"half{Path(name).suffix}")
    path.write_bytes(whole[: int(len(whole) * share)])
    codes = refused(run, path, sample)
    assert codes == ["workbook_unreadable"]


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml"])
def test_a_workbook_with_a_part_that_is_no_xml_is_damaged(
    run: Run, sample: Path, part: str
) -> None:
    path = altered(workbook(), part, b"<worksheet><sheetData><row>")
    assert refused(run, path, sample) == ["workbook_unreadable"]


@pytest.mark.parametrize("encoding", ["UTFyes", "hex", "idna", "utf-7", "undefined", "shift_jis"])
def test_a_part_in_an_encoding_that_nobody_knows_is_damaged(
    run: Run, sample: Path, encoding: str
) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding}"?>'.encode()
    path = altered(workbook(), SHEET, declared + cells('<c r="A1"><v>1</v></c>'))
    assert refused(run, path, sample) == ["workbook_unreadable"]


def test_a_workbook_whose_parts_would_begin_before_the_file_does_is_damaged(
    run: Run, sample: Path
) -> None:
    path = workbook()
    packed = bytearray(path.read_bytes())
    end = packed.rindex(b"PK\x05\x06")
    directory = int.from_bytes(packed[end + 16 : end + 20], "little")
    packed[end + 16 : end + 20] = (directory + 1000).to_bytes(4, "little")
    path.write_bytes(packed)
    assert refused(run, path, sample) == ["workbook_unreadable"]


def test_a_zip_that_is_no_workbook_is_damaged(run: Run, sample: Path) -> None:
    with zipfile.ZipFile("photos.xlsx", "w") as archive:
        archive.writestr("1.jpg", b"x")
    assert refused(run, Path("photos.xlsx"), sample) == ["workbook_unreadable"]


def test_a_workbook_with_a_password_is_refused_and_says_so(run: Run, sample: Path) -> None:
    answer = run("import", FILES.parent / "password.xlsx", "--year", 2021)
    assert answer.exit == 4
    assert "protected by a password" in answer.err


def test_a_file_that_changes_while_it_is_read_is_refused(sample: Path) -> None:
    path = Path("a.csv")
    path.write_text("province,target,value\nCần Thơ,1a,20\nCà Mau,1a,23\n", encoding="utf-8")
    opened = book(sample)
    with opened.reading() as connection:
        intake = Intake(known(connection), Manner(Defaults(opened.today, year=2021)))
        rows = Source(path).rows(intake)
        next(rows)
        with path.open("a", encoding="utf-8") as file:
            file.write("Bạc Liêu,1a,13\n")
        with pytest.raises(Rejected) as caught:
            list(rows)
    assert [problem.code for problem in caught.value.problems] == ["file_changed"]


def test_a_workbook_on_standard_input_is_read_too(run: Run, sample: Path) -> None:
    content = workbook().read_bytes()
    answer = run("import", "-", "--input-format", "xlsx", "--json", stdin=content)
    assert json.loads(answer.out)["same"] + json.loads(answer.out)["changed"] == 1


_MEASURED = """
import resource, sys
from pathlib import Path
from htx_cli.intake.files import sheets
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with open(sys.argv[1], "rb") as file:
    count = sum(1 for table in sheets.tables(file, "many.xlsx") for row in table.rows)
print(count, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


class Counted(list[Span]):
    """A list that counts how often it is gone through."""

    times = 0

    def __iter__(self) -> Iterator[Span]:
        self.times += 1
        return super().__iter__()


FRAME = Frame(2021, date(2021, 12, 31))


def test_merged_cells_are_looked_through_once_and_not_again_for_every_row() -> None:
    rows = 1000
    body = [(at, [None if at % 2 else "Cần Thơ", "1a", Decimal(at)]) for at in range(2, rows)]
    merged = Counted(Span(at, 0, at + 1, 0) for at in range(2, rows, 2))
    target = Target(2021, "1a", "Số HTX mới", Kind.COUNT, Bound.AT_LEAST, Decimal(20))
    table = Table(iter([(1, ["Tỉnh", "Chỉ tiêu", "Kết quả"]), *body]), merged=merged)
    found = list(layout.rows(table, Labels([target], lambda text: None, {}), FRAME))
    assert [(row.number, row.cells["province"]) for row in found] == [
        (at, "Cần Thơ") for at in range(2, rows)
    ]
    assert merged.times == 1


@pytest.mark.slow
def test_the_rows_of_a_large_sheet_are_streamed_from_what_calamine_holds() -> None:
    with Workbook("many.xlsx", {"constant_memory": True}) as made:
        sheet = made.add_worksheet()
        for row in range(100_000):
            sheet.write_row(row, 0, ["Cần Thơ", "1a", row, "31/12/2021"])
    answer = subprocess.run(
        [sys.executable, "-c", _MEASURED, "many.xlsx"], capture_output=True, text=True, check=True
    )
    count, megabytes = map(int, answer.stdout.split())
    assert count == 100_000
    assert megabytes < 120
