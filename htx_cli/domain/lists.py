"""Lists of what a book holds: targets, clusters, members, provinces. Pure values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from htx_cli.domain.model import (
    Amendment,
    Cluster,
    Member,
    Province,
    Share,
    Target,
    Unseated,
    YearState,
)


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """A cluster as it is listed: its members in seat order and its years."""

    cluster: Cluster
    members: tuple[Member, ...]
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Targets:
    """The signed targets of a year with their lines and shares."""

    cluster: Cluster
    year: int
    lines: Mapping[str, str | None]
    targets: tuple[Target, ...]
    shares: tuple[Share, ...]
    names: Mapping[str, str]
    state: YearState
    amendments: tuple[Amendment, ...] = ()  # by decisions, the earliest first


@dataclass(frozen=True, slots=True)
class Clusters:
    """The clusters of a book."""

    clusters: tuple[ClusterRow, ...]


@dataclass(frozen=True, slots=True)
class Members:
    """Members of a cluster on a day, who left before, who joined after, and who could sit there.

    `into` names, by province id, the member that those who left went into.
    """

    cluster: Cluster
    on: date
    sitting: tuple[Member, ...]
    former: tuple[Member, ...]
    later: tuple[Member, ...]
    unseated: tuple[Unseated, ...]
    unseated_later: tuple[Unseated, ...]  # who takes no seat by itself on a later day
    into: Mapping[str, Province]


@dataclass(frozen=True, slots=True)
class Provinces:
    """The register as of a day (or whole, with every unit that ever was)."""

    on: date | None
    provinces: tuple[Province, ...]
    successors: Mapping[str, tuple[str, ...]]
