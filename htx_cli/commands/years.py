"""The years of a cluster: opened, signed, closed, reopened."""

from datetime import date
from typing import Annotated

from htx_cli.domain.changes import Done
from htx_cli.terminal.command import command
from htx_cli.terminal.options import SignedYear, argument, day_option, flag, reads, year_option
from htx_cli.terminal.session import Session
from htx_cli.text import vietnamese
from htx_cli.text.words import mark, t

WhichYear = Annotated[int, argument("YEAR", mark("Which year."), parser=reads(vietnamese.year))]


@command("open-year", "writes")
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

    done = years.open_year(session.book(), session.intent(), year, source)
    draft, lines = done.answer, []
    if draft.left_out:
        said = mark("Own shares were left out of those who are no members in {year}: {names}")
        lines.append(t(said, year=str(year), names=list(draft.left_out)))
    if draft.dated:
        lines.append(t("These name a year; look them over: {names}", names=list(draft.dated)))
        said = mark(
            'A sentence is changed with: htx change-target CODE --year {year} --line-text "…"; '
            'a title with --title "…"'
        )
        lines.append(t(said, year=str(year)))
    beside = {"source": draft.source, "left_out": draft.left_out, "dated": draft.dated}
    session.wrote(done, beside, lines)


@command("sign-pact", "writes")
def sign_pact(
    session: Session,
    year: SignedYear,
    on: Annotated[date | None, day_option(mark("The day it was signed; default: today."))] = None,
) -> None:
    """Fix the pact of a year: from now on only a decision changes its targets and shares."""
    from htx_cli.actions import years

    done = years.sign_pact(session.book(), session.intent(), year, on)
    lines = []
    if done.cautions and done.change.head:
        number = str(done.change.head.number)
        lines.append(
            t("To change that without a decision, first: htx undo {number}", number=number)
        )
    session.wrote(done, lines=lines)


@command("close-year", "writes")
def close_year(
    session: Session,
    year: WhichYear,
    incomplete: Annotated[
        bool, flag("--incomplete", mark("Even though figures are missing."))
    ] = False,
) -> Done[None]:
    """Freeze a year that is over: what is unmet is missed, and nothing is written to it any more.

    Refused while figures are missing.
    """
    from htx_cli.actions import years

    return years.close_year(session.book(), session.intent(), year, incomplete)


@command("reopen-year", "writes")
def reopen_year(session: Session, year: WhichYear) -> Done[None]:
    """Let a closed year be written to again; --because says why."""
    from htx_cli.actions import years

    return years.reopen_year(session.book(), session.intent(), year)
