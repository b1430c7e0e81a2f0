"""Plan for reading a table: where its heading stands, and what is in which column.

Every shape is one: columns that say something of the whole row (the *fixed* ones), and groups of
columns with the parts of one figure. A long table has one group; in a wide one each group belongs to
a target or to a province, which its heading names.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from msgspec import Struct, field
from msgspec.structs import replace

from htx_cli.domain.targets import PER_CENT
from htx_cli.intake.rows import Raw, Table, letter
from htx_cli.intake.tables.headings import COLUMNS, FIGURE, Headings, Meaning, named
from htx_cli.text.errors import NotFound, Problem, Rejected

Cells = Sequence[Raw]
LABELS = ("province", "target")
_SPREADING = ("value", "target", "province")  # what may stand over several targets or provinces
_NUMBERING = re.compile(r"\(?(?:(\d{1,2})|[A-Z])\)?(?:\s*=.*)?")
_LABELS_LOOKED_AT = 5  # cells below a heading that tell what a column without one holds


class Group(Struct):
    """The columns of one figure: where its parts stand, and what the heading says of all of them."""

    key: dict[str, str] = field(default_factory=dict)  # target or province, named by the heading
    place: str | None = None  # the cell of the heading that names it
    parts: dict[str, int] = field(default_factory=dict)
    total: bool = False


class ReadingPlan(Struct):
    """The plan for a table: where its heading ends, which columns are fixed, which are grouped."""

    first: int  # rows of the heading: from here …
    last: int  # … to here, in the rows looked at
    fixed: dict[str, int] = field(default_factory=dict)
    titles: list[int] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    unknown: dict[int, str] = field(default_factory=dict)
    twice: dict[int, str] = field(default_factory=dict)
    width: int = 0
    unit: int | None = None  # the column that states each row's unit
    plans: bool = False  # a column says what was asked for
    labelled: bool = False  # the heading itself says what the rows are
    sure: bool = False  # its last row cannot be one of figures

    @property
    def long(self) -> bool:
        """Tell whether each row is one figure."""
        return not any(group.key for group in self.groups)

    def understood(self) -> int:
        """Count the columns that mean something."""
        return len(self.fixed) + len(self.titles) + sum(len(g.parts) for g in self.groups)

    def missing(self, given: Mapping[str, str]) -> list[str]:
        """The columns without which no figure has its place."""
        said = {*self.fixed, *given}
        kinds = {kind for group in self.groups for kind in group.key}
        said |= kinds
        if self.titles:
            said.add("target")
        figures = any({"value", "rate"} & set(group.parts) for group in self.groups)
        return [c for c in ("province", "target") if c not in said] + ([] if figures else ["value"])


class Unheaded(Rejected):
    """A table without a heading that can be understood.

    `understood` is how many columns were; `near` says that only one thing is missing, and that a
    heading which means nothing could be it.
    """

    def __init__(self, problems: Sequence[Problem], understood: int, near: bool) -> None:
        files = problems[0].file or "rows"
        super().__init__("problems", tuple(problems), count=str(len(problems)), files=files)
        self.understood = understood
        self.near = near


def text_of(cell: Raw) -> str:
    """Return what a cell says, without spaces around it; nothing for an empty one."""
    return "" if cell is None else str(cell).strip()


def is_numbering(cells: Cells) -> bool:
    """The row of column numbers that official tables have under their heading: (1) (2) (3=2+1)."""
    texts = [text for cell in cells if (text := text_of(cell))]
    found = [_NUMBERING.fullmatch(text) for text in texts]
    numbers = [int(match[1]) for match in found if match and match[1]]
    return len(texts) > 2 and all(found) and numbers == [*range(1, len(numbers) + 1)]


# -- the heading -----------------------------------------------------------------------------------


def understand(
    table: Table,
    looked: Sequence[tuple[int, Cells]],
    headings: Headings,
    year: int,
    given: Mapping[str, str],
) -> ReadingPlan:
    """The best reading of one row, or of two or three that belong together, as the heading.

    `looked` are the first rows that are not empty; `given` are columns that the options name for
    every row. Raises Unheaded if no heading can be understood.
    """
    meaning = cache(lambda text: headings.meaning(text, year) if text else None)
    plans = []
    for at in range(len(looked)):
        for last in (at, at + 1, at + 2):
            if last < len(looked) and (plan := _read_heading(looked, at, last, headings, meaning)):
                _look_below(plan, looked, meaning, given)
                plans.append(plan)
    sure = {plan.first: plan.last for plan in plans if plan.sure}  # the longest of each
    plans = [plan for plan in plans if plan.last >= sure.get(plan.first, plan.last)]
    first = min((plan.first for plan in plans if plan.labelled), default=len(looked))
    plans = [plan for plan in plans if plan.labelled or plan.first <= first]  # below it is data
    good = [plan for plan in plans if not plan.missing(given)]
    if good:
        return max(good, key=lambda plan: plan.understood() - len(plan.unknown))
    if not headings.targets and not any(plan.long and plan.understood() > 1 for plan in plans):
        if headings.signed_in:
            known = {"year": str(year), "other": str(headings.signed_in)}
            raise NotFound("year_other", **known)
        raise NotFound("year_empty", year=str(year))
    raise _unheaded(table, looked, plans, given)


def _unheaded(
    table: Table,
    looked: Sequence[tuple[int, Cells]],
    plans: Sequence[ReadingPlan],
    given: Mapping[str, str],
) -> Unheaded:
    """Say what keeps the nearest reading from being one: its strange headings, what is missing."""
    nearest = max(plans, key=ReadingPlan.understood, default=None)
    number = looked[nearest.last][0] if nearest else looked[0][0]
    if nearest is None or nearest.understood() < 2:
        values: dict[str, object] = {"known": named(COLUMNS)}
        problem = Problem("heading_missing", values, table.file, table.sheet, number)
        return Unheaded([problem], nearest.understood() if nearest else 0, False)
    strange = [_heading_problem(table, looked, nearest, at) for at in sorted(nearest.unknown)]
    missing = nearest.missing(given)
    names = {"known": named(missing)}
    code = "province_missing" if missing == ["province"] else "columns_missing"
    problem = Problem(code, names, table.file, table.sheet, number)
    near = bool(strange) and len(missing) == 1
    return Unheaded([*strange, problem], nearest.understood(), near)


class _NoHeading(Exception):
    """The second of two rows is not a part of the heading."""


def _read_heading(
    looked: Sequence[tuple[int, Cells]],
    first: int,
    last: int,
    headings: Headings,
    meaning: Callable[[str], Meaning | None],
) -> ReadingPlan | None:
    """These rows as a heading; None if they, or the last of them, cannot be one."""
    if is_numbering(looked[first][1]):
        return None
    rows = [[text_of(cell) for cell in cells] for _, cells in looked[first : last + 1]]
    width = max(map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    top, below = rows[0], rows[-1] if last > first else [""] * width
    if len(rows) == 3:  # the first is a title of some columns, and the label of the others
        top = [middle or ("" if low else high) for high, middle, low in zip(*rows, strict=True)]
        if not _continues(rows[0], rows[1], meaning) or not _continues(top, below, meaning):
            return None
    plan = ReadingPlan(first, last, width=width)
    over = ""  # the heading that a merged cell spreads over the columns to its right
    surely = _continues(top, below, meaning)
    for at in range(width):
        over = top[at] or (over if below[at] else "")
        try:
            found = _of_column(top[at], below[at], over, surely, headings, meaning)
        except _NoHeading:
            return None
        text = below[at] or top[at]
        written = max((n for n, row in enumerate(rows) if row[at]), default=0)
        _place(plan, at, text, f"{letter(at)}{looked[first + written][0]}", found)
    if not plan.long:  # beside figures with a target or province of their own, these have none
        for group in [group for group in plan.groups if not group.key and not group.total]:
            plan.groups.remove(group)
            plan.unknown |= {at: below[at] or top[at] for at in group.parts.values()}
    for group in plan.groups if plan.plans else ():  # how much of the plan is done, or the figure?
        if (at := group.parts.pop("rate", -1)) >= 0:
            plan.unknown[at] = below[at] or top[at]
    plan.groups = [group for group in plan.groups if group.parts]
    kinds = {kind for group in plan.groups for kind in group.key}
    plan.labelled = bool(plan.fixed or plan.titles)
    plan.sure = surely
    return plan if len(kinds) < 2 else None  # provinces and targets side by side are data


def _continues(
    top: Sequence[str], below: Sequence[str], meaning: Callable[[str], Meaning | None]
) -> bool:
    """Tell whether the lower row is surely a part of the heading: it has nothing where the rows below
    have their names, and no figure.
    """
    found = [meaning(text) for text in top]
    labels = [at for at, of in enumerate(found) if of and (of.title or of.column in LABELS)]
    bare = not any(below[at] for at in labels) if below else False
    return bool(labels) and bare and any(below) and not any(text[:1].isdigit() for text in below)


def _of_column(
    top: str,
    below: str,
    over: str,
    surely: bool,
    headings: Headings,
    meaning: Callable[[str], Meaning | None],
) -> Meaning | None:
    """Return what a column means by its one or two headings. Raises _NoHeading if the lower is data."""
    if not below:
        return meaning(top)
    upper, lower = meaning(over), meaning(below)
    if upper and (upper.target or upper.province):
        if lower and (lower.skip or lower.total) and surely:
            return lower
        if lower and lower.column in FIGURE and not lower.target:
            return replace(upper, column=lower.column, per_cent=upper.per_cent or "%" in below)
        if upper.target and surely and (part := headings.part(below, upper.target)):
            return replace(upper, column=part)
        if surely:
            return None
        raise _NoHeading
    if upper and top and (upper.column not in _SPREADING or lower is None or lower.column):
        raise _NoHeading
    return lower


def _place(plan: ReadingPlan, at: int, text: str, place: str, found: Meaning | None) -> None:
    """Enter a column into the plan."""
    if not text:
        return
    if found is None:
        plan.unknown[at] = text
    elif found.title:
        plan.titles.append(at)
    elif found.unit:
        plan.unit = at
    elif found.skip:
        plan.plans = plan.plans or found.plan
    elif found.target or found.province or found.total:
        _place_figure(plan, at, text, place, found)
    elif found.column in FIGURE:
        if not plan.groups or plan.groups[-1].key:
            plan.groups.append(Group())
        _unless_twice(plan, plan.groups[-1].parts, found.column or "", at, text)
    elif found.column == "target" and "target" in plan.fixed:
        plan.titles.append(at)  # *mã* and *chỉ tiêu* side by side: a code and its title
    elif found.column:
        _unless_twice(plan, plan.fixed, found.column, at, text)


def _place_figure(plan: ReadingPlan, at: int, text: str, place: str, found: Meaning) -> None:
    key = {}
    if found.target:
        key = {"target": found.target.code}
    elif found.province:
        key = {"province": found.province.id}
    same = next((g for g in plan.groups if g.key == key and g.total == found.total), None)
    if same is None:
        same = Group(key, place, {}, found.total)
        plan.groups.append(same)
    kind = found.target.kind if found.target else None
    bare = "rate" if found.per_cent and kind in PER_CENT else "value"
    _unless_twice(plan, same.parts, found.column or bare, at, text)


def _unless_twice(
    plan: ReadingPlan, columns: dict[str, int], column: str, at: int, text: str
) -> None:
    if column in columns:
        plan.twice[at] = text
    else:
        columns[column] = at


def _look_below(
    plan: ReadingPlan,
    looked: Sequence[tuple[int, Cells]],
    meaning: Callable[[str], Meaning | None],
    given: Mapping[str, str],
) -> None:
    """Look into the cells for provinces or targets, where no heading says which column names them."""
    for column in {"province", "target"} & set(plan.missing(given)):
        for at in range(plan.width):
            cells = [text_of(cells[at]) for _, cells in looked[plan.last + 1 :] if at < len(cells)]
            labels = [cell for cell in cells if cell][:_LABELS_LOOKED_AT]
            if all(cell.isdigit() for cell in labels):  # 5 is a code, but rather a figure
                continue
            if all((label := meaning(cell)) and getattr(label, column) for cell in labels):
                plan.unknown.pop(at, None)
                plan.fixed[column] = at
                break


def _heading_problem(
    table: Table, looked: Sequence[tuple[int, Cells]], plan: ReadingPlan, at: int
) -> Problem:
    text = plan.unknown[at]
    number = looked[plan.last][0]
    return Problem(
        "column_unknown",
        {"value": text[:60]},
        table.file,
        table.sheet,
        number,
        f"{letter(at)}{number}",
        None,
        text,
    )
