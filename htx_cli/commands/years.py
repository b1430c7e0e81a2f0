"""From year to year."""

from typing import Annotated

import typer

from htx_cli import vietnamese
from htx_cli.commands.command import command
from htx_cli.commands.session import Session, reads
from htx_cli.words import mark

app = typer.Typer()

WhichYear = Annotated[
    int,
    typer.Argument(parser=reads(vietnamese.year), metavar="YEAR", help=mark("Which year.")),
]


@command(app, "close-year", "writes")
def close_year(
    session: Session,
    year: WhichYear,
    incomplete: Annotated[
        bool, typer.Option("--incomplete", help=mark("Even though figures are missing."))
    ] = False,
) -> None:
    """Freeze a year that is over: what is unmet is missed, and nothing is written to it any more.

    Refused while figures are missing.
    """
    from htx_cli.book import years

    session.wrote(years.close_year(session.book(), session.intent(), year, incomplete))


@command(app, "reopen-year", "writes")
def reopen_year(session: Session, year: WhichYear) -> None:
    """Let a closed year be written to again; --because says why."""
    from htx_cli.book import years

    session.wrote(years.reopen_year(session.book(), session.intent(), year))
