"""The journal: what was changed, when, by whom and why."""

from typing import Annotated

from htx_cli.terminal.command import command
from htx_cli.terminal.options import (
    argument,
    change_number,
    complete_province,
    complete_target,
    year_option,
)
from htx_cli.terminal.session import Session
from htx_cli.text.errors import UsageError
from htx_cli.text.words import mark


@command("log", "shows")
def log(
    session: Session,
    change: Annotated[
        str | None,
        argument(
            "CHANGE|PROVINCE",
            mark("The number of a change; or a province, with a code."),
            offers=complete_province,
        ),
    ] = None,
    code: Annotated[
        str | None, argument("CODE", mark("The life of this one figure."), offers=complete_target)
    ] = None,
    year: Annotated[
        int | None,
        year_option(mark("Only what belongs to this year; of a figure this year's, else all.")),
    ] = None,
) -> object:
    """What was changed, when, by whom and why; the newest first."""
    from htx_cli.actions import journal as actions

    book = session.book()
    if change is None:
        return actions.log(book, year)
    if code is not None:
        return actions.log_figure(book, change, code, year)
    if (numbered := change_number(change)) is None:
        shown = str(year or book.today.year)
        raise UsageError("figure_needs_code", name=change, year=shown)
    if year is not None:
        raise UsageError("year_not_here", change=change)
    return actions.log_change(book, numbered, session.lists_records())
