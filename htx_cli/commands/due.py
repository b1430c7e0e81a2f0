"""The calendar: when figures are due, who owes what, and the letter that asks for them."""

import re
from typing import Annotated

from htx_cli.domain.changes import Caution, Done
from htx_cli.domain.model import Period
from htx_cli.terminal.command import command
from htx_cli.terminal.options import (
    AsOf,
    ProvinceName,
    ThisYear,
    Year,
    argument,
    complete_from,
    flag,
)
from htx_cli.terminal.questions import Choice, named
from htx_cli.terminal.session import Answer, Session
from htx_cli.text.errors import UsageError
from htx_cli.text.words import PERIOD_WORDS, mark, t

_SPELLINGS = {
    Period.QUARTER: ("quý", "hằng quý", "hàng quý"),
    Period.HALF_YEAR: ("6 tháng", "sáu tháng", "nửa năm"),
    Period.YEAR: ("năm", "cả năm", "hằng năm"),
}
PERIODS = [Choice(period, PERIOD_WORDS[period], _SPELLINGS[period]) for period in Period]


def _days(text: str) -> int:
    if re.fullmatch(r"[+-]?\d{1,4}", text, re.ASCII):
        return int(text)
    raise UsageError("due_days", value=text)


@command("set-due", "writes")
def set_due(
    session: Session,
    period: Annotated[
        Period,
        argument(
            "|".join(Period),
            mark("The period that figures are sent for."),
            parser=named(PERIODS),
            offers=complete_from(*Period),
        ),
    ],
    days: Annotated[
        int | None,
        argument(
            "DAYS", mark("How many days after its end they are due; -10: before it."), parser=_days
        ),
    ] = None,
    year: ThisYear = None,
    none: Annotated[
        bool, flag("--none", mark("Such periods have no due date any longer."))
    ] = False,
) -> Done[None]:
    """Set when the figures of each quarter, half-year or year are due.

    Where two periods end on the same day, the longer one's due date holds.
    """
    from htx_cli.actions import due

    if (days is None) != none:
        raise UsageError("due_one_of")
    book = session.book()
    return due.set_due(book, session.intent(), year or book.today.year, period, days)


@command("due", "shows")
def due(session: Session, year: Year = None, as_of: AsOf = None) -> object:
    """The due dates of a year, who owes which figures, and since when."""
    from htx_cli.actions import due

    return due.due(session.book(), year, as_of)


@command("remind", "shows")
def remind(
    session: Session, province: ProvinceName, year: Year = None, as_of: AsOf = None
) -> object:
    """A letter to a province, in Vietnamese: which figures it still owes, and since when."""
    from htx_cli.actions import due

    book = session.book()
    reminder = due.reminder(book, province, year, as_of)
    name, leadership = reminder.province.name, reminder.report.leadership
    warnings = []
    if reminder.owed and leadership and leadership.leader == reminder.province:
        warnings.append(Caution("letter_to_leader", {"province": name}))
    if reminder.owed or session.shown_as() in ("json", "ndjson", "csv"):
        return Answer(reminder, warnings)
    session.remark(t("{province} owes nothing: there is no letter to write.", province=name))
    return None
