"""An election: who leads a year, or takes over in its course. Pure.

An election names a leader, a deputy or both; the rotation proposes who was not named. What differs
from the proposal, or from what is recorded, needs a reason.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from htx_cli.domain.changes import Caution
from htx_cli.domain.leaders import Nominee, Proposal, Rotation, named_by, propose, term_on, terms
from htx_cli.domain.membership import Membership
from htx_cli.domain.model import Cluster, Leadership, Member, Province, Term
from htx_cli.domain.names import Register, told_apart
from htx_cli.text.errors import Rejected
from htx_cli.text.vietnamese import folded

NOBODY, UNKNOWN = "none", "unknown"
_WORDS = {"none": NOBODY, "khong co": NOBODY, "unknown": UNKNOWN, "chua ro": UNKNOWN}


def gap_before(recorded: Iterable[int], year: int) -> list[Caution]:
    """Warn of years without a leader between the last one recorded and this one."""
    last = max((each for each in recorded if each < year), default=year)
    missing = [str(each) for each in range(last + 1, year)]
    if not missing:
        return []
    years = "–".join(dict.fromkeys([missing[0], missing[-1]]))
    return [Caution("leader_gap_before", {"years": years})]


class Standing(Struct, frozen=True):
    """Leaders and members of a cluster as the book has them."""

    cluster: Cluster
    provinces: Register
    membership: Membership
    years: tuple[Leadership, ...]
    takeovers: tuple[Leadership, ...]

    def follows(self, on: date, year: int) -> bool:
        """Tell whether an election on that day comes in that year and after the one recorded for it."""
        before = next((each for each in self.years if each.year == year), None)
        if before is None or not date(year, 1, 1) < on <= date(year, 12, 31):
            return False
        return before.elected_on is None or on > before.elected_on

    def term(self, on: date) -> Term | None:
        """Return the term of a day, but for an election on that very day."""
        others = [each for each in self.takeovers if each.first_day != on]
        return term_on(terms(self.years, others, self.membership), on)

    def named(self, leader: str | None, deputy: str | None, on: date) -> "Nomination":
        """Find the names among the members of a day. Raises NotFound or Rejected."""
        return Nomination.of(self.provinces, self.membership.on(on), on, leader, deputy)


class Nomination(Struct, frozen=True):
    """Names that an election gave; of a deputy also that there is none, or that nobody knows."""

    leader: Province | None
    deputy: Province | None
    deputy_named: bool
    deputy_known: bool

    @classmethod
    def of(
        cls,
        provinces: Register,
        members: Sequence[Member],
        day: date,
        leader: str | None,
        deputy: str | None,
    ) -> "Nomination":
        """Find the names among the members of the day. Raises NotFound or Rejected."""
        sitting = [member.province for member in members]

        def member(name: str) -> Province:
            province = provinces.find(name, day)
            if province not in sitting:
                named, *names = told_apart([province, *sitting])
                if day == date(day.year, 1, 1):
                    year = str(day.year)
                    raise Rejected("leader_not_member", province=named, year=year, known=names)
                raise Rejected("not_a_member", province=named, on=day, known=names)
            return province

        if leader and folded(leader) in _WORDS:
            raise Rejected("leader_not_nobody", value=leader, known=told_apart(sitting))
        first = member(leader) if leader else None
        if deputy is None or (word := _WORDS.get(folded(deputy))):
            return cls(first, None, deputy is not None, deputy is not None and word == NOBODY)
        return cls(first, member(deputy), True, True)


def elect(
    standing: Standing,
    year: int,
    leader: str | None,
    deputy: str | None,
    on: date | None,
    because: str | None,
) -> Rotation:
    """Decide who leads the year, or takes over in its course. Raises NotFound or Rejected."""
    if on and (leader or deputy) and standing.follows(on, year):
        named = standing.named(leader, deputy, on)
        if taken_over := _taken_over(standing.term(on), named, on, because):
            return taken_over
    return _of_the_year(
        standing, year, standing.named(leader, deputy, date(year, 1, 1)), on, because
    )


def _of_the_year(
    standing: Standing, year: int, named: Nomination, on: date | None, because: str | None
) -> Rotation:
    """Decide who leads the year, from the names given and the rotation's proposal. Raises Rejected."""
    members, years = standing.membership.on(date(year, 1, 1)), standing.years
    led = terms(years, standing.takeovers, standing.membership)
    proposed = propose(members, led, year)
    before = next((each for each in years if each.year == year), None)
    if before:
        recorded = _amended(before, named, on, because)
        chosen = named_by(recorded, proposed)
    else:
        given = propose(members, led, year, named.leader)
        recorded = _new(named, proposed, given, on, because)
        chosen = named_by(recorded, given)
        if named.deputy:
            chosen = replace(chosen, deputy=Nominee(named.deputy, "election"))
    if recorded.leader == recorded.deputy:
        raise Rejected("leader_is_deputy", province=recorded.leader.name)
    return Rotation(year, recorded, proposed, chosen, before)


def _new(
    named: Nomination, proposed: Proposal, given: Proposal, on: date | None, because: str | None
) -> Leadership:
    """A year that was not recorded: as proposed, or as an election decided for a reason."""
    leader = given.leader.province
    assert leader is not None
    deputy, deputy_known = named.deputy, named.deputy_known
    if not named.deputy_named and not named.leader:
        deputy, deputy_known = given.deputy.province, True
    other_deputy = deputy_known and deputy != given.deputy.province
    if not because and (leader != proposed.leader.province or other_deputy):
        raise Rejected(
            "leader_differs",
            leader=proposed.leader.province.name if proposed.leader.province else "–",
            deputy=proposed.deputy.province.name if proposed.deputy.province else "–",
            year=str(proposed.year),
        )
    return Leadership(proposed.year, leader, deputy, deputy_known, on, because)


def _amended(
    before: Leadership, named: Nomination, on: date | None, because: str | None
) -> Leadership:
    """A recorded year with what was named; only a day that was missing is added without a reason."""
    leader = named.leader or before.leader
    if leader != before.leader:
        amended = Leadership(before.year, leader, named.deputy, named.deputy_known, on, because)
    else:
        amended = replace(
            before, elected_on=on or before.elected_on, because=because or before.because
        )
        if named.deputy_named:
            amended = replace(amended, deputy=named.deputy, deputy_known=named.deputy_known)
    added = replace(before, elected_on=before.elected_on or on)
    if amended != added and not because:
        raise Rejected("leader_recorded", year=str(before.year), leader=before.leader.name)
    return amended


def _taken_over(
    standing: Term | None, named: Nomination, on: date, because: str | None
) -> Rotation | None:
    """Decide who leads from that day on; None if nothing changes by it. Raises Rejected."""
    assert standing is not None
    leader = named.leader or standing.leader
    if leader is None:
        raise Rejected("leader_vacant", year=str(on.year))
    deputy, deputy_known = standing.deputy, standing.deputy_known
    if named.deputy_named:
        deputy, deputy_known = named.deputy, named.deputy_known
    elif deputy == leader:
        deputy, deputy_known = None, False
    if (leader, deputy, deputy_known) == (standing.leader, standing.deputy, standing.deputy_known):
        return None
    if leader == deputy:
        raise Rejected("leader_is_deputy", province=leader.name)
    if not because:
        stands = standing.leader.name if standing.leader else "–"
        raise Rejected("leader_recorded", year=str(on.year), leader=stands)
    before = None
    if standing.leader:
        before = Leadership(on.year, standing.leader, standing.deputy, standing.deputy_known)
    stays = Proposal(on.year, Nominee(standing.leader, "stays"), Nominee(standing.deputy, "stays"))
    recorded = Leadership(on.year, leader, deputy, deputy_known, on, because, on)
    return Rotation(on.year, recorded, stays, named_by(recorded, stays), before)
