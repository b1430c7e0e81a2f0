"""Lead: propose and record who leads a year."""

from dataclasses import replace
from datetime import date

from htx_cli.actions import Book, Intent, Plan, known, membership_of, the_cluster
from htx_cli.actions.members import without_seat
from htx_cli.book import read
from htx_cli.book.file import Connection
from htx_cli.book.records import leadership_put
from htx_cli.domain.changes import Done
from htx_cli.domain.election import Standing, elect, gap_before
from htx_cli.domain.leaders import Rotation
from htx_cli.domain.model import Leadership
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
    seat in the year. With `agreed`, nothing
    else is recorded, though another program wrote meanwhile.
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
            Rotation(year, decided.recorded, decided.proposed, decided.chosen, decided.before),
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
