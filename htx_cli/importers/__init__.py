"""File → rows → results and problems.

One sibling per kind of file turns it into tables (a workbook into one for each sheet), `layout` finds
the figures in a table (JSON comes as rows at once), and `resolve` turns a row into a result or its
problems.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

from htx_cli.errors import HtxError, NotFound, Problem, UsageError
from htx_cli.importers.resolve import Defaults
from htx_cli.importers.rows import Row, Table, from_mappings, rejected
from htx_cli.journal import Caution
from htx_cli.names import Known, find_cluster

if TYPE_CHECKING:
    from htx_cli.importers.headings import Headings

Reader = Callable[[IO[bytes], str], Iterator[Row]]
Tables = Callable[[IO[bytes], str], Iterator[Table]]
Source = Path | str | Iterable[Mapping[str, object]]
TEXTS = ("csv", "tsv")
WORKBOOKS = ("xlsx", "xlsm", "xls", "ods")
FORMATS = (*TEXTS, "xlsx", "xls", "ods", "json", "ndjson")
STDIN = "-"
WORKBOOK_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")  # of a zip, of an .xls
_PEEK = 8  # bytes


@dataclass(frozen=True)
class Intake:
    """What is needed to understand a file: what the book knows, and what the options say."""

    known: Known
    defaults: Defaults
    mapping: Mapping[str, str] = field(default_factory=dict)  # heading → what it is
    stdin: IO[bytes] | None = None
    format: str | None = None


def read(source: Source, intake: Intake) -> Iterator[Row]:
    """The rows of a file, of standard input (`-`), or of mappings from column to value.

    Raises NotFound for a file that is missing, UsageError for one of no known kind, Rejected for
    one that cannot be read as what it says it is or that changed meanwhile, HtxError where the
    system refuses.
    """
    if not isinstance(source, Path | str):
        yield from from_mappings(source)
    elif str(source) == STDIN and intake.stdin is not None:
        yield from _reader(intake.format, STDIN, intake)(intake.stdin, STDIN)
    else:
        path = Path(source)
        format = intake.format or path.suffix[1:].lower()
        reader = _reader(format, str(path), intake)
        try:
            before = _state(path)
            with path.open("rb") as file:
                if format not in WORKBOOKS and file.peek(_PEEK).startswith(WORKBOOK_STARTS):
                    raise rejected(Problem("file_is_workbook", {}, path.name))
                yield from reader(file, path.name)
            if _state(path) != before:
                raise rejected(Problem("file_changed", {}, path.name))
        except FileNotFoundError:
            raise NotFound("file_missing", path=path) from None
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise HtxError("file_unreadable", path=path, why=why) from None


def _state(path: Path) -> tuple[int, int]:
    """What another program that writes to the file cannot help changing."""
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _reader(format: str | None, place: str, intake: Intake) -> Reader:
    if format is None or format in TEXTS:
        from htx_cli.importers import csv_rows

        return partial(_figures, intake, csv_rows.tables)
    if format in WORKBOOKS:
        from htx_cli.importers import sheets

        return partial(_figures, intake, sheets.tables)
    if format in ("json", "ndjson", "jsonl"):
        from htx_cli.importers import json_rows

        return json_rows.read_whole if format == "json" else json_rows.read_lines
    raise UsageError("file_kind_unknown", path=place)


def _figures(intake: Intake, tables: Tables, file: IO[bytes], name: str) -> Iterator[Row]:
    """The figures in every table of a file that has a heading, and which tables were left out.

    If none has one, raises Rejected for the one that was understood best.
    """
    from htx_cli.importers import layout
    from htx_cli.importers.plan import Unheaded

    headings, year, given = _headings(intake)
    unheaded: list[tuple[str | None, Unheaded]] = []
    hidden: list[str | None] = []
    count = 0
    for table in tables(file, name):
        if table.hidden:
            hidden.append(table.sheet)
            continue
        count += 1
        try:
            yield from layout.rows(table, headings, year, given or _named(table, headings, year))
        except Unheaded as error:
            if error.near:
                yield from (Row(p.row or 0, {}, p.file, p.sheet, broken=p) for p in error.problems)
            else:
                unheaded.append((table.sheet, error))
    if not count:
        raise rejected(Problem("file_empty", {}, name))
    if len(unheaded) == count:
        raise max((error for _, error in unheaded), key=lambda error: error.understood)
    for code, sheets in (("sheet_left_out", [s for s, _ in unheaded]), ("sheet_hidden", hidden)):
        for sheet in sheets:
            yield Row(0, {}, name, sheet, aside=Caution(code, {"sheet": sheet}, None, name))


def _named(table: Table, headings: "Headings", year: int) -> dict[str, str]:
    """The province that a sheet is named after, where nothing else says whose figures they are."""
    meaning = headings.meaning(table.sheet, year) if table.sheet else None
    return {"province": meaning.province.id} if meaning and meaning.province else {}


def _headings(intake: Intake) -> tuple["Headings", int, dict[str, str]]:
    """What headings can mean, the year that they speak of, and what the options say of every row."""
    from htx_cli.importers.headings import Headings

    known, defaults = intake.known, intake.defaults
    year = defaults.year or (defaults.as_of or defaults.today).year
    on = defaults.as_of or min(defaults.today, defaults.today.replace(year, 12, 31))
    try:
        cluster = find_cluster(defaults.cluster, known.clusters)
        targets = list(known.setup(cluster, year).targets.values())
    except NotFound:  # then every row has to name its cluster
        targets = []
    headings = Headings(targets, lambda text: known.provinces.named(text, on), intake.mapping)
    return headings, year, {"province": defaults.province} if defaults.province else {}
