"""Clusters and their members."""

from datetime import date
from typing import Annotated

from htx_cli.domain.changes import Done
from htx_cli.terminal.command import command
from htx_cli.terminal.options import Since, argument, complete_newcomer, day_option, option
from htx_cli.terminal.session import Session
from htx_cli.text.words import mark


@command("add-cluster", "writes")
def add_cluster(
    session: Session,
    name: Annotated[str, argument("NAME", mark("The cluster's full name."))],
    member: Annotated[
        list[str],
        option(
            "PROVINCE", mark("A member, in seat order; once for each."), offers=complete_newcomer
        ),
    ],
    id: Annotated[str | None, option("ID", mark("A short id; default: made of the name."))] = None,
    since: Since = None,
) -> Done[None]:
    """Add a cluster with its members in seat order."""
    from htx_cli.actions import clusters as actions

    return actions.add_cluster(session.book(), session.intent(), name, member, id, since)


@command("rename-cluster", "writes")
def rename_cluster(
    session: Session,
    name: Annotated[str, argument("NAME", mark("The cluster's new name."))],
    on: Annotated[
        date | None, day_option(mark("The first day of the new name; default: today."))
    ] = None,
) -> Done[None]:
    """Call the cluster otherwise from a day on; earlier days keep the name of their time."""
    from htx_cli.actions import clusters as actions

    return actions.rename_cluster(session.book(), session.intent(), name, on)
