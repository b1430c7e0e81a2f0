"""CSV: comma, point, one row a record. Texts that a spreadsheet or a terminal would obey are made
harmless."""

import csv
import io
from decimal import Decimal
from typing import Any

from htx_cli.output.documents import records
from htx_cli.output.formats.json_text import encoded
from htx_cli.text.words import escaped

_RUNS = ("=", "+", "-", "@", "\t", "\r")


def render(value: Any) -> str:
    """The records with their keys as the heading."""
    made, out = records(value), io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(made.columns)
    writer.writerows([_cell(each) for each in row.values()] for row in made.rows)
    return out.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, str | list | dict):
        text = escaped(_text(value))
        return f"'{text}" if text.startswith(_RUNS) else text
    return _text(value)


def _text(value: Any) -> str:
    """Nothing as an empty cell, numbers in full, a list with commas, a record as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}"
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    if isinstance(value, dict):
        return encoded(value)
    return str(value)
