"""CSV in UTF-8, read line by line: a file of any size needs the memory of one row."""

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import IO

from htx_cli.errors import Phrase, Problem
from htx_cli.importers.rows import Raw, Table, rejected

LONGEST_LINE = 1_000_000  # characters
_SEPARATORS = ",;\t|"
_SAID = re.compile(r"sep=(.)\s*", re.I)
_LOOKED_AT = 20  # lines from the top that tell the separator


def tables(file: IO[bytes], name: str) -> Iterator[Table]:
    """The one table of the file. Its rows raise Rejected where the text is no CSV."""
    yield Table(_records(file, name), name, again=lambda: _again(file, name))


def _again(file: IO[bytes], name: str) -> Iterator[tuple[int, Sequence[Raw]]]:
    """Another pass over the file from its top, in the middle of the first one."""
    at = file.tell()
    file.seek(0)
    try:
        yield from _records(file, name)
    finally:
        file.seek(at)


def _records(file: IO[bytes], name: str) -> Iterator[tuple[int, Sequence[Raw]]]:
    lines = _lines(file, name)
    first = list(islice(lines, _LOOKED_AT))
    if not first:
        return
    separator = _separator(first)
    csv.field_size_limit(LONGEST_LINE)
    number = 0
    try:
        records = csv.reader(chain(first, lines), delimiter=separator, strict=True)
        for number, record in enumerate(records, 1):
            if number > 1 or not _SAID.fullmatch(first[0]):
                yield number, record
    except csv.Error as error:
        problem = Problem("file_not_csv", {"why": _why(error)}, name, None, number + 1)
        raise rejected(problem) from None


def _why(error: csv.Error) -> Phrase:
    """What the reader of CSV stumbled over; its own words are English."""
    said = str(error)
    if "end of data" in said or "field limit" in said:
        return Phrase("csv_quote_open")
    return Phrase("csv_line_ends" if "new-line" in said else "csv_quote_inside")


def _separator(lines: Sequence[str]) -> str:
    """What stands between cells: as `sep=` says, else the mark that most lines have, and most of."""
    if said := _SAID.fullmatch(lines[0]):
        return said[1]
    return max(
        _SEPARATORS,
        key=lambda mark: (sum(mark in line for line in lines), "".join(lines).count(mark)),
    )


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
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            wrong = Problem("file_not_utf8", {}, name, None, number)
            raise rejected(wrong) from None
