"""What a figure's cell means by all labels that cover it: the nearest holds, for each facet. Pure.

The labels over a column are composed once, the rest (the row's target, sections, titles) for each
target that stands beside it.
"""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct

from htx_cli.domain.model import Province, Target
from htx_cli.domain.targets import PER_CENT, WITH_WHOLE, Kind
from htx_cli.intake.labels import FIGURE, LEFT_OUT, Labels, Said
from htx_cli.intake.lexicon import Unit
from htx_cli.intake.periods import TimeSpan
from htx_cli.intake.tables.around import Around, Frame
from htx_cli.intake.titles import Option

FIGURES, TOTAL, SKIPPED, UNKNOWN = "figures", "total", "skipped", "unknown"  # uses of a column
PARTS = (*FIGURE, "share", "growth")
LAST_YEAR, OTHER_YEAR = "last year", "other year"  # roles that a year gives


class HeadedColumn(Struct):
    """What stands under a heading: its use, and for figures all facets of the labels over it."""

    at: int
    text: str  # the lowest label
    place: str  # its cell
    use: str = FIGURES
    code: str = "column_unknown"  # what is asked if it is not known
    options: tuple[Option, ...] = ()
    province: Province | None = None
    role: str | None = None  # result, plan, comparison, points
    part: str | None = None  # value, of, base, rate, share, growth
    years: tuple[int, ...] = ()
    last_year: bool = False
    period: TimeSpan | None = None
    period_text: str = ""
    running: bool = False
    estimate: bool = False
    unit: Unit | None = None
    mapped: bool = False
    base_beside: bool = False
    beside: bool = False  # a column of values of the same target stands beside it

    @property
    def target(self) -> Target | None:
        """The one target that its labels name."""
        return self.options[0][0] if len({t.code for t, _ in self.options}) == 1 else None


def compose(at: int, place: str, stack: Sequence[Said], labels: Labels, year: int) -> HeadedColumn:
    """One column by the labels over it, the highest first."""
    low, above = stack[-1], stack[-2::-1]
    column = HeadedColumn(at, low.text, place)
    if low.skip or any(said.skip for said in above):
        column.use = SKIPPED
        return column
    if low.column:
        column.use = low.column
        if low.unit and low.column == "unit":
            column.unit = low.unit
        return column
    if low.row == "total" and not low.options:
        column.use = UNKNOWN if low.rest and "cum" not in low.rest else TOTAL
        return column
    _facets(column, (low, *above))
    over = next((said for said in above if said.options), None)
    target = over.target if over else None
    column.options = _options(low, over)
    column.part = next((part for _, part in column.options[:1] if part), None) or column.part
    if column.part == "of" and column.target and column.target.kind not in WITH_WHOLE:
        column.part = None  # *Tổng số* beside *Trong đó*: the figure itself
    strange = bool(low.rest) or low.empty
    if (target and not column.options) or (strange and target and not low.options):
        assert target is not None and over is not None
        if part := labels.titles.part(low.text, target):
            column.options, column.part, strange = over.options, part, False
    if low.row == "part" or any(said.row == "part" for said in above):
        column.role, strange = "part", False
    doubtful = len(low.roles) > 1 or (low.options and over and not column.options)
    if column.role in ("comparison", "points") and not doubtful:
        strange = False  # never read, whatever it compares
    narrow = next((said for said in above if said.row == "narrow"), None)
    if narrow and not strange:
        column.text = narrow.text
    if strange or doubtful or narrow or (over and over.rest) or low.row == "furniture":
        column.use = UNKNOWN
    return column


def _facets(column: HeadedColumn, nearest_first: Sequence[Said]) -> None:
    """Each facet from the nearest label that says it."""
    for said in nearest_first:
        role, part = (None, said.role) if said.role in PARTS else (said.role, None)
        if len(said.roles) > 1:
            role = part = None
        column.role = column.role or role
        if not (column.role and role != column.role):
            column.part = column.part or part
        if said.period and not column.period:
            column.period, column.period_text = said.period, said.text
        if not column.years and not column.last_year:
            column.years, column.last_year = said.years, said.last_year
        column.running = column.running or said.running
        column.estimate = column.estimate or said.estimate
        column.unit = column.unit or said.unit
        column.province = column.province or said.province
        column.mapped = column.mapped or said.mapped


def _options(low: Said, over: Said | None) -> tuple[Option, ...]:
    if over is None or not low.options:
        return low.options or (over.options if over else ())
    codes = {target.code for target, _ in over.options}
    return tuple(option for option in low.options if option[0].code in codes)


def settle(columns: Sequence[HeadedColumn]) -> None:
    """Decide between the meanings of a heading by its neighbours, and what cannot be decided.

    `HTX đang hoạt động` beside `Số HTX hoạt động hiệu quả` is its whole, beside `Tổng số HTX` the part.
    """
    figures = [column for column in columns if column.use == FIGURES]
    for column in figures:
        if len({target.code for target, _ in column.options}) < 2:
            continue
        others = [o for c in figures if c is not column and _read(c) for o in c.options]
        fitting = tuple(
            (target, part)
            for target, part in column.options
            if any(t.code == target.code and (p or "value") != part for t, p in others)
        )
        column.options = fitting or column.options
        column.part = column.options[0][1] or column.part
        if column.target is None:
            column.use, column.code = UNKNOWN, "column_two"
    known = {(c.target.code, c.part or "value") for c in figures if c.target and _read(c)}
    for column in figures:
        alone = column.target and (column.target.code, "value") not in known
        if alone and column.part == "of" and _read(column) and not column.mapped:
            column.use, column.code = UNKNOWN, "column_whole"
    based = {column.target for column in figures if column.part == "base"}
    for column in figures:  # beside a base of its own, last year's figure only compares
        if column.target in based and column.part is None and (column.years or column.last_year):
            column.base_beside = True
    _settle_unnamed([column for column in columns if column.use == FIGURES])


def _settle_unnamed(figures: Sequence[HeadedColumn]) -> None:
    """Beside figures with a target or province of their own, those without have none."""
    if any(c.target or c.province for c in figures):
        of = [c for c in figures if c.mapped and c.part == "of" and not c.options]
        part = [c for c in figures if c.target and c.target.kind in WITH_WHOLE and _read(c)]
        if len(of) == 1 and len({c.target.code for c in part if c.target}) == 1:
            of[0].options = ((part[0].options[0][0], "of"),)  # --map "Tổng số=of"
        provinces = any(c.province for c in figures)
        for before, column in pairwise(figures):  # part, whole and rate side by side
            if column.part in ("rate", "share") and not column.options and before.part == "of":
                column.options = before.options
        for column in figures:
            lone = not column.province if provinces else not column.target
            if lone and _read(column) and not (provinces and column.target):
                column.use = UNKNOWN
        if provinces and any(c.target and not c.province and _read(c) for c in figures):
            for column in figures:  # provinces and targets side by side are data
                column.use = UNKNOWN
    for column in figures:  # of what is counted it can only be how much of a plan is done
        column.beside = any(
            c is not column and c.options == column.options and c.province is column.province
            for c in figures
            if _read(c) and c.part in (None, "value") and not c.unit
        )
    plans = any(column.role == "plan" for column in figures)
    for column in figures if plans else ():  # how much of the plan is done, or the figure?
        bare = column.part == "rate" and column.role is None and not column.mapped
        if bare and not any(t.kind in PER_CENT for t, _ in column.options):
            column.use = UNKNOWN


def _read(column: HeadedColumn) -> bool:
    return column.role not in (*LEFT_OUT, "part") and column.use == FIGURES


Question = tuple[str, str, dict[str, object], str]  # its code, the label's text, values and cell


class CellSense(Struct, frozen=True):
    """What cells are: a part of a figure of a day, or left out; or what has to be asked first."""

    role: str
    as_of: date | None = None
    estimate: bool = False
    question: Question | None = None


class Covering(Struct, frozen=True):
    """The labels that cover cells beside those over their column; `dated` rows say their day themselves."""

    frame: Frame
    above: Around
    section: Said
    dated: bool = False

    def cell(self, column: HeadedColumn, target: Target | None) -> CellSense:
        """Return what the cells of a column are to a target: for each facet the nearest label holds."""
        if target is None:
            role = LAST_YEAR if column.last_year else column.part or "value"
            return CellSense(str(role if column.role in (None, "result") else column.role))
        role = role_in(column, target, self.frame.year)
        if role not in FIGURE:
            return CellSense(role)
        if column.role is None and self.section.role != "result":
            whole = self.section.role or (self.above.role.role if self.above.role else None)
            if whole in LEFT_OUT:
                return CellSense(str(whole))
            if self.above.role_doubt:
                return CellSense(role, question=("title_roles", self.above.role_doubt, {}, ""))
        estimate = column.estimate or self.section.estimate or bool(self.above.estimate)
        if self.dated:
            return CellSense(role, None, estimate)
        end, question = self._end(column, target)
        return CellSense(role, end, estimate, question)

    def _end(self, column: HeadedColumn, target: Target) -> tuple[date | None, Question | None]:
        """The last day of the nearest period over a cell, or what has to be asked of it."""
        frame, section, above = self.frame, self.section, self.above
        period, text, place = column.period, column.period_text, column.place
        if period is None:
            said = section if section.period else above.period
            period, text, place = (said.period, said.text, "") if said else (None, "", "")
        if period is None:
            doubt = None if frame.as_of_said else above.period_doubt
            return None, ("title_periods", doubt, {}, "") if doubt else None
        end = period.end(frame.year)
        values: dict[str, object] = {"day": end, "as_of": frame.as_of}
        running = period.running or column.running or section.running or above.running
        counted = target.kind is Kind.COUNT and not target.level
        counted = counted or (target.kind is Kind.TRACKED and not target.of_title)
        if counted and not running and not (frame.as_of_said and end == frame.as_of):
            return None, ("slice_unclear", text, values, place)
        if frame.as_of_said and end != frame.as_of:
            return None, ("title_day", text, values, place)
        return end, None


def role_in(column: HeadedColumn, target: Target, year: int) -> str:
    """Return what a figure under the column is to a target: a part of its figure, or why it is left out."""
    base_year = target.base_year or year - 1
    if column.role in (*LEFT_OUT, "part"):
        return str(column.role)
    years = column.years or ((year - 1,) if column.last_year else ())
    if years and year not in years:
        may_be_base = column.part in (None, "value") and not column.base_beside
        if target.kind is Kind.GROWTH and base_year in years and may_be_base:
            return "base"
        return LAST_YEAR if max(years) < year else OTHER_YEAR
    if column.part in ("growth", "share", "rate") or (
        column.part is None and column.unit and column.unit.kind == "percent"
    ):
        wanted = (Kind.GROWTH,) if column.part == "growth" else PER_CENT
        if target.kind in wanted:
            return "rate"
        compares = column.part == "growth" or column.beside
        return "comparison" if compares else "rate"
    return column.part or "value"
