"""The view of a report: its day, which of several figures counts then, and the map that it shows."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct

from htx_cli.domain.model import Member, Result, Unseated, YearData
from htx_cli.domain.report import Map, Merger
from htx_cli.domain.targets import Basis, Moment


class View(Struct, frozen=True):
    """The data, and the day that the report looks from."""

    data: YearData
    as_of: date
    until: date  # no later result counts
    ended: bool
    estimates: bool

    def moment(self, result: Result) -> Moment:
        """Return when the result was true, seen from the report's day."""
        closed = self.data.closed and self.ended
        return Moment(result.as_of, result.basis is Basis.ESTIMATE, closed)

    def carries(self, member: Member) -> bool:
        """Tell whether the member came of others in the course of the year, whose pact they had signed."""
        return bool(member.parts) and member.province.first_day > date(self.data.year, 1, 1)


def report_day(year: int, today: date, as_of: date | None = None) -> date:
    """The day a report looks from: the one asked for, else today, but not after the year's last."""
    return as_of or min(today, date(year, 12, 31))


def member_day(year: int, day: date) -> date:
    """The day on which membership is read for a report that looks from `day`."""
    return min(max(day, date(year, 1, 1)), date(year, 12, 31))


def counting(until: date, results: Sequence[Result], estimates: bool) -> Result | None:
    """The one result that counts: the latest actual not after the day.

    With `estimates`, an estimate counts where no actual has the same or a later date.
    """
    known = sorted((r for r in results if r.as_of <= until), key=lambda r: r.as_of)
    actual = next((r for r in reversed(known) if r.basis is Basis.ACTUAL), None)
    guess = next((r for r in reversed(known) if r.basis is Basis.ESTIMATE), None)
    if estimates and guess and (actual is None or guess.as_of > actual.as_of):
        return guess
    return actual


class Stand(Struct, frozen=True):
    """The standpoint of a report of a year: its days, its map, and the mergers of the year.

    `as_of` is the day that was asked for (None: none was), or the eve of the first merger where the
    old map ends; `members_on` is the day whose members it shows; no figure of after `until` counts.
    """

    as_of: date | None
    until: date
    members_on: date
    map: Map | None
    mergers: tuple[Merger, ...]


def stand(
    ever: Iterable[Member],
    unseated: Iterable[Unseated],
    year: int,
    today: date,
    as_of: date | None = None,
    wanted: Map | None = None,
) -> Stand:
    """Find the standpoint of a report; without a wanted map it shows the members of its day.

    The old map ends on the eve of the year's first merger. The new one is that of the last merger,
    also for an earlier day: then all its figures are carried. In a year without a merger there is
    but one.
    """
    mergers = tuple(sorted(_mergers(ever, year), key=lambda merger: merger.day))
    days = {merger.day for merger in mergers}
    days |= {each.day for each in unseated if _within(each.day, year)}
    last_day, day = date(year, 12, 31), report_day(year, today, as_of)
    if days and wanted is Map.OLD and day >= min(days):
        as_of = day = min(days) - timedelta(days=1)
    members_on = member_day(year, day)
    shown = None
    if days:
        shown = wanted or (Map.OLD if members_on < min(days) else Map.NEW)
        members_on = max(members_on, max(days)) if wanted is Map.NEW else members_on
    return Stand(as_of, min(as_of or last_day, last_day), members_on, shown, mergers)


def _within(day: date, year: int) -> bool:
    """Tell whether a merger of that day falls into the year, so that its parts had signed the pact."""
    return date(year, 1, 1) < day <= date(year, 12, 31)


def _mergers(members: Iterable[Member], year: int) -> Iterator[Merger]:
    for member in members:
        if member.parts and _within(member.province.first_day, year):
            yield merger_of(member)


def merger_of(member: Member) -> Merger:
    """The merger that a member came of."""
    parts = tuple(part.province for part in member.parts)
    return Merger(member.province.first_day, member.province, parts, member.others)
