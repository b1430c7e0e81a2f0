"""Keep the book: who leads, and what was changed."""

from datetime import date
from typing import Annotated

import typer

from htx_cli import vietnamese
from htx_cli.commands.command import command
from htx_cli.commands.session import (
    Session,
    ThisYear,
    complete_province,
    complete_target,
    reads,
    tell,
)
from htx_cli.errors import UsageError
from htx_cli.words import mark, t

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
    from htx_cli.book import leading

    session.check_output()
    done = leading.rotate(session.book(), session.intent(), year, leader, deputy, on)
    if year is None and not session.json_asked:
        said = t(
            "No year was named, so this is about {year}, the year after this one.",
            year=str(done.year),
        )
        tell(said)
    try:
        session.show(done)
    finally:  # what was written is said, even where the answer finds no room
        if not session.json_asked:
            session.wrote(done.change)


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
    year: ThisYear = None,
) -> None:
    """What was changed, when, by whom and why; the newest first."""
    from htx_cli.book import seeing

    session.check_output()
    book = session.book()
    if change is None:
        session.show(seeing.log(book))
    elif code is not None:
        session.show(seeing.log_figure(book, change, code, year))
    elif change.isascii() and change.isdigit() and len(change) < 16:
        session.show(seeing.log_change(book, int(change)))
    else:
        shown = str(year or book.today.year)
        raise UsageError("figure_needs_code", name=change, year=shown)
