"""A province leaves a cluster, and what it was to do there afterwards."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from htx_cli.actions import Book, Intent, Plan, known, membership_of, the_cluster
from htx_cli.book import read
from htx_cli.book.file import Connection
from htx_cli.book.records import member_put
from htx_cli.domain.changes import Caution, Done
from htx_cli.domain.leaders import terms
from htx_cli.domain.membership import Membership, seated
from htx_cli.domain.model import Cluster, Member
from htx_cli.domain.names import stranger
from htx_cli.text.errors import Rejected


def remove_member(book: Book, intent: Intent, name: str, until: date) -> Done[None]:
    """A province leaves the cluster; `until` is its last day. Its figures up to then stay.

    One that leaves on that day already changes nothing; one that was to go into another on the day
    after hands its seat on no more. That it was to lead,
    or to be deputy, after that day is told in cautions.
    """

    def make(connection: Connection, _: object) -> Plan[None]:
        cluster = the_cluster(book, connection)
        province = known(connection).provinces.find(name, until)
        membership = membership_of(connection, cluster)
        sitting = membership.ever
        own = {m.last_day: m for m in sitting if m.province == province}
        if until in own:
            return Plan((), None)
        member = own.get(None)
        if member is None:
            there = [m.province for m in sitting if m.since <= until <= (m.until or until)]
            raise stranger(Rejected, province, until, there, membership)
        if until < member.first_day:
            raise Rejected("until_before_since", until=until, since=member.first_day)
        leaving = replace(member, last_day=until, derived=False)
        written = [m for m in sitting if m != member and not m.derived]
        left_after = seated([*written, leaving], read.successions(connection))
        staying = {m.province for m in left_after.ever if m.province != province}
        for going in (province, *(m.province for m in sitting if m.derived)):
            after = until if going == province else None
            later = read.count_results(connection, cluster.id, province=going.id, after=after)
            if later and going not in staying:
                raise Rejected("member_results", province=going.name, count=str(later), until=until)
        cautions = tuple(_unled(connection, cluster, leaving, left_after))
        return Plan([member_put(cluster.id, leaving)], None, cautions)

    return book.commit(intent, make)


def _unled(
    connection: Connection, cluster: Cluster, leaving: Member, left_after: Membership
) -> Iterator[Caution]:
    """What a member that leaves was to do after its last day, and nobody follows it in."""
    assert leaving.last_day is not None
    recorded = read.leaderships(connection, cluster.id), read.takeovers(connection, cluster.id)
    for term in terms(*recorded, left_after):
        if term.first_day <= leaving.last_day:
            continue
        place = {"province": leaving.province.name, "year": str(term.year), "day": term.first_day}
        begins = term.first_day == date(term.year, 1, 1)
        left = leaving.province
        if term.leader == left or (term.leader is None and term.leader_after == left):
            yield Caution("leader_left_year" if begins else "leader_left", place)
        if term.deputy == left or (term.deputy is None and term.deputy_after == left):
            yield Caution("deputy_left_year" if begins else "deputy_left", place)
