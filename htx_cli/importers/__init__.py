"""File → rows → results and problems.

One sibling per kind of file turns it into tables, `layout` finds the figures in a table (JSON comes
as rows at once), and `resolve` turns a row into a result or its problems.
"""

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from htx_cli.errors import HtxError, NotFound, UsageError, refusal
from htx_cli.importers.rows import Row, from_mappings

Reader = Callable[[IO[bytes], str], Iterator[Row]]
Given = Path | str | Iterable[Mapping[str, object]]
FORMATS = ("csv", "json", "ndjson")
STDIN = "-"


class Source:
    """Where rows come from, to be read as often as they are asked for.

    What can be read only once (a pipe, an iterator) is kept in a temporary file on its way.
    """

    def __init__(
        self, given: Given, stdin: IO[bytes] | None = None, format: str | None = None
    ) -> None:
        self._given, self._stdin, self._format = given, stdin, format
        self._kept: IO[bytes] | None = None

    def rows(self) -> Iterator[Row]:
        """As `read` gives and raises; a second time only after the first gave them all."""
        if _stays(self._given):
            return read(self._given, self._stdin, self._format)
        return self._keep() if self._kept is None else self._again(self._kept)

    def _keep(self) -> Iterator[Row]:
        self._kept = TemporaryFile()  # noqa: SIM115 - `close` ends it
        for row in read(self._given, self._stdin, self._format):
            pickle.dump(row, self._kept, pickle.HIGHEST_PROTOCOL)
            yield row

    def _again(self, kept: IO[bytes]) -> Iterator[Row]:
        kept.seek(0)
        while True:
            try:
                yield pickle.load(kept)
            except EOFError:
                return

    def close(self) -> None:
        """Forget what was kept."""
        if self._kept:
            self._kept.close()


def _stays(given: Given) -> bool:
    if isinstance(given, Path | str):
        return str(given) != STDIN and Path(given).is_file()
    return isinstance(given, Sequence)


def read(source: Given, stdin: IO[bytes] | None = None, format: str | None = None) -> Iterator[Row]:
    """The rows of a file, of standard input (`-`), or of mappings from column to value.

    Raises NotFound for a file that is missing, UsageError for one of no known kind, Rejected for
    one that cannot be read as what it says it is, HtxError where the system refuses.
    """
    if not isinstance(source, Path | str):
        yield from from_mappings(source)
    elif str(source) == STDIN and stdin is not None:
        yield from _reader(format, STDIN)(stdin, STDIN)
    else:
        path = Path(source)
        reader = _reader(format or path.suffix[1:].lower(), str(path))
        try:
            with path.open("rb") as file:
                yield from reader(file, path.name)
        except FileNotFoundError:
            raise NotFound("file_missing", path=path) from None
        except (OSError, ValueError) as error:
            raise HtxError("file_unreadable", path=path, why=refusal(error)) from None


def _reader(format: str | None, place: str) -> Reader:
    if format in (None, "csv"):
        from htx_cli.importers import csv_rows, layout

        return lambda file, name: chain.from_iterable(map(layout.rows, csv_rows.tables(file, name)))
    if format in ("json", "ndjson", "jsonl"):
        from htx_cli.importers import json_rows

        return json_rows.read_whole if format == "json" else json_rows.read_lines
    raise UsageError("file_kind_unknown", path=place)
