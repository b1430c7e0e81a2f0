"""The calendar of a year: when figures are due, who owes what, and whom to remind."""

from collections.abc import Iterable
from datetime import date

from htx_cli.actions import Book, Intent, check_signed, the_cluster
from htx_cli.actions.report import report_from, row_of
from htx_cli.book import read
from htx_cli.book.file import Connection
from htx_cli.book.journal import Remove, Write
from htx_cli.book.records import DUE_RULES
from htx_cli.domain import progress
from htx_cli.domain.changes import Done
from htx_cli.domain.due import Calendar, Debt, Reminder, due_dates
from htx_cli.domain.model import DueRule, Owed, Period, Province
from htx_cli.domain.report import Cell
from htx_cli.text.errors import NotFound, Rejected

MOST_DAYS = 366  # after a period's end, or before it


def set_due(book: Book, intent: Intent, year: int, period: Period, days: int | None) -> Done[None]:
    """Figures of each such period are due so many days after its end; None: no longer.

    Raises Rejected for more days than a year has.
    """
    if days is not None and abs(days) > MOST_DAYS:
        raise Rejected("due_days_range", days=str(days), limit=str(MOST_DAYS))

    def make(connection: Connection, _: object) -> list[Write]:
        cluster = the_cluster(book, connection)
        if days is None:
            key = {"cluster": cluster.id, "year": year, "period": str(period)}
            return [Remove("due_dates", key)]
        return [DUE_RULES.put(DueRule(period, days), cluster=cluster.id, year=year)]

    return book.commit(intent, make)


def due(book: Book, year: int | None = None, as_of: date | None = None) -> Calendar:
    """The due dates of a year and who owes what on a day (default: today).

    Raises NotFound if nothing is signed for the year, or no due dates are set.
    """
    day = as_of or book.today
    year = year or day.year
    with book.reading() as connection:
        report = report_from(book, connection, year, as_of)
        rules = read.due_rules(connection, report.cluster.id, year)
        if not rules:
            raise NotFound("due_unset", year=str(year))
        dates = due_dates(year, rules)
        return Calendar(report.cluster, year, day, dates, tuple(_debts(report.cells())))


def _debts(cells: Iterable[Cell]) -> list[Debt]:
    """Group the figures that are owed by due date and province."""
    found: dict[tuple[Owed, Province], list[Cell]] = {}
    for cell in cells:
        if cell.owed:
            found.setdefault((cell.owed, cell.province), []).append(cell)
    debts = [Debt(province, owed, tuple(each)) for (owed, province), each in found.items()]
    return sorted(debts, key=lambda debt: debt.owed.dates[0].last_day)


def reminder(book: Book, name: str, year: int | None = None, as_of: date | None = None) -> Reminder:
    """Collect the figures that a province owes, for the letter to it.

    Where no due dates are set, all that did not come is owed. Raises NotFound.
    """
    day = as_of or book.today
    year = year or day.year
    with book.reading() as connection:
        cluster = the_cluster(book, connection)
        check_signed(connection, cluster, year)
        report = report_from(book, connection, year, as_of)
        row = row_of(connection, report, name)
        state = read.year_state(connection, cluster.id, year)
        calendar = read.due_rules(connection, cluster.id, year)
    debts = tuple(_debts(row.cells))
    owing = () if calendar else progress.owing(report, [row])
    return Reminder(report, row.province, day, state.signed_on if state else None, debts, owing)
