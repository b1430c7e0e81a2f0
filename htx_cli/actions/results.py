"""Record results: one figure, one figure taken back, or a file of them. All go the same path."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING

from msgspec.structs import replace

from htx_cli.actions import Book, Intent, Plan, known, the_cluster
from htx_cli.actions.bases import Measured
from htx_cli.actions.dashes import figure_words, standing
from htx_cli.book import read
from htx_cli.book.file import Connection
from htx_cli.book.journal import Remove
from htx_cli.book.records import result_key
from htx_cli.domain.changes import NOTES, Assumed, Caution, Change, Done, Imported, SourceFile
from htx_cli.domain.names import Known
from htx_cli.domain.targets import Basis
from htx_cli.intake import Percents
from htx_cli.intake.doubts import doubts
from htx_cli.intake.resolve import Defaults, RowRejected, first_error, resolve
from htx_cli.intake.rows import MOST_PROBLEMS, Raw, Row, Table
from htx_cli.intake.sources import Given, Intake, Manner, Source
from htx_cli.intake.tables.mapping import Mapping as Mapped
from htx_cli.text.errors import Problem, Rejected
from htx_cli.text.vietnamese import Numbers

if TYPE_CHECKING:
    from htx_cli.book.write.staging import Staging

SendBack = Callable[[Rejected, Iterator[Table]], None]


def record(
    book: Book, intent: Intent, cells: Mapping[str, Raw], defaults: Defaults, strict: bool = False
) -> Done[None]:
    """One figure, given as the cells of a row, and what is odd about it.

    Recording it again is a correction. Raises NotFound for a name, Rejected for anything else that
    does not fit; with `strict` for anything odd too, and then it lists the problems.
    """

    def make(connection: Connection, staging: "Staging") -> Plan[None]:
        everything = known(connection)
        try:
            one = resolve(Row(1, cells), everything, defaults)
        except RowRejected as rejected:
            raise first_error(rejected) from None
        staging.add(one.cluster.id, one.target.year, one.result, (1, None, None))
        odd = [*one.cautions, *(caution for _, caution in _met(everything, staging))]
        cautions = tuple(replace(caution, row=None) for caution in odd)
        measured = Measured.of(connection, staging.years())

        def hold(connection: Connection, _: int) -> Sequence[Caution]:
            return refused([*cautions, *measured.moved(connection)])[len(cautions) :]

        return Plan((), None, tuple(refused(cautions)), hold)

    def refused(cautions: Sequence[Caution]) -> Sequence[Caution]:
        if strict and cautions:
            problems = tuple(Problem(each.code, each.values) for each in cautions)
            raise Rejected("doubts", problems, count=str(len(problems)))
        return cautions

    return book.commit(intent, make)


def withdraw(
    book: Book, intent: Intent, name: str, code: str, as_of: date, estimate: bool = False
) -> Done[None]:
    """Take back a figure that was filed wrongly, and tell what growth lost its base by that, or has
    another in a closed year; the journal keeps it. Raises NotFound."""

    def make(connection: Connection, _: object) -> Plan[None]:
        everything = known(connection)
        cluster = the_cluster(book, connection)
        target = everything.target(cluster, as_of.year, code)
        province = everything.provinces.find_unless_all(name, as_of)
        place = province.id if province else None
        basis = Basis.ESTIMATE if estimate else Basis.ACTUAL
        standing = read.history(connection, cluster.id, as_of.year, target.code, place)
        found = next((r for r in standing if r.as_of == as_of and r.basis is basis), None)
        if found is None:
            whose = everything.provinces.told(province, as_of.year) if province else cluster.name
            from htx_cli.actions.evidence import no_figure  # loads the report, which no write needs

            raise no_figure(whose, code, basis, as_of, standing)
        before = Measured.of(connection, {(cluster.id, as_of.year)})
        return Plan([Remove("results", result_key(cluster, found))], None, hold=before.changed)

    return book.commit(intent, make)


def import_results(
    book: Book,
    source: Given,
    *more: Given,
    year: int | None = None,
    as_of: date | None = None,
    estimate: bool = False,
    numbers: Numbers | None = None,
    percents: Percents | None = None,
    province: str | None = None,
    mapping: Mapping[str, str] | None = None,
    format: str | None = None,
    encoding: str | None = None,
    because: str | None = None,
    dry_run: bool = False,
    strict: bool = False,
) -> Imported:
    """Import results from files (spreadsheets, CSV, TSV, JSON) or from mappings, all or nothing.

    Each row has a province, a target and a value or a rate; year, date, basis, the whole, the base,
    source and note may stand beside them under English or Vietnamese headings. `year`, `as_of`,
    `estimate` and `province` hold where a row is silent; `numbers` ("vi" or "en") decides `1.234`,
    `percents` ("percent" or "fraction") a bare 0.62 where a per cent stands, `mapping` (heading to
    use, as `--map` takes them) a heading that is not understood. `format` says what a file is whose
    name does not end so; `encoding` (utf-8, utf-16, cp1258, tcvn3 or vni) decides how a CSV file is
    read; without it the file is recognised.

    Gives what was new, changed, or stood in the book already, with cautions. No mappings at all are
    nothing to write; a file without rows is a problem. Raises Rejected with every `Problem` if there
    is one: then nothing is written. With `strict` a caution is a problem. Raises TypeError for what is
    neither a path nor mappings.
    """
    defaults = Defaults(
        book.today,
        book.cluster,
        year,
        as_of,
        estimate,
        numbers=numbers,
        province=province,
        percents=percents,
    )
    manner = Manner(defaults, mapping or {}, format, encoding)
    intent = Intent("import_results", because, dry_run)
    return import_from(book, intent, (source, *more), manner, strict=strict)


def import_from(
    book: Book,
    intent: Intent,
    given: Sequence[Given],
    manner: Manner,
    *,
    strict: bool = False,
    stdin: IO[bytes] | None = None,
    rows_read: Callable[[int], None] | None = None,
    send_back: SendBack | None = None,
) -> Imported:
    """Import as `import_results` does, told how to read; `-` among the files is `stdin`.

    `rows_read` is told how many rows were read by now; `send_back` is called before problems are
    raised, with what is to be raised and the tables that were read.
    """
    named = [each for each in given if isinstance(each, Path | str)]

    with ExitStack() as stack:
        sources = [Source(each, stdin) for each in given]
        for each in sources:
            stack.callback(each.close)

        def make(connection: Connection, staging: "Staging") -> "Plan[tuple[_Import, Staging]]":
            run = _Import(manner.defaults, rows_read or (lambda rows: None))
            intake = Intake(known(connection), manner)
            run.take_all(sources, intake, connection, staging)
            run.drop_of_closed_years(staging)
            run.refuse(named, staging if intent.dry_run else None)
            run.meet(intake.known, staging)
            if strict:
                run.refuse_doubts()
            measured = Measured.of(connection, staging.years())

            def hold(connection: Connection, _: int) -> Iterator[Caution]:
                for caution in measured.moved(connection):
                    run.doubt_all(caution)
                    yield caution
                if strict:
                    run.refuse_doubts()

            return Plan((), (run, staging), hold=hold)

        try:
            done = book.commit(intent, make)
        except Rejected as rejected:
            if send_back and rejected.problems:
                with book.reading() as connection:
                    intake = Intake(known(connection), manner)
                send_back(rejected, chain.from_iterable(each.tables(intake) for each in sources))
            raise
    run, staged = done.answer
    return run.imported(done.change, staged)


class _Import:
    """State of an import: problems, cautions and counts so far."""

    def __init__(self, defaults: Defaults, rows_read: Callable[[int], None]) -> None:
        self.defaults = defaults
        self.rows_read = rows_read
        self.cautions: list[tuple[int, Caution]] = []  # each with the turn of its figure
        self.notes: list[Caution] = []
        self.warned = 0
        self.assumed: dict[tuple[date, bool], int] = {}
        self.problems: list[Problem] = []
        self.bad = 0
        self.read = 0
        self.repeated = 0

    def take_all(
        self, sources: Sequence[Source], intake: Intake, connection: Connection, staging: "Staging"
    ) -> None:
        """Check the rows of each source and stage what is good, with the files that they came from."""
        files: list[SourceFile] = []
        for each in sources:
            first = staging.count + 1
            self.take(each.rows(intake), intake.known, connection, staging)
            if each.file:
                before = read.imported_before(connection, each.file.sha256)
                files.append(replace(each.file, before=before))
                self.look_back(files[-1], first, intake.known, staging)
        staging.files = tuple(files)
        if isinstance(intake.manner.mapping, Mapped):
            self.note([*intake.manner.mapping.unmet()])
        if self.repeated:
            self.doubt(0, Caution("figures_repeated", {"count": str(self.repeated)}))

    def take(
        self, rows: Iterable[Row], known: Known, connection: Connection, staging: "Staging"
    ) -> None:
        """Check rows one by one and stage what is good."""
        try:
            for row in rows:
                self.read += 1
                self.rows_read(self.read)
                if row.silent:
                    self.read -= 1
                    for caution in standing(row, known, self.defaults, connection):
                        self.doubt(staging.count, caution)
                else:
                    self.check_row(row, known, staging)
        except Rejected as rejected:  # the file itself cannot be read any further
            if not rejected.problems:
                raise
            self.note(rejected.problems)

    def check_row(self, row: Row, known: Known, staging: "Staging") -> None:
        if row.aside:
            self.doubt(staging.count, row.aside)
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
        place = (row.number, row.file, row.sheet)
        first = staging.add(
            one.cluster.id, one.target.year, one.result, place, stood=row.stood(one.result)
        )
        if first is not None and first[1] == one.result.figure:
            self.repeated += 1
        elif first is not None:
            other, value = figure_words(first[1]), figure_words(one.result.figure)
            values = {"first": _place(*first[0]), "other": other, "value": value}
            self.note([row.problem("row_twice", values)])
            number, file, sheet = first[0]
            if file != row.file:  # told in both, for each may be the wrong one
                back = {"first": _place(*place), "other": value, "value": other}
                self.note([Problem("row_twice", back, file, sheet, number)])
        for caution in one.cautions:
            self.doubt(staging.count, caution)
        if not one.dated:
            default = (one.result.as_of, not one.in_year)
            self.assumed[default] = self.assumed.get(default, 0) + 1

    def meet(self, known: Known, staging: "Staging") -> None:
        """Look at every figure beside what the book has of its cell."""
        for turn, caution in _met(known, staging):
            self.doubt(turn, caution)

    def look_back(self, file: SourceFile, first: int, known: Known, staging: "Staging") -> None:
        """Look for figures of a file imported before that were changed since; `first` is its first."""
        if file.before is None:
            return
        for each in staging.stale(first, staging.count, file.before):
            code = "old_file" if each.stands else "old_file_withdrawn"
            what = {"province": _whose(known, each.cluster, each.province), "code": each.target}
            what |= {"name": file.name, "before": str(file.before), "later": str(each.later)}
            self.doubt(each.turn, Caution(code, what, *each.place))

    def drop_of_closed_years(self, staging: "Staging") -> None:
        """Note every row that would change a closed year, in its place among the other problems."""
        for each in staging.drop_of_closed_years():
            number, file, sheet = each.place
            values = {"year": str(each.year)}
            self.note([Problem("year_closed", values, file, sheet, number, each.cell)])
        sheets = list(dict.fromkeys((each.file, each.sheet) for each in self.problems))
        self.problems.sort(key=lambda each: (sheets.index((each.file, each.sheet)), each.row or 0))

    def doubt(self, turn: int, caution: Caution) -> None:
        if caution.code in NOTES:
            if len(self.notes) < MOST_PROBLEMS:
                self.notes.append(caution)
            return
        self.warned += 1
        if len(self.cautions) < MOST_PROBLEMS:
            self.cautions.append((turn, caution))

    def doubt_all(self, caution: Caution) -> None:
        """Add a caution about all that was read together: it comes first."""
        self.warned += 1
        self.cautions.insert(0, (0, caution))

    def in_order(self) -> tuple[Caution, ...]:
        """The cautions in the order of the rows that they were seen in."""
        return tuple(caution for _, caution in sorted(self.cautions, key=lambda each: each[0]))

    def imported(self, change: Change, staging: "Staging") -> Imported:
        """Return what the import did."""
        return Imported(
            change,
            staging.new,
            staging.differing - staging.new,
            staging.count - staging.differing,
            self.in_order(),
            self.warned,
            staging.corrections,
            tuple(Assumed(rows, *default) for default, rows in self.assumed.items()),
            staging.files,
            tuple(self.notes),
        )

    def note(self, problems: Sequence[Problem]) -> None:
        self.bad += len(problems)
        self.problems += problems[: MOST_PROBLEMS - len(self.problems)]

    def refuse(self, files: Sequence[Path | str], staging: "Staging | None") -> None:
        """All problems, or none; and of files at least one row.

        For a dry run the `staging` says what the good rows would do.
        """
        if not self.read and not self.bad:
            self.note([Problem("file_empty", {}, Path(file).name) for file in files])
        if not self.bad:
            return
        good: dict[str, object] = {}
        if staging:
            staging.compare()
            good = {"new": staging.new, "changed": staging.differing - staging.new}
            good["same"] = staging.count - staging.differing
        names = ", ".join(str(file) for file in files) or "rows"
        raise Rejected("problems", tuple(self.problems), count=str(self.bad), files=names, **good)

    def refuse_doubts(self) -> None:
        """Every caution as a problem, if there is one."""
        if self.warned:
            problems = (Problem(c.code, c.values, c.file, c.sheet, c.row) for c in self.in_order())
            raise Rejected("doubts", tuple(problems), count=str(self.warned))


def _place(number: int, file: str | None, sheet: str | None) -> str:
    within = ", ".join(filter(None, (file, sheet)))
    return f"{number} ({within})" if within else str(number)


def _whose(known: Known, cluster: str, province: str | None) -> str:
    """The name of a province, or of the cluster whose figure it is."""
    if province:
        return known.provinces.by_id[province].name
    return next(each.name for each in known.clusters if each.id == cluster)


def _met(known: Known, staging: "Staging") -> Iterator[tuple[int, Caution]]:
    """Warn of what is odd about staged figures that differ from the book, each with its turn."""
    for cell in staging.comparisons():
        cluster = next(each for each in known.clusters if each.id == cell.cluster)
        target = known.setup(cluster, cell.year).targets[cell.target]
        where = {"province": _whose(known, cell.cluster, cell.province), "code": target.code}
        coming = [each.result for each in cell.coming]
        for at, (code, values) in doubts(target, coming, cell.standing, cell.earlier):
            one = cell.coming[at]
            yield one.turn, Caution(code, {**where, **values}, *one.place)
    for each in staging.outdated_evidence():
        whose = _whose(known, each.cluster, each.province)
        where = {"province": whose, "code": each.target}
        what = {**where, "day": each.as_of, "documents": list(each.documents)}
        yield each.turn, Caution("evidence_outdated", what, *each.place)
