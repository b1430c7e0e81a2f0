"""Small files that unpack, repeat or nest to far more than they look: each made by code, none kept."""

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET = "xl/worksheets/sheet1.xml"
SHARED = "xl/sharedStrings.xml"
_TYPES = f"""<Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/></Types>"""
_ROOT = f"""<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"
 Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
_RELATION = (
    f'<Relationship Id="rId{{0}}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{{1}}.xml"/>'
)
HEAD = [["province", "target", "value"], ["Cần Thơ", "1a", "20"]]
Parts = dict[str, bytes | Iterator[bytes]]


def packed(name: str, parts: Parts) -> Path:
    """A zip with these parts; what is long comes in pieces."""
    path = Path(name)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for part, content in parts.items():
            with archive.open(part, "w", force_zip64=True) as stream:
                for piece in [content] if isinstance(content, bytes) else content:
                    stream.write(piece)
    return path


def workbook(
    sheet: bytes | Iterator[bytes], sheets: int = 1, **more: bytes | Iterator[bytes]
) -> Path:
    """An .xlsx with this sheet, under so many names; `more` are parts of xl."""
    names = "".join(
        f'<sheet name="S{at}" sheetId="{at}" r:id="rId{at}"/>' for at in range(1, sheets + 1)
    )
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>'
    relations = "".join(_RELATION.format(at, 1) for at in range(1, sheets + 1))
    made: Parts = {
        "[Content_Types].xml": _TYPES.encode(),
        "_rels/.rels": _ROOT.encode(),
        "xl/workbook.xml": book.encode(),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'.encode()
        ),
        SHEET: sheet,
        **{f"xl/{part}.xml": content for part, content in more.items()},
    }
    return packed("made.xlsx", made)


def text_cell(text: str, attributes: str = "") -> str:
    return f'<c t="inlineStr"{attributes}><is><t>{text}</t></is></c>'


def sheet_xml(*between: bytes, before: str = "", after: str = "") -> Iterator[bytes]:
    """A sheet with a heading and a figure, then these pieces."""
    rows = "".join(f"<row>{''.join(map(text_cell, row))}</row>" for row in HEAD)
    yield f'<worksheet xmlns="{MAIN}" {before}><sheetData>{rows}'.encode()
    yield from between
    yield f"</sheetData>{after}</worksheet>".encode()


ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    "<office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>"
)
_ODS_TEXT = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
_PER_CENT = '<table:table-cell office:value-type="percentage" office:value="0.5"{}/>'


def open_document(rows: str, tables: int = 1) -> Path:
    """An .ods with a heading and a figure, then these rows, in so many tables."""
    head = "".join(
        f"<table:table-row>{''.join(map(_ODS_TEXT.format, row))}</table:table-row>" for row in HEAD
    )
    table = '<table:table table:name="T{}">{}</table:table>'
    content = ODS.format("".join(table.format(at, head + rows) for at in range(tables)))
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    return packed(
        "made.ods",
        {"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content.encode()},
    )


def _row(cells: str, attributes: str = "") -> str:
    return f"<table:table-row{attributes}>{cells}</table:table-row>"


def _times(what: str, count: int) -> str:
    return f' table:number-{what}-repeated="{count}"'


def text(name: str, content: str) -> Path:
    Path(name).write_text(content, encoding="utf-8")
    return Path(name)


def _object(pairs: int) -> str:
    return "{" + ",".join(f'"k{at}":1' for at in range(pairs)) + "}"


def _figure(**more: str) -> str:
    """An object with the figure 20, in which `more` stands as it is."""
    pairs = {"province": '"Cần Thơ"', "target": '"1a"', "value": "20", **more}
    return "{" + ", ".join(f'"{name}": {value}' for name, value in pairs.items()) + "}"


_MEGABYTE = b" " * 1_000_000
_A1 = b'<row r="1">' + b'<c r="A1"><v>1</v></c>' * 1000 + b"</row>"
_ATTRIBUTES = " ".join(f'a{at:06}=""' for at in range(180_000))
_LEVEL = '{"a":'
_EMPTY = f"<table:table-cell{_times('columns', 16384)}/>"

FILES: dict[str, Callable[[], Path]] = {
    "ods-per-cent-columns": lambda: open_document(
        _row(_PER_CENT.format(_times("columns", 200_000)))
    ),
    "ods-per-cent-rows": lambda: open_document(
        _row(_PER_CENT.format(""), _times("rows", 19_000_000))
    ),
    "ods-hidden-rows": lambda: open_document(
        _row(_ODS_TEXT.format(1), _times("rows", 19_900_000) + ' table:visibility="collapse"')
    ),
    "ods-figures-repeated": lambda: open_document(
        _row("".join(map(_ODS_TEXT.format, HEAD[1])), _times("rows", 1_000_000))
    ),
    "ods-empty-rows-then-one": lambda: open_document(
        _row(_EMPTY, _times("rows", 2_000_000_000)) + _row(_ODS_TEXT.format(1))
    ),
    "ods-empty-rows-of-a-sheet": lambda: open_document(
        _row(_EMPTY, _times("rows", 1_048_500)) + _row(_EMPTY, _times("rows", 60))
    ),
    "ods-many-tables": lambda: open_document("", tables=50_000),
    "ods-repeats-that-are-none": lambda: open_document(
        _row(_PER_CENT.format(_times("columns", -5)))
    ),
    "ods-many-spaces": lambda: open_document(
        _row(_ODS_TEXT.format('<text:s text:c="2000000000"/>'))
    ),
    "xlsx-all-claim-a1": lambda: workbook(sheet_xml(*[_A1] * 1000)),
    "xlsx-two-claim-a1": lambda: workbook(
        sheet_xml(b'<row r="9"><c r="A9"><v>1</v></c><c r="A9"><v>2</v></c></row>')
    ),
    "xlsx-cells-backwards": lambda: workbook(
        sheet_xml(b'<row r="1000"><c r="AAA1000"><v>1</v></c></row>', *[_A1] * 600)
    ),
    "xlsx-one-shared-text": lambda: workbook(
        sheet_xml(b'<row><c t="s"><v>0</v></c></row>'),
        sharedStrings=iter([b"<sst><si><t>", *[_MEGABYTE] * 900, b"</t></si></sst>"]),
    ),
    "xlsx-shared-text-90-mb": lambda: workbook(
        sheet_xml(b'<row><c t="s"><v>0</v></c></row>'),
        sharedStrings=iter([b"<sst><si><t>", *[b"x" * 1_000_000] * 90, b"</t></si></sst>"]),
    ),
    "xlsx-one-text-in-many-cells": lambda: workbook(
        sheet_xml(*[b'<row><c t="s"><v>0</v></c></row>'] * 40_000),
        sharedStrings=b"<sst><si><t>" + b"x" * 30_000 + b"</t></si></sst>",
    ),
    "xlsx-many-shared-texts": lambda: workbook(
        sheet_xml(), sharedStrings=iter([b"<sst>", *[b"<si><t/></si>" * 1000] * 5000, b"</sst>"])
    ),
    "xlsx-200000-sheets": lambda: workbook(sheet_xml(), sheets=200_000),
    "xlsx-900-sheets-of-one-part": lambda: workbook(
        sheet_xml(*[b"<row><c><v>1</v></c></row>"] * 20_000), sheets=900
    ),
    "xlsx-one-huge-tag": lambda: workbook(sheet_xml(f'<row a="{"x" * 2_000_000}"></row>'.encode())),
    "xlsx-many-attributes": lambda: workbook(sheet_xml(f"<row {_ATTRIBUTES}></row>".encode())),
    "xlsx-attributes-of-another-part": lambda: workbook(
        sheet_xml(),
        styles=f'<styleSheet xmlns="{MAIN}"><cellXfs {_ATTRIBUTES}/></styleSheet>'.encode(),
    ),
    "xlsx-one-huge-comment": lambda: workbook(sheet_xml(b"<!--" + b"x" * 50_000_000 + b"-->")),
    "xlsx-deep": lambda: workbook(sheet_xml(b"<x>" * 500_000, b"</x>" * 500_000)),
    "xlsx-1-gb-of-spaces": lambda: workbook(sheet_xml(*[_MEGABYTE] * 990)),
    "xlsx-90-mb-of-spaces": lambda: workbook(sheet_xml(*[_MEGABYTE] * 90)),
    "xlsx-90-mb-of-empty-rows": lambda: workbook(sheet_xml(*[b"<row/>" * 1000] * 15_000)),
    "xlsx-90-mb-of-empty-cells": lambda: workbook(
        sheet_xml(*[b"<row>" + b"<c/>" * 10_000 + b"</row>"] * 2200)
    ),
    "xlsx-90-mb-of-one-value": lambda: workbook(
        sheet_xml(b"<row><c><v>", *[b"1" * 1_000_000] * 90, b"</v></c></row>")
    ),
    "xlsx-90-mb-of-one-formula": lambda: workbook(
        sheet_xml(b"<row><c><f>", *[b"1" * 1_000_000] * 90, b"</f></c></row>")
    ),
    "xlsx-a-gap-of-rows": lambda: workbook(
        sheet_xml(b'<row r="1048576"><c r="B1048576"><v>1</v></c></row>')
    ),
    "xlsx-many-merged": lambda: workbook(
        sheet_xml(
            after="<mergeCells>" + '<mergeCell ref="A3:XFD1048576"/>' * 500_000 + "</mergeCells>"
        )
    ),
    "xlsx-many-hidden-columns": lambda: workbook(
        sheet_xml(after='<cols><col min="1" max="2000000000" hidden="1"/></cols>' * 10_000)
    ),
    "xlsx-row-of-a-huge-number": lambda: workbook(
        sheet_xml(b'<row r="' + b"9" * 6000 + b'"><c><v>1</v></c></row>')
    ),
    "xlsx-many-formats": lambda: workbook(
        sheet_xml(b"<row>" + b'<c s="0"><v>0.5</v></c>' * 16_000 + b"</row>"),
        styles=f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="9"/></cellXfs></styleSheet>'.encode(),
    ),
    "xlsx-figures-300000": lambda: workbook(
        sheet_xml(*[f"<row>{''.join(map(text_cell, HEAD[1]))}</row>".encode() * 1000] * 300)
    ),
    "json-60000-names": lambda: text("made.json", f"[{_object(60_000)}]"),
    "json-1500000-names": lambda: text("made.json", f"[{_object(1_500_000)}]"),
    "json-same-name": lambda: text("made.json", "[{" + '"value":1,' * 90_000 + '"value":1}]'),
    "ndjson-60000-names": lambda: text("made.ndjson", _object(60_000)),
    "json-lists-in-a-cell": lambda: text(
        "made.json", f"[{_figure(note='[' + '[],' * 6_600_000 + '[]]')}]"
    ),
    "json-lists": lambda: text("made.json", "[" + "[]," * 6_600_000 + "[]]"),
    "json-numbers": lambda: text("made.json", "[" + "1," * 9_900_000 + "1]"),
    "json-400-levels": lambda: text("made.json", f"[{_figure(note='[' * 400 + ']' * 400)}]"),
    "json-900-levels": lambda: text(
        "made.json", f"[{_figure(note=_LEVEL * 900 + '1' + '}' * 900)}]"
    ),
    "json-500000-levels": lambda: text("made.json", "[" * 500_000 + "]" * 500_000),
    "ndjson-300000-levels": lambda: text("made.ndjson", "[" * 300_000 + "]" * 300_000),
    "json-long-number": lambda: text("made.json", f"[{_figure(value='9' * 10_000)}]"),
    "json-exponent": lambda: text("made.json", f"[{_figure(value='1e999999')}]"),
    "json-one-long-text": lambda: text(
        "made.json", f"[{_figure(note=json.dumps('x' * 19_000_000))}]"
    ),
    "json-backslashes": lambda: text("made.json", '["' + "\\\\" * 9_000_000),
    "csv-20000-unknown": lambda: text(
        "made.csv",
        "province,target,value\n" + "".join(f"Tỉnh lạ {at},1a,20\n" for at in range(20_000)),
    ),
    "csv-20000-unknown-targets": lambda: text(
        "made.csv",
        "province,target,value\n" + "".join(f"Cần Thơ,mã {at},20\n" for at in range(20_000)),
    ),
    "csv-long-number": lambda: text(
        "made.csv", f"province,target,value\nCần Thơ,1a,{'9' * 10_000}\n"
    ),
    "csv-long-cell": lambda: text(
        "made.csv", f"province,target,value\nCần Thơ,1a,{'a ' * 450_000}\n"
    ),
    "csv-long-heading": lambda: text(
        "made.csv", f"province,target,{'năm 2021 ' * 100_000}\nCần Thơ,1a,1\n"
    ),
    "csv-one-endless-record": lambda: text(
        "made.csv", "province,target,value\n" + '"a\n",' * 6_000_000
    ),
    "csv-many-columns": lambda: text("made.csv", "province,target,value" + "," * 900_000 + "\n"),
}
