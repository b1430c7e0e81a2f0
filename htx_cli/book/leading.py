"""Lead: propose and record who leads a year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from htx_cli import rotation
from htx_cli.answers import Choice, Proposal, Rotation
from htx_cli.book import Book, Intent, known, seating_of, the_cluster
from htx_cli.errors import Rejected, UsageError
from htx_cli.journal import Caution, Put, Write
from htx_cli.model import Leadership, Member, Province
from htx_cli.names import Provinces, told_apart
from htx_cli.store import Reader
from htx_cli.vietnamese import folded

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
    year that is recorded already, what is not named stays. What differs from the proposal, or from
    what is recorded, needs a reason. Recording the same again changes nothing. Years without a
    leader between the last one on record and a new one are told in a caution. With `agreed`, nothing
    else is recorded, though another program wrote meanwhile.
    """
    asked, year = year, year or book.today.year + 1
    found: list[_Decided] = []
    cautions: list[Caution] = []

    def make(reader: Reader, _: object) -> list[Write]:
        cluster = the_cluster(book, reader)
        members = seating_of(reader, cluster).on(date(year, 1, 1))
        if not members:
            raise Rejected("leader_nobody", year=str(year))
        years = reader.leaderships(cluster.id)
        if asked is None and all(each.year != year - 1 for each in years):
            raise UsageError("leader_gap", before=str(year - 1), year=str(year))
        sitting = [member.province for member in members]
        named = _Named.of(known(reader).provinces, sitting, year, leader, deputy)
        decided = _decided(members, years, year, named, on, intent.because)
        if agreed not in (None, decided[0]):
            raise Rejected("leader_moved", year=str(year), leader=decided[0].leader.name)
        found[:] = [decided]
        recorded_before = any(each.year == year for each in years)
        cautions[:] = () if recorded_before else _gap([each.year for each in years], year)
        return [_put(cluster.id, decided[0])]

    change = book.commit(intent, make)
    return Rotation(year, *found[0], change, tuple(cautions))


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
        sitting: Sequence[Province],
        year: int,
        leader: str | None,
        deputy: str | None,
    ) -> "_Named":
        """Find the names among the members of the year. Raises NotFound or Rejected."""

        def member(name: str) -> Province:
            province = provinces.find(name, date(year, 1, 1))
            if province not in sitting:
                named, *names = told_apart([province, *sitting])
                raise Rejected("leader_not_member", province=named, year=str(year), known=names)
            return province

        if leader and folded(leader) in _WORDS:
            raise Rejected("leader_not_nobody", value=leader, known=told_apart(sitting))
        first = member(leader) if leader else None
        if deputy is None or (word := _WORDS.get(folded(deputy))):
            return cls(first, None, deputy is not None, deputy is not None and word == NOBODY)
        return cls(first, member(deputy), True, True)


def _decided(
    members: Sequence[Member],
    years: Sequence[Leadership],
    year: int,
    named: _Named,
    on: date | None,
    because: str | None,
) -> _Decided:
    """Who leads the year, from who was named and what the rotation proposes. Raises Rejected."""
    proposed = rotation.propose(members, years, year)
    before = next((each for each in years if each.year == year), None)
    if before:
        recorded = _amended(before, named, on, because)
        chosen = rotation.named_by(recorded, proposed)
    else:
        given = rotation.propose(members, years, year, named.leader)
        recorded = _new(named, proposed, given, on, because)
        chosen = rotation.named_by(recorded, given)
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


def _put(cluster: str, recorded: Leadership) -> Put:
    return Put(
        "leaderships",
        {
            "cluster": cluster,
            "year": recorded.year,
            "leader": recorded.leader.id,
            "deputy": recorded.deputy.id if recorded.deputy else None,
            "deputy_known": int(recorded.deputy_known),
            "elected_on": recorded.elected_on.isoformat() if recorded.elected_on else None,
            "because": recorded.because,
        },
    )
