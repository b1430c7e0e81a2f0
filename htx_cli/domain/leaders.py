"""Leaders of a cluster: the terms of each year, and the proposal for the next. Pure.

Terms follow elections in mid-year and members that merged. The rotation: the deputy moves up; else
the member that has waited longest leads. A member that came of others by a merger has led when one
of them did, and stands in their place.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from htx_cli.domain.changes import ChangeHead, KnownAt
from htx_cli.domain.membership import Membership
from htx_cli.domain.model import Cluster, Leadership, Member, Province, Term, Unseated

_NIGHT = timedelta(days=1)

# A year that was led; of a year with several the last one counts, in the order in which they come.
Led = Leadership | Term


class Nominee(Struct, frozen=True):
    """A province named by a rule of the rotation, or nobody."""

    province: Province | None
    rule: str


class Proposal(Struct, frozen=True):
    """The leader and deputy of a year, each with the rule that named them."""

    year: int
    leader: Nominee
    deputy: Nominee


class Seat(Struct, frozen=True):
    """A member's turn in the rotation, and the last year it led."""

    member: Member
    last_led: int | None


class Leaders(Struct, frozen=True):
    """Every year's leader and deputy, the seats, who has waited longest, and who is next."""

    cluster: Cluster
    years: tuple[Leadership, ...]
    seats: tuple[Seat, ...]
    waiting: tuple[Province, ...]
    next: Proposal | None
    named: Mapping[int, Proposal]  # by which rules a year without a reason of its own
    recorded: Mapping[int, ChangeHead]  # the last change of each year's record
    known_at: KnownAt | None = None
    terms: tuple[Term, ...] = ()  # of all years: who led from which day to which
    projected: tuple[Proposal, ...] = ()  # the years to come, if the rotation holds
    unseated: tuple[Unseated, ...] = ()  # who takes no seat by itself in the years shown
    checkpoint: str | None = None  # of the book's last change, to stand in the minutes


class Rotation(Struct, frozen=True):
    """The leadership recorded for a year, the one proposed, the rules that named it, the one before."""

    year: int
    recorded: Leadership
    proposed: Proposal
    chosen: Proposal
    before: Leadership | None


def terms(
    recorded: Iterable[Leadership], takeovers: Iterable[Leadership], membership: Membership
) -> tuple[Term, ...]:
    """Every year's terms, the earliest first.

    A year is led as it is recorded; from its first day on, who took over. Who is no member any more
    is followed by the member that its province went into, without anybody recording it; by nobody
    if there is none. Where leader and deputy went into the same one, that one leads without a deputy.
    """
    elected = sorted((*recorded, *takeovers), key=_begin)
    found: list[Term] = []
    for at, each in enumerate(elected, 1):
        last = date(each.year, 12, 31)
        if at < len(elected) and elected[at].year == each.year:
            last = _begin(elected[at]) - _NIGHT
        for term in _through(each, last, membership):
            stood = found[-1] if found and found[-1].year == term.year else None
            if stood and stood.leader == term.leader:
                term = replace(term, leader_since=stood.leader_since)
            found.append(term)
    return tuple(found)


def term_on(terms: Iterable[Term], day: date) -> Term | None:
    """The term of a day; None if nothing is recorded for it."""
    return next((term for term in terms if term.first_day <= day <= term.last_day), None)


def _begin(leadership: Leadership) -> date:
    return leadership.first_day or date(leadership.year, 1, 1)


def _through(elected: Leadership, last: date, membership: Membership) -> Iterator[Term]:
    """The terms from an election to a last day: whenever one of the two ends, the next begins."""
    first = _begin(elected)
    leader: Province | None = elected.leader
    deputy, known = elected.deputy, elected.deputy_known
    before: tuple[Province | None, Province | None] = (None, None)
    while first <= last:
        ends = [_end(membership, province, first) for province in (leader, deputy) if province]
        until = min([last, *(end for end in ends if end)])
        begun = before == (None, None)
        yield Term(
            elected.year, first, until, leader, deputy, known,
            by=("election" if elected.first_day else "recorded") if begun else "succession",
            leader_since=first, leader_after=before[0], deputy_after=before[1],
            because=elected.because if begun else None,
        )  # fmt: skip
        first = until + _NIGHT
        stood = (leader, deputy)
        leader = _follower(membership, leader, first)
        deputy = _follower(membership, deputy, first)
        if stood[1] and deputy in (leader, None):
            deputy, known = None, True
        before = (
            stood[0] if leader != stood[0] else None,
            stood[1] if deputy != stood[1] else None,
        )


def _end(membership: Membership, province: Province, day: date) -> date | None:
    """Return the day when a leader or deputy ends: its membership's last day, else its province's own."""
    member = next((m for m in membership.on(day) if m.province == province), None)
    end = member.until if member else province.last_day
    return end if end and end >= day else None


def _follower(membership: Membership, province: Province | None, day: date) -> Province | None:
    """The province itself while it sits on, else the member that it went into, else nobody."""
    if province is None:
        return None
    sitting: Sequence[Province] = [m.province for m in membership.on(day)]
    if province in sitting or (province.valid_on(day) and not _left(membership, province, day)):
        return province
    heirs = (m for m in membership.on(day) if any(p.province == province for p in m.parts))
    return next((heir.province for heir in heirs), None)


def _left(membership: Membership, province: Province, day: date) -> bool:
    """Tell whether the province was a member until the day before."""
    return any(m.province == province for m in membership.on(day - _NIGHT))


def last_led(years: Iterable[Led], before: int) -> dict[str, int]:
    """Return, by province id, the last year before `before` that it led, be it for a part of it."""
    led: dict[str, int] = {}
    for each in years:
        if each.year < before and each.leader:
            led[each.leader.id] = max(each.year, led.get(each.leader.id, 0))
    return led


def seats_of(members: Iterable[Member], years: Iterable[Led], before: int) -> tuple[Seat, ...]:
    """The members in seat order, each with the last year before `before` that it led.

    Of one that came of several, the year of the part that led last.
    """
    led = last_led(years, before)
    in_order = sorted(members, key=lambda member: member.seat)
    return tuple(
        Seat(member, max((led[p.id] for p in member.lineage if p.id in led), default=None))
        for member in in_order
    )


def waiting_longest(sitting: Iterable[Seat]) -> tuple[Seat, ...]:
    """Sort seats by waiting time, the longest first: never led, then the earliest last led, then the seat."""
    return tuple(sorted(sitting, key=lambda seat: (seat.last_led or 0, seat.member.seat)))


def propose(
    members: Sequence[Member], years: Sequence[Led], year: int, leader: Province | None = None
) -> Proposal:
    """The leader and deputy of `year` among its members, and the rule that named each.

    `leader`, if an election named one, is kept, and only the deputy is proposed. Without members
    nobody is named.
    """
    order = waiting_longest(seats_of(members, years, year))
    first = Nominee(leader, "election") if leader else _first(order, years, year)
    left = [seat for seat in order if seat.member.province != first.province]
    second = Nominee(left[0].member.province, "next_in_order") if left else Nominee(None, "none")
    return Proposal(year, first, second)


def named_by(standing: Leadership, proposed: Proposal) -> Proposal:
    """The rules behind a year as it is recorded, told from what the rotation proposed for it."""
    same = standing.leader == proposed.leader.province
    first = Nominee(standing.leader, proposed.leader.rule if same else "election")
    if standing.deputy is None:
        return Proposal(
            standing.year, first, Nominee(None, "none" if standing.deputy_known else "unknown")
        )
    same = standing.deputy == proposed.deputy.province
    second = Nominee(standing.deputy, proposed.deputy.rule if same else "election")
    return Proposal(standing.year, first, second)


def followed(proposal: Proposal) -> Leadership | None:
    """The year as it was proposed; None if nobody was."""
    leader, deputy = proposal.leader.province, proposal.deputy.province
    return Leadership(proposal.year, leader, deputy, deputy_known=True) if leader else None


def _first(order: Sequence[Seat], years: Sequence[Led], year: int) -> Nominee:
    before = [each for each in years if each.year == year - 1]
    if before and (deputy := _moving_up(order, before[-1])):
        return Nominee(deputy, "deputy")
    if not order:
        return Nominee(None, "none")
    return Nominee(order[0].member.province, "waited" if order[0].last_led else "never_led")


def _moving_up(order: Sequence[Seat], before: Led) -> Province | None:
    """Find who moves up: the deputy, or what it went into; nobody, where the leader went into the same."""
    for member in (seat.member for seat in order):
        if before.deputy in member.lineage:
            merged = before.deputy != member.province and before.leader in member.lineage
            return None if merged else member.province
    return None
