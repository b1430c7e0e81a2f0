"""CSV: comma, point, one row a record. Texts that a spreadsheet would run are made harmless."""

import csv
import io
from typing import Any

from htx_cli.reports.documents import records

_RUNS = ("=", "+", "-", "@", "\t", "\r")


def render(value: Any) -> str:
    """The records with their keys as the heading."""
    rows = records(value)
    out = io.StringIO()
    columns = list(dict.fromkeys(key for row in rows for key in row))
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        value = ", ".join(str(part) for part in value)
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_RUNS) else value
    return value
