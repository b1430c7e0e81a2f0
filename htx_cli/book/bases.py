"""What growth is measured from, and what is told when a change takes it away."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from htx_cli.book import known, seating_of
from htx_cli.journal import Caution
from htx_cli.model import Cluster, Target
from htx_cli.store import Reader
from htx_cli.targets import Kind

MOST_NAMED = 5  # figures in one sentence


def lost(reader: Reader, change: int) -> Iterator[Caution]:
    """That figures of growth have no base any more, for a change took it away; one for each year that
    they are measured from."""
    provinces = known(reader).provinces
    found: dict[int, list[str]] = {}
    for cluster in reader.clusters():
        for target, base_year, id in _lost(reader, cluster, change):
            who = provinces.told(provinces.by_id[id], target.year) if id else cluster.name
            found.setdefault(base_year, []).append(f"{who} {target.code} ({target.year})")
    for base_year, told in found.items():
        named = [*told[:MOST_NAMED], "…"] if len(told) > MOST_NAMED else told
        what = {"year": str(base_year), "count": str(len(told)), "figures": named}
        yield Caution("base_lost", what)


def _lost(
    reader: Reader, cluster: Cluster, change: int
) -> Iterator[tuple[Target, int, str | None]]:
    """The figures that lost their base, by target, base year and province (None: whole cluster)."""
    seating = seating_of(reader, cluster)
    parts: dict[str | None, list[str]] = {
        each.province.id: [part.province.id for part in each.parts]
        for each in seating.ever
        if each.parts
    }
    for year in reader.years(cluster.id):
        for target in reader.targets(cluster.id, year):
            if target.kind is not Kind.GROWTH or target.base_year is None:
                continue
            gone = reader.taken_back(change, cluster.id, target.base_year, target.code)
            if gone:
                standing = {id for id, _ in reader.bases(cluster.id, [target])}
                bases = _Bases(gone, standing, parts)
                figures = reader.figures(cluster.id, year, target.code)
                whose = {
                    r.province
                    for r in figures
                    if r.figure.value is not None and r.figure.base is None
                }
                for id in sorted(filter(bases.lacking, whose), key=str):
                    yield target, target.base_year, id


@dataclass(frozen=True, slots=True)
class _Bases:
    """Of one target the provinces whose base is gone, those whose base stands, and who came of whom."""

    gone: Set[str | None]
    standing: Set[str | None]
    parts: Mapping[str | None, Sequence[str]]

    def lacking(self, id: str | None) -> bool:
        """Whether it has no base now, and had one or a part of one."""
        return self._touched(id) and not self._known(id)

    def _touched(self, id: str | None) -> bool:
        return id in self.gone or any(map(self._touched, self.parts.get(id, ())))

    def _known(self, id: str | None) -> bool:
        came_of = id in self.parts and all(map(self._known, self.parts[id]))
        return id in self.standing or came_of
