"""Members of a cluster: who joins, who leaves, who sits there on a day."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from htx_cli.actions import Book, Intent, Plan, known, membership_of, the_cluster
from htx_cli.book import read
from htx_cli.book.file import Connection
from htx_cli.book.journal import Remove, Write
from htx_cli.book.records import member_put
from htx_cli.domain.changes import Caution, Done
from htx_cli.domain.leaders import terms
from htx_cli.domain.lists import Members
from htx_cli.domain.membership import Membership, seated
from htx_cli.domain.model import Cluster, Member, Province, Unseated
from htx_cli.domain.names import Register, stranger, told_apart, unseated_words
from htx_cli.text.errors import Rejected

LAST_SEAT = 999


def members(book: Book, on: date | None = None) -> Members:
    """Return who sat in the cluster on a day (default: today), who did before, and who will."""
    with book.reading() as connection:
        day = on or book.today
        cluster = the_cluster(book, connection)
        membership = membership_of(connection, cluster)
        return Members(
            cluster=cluster.on(day),
            on=day,
            sitting=membership.on(day),
            former=tuple(m for m in membership.ever if m.until and m.until < day),
            later=tuple(m for m in membership.ever if m.since > day),
            unseated=membership.unseated_on(day),
            unseated_later=tuple(each for each in membership.unseated if each.day > day),
            into={part.province.id: m.province for m in membership.ever for part in m.parts},
        )


def without_seat(cluster: Cluster, membership: Membership, year: int) -> Iterator[Caution]:
    """Warn of provinces that have no seat in a year though they came of members."""
    yield from (no_seat(cluster, each) for each in membership.unseated_on(date(year, 12, 31)))


def no_seat(cluster: Cluster, unseated: Unseated) -> Caution:
    """Build the caution that a province takes no seat in a cluster: of whom it came, what seats it."""
    where = {"cluster": cluster.name, "cluster_id": cluster.id}
    return Caution("takes_no_seat", unseated_words(unseated) | where)


def named(provinces: Register, names: Sequence[str], on: date) -> list[Province]:
    """Find provinces by their names as of a day; none may be named twice. Raises NotFound, Rejected."""
    found: list[Province] = []
    for name in names:
        province = provinces.find(name, on)
        if province in found:
            raise Rejected("member_twice", province=province.name)
        found.append(province)
    return found


def add_member(
    book: Book,
    intent: Intent,
    names: Sequence[str],
    since: date | None = None,
    seat: int | None = None,
) -> Done[None]:
    """Let provinces join the cluster from a day on, at the given seat or behind the last one.

    Without a seat, a member from a later day on is one from that day, at its own seat; one that came
    of members by a merger takes the earliest of their seats. With a seat, such a one moves there.
    """
    since = since or date(book.today.year, 1, 1)

    def make(connection: Connection, _: object) -> list[Write]:
        cluster = the_cluster(book, connection)
        membership = membership_of(connection, cluster)
        staying = [m for m in membership.ever if m.until is None or m.until >= since]
        number = max((m.seat for m in staying), default=0) + 1 if seat is None else seat
        writes: list[Write] = []
        for province in named(known(connection).provinces, names, since):
            held = [m for m in staying if m.province == province]
            if held and seat is None:
                writes += _begun(
                    cluster.id, max(held, key=lambda member: member.first_day), staying, since
                )
                continue
            if any(not m.derived or since > m.first_day for m in held):
                raise Rejected("member_already", province=province.name)
            inherited = None if seat else _inherited(membership, province, staying)
            if not 1 <= (inherited or number) <= LAST_SEAT:
                raise Rejected("seat_range", seat=str(number))
            joining = Member(province, inherited or number, since)
            _free_seat(joining, [m for m in staying if m not in held])
            writes.append(member_put(cluster.id, joining))
            number += inherited is None
        return writes

    return book.commit(intent, make)


def _inherited(membership: Membership, province: Province, staying: Sequence[Member]) -> int | None:
    """The earliest seat of the members that the province came of, if it is free."""
    taken = {member.seat for member in staying}
    seats = [part.seat for u in membership.unseated if u.province == province for part in u.parts]
    return min((seat for seat in seats if seat not in taken), default=None)


def _begun(cluster: str, member: Member, staying: Sequence[Member], since: date) -> list[Write]:
    """A present membership that began on an earlier day, which its key names."""
    if member.derived or member.last_day is not None or since >= member.first_day:
        raise Rejected("member_already", province=member.province.name)
    for other in staying:
        if other.province == member.province and other != member:
            raise Rejected(
                "member_before",
                province=member.province.name,
                since=other.first_day,
                until=other.until,
            )
    _free_seat(member, [m for m in staying if m != member and m.first_day < member.first_day])
    moved = member_put(cluster, replace(member, first_day=since))
    return [Remove("members", member_put(cluster, member).key), moved]


def _free_seat(joining: Member, staying: Iterable[Member]) -> None:
    """Refuse a seat that somebody has. Raises Rejected."""
    for member in staying:
        if member.seat == joining.seat:
            _, holder = told_apart([joining.province, member.province])
            raise Rejected("seat_taken", seat=str(joining.seat), province=holder)


def remove_member(book: Book, intent: Intent, name: str, until: date) -> Done[None]:
    """A province leaves the cluster; `until` is its last day. Its figures up to then stay.

    One that leaves on that day already changes nothing; one that was to go into another on the day
    after hands its seat on no more. That it was to lead, or to be deputy, after that day is told in
    cautions.
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
    """Warn of the terms that a leaving member was to serve after its last day, where nobody follows it."""
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
