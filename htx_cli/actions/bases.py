"""Bases of growth: cautions when a change takes one away, or moves it for a closed year."""

from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import Decimal

from msgspec import Struct

from htx_cli.actions import known, membership_of
from htx_cli.book import read
from htx_cli.book.file import Connection
from htx_cli.book.read import dependents
from htx_cli.domain.changes import Caution
from htx_cli.domain.model import Cluster, Target
from htx_cli.domain.targets import Kind

MOST_NAMED = 5  # figures in one sentence

Written = Set[tuple[str, int]]  # the clusters and years of which something is written
_Values = dict[str | None, Decimal | None]  # by province


def lost(connection: Connection, change: int, written: Written) -> Iterator[Caution]:
    """Warn of figures of growth whose base a change took away, once for each base year."""
    provinces = known(connection).provinces
    found: dict[int, list[str]] = {}
    for cluster in read.clusters(connection):
        for target, base_year, id in _lost(connection, cluster, change, written):
            who = provinces.told(provinces.by_id[id], target.year) if id else cluster.name
            found.setdefault(base_year, []).append(f"{who} {target.code} ({target.year})")
    for base_year, told in found.items():
        named = [*told[:MOST_NAMED], "…"] if len(told) > MOST_NAMED else told
        what = {"year": str(base_year), "count": str(len(told)), "figures": named}
        yield Caution("base_lost", what)


def _lost(
    connection: Connection, cluster: Cluster, change: int, written: Written
) -> Iterator[tuple[Target, int, str | None]]:
    """The figures that lost their base, by target, base year and province (None: whole cluster)."""
    for year in _later(connection, cluster, written):
        for target, base_year in _growth(connection, cluster, year, written):
            gone = dependents.taken_back(connection, change, cluster.id, base_year, target.code)
            if gone:
                standing = {id for id, _ in read.bases(connection, cluster.id, [target])}
                bases = _Bases(gone, standing, _parts(connection, cluster))
                whose = _without_own(connection, cluster, target)
                for id in sorted(filter(bases.lacking, whose), key=str):
                    yield target, base_year, id


def _later(connection: Connection, cluster: Cluster, written: Written) -> Iterator[int]:
    """The years after the first one written: none, where the newest is. A base is of a year before."""
    first = min((year for id, year in written if id == cluster.id), default=None)
    if first is not None:
        yield from (year for year in read.years(connection, cluster.id) if year > first)


def _growth(
    connection: Connection, cluster: Cluster, year: int, written: Written
) -> Iterator[tuple[Target, int]]:
    """The targets of growth that are measured from a year of which something is written."""
    for target in read.targets(connection, cluster.id, year):
        base_year = target.base_year if target.kind is Kind.GROWTH else None
        if base_year is not None and (cluster.id, base_year) in written:
            yield target, base_year


def _parts(connection: Connection, cluster: Cluster) -> dict[str | None, list[str]]:
    """Of each member that came of others: of whom."""
    return {
        each.province.id: [part.province.id for part in each.parts]
        for each in membership_of(connection, cluster).ever
        if each.parts
    }


def _without_own(connection: Connection, cluster: Cluster, target: Target) -> set[str | None]:
    """The provinces with figures of a target of growth that do not bring their base along."""
    figures = read.figures(connection, cluster.id, target.year, target.code)
    return {r.province for r in figures if r.figure.value is not None and r.figure.base is None}


class Measured(Struct, frozen=True):
    """Bases that the growth of closed years is measured from, before something is written."""

    bases: Mapping[tuple[str, int, str], _Values]  # by cluster, year and code
    written: Written

    @classmethod
    def of(cls, connection: Connection, written: Written) -> "Measured":
        """Read it, as far as it is measured from what is to be written."""
        found = _of_closed(connection, written)
        return cls(
            {(c.id, t.year, t.code): _values(connection, c, t) for c, t, _ in found}, written
        )

    def changed(self, connection: Connection, change: int) -> Iterator[Caution]:
        """Warn of figures that lost their base by a change, or have another in a closed year."""
        yield from lost(connection, change, self.written)
        yield from self.moved(connection)

    def moved(self, connection: Connection) -> Iterator[Caution]:
        """Warn that figures of closed years are measured from something else now.

        One caution for each of those years, and for each year that it is measured from.
        """
        found: dict[tuple[int, int], list[str]] = {}
        for cluster, target, base_year in _of_closed(connection, self.written):
            before = self.bases.get((cluster.id, target.year, target.code), {})
            now = _values(connection, cluster, target)
            changed = {id for id in before.keys() | now if before.get(id) != now.get(id)}
            bases = _Bases(changed, set(), _parts(connection, cluster)) if changed else None
            if bases and any(map(bases.touched, _without_own(connection, cluster, target))):
                found.setdefault((target.year, base_year), []).append(target.code)
        for (year, base_year), codes in found.items():
            what = {"closed": str(year), "codes": codes, "year": str(base_year)}
            yield Caution("base_of_closed", what)


def _of_closed(connection: Connection, written: Written) -> Iterator[tuple[Cluster, Target, int]]:
    """The targets of growth of closed years that are measured from what is written, with that year."""
    for cluster in read.clusters(connection):
        for year in _later(connection, cluster, written):
            if read.is_closed(connection, cluster.id, year):
                for target, base_year in _growth(connection, cluster, year, written):
                    yield cluster, target, base_year


def _values(connection: Connection, cluster: Cluster, target: Target) -> _Values:
    bases = read.bases(connection, cluster.id, [target])
    return {province: result.figure.value for (province, _), result in bases.items()}


class _Bases(Struct, frozen=True):
    """Provinces with a base of one target that is gone or stands, and the parts of who came of others."""

    gone: Set[str | None]
    standing: Set[str | None]
    parts: Mapping[str | None, Sequence[str]]

    def lacking(self, id: str | None) -> bool:
        """Tell whether a province has no base now, and had one or a part of one."""
        return self.touched(id) and not self._known(id)

    def touched(self, id: str | None) -> bool:
        return id in self.gone or any(map(self.touched, self.parts.get(id, ())))

    def _known(self, id: str | None) -> bool:
        came_of = id in self.parts and all(map(self._known, self.parts[id]))
        return id in self.standing or came_of
