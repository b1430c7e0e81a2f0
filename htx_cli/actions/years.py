"""The years of a cluster: opened as a draft, signed, closed, and reopened when something must change."""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from htx_cli.actions import Book, Intent, Plan, check_signed, membership_of, the_cluster
from htx_cli.actions.members import without_seat
from htx_cli.actions.pact import members_in
from htx_cli.actions.report import report_from
from htx_cli.book import read
from htx_cli.book.file import Connection
from htx_cli.book.journal import Write
from htx_cli.book.records import DUE_RULES, LINES, SHARES, TARGETS, year_put
from htx_cli.book.write import closed_years
from htx_cli.domain import progress
from htx_cli.domain.changes import Caution, Done
from htx_cli.domain.model import Cluster, Line, Member, Pact, Target, YearState
from htx_cli.domain.names import told_apart
from htx_cli.domain.pact import YEAR, contradictions
from htx_cli.domain.progress.carry import Claim, claim_of, joint
from htx_cli.domain.report import Cell, Report
from htx_cli.domain.targets import PER_CENT, Reason, Status
from htx_cli.text.errors import NotFound, Phrase, Rejected, UsageError
from htx_cli.text.vietnamese import sort_key


class Draft(Struct, frozen=True):
    """A draft of a year's pact: what was left out of the earlier one, and what names a year."""

    source: int
    left_out: tuple[str, ...] = ()  # provinces whose own shares were not copied
    dated: tuple[str, ...] = ()  # codes of targets and numbers of lines


def open_year(book: Book, intent: Intent, year: int, source: int | None = None) -> Done[Draft]:
    """Copy the pact of an earlier year (default: the last one) as a draft: base years move on with it.

    Shares are copied of those who are members in the new year. Raises Rejected if something is signed
    for the year already, NotFound if nothing is for the earlier one.
    """

    def make(connection: Connection, _: object) -> Plan[Draft]:
        cluster = the_cluster(book, connection)
        years = read.years(connection, cluster.id)
        if year in years:
            raise Rejected("year_begun", year=str(year))
        earlier = [each for each in years if each < year]
        if source is not None and source >= year:
            raise Rejected("open_from_later", source=str(source), year=str(year))
        if source is None and not earlier:
            raise NotFound("year_empty", year=str(year))
        old = source if source is not None else earlier[-1]
        check_signed(connection, cluster, old)
        drafting = _Drafting(connection, cluster, old, year)
        return Plan(drafting.writes(), drafting.draft(), drafting.cautions())

    return book.commit(intent, make)


class _Drafting:
    """The pact of one year on its way to be that of another."""

    def __init__(self, connection: Connection, cluster: Cluster, old: int, year: int) -> None:
        self.cluster, self.old, self.year = cluster, old, year
        self.due = read.due_rules(connection, cluster.id, old)
        self.lines = read.lines(connection, cluster.id, old)
        self.targets = read.targets(connection, cluster.id, old)
        self.members = members_in(connection, cluster, year)
        self.unseated = without_seat(cluster, membership_of(connection, cluster), year)
        sitting = {each.province.id for each in self.members}
        shares = read.shares(connection, cluster.id, old)
        self.own = {(share.province, share.target): share for share in shares}
        self.shares = [share for share in shares if share.province in sitting]
        gone = {share.province for share in shares if share.province not in sitting}
        away = [province for province in read.provinces(connection) if province.id in gone]
        away.sort(key=lambda province: sort_key(province.name))
        self.left_out = told_apart([*away, *(m.province for m in self.members)])[: len(away)]

    def writes(self) -> list[Write]:
        """Year, lines, targets, shares, due dates."""
        place = {"cluster": self.cluster.id, "year": self.year}
        moved = self.year - self.old
        return [
            year_put(self.cluster, self.year, YearState(closed=False, pact=Pact.DRAFT)),
            *(LINES.put(Line(k, v), **place) for k, v in self.lines.items()),
            *(TARGETS.put(self._moved(t, moved), cluster=self.cluster.id) for t in self.targets),
            *(SHARES.put(share, **place) for share in self.shares),
            *(DUE_RULES.put(rule, **place) for rule in self.due),
        ]

    def _moved(self, target: Target, years: int) -> Target:
        base_year = target.base_year + years if target.base_year else None
        return replace(target, year=self.year, base_year=base_year)

    def draft(self) -> Draft:
        """Return what the officer is to look over."""
        texts = [(f"{line}.", text or "") for line, text in self.lines.items()]
        texts += [
            (t.code, " ".join(filter(None, (t.title, t.of_title, t.note)))) for t in self.targets
        ]
        dated = tuple(name for name, text in texts if YEAR.search(text))
        return Draft(self.old, tuple(self.left_out), dated)

    def cautions(self) -> tuple[Caution, ...]:
        """Warn of who has no seat, and of thresholds that merged provinces answered for."""
        return (*self.unseated, *self._lowered())

    def _lowered(self) -> Iterator[Caution]:
        """Warn of thresholds copied for merged provinces whose parts were asked for something else."""
        for member in self.members:
            for target in self.targets if member.parts else ():
                copied = claim_of(target, self.own.get((member.province.id, target.code)))
                before = self._claim(member, target)
                if not before.bound or before.threshold in (None, copied.threshold):
                    continue
                assert before.threshold is not None and copied.threshold is not None
                values = {
                    "province": member.province.name,
                    "id": member.province.id,
                    "code": target.code,
                    "old": str(self.old),
                    "year": str(self.year),
                    "before": before.threshold,
                    "copied": copied.threshold,
                    "typed": f"{before.threshold:f}" + "%" * (target.kind in PER_CENT),
                }
                yield Caution("draft_of_parts", values)

    def _claim(self, member: Member, target: Target) -> Claim:
        """Return what a member answered for in the earlier year: its own, else that of its parts."""
        share = self.own.get((member.province.id, target.code))
        if share or not member.parts or member.since <= date(self.old, 1, 1):
            return claim_of(target, share)
        return joint(target, [self._claim(part, target) for part in member.parts])


def sign_pact(book: Book, intent: Intent, year: int, on: date | None = None) -> Done[None]:
    """The pact of a year is signed (default: today); from then on a decision is needed to change it.

    What its sentences say otherwise than its targets is told in cautions. Raises Rejected for a day
    to come, if the year is closed, or was signed on another day and no reason is given.
    """
    day = on or book.today

    def make(connection: Connection, _: object) -> Plan[None]:
        cluster = the_cluster(book, connection)
        state = _state(connection, cluster, year)
        if state.signed_on == day:
            return Plan((), None)
        closed_years.refuse_closed(connection, cluster.id, year)
        if day > book.today:
            raise Rejected("signed_future", on=day)
        if abs(day.year - year) > 1:
            raise Rejected("signed_far", on=day, year=str(year))
        if state.signed_on and not intent.because:
            raise Rejected("pact_signed", year=str(year), on=state.signed_on)
        lines, targets = (
            read.lines(connection, cluster.id, year),
            read.targets(connection, cluster.id, year),
        )
        writes = [year_put(cluster, year, replace(state, pact=Pact.SIGNED, signed_on=day))]
        return Plan(writes, None, tuple(contradictions(year, lines, targets)))

    return book.commit(intent, make)


def close_year(book: Book, intent: Intent, year: int, incomplete: bool = False) -> Done[None]:
    """Freeze a year: its unmet figures are missed, and nothing is written to it any more.

    Raises Rejected before its last day, and while figures are missing unless `incomplete`; NotFound
    if nothing is signed for the year.
    """
    last = date(year, 12, 31)

    def make(connection: Connection, _: object) -> list[Write]:
        cluster = the_cluster(book, connection)
        report = report_from(book, connection, year)
        if report.closed:
            return []
        if book.today < last:
            raise Rejected("year_running", year=str(year), last=last)
        if report.pact is Pact.DRAFT:
            raise Rejected("year_draft", year=str(year))
        lacking = _lacking(report)
        state = _state(connection, cluster, year)
        if lacking and not incomplete:
            raise _incomplete(report, lacking, state.signed_on)
        return [year_put(cluster, year, replace(state, closed=True))]

    return book.commit(intent, make)


def reopen_year(book: Book, intent: Intent, year: int) -> Done[None]:
    """Let a closed year be written to again; one that is open stays so. Raises UsageError without a
    reason."""
    if not intent.because:
        raise UsageError("reopen_because", year=str(year))

    def make(connection: Connection, _: object) -> list[Write]:
        cluster = the_cluster(book, connection)
        state = _state(connection, cluster, year)
        if not state.closed:
            return []
        return [year_put(cluster, year, replace(state, closed=False))]

    return book.commit(intent, make)


def _state(connection: Connection, cluster: Cluster, year: int) -> YearState:
    """Return the state of the year. Raises NotFound if nothing is signed for it."""
    check_signed(connection, cluster, year)
    state = read.year_state(connection, cluster.id, year)
    assert state is not None
    return state


def _lacking(report: Report) -> list[Cell]:
    """Return the cells that a province still owes, and those that cannot be judged."""
    return [
        cell
        for row in report.provinces
        for cell, rollup in zip(row.cells, report.targets, strict=True)
        if progress.owed(cell, rollup) or cell.status is Status.INCOMPLETE
    ]


def _incomplete(report: Report, lacking: Sequence[Cell], signed_on: date | None) -> Rejected:
    """The error that a year lacks figures, or cannot judge those that it has, with what to do."""
    year = str(report.year)
    differing = [c for c in lacking if c.judged.reason is Reason.THRESHOLDS_DIFFER]
    missing = [cell for cell in lacking if cell.stale or cell not in differing]
    if not differing:
        return Rejected("year_missing", year=year, known=_told(missing))
    first = differing[0].province
    what = {"id": first.id, "code": differing[0].target.code, "year": year}
    signed = {"day": max(first.first_day, signed_on)} if signed_on else {}
    command = Phrase("settle_signed" if signed else "settle", {**what, **signed})
    told = {"year": year, "differing": _told(differing), "command": command}
    if not missing:
        return Rejected("year_differing", (), **told)
    return Rejected("year_missing_and_differing", (), **told, known=_told(missing))


def _told(cells: Sequence[Cell]) -> list[str]:
    """`Kiên Giang 5 7`, province by province."""
    codes: dict[str, list[str]] = {}
    for cell in cells:
        codes.setdefault(cell.province.name, []).append(cell.target.code)
    return [f"{name} {' '.join(each)}" for name, each in codes.items()]
