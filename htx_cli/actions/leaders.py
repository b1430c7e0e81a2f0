"""Lead: propose and record who leads a year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from htx_cli.actions import Book, Intent, known, seating_of, the_cluster
from htx_cli.actions.members import without_seat
from htx_cli.book.read import Reader
from htx_cli.domain import leaders as terms
from htx_cli.domain.changes import Caution, Put, Write
from htx_cli.domain.leaders import Choice, Proposal, Rotation
from htx_cli.domain.membership import Seating
from htx_cli.domain.model import Cluster, Leadership, Member, Province, Term
from htx_cli.domain.names import Provinces, told_apart
from htx_cli.text.errors import Rejected, UsageError
from htx_cli.text.vietnamese import folded

NOBODY, UNKNOWN = "none", "unknown"
_WORDS = {"none": NOBODY, "khong co": NOBODY, "unknown": UNKNOWN, "chua ro": UNKNOWN}


def rotate(
    book: Book,
    intent: Intent,
    year: int | None = None,
    leader: str | None = None,
    deputy: str | None = None,
    on: date | None = None,
    agreed: Leadership | None = None,
) -> Rotation:
    """Record the leader and deputy of a year (default: the year after today's).

    A year that would leave a gap behind it must be named. Without names the rotation's proposal is
    recorded; with `leader` alone the deputy is unknown. `deputy` may be "none" or "unknown". Of a
    year that is recorded already, what is not named stays; who is named with a day `on` in that year,
    after the election that is recorded, takes over from that day. What differs from the proposal, or
    from what is recorded, needs a reason. Recording the same again changes nothing. Years without a
    leader between the last one on record and a new one are told in a caution, and so is who takes no
    seat in the year. With `agreed`, nothing
    else is recorded, though another program wrote meanwhile.
    """
    asked, year = year, year or book.today.year + 1
    found: list[_Decided] = []
    cautions: list[Caution] = []

    def make(reader: Reader, _: object) -> list[Write]:
        stands = _Stands.of(book, reader)
        if not stands.seating.on(date(year, 1, 1)):
            raise Rejected("leader_nobody", year=str(year))
        recorded = [each.year for each in stands.years]
        if asked is None and year - 1 not in recorded:
            raise UsageError("leader_gap", before=str(year - 1), year=str(year))
        decided = _decided(stands, year, leader, deputy, on, intent.because)
        if agreed not in (None, decided[0]):
            raise Rejected("leader_moved", year=str(year), leader=decided[0].leader.name)
        found[:] = [decided]
        cautions[:] = () if year in recorded else _gap(recorded, year)
        cautions.extend(without_seat(stands.cluster, stands.seating, year))
        return [_put(stands.cluster.id, decided[0])]

    change = book.commit(intent, make)
    return Rotation(year, *found[0], change, tuple(cautions) if change.count else ())


def _gap(standing: Iterable[int], year: int) -> list[Caution]:
    """That nobody is recorded for the years since the last one before this."""
    last = max((each for each in standing if each < year), default=year)
    missing = [str(each) for each in range(last + 1, year)]
    if not missing:
        return []
    years = "–".join(dict.fromkeys([missing[0], missing[-1]]))
    return [Caution("leader_gap_before", {"years": years})]


# What is recorded, what the rotation proposed, by which rules it is recorded, what stood there before.
_Decided = tuple[Leadership, Proposal, Proposal, Leadership | None]


@dataclass(frozen=True, slots=True)
class _Stands:
    """What the book says of a cluster's leaders and members."""

    cluster: Cluster
    provinces: Provinces
    seating: Seating
    years: tuple[Leadership, ...]
    takeovers: tuple[Leadership, ...]

    @classmethod
    def of(cls, book: Book, reader: Reader) -> "_Stands":
        """Read it."""
        cluster = the_cluster(book, reader)
        return cls(
            cluster,
            known(reader).provinces,
            seating_of(reader, cluster),
            reader.leaderships(cluster.id),
            reader.takeovers(cluster.id),
        )

    def follows(self, on: date, year: int) -> bool:
        """Whether an election on that day comes in that year and after the one recorded for it."""
        before = next((each for each in self.years if each.year == year), None)
        if before is None or not date(year, 1, 1) < on <= date(year, 12, 31):
            return False
        return before.elected_on is None or on > before.elected_on

    def term(self, on: date) -> Term | None:
        """Who leads on a day, but for an election on that very day."""
        others = [each for each in self.takeovers if each.first_day != on]
        return terms.on(terms.terms(self.years, others, self.seating), on)

    def named(self, leader: str | None, deputy: str | None, on: date) -> "_Named":
        """Who is named among the members of a day. Raises NotFound or Rejected."""
        return _Named.of(self.provinces, self.seating.on(on), on, leader, deputy)


@dataclass(frozen=True, slots=True)
class _Named:
    """Who was named; of a deputy also that there is none, or that nobody knows."""

    leader: Province | None
    deputy: Province | None
    deputy_named: bool
    deputy_known: bool

    @classmethod
    def of(
        cls,
        provinces: Provinces,
        members: Sequence[Member],
        day: date,
        leader: str | None,
        deputy: str | None,
    ) -> "_Named":
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


def _decided(
    stands: _Stands,
    year: int,
    leader: str | None,
    deputy: str | None,
    on: date | None,
    because: str | None,
) -> _Decided:
    """Who leads the year, or takes over in its course. Raises NotFound or Rejected."""
    if on and (leader or deputy) and stands.follows(on, year):
        named = stands.named(leader, deputy, on)
        if taken_over := _taken_over(stands.term(on), named, on, because):
            return taken_over
    return _of_the_year(stands, year, stands.named(leader, deputy, date(year, 1, 1)), on, because)


def _of_the_year(
    stands: _Stands, year: int, named: _Named, on: date | None, because: str | None
) -> _Decided:
    """Who leads the year, from who was named and what the rotation proposes. Raises Rejected."""
    members, years = stands.seating.on(date(year, 1, 1)), stands.years
    led = terms.terms(years, stands.takeovers, stands.seating)
    proposed = terms.propose(members, led, year)
    before = next((each for each in years if each.year == year), None)
    if before:
        recorded = _amended(before, named, on, because)
        chosen = terms.named_by(recorded, proposed)
    else:
        given = terms.propose(members, led, year, named.leader)
        recorded = _new(named, proposed, given, on, because)
        chosen = terms.named_by(recorded, given)
        if named.deputy:
            chosen = replace(chosen, deputy=Choice(named.deputy, "election"))
    if recorded.leader == recorded.deputy:
        raise Rejected("leader_is_deputy", province=recorded.leader.name)
    return recorded, proposed, chosen, before


def _new(
    named: _Named, proposed: Proposal, given: Proposal, on: date | None, because: str | None
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


def _amended(before: Leadership, named: _Named, on: date | None, because: str | None) -> Leadership:
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
    standing: Term | None, named: _Named, on: date, because: str | None
) -> _Decided | None:
    """Who leads from that day on; None if nobody else does than without it. Raises Rejected."""
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
    stays = Proposal(on.year, Choice(standing.leader, "stays"), Choice(standing.deputy, "stays"))
    recorded = Leadership(on.year, leader, deputy, deputy_known, on, because, on)
    return recorded, stays, terms.named_by(recorded, stays), before


def _put(cluster: str, recorded: Leadership) -> Put:
    record = {
        "cluster": cluster,
        "year": recorded.year,
        "leader": recorded.leader.id,
        "deputy": recorded.deputy.id if recorded.deputy else None,
        "deputy_known": int(recorded.deputy_known),
        "because": recorded.because,
    }
    if recorded.first_day:
        return Put("takeovers", {**record, "first_day": recorded.first_day.isoformat()})
    elected_on = recorded.elected_on.isoformat() if recorded.elected_on else None
    return Put("leaderships", {**record, "elected_on": elected_on})
