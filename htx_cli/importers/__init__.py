"""File → rows → results and problems.

One sibling per kind of file turns it into tables, `layout` finds the figures in a table (JSON comes
as rows at once), and `resolve` turns a row into a result or its problems.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import IO

from htx_cli.errors import HtxError, NotFound, UsageError
from htx_cli.importers.rows import Row, from_mappings

Reader = Callable[[IO[bytes], str], Iterator[Row]]
Source = Path | str | Iterable[Mapping[str, object]]
FORMATS = ("csv", "json", "ndjson")
STDIN = "-"


def read(
    source: Source, stdin: IO[bytes] | None = None, format: str | None = None
) -> Iterator[Row]:
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
            why = getattr(error, "strerror", None) or str(error)
            raise HtxError("file_unreadable", path=path, why=why) from None


def _reader(format: str | None, place: str) -> Reader:
    if format in (None, "csv"):
        from htx_cli.importers import csv_rows, layout

        return lambda file, name: chain.from_iterable(map(layout.rows, csv_rows.tables(file, name)))
    if format in ("json", "ndjson", "jsonl"):
        from htx_cli.importers import json_rows

        return json_rows.read_whole if format == "json" else json_rows.read_lines
    raise UsageError("file_kind_unknown", path=place)
