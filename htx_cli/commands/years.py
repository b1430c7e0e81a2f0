"""From year to year."""

from datetime import date
from typing import Annotated

import typer

from htx_cli.terminal.command import command
from htx_cli.terminal.options import SignedYear, argument, day_option, flag, reads, year_option
from htx_cli.terminal.session import Session, tell, warn, warned
from htx_cli.text import vietnamese
from htx_cli.text.words import mark, t

app = typer.Typer()

WhichYear = Annotated[int, argument("YEAR", mark("Which year."), parser=reads(vietnamese.year))]


@command(app, "open-year", "writes")
def open_year(
    session: Session,
    year: WhichYear,
    source: Annotated[
        int | None,
        year_option(mark("The year to copy from; default: the last one before it."), "--from"),
    ] = None,
) -> None:
    """Copy the pact of an earlier year as a draft: its lines, targets and shares, base years moved on.

    Change the draft as you like; “htx sign-pact” fixes it.
    """
    from htx_cli.actions import years

    opened = years.open_year(session.book(), session.intent(), year, source)
    beside = {"source": opened.source, "left_out": opened.left_out, "dated": opened.dated}
    session.wrote(opened.change, {**beside, **warned(opened.cautions)})
    if session.json_asked:
        return
    warn(opened.cautions)
    if opened.left_out:
        tell(
            t(
                "Own shares were left out of those who are no members in {year}: {names}",
                year=str(year),
                names=list(opened.left_out),
            )
        )
    if opened.dated:
        tell(t("These name a year; look them over: {names}", names=list(opened.dated)))
        tell(
            t(
                'A sentence is changed with: htx change-target CODE --year {year} --line-text "…"; '
                'a title with --title "…"',
                year=str(year),
            )
        )


@command(app, "sign-pact", "writes")
def sign_pact(
    session: Session,
    year: SignedYear,
    on: Annotated[date | None, day_option(mark("The day it was signed; default: today."))] = None,
) -> None:
    """Fix the pact of a year: from now on only a decision changes its targets and shares."""
    from htx_cli.actions import years

    signed = years.sign_pact(session.book(), session.intent(), year, on)
    session.wrote(signed.change, warned(signed.cautions))
    if session.json_asked:
        return
    warn(signed.cautions)
    if signed.cautions and signed.change.head:
        number = str(signed.change.head.number)
        tell(t("To change that without a decision, first: htx undo {number}", number=number))


@command(app, "close-year", "writes")
def close_year(
    session: Session,
    year: WhichYear,
    incomplete: Annotated[
        bool, flag("--incomplete", mark("Even though figures are missing."))
    ] = False,
) -> None:
    """Freeze a year that is over: what is unmet is missed, and nothing is written to it any more.

    Refused while figures are missing.
    """
    from htx_cli.actions import years

    session.wrote(years.close_year(session.book(), session.intent(), year, incomplete))


@command(app, "reopen-year", "writes")
def reopen_year(session: Session, year: WhichYear) -> None:
    """Let a closed year be written to again; --because says why."""
    from htx_cli.actions import years

    session.wrote(years.reopen_year(session.book(), session.intent(), year))
