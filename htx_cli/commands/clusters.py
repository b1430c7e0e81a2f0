"""Set up a year: the book, clusters and their members."""

from datetime import date
from typing import Annotated

import typer

from htx_cli.terminal.command import command
from htx_cli.terminal.options import (
    ProvinceName,
    complete_newcomer,
    complete_province,
    reads,
    year_or_day,
)
from htx_cli.terminal.session import Session, tell
from htx_cli.terminal.warning import warn, warned
from htx_cli.text import vietnamese
from htx_cli.text.errors import UsageError
from htx_cli.text.words import mark, t

app = typer.Typer()

Since = Annotated[
    date | None,
    typer.Option(
        parser=reads(year_or_day),
        metavar="YEAR|DATE",
        help=mark("From which day on; default: 1 January of this year."),
    ),
]


@command(app, "init", "writes")
def init(session: Session) -> None:
    """Make a new book with the register of provinces.

    A file that exists is not touched.
    """
    from htx_cli.actions import clusters as setup

    book = session.book()
    change = setup.init(book, session.intent())
    session.wrote(change)


@command(app, "migrate", "writes")
def migrate(session: Session) -> None:
    """Bring a book that an older htx wrote up to date.

    A copy of the older file is kept beside it.
    """
    from htx_cli.actions import clusters as setup

    change, copy = setup.migrate(session.book(), session.intent())
    session.wrote(change, {"copy": str(copy) if copy else None})
    if copy:
        tell(t("The older book is kept as {path}", path=copy))


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


@command(app, "add-member", "writes")
def add_member(
    session: Session,
    province: Annotated[
        list[str],
        typer.Argument(
            metavar="PROVINCE …", help=mark("Who joins."), autocompletion=complete_newcomer
        ),
    ],
    since: Since = None,
    seat: Annotated[
        int | None,
        typer.Option(
            parser=reads(lambda text: _whole_number(text)),
            metavar="N",
            help=mark("The seat of the first of them; default: behind the last one."),
        ),
    ] = None,
) -> None:
    """Let provinces join the cluster."""
    from htx_cli.actions import clusters as setup

    session.wrote(setup.add_member(session.book(), session.intent(), province, since, seat))


def _whole_number(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= 3:
        return int(text)
    raise UsageError("seat_range", seat=text)


@command(app, "remove-member", "writes")
def remove_member(
    session: Session,
    province: ProvinceName,
    until: Annotated[
        date,
        typer.Option(
            parser=reads(vietnamese.day), metavar="DATE", help=mark("The last day as a member.")
        ),
    ],
) -> None:
    """Let a province leave the cluster; its figures up to then stay."""
    from htx_cli.actions import leaving

    left = leaving.remove_member(session.book(), session.intent(), province, until)
    session.wrote(left.change, warned(left.cautions))
    if not session.json_asked:
        warn(left.cautions)


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


@command(app, "add-province", "writes")
def add_province(
    session: Session,
    name: Annotated[str, typer.Argument(metavar="NAME", help=mark("The unit's name."))],
    since: Since = None,
) -> None:
    """Add a unit that the register does not have."""
    from htx_cli.actions import clusters as setup

    session.wrote(setup.add_province(session.book(), session.intent(), name, since))


OnDay = Annotated[
    date,
    typer.Option(
        "--on",
        parser=reads(vietnamese.day),
        metavar="DATE",
        help=mark("The first day of what is new; the day before is the last of what was."),
    ),
]


@command(app, "merge-provinces", "writes")
def merge_provinces(
    session: Session,
    province: Annotated[
        list[str],
        typer.Argument(
            metavar="PROVINCE …", help=mark("Those that merge."), autocompletion=complete_province
        ),
    ],
    into: Annotated[
        list[str],
        typer.Option(
            metavar="NAME", help=mark("The new province; it may bear the name of one of them.")
        ),
    ],
    on: OnDay,
) -> None:
    """Merge provinces into one, where the register does not have it.

    Their figures stay theirs; reports carry them over to the new one.
    """
    from htx_cli.actions import provinces as merging

    book = session.book()
    merged = merging.merge_provinces(book, session.intent(), province, into, on)
    session.wrote(merged.change, warned(merged.cautions))
    if not session.json_asked:
        warn(merged.cautions)


@command(app, "rename-province", "writes")
def rename_province(
    session: Session,
    province: ProvinceName,
    new: Annotated[str, typer.Argument(metavar="NAME", help=mark("The new name."))],
    on: OnDay,
) -> None:
    """Give a province another name from a day on.

    Reports of earlier days keep the old one.
    """
    from htx_cli.actions import provinces as merging

    book = session.book()
    session.wrote(merging.rename_province(book, session.intent(), province, new, on))
