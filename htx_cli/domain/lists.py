"""Lists of what a book holds: targets, clusters, members, provinces. Pure values."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from htx_cli.domain import model


class ClusterRow(Struct, frozen=True):
    """A cluster as it is listed: its members in seat order and its years."""

    cluster: model.Cluster
    members: tuple[model.Member, ...]
    years: tuple[int, ...]


class Targets(Struct, frozen=True):
    """The signed targets of a year with their lines and shares."""

    cluster: model.Cluster
    year: int
    lines: Mapping[str, str | None]
    targets: tuple[model.Target, ...]
    shares: tuple[model.Share, ...]
    names: Mapping[str, str]
    state: model.YearState
    amendments: tuple[model.Amendment, ...] = ()  # by decisions, the earliest first


class Clusters(Struct, frozen=True):
    """The clusters of a book."""

    clusters: tuple[ClusterRow, ...]


class Members(Struct, frozen=True):
    """Members of a cluster on a day, who left before, who joined after, and who could sit there.

    `into` names, by province id, the member that those who left went into.
    """

    cluster: model.Cluster
    on: date
    sitting: tuple[model.Member, ...]
    former: tuple[model.Member, ...]
    later: tuple[model.Member, ...]
    unseated: tuple[model.Unseated, ...]
    unseated_later: tuple[model.Unseated, ...]  # who takes no seat by itself on a later day
    into: Mapping[str, model.Province]


class Provinces(Struct, frozen=True):
    """The register as of a day (or whole, with every unit that ever was)."""

    on: date | None
    provinces: tuple[model.Province, ...]
    successors: Mapping[str, tuple[str, ...]]
