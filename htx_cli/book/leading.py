"""Lead: propose and record who leads a year."""

from datetime import date

from htx_cli import rotation
from htx_cli.book import Book, Intent, known, the_cluster
from htx_cli.errors import Rejected, UsageError
from htx_cli.journal import Put, Write
from htx_cli.model import Choice, Leadership, Proposal, Province, Rotation
from htx_cli.names import told_apart
from htx_cli.store import Reader
from htx_cli.vietnamese import folded

NOBODY, UNKNOWN = "none", "unknown"


def rotate(
    book: Book,
    intent: Intent,
    year: int | None = None,
    leader: str | None = None,
    deputy: str | None = None,
    on: date | None = None,
) -> Rotation:
    """Record the leader and deputy of a year (default: the year after today's).

    A year that would leave a gap behind it must be named. Without names the rotation's proposal is
    recorded; with `leader` alone the deputy is unknown. `deputy` may be "none" or "unknown". What
    differs from the proposal, or from what is recorded for that year already, needs a reason.
    Recording the same again changes nothing.
    """
    asked, year = year, year or book.today.year + 1
    found: list[tuple[Leadership, Proposal, Proposal, Leadership | None]] = []

    def make(reader: Reader, _: object) -> list[Write]:
        cluster = the_cluster(book, reader)
        first_day = date(year, 1, 1)
        members = reader.members(cluster.id, first_day)
        if not members:
            raise Rejected("leader_nobody", year=str(year))
        years = reader.leaderships(cluster.id)
        if asked is None and years and all(each.year < year - 1 for each in years):
            raise UsageError("leader_gap", before=str(year - 1), year=str(year))
        provinces = known(reader).provinces
        sitting = [member.province for member in members]

        def member(name: str) -> Province:
            province = provinces.find(name, first_day)
            if province not in sitting:
                named, *names = told_apart([province, *sitting])
                raise Rejected("leader_not_member", province=named, year=str(year), known=names)
            return province

        proposed = rotation.propose(members, years, year)
        before = next((each for each in years if each.year == year), None)
        if before and not (leader or deputy or intent.because):
            found[:] = [(before, proposed, _chosen(before, proposed), before)]
            return []
        named = member(leader) if leader else before.leader if before and deputy else None
        given = rotation.propose(members, years, year, named) if named else proposed
        second = given.deputy
        if deputy is None:
            second = Choice(None, UNKNOWN) if named else second
        elif folded(deputy) in (NOBODY, UNKNOWN):
            second = Choice(None, folded(deputy))
        else:
            second = Choice(member(deputy), "election")
        first = given.leader
        assert first.province is not None
        if second.province == first.province:
            raise Rejected("leader_is_deputy", province=first.province.name)
        if before and _says(before, first.province, deputy if leader else second.rule, second):
            found[:] = [(before, proposed, _chosen(before, proposed), before)]
            return []
        if before and not intent.because:
            raise Rejected("leader_recorded", year=str(year), leader=before.leader.name)
        if not intent.because and _differs(first, second, proposed, given):
            shown = proposed.deputy.province
            raise Rejected(
                "leader_differs",
                leader=proposed.leader.province.name if proposed.leader.province else "–",
                deputy=shown.name if shown else "–",
                year=str(year),
            )
        known_deputy = second.rule != UNKNOWN
        recorded = Leadership(
            year, first.province, second.province, known_deputy, on, intent.because
        )
        found[:] = [(recorded, proposed, Proposal(year, first, second), before)]
        return [_put(cluster.id, recorded)]

    change = book.commit(intent, make)
    recorded, proposed, chosen, before = found[0]
    return Rotation(year, recorded, proposed, chosen, before, change)


def _says(before: Leadership, leader: Province, deputy: str | None, second: Choice) -> bool:
    """Whether the year's record says already what was asked for; an unnamed deputy is no demand."""
    if leader != before.leader:
        return False
    if deputy is None:
        return True
    return (before.deputy, before.deputy_known) == (second.province, second.rule != UNKNOWN)


def _differs(first: Choice, second: Choice, proposed: Proposal, given: Proposal) -> bool:
    if first.province != proposed.leader.province:
        return True
    return second.rule != UNKNOWN and second.province != given.deputy.province


def _chosen(standing: Leadership, proposed: Proposal) -> Proposal:
    """The rules behind a year that was recorded before."""
    same = standing.leader == proposed.leader.province
    first = Choice(standing.leader, proposed.leader.rule if same else "election")
    if not standing.deputy_known:
        return Proposal(standing.year, first, Choice(None, UNKNOWN))
    if standing.deputy is None:
        return Proposal(standing.year, first, Choice(None, NOBODY))
    same = standing.deputy == proposed.deputy.province
    rule = proposed.deputy.rule if same else "election"
    return Proposal(standing.year, first, Choice(standing.deputy, rule))


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
