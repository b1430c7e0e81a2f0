"""The calendar of a year, and the letter to a province that owes figures."""

from collections.abc import Iterable
from datetime import date

from htx_cli.answers import Cell
from htx_cli.duedates import Calendar, Debt, Reminder
from htx_cli.journal import ChangeRow, Glossary, Record
from htx_cli.model import DueDate, Owed, Period
from htx_cli.tables import Column, Grid, Notes, Sheet, Text, clean
from htx_cli.words import PERIOD_WORDS, shown, speaking, t

_QUARTERS = ("I", "II", "III", "IV")


def calendar(calendar: Calendar, room: int | None) -> Sheet:
    """The due dates, then who owes what."""
    dates = [
        Column(t("period")),
        Column(t("figures as of")),
        Column(t("due")),
        Column(t("still owe"), right=True),
    ]
    rows: list[list[Text]] = [
        [period_words(each), shown(each.last_day), shown(each.due), _owing(calendar, each)]
        for each in calendar.dates
    ]
    blocks: list[Grid | Notes] = [Grid(dates, rows)]
    if calendar.debts:
        columns = [
            Column(t("province")),
            Column(t("figures as of")),
            Column(t("due")),
            Column(t("late")),
            Column(t("targets"), flexible=True),
        ]
        owed: list[list[Text]] = [_debt(debt) for debt in calendar.debts]
        blocks.append(Grid(columns, owed, title=t("Owed")))
    else:
        blocks.append(Notes([t("Nobody owes anything.")]))
    title = f"{clean(calendar.cluster.name)} · {calendar.year} · {shown(calendar.on)}"
    return Sheet(title, blocks)


def period_words(due: DueDate) -> str:
    """`quarter II`, `first half-year`, `year`."""
    if due.rule.period is Period.QUARTER:
        return t("quarter {number}", number=_QUARTERS[due.last_day.month // 3 - 1])
    if due.rule.period is Period.HALF_YEAR:
        return t("first half-year") if due.last_day.month == 6 else t("second half-year")
    return t("year")


def _owing(calendar: Calendar, due: DueDate) -> str:
    """How many provinces still owe its figures, if anybody could by now."""
    count = len({debt.province for debt in calendar.debts if due in debt.owed.dates})
    return str(count) if min(due.last_day, due.due) < calendar.on else ""


def _debt(debt: Debt) -> list[Text]:
    owed = debt.owed
    days = shown(owed.last.last_day), shown(owed.since.due)
    return [clean(debt.province.name), *days, _late(owed), _codes(debt.cells)]


def _late(owed: Owed) -> str:
    if owed.late:
        return t("{days} days", days=str(owed.days_late))
    return t("not yet")


def _codes(cells: Iterable[Cell]) -> str:
    return ", ".join(cell.target.code for cell in cells)


def late_lines(cells: Iterable[Cell]) -> list[str]:
    """Under a report: what is late, province by province, with the due date that passed."""
    found: dict[tuple[str, Owed], list[str]] = {}
    for cell in cells:
        if cell.owed and cell.owed.late:
            place = (clean(cell.province.name), cell.owed)
            found.setdefault(place, []).append(cell.target.code)
    return [
        t(
            "{province}: {codes} (due {due}, {days} days late)",
            province=name,
            codes=codes,
            due=owed.since.due,
            days=str(owed.days_late),
        )
        for (name, owed), codes in found.items()
    ]


def late_line(cell: Cell) -> list[str]:
    """That one figure is late."""
    if cell.owed is None or not cell.owed.late:
        return []
    owed = cell.owed
    what = {"days": str(owed.days_late), "due": owed.since.due, "day": owed.last.last_day}
    return [t("late by {days} days: a figure as of {day} is owed since {due}", **what)]


def rule_told(row: ChangeRow, record: Record, glossary: Glossary) -> str:
    """What the journal tells of a rule."""
    what = {"period": t(PERIOD_WORDS[record["period"]]), "year": str(record["year"])}
    if row.after is None:
        return t("figures of each {period} of {year} have no due date", **what)
    days = int(record["days"])
    what["days"] = str(abs(days))
    if days < 0:
        return t("figures of each {period} of {year} are due {days} days before its end", **what)
    return t("figures of each {period} of {year} are due {days} days after its end", **what)


# -- the letter ------------------------------------------------------------------------------------


def reminder(reminder: Reminder, room: int | None) -> Sheet:
    """The letter, in Vietnamese whichever language is spoken."""
    with speaking("vi"):
        head = t("SOCIALIST REPUBLIC OF VIET NAM"), [t("Independence - Freedom - Happiness")]
        return Sheet(head[0], [Notes(lines) for lines in _letter(reminder)], head[1])


def _letter(reminder: Reminder) -> list[list[str]]:
    """Its paragraphs: who writes, about what, to whom, what is missing, how to send it."""
    report = reminder.report
    led_by = report.leadership.leader if report.leadership else None
    leader = led_by.name if led_by else None
    day = t("day {day} month {month} year {year}", **_parts(reminder.on))
    subject = t("Re: missing figures of the emulation targets of {year}", year=str(report.year))
    name = clean(reminder.province.name)
    return [
        [clean(report.cluster.name), *_by_leader(leader)],
        [f"{clean(leader)}, {day}" if leader else day, subject],
        [t("To: the Cooperative Alliance of {province}", province=name)],
        [_ground(reminder)],
        *_missing(reminder),
        [_how(reminder)],
        [t("With respect."), t("FOR THE LEADER OF THE CLUSTER")],
    ]


def _by_leader(leader: str | None) -> list[str]:
    if leader is None:
        return []
    return [t("Leader of the cluster: the Cooperative Alliance of {province}", province=leader)]


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
        return [[_item(cell) for cell in reminder.missing]]
    return [[_until(debt), *map(_item, debt.cells)] for debt in reminder.debts]


def _until(debt: Debt) -> str:
    what = {"day": debt.owed.last.last_day, "due": debt.owed.since.due}
    if debt.owed.late:
        days = str(debt.owed.days_late)
        return t("Figures as of {day}, late since {due} ({days} days):", **what, days=days)
    return t("Figures as of {day}, due on {due}:", **what)


def _item(cell: Cell) -> str:
    what = {"code": cell.target.code, "title": clean(cell.target.title)}
    if cell.result:
        return t("{code}: {title} (last figure: as of {day})", **what, day=cell.result.as_of)
    return t("{code}: {title}", **what)


def _how(reminder: Reminder) -> str:
    last = max((d.owed.since.due for d in reminder.debts if not d.owed.late), default=None)
    if last and not any(debt.owed.late for debt in reminder.debts):
        return t(
            "Please send them by {day}, in the cluster's workbook or as a table of target, figure,"
            " date and source, to the leader of the cluster, who adds them up.",
            day=last,
        )
    return t(
        "Please send them soon, in the cluster's workbook or as a table of target, figure, date and"
        " source, to the leader of the cluster, who adds them up."
    )
