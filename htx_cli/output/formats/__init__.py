"""Render an answer as text: a registry of formats, and one module for each.

A table on a terminal is drawn by `rich_table`; every other format is a text.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from htx_cli.text.errors import UsageError

TABLE = "table"  # drawn on a terminal; plain text wherever else it goes
FORMATS = (TABLE, "plain", "json", "ndjson", "csv", "md")
_MODULES = {
    "plain": "plain",
    "json": "json_text",
    "ndjson": "ndjson",
    "csv": "csv_text",
    "md": "markdown",
}
ENDINGS = {".txt": "plain", ".json": "json", ".ndjson": "ndjson", ".csv": "csv", ".md": "md"}


def render(value: Any, format: str) -> str:
    """Anything that is shown, as the text of a format of `FORMATS` other than `table`."""
    make: Callable[[Any], str] = import_module(f"htx_cli.output.formats.{_MODULES[format]}").render
    return make(value)


def format_of(path: Path) -> str:
    """The format that the ending of a file names. Raises UsageError."""
    try:
        return ENDINGS[path.suffix.lower()]
    except KeyError:
        choices = ", ".join(FORMATS)
        raise UsageError("format_needed", path=path, choices=choices) from None


def text_format(format: str) -> str:
    """Return the format to use in a file, where no table can be drawn."""
    return "plain" if format == TABLE else format
