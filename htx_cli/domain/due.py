"""Due dates: when figures are to be sent, and which of them are still to come. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from htx_cli.domain.membership import Membership
from htx_cli.domain.model import Cluster, DueDate, DueRule, Owed, Period, Province, YearData
from htx_cli.domain.progress import owed
from htx_cli.domain.report import Cell, Report, Rollup
from htx_cli.domain.targets import Basis

_MONTHS = {Period.QUARTER: 3, Period.HALF_YEAR: 6, Period.YEAR: 12}


class Debt(Struct, frozen=True):
    """The figures that one province still has to send for one due date."""

    province: Province
    owed: Owed
    cells: tuple[Cell, ...]


class Calendar(Struct, frozen=True):
    """The due dates of a year, and who owes what."""

    cluster: Cluster
    year: int
    on: date
    dates: tuple[DueDate, ...]
    debts: tuple[Debt, ...]  # the oldest due date first, then by seat


class Reminder(Struct, frozen=True):
    """A letter to a province that owes figures; without due dates `debts` say none."""

    report: Report
    province: Province
    on: date
    signed_on: date | None
    debts: tuple[Debt, ...]
    missing: tuple[Cell, ...]  # where no due dates are set

    @property
    def owed(self) -> bool:
        """Tell whether there is anything to write about."""
        return bool(self.debts or self.missing)


def due_dates(year: int, rules: Iterable[DueRule]) -> tuple[DueDate, ...]:
    """The due dates of a year, the earliest period first.

    Where periods end on the same day, the rule of the longest one holds.
    """
    found: dict[date, DueDate] = {}
    for rule in sorted(rules, key=lambda rule: _MONTHS[rule.period]):
        for last in _ends(year, rule.period):
            found[last] = DueDate(rule, last, last + timedelta(rule.days))
    return tuple(found[last] for last in sorted(found))


def _ends(year: int, period: Period) -> Iterator[date]:
    """The last days of a year's periods."""
    from dateutil.rrule import MONTHLY, rrule

    months = _MONTHS[period]
    first, count = datetime(year, months, 1), 12 // months
    ends = rrule(MONTHLY, dtstart=first, interval=months, bymonthday=-1, count=count)
    return (end.date() for end in ends)


def with_due(
    report: Report, data: YearData, dates: Sequence[DueDate], membership: Membership, today: date
) -> Report:
    """Add to each cell of a report what it still owes on a day, by all due dates.

    A figure is owed once its period is over, or once it is due; by who was a member on the period's
    last day. It is sent by an actual figure as of that day or a later one; where it is due on that day
    or before, an estimate will do.
    """
    over = (each for each in dates if min(each.last_day, each.due) < today)
    asked = sorted(over, key=lambda each: each.due)
    sitting = {each: {m.province.id for m in membership.on(each.last_day)} for each in asked}

    def marked(cell: Cell, rollup: Rollup) -> Cell:
        debtors = {each: _debtors(cell, rollup, sitting[each], data, each) for each in asked}
        lacking = tuple(each for each in asked if debtors[each])
        if not lacking:
            return cell
        former = dict.fromkeys(who for each in lacking for who in debtors[each])
        former.pop(cell.province, None)
        return replace(cell, owed=Owed(lacking, today, tuple(former)))

    rows = [
        replace(row, cells=tuple(map(marked, row.cells, report.targets)))
        for row in report.provinces
    ]
    return replace(report, provinces=tuple(rows))


def _debtors(
    cell: Cell, rollup: Rollup, sitting: set[str], data: YearData, due: DueDate
) -> tuple[Province, ...]:
    """Return who was a member then, had to report and sent nothing: the province itself, or
    those that it came of."""
    if not owed(replace(cell, result=None), rollup) or _sent(cell, data, due):
        return ()
    if cell.province.id in sitting:
        return (cell.province,)
    theirs = (_debtors(part, rollup, sitting, data, due) for part in cell.parts)
    return tuple(chain.from_iterable(theirs))


def _sent(cell: Cell, data: YearData, due: DueDate) -> bool:
    results = data.results.get((cell.province.id, cell.target.code), ())
    own = (cell.result,) if cell.result and not cell.carried else ()
    guess = due.due <= due.last_day
    return any(
        result.as_of >= due.last_day and (guess or result.basis is Basis.ACTUAL)
        for result in (*results, *own)
    )
