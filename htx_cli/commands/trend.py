"""A target over the years."""

from typing import Annotated

from htx_cli.terminal.command import command
from htx_cli.terminal.options import Code, Estimates, KnownAt, argument, complete_province_or_all
from htx_cli.terminal.session import Session
from htx_cli.text.words import mark


@command("trend", "shows")
def trend(
    session: Session,
    code: Code,
    province: Annotated[
        str | None,
        argument(
            "PROVINCE",
            mark("A province in any spelling; without it the whole cluster."),
            offers=complete_province_or_all,
        ),
    ] = None,
    estimates: Estimates = False,
    known_at: KnownAt = None,
) -> object:
    """A target over the years: a small line, its figures, and where the series breaks."""
    from htx_cli.actions import trend as actions

    return actions.trend(session.book().known_at(known_at), code, province, estimates)
