"""Texts around a table: titles, sections and names of sheets may contradict its figures."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date

from msgspec import Struct

from htx_cli.domain.changes import Caution
from htx_cli.domain.model import Cluster, Target
from htx_cli.intake.figures import same_scale
from htx_cli.intake.rows import Row, Table
from htx_cli.text import vietnamese
from htx_cli.text.errors import Problem, Rejected
from htx_cli.text.vietnamese import folded

_DAYS = re.compile(
    r"(đến\s+(?:hết\s+)?)?("
    r"(?:ngày\s+)?\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{4}|(?:ngày\s+)?\d{4}-\d{2}-\d{2}"
    r"|(?:ngày\s+)?\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}|quý\s+(?:[1-4]|i{1,3}|iv)\s*(?:/|năm)?\s*\d{4})",
    re.I,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ESTIMATE = re.compile(r"\b(?:uoc|du kien)\b")
_PLAN = re.compile(r"\b(?:ke hoach|muc tieu|phan dau)\b")
_UNIT = re.compile(r"(?:đvt|đơn vị tính)\s*:\s*([^);,.]+)", re.I)


class Around(Struct, frozen=True):
    """Statements of a text beside a table: years, days, that its figures are estimates or plans, a unit."""

    years: frozenset[int]
    days: frozenset[date]
    estimate: bool
    plan: bool
    unit: str | None

    def other_year(self, year: int) -> int | None:
        """A year that it names, if it does not name the table's own."""
        named = self.years | {day.year for day in self.days}
        return None if not named or year in named else min(self.years, default=None)

    def other_day(self, day: date) -> date | None:
        """The one day that it names, if it is another day."""
        return next(iter(self.days)) if len(self.days) == 1 and day not in self.days else None


def around(text: str) -> Around:
    """Read what a text says. The place and day of a signature say nothing of the figures' year."""
    days = {day for until, found in _DAYS.findall(text) for day in _days(until, found)}
    rest = _DAYS.sub(" ", text)
    plain = folded(text)
    unit = _UNIT.search(text)
    return Around(
        frozenset(int(year) for year in _YEAR.findall(rest)),
        frozenset(days),
        bool(_ESTIMATE.search(plain)),
        bool(_PLAN.search(plain)),
        unit[1].strip() if unit else None,
    )


def _days(until: str, text: str) -> Iterator[date]:
    """The day that figures are said to reach: *đến 30/6/2021*, *quý 2/2021*; not that of a letter."""
    if not until and not text.casefold().startswith("quý"):
        return
    bare = re.sub(r"^ngày\s+(?=\S+[/.\-])", "", re.sub(r"\s*([/.\-])\s*", r"\1", text), flags=re.I)
    try:
        yield vietnamese.day(bare)
    except Rejected:
        return


class Frame(Struct, frozen=True):
    """Defaults of a table for its rows, and whether an option said so."""

    year: int
    as_of: date
    cluster: Cluster | None = None
    year_said: bool = False
    as_of_said: bool = False
    estimate: bool = False


def contradictions(
    frame: Frame,
    table: Table,
    texts: Sequence[tuple[int, str]],
    columns: Collection[str],
    targets: Sequence[Target],
) -> Iterator[Row]:
    """Find titles above a table, with their rows, that speak of other figures than it would be read as.

    `targets` are those that its headings name. What an option decided, and a unit that may be
    another target's, is only warned of; otherwise it is asked for.
    """
    said = around(" · ".join(text for _, text in texts))
    if {"year", "as_of"}.isdisjoint(columns) and (other := said.other_year(frame.year)):
        place = _naming(texts, lambda each: other in each.years)
        values: dict[str, object] = {"text": place[1], "year": str(frame.year)}
        yield _say(table, "title_year", values, place[0], frame.year_said or frame.as_of_said)
    elif "as_of" not in columns and (day := said.other_day(frame.as_of)):
        place = _naming(texts, lambda each: day in each.days)
        values = {"text": place[1], "as_of": frame.as_of}
        yield _say(table, "title_day", values, place[0], frame.as_of_said)
    if said.estimate and "basis" not in columns and not frame.estimate:
        place = _naming(texts, lambda each: each.estimate)
        yield _say(table, "title_estimate", {"text": place[1]}, place[0], True)
    for target in targets if said.unit else ():
        if target.unit and said.unit and not same_scale(said.unit, target.unit):
            values = {"text": said.unit, "code": target.code, "unit": target.unit}
            yield _say(table, "title_unit", values, 0, True)


def _naming(texts: Sequence[tuple[int, str]], names: Callable[[Around], bool]) -> tuple[int, str]:
    return next(((row, text[:80]) for row, text in texts if names(around(text))), (0, ""))


def _say(table: Table, code: str, values: dict[str, object], row: int, decided: bool) -> Row:
    if decided:
        caution = Caution(code, values, row or None, table.file, table.sheet)
        return Row(row, {}, table.file, table.sheet, aside=caution)
    problem = Problem(code, values, table.file, table.sheet, row or None)
    return Row(row, {}, table.file, table.sheet, broken=problem)
