"""Who leads next: the deputy moves up; else the member that has waited longest. Pure."""

from collections.abc import Iterable, Sequence

from htx_cli.answers import Choice, Proposal, Seat
from htx_cli.model import Leadership, Member, Province


def last_led(years: Iterable[Leadership], before: int) -> dict[str, int]:
    """For each province id the last year before `before` that it led."""
    led: dict[str, int] = {}
    for leadership in years:
        if leadership.year < before:
            led[leadership.leader.id] = max(leadership.year, led.get(leadership.leader.id, 0))
    return led


def seats(members: Iterable[Member], years: Iterable[Leadership], before: int) -> tuple[Seat, ...]:
    """The members in seat order, each with the last year before `before` that it led."""
    led = last_led(years, before)
    in_order = sorted(members, key=lambda member: member.seat)
    return tuple(Seat(member, led.get(member.province.id)) for member in in_order)


def waiting(sitting: Iterable[Seat]) -> tuple[Seat, ...]:
    """Who has waited longest first: never led, then the earliest last led, then the seat."""
    return tuple(sorted(sitting, key=lambda seat: (seat.last_led or 0, seat.member.seat)))


def propose(
    members: Sequence[Member],
    years: Sequence[Leadership],
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


def _first(order: Sequence[Seat], years: Sequence[Leadership], year: int) -> Choice:
    before = next((each for each in years if each.year == year - 1), None)
    sitting = {seat.member.province for seat in order}
    if before and before.deputy in sitting:
        return Choice(before.deputy, "deputy")
    if not order:
        return Choice(None, "none")
    return Choice(order[0].member.province, "waited" if order[0].last_led else "never_led")
