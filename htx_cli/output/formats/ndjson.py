"""NDJSON: one record a line."""

from typing import Any

from htx_cli.output.documents import records
from htx_cli.output.formats.json_text import encoded


def render(value: Any) -> str:
    """Each record on a line of its own."""
    return "".join(encoded(row) + "\n" for row in records(value).rows)
