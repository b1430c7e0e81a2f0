"""Sentences about due dates: periods, who is late, and how an Alliance is addressed in a letter."""

from collections.abc import Iterable, Iterator

from htx_cli.domain.model import DueDate, DueRule, Owed, Period, Province
from htx_cli.domain.records import Alteration
from htx_cli.domain.report import Cell
from htx_cli.output.layout import clean
from htx_cli.text.words import PERIOD_WORDS, shown, t

_QUARTERS = ("I", "II", "III", "IV")


def period_words(due: DueDate) -> str:
    """`quarter II`, `first half-year`, `year`."""
    if due.rule.period is Period.QUARTER:
        return t("quarter {number}", number=_QUARTERS[due.last_day.month // 3 - 1])
    if due.rule.period is Period.HALF_YEAR:
        return t("first half-year") if due.last_day.month == 6 else t("second half-year")
    return t("year")


def codes(cells: Iterable[Cell]) -> str:
    """List the codes of the targets of cells."""
    return ", ".join(cell.target.code for cell in cells)


def late_since(owed: Owed) -> str:
    """The due date that was missed first; of another period than the one asked for with its name."""
    if owed.since is None:
        return ""
    day = shown(owed.since.due)
    return day if owed.since == owed.asked else f"{day} ({period_words(owed.since)})"


def debtor(province: Province, owed: Owed) -> str:
    """The province, with those that it came of where they owed the figures of their time."""
    return clean(province.name) + (f" ({before})" if (before := _before(province, owed)) else "")


def _before(province: Province, owed: Owed) -> str:
    if not owed.former:
        return ""
    names = ", ".join(clean(each.name) for each in owed.former)
    return t("before {day}: the former {provinces}", day=province.first_day, provinces=names)


def _late_words(owed: Owed) -> str:
    """Say which figure is late by how much; if an earlier one is missing too, since when."""
    asked = owed.asked
    what = {"period": period_words(asked), "day": asked.last_day, "due": asked.due}
    days = str(owed.days_late)
    late = t("{period} (as of {day}), due {due}, {days} days late", **what, days=days)
    if owed.since in (None, asked):
        return late
    return t("{late}; first due {since}", late=late, since=late_since(owed))


def late_lines(cells: Iterable[Cell]) -> list[str]:
    """For under a report: the provinces that are late, by period, with the number of targets."""
    found: dict[str, dict[str, int]] = {}
    for owed, province, each in _late(cells):
        found.setdefault(_late_words(owed), {})[debtor(province, owed)] = len(each)
    return [
        f"{late}: {'; '.join(f'{name} ({count})' for name, count in names.items())}"
        for late, names in found.items()
    ]


def late_codes(cells: Iterable[Cell]) -> list[str]:
    """For under the figures of one province: the targets that are late, period by period."""
    return [
        f"{late_in_full(province, owed)}: {codes(each)}" for owed, province, each in _late(cells)
    ]


def late_in_full(province: Province, owed: Owed) -> str:
    """Say which figure is late by how much, and who owed it before a merger."""
    before = _before(province, owed)
    return f"{_late_words(owed)}; {before}" if before else _late_words(owed)


def _late(cells: Iterable[Cell]) -> Iterator[tuple[Owed, Province, list[Cell]]]:
    found: dict[tuple[Owed, Province], list[Cell]] = {}
    for cell in cells:
        if cell.owed and cell.owed.since:
            found.setdefault((cell.owed, cell.province), []).append(cell)
    return ((owed, province, each) for (owed, province), each in found.items())


def late_line(cell: Cell) -> list[str]:
    """Say that one figure is late."""
    if cell.owed is None or cell.owed.since is None:
        return []
    return [t("owed: {late}", late=late_in_full(cell.province, cell.owed))]


def due_rule_told(altered: Alteration[DueRule]) -> str:
    """Say when the figures of a period are due from now on."""
    rule = altered.value
    what = {"period": t(PERIOD_WORDS[rule.period]), "year": str(altered.year)}
    if altered.after is None:
        return t("figures of each {period} of {year} have no due date", **what)
    what["days"] = str(abs(rule.days))
    if rule.days < 0:
        return t("figures of each {period} of {year} are due {days} days before its end", **what)
    return t("figures of each {period} of {year} are due {days} days after its end", **what)


_NAMED_AFTER_A_PERSON = (
    "79"  # Thành phố Hồ Chí Minh: Decree 30/2020/NĐ-CP, Appendix II, writes it so
)


def alliance(province: Province) -> str:
    """The Cooperative Alliance of a province or city; a unit that no register has is named as it is."""
    name = clean(province.name)
    if province.code == _NAMED_AFTER_A_PERSON:
        return t("the Cooperative Alliance of the City of {name}", name=name)
    if province.is_city:
        return t("the Cooperative Alliance of the city of {name}", name=name)
    if province.code:
        return t("the Cooperative Alliance of the province of {name}", name=name)
    return t("the Cooperative Alliance of {name}", name=name)
