"""Record results: one figure, one figure taken back, or a file of them. All go the same path."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING

from htx_cli import importers, vietnamese
from htx_cli.book import Book, Intent, known, the_cluster
from htx_cli.errors import NotFound, Problem, Rejected
from htx_cli.importers.resolve import (
    WHOLE,
    Defaults,
    Resolved,
    RowRejected,
    first_error,
    resolve,
)
from htx_cli.importers.rows import MOST_PROBLEMS, Percents, Raw, Row
from htx_cli.journal import Caution, Change, Imported, Remove, Write
from htx_cli.names import Known
from htx_cli.store import Reader
from htx_cli.targets import Basis
from htx_cli.vietnamese import Numbers

if TYPE_CHECKING:
    from htx_cli.changes import Staging

Rows = Path | str | Iterable[Mapping[str, object]]


def record(
    book: Book, intent: Intent, cells: Mapping[str, Raw], defaults: Defaults
) -> tuple[Change, Resolved]:
    """One figure, given as the cells of a row. Recording it again is a correction.

    Raises NotFound for a name, Rejected for anything else that does not fit.
    """
    found: list[Resolved] = []

    def make(reader: Reader, staging: "Staging") -> list[Write]:
        try:
            one = resolve(Row(1, cells), known(reader), defaults)
        except RowRejected as rejected:
            raise first_error(rejected) from None
        found[:] = [one]
        staging.add(one.cluster.id, one.target.year, one.result, "1")
        return []

    change = book.commit(intent, make)
    return change, found[0]


def withdraw(
    book: Book, intent: Intent, name: str, code: str, as_of: date, estimate: bool = False
) -> Change:
    """Take back a figure that was filed wrongly; the journal keeps it. Raises NotFound."""

    def make(reader: Reader, _: object) -> list[Write]:
        everything = known(reader)
        cluster = the_cluster(book, reader)
        target = everything.target(cluster, as_of.year, code)
        whole = vietnamese.folded(name) in WHOLE
        province = None if whole else everything.provinces.find(name, as_of)
        place = province.id if province else None
        basis = Basis.ESTIMATE if estimate else Basis.ACTUAL
        standing = reader.history(cluster.id, as_of.year, target.code, place)
        if not any(r.as_of == as_of and r.basis is basis for r in standing):
            raise NotFound(
                "result_unknown",
                province=province.name if province else cluster.name,
                basis=basis,
                code=target.code,
                as_of=as_of,
                known=[f"{r.as_of:%d/%m/%Y} ({r.basis})" for r in standing] or ["–"],
            )
        key = {"cluster": cluster.id, "year": as_of.year, "target": target.code}
        key |= {"province": place, "as_of": as_of.isoformat(), "basis": str(basis)}
        return [Remove("results", key)]

    return book.commit(intent, make)


def import_results(
    book: Book,
    source: Rows,
    *more: Rows,
    year: int | None = None,
    as_of: date | None = None,
    numbers: Numbers | None = None,
    percents: Percents | None = None,
    province: str | None = None,
    mapping: Mapping[str, str] | None = None,
    because: str | None = None,
    dry_run: bool = False,
    format: str | None = None,
    stdin: IO[bytes] | None = None,
    command: str = "import_results",
) -> Imported:
    """Import results from files (spreadsheets, CSV, TSV, JSON) or from mappings, all or nothing.

    Each row has a province, a target and a value or a rate; year, date, basis, the whole, the base,
    source and note may stand beside them under English or Vietnamese headings. `year` and `as_of`
    hold where a row is silent; `numbers` ("vi" or "en") decides `1.234`.

    Gives what was new, changed, or stood in the book already, with cautions. Raises Rejected with
    every `Problem` if there is one: then nothing is written.
    """
    intent = Intent(command, because, dry_run)
    defaults = Defaults(
        book.today, book.cluster, year, as_of, numbers=numbers, province=province, percents=percents
    )
    run = _Import(defaults)

    def make(reader: Reader, staging: "Staging") -> list[Write]:
        intake = importers.Intake(known(reader), defaults, mapping or {}, stdin, format)
        for each in (source, *more):
            run.take(importers.read(each, intake), intake.known, staging)
        run.refuse([each for each in (source, *more) if isinstance(each, Path | str)])
        run.staging = staging
        return []

    change = book.commit(intent, make)
    assert run.staging is not None
    staged = run.staging
    changed = staged.differing - staged.new
    same = staged.count - staged.differing
    return Imported(change, staged.new, changed, same, tuple(run.cautions))


class _Import:
    """What one import found so far."""

    def __init__(self, defaults: Defaults) -> None:
        self.defaults = defaults
        self.staging: Staging | None = None
        self.cautions: list[Caution] = []
        self.problems: list[Problem] = []
        self.bad = 0
        self.read = 0

    def take(self, rows: Iterable[Row], known: Known, staging: "Staging") -> None:
        """Check rows one by one and stage what is good."""
        try:
            for row in rows:
                self.read += 1
                self.row(row, known, staging)
        except Rejected as rejected:  # the file itself cannot be read any further
            if not rejected.problems:
                raise
            self.note(rejected.problems)

    def row(self, row: Row, known: Known, staging: "Staging") -> None:
        if row.aside:
            self.cautions.append(row.aside)
            self.read -= 1
            return
        if row.broken:
            self.note([row.broken])
            return
        try:
            one = resolve(row, known, self.defaults)
        except RowRejected as rejected:
            self.note(rejected.problems(row))
            return
        first = staging.add(one.cluster.id, one.target.year, one.result, _place(row))
        if first is not None:
            self.note([row.problem("row_twice", {"first": first})])
        if len(self.cautions) < MOST_PROBLEMS:
            self.cautions += one.cautions

    def note(self, problems: Sequence[Problem]) -> None:
        self.bad += len(problems)
        self.problems += problems[: MOST_PROBLEMS - len(self.problems)]

    def refuse(self, files: Sequence[Path | str]) -> None:
        """All problems, or none and at least one row."""
        if not self.read and not self.bad:
            self.note([Problem("file_empty")])
        if self.bad:
            names = ", ".join(str(file) for file in files) or "rows"
            raise Rejected("problems", tuple(self.problems), count=str(self.bad), files=names)


def _place(row: Row) -> str:
    return f"{row.number} ({row.file})" if row.file else str(row.number)
