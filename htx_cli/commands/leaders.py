"""Keep the book: who leads, what was changed, and all results to take away."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from htx_cli.output.papers.export import FORMATS, write
from htx_cli.terminal.answer import answering, saved_told
from htx_cli.terminal.command import command
from htx_cli.terminal.options import (
    Replace,
    change_number,
    complete_from,
    complete_province,
    complete_target,
    one_of,
    reads,
)
from htx_cli.terminal.questions import asks_first, confirmed
from htx_cli.terminal.session import Session, tell, write_json
from htx_cli.terminal.warning import warn
from htx_cli.text import vietnamese
from htx_cli.text.errors import UsageError
from htx_cli.text.words import mark, number, t

app = typer.Typer()


@command(app, "rotate-leader", "writes", "shows")
def rotate_leader(
    session: Session,
    year: Annotated[
        int | None,
        typer.Option(
            parser=reads(vietnamese.year),
            metavar="YEAR",
            help=mark("The year to lead; default: the year after this one."),
        ),
    ] = None,
    leader: Annotated[
        str | None,
        typer.Option(
            metavar="PROVINCE",
            help=mark("Who was elected, if not as proposed."),
            autocompletion=complete_province,
        ),
    ] = None,
    deputy: Annotated[
        str | None,
        typer.Option(
            metavar="PROVINCE|none|unknown",
            help=mark("The deputy that was elected."),
            autocompletion=complete_province,
        ),
    ] = None,
    on: Annotated[
        date | None,
        typer.Option(
            parser=reads(vietnamese.day), metavar="DATE", help=mark("The day of the election.")
        ),
    ] = None,
) -> None:
    """Propose and record who leads a year.

    The deputy moves up; without one, the member that has waited longest. The new deputy is the
    next in the same order. What an election decided otherwise needs --because.
    """
    from htx_cli.actions import leaders as leading

    session.check_output()
    book, intent = session.book(), session.intent()
    agreed = None
    if asks_first(session):
        first = leading.rotate(book, replace(intent, dry_run=True), year, leader, deputy, on)
        if first.change.count:
            agreed = first.recorded
            confirmed(first, t("Record this for {year}?", year=str(first.year)))
    done = leading.rotate(book, intent, year, leader, deputy, on, agreed)
    if year is None and not session.json_asked:
        said = t(
            "No year was named, so this is about {year}, the year after this one.",
            year=str(done.year),
        )
        tell(said)
    session.wrote(done.change, answer=None if agreed and session.on_screen() else done)
    if not session.json_asked:
        warn(done.cautions)


@command(app, "log", "shows")
def log(
    session: Session,
    change: Annotated[
        str | None,
        typer.Argument(
            metavar="CHANGE|PROVINCE",
            help=mark("The number of a change; or a province, with a code."),
            autocompletion=complete_province,
        ),
    ] = None,
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="CODE",
            help=mark("The life of this one figure."),
            autocompletion=complete_target,
        ),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(
            parser=reads(vietnamese.year),
            metavar="YEAR",
            help=mark("Only what belongs to this year; of a figure this year's, else all."),
        ),
    ] = None,
) -> None:
    """What was changed, when, by whom and why; the newest first."""
    from htx_cli.actions import report as seeing

    session.check_output()
    book = session.book()
    if change is None:
        session.show(seeing.log(book, year))
    elif code is not None:
        session.show(seeing.log_figure(book, change, code, year))
    elif (numbered := change_number(change)) is None:
        shown = str(year or book.today.year)
        raise UsageError("figure_needs_code", name=change, year=shown)
    elif year is not None:
        raise UsageError("year_not_here", change=change)
    else:
        session.show(seeing.log_change(book, numbered, session.lists_records()))


STDOUT = "-"


@command(app, "export")
def export(
    session: Session,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE|-", help=mark(".csv, .json, .ndjson or .xlsx; - is standard output.")
        ),
    ],
    year: Annotated[
        int | None,
        typer.Option(
            parser=reads(vietnamese.year),
            metavar="YEAR",
            help=mark("Only the results of this year; default: all."),
        ),
    ] = None,
    kind: Annotated[
        Any,  # one of FORMATS
        typer.Option(
            "--format",
            parser=one_of({name: name for name in FORMATS}),
            metavar="|".join(FORMATS),
            help=mark("Needed for standard output; else the ending of the file names it."),
            autocompletion=complete_from(*FORMATS),
        ),
    ] = None,
    over: Replace = False,
) -> None:
    """Save all results in a file that “htx import” takes back as it is.

    Each result is a row, of every cluster unless --cluster names one. The same results give the same
    bytes. Texts that a spreadsheet would run get an apostrophe before them, which an import takes
    away again.
    """
    from htx_cli.actions import exchange as sending
    from htx_cli.output import files as reports

    if str(file) == STDOUT:
        _to_stdout(session, year, kind)
        return
    format = kind or _export_format(file)
    reports.check(file, format, over)
    with (
        sending.exported(session.book(), year) as results,
        reports.saving(file, format, over) as place,
    ):
        count = write(results, place.file, format, bom=True)
    if session.json_asked:
        write_json({"schema": "htx.export/1", "file": str(file), "results": count})
        return
    tell(saved_told(file, place.stood))
    tell(t("Results: {count}", count=number(Decimal(count))))


def _to_stdout(session: Session, year: int | None, format: str | None) -> None:
    """All at once, for whoever reads may be slow, and the book is not to wait for that."""
    import shutil
    import tempfile

    from htx_cli.actions import exchange as sending

    if format is None:
        raise UsageError("format_needed", path=STDOUT, choices=", ".join(FORMATS))
    if session.json_asked:  # its answer would stand among the results
        raise UsageError("format_differs", value=format)
    with tempfile.TemporaryFile() as file:
        with sending.exported(session.book(), year) as results:
            write(results, file, format)
        file.seek(0)
        with answering() as out:
            shutil.copyfileobj(file, out.buffer)


def _export_format(file: Path) -> str:
    ending = file.suffix[1:].lower()
    if ending not in FORMATS:
        raise UsageError("format_needed", path=file, choices=", ".join(FORMATS))
    return ending
