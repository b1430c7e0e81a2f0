"""Leaders: every year with the rotation, and the record of an election."""

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from htx_cli.actions import Book, Intent, Plan, checkpoint, known, membership_of, the_cluster
from htx_cli.actions.members import without_seat
from htx_cli.book import read
from htx_cli.book.file import Connection
from htx_cli.book.records import leadership_put
from htx_cli.domain.changes import ChangeHead, Done
from htx_cli.domain.election import Standing, elect, gap_before
from htx_cli.domain.leaders import (
    Leaders,
    Led,
    Proposal,
    Rotation,
    followed,
    named_by,
    propose,
    seats_of,
    terms,
    waiting_longest,
)
from htx_cli.domain.membership import Membership
from htx_cli.domain.model import Cluster, Leadership, Term
from htx_cli.text.errors import Rejected, UsageError


def rotate(
    book: Book,
    intent: Intent,
    year: int | None = None,
    leader: str | None = None,
    deputy: str | None = None,
    on: date | None = None,
    agreed: Leadership | None = None,
) -> Done[Rotation]:
    """Record the leader and deputy of a year (default: the year after today's).

    A year that would leave a gap behind it must be named. Without names the rotation's proposal is
    recorded; with `leader` alone the deputy is unknown. `deputy` may be "none" or "unknown". Of a
    year that is recorded already, what is not named stays; who is named with a day `on` in that year,
    after the election that is recorded, takes over from that day. What differs from the proposal, or
    from what is recorded, needs a reason. Recording the same again changes nothing. Years without a
    leader between the last one on record and a new one are told in a caution, and so is who takes no
    seat in the year. With `agreed`, nothing else is recorded, though another program wrote meanwhile.
    """
    asked, year = year, year or book.today.year + 1

    def make(connection: Connection, _: object) -> Plan[Rotation]:
        stands = _standing(book, connection)
        if not stands.membership.on(date(year, 1, 1)):
            raise Rejected("leader_nobody", year=str(year))
        recorded = [each.year for each in stands.years]
        if asked is None and year - 1 not in recorded:
            raise UsageError("leader_gap", before=str(year - 1), year=str(year))
        decided = elect(stands, year, leader, deputy, on, intent.because)
        if agreed not in (None, decided.recorded):
            raise Rejected("leader_moved", year=str(year), leader=decided.recorded.leader.name)
        gap = () if year in recorded else gap_before(recorded, year)
        return Plan(
            [leadership_put(stands.cluster.id, decided.recorded)],
            decided,
            (*gap, *without_seat(stands.cluster, stands.membership, year)),
        )

    done = book.commit(intent, make)
    return done if done.change.count else replace(done, cautions=())


def _standing(book: Book, connection: Connection) -> Standing:
    cluster = the_cluster(book, connection)
    return Standing(
        cluster,
        known(connection).provinces,
        membership_of(connection, cluster),
        read.leaderships(connection, cluster.id),
        read.takeovers(connection, cluster.id),
    )


def leaders(book: Book, project: int = 0) -> Leaders:
    """Return each year's leaders, who has waited longest, and who is next after the last year.

    `project` says how many years are looked ahead, as they come if the rotation holds.
    """
    with book.reading() as connection:
        cluster = the_cluster(book, connection)
        years = read.leaderships(connection, cluster.id)
        year = years[-1].year + 1 if years else book.today.year
        last_day = date(year + max(project - 1, 0), 12, 31)
        membership = membership_of(connection, cluster)
        led = terms(years, read.takeovers(connection, cluster.id), membership)
        members = membership.on(date(year, 1, 1))
        seats = seats_of(members, led, year)
        waiting = tuple(seat.member.province for seat in waiting_longest(seats))
        proposal = propose(members, led, year) if members else None
        named = {}
        for each in years:
            if each.because is None:
                sitting = membership.on(date(each.year, 1, 1))
                proposed = propose(sitting, led, each.year)
                named[each.year] = named_by(each, proposed)
        return Leaders(
            cluster=cluster.on(book.today),
            years=years,
            seats=seats,
            waiting=waiting,
            next=proposal,
            named=named,
            recorded=_recorded(connection, cluster),
            known_at=book.known,
            checkpoint=checkpoint(connection),
            terms=led,
            projected=_projected(membership, led, range(year, year + project)),
            unseated=membership.unseated_on(max(book.today, last_day)),
        )


def _projected(membership: Membership, led: Sequence[Term], years: range) -> tuple[Proposal, ...]:
    """The years as they come if every proposal is followed; a year without members is left out."""
    following: list[Led] = [*led]
    projected = []
    for year in years:
        proposal = propose(membership.on(date(year, 1, 1)), following, year)
        if as_proposed := followed(proposal):
            following.append(as_proposed)
            projected.append(proposal)
    return tuple(projected)


def _recorded(connection: Connection, cluster: Cluster) -> dict[int, ChangeHead]:
    """By year the last change that wrote who leads."""
    changes = read.changes_of(connection, f"{cluster.id}/", "leaderships")
    return {
        int(change.rows[0].key.rpartition("/")[2]): change.head
        for change in reversed(changes)
        if change.head
    }
