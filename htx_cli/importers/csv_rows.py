"""CSV in UTF-8, read line by line: a file of any size needs the memory of one row."""

import csv
from collections.abc import Iterator, Sequence
from typing import IO

from htx_cli.errors import Problem
from htx_cli.importers.rows import Raw, Table, rejected

LONGEST_LINE = 1_000_000  # characters
BOM = "\ufeff"
_SEPARATORS = ",;\t|"


def tables(file: IO[bytes], name: str) -> Iterator[Table]:
    """The one table of the file. Its rows raise Rejected where the text is no CSV."""
    yield Table(_records(file, name), name)


def _records(file: IO[bytes], name: str) -> Iterator[tuple[int, Sequence[Raw]]]:
    lines = _lines(file, name)
    first = next(lines, None)
    if first is None:
        return
    separator = max(_SEPARATORS, key=first.count)
    csv.field_size_limit(LONGEST_LINE)
    number = 0
    try:
        records = csv.reader(_again(first, lines), delimiter=separator, strict=True)
        for number, record in enumerate(records, 1):
            yield number, record
    except csv.Error as error:
        problem = Problem("file_not_csv", {"why": str(error)}, name, None, number + 1)
        raise rejected(problem) from None


def decoded(text: bytes) -> str:
    """UTF-8 text without byte order marks: files put together have more than one."""
    return text.decode().replace(BOM, "")


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _lines(file: IO[bytes], name: str) -> Iterator[str]:
    """The lines as text; refuses what is not UTF-8 text before it can fill the memory."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            long = Problem("line_too_long", {"limit": LONGEST_LINE}, name, None, number)
            raise rejected(long)
        if b"\0" in line:
            raise rejected(Problem("nul_byte", {}, name, None, number))
        try:
            yield decoded(line)
        except UnicodeDecodeError:
            wrong = Problem("file_not_utf8", {}, name, None, number)
            raise rejected(wrong) from None
