"""The calendar of a year, and the letter to a province that owes figures."""

from datetime import date

from htx_cli.domain.due import Calendar, Debt, Reminder
from htx_cli.domain.model import DueDate, Province
from htx_cli.domain.report import Cell
from htx_cli.output.layout import Grid, Notes, Sheet, Text, clean, headings
from htx_cli.output.wording.due import (
    alliance,
    codes,
    debtor,
    late_in_full,
    late_since,
    period_words,
)
from htx_cli.text.words import shown, speaking, t


def sheet(asked: Calendar | Reminder, room: int | None) -> Sheet:
    """The calendar of a year, or the letter."""
    return _calendar(asked) if isinstance(asked, Calendar) else _letter(asked)


def _calendar(calendar: Calendar) -> Sheet:
    """The due dates, then who owes what."""
    dates = headings("lllr", t("period"), t("figures as of"), t("due"), t("still owe"))
    rows: list[list[Text]] = [
        [period_words(each), shown(each.last_day), shown(each.due), _owing(calendar, each)]
        for each in calendar.dates
    ]
    blocks: list[Grid | Notes] = [Grid(dates, rows)]
    if calendar.debts:
        columns = headings(
            "lllllf", t("province"), t("figures as of"), t("due"), t("late"), t("first due"),
            t("targets"),
        )  # fmt: skip
        owed: list[list[Text]] = [_debt(debt) for debt in calendar.debts]
        blocks.append(Grid(columns, owed, title=t("Owed")))
    else:
        blocks.append(Notes([t("Nobody owes anything.")]))
    title = f"{clean(calendar.cluster.name)} · {calendar.year} · {shown(calendar.on)}"
    return Sheet(title, blocks)


def _owing(calendar: Calendar, due: DueDate) -> str:
    """Count the provinces that still owe the figures, if anybody could by now."""
    count = len({debt.province for debt in calendar.debts if due in debt.owed.dates})
    return str(count) if min(due.last_day, due.due) < calendar.on else ""


def _debt(debt: Debt) -> list[Text]:
    owed = debt.owed
    days = shown(owed.asked.last_day), shown(owed.asked.due)
    late = t("{days} days", days=str(owed.days_late)) if owed.since else t("not yet")
    return [debtor(debt.province, owed), *days, late, late_since(owed), codes(debt.cells)]


# -- the letter ------------------------------------------------------------------------------------


def _letter(reminder: Reminder) -> Sheet:
    """The letter, in Vietnamese whichever language is spoken."""
    with speaking("vi"):
        head = t("SOCIALIST REPUBLIC OF VIET NAM"), [t("Independence - Freedom - Happiness")]
        return Sheet(
            head[0], [Notes(lines) for lines in _paragraphs(reminder)], head[1], spaced=True
        )


def _paragraphs(reminder: Reminder) -> list[list[str]]:
    """Its paragraphs: who writes, about what, to whom, what is missing, how to send it.

    Its parts are those of an official letter (Nghị định 30/2020/NĐ-CP, phụ lục I); the number is left
    to be filled in.
    """
    report = reminder.report
    led_by = report.leadership.leader if report.leadership else None
    place = f"{clean(led_by.name)}, " if led_by else ""
    day = t("day {day} month {month} year {year}", **_parts(reminder.on))
    subject = t("Re: missing figures of the emulation targets of {year}", year=str(report.year))
    return [
        [clean(report.cluster.name), *_by_leader(led_by), t("No.: ……/……")],
        [f"{place}{day}", subject],
        [t("To: {whom}", whom=alliance(reminder.province))],
        [_ground(reminder)],
        *_missing(reminder),
        [_how(reminder)],
        [t("With respect.")],
        [t("FOR THE LEADER OF THE CLUSTER")],
        [t("Recipients:"), t("- as above;"), t("- filed.")],
    ]


def _by_leader(leader: Province | None) -> list[str]:
    return [t("Leader of the cluster: {who}", who=alliance(leader))] if leader else []


def _parts(day: date) -> dict[str, str]:
    month = f"{day.month:02}" if day.month < 3 else str(day.month)  # as official letters write it
    return {"day": f"{day:%d}", "month": month, "year": str(day.year)}


def _ground(reminder: Reminder) -> str:
    what = {"year": str(reminder.report.year), "cluster": reminder.report.cluster.name}
    if reminder.signed_on:
        return t(
            "By the pact of {year} of {cluster}, signed on {day}, the leader of the cluster has not"
            " received these figures of your Alliance yet:",
            **what,
            day=reminder.signed_on,
        )
    return t(
        "By the pact of {year} of {cluster}, the leader of the cluster has not received these figures"
        " of your Alliance yet:",
        **what,
    )


def _missing(reminder: Reminder) -> list[list[str]]:
    if not reminder.debts:
        return [[_item(cell, date(reminder.report.year, 12, 31)) for cell in reminder.missing]]
    return [
        [_until(debt), *(_item(cell, debt.owed.asked.last_day) for cell in debt.cells)]
        for debt in reminder.debts
    ]


def _until(debt: Debt) -> str:
    owed, asked = debt.owed, debt.owed.asked
    if owed.since:
        return t("Figures of {late}:", late=late_in_full(debt.province, owed))
    what = {"period": period_words(asked), "day": asked.last_day, "due": asked.due}
    return t("Figures of {period} (as of {day}), due on {due}:", **what)


def _item(cell: Cell, asked: date) -> str:
    """The target, with the day of its last figure unless that is later than the one asked for: it is
    then of another of the provinces that this one came of."""
    what = {"code": cell.target.code, "title": clean(cell.target.title)}
    if cell.result and cell.result.as_of <= asked:
        return t("{code}: {title} (last figure: as of {day})", **what, day=cell.result.as_of)
    return t("{code}: {title}", **what)


def _how(reminder: Reminder) -> str:
    last = max((debt.owed.asked.due for debt in reminder.debts), default=None)
    if last and not any(debt.owed.since for debt in reminder.debts):
        return t(
            "Please send them by {day}, in the cluster's workbook or as a table of target, figure,"
            " date and source, to the leader of the cluster, who adds them up.",
            day=last,
        )
    return t(
        "Please send them soon, in the cluster's workbook or as a table of target, figure, date and"
        " source, to the leader of the cluster, who adds them up."
    )
