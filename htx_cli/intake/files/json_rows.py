"""JSON: a list of objects, or one object a line (NDJSON). Numbers stay exact."""

import json
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import IO, Any

from htx_cli.intake.files.decoding import LONGEST_LINE, utf8
from htx_cli.intake.rows import Row, from_mapping, rejected
from htx_cli.text.errors import Phrase, Problem

LARGEST_MB = 20  # of a JSON text, which is read whole and takes twelve times as much memory


def read_whole(file: IO[bytes], name: str) -> Iterator[Row]:
    """The objects of one JSON list, numbered from 1. Raises Rejected."""
    text = file.read(LARGEST_MB * 1_000_000 + 1)
    if len(text) > LARGEST_MB * 1_000_000:
        raise rejected(Problem("file_too_large", {"limit": str(LARGEST_MB)}, name))
    rows = _parsed(text, name, None)
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


class _Nested:
    """A list or an object where a value is expected; its text is JSON."""

    def __init__(self, value: list[Any]) -> None:
        self._value = value

    def __str__(self) -> str:
        return _json(self._value)


def _json(value: Any) -> str:
    if isinstance(value, _Pairs):
        pairs = ", ".join(f"{_json(name)}: {_json(one)}" for name, one in value)
        return f"{{{pairs}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_json, value))}]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)


def _exponent(text: str) -> Decimal | str:
    """A number as it is written; one whose exponent no computer holds stays a text, and so is none."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _parsed(text: bytes, name: str, row: int | None) -> Any:
    try:
        return json.loads(
            utf8(text),
            parse_float=_exponent,
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
    cells = {key: _Nested(cell) if isinstance(cell, list) else cell for key, cell in row}
    return from_mapping(cells, number, name)
