"""The report of a year: cells, roll-ups, one province's status, one figure's explanation. Pure values."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from htx_cli.domain.changes import ChangeHead, KnownAt, Place
from htx_cli.domain.model import (
    Amendment,
    Cluster,
    Owed,
    Pact,
    Province,
    Result,
    Share,
    Target,
    Term,
    Unseated,
)
from htx_cli.domain.targets import Basis, Figure, Judgement, Status

_NOTHING = Figure()


class Cell(Struct, frozen=True):
    """One province's standing on one target: its counting result, judged at that result's date.

    A province that came of others in the course of the year has their cells as `parts`, for what
    they had signed; without a figure of its own it bears theirs, and is `carried`.
    """

    province: Province
    target: Target
    judged: Judgement
    threshold: Decimal | None = None
    figure: Figure | None = None  # with the base that was used
    result: Result | None = None
    base_from: Result | None = None
    stale: bool = False
    share: Share | None = None
    owed: Owed | None = None  # where due dates are set
    parts: tuple["Cell", ...] = ()
    carried: bool = False
    carried_from: tuple[Province, ...] = ()  # whose figures the carried one is made of
    base_parts: tuple[tuple[Province, Result], ...] = ()  # whose sum a carried `base_from` is
    unbased: tuple[Province, ...] = ()  # the members it came of for want of whose base it has none
    unbased_outside: tuple[Province, ...] = ()  # and those that were no members

    @property
    def status(self) -> Status:
        """The status of the cell."""
        return self.judged.status

    @property
    def own(self) -> bool:
        """Tell whether the province answers for a threshold of its own."""
        return self.share is not None and self.share.assigned

    @property
    def leaves(self) -> tuple["Cell", ...]:
        """The cells whose figures stand in the book: its own, else those of its parts."""
        return tuple(leaf for p in self.parts for leaf in p.leaves) if self.carried else (self,)

    @property
    def base_differs(self) -> bool:
        """Tell whether the result brought a base of its own that is not the book's."""
        own = self.result.figure.base if self.result else None
        return own is not None and self.base_from is not None and own != self.base_from.figure.value


class Rollup(Struct, frozen=True):
    """A target over the whole cluster. `counted` figures stand in `figure`, of `expected` wanted.

    These are counted where they were reported: what is carried over a merger is not one but as many
    as went into it. `met`, `assigned` and `reported` are of provinces.
    """

    target: Target
    judged: Judgement
    figure: Figure
    met: int
    assigned: int
    reported: int
    counted: int
    expected: int
    came: int  # figures, whether they can be added or not
    whole: Result | None = None  # a figure that was reported for the whole cluster
    from_whole: bool = False  # whether that figure is the one that stands
    differs: Figure | None = None  # the other one of sum and whole figure, when they differ
    basis: Basis | None = None  # an estimate as soon as one figure that plays a part is
    added: Figure = _NOTHING  # the sum of the provinces, whether it stands or not
    oldest: date | None = (
        None  # the day of the oldest figure in that sum, for a target of the whole
    )
    stale: bool = False  # whether the year has ended and what stands is older than its last day

    @property
    def as_of(self) -> date | None:
        """The day as of which a target of the whole cluster is judged."""
        return self.whole.as_of if self.from_whole and self.whole else self.oldest

    @property
    def partly_added(self) -> bool:
        """Tell whether the cluster's sum lacks reported figures, which cannot be added."""
        return self.counted < self.came and not self.from_whole


class LineRow(Struct, frozen=True):
    """A line of the signed pact and how it stands."""

    line: str
    text: str | None
    status: Status


class ProvinceRow(Struct, frozen=True):
    """A province's cells, in the order of the targets, and how many are met, assigned, reported."""

    province: Province
    cells: tuple[Cell, ...]
    met: int
    assigned: int
    reported: int


class Map(StrEnum):
    """The provinces that the report of a year with a merger shows."""

    OLD = "old"  # those before it
    NEW = "new"  # those after it


class Merger(Struct, frozen=True):
    """A merger of members into one province; `others`, which were no members, went with them."""

    day: date
    successor: Province
    parts: tuple[Province, ...]
    others: tuple[Province, ...] = ()


class Report(Struct, frozen=True):
    """A year of a cluster as of a date: what every format shows.

    In a year with a merger it says which map it shows. `mergers` are those of the year, and those
    that a base was carried over; there the series breaks.
    """

    cluster: Cluster
    year: int
    as_of: date
    closed: bool
    estimates: bool
    leadership: Term | None  # of the day that the report looks from
    lines: tuple[LineRow, ...]
    targets: tuple[Rollup, ...]
    provinces: tuple[ProvinceRow, ...]
    map: Map | None = None
    mergers: tuple[Merger, ...] = ()
    pact: Pact | None = None
    unseated: tuple[Unseated, ...] = ()  # who came of members, and sits there once somebody adds it
    known_at: KnownAt | None = None  # where the book was looked at as it was known then
    checkpoint: str | None = None  # of the book's last change, to stand in the minutes

    def cells(self) -> tuple[Cell, ...]:
        """Every cell, province by province."""
        return tuple(cell for row in self.provinces for cell in row.cells)


class ProvinceStatus(Struct, frozen=True):
    """One province's year in full."""

    report: Report
    row: ProvinceRow


class Explanation(Struct, frozen=True):
    """An explanation of one figure's status: the cell, or the whole cluster's roll-up."""

    report: Report
    target: Target
    cell: Cell | None
    rollup: Rollup
    share: Share | None
    history: tuple[Result, ...]
    changes: Mapping[int, ChangeHead]
    places: Mapping[Result, Place]  # where figures stood in the files that they came from
    share_from: ChangeHead | None = None  # the change that wrote the share
    decisions: tuple[Amendment, ...] = ()  # by which target and share stand so on the report's day

    def cells(self) -> tuple[Cell, ...]:
        """Every province on this target."""
        return tuple(c for c in self.report.cells() if c.target.code == self.target.code)
