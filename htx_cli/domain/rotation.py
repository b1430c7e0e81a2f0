"""Who leads next: the deputy moves up; else the member that has waited longest. Pure.

A member that came of others by a merger has led when one of them did, and stands in their place.
"""

from collections.abc import Iterable, Sequence

from htx_cli.domain.model import Leadership, Member, Province, Term
from htx_cli.domain.report import Choice, Proposal, Seat

Led = (
    Leadership | Term
)  # of a year with several the last one counts, in the order in which they come


def last_led(years: Iterable[Led], before: int) -> dict[str, int]:
    """For each province id the last year before `before` that it led, be it for a part of it."""
    led: dict[str, int] = {}
    for each in years:
        if each.year < before and each.leader:
            led[each.leader.id] = max(each.year, led.get(each.leader.id, 0))
    return led


def seats(members: Iterable[Member], years: Iterable[Led], before: int) -> tuple[Seat, ...]:
    """The members in seat order, each with the last year before `before` that it led.

    Of one that came of several, the year of the part that led last.
    """
    led = last_led(years, before)
    in_order = sorted(members, key=lambda member: member.seat)
    return tuple(
        Seat(member, max((led[p.id] for p in member.lineage if p.id in led), default=None))
        for member in in_order
    )


def waiting(sitting: Iterable[Seat]) -> tuple[Seat, ...]:
    """Who has waited longest first: never led, then the earliest last led, then the seat."""
    return tuple(sorted(sitting, key=lambda seat: (seat.last_led or 0, seat.member.seat)))


def propose(
    members: Sequence[Member],
    years: Sequence[Led],
    year: int,
    leader: Province | None = None,
) -> Proposal:
    """The leader and deputy of `year` among its members, and the rule that named each.

    `leader`, if an election named one, is kept, and only the deputy is proposed. Without members
    nobody is named.
    """
    order = waiting(seats(members, years, year))
    first = Choice(leader, "election") if leader else _first(order, years, year)
    left = [seat for seat in order if seat.member.province != first.province]
    second = Choice(left[0].member.province, "next_in_order") if left else Choice(None, "none")
    return Proposal(year, first, second)


def named_by(standing: Leadership, proposed: Proposal) -> Proposal:
    """The rules behind a year as it is recorded, told from what the rotation proposed for it."""
    same = standing.leader == proposed.leader.province
    first = Choice(standing.leader, proposed.leader.rule if same else "election")
    if standing.deputy is None:
        return Proposal(
            standing.year, first, Choice(None, "none" if standing.deputy_known else "unknown")
        )
    same = standing.deputy == proposed.deputy.province
    second = Choice(standing.deputy, proposed.deputy.rule if same else "election")
    return Proposal(standing.year, first, second)


def followed(proposal: Proposal) -> Leadership | None:
    """The year as it was proposed; None if nobody was."""
    leader, deputy = proposal.leader.province, proposal.deputy.province
    return Leadership(proposal.year, leader, deputy, deputy_known=True) if leader else None


def _first(order: Sequence[Seat], years: Sequence[Led], year: int) -> Choice:
    before = [each for each in years if each.year == year - 1]
    if before and (deputy := _moving_up(order, before[-1])):
        return Choice(deputy, "deputy")
    if not order:
        return Choice(None, "none")
    return Choice(order[0].member.province, "waited" if order[0].last_led else "never_led")


def _moving_up(order: Sequence[Seat], before: Led) -> Province | None:
    """The member that was the deputy, or that the deputy's province went into with another leader's."""
    for member in (seat.member for seat in order):
        if before.deputy in member.lineage:
            merged = before.deputy != member.province and before.leader in member.lineage
            return None if merged else member.province
    return None
