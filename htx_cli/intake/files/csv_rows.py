"""CSV, read line by line: a file of any size needs the memory of one row."""

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import IO

from msgspec.structs import replace

from htx_cli.intake.files import decoding
from htx_cli.intake.files.budget import LONGEST
from htx_cli.intake.files.decoding import Decoded
from htx_cli.intake.rows import Raw, Table, rejected
from htx_cli.text.errors import Phrase, Problem

_SEPARATORS = ",;\t|"
_SAID = re.compile(r"sep=(.)\s*", re.I)
_LOOKED_AT = 20  # lines from the top that tell the separator


def tables(file: IO[bytes], name: str, encoding: str | None = None) -> Iterator[Table]:
    """The one table of the file, in this encoding or the one that is recognised.

    Its rows raise Rejected where the text is no CSV.
    """
    how = decoding.recognised(file, name, encoding)
    first = list(islice(_again_lines(file, name, how), _LOOKED_AT))
    yield Table(
        _records(file, name, how),
        name,
        again=lambda: _again(file, name, how),
        caution=how.caution(name),
        numbers="vi" if first and _separator(first) == ";" else None,
        commas=bool(first) and _separator(first) == ",",
    )


def _again_lines(file: IO[bytes], name: str, how: Decoded) -> Iterator[str]:
    """The first lines, without moving on in the file."""
    at = file.tell()
    file.seek(0)
    try:
        yield from islice(decoding.lines(file, name, how), _LOOKED_AT)
    finally:
        file.seek(at)


def _again(file: IO[bytes], name: str, how: Decoded) -> Iterator[tuple[int, Sequence[Raw]]]:
    """Another pass over the file from its top, in the middle of the first one."""
    at = file.tell()
    file.seek(0)
    try:
        yield from _records(file, name, how)
    finally:
        file.seek(at)


def _records(file: IO[bytes], name: str, how: Decoded) -> Iterator[tuple[int, Sequence[Raw]]]:
    lines = decoding.lines(file, name, how)
    first = list(islice(lines, _LOOKED_AT))
    if not first:
        return
    separator = _separator(first)
    csv.field_size_limit(LONGEST)
    number = taken = lines_taken = 0

    def bounded() -> Iterator[str]:
        nonlocal taken, lines_taken
        for line in chain(first, lines):
            taken += len(line)
            lines_taken += 1
            if taken > decoding.LONGEST_LINE:  # quotation marks hold many lines together
                long = Problem("record_too_long", {"limit": decoding.LONGEST_LINE})
                raise rejected(replace(long, file=name, row=number + 1))
            yield line

    try:
        records = csv.reader(bounded(), delimiter=separator, strict=True)
        for number, record in enumerate(records, 1):
            taken = lines_taken = 0
            if number > 1 or not _SAID.fullmatch(first[0]):
                yield number, record
    except csv.Error as error:
        problem = Problem(
            "file_not_csv", {"why": _why(error, lines_taken > 1)}, name, None, number + 1
        )
        raise rejected(problem) from None


def _why(error: csv.Error, several: bool) -> Phrase:
    """Say what the reader of CSV stumbled over; its own words are English."""
    said = str(error)
    if "field limit" in said and not several:
        return Phrase("csv_cell_long", {"limit": LONGEST})
    if "end of data" in said or "field limit" in said:
        return Phrase("csv_quote_open")
    return Phrase("csv_line_ends" if "new-line" in said else "csv_quote_inside")


def _separator(lines: Sequence[str]) -> str:
    """Find the mark between cells: as `sep=` says, else the one that most lines have, and most of."""
    if said := _SAID.fullmatch(lines[0]):
        return said[1]
    return max(
        _SEPARATORS,
        key=lambda mark: (sum(mark in line for line in lines), "".join(lines).count(mark)),
    )
