"""Render an answer as text: a registry of formats, and one module for each, however small.

A table on a terminal is drawn by `rich_table`; every other format is a text.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from htx_cli.text.errors import UsageError

TABLE = "table"  # drawn on a terminal; plain text wherever else it goes
# A format of text → the module here that renders it, and the ending of its files.
_TEXTS = {
    "plain": ("plain", ".txt"),
    "json": ("json_text", ".json"),
    "ndjson": ("ndjson", ".ndjson"),
    "csv": ("csv_text", ".csv"),
    "md": ("markdown", ".md"),
}
FORMATS = (TABLE, *_TEXTS)
ENDINGS = {ending: format for format, (_, ending) in _TEXTS.items()}


def render(value: Any, format: str) -> str:
    """Render an answer as the text of a format of `FORMATS` other than `table`."""
    module, _ = _TEXTS[format]
    make: Callable[[Any], str] = import_module(f"htx_cli.output.formats.{module}").render
    return make(value)


def format_of(path: Path) -> str:
    """Return the format that the ending of a file names. Raises UsageError."""
    try:
        return ENDINGS[path.suffix.lower()]
    except KeyError:
        choices = ", ".join(FORMATS)
        raise UsageError("format_needed", path=path, choices=choices) from None


def text_format(format: str) -> str:
    """Return the format to use in a file, where no table can be drawn."""
    return "plain" if format == TABLE else format
