"""Clusters and their members."""

from datetime import date
from typing import Annotated

import typer

from htx_cli.terminal.command import command
from htx_cli.terminal.options import (
    Since,
    complete_newcomer,
    reads,
)
from htx_cli.terminal.session import Session
from htx_cli.text import vietnamese
from htx_cli.text.words import mark

app = typer.Typer()


@command(app, "add-cluster", "writes")
def add_cluster(
    session: Session,
    name: Annotated[str, typer.Argument(metavar="NAME", help=mark("The cluster's full name."))],
    member: Annotated[
        list[str],
        typer.Option(
            metavar="PROVINCE",
            help=mark("A member, in seat order; once for each."),
            autocompletion=complete_newcomer,
        ),
    ],
    id: Annotated[
        str | None,
        typer.Option(metavar="ID", help=mark("A short id; default: made of the name.")),
    ] = None,
    since: Since = None,
) -> None:
    """Add a cluster with its members in seat order."""
    from htx_cli.actions import clusters as setup

    session.wrote(setup.add_cluster(session.book(), session.intent(), name, member, id, since))


@command(app, "rename-cluster", "writes")
def rename_cluster(
    session: Session,
    name: Annotated[str, typer.Argument(metavar="NAME", help=mark("The cluster's new name."))],
    on: Annotated[
        date | None,
        typer.Option(
            parser=reads(vietnamese.day),
            metavar="DATE",
            help=mark("The first day of the new name; default: today."),
        ),
    ] = None,
) -> None:
    """Call the cluster otherwise from a day on; earlier days keep the name of their time."""
    from htx_cli.actions import clusters as setup

    session.wrote(setup.rename_cluster(session.book(), session.intent(), name, on))
