"""Record results: one figure, one taken back, or files of them."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from htx_cli.commands.import_told import RowsRead, changed, noticed, refused
from htx_cli.intake import ENCODINGS, FORMATS, Percents
from htx_cli.output.files import WORKBOOK, check, saving
from htx_cli.terminal.answer import saved_told
from htx_cli.terminal.command import command
from htx_cli.terminal.options import (
    AsOf,
    Code,
    Estimate,
    ProvinceOrAll,
    Replace,
    Year,
    complete_province,
    one_of,
    reads,
)
from htx_cli.terminal.session import Session, tell, write_json
from htx_cli.terminal.warning import warn, warned
from htx_cli.text import vietnamese
from htx_cli.text.errors import Rejected, UsageError
from htx_cli.text.words import mark, say, t

if TYPE_CHECKING:
    from htx_cli.intake.resolve import Defaults
    from htx_cli.intake.rows import Table
    from htx_cli.intake.sources import Manner

app = typer.Typer()

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
    from htx_cli.actions import results as recording
    from htx_cli.intake.resolve import Defaults

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
    session.wrote(change, warned(cautions))
    warn(cautions)


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
    from htx_cli.actions import results as recording

    book, intent = session.book(), session.intent()
    change, cautions = recording.withdraw(book, intent, province, code, as_of, estimate)
    session.wrote(change, warned(cautions))
    if not session.json_asked:
        warn(cautions)


@dataclass(frozen=True, slots=True)
class Reading:
    """How the files of an import are to be read, where they do not say it themselves."""

    percent: Annotated[
        Percents | None,
        typer.Option(
            parser=one_of({name: name for name in get_args(Percents)}),
            metavar="|".join(get_args(Percents)),
            help=mark("What bare numbers are where per cents stand: 0.62 or 62 for 62%."),
        ),
    ] = None
    map: Annotated[
        list[str] | None,
        typer.Option(
            metavar="HEADING=USE|FILE.toml",
            help=mark(
                "What a heading is: target:CODE, cluster, year, province, target, as_of, basis, "
                "value, of, base, rate, source, note, or skip to leave it out; or a file of such "
                "lines. May be given again."
            ),
        ),
    ] = None
    input_format: Annotated[
        str | None,
        typer.Option(
            parser=one_of({name: name for name in FORMATS}),
            metavar="|".join(FORMATS),
            help=mark("What standard input is; default: csv."),
        ),
    ] = None
    encoding: Annotated[
        str | None,
        typer.Option(
            parser=one_of({name: name for name in ENCODINGS}),
            metavar="|".join(ENCODINGS),
            help=mark(
                "How the letters of .csv are encoded (tcvn3: .VnTime, vni: VNI-Times); "
                "default: recognised."
            ),
        ),
    ] = None

    def manner(self, defaults: "Defaults") -> "Manner":
        """The same for the book, with what is said of headings read from where it stands."""
        from htx_cli.intake.sources import Manner
        from htx_cli.intake.tables import mapping

        return Manner(defaults, mapping.read(self.map or []), self.input_format, self.encoding)


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
    estimate: Estimate = False,
    province: Annotated[
        str | None,
        typer.Option(
            metavar="PROVINCE",
            help=mark("Whose figures they are, where no column says it."),
            autocompletion=complete_province,
        ),
    ] = None,
    *,
    reading: Reading,
    strict: Strict = False,
    problems: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.xlsx",
            help=mark("If there are problems, save the tables with the bad cells marked."),
        ),
    ] = None,
    over: Replace = False,
) -> None:
    """Import results from files, all of them or none.

    A long table has the columns province, target, value or rate, in any order, in English or
    Vietnamese; and, where they are known, cluster, year, as_of, basis, of, base, source, note. A wide
    one has provinces down and targets across, or the other way round. If anything is wrong, every
    problem is listed with its place and nothing is written. Importing again changes nothing.
    """
    from htx_cli.actions import results as recording
    from htx_cli.intake.resolve import Defaults

    book, intent = session.book(), session.intent()
    if "-" in file and sys.stdin.isatty():
        raise UsageError("stdin_empty")
    if problems:
        check(problems, WORKBOOK, over)
    defaults = Defaults(
        book.today,
        session.cluster,
        year,
        as_of,
        estimate,
        numbers=session.numbers,
        province=province,
        percents=reading.percent,
    )
    manner = reading.manner(defaults)
    rows_read = RowsRead()
    try:
        imported = recording.import_from(
            book,
            intent,
            file,
            manner,
            strict=strict,
            stdin=sys.stdin.buffer,
            rows_read=rows_read,
            send_back=partial(_send_back, problems, over) if problems else None,
        )
    except Rejected as rejected:
        if not rejected.problems:
            raise
        rows_read.close()
        refused(session, rejected)
        raise typer.Exit(rejected.exit) from None
    finally:
        rows_read.close()
    if session.json_asked:
        from htx_cli.output.documents import document

        write_json(document(imported))
        return
    changed(imported)
    noticed(imported)


def _send_back(path: Path, over: bool, rejected: Rejected, tables: "Iterator[Table]") -> None:
    """Save what is to be sent back: the problems, and the tables with the bad cells marked."""
    from htx_cli.output.papers.problems import write

    sent = ((table.file, table.sheet, table.rows) for table in tables)
    with saving(path, WORKBOOK, over) as place:
        write(rejected.problems, sent, place.file, int(str(rejected.values["count"])))
    tell(saved_told(path, place.stood))
