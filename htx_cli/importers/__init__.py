"""File → rows → results and problems.

One sibling per kind of file turns it into tables, `layout` finds the figures in a table (JSON comes
as rows at once), and `resolve` turns a row into a result or its problems.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO

from htx_cli.errors import HtxError, NotFound, UsageError, refusal
from htx_cli.importers.resolve import Defaults
from htx_cli.importers.rows import Row, from_mappings
from htx_cli.names import Known, find_cluster

Reader = Callable[[IO[bytes], str], Iterator[Row]]
Source = Path | str | Iterable[Mapping[str, object]]
FORMATS = ("csv", "json", "ndjson")
STDIN = "-"


@dataclass(frozen=True)
class Intake:
    """What is needed to understand a file: what the book knows, and what the options say."""

    known: Known
    defaults: Defaults
    mapping: Mapping[str, str] = field(default_factory=dict)  # heading → what it is
    stdin: IO[bytes] | None = None
    format: str | None = None
    encoding: str | None = None


def read(source: Source, intake: Intake) -> Iterator[Row]:
    """The rows of a file, of standard input (`-`), or of mappings from column to value.

    Raises NotFound for a file that is missing, UsageError for one of no known kind, Rejected for
    one that cannot be read as what it says it is, HtxError where the system refuses.
    """
    if not isinstance(source, Path | str):
        yield from from_mappings(source)
    elif str(source) == STDIN and intake.stdin is not None:
        reader = _reader(intake.format, STDIN, intake)
        with _seekable(intake.stdin) as file:
            yield from reader(file, STDIN)
    else:
        path = Path(source)
        if path.is_dir():
            raise UsageError("file_is_folder", path=path)
        reader = _reader(intake.format or path.suffix[1:].lower(), str(path), intake)
        try:
            with path.open("rb") as opened, _seekable(opened) as file:
                yield from reader(file, path.name)
        except FileNotFoundError:
            raise NotFound("file_missing", path=path) from None
        except (OSError, ValueError) as error:
            raise HtxError("file_unreadable", path=path, why=refusal(error)) from None


@contextmanager
def _seekable(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """The file itself, or a copy on disk of what comes through a pipe: it is gone through twice."""
    if file.seekable():
        yield file
        return
    from shutil import copyfileobj
    from tempfile import TemporaryFile

    with TemporaryFile() as copy:
        copyfileobj(file, copy)
        yield copy


def _reader(format: str | None, place: str, intake: Intake) -> Reader:
    if format in (None, "csv"):
        return partial(_figures, intake)
    if format in ("json", "ndjson", "jsonl"):
        from htx_cli.importers import json_rows

        return json_rows.read_whole if format == "json" else json_rows.read_lines
    raise UsageError("file_kind_unknown", path=place)


def _figures(intake: Intake, file: IO[bytes], name: str) -> Iterator[Row]:
    """The figures in every table of a file."""
    from htx_cli.importers import csv_rows, decoding, layout
    from htx_cli.importers.headings import Headings

    if intake.encoding not in (None, *decoding.ENCODINGS):
        choices = list(decoding.ENCODINGS)
        raise UsageError("not_one_of", value=intake.encoding, choices=choices)

    known, defaults = intake.known, intake.defaults
    year = defaults.year or (defaults.as_of or defaults.today).year
    on = defaults.as_of or min(defaults.today, defaults.today.replace(year, 12, 31))
    try:
        cluster = find_cluster(defaults.cluster, known.clusters)
        targets = list(known.setup(cluster, year).targets.values())
    except NotFound:  # then every row has to name its cluster
        targets = []
    headings = Headings(targets, lambda text: known.provinces.named(text, on), intake.mapping)
    given = {"province": defaults.province} if defaults.province else {}
    for table in csv_rows.tables(file, name, intake.encoding):
        if table.caution:
            yield Row(0, {}, name, aside=table.caution)
        yield from layout.rows(table, headings, year, given)
