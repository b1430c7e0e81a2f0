"""JSON: a list of objects, or one object a line (NDJSON). Numbers stay exact."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import IO, Any

from htx_cli.errors import Phrase, Problem
from htx_cli.importers.decoding import LONGEST_LINE
from htx_cli.importers.rows import Row, from_mapping, rejected


def read_whole(file: IO[bytes], name: str) -> Iterator[Row]:
    """The objects of one JSON list, numbered from 1. Raises Rejected."""
    rows = _parsed(file.read(), name, None)
    if isinstance(rows, _Pairs):
        rows = [rows]
    if not isinstance(rows, list):
        raise rejected(Problem("json_not_rows", {}, name))
    if not rows:
        raise rejected(Problem("file_empty", {}, name))
    for number, row in enumerate(rows, 1):
        yield _row(row, number, name)


def read_lines(file: IO[bytes], name: str) -> Iterator[Row]:
    """The objects that stand one on each line, numbered by their lines. Raises Rejected."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            long = Problem("line_too_long", {"limit": LONGEST_LINE}, name, None, number)
            raise rejected(long)
        if line.strip():
            yield _row(_parsed(line, name, number), number, name)
    if not number:
        raise rejected(Problem("file_empty", {}, name))


class _Pairs(list[tuple[str, Any]]):
    """An object as it was written, so that a name that stands twice is seen."""


def _parsed(text: bytes, name: str, row: int | None) -> Any:
    try:
        return json.loads(
            text.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_int=Decimal,
            parse_constant=str,  # NaN and Infinity are texts, and so no numbers
            object_pairs_hook=_Pairs,
        )
    except UnicodeDecodeError:
        problem = Problem("file_not_utf8", {}, name, None, row)
    except RecursionError:
        problem = Problem("file_not_json", {"why": Phrase("json_deep")}, name, None, row)
    except json.JSONDecodeError as error:
        place = Phrase("text_place", {"line": str(error.lineno), "column": str(error.colno)})
        problem = Problem("file_not_json", {"why": place}, name, None, row)
    raise rejected(problem)


def _row(row: Any, number: int, name: str) -> Row:
    if not isinstance(row, _Pairs):
        return Row(number, {}, name, broken=Problem("json_not_rows", {}, name, None, number))
    names = [key for key, _ in row]
    twice = next((key for key in names if names.count(key) > 1), None)
    if twice is not None:
        problem = Problem("column_twice", {"value": twice[:60]}, name, None, number)
        return Row(number, {}, name, broken=problem)
    return from_mapping(dict(row), number, name)
