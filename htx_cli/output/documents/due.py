"""The calendar of a year as htx.due/1, the letter to a province as htx.remind/1, and flat records of both."""

from htx_cli.domain.due import Calendar, Debt, Reminder
from htx_cli.domain.report import Cell
from htx_cli.output.documents.values import Document, Records, picked
from htx_cli.output.formats.plain import render

DEBT = (
    "province", "name", "target", "title", "period", "figures_as_of", "due", "days_late",
    "last_as_of", "year", "cluster", "late_since", "former",
)  # fmt: skip


def document(asked: Calendar | Reminder) -> Document:
    """htx.due/1 of a calendar, htx.remind/1 of a letter."""
    return _calendar(asked) if isinstance(asked, Calendar) else _reminder(asked)


def _calendar(calendar: Calendar) -> Document:
    """The due dates, and the figures that are owed."""
    return {
        **picked(calendar, "year on cluster"),
        "dates": [
            picked(each, "rule.period rule.days figures_as_of=last_day due")
            for each in calendar.dates
        ],
        "owed": [item for debt in calendar.debts for item in items(debt)],
    }


def items(debt: Debt) -> list[Document]:
    """The figures that one province owes: of the period asked for, and since when any is late."""
    owed = debt.owed
    frame = {
        **picked(owed.asked, "rule.period figures_as_of=last_day due"),
        **picked(owed, "days_late late_since=since.due"),
        "former": [province.id for province in owed.former],
    }
    return [{**_item(cell), **frame} for cell in debt.cells]


def _item(cell: Cell) -> Document:
    whose = "province=province.id province.name target=target.code target.title"
    return picked(cell, f"{whose} last_as_of=result.as_of")


def reminded(reminder: Reminder) -> list[Document]:
    """The figures that a letter asks for."""
    owed = [item for debt in reminder.debts for item in items(debt)]
    return [*owed, *map(_item, reminder.missing)]


def _reminder(reminder: Reminder) -> Document:
    """The figures that are owed, and the letter; none where nothing is owed."""
    return {
        **picked(reminder, "report.year on report.cluster report.leadership.leader province"),
        "owed": reminded(reminder),
        "letter": render(reminder) if reminder.owed else None,
    }


def records(asked: Calendar | Reminder) -> Records:
    """The figures that are owed."""
    if isinstance(asked, Calendar):
        year, cluster = asked.year, asked.cluster
        found = [item for debt in asked.debts for item in items(debt)]
    else:
        year, cluster, found = asked.report.year, asked.report.cluster, reminded(asked)
    return Records(DEBT, [{**each, "year": year, "cluster": cluster.id} for each in found])
