"""Provinces that the register does not have: new ones, mergers, new names."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from htx_cli.actions import Book, Intent, Plan, known
from htx_cli.actions.clusters import LONGEST_NAME
from htx_cli.actions.members import no_seat
from htx_cli.book import read
from htx_cli.book.file import Connection
from htx_cli.book.journal import Put, Write
from htx_cli.book.records import PROVINCES
from htx_cli.domain.changes import Caution, Done
from htx_cli.domain.membership import seated
from htx_cli.domain.model import WHOLE_CLUSTER, Province, Succession
from htx_cli.domain.names import Register, means_all
from htx_cli.text import vietnamese
from htx_cli.text.errors import Phrase, Rejected, UsageError


def merge_provinces(
    book: Book, intent: Intent, names: Sequence[str], into: Sequence[str], on: date
) -> Done[None]:
    """Provinces merge on a day: they end on its eve, and a new one begins that stands for them.

    Members among them go on in it (see `membership`), and so do their figures (see `progress`); where
    only some are members, that it takes no seat there is told. `into` is the name of the new
    province, or of one that was added to begin on that day. Raises UsageError without a reason or for
    a single province, Rejected for a split, for one that ended already or reported later, and where
    the name is another's.
    """
    if len(into) > 1:
        raise Rejected("no_split", names=[*into])
    if len(names) == 1:
        raise UsageError("merge_one", name=names[0])
    return _succeed(book, intent, names, into[0], on, "merged")


def rename_province(book: Book, intent: Intent, name: str, new: str, on: date) -> Done[None]:
    """A province takes another name on a day; it keeps its code. Raises as `merge_provinces` does."""
    return _succeed(book, intent, [name], new, on, "renamed")


def _succeed(
    book: Book, intent: Intent, names: Sequence[str], new: str, on: date, kind: str
) -> Done[None]:
    new = vietnamese.text_line(new, LONGEST_NAME, Phrase("name"))
    if not intent.because:
        raise UsageError("merge_because")
    eve = on - timedelta(days=1)

    def make(connection: Connection, _: object) -> Plan[None]:
        provinces = known(connection).provinces
        parts = list(dict.fromkeys(provinces.find(name, eve) for name in names))
        if len(parts) < len(names):
            raise Rejected("merge_twice", province=parts[-1].name)
        if [part.name for part in parts] == [new]:
            raise Rejected("same_name", province=new)
        _check_undivided(connection, parts, on)
        successor = _successor(connection, provinces, parts, new, on)
        for part in parts:
            _check_ending(connection, part, eve)
        if kind == "renamed":
            successor = replace(successor, code=parts[0].code)
        going = [Succession(part, successor, on) for part in parts]
        record = {"successor": successor.id, "day": on.isoformat(), "kind": kind}
        writes = [
            PROVINCES.put(successor),
            *(PROVINCES.put(replace(part, last_day=eve)) for part in parts),
            *(Put("successions", {"predecessor": part.id, **record}) for part in parts),
        ]
        return Plan(writes, None, tuple(_without_seat(connection, going)))

    return book.commit(intent, make)


def _without_seat(connection: Connection, going: Sequence[Succession]) -> Iterator[Caution]:
    """The clusters of which some parts are members and others are not."""
    successions = [*read.successions(connection), *going]
    for cluster in read.clusters(connection):
        for unseated in seated(read.members(connection, cluster.id), successions).unseated:
            if unseated.province == going[0].successor:
                yield no_seat(cluster, unseated)


def _check_undivided(connection: Connection, parts: Sequence[Province], on: date) -> None:
    """Refuse a province that goes into another already, on whichever day. Raises Rejected."""
    for succession in read.successions(connection):
        if succession.predecessor in parts:
            raise Rejected(
                "goes_later" if succession.day > on else "went_already",
                province=succession.predecessor.name,
                successor=succession.successor.name,
                id=succession.successor.id,
                day=succession.day,
            )


def _check_ending(connection: Connection, part: Province, eve: date) -> None:
    """Refuse a province that ended on another day, or has figures of a later one. Raises Rejected."""
    if part.last_day and part.last_day != eve:
        raise Rejected("ended_otherwise", province=part.name, until=part.last_day)
    for cluster in read.clusters(connection):
        if later := read.count_results(connection, cluster.id, province=part.id, after=eve):
            raise Rejected("member_results", province=part.name, count=str(later), until=eve)


def _successor(
    connection: Connection, provinces: Register, parts: Sequence[Province], new: str, on: date
) -> Province:
    """The province of that name that begins on the day: one that was added for it, or a new one."""
    if means_all(new):  # these words stand for the whole cluster
        raise Rejected("name_taken", name=new, id=WHOLE_CLUSTER)
    found = provinces.by_key.get(vietnamese.name_key(new), ())
    exact = provinces.by_id.get(new.lower())
    for province in dict.fromkeys([*found, *([exact] if exact else [])]):
        if province in parts or (province.last_day is not None and province.last_day < on):
            continue
        came = any(s.successor == province for s in read.successions(connection))
        if province.first_day == on and not came:
            return province
        if province.first_day > on:
            day = province.first_day
            raise Rejected("merge_into_later", name=province.name, id=province.id, day=day)
        raise Rejected("merge_into_living", name=province.name, id=province.id)
    return _new(provinces, new, on)


def _new(provinces: Register, name: str, since: date) -> Province:
    """Make a province with an id of its own: its name's, or that with the year if it is taken."""
    id = vietnamese.slug(name)
    if not id:
        raise Rejected("text_empty", what=Phrase("name"))
    if id in provinces.by_id:
        id = f"{id}-{since.year}"
    if id in provinces.by_id:
        raise Rejected("id_taken", id=id, name=provinces.by_id[id].name)
    return Province(id, name, None, since)


def add_province(book: Book, intent: Intent, name: str, since: date | None = None) -> Done[None]:
    """A unit that the register does not have."""
    name = vietnamese.text_line(name, LONGEST_NAME, Phrase("name"))
    since = since or date(book.today.year, 1, 1)

    def make(connection: Connection, _: object) -> list[Write]:
        provinces = known(connection).provinces
        if means_all(name):  # these words stand for the whole cluster
            raise Rejected("name_taken", name=name, id=WHOLE_CLUSTER)
        for province in provinces.by_key.get(vietnamese.name_key(name), ()):
            if province.last_day is None or province.last_day >= since:
                raise Rejected("name_taken", name=name, id=province.id)
        return [PROVINCES.put(_new(provinces, name, since))]

    return book.commit(intent, make)
