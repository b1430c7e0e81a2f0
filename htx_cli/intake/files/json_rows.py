"""JSON: a list of objects, or one object a line (NDJSON). Numbers stay exact.

A list is read an object at a time, so that a file needs no more memory than its longest object.
"""

import json
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from io import SEEK_END, TextIOWrapper
from typing import IO, Any

from htx_cli.intake.files.decoding import BOM, LONGEST_LINE, utf8
from htx_cli.intake.rows import MOST_PROBLEMS, Row, from_mapping, rejected
from htx_cli.text.errors import Phrase, Problem, Rejected

LARGEST_MB = 20  # of a JSON list
_SHOWN = 100  # characters of a list or an object where a value is expected
_TAIL = 16  # characters at the end of what was read, in which a word or a letter may be cut off
_SPACE = " \t\n\r"


def read_whole(file: IO[bytes], name: str) -> Iterator[Row]:
    """The objects of one JSON list, numbered from 1. Raises Rejected."""
    if file.seek(0, SEEK_END) > LARGEST_MB * 1_000_000:
        raise rejected(Problem("file_too_large", {"limit": str(LARGEST_MB)}, name))
    file.seek(0)
    text = TextIOWrapper(file, "utf-8", newline="")
    odd = number = 0
    try:
        for number, row in enumerate(_Values(text, name), 1):
            odd += not isinstance(row, _Pairs)
            if odd > MOST_PROBLEMS:
                raise rejected(Problem("json_not_rows", {}, name, None, number))
            yield _row(row, number, name)
    except UnicodeDecodeError:
        raise rejected(Problem("file_not_utf8", {}, name)) from None
    finally:
        if not file.closed:
            text.detach()  # else it would close the file
    if not number:
        raise rejected(Problem("file_empty", {}, name))


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
    """A list or an object where a value is expected; its text is the beginning of its JSON."""

    def __init__(self, value: list[Any]) -> None:
        self._value = value

    def __str__(self) -> str:
        text = ""
        for piece in _json(self._value):
            text += piece[:_SHOWN]
            if len(text) >= _SHOWN:
                break
        return text


def _json(value: Any) -> Iterator[str]:
    """The JSON of a value piece by piece, the outer ones first."""
    if isinstance(value, list):
        marks = "{}" if isinstance(value, _Pairs) else "[]"
        yield marks[0]
        for at, one in enumerate(value):
            yield ", " if at else ""
            if isinstance(value, _Pairs):
                yield json.dumps(one[0], ensure_ascii=False) + ": "
                one = one[1]
            yield from _json(one)
        yield marks[1]
    else:
        yield str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)


def _exponent(text: str) -> Decimal | str:
    """A number as it is written; one whose exponent no computer holds stays a text, and so is none."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


_DECODER = json.JSONDecoder(
    parse_float=_exponent,
    parse_int=Decimal,
    parse_constant=str,  # NaN and Infinity are texts, and so no numbers
    object_pairs_hook=_Pairs,
)


class _Values:
    """The values of one JSON list, or one value that stands alone; a part of the text is in memory."""

    def __init__(self, text: TextIOWrapper, name: str) -> None:
        self._text = text
        self._name = name
        self._window = ""
        self._at = 0
        self._line = 1  # where the window begins
        self._column = 0
        self._ended = False

    def __iter__(self) -> Iterator[Any]:
        if self._next() != "[":
            value = self._value(1)
            if not isinstance(value, _Pairs):
                raise rejected(Problem("json_not_rows", {}, self._name))
            yield value
        else:
            self._at += 1
            yield from self._of_list()
        if self._next():
            raise self._wrong(self._at)

    def _of_list(self) -> Iterator[Any]:
        number = 0
        mark = self._next()
        while mark != "]" or number:
            number += 1
            self._next()
            yield self._value(number)
            mark = self._next()
            if mark == "]":
                break
            if mark != ",":
                raise self._wrong(self._at)
            self._at += 1
        self._at += 1

    def _next(self) -> str:
        """The next character that is no space; none at the end."""
        while True:
            while self._at < len(self._window):
                if (mark := self._window[self._at]) not in _SPACE:
                    return mark
                self._at += 1
            if not self._more():
                return ""

    def _more(self) -> bool:
        """Read on, if the window has room. Raises UnicodeDecodeError."""
        room = LONGEST_LINE - (len(self._window) - self._at)
        if self._ended or room <= 0:
            return False
        lines = self._window.count("\n", 0, self._at)
        self._line += lines
        begin = self._window.rfind("\n", 0, self._at) + 1
        self._column = self._at - begin + (0 if lines else self._column)
        more = self._text.read(room)
        self._ended = not more
        self._window = self._window[self._at :] + more.replace(BOM, "")
        self._at = 0
        return not self._ended

    def _value(self, number: int) -> Any:
        while True:
            try:
                value, end = _DECODER.raw_decode(self._window, self._at)
            except RecursionError:
                raise self._refused(Phrase("json_deep"), number) from None
            except json.JSONDecodeError as error:
                wrong = error.pos - self._at
                if self._more():
                    continue
                wrong += self._at  # the window may have moved
                cut = wrong >= len(self._window) - _TAIL or "Unterminated" in error.msg
                if cut and not self._ended:
                    raise self._refused(
                        Phrase("json_long", {"limit": LONGEST_LINE}), number
                    ) from None
                raise self._wrong(wrong) from None
            length = end - self._at
            if end < len(self._window) or not self._more():
                self._at += length
                return value

    def _refused(self, why: Phrase, row: int | None = None) -> Rejected:
        return rejected(Problem("file_not_json", {"why": why}, self._name, None, row))

    def _wrong(self, at: int) -> Rejected:
        lines = self._window.count("\n", 0, at)
        column = at - self._window.rfind("\n", 0, at) + (0 if lines else self._column)
        values = {"line": str(self._line + lines), "column": str(column)}
        return self._refused(Phrase("text_place", values))


def _parsed(text: bytes, name: str, row: int) -> Any:
    try:
        return _DECODER.decode(utf8(text))
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
    cells: dict[str, Any] = {}
    for key, cell in row:
        if key in cells:
            problem = Problem("column_twice", {"value": key[:60]}, name, None, number)
            return Row(number, {}, name, broken=problem)
        cells[key] = _Nested(cell) if isinstance(cell, list) else cell
    return from_mapping(cells, number, name)
