"""Leaders: the list of years, and the record of an election."""

from datetime import date
from typing import Annotated

from msgspec.structs import replace

from htx_cli.terminal.command import command
from htx_cli.terminal.options import (
    KnownAt,
    complete_province,
    day_option,
    option,
    reads,
    year_option,
)
from htx_cli.terminal.questions import asks_first, confirmed
from htx_cli.terminal.session import Session
from htx_cli.text.errors import UsageError
from htx_cli.text.words import mark, t


@command("rotate-leader", "writes", "shows")
def rotate_leader(
    session: Session,
    year: Annotated[
        int | None, year_option(mark("The year to lead; default: the year after this one."))
    ] = None,
    leader: Annotated[
        str | None,
        option("PROVINCE", mark("Who was elected, if not as proposed."), offers=complete_province),
    ] = None,
    deputy: Annotated[
        str | None,
        option(
            "PROVINCE|none|unknown", mark("The deputy that was elected."), offers=complete_province
        ),
    ] = None,
    on: Annotated[date | None, day_option(mark("The day of the election."))] = None,
) -> None:
    """Propose and record who leads a year.

    The deputy moves up; without one, the member that has waited longest. The new deputy is the
    next in the same order. What an election decided otherwise needs --because.
    """
    from htx_cli.actions import leaders as actions

    book, intent = session.book(), session.intent()
    agreed = None
    if asks_first(session):
        first = actions.rotate(book, replace(intent, dry_run=True), year, leader, deputy, on)
        if first.change.count:
            agreed = first.answer.recorded
            confirmed(first, t("Record this for {year}?", year=str(first.answer.year)))
    done = actions.rotate(book, intent, year, leader, deputy, on, agreed)
    if year is None:
        said = mark("No year was named, so this is about {year}, the year after this one.")
        session.remark(t(said, year=str(done.answer.year)))
    session.wrote(done, shown=not (agreed and session.on_screen()))


def _years_ahead(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= 2 and int(text):
        return int(text)
    raise UsageError("project_range", value=text)


@command("leaders", "shows")
def leaders(
    session: Session,
    project: Annotated[
        int | None,
        option(
            "N",
            mark("Show the next N years too, as they come if the rotation holds."),
            parser=reads(_years_ahead),
        ),
    ] = None,
    known_at: KnownAt = None,
) -> object:
    """Who led and was deputy each year, who has waited longest, and who is next."""
    from htx_cli.actions import leaders as actions

    return actions.leaders(session.book().known_at(known_at), project or 0)
