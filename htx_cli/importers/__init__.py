"""File → rows → results and problems.

One sibling per kind of file turns it into tables, `layout` finds the figures in a table (JSON comes
as rows at once), and `resolve` turns a row into a result or its problems.
"""

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from htx_cli.errors import HtxError, NotFound, UsageError, refusal
from htx_cli.importers.resolve import Defaults
from htx_cli.importers.rows import Row, from_mappings
from htx_cli.names import Known, find_cluster

Reader = Callable[[IO[bytes], str], Iterator[Row]]
Given = Path | str | Iterable[Mapping[str, object]]
FORMATS = ("csv", "json", "ndjson")
STDIN = "-"


@dataclass(frozen=True)
class Intake:
    """What is needed to understand a file: what the book knows, and what the options say."""

    known: Known
    defaults: Defaults
    mapping: Mapping[str, str] = field(default_factory=dict)  # heading → what it is
    format: str | None = None
    encoding: str | None = None


class Source:
    """Where rows come from, to be read as often as they are asked for.

    What can be read only once (a pipe, an iterator) is kept in a temporary file on its way.
    """

    def __init__(self, given: Given, stdin: IO[bytes] | None = None) -> None:
        self._given = given
        self._stdin = stdin
        self._kept: IO[bytes] | None = None

    def rows(self, intake: Intake) -> Iterator[Row]:
        """The rows of a file, of standard input (`-`), or of mappings from column to value.

        Raises NotFound for a file that is missing, UsageError for one of no known kind, Rejected for
        one that cannot be read as what it says it is, HtxError where the system refuses.
        """
        if isinstance(self._given, Path | str):
            return self._of_file(self._given, intake)
        if isinstance(self._given, list | tuple):
            return from_mappings(self._given)
        return self._keep(self._given) if self._kept is None else _again(self._kept)

    def _of_file(self, given: Path | str, intake: Intake) -> Iterator[Row]:
        if str(given) == STDIN and self._stdin is not None:
            yield from _reader(intake.format, STDIN, intake)(self._seekable(self._stdin), STDIN)
            return
        path = Path(given)
        if path.is_dir():
            raise UsageError("file_is_folder", path=path)
        reader = _reader(intake.format or path.suffix[1:].lower(), str(path), intake)
        try:
            if self._kept is not None:
                yield from reader(self._seekable(self._kept), path.name)
                return
            with path.open("rb") as file:
                yield from reader(self._seekable(file), path.name)
        except FileNotFoundError:
            raise NotFound("file_missing", path=path) from None
        except (OSError, ValueError) as error:
            raise HtxError("file_unreadable", path=path, why=refusal(error)) from None

    def _seekable(self, file: IO[bytes]) -> IO[bytes]:
        """The file from its top, or a copy on disk of what comes through a pipe."""
        if self._kept is None and not file.seekable():
            from shutil import copyfileobj

            self._kept = TemporaryFile()  # noqa: SIM115 - `close` ends it
            copyfileobj(file, self._kept)
        whole = self._kept or file
        whole.seek(0)
        return whole

    def _keep(self, given: Iterable[Mapping[str, object]]) -> Iterator[Row]:
        self._kept = TemporaryFile()  # noqa: SIM115 - `close` ends it
        for row in from_mappings(given):
            pickle.dump(row, self._kept, pickle.HIGHEST_PROTOCOL)
            yield row

    def close(self) -> None:
        """Forget what was kept."""
        if self._kept:
            self._kept.close()


def _again(kept: IO[bytes]) -> Iterator[Row]:
    kept.seek(0)
    while True:
        try:
            yield pickle.load(kept)
        except EOFError:
            return


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
