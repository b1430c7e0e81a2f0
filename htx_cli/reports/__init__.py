"""One sibling for each format that an answer can take, a registry of them, and one safe save."""

import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from htx_cli.errors import HtxError, UsageError, refusal

TABLE = "table"  # drawn by `tables` on a terminal; the siblings here make text
FORMATS = (TABLE, "plain", "json", "ndjson", "csv", "md")
_MODULES = {
    "plain": "plain",
    "json": "json_text",
    "ndjson": "ndjson",
    "csv": "csv_text",
    "md": "markdown",
}
_ENDINGS = {".txt": "plain", ".json": "json", ".ndjson": "ndjson", ".csv": "csv", ".md": "md"}
BOM = "\ufeff"  # Excel takes a CSV for UTF-8 only with it


def render(value: Any, format: str) -> str:
    """Anything that is shown, as the text of a format of `FORMATS` other than `table`."""
    make: Callable[[Any], str] = import_module(f"htx_cli.reports.{_MODULES[format]}").render
    return make(value)


def format_of(path: Path) -> str:
    """The format that the ending of a file names. Raises UsageError."""
    try:
        return _ENDINGS[path.suffix.lower()]
    except KeyError:
        choices = ", ".join(FORMATS)
        raise UsageError("format_needed", path=path, choices=choices) from None


def _is_database(path: Path) -> bool:
    """Whether a book stands there: no answer is worth its figures."""
    try:
        with path.open("rb") as file:
            return file.read(15) == b"SQLite format 3"
    except OSError:
        return False


def save(path: Path, text: str, format: str) -> None:
    """Write the file whole or not at all: beside it first, then in its place. Raises HtxError."""
    import tempfile

    if _is_database(path):
        raise UsageError("output_is_book", path=path)
    data = (BOM + text if format == "csv" else text).encode()
    beside: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        beside = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        if sys.platform != "win32":
            mask = os.umask(0)
            os.umask(mask)
            beside.chmod(0o666 & ~mask)
        os.replace(beside, path)
    except (OSError, ValueError) as error:
        if beside:
            beside.unlink(missing_ok=True)
        raise HtxError("file_unwritable", path=path, why=refusal(error)) from None
