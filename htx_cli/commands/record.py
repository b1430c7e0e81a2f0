"""Record results: one figure, one taken back, or files of them."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from htx_cli import vietnamese
from htx_cli.commands.command import command
from htx_cli.commands.session import (
    AsOf,
    Code,
    ProvinceOrAll,
    Session,
    Year,
    complete_province,
    one_of,
    reads,
    tell,
    told,
    write_json,
)
from htx_cli.errors import Phrase, Problem, Rejected, UsageError
from htx_cli.importers import FORMATS
from htx_cli.journal import Imported
from htx_cli.reports import WORKBOOK, check, saving
from htx_cli.words import mark, number, say, shown, t

if TYPE_CHECKING:
    from htx_cli.importers.rows import Table

app = typer.Typer()

MOST_LINES = 20  # of changed figures, and of warnings, that are told one by one

Estimate = Annotated[
    bool, typer.Option("--estimate", help=mark("The figure is an estimate (ước thực hiện)."))
]
Strict = Annotated[
    bool, typer.Option("--strict", help=mark("Write nothing if there is anything to warn of."))
]


@command(app, "record", "writes", "reads_numbers")
def record(
    session: Session,
    province: ProvinceOrAll,
    code: Code,
    value: Annotated[
        str,
        typer.Argument(
            metavar="VALUE", help=mark("The figure: 20, 1.234,5, 62%, yes/có/đạt, no/không.")
        ),
    ],
    of: Annotated[
        str | None, typer.Option(metavar="N", help=mark("The whole that a ratio is a part of."))
    ] = None,
    base: Annotated[
        str | None,
        typer.Option(
            metavar="N",
            help=mark("The base of growth; default: the book's figure of the base year."),
        ),
    ] = None,
    as_of: AsOf = None,
    year: Year = None,
    estimate: Estimate = False,
    source: Annotated[
        str | None, typer.Option(metavar="TEXT", help=mark("Where the figure comes from."))
    ] = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help=mark("A note."))] = None,
    strict: Strict = False,
) -> None:
    """Record one figure as of a date.

    The date is today's unless --as-of says otherwise. The same province, target, date and
    basis again is a correction: it stands as typed, and the journal keeps what it replaces.
    """
    from htx_cli.book import recording
    from htx_cli.importers.resolve import Defaults

    book = session.book()
    cells = {"province": province, "target": code, "value": value, "of": of, "base": base}
    defaults = Defaults(
        book.today, session.cluster, year, as_of, estimate, source, note, session.numbers
    )
    try:
        change, cautions = recording.record(book, session.intent(), cells, defaults, strict)
    except Rejected as rejected:
        if not rejected.problems or session.json_asked:
            raise
        for problem in rejected.problems:
            tell(t("Warning: {what}", what=say(problem)))
        raise
    warnings = [{"code": each.code, "message": say(each)} for each in cautions]
    session.wrote(change, {"warnings": warnings})
    for caution in cautions:
        tell(t("Warning: {what}", what=say(caution)))


@command(app, "withdraw", "writes")
def withdraw(
    session: Session,
    province: ProvinceOrAll,
    code: Code,
    as_of: Annotated[
        date,
        typer.Option(
            parser=reads(vietnamese.day),
            metavar="DATE",
            help=mark("The date that the figure bears."),
        ),
    ],
    estimate: Estimate = False,
) -> None:
    """Take back a figure that was filed wrongly; the journal keeps it."""
    from htx_cli.book import recording

    session.wrote(
        recording.withdraw(session.book(), session.intent(), province, code, as_of, estimate)
    )


@command(app, "import", "writes", "reads_numbers")
def import_(
    session: Session,
    file: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE|- …",
            help=mark(".xlsx, .xls, .ods, .csv, .tsv, .json or .ndjson; - is standard input."),
        ),
    ],
    year: Year = None,
    as_of: AsOf = None,
    province: Annotated[
        str | None,
        typer.Option(
            metavar="PROVINCE",
            help=mark("Whose figures they are, where no column says it."),
            autocompletion=complete_province,
        ),
    ] = None,
    percent: Annotated[
        Any,  # fraction or percent
        typer.Option(
            parser=one_of({name: name for name in ("fraction", "percent")}),
            metavar="fraction|percent",
            help=mark("What bare numbers are where per cents stand: 0.62 or 62 for 62%."),
        ),
    ] = None,
    map: Annotated[
        list[str] | None,
        typer.Option(
            metavar="HEADING=USE|FILE.toml",
            help=mark(
                "What a heading is: target:1a, province, value, skip …; or a file of such lines. "
                "May be given again."
            ),
        ),
    ] = None,
    input_format: Annotated[
        str | None,
        typer.Option(
            parser=one_of({name: name for name in FORMATS}),
            metavar="|".join(FORMATS),
            help=mark("What standard input is; default: csv."),
        ),
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option(
            parser=one_of({name: name for name in ("utf-8", "utf-16", "cp1258", "tcvn3", "vni")}),
            metavar="utf-8|utf-16|cp1258|tcvn3|vni",
            help=mark(
                "How the letters of .csv are encoded (tcvn3: .VnTime, vni: VNI-Times); "
                "default: recognised."
            ),
        ),
    ] = None,
    strict: Strict = False,
    problems: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.xlsx",
            help=mark("If there are problems, save the tables with the bad cells marked."),
        ),
    ] = None,
    over: Annotated[
        bool, typer.Option("--replace", help=mark("Replace a file that stands there."))
    ] = False,
) -> None:
    """Import results from files, all of them or none.

    A long table has the columns province, target, value or rate, in any order, in English or
    Vietnamese; and, where they are known, cluster, year, as_of, basis, of, base, source, note. A wide
    one has provinces down and targets across, or the other way round. If anything is wrong, every
    problem is listed with its place and nothing is written. Importing again changes nothing.
    """
    from htx_cli.book import recording
    from htx_cli.importers import mapping

    book, intent = session.book(), session.intent()
    if "-" in file and sys.stdin.isatty():
        raise UsageError("stdin_empty")
    if problems:
        check(problems, WORKBOOK, over)
    try:
        imported = recording.import_results(
            book,
            *file,
            year=year,
            as_of=as_of,
            numbers=session.numbers,
            percents=percent,
            province=province,
            mapping=mapping.read(map or []),
            because=intent.because,
            dry_run=intent.dry_run,
            format=input_format,
            stdin=sys.stdin.buffer,
            encoding=encoding,
            command=intent.command,
            strict=strict,
            send_back=partial(_send_back, problems, over) if problems else None,
        )
    except Rejected as rejected:
        if not rejected.problems:
            raise
        _refused(session, rejected)
        raise typer.Exit(rejected.exit) from None
    if session.json_asked:
        from htx_cli.reports.documents import document

        write_json(document(imported))
        return
    _imported(imported)


def _send_back(path: Path, over: bool, rejected: Rejected, tables: "Iterator[Table]") -> None:
    """Save what is to be sent back: the problems, and the tables with the bad cells marked."""
    from htx_cli.reports.problems import write

    sent = ((table.file, table.sheet, table.rows) for table in tables)
    with saving(path, WORKBOOK, over) as place:
        write(rejected.problems, sent, place.file, int(str(rejected.values["count"])))
    saved = mark("Replaced: {path}") if place.stood else mark("Saved: {path}")
    tell(t(saved, path=path))


def _imported(imported: Imported) -> None:
    """What an import did, which figures it changed, what it took for granted, what is odd."""
    from htx_cli.tables.journal import sentence

    if not imported.change.count:
        same = _count(imported.same)
        tell(t("Nothing to change: all {same} figures stand in the book already.", same=same))
    else:
        counts = t(
            "+{new} new, ~{changed} changed, ={same} the same",
            new=_count(imported.new),
            changed=_count(imported.changed),
            same=_count(imported.same),
        )
        told(imported.change, counts)
        for row in imported.corrections[:MOST_LINES]:
            tell(f"~ {sentence(row, imported.change.glossary)}")
        if (left := imported.changed - MOST_LINES) > 0:
            head = imported.change.head
            more = t("and {count} more", count=_count(left))
            tell(f"{more} (htx log {head.number})" if head else more)
    for file in imported.files:
        if file.before is not None:
            before = str(file.before)
            tell(
                t("{name} was imported already, by change {number}.", name=file.name, number=before)
            )
    for each in imported.assumed:
        text = (
            t("Rows without a date and a year, taken as of {day} and so for {year}: {count}")
            if each.year_too
            else t("Rows without a date, taken as of {day}: {count}")
        )
        what = {"day": f"{each.as_of:%d/%m/%Y}", "year": each.as_of.year}
        tell(text.format(**what, count=_count(each.rows)))
    for caution in imported.cautions[:MOST_LINES]:
        place = _place(caution.file, caution.row)
        tell(t("Warning, {place}: {what}", place=place, what=say(caution)))
    if (left := imported.warned - MOST_LINES) > 0:
        tell(t("and {count} more warnings; --json lists up to a thousand", count=_count(left)))


def _count(count: int) -> str:
    from decimal import Decimal

    return number(Decimal(count))


_FIRST_ROWS = 3  # of problems that are told in one line


def _refused(session: Session, rejected: Rejected) -> None:
    """Every problem with its place and what to type instead."""
    if session.json_asked:
        from htx_cli.reports.book_document import refused_import

        write_json(refused_import(rejected, session.dry_run))
        return
    for (_, column, sentence), alike in _alike(rejected.problems).items():
        where = _rows(alike) if len(alike) > 1 else _place(*_at(alike[0]))
        named = f"{where}, {shown(Phrase(f'column_{column}'))}" if column else where
        tell(f"{named}: {sentence}")
    left = int(str(rejected.values["count"])) - len(rejected.problems)
    if left > 0:
        tell(t("… and {count} more problems.", count=_count(left)))
    tell(say(rejected))


def _alike(problems: Sequence[Problem]) -> dict[tuple[str | None, str | None, str], list[Problem]]:
    """The problems of a file that are told in one line: the same sentence on the same column."""
    found: dict[tuple[str | None, str | None, str], list[Problem]] = {}
    for problem in problems:
        found.setdefault((problem.file, problem.column, say(problem)), []).append(problem)
    return found


def _rows(alike: Sequence[Problem]) -> str:
    """The rows of such problems: the first ones, and how many more."""
    numbers = [str(problem.row) for problem in alike if problem.row]
    rows, left = ", ".join(numbers[:_FIRST_ROWS]), len(numbers) - _FIRST_ROWS
    if left > 0:
        text = t("rows {rows} and {count} more", rows=rows, count=_count(left))
    else:
        text = t("rows {rows}", rows=rows)
    return " ".join([*([alike[0].file] if alike[0].file else []), text])


def _at(problem: Problem) -> tuple[str | None, int | None, str | None]:
    return problem.file, problem.row, problem.cell


def _place(file: str | None, row: int | None, cell: str | None = None) -> str:
    parts = [file] if file else []
    if cell:
        parts.append(cell)
    elif row:
        parts.append(t("row {row}", row=str(row)))
    return " ".join(parts) or "–"
