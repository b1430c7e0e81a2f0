"""The values that travel between the book, the calculation and the screen. All are frozen."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct, field
from msgspec.structs import replace

from htx_cli.domain.targets import Basis, Bound, Criterion, Figure, Kind, Scope

WHOLE_CLUSTER = "all"  # where a province is named: figures of the cluster as a whole

# The centrally run cities, by the codes of the register (Decisions 124/2004/QĐ-TTg, 19/2025/QĐ-TTg):
# Hà Nội, Hải Phòng, Đà Nẵng, Hồ Chí Minh, Cần Thơ; Huế by Resolution 175/2024/QH15, with the code
# that the province of Thừa Thiên Huế had.
_CITIES = frozenset(("01", "31", "48", "79", "92"))
_HUE, _HUE_A_CITY = "46", date(2025, 1, 1)


class Province(Struct, frozen=True):
    """A unit with its first and last day of validity; neither name nor code is unique."""

    id: str
    name: str
    code: str | None
    first_day: date
    last_day: date | None = None

    def valid_on(self, day: date) -> bool:
        """Tell whether the unit existed on that day."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)

    @property
    def is_city(self) -> bool:
        """Tell whether it is a centrally run city; what no register has is none."""
        return self.code in _CITIES or (self.code == _HUE and self.first_day >= _HUE_A_CITY)

    def in_year(self, year: int) -> bool:
        """Tell whether the unit existed on a day of that year."""
        return self.first_day.year <= year and (not self.last_day or year <= self.last_day.year)


class Succession(Struct, frozen=True):
    """A unit that went into another on a day: several by a merger, one by a new name."""

    predecessor: Province
    successor: Province
    day: date
    kind: str = "merged"  # or renamed


class Member(Struct, frozen=True):
    """A province's place in a cluster from a first to a last day, and its turn in the rotation.

    A province that is no more belongs to no cluster, whether or not anybody removed it. `parts` are
    the memberships that went on in this one when their provinces merged; a `derived` one was not
    written by anybody: it follows from them (see `membership`). What else went into the province, but
    was no member, are its `others`.
    """

    province: Province
    seat: int
    first_day: date
    last_day: date | None = None
    parts: tuple["Member", ...] = ()
    derived: bool = False
    others: tuple[Province, ...] = ()

    def on(self, day: date) -> bool:
        """Tell whether the province belongs to the cluster on that day."""
        return self.since <= day and (self.until is None or day <= self.until)

    @property
    def since(self) -> date:
        """Its first day as a member, at the earliest the province's own."""
        return max(self.first_day, self.province.first_day)

    @property
    def until(self) -> date | None:
        """Its last day as a member, at the latest the province's own; None if none is known."""
        days = [day for day in (self.last_day, self.province.last_day) if day]
        return min(days, default=None)

    @property
    def lineage(self) -> tuple[Province, ...]:
        """The province and all members that went into it, through every merger."""
        return (self.province, *(each for part in self.parts for each in part.lineage))


class Unseated(Struct, frozen=True):
    """A province that came of members and of `others` that were none on the eve of that day.

    It sits in the cluster only once somebody adds it.
    """

    province: Province
    day: date
    parts: tuple[Member, ...]
    others: tuple[Province, ...]


class Cluster(Struct, frozen=True):
    """Provinces that emulate together. `former` names come with their last days, the earliest first."""

    id: str
    name: str
    former: tuple[tuple[date, str], ...] = ()

    def on(self, day: date) -> "Cluster":
        """The cluster under the name that it bore on that day."""
        name = next((name for last_day, name in self.former if day <= last_day), self.name)
        return self if name == self.name else replace(self, name=name)


class Leadership(Struct, frozen=True):
    """The leader and deputy of a year. A deputy is known, or there is none, or nobody wrote who it was.

    With a `first_day` it is who took over in mid-year, from that day on.
    """

    year: int
    leader: Province
    deputy: Province | None = None
    deputy_known: bool = False
    elected_on: date | None = None
    because: str | None = None
    first_day: date | None = None


class Term(Struct, frozen=True):
    """A leadership from a first to a last day of a year, and why it began (see `leaders`).

    `by` is recorded (for the year), election (in mid-year) or succession: leader or deputy follow who
    is a member no more. Without a leader nobody followed.
    """

    year: int
    first_day: date
    last_day: date
    leader: Province | None
    deputy: Province | None = None
    deputy_known: bool = False
    by: str = "recorded"
    leader_since: date | None = None  # the first day of this year on which this one led
    leader_after: Province | None = None
    deputy_after: Province | None = None
    because: str | None = None


class Handover(Struct, frozen=True):
    """A hand-over of the book to a province; `taken_on` is the day when it took it over."""

    number: int
    province: Province
    handed_on: date
    taken_on: date | None = None


class Target(Struct, frozen=True):
    """One measurable commitment of a cluster for a year."""

    year: int
    code: str
    title: str
    kind: Kind
    bound: Bound | None = None
    threshold: Decimal | None = None
    level: bool = False
    base_year: int | None = None
    line: str | None = None
    of_title: str | None = None
    unit: str | None = None
    scope: Scope = Scope.EACH
    note: str | None = None

    def criterion(self, threshold: Decimal | None = None) -> Criterion:
        """Return what the target asks for, with a province's own threshold in place of the signed one."""
        own = self.threshold if threshold is None else threshold
        return Criterion(self.kind, self.bound, own, self.level)


class Share(Struct, frozen=True):
    """A province's own threshold for a target; without one the target is not assigned to it.

    A `derived` one nobody wrote: it follows from what the provinces that merged had signed.
    """

    province: str
    target: str
    threshold: Decimal | None
    derived: bool = False

    @property
    def assigned(self) -> bool:
        """Tell whether the province has to answer for the target."""
        return self.threshold is not None


class Pact(StrEnum):
    """Stages of the pact of a year; one that was set up by hand has none."""

    DRAFT = "draft"
    SIGNED = "signed"


class YearState(Struct, frozen=True):
    """The state of a year: closed or not, and the stage of its pact."""

    closed: bool
    pact: Pact | None = None
    signed_on: date | None = None


class Period(StrEnum):
    """Periods in which figures are to be sent."""

    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"


class DueRule(Struct, frozen=True):
    """Figures of each period of a year are due so many days after its end; fewer than 0: before."""

    period: Period
    days: int


class DueDate(Struct, frozen=True):
    """Figures as of the last day of a period, and the day by which they are due."""

    rule: DueRule
    last_day: date
    due: date


class Owed(Struct, frozen=True):
    """A figure that is still to come on a day: the due dates that nothing was sent for, the earliest first.

    A later figure answers for the periods before it, so the one that is asked for is that of the
    latest period that is late; late is the province since the earliest.
    """

    dates: tuple[DueDate, ...]
    on: date
    former: tuple[Province, ...] = ()  # who owed what was to come before they became this province

    @property
    def asked(self) -> DueDate:
        """The period whose figure is asked for: the latest one that is late, else the first due."""
        passed = [each for each in self.dates if each.due < self.on]
        return max(passed, key=lambda each: each.last_day, default=self.dates[0])

    @property
    def since(self) -> DueDate | None:
        """The due date that has been missed for the longest; None: nothing is late."""
        return self.dates[0] if self.dates[0].due < self.on else None

    @property
    def days_late(self) -> int:
        """Count the days since the figure that is asked for was due; 0: it is not late."""
        return max((self.on - self.asked.due).days, 0)


class PactPart(StrEnum):
    """Parts of a pact; each stands in a table of that name."""

    LINE = "lines"
    TARGET = "targets"
    SHARE = "shares"

    @property
    def former(self) -> str:
        """The table that keeps how such a part stood before a decision changed it."""
        return f"former_{self}"


class Line(Struct, frozen=True):
    """A numbered sentence of the signed pact."""

    line: str
    text: str | None


class Amendment(Struct, frozen=True):
    """A decision's change to a signed pact: `before` stood until the day before `first_day`.

    `code` is the line's number or the target's code; a share has a `province` too. Where there was
    nothing before, the decision added it.
    """

    decision: str
    first_day: date
    part: PactPart
    code: str
    province: str | None
    before: Line | Target | Share | None


class Document(Struct, frozen=True):
    """A paper that proves figures: a file by its content, and what is written on it."""

    sha256: str
    name: str
    size: int  # bytes
    number: str | None = None
    day: date | None = None
    title: str | None = None

    @property
    def label(self) -> str:
        """Return what one calls it: its number, else its title, else the file's name."""
        return self.number or self.title or self.name


class Evidence(Struct, frozen=True):
    """A document, and what the figure said that it was attached to."""

    document: Document
    figure: Figure


class Result(Struct, frozen=True, eq=False):
    """A reported figure as of a date; `province` is an id, or None for the whole cluster.

    Equal results state the same figure; the evidence for it may differ.
    """

    target: str
    province: str | None
    as_of: date
    basis: Basis
    figure: Figure
    source: str | None = None
    note: str | None = None
    change: int | None = None
    evidence: tuple[Evidence, ...] = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Result) and self._compared == other._compared

    def __hash__(self) -> int:
        return hash(self._compared)

    @property
    def _compared(self) -> tuple[object, ...]:
        what = (self.target, self.province, self.as_of, self.basis, self.figure)
        return (*what, self.source, self.note, self.change)

    @property
    def proofs(self) -> tuple[Document, ...]:
        """The documents that prove it as it stands: what was attached to an older figure does not."""
        return tuple(each.document for each in self.evidence if each.figure == self.figure)


class YearData(Struct, frozen=True):
    """All that a report needs of one cluster in one year."""

    cluster: Cluster
    year: int
    closed: bool
    targets: tuple[Target, ...]
    lines: Mapping[str, str | None]
    members: tuple[Member, ...]
    shares: Mapping[tuple[str, str], Share] = field(default_factory=dict)
    results: Mapping[tuple[str | None, str], tuple[Result, ...]] = field(default_factory=dict)
    bases: Mapping[tuple[str | None, str], Result] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()
    pact: Pact | None = None
    unseated: tuple[Unseated, ...] = ()  # who could sit there, if somebody added it
