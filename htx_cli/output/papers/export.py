"""All results, one a row, as `htx import` reads them back: CSV, JSON, NDJSON or a workbook.

They are written one by one, so that memory stays flat.
"""

import csv
import json
import re
from codecs import BOM_UTF8
from collections.abc import Iterable
from decimal import Decimal
from io import TextIOWrapper
from typing import IO, TYPE_CHECKING

from htx_cli.domain.exchange import EXPORTED, Exported
from htx_cli.domain.model import WHOLE_CLUSTER
from htx_cli.domain.targets import Kind
from htx_cli.output.formats.json_text import harmless
from htx_cli.output.papers.workbook import ROWS, workbook
from htx_cli.text.vietnamese import guarded
from htx_cli.text.words import escaped

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Value = str | int | bool | Decimal | None
Rows = Iterable[list[Value]]

FORMATS = ("csv", "json", "ndjson", "xlsx")
_GROUPED = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
_encode = json.JSONEncoder(ensure_ascii=False).encode
_WIDTHS = (22, 7, 18, 10, 12, 10, 14, 14, 14, 10, 44, 44)


def write(exported: Iterable[Exported], file: IO[bytes], format: str, bom: bool = False) -> int:
    """Write the results in one of `FORMATS`, a CSV with or without its mark; gives how many."""
    count = 0

    def rows() -> Rows:
        nonlocal count
        for each in exported:
            count += 1
            yield _values(each)

    if bom and format == "csv":
        file.write(BOM_UTF8)
    _WRITERS[format](rows(), file)
    return count


def _values(exported: Exported) -> list[Value]:
    """A result under the columns of `EXPORTED`."""
    target, result = exported.target, exported.result
    figure, value = result.figure, result.figure.value
    said = bool(value) if target.kind is Kind.YES_NO and value is not None else value
    return [
        exported.cluster, target.year, result.province or WHOLE_CLUSTER, target.code,
        result.as_of.isoformat(), str(result.basis), said, figure.of, figure.base, figure.rate,
        result.source, result.note,
    ]  # fmt: skip


# -- texts -----------------------------------------------------------------------------------------


def _csv(rows: Rows, file: IO[bytes]) -> None:
    text = TextIOWrapper(file, "utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(EXPORTED)
    writer.writerows([_cell(value) for value in row] for row in rows)
    text.detach()


def _cell(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        number = f"{value:f}"
        return f"{number}0" if _GROUPED.fullmatch(number) else number  # 1.234 could be 1234
    return guarded(escaped(value)) if isinstance(value, str) else str(value or "")


def _json(rows: Rows, file: IO[bytes]) -> None:
    before = b"[\n"
    for row in rows:
        file.write(before + _object(row))
        before = b",\n"
    file.write(b"\n]\n" if before == b",\n" else b"[]\n")


def _ndjson(rows: Rows, file: IO[bytes]) -> None:
    for row in rows:
        file.write(_object(row) + b"\n")


def _object(row: list[Value]) -> bytes:
    """The row as a JSON object; numbers in full, which `json` would write with an exponent."""
    texts = (f"{value:f}" if isinstance(value, Decimal) else _encode(value) for value in row)
    pairs = (f'"{column}": {text}' for column, text in zip(EXPORTED, texts, strict=True))
    return harmless(f"{{{', '.join(pairs)}}}").encode()


# -- a workbook ------------------------------------------------------------------------------------


def _xlsx(rows: Rows, file: IO[bytes]) -> None:
    """Sheets of as many rows as there is room for."""
    with workbook(file, streamed=True) as made:
        bold = made.add_format({"bold": True, "bottom": 1})
        sheet, at = _sheet(made, bold), 0
        for row in rows:
            at += 1
            if at == ROWS:
                sheet, at = _sheet(made, bold), 1
            for column, value in enumerate(row):
                if isinstance(value, Decimal | int) and not isinstance(value, bool):
                    sheet.write_number(at, column, value)
                elif value is not None:
                    sheet.write_string(at, column, _cell(value))


def _sheet(made: "Workbook", bold: object) -> "Worksheet":
    sheet = made.add_worksheet()
    for column, (heading, width) in enumerate(zip(EXPORTED, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, bold)
    sheet.freeze_panes(1, 0)
    return sheet


_WRITERS = {"csv": _csv, "json": _json, "ndjson": _ndjson, "xlsx": _xlsx}
