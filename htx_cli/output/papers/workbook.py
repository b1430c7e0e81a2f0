"""Workbooks: made the same, byte for byte, from the same content; texts are never formulas or links."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

ROWS = 1_048_576  # that a sheet has room for
FONT = "Times New Roman"  # on every machine, with all the letters of Vietnamese
_MADE = datetime(2021, 1, 1)  # said of every workbook, so that the clock is no part of it
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME = 31


@contextmanager
def workbook(file: IO[bytes], streamed: bool = False) -> Iterator["Workbook"]:
    """A workbook to be written into a file when the block ends; nothing is written if it fails.

    `streamed` keeps memory flat, and wants each sheet row by row from the top.
    """
    from xlsxwriter.workbook import Workbook

    made = Workbook(
        file,
        {
            "constant_memory": streamed,
            "in_memory": not streamed,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "use_zip64": True,
            "default_format_properties": {"font_name": FONT, "font_size": 11},
        },
    )
    made.set_properties({"created": _MADE})
    yield made
    made.close()


def sheet_name(text: str, taken: set[str]) -> str:
    """A name that a sheet may bear and that no other does; `taken` remembers it."""
    bare = _NOT_IN_A_NAME.sub(" ", text).strip("' ") or "1"
    name, count = bare[:_LONGEST_NAME].strip("' "), 1
    while name.casefold() in taken:
        count += 1
        end = f" ({count})"
        name = bare[: _LONGEST_NAME - len(end)] + end
    taken.add(name.casefold())
    return name
