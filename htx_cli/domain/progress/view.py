"""The day that a report looks from, and which of several figures counts then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from htx_cli.domain.model import Member, Result, YearData
from htx_cli.domain.targets import Basis, Moment


@dataclass(frozen=True, slots=True)
class View:
    """The data, and the day that the report looks from."""

    data: YearData
    as_of: date
    until: date  # no later result counts
    ended: bool
    estimates: bool

    def moment(self, result: Result) -> Moment:
        """When the result was true, seen from the report's day."""
        closed = self.data.closed and self.ended
        return Moment(result.as_of, result.basis is Basis.ESTIMATE, closed)

    def carries(self, member: Member) -> bool:
        """Whether the member came of others in the course of the year, whose pact they had signed."""
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
