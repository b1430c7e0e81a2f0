"""Where rows come from: a file, standard input or mappings, read as often as they are asked for."""

import os
import pickle
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile, gettempdir
from typing import IO, TYPE_CHECKING, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from htx_cli.domain.changes import Caution, SourceFile
from htx_cli.domain.names import Known, find_cluster
from htx_cli.intake import ENCODINGS
from htx_cli.intake.resolve import Defaults
from htx_cli.intake.rows import Raw, Row, Table, from_mappings, rejected
from htx_cli.text.errors import (
    HtxError,
    NotFound,
    Problem,
    Rejected,
    UsageError,
    reading,
    refusal,
)
from htx_cli.text.vietnamese import folded

if TYPE_CHECKING:
    from htx_cli.intake.labels import Labels
    from htx_cli.intake.tables.around import Frame

T = TypeVar("T")
Reader = Callable[[IO[bytes], str], Iterator[T]]
Way = Callable[[str | None, str, "Intake"], Reader[T]]  # from a format to what reads it
Records = Iterator[tuple[int, Sequence[Raw]]]
Given = Path | str | Iterable[Mapping[str, object]]
TEXTS = ("csv", "tsv")
WORKBOOKS = ("xlsx", "xlsm", "xls", "ods")
STDIN = "-"
_STDIN_PATHS = ("/dev/stdin", "/dev/fd/0", "/proc/self/fd/0")
_DESCRIPTORS = ("/dev/", "/proc/")  # names without an ending, behind which a file or a pipe stands
_WHOLE_TABLES = ("table_plan", "table_points", "table_comparison")  # nothing of them was read
_LOCK = "~$"  # what Excel calls the file that says it has a workbook open
_BLOCK = 1 << 20  # bytes read at once


class Manner(Struct, frozen=True):
    """How files are to be read, as far as the options say it."""

    defaults: Defaults
    mapping: Mapping[str, str] = field(default_factory=dict)  # heading → what it is
    format: str | None = None  # in the place of what the name ends in
    encoding: str | None = None
    sheet: str | None = None  # the only one to read of a workbook


class Intake(Struct, frozen=True):
    """What is needed to understand a file: what the book knows, and what the options say."""

    known: Known
    manner: Manner


class Source:
    """Where rows come from, to be read as often as they are asked for.

    What can be read only once (a pipe, an iterator) is kept in a temporary file on its way.
    """

    def __init__(self, given: Given, stdin: IO[bytes] | None = None) -> None:
        self._given = given
        self._stdin = stdin
        self._kept: IO[bytes] | None = None
        self.file: SourceFile | None = None  # known once reading has begun

    def rows(self, intake: Intake) -> Iterator[Row]:
        """The rows of a file, of standard input (`-`), or of mappings from column to value.

        Raises NotFound for a file that is missing, UsageError for one of no known kind, Rejected for
        one that cannot be read as what it says it is or that changed meanwhile, HtxError where the
        system refuses.
        """
        if isinstance(self._given, Path | str):
            if (name := Path(self._given).name).startswith(_LOCK):
                return iter([Row(0, {}, name, aside=Caution("file_locked", {}, None, name))])
            return self._of_file(self._given, intake, _reader)
        if isinstance(self._given, list | tuple):
            return from_mappings(self._given)
        return self._keep(self._given) if self._kept is None else _again(self._kept)

    def tables(self, intake: Intake) -> Iterator[Table]:
        """The tables of a file as they were sent, as far as they can be read; JSON has none."""
        if isinstance(self._given, Path | str):
            with suppress(Rejected):
                for table in self._of_file(self._given, intake, _tables):
                    yield replace(table, rows=_readable(table.rows))

    def _of_file(self, given: Path | str, intake: Intake, how: Way[T]) -> Iterator[T]:
        if str(given) in (STDIN, *_STDIN_PATHS) and self._stdin is not None:
            reader = how(intake.manner.format, STDIN, intake)
            _refuse_device(_mode(self._stdin), STDIN)
            yield from reader(self._seekable(self._stdin, STDIN), STDIN)
            return
        path = Path(given)
        if path.is_dir():
            raise UsageError("file_is_folder", path=path)
        if path.name.startswith(_LOCK):
            return
        with reading(path):
            found = path.stat()
            name = _encodable(path)
            _refuse_device(found, name)
        whole = stat.S_ISREG(found.st_mode)
        bare = None if not whole or str(path).startswith(_DESCRIPTORS) else ""
        reader = how(intake.manner.format or path.suffix[1:].lower() or bare, str(path), intake)
        with reading(path):
            if self._kept is not None:
                yield from reader(self._seekable(self._kept, name), name)
                return
            before = _state(path)
            with path.open("rb") as file:
                yield from reader(self._seekable(file, name), name)
            if whole and _state(path) != before:
                raise rejected(Problem("file_changed", {}, name))

    def _seekable(self, file: IO[bytes], name: str) -> IO[bytes]:
        """The file from its top, or a copy on disk of what comes through a pipe."""
        if self._kept is None and not file.seekable():
            with _temporary():
                self._kept = TemporaryFile()  # noqa: SIM115 - `close` ends it
            while block := file.read(_BLOCK):
                with _temporary():
                    self._kept.write(block)
            with _temporary():
                self._kept.flush()
        whole = self._kept or file
        whole.seek(0)
        digest = sha256()
        while block := whole.read(_BLOCK):
            digest.update(block)
        self.file = SourceFile(name, whole.tell(), digest.hexdigest())
        whole.seek(0)
        return whole

    def _keep(self, given: Iterable[Mapping[str, object]]) -> Iterator[Row]:
        with _temporary():
            self._kept = TemporaryFile()  # noqa: SIM115 - `close` ends it
        for row in from_mappings(given):
            with _temporary():
                pickle.dump(row, self._kept, pickle.HIGHEST_PROTOCOL)
            yield row
        with _temporary():
            self._kept.flush()

    def close(self) -> None:
        """Forget what was kept."""
        if self._kept:
            self._kept.close()


@contextmanager
def _temporary() -> Iterator[None]:
    """Say of the folder for temporary files that it is full, and not of the file or the book."""
    try:
        yield
    except OSError as error:
        try:
            folder = gettempdir()
        except OSError:
            folder = os.environ.get("TMPDIR", os.curdir)
        raise HtxError("temporary_unwritable", path=folder, why=refusal(error)) from None


def _mode(file: IO[bytes]) -> os.stat_result | None:
    """What stands behind an open file; nothing behind one in memory, a terminal or the null device."""
    try:
        found = os.fstat(file.fileno())
        known = os.isatty(file.fileno()) or found.st_rdev == Path(os.devnull).stat().st_rdev
    except (OSError, ValueError, AttributeError):
        return None
    return None if known else found


def _refuse_device(found: os.stat_result | None, name: str) -> None:
    """Raise Rejected for a device, which may have no end, before it is opened."""
    if found and (stat.S_ISCHR(found.st_mode) or stat.S_ISBLK(found.st_mode)):
        raise rejected(Problem("file_is_device", {}, name))


def _encodable(path: Path) -> str:
    """The name of a file. Raises Rejected for one that no journal and no JSON can hold."""
    try:
        path.name.encode()
    except UnicodeEncodeError:
        shown = os.fsencode(path.name).decode("utf-8", "replace")
        raise rejected(Problem("file_name_not_utf8", {}, shown)) from None
    return path.name


def _again(kept: IO[bytes]) -> Iterator[Row]:
    kept.seek(0)
    while True:
        try:
            yield pickle.load(kept)
        except EOFError:
            return


def _readable(records: Records) -> Records:
    with suppress(Rejected):
        yield from records


def _state(path: Path) -> tuple[int, int]:
    """Return what another program that writes to the file cannot help changing."""
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _tables(format: str | None, place: str, intake: Intake) -> Reader[Table]:
    """Return what makes tables of a file of that format; of JSON none."""
    if format is None or format in TEXTS:
        return partial(_texts, intake.manner.encoding)
    if format in WORKBOOKS:
        from htx_cli.intake.files import sheets

        return sheets.tables
    return lambda file, name: iter(())


def _reader(format: str | None, place: str, intake: Intake) -> Reader[Row]:
    if format is None or format in (*TEXTS, *WORKBOOKS):
        return partial(_figures, intake, _tables(format, place, intake))
    if format in ("json", "ndjson", "jsonl"):
        from htx_cli.intake.files import json_rows

        read = json_rows.read_whole if format == "json" else json_rows.read_lines
        return lambda file, name: read(_no_workbook(file, name), name)
    raise UsageError("file_kind_unknown", path=place)


def _figures(intake: Intake, tables: Reader[Table], file: IO[bytes], name: str) -> Iterator[Row]:
    """The figures in every table of a file that has a heading, and which tables were left out.

    If none has one, raises Rejected for the one that was understood best.
    """
    from htx_cli.intake.tables import layout
    from htx_cli.intake.tables.structure import Unheaded

    labels, frame, given = _labels(intake)
    unheaded: list[tuple[str | None, Unheaded]] = []
    hidden: list[str | None] = []
    plans: list[Row] = []
    asked = folded(intake.manner.sheet) if intake.manner.sheet else None
    passed: list[str] = []
    count = good = 0
    for table in tables(file, name):
        if asked is not None and folded(table.sheet or "") != asked:
            passed.append(table.sheet or "")
            continue
        if table.hidden and asked is None:
            hidden.append(table.sheet)
            continue
        count += 1
        if table.caution:
            yield Row(0, {}, name, aside=table.caution)
        try:
            for row in layout.rows(table, labels, frame, given):
                good += not (row.broken or row.aside or row.silent)
                if row.broken and row.broken.code in _WHOLE_TABLES:
                    plans.append(row)
                else:
                    yield row
        except Unheaded as error:
            if error.near:
                yield from (Row(p.row or 0, {}, p.file, p.sheet, broken=p) for p in error.problems)
            else:
                unheaded.append((table.sheet, error))
    if passed and not count:
        raise rejected(
            Problem("sheet_missing", {"value": intake.manner.sheet, "known": passed}, name)
        )
    if not good:  # a plan beside results is left out, and has been told so
        yield from plans
    if not count:
        raise rejected(Problem("file_empty", {}, name))
    if len(unheaded) == count:
        raise max((error for _, error in unheaded), key=lambda error: error.understood)
    for code, sheets in (("sheet_left_out", [s for s, _ in unheaded]), ("sheet_hidden", hidden)):
        for sheet in sheets:
            yield Row(0, {}, name, sheet, aside=Caution(code, {"sheet": sheet}, None, name))


def _texts(encoding: str | None, file: IO[bytes], name: str) -> Iterator[Table]:
    """The table of a text file; a workbook under the name of one is refused."""
    from htx_cli.intake.files import csv_rows

    return csv_rows.tables(_no_workbook(file, name), name, encoding)


def _no_workbook(file: IO[bytes], name: str) -> IO[bytes]:
    """The file at its top, if it is none. Raises Rejected."""
    from htx_cli.intake.files.sheets import STARTS

    start = file.read(max(map(len, STARTS)))
    file.seek(0)
    if start.startswith(STARTS):
        raise rejected(Problem("file_is_workbook", {}, name))
    return file


def _labels(intake: Intake) -> tuple["Labels", "Frame", dict[str, str]]:
    """Return what labels can mean, what holds where nothing says it, and what the options say of rows."""
    from htx_cli.intake.labels import Labels
    from htx_cli.intake.lexicon import extended
    from htx_cli.intake.tables.around import Frame

    known, encoding, defaults = intake.known, intake.manner.encoding, intake.manner.defaults
    if encoding not in (None, *ENCODINGS):
        raise UsageError("not_one_of", value=encoding, choices=list(ENCODINGS))
    year = defaults.year or (defaults.as_of or defaults.today).year
    on = defaults.as_of or min(defaults.today, defaults.today.replace(year, 12, 31))
    cluster = None
    try:
        cluster = find_cluster(defaults.cluster, known.clusters)
        targets = list(known.setup(cluster, year).targets.values())
    except NotFound:  # then every row has to name its cluster
        targets = []
    frame = Frame(
        year,
        on,
        cluster,
        year_said=defaults.year is not None,
        as_of_said=defaults.as_of is not None,
        estimate=defaults.estimate,
    )
    near = [] if targets or defaults.as_of else [year - 1, year + 1]  # a day fits no other year
    signed_in = next(
        (other for other in near if cluster and known.setup(cluster, other).targets), None
    )
    find = partial(known.provinces.named, on=on)
    given = intake.manner.mapping
    labels = Labels(targets, find, given, signed_in, extended(getattr(given, "words", {})))
    return labels, frame, {"province": defaults.province} if defaults.province else {}
