"""Set up a book: the register, clusters and their members."""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from htx_cli.actions import Book, Intent, known, membership_of, the_cluster
from htx_cli.book import read
from htx_cli.book.file import Connection
from htx_cli.book.journal import Put, Remove, Write
from htx_cli.book.records import PROVINCES, member_put
from htx_cli.domain.changes import Done
from htx_cli.domain.membership import Membership
from htx_cli.domain.model import WHOLE_CLUSTER, Member, Province
from htx_cli.domain.names import Register, means_all, told_apart
from htx_cli.text import vietnamese
from htx_cli.text.errors import BookUnusable, NotFound, Phrase, Rejected

LONGEST_NAME = 300
LONGEST_ID = 80
LAST_SEAT = 999


# -- the book --------------------------------------------------------------------------------------


def init(book: Book, intent: Intent) -> Done[None]:
    """A new book with the register of provinces.

    Raises BookUnusable if one exists there, NotFound if a cluster is named: it has none yet.
    """
    from htx_cli.book import write

    if book.cluster is not None:
        raise NotFound("cluster_none")
    change = write.create(
        book.path,
        book.signature(intent),
        lambda _connection, _staging: list(register()),
        dry_run=intent.dry_run,
        wait=book.wait,
    )
    return Done(change, (), None)


def migrate(book: Book, intent: Intent) -> Done[Path | None]:
    """Bring an older book up to date; the answer is the path of the copy that was kept."""
    from htx_cli.book import write

    with suppress(BookUnusable), book.reading():
        pass  # a cluster that is named is there, as far as an older book can be asked
    change, copy = write.migrate(
        book.path, book.signature(intent), wait=book.wait, dry_run=intent.dry_run
    )
    return Done(change, (), copy)


def register() -> Iterable[Write]:
    """The register of provinces as records: units, what became of them, other spellings."""
    import tomllib
    from importlib.resources import files

    text = files("htx_cli").joinpath("data/register.toml").read_text(encoding="utf-8")
    register = tomllib.loads(text)
    yield Put("settings", {"name": "register", "value": register["edition"]})
    for group in register["groups"]:
        for unit in group["provinces"]:
            last_day = group.get("last_day")
            yield PROVINCES.put(
                Province(unit["id"], unit["name"], unit["code"], group["first_day"], last_day)
            )
    for event in register["successions"]:
        for unit in event["units"]:
            for predecessor in unit["from"]:
                record = {"predecessor": predecessor, "successor": unit["to"]}
                record |= {"day": event["on"].isoformat(), "kind": event["kind"]}
                yield Put("successions", record)
    for alias, ids in register["aliases"].items():
        for id in ids:
            yield Put("aliases", {"alias": alias, "province": id})


# -- clusters and members --------------------------------------------------------------------------


def add_cluster(
    book: Book,
    intent: Intent,
    name: str,
    members: Sequence[str],
    id: str | None = None,
    since: date | None = None,
) -> Done[None]:
    """A new cluster; its members take their seats in the order given."""
    name = vietnamese.text_line(name, LONGEST_NAME, Phrase("name"))
    id = _cluster_id(id or _cut(vietnamese.slug(name)))
    since = since or date(book.today.year, 1, 1)

    def make(connection: Connection, _: object) -> list[Write]:
        clusters = read.clusters(connection)
        for cluster in clusters:
            if vietnamese.folded(cluster.name) == vietnamese.folded(name):
                raise Rejected("cluster_exists", name=cluster.name)
            if cluster.id == id:
                raise Rejected("id_taken", id=id, name=cluster.name)
        provinces = _named(known(connection).provinces, members, since)
        return [
            Put("clusters", {"id": id, "name": name}),
            *(member_put(id, Member(p, seat, since)) for seat, p in enumerate(provinces, 1)),
        ]

    return book.commit(intent, make)


def _cut(slug: str) -> str:
    """An id made of a name, cut between two words if it is too long."""
    if len(slug) <= LONGEST_ID:
        return slug
    return slug[: LONGEST_ID + 1].rpartition("-")[0] or slug[:LONGEST_ID]


def _cluster_id(id: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", id) or len(id) > LONGEST_ID:
        raise Rejected("id_unreadable", value=id[:90])
    return id


def _named(provinces: Register, names: Sequence[str], on: date) -> list[Province]:
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
    """Provinces join the cluster from a day on, at the given seat or behind the last one.

    Without a seat, who is a member from a later day on is one from that day, at its own seat, and who
    came of members by a merger takes the earliest of their seats. With one, who is a member since a
    merger, for it came of members, moves there.
    """
    since = since or date(book.today.year, 1, 1)

    def make(connection: Connection, _: object) -> list[Write]:
        cluster = the_cluster(book, connection)
        membership = membership_of(connection, cluster)
        staying = [m for m in membership.ever if m.until is None or m.until >= since]
        number = max((m.seat for m in staying), default=0) + 1 if seat is None else seat
        writes: list[Write] = []
        for province in _named(known(connection).provinces, names, since):
            held = [m for m in staying if m.province == province]
            if held and seat is None:
                writes += _begun(cluster.id, max(held, key=_first_day), staying, since)
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


def _first_day(member: Member) -> date:
    return member.first_day


def _free_seat(joining: Member, staying: Iterable[Member]) -> None:
    """Raises Rejected if somebody has the seat."""
    for member in staying:
        if member.seat == joining.seat:
            _, holder = told_apart([joining.province, member.province])
            raise Rejected("seat_taken", seat=str(joining.seat), province=holder)


def rename_cluster(book: Book, intent: Intent, name: str, on: date | None = None) -> Done[None]:
    """The cluster is called otherwise from a day on (default: today).

    What is shown of earlier days keeps the name of its time.
    """
    name = vietnamese.text_line(name, LONGEST_NAME, Phrase("name"))
    on = on or book.today

    def make(connection: Connection, _: object) -> list[Write]:
        cluster = the_cluster(book, connection)
        if name == cluster.name:
            return []
        for other in read.clusters(connection):
            if other != cluster and vietnamese.folded(other.name) == vietnamese.folded(name):
                raise Rejected("cluster_exists", name=other.name)
        eve = on - timedelta(days=1)
        if cluster.former and cluster.former[-1][0] >= eve:
            raise Rejected("name_since", day=cluster.former[-1][0] + timedelta(days=1))
        stood = {"cluster": cluster.id, "last_day": eve.isoformat(), "name": cluster.name}
        return [Put("clusters", {"id": cluster.id, "name": name}), Put("cluster_names", stood)]

    return book.commit(intent, make)


def add_province(book: Book, intent: Intent, name: str, since: date | None = None) -> Done[None]:
    """A unit that the register does not have."""
    name = vietnamese.text_line(name, LONGEST_NAME, Phrase("name"))
    since = since or date(book.today.year, 1, 1)

    def make(connection: Connection, _: object) -> list[Write]:
        provinces = known(connection).provinces
        id = vietnamese.slug(name)
        if not id:
            raise Rejected("text_empty", what=Phrase("name"))
        if means_all(name):  # these words stand for the whole cluster
            raise Rejected("name_taken", name=name, id=WHOLE_CLUSTER)
        for province in provinces.by_key.get(vietnamese.name_key(name), ()):
            if province.last_day is None or province.last_day >= since:
                raise Rejected("name_taken", name=name, id=province.id)
        if id in provinces.by_id:
            id = f"{id}-{since.year}"
        if id in provinces.by_id:
            raise Rejected("id_taken", id=id, name=provinces.by_id[id].name)
        return [PROVINCES.put(Province(id, name, None, since))]

    return book.commit(intent, make)
