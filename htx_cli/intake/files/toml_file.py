"""A TOML file of the user's own, looked through before its reader sees it."""

import re
import tomllib
from pathlib import Path
from typing import Any

from htx_cli.text.errors import Phrase, Rejected, reading

LARGEST = 1_000_000  # bytes
_MOST_DOTS = 1_000_000  # in a line, squared, of all lines: a name of n parts takes n² steps
_DEEPEST = 200  # brackets opened in one line, or on the way to it


def read(path: Path) -> dict[str, Any]:
    """Return what the file says. Raises NotFound, Rejected."""
    with reading(path):
        if not (path.is_file() or path.is_fifo()) and path.exists():
            raise Rejected("file_not_toml", path=path, why=Phrase("os_device"))
        with path.open("rb") as file:
            text = file.read(LARGEST + 1)
    why: Phrase | str | None = _excess(text)
    if why is None:
        try:
            return tomllib.loads(text.decode())
        except RecursionError:
            why = Phrase("json_deep")
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            why = _where(error)
        except ValueError:  # Python makes no number of that many digits
            why = Phrase("toml_number")
    raise Rejected("file_not_toml", path=path, why=why)


def _excess(text: bytes) -> Phrase | None:
    """Return what would take the reader more time than such a file deserves."""
    if len(text) > LARGEST:
        return Phrase("toml_long", {"limit": LARGEST})
    depth = dots = 0
    for line in text.splitlines():
        if not line.lstrip().startswith(b"#"):
            depth += line.count(b"[") + line.count(b"{")
            if depth > _DEEPEST:
                return Phrase("json_deep")
            depth = max(0, depth - line.count(b"]") - line.count(b"}"))
            dots += line.count(b".") ** 2
    return Phrase("toml_dots") if dots > _MOST_DOTS else None


def _where(error: ValueError) -> Phrase | str:
    """Return where the text is no TOML; what the reader says besides is English."""
    found = re.search(r"line (\d+), column (\d+)", str(error))
    return Phrase("text_place", {"line": found[1], "column": found[2]}) if found else str(error)
