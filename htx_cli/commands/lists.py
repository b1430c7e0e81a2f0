"""Lists of what the book has: targets, clusters, provinces."""

from typing import Annotated

from htx_cli.terminal.command import command
from htx_cli.terminal.options import OnDay, ThisYear, flag
from htx_cli.terminal.session import Session
from htx_cli.text.words import mark


@command("targets", "shows")
def targets(session: Session, year: ThisYear = None) -> object:
    """The lines and targets that are signed for a year."""
    from htx_cli.actions import lists as actions

    return actions.targets(session.book(), year)


@command("clusters", "shows")
def clusters(session: Session) -> object:
    """The clusters of the book with their members."""
    from htx_cli.actions import lists as actions

    return actions.clusters(session.book())


@command("provinces", "shows")
def provinces(
    session: Session,
    on: OnDay = None,
    all: Annotated[
        bool, flag("--all", mark("Every unit that ever was, with what became of it."))
    ] = False,
) -> object:
    """The register of provinces, by the Vietnamese alphabet."""
    from htx_cli.actions import lists as actions

    return actions.provinces(session.book(), on, all)
