"""Lists of what a book holds: targets, clusters, members, provinces. Pure values."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

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


class ClusterRow(Struct, frozen=True):
    """A cluster as it is listed: its members in seat order and its years."""

    cluster: Cluster
    members: tuple[Member, ...]
    years: tuple[int, ...]


class Targets(Struct, frozen=True):
    """The signed targets of a year with their lines and shares."""

    cluster: Cluster
    year: int
    lines: Mapping[str, str | None]
    targets: tuple[Target, ...]
    shares: tuple[Share, ...]
    names: Mapping[str, str]
    state: YearState
    amendments: tuple[Amendment, ...] = ()  # by decisions, the earliest first


class Clusters(Struct, frozen=True):
    """The clusters of a book."""

    clusters: tuple[ClusterRow, ...]


class Members(Struct, frozen=True):
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


class Provinces(Struct, frozen=True):
    """The register as of a day (or whole, with every unit that ever was)."""

    on: date | None
    provinces: tuple[Province, ...]
    successors: Mapping[str, tuple[str, ...]]
