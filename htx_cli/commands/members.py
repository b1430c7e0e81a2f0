"""The members of a cluster: who joins, who leaves, who sits there on a day."""

from datetime import date
from typing import Annotated

from htx_cli.domain.changes import Done
from htx_cli.terminal.command import command
from htx_cli.terminal.options import (
    OnDay,
    ProvinceName,
    Since,
    argument,
    complete_newcomer,
    day_option,
    option,
    reads,
)
from htx_cli.terminal.session import Session
from htx_cli.text.errors import UsageError
from htx_cli.text.words import mark


@command("members", "shows")
def members(session: Session, on: OnDay = None) -> object:
    """Who sits in the cluster on a day, since when, and who left or came of whom."""
    from htx_cli.actions import members as actions

    return actions.members(session.book(), on)


def _whole_number(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= 3:
        return int(text)
    raise UsageError("seat_range", seat=text)


@command("add-member", "writes")
def add_member(
    session: Session,
    province: Annotated[
        list[str], argument("PROVINCE …", mark("Who joins."), offers=complete_newcomer)
    ],
    since: Since = None,
    seat: Annotated[
        int | None,
        option(
            "N",
            mark("The seat of the first of them; default: behind the last one."),
            parser=reads(_whole_number),
        ),
    ] = None,
) -> Done[None]:
    """Let provinces join the cluster."""
    from htx_cli.actions import members as actions

    return actions.add_member(session.book(), session.intent(), province, since, seat)


@command("remove-member", "writes")
def remove_member(
    session: Session,
    province: ProvinceName,
    until: Annotated[date, day_option(mark("The last day as a member."))],
) -> Done[None]:
    """Let a province leave the cluster; its figures up to then stay."""
    from htx_cli.actions import members as actions

    return actions.remove_member(session.book(), session.intent(), province, until)
