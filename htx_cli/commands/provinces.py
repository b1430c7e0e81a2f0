"""Provinces that the register does not have: new ones, mergers, new names."""

from datetime import date
from typing import Annotated

from htx_cli.domain.changes import Done
from htx_cli.terminal.command import command
from htx_cli.terminal.options import (
    ProvinceName,
    Since,
    argument,
    complete_province,
    day_option,
    option,
)
from htx_cli.terminal.session import Session
from htx_cli.text.words import mark


@command("add-province", "writes")
def add_province(
    session: Session,
    name: Annotated[str, argument("NAME", mark("The unit's name."))],
    since: Since = None,
) -> Done[None]:
    """Add a unit that the register does not have."""
    from htx_cli.actions import provinces as actions

    return actions.add_province(session.book(), session.intent(), name, since)


OnDay = Annotated[
    date,
    day_option(
        mark("The first day of what is new; the day before is the last of what was."), "--on"
    ),
]


@command("merge-provinces", "writes")
def merge_provinces(
    session: Session,
    province: Annotated[
        list[str], argument("PROVINCE …", mark("Those that merge."), offers=complete_province)
    ],
    into: Annotated[
        list[str], option("NAME", mark("The new province; it may bear the name of one of them."))
    ],
    on: OnDay,
) -> Done[None]:
    """Merge provinces into one, where the register does not have it.

    Their figures stay theirs; reports carry them over to the new one.
    """
    from htx_cli.actions import provinces as actions

    book = session.book()
    return actions.merge_provinces(book, session.intent(), province, into, on)


@command("rename-province", "writes")
def rename_province(
    session: Session,
    province: ProvinceName,
    new: Annotated[str, argument("NAME", mark("The new name."))],
    on: OnDay,
) -> Done[None]:
    """Give a province another name from a day on.

    Reports of earlier days keep the old one.
    """
    from htx_cli.actions import provinces as actions

    book = session.book()
    return actions.rename_province(book, session.intent(), province, new, on)
