"""Which map a report of a year with a merger shows: the provinces before it, or those after it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from htx_cli.domain.model import Member, Unseated
from htx_cli.domain.progress.view import member_day, report_day
from htx_cli.domain.report import Map, Merger


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a report of a year stands: its days, its map, and the mergers of the year.

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
    """Where a report stands; without a wanted map it shows the members of its day.

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
    """Whether a merger of that day falls into the year, so that its parts had signed the pact."""
    return date(year, 1, 1) < day <= date(year, 12, 31)


def _mergers(members: Iterable[Member], year: int) -> Iterator[Merger]:
    for member in members:
        if member.parts and _within(member.province.first_day, year):
            yield merger_of(member)


def merger_of(member: Member) -> Merger:
    """The merger that a member came of."""
    parts = tuple(part.province for part in member.parts)
    return Merger(member.province.first_day, member.province, parts, member.others)
