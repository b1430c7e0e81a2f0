"""Record results: one figure, one taken back, or files of them."""

import sys
from datetime import date
from typing import Annotated, Any

import typer

from htx_cli import vietnamese
from htx_cli.commands.command import command
from htx_cli.commands.session import (
    AsOf,
    Code,
    ProvinceOrAll,
    Session,
    Year,
    one_of,
    reads,
    tell,
    told,
    write_json,
)
from htx_cli.errors import Problem, Rejected, UsageError
from htx_cli.importers import FORMATS
from htx_cli.words import mark, number, say, t

app = typer.Typer()

Estimate = Annotated[
    bool, typer.Option("--estimate", help=mark("The figure is an estimate (ước thực hiện)."))
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
        typer.Option(metavar="N", help=mark("The base of growth; default: the book's own.")),
    ] = None,
    as_of: AsOf = None,
    year: Year = None,
    estimate: Estimate = False,
    source: Annotated[
        str | None, typer.Option(metavar="TEXT", help=mark("Where the figure comes from."))
    ] = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help=mark("A note."))] = None,
) -> None:
    """Record one figure as of a date.

    The date is today's unless --as-of says otherwise. The same province, target, date and
    basis again is a correction: the journal keeps the figure that it replaces.
    """
    from htx_cli.book import recording
    from htx_cli.importers.resolve import Defaults

    book = session.book()
    cells = {"province": province, "target": code, "value": value, "of": of, "base": base}
    defaults = Defaults(
        book.today, session.cluster, year, as_of, estimate, source, note, session.numbers
    )
    change, resolved = recording.record(book, session.intent(), cells, defaults)
    session.wrote(change)
    for caution in resolved.cautions:
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
        typer.Option(metavar="P", help=mark("Whose figures they are, where no column says it.")),
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
            command=intent.command,
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
    counts = t(
        "{new} new, {changed} changed, {same} the same",
        new=_count(imported.new),
        changed=_count(imported.changed),
        same=_count(imported.same),
    )
    if imported.change.head is None:
        same = _count(imported.same)
        tell(t("Nothing to change: all {same} figures stand in the book already.", same=same))
    else:
        told(imported.change, counts)
    for caution in imported.cautions:
        tell(
            t(
                "Warning, {place}: {what}",
                place=_place(caution.file, caution.row),
                what=say(caution),
            )
        )


def _count(count: int) -> str:
    from decimal import Decimal

    return number(Decimal(count))


def _refused(session: Session, rejected: Rejected) -> None:
    """Every problem with its place and what to type instead."""
    if session.json_asked:
        from htx_cli.reports.book_document import refused_import

        write_json(refused_import(rejected, session.dry_run))
        return
    for problem in rejected.problems:
        tell(f"{_where(problem)}: {say(problem)}")
    tell(say(rejected))


def _where(problem: Problem) -> str:
    place = _place(problem.file, problem.row, problem.cell)
    return f"{place}, {problem.column}" if problem.column else place


def _place(file: str | None, row: int | None, cell: str | None = None) -> str:
    parts = [file] if file else []
    if cell:
        parts.append(cell)
    elif row:
        parts.append(t("row {row}", row=str(row)))
    return " ".join(parts) or "–"
