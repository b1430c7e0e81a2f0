"""A table as a person made it → rows that each hold one figure, with the places of their cells."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain, islice

from htx_cli.domain.changes import Caution
from htx_cli.domain.exchange import EXPORTED
from htx_cli.intake.figures import same_scale
from htx_cli.intake.rows import Raw, Row, Table, letter, rejected
from htx_cli.intake.tables.around import Frame, around, contradictions
from htx_cli.intake.tables.columns import ColumnHabits
from htx_cli.intake.tables.headings import Headings, is_total
from htx_cli.intake.tables.plan import Cells, Group, ReadingPlan, is_numbering, text_of, understand
from htx_cli.intake.tables.totals import Totals
from htx_cli.text import vietnamese
from htx_cli.text.errors import Problem, Rejected

LOOK = 40  # rows from the top in which the heading is looked for
MOST_COLUMNS = 1000
_DASHES = ("-", "–", "—", "…", "...", "/")  # in a cell: not reported
_TEXTS = {"source", "note"}
Wrong = tuple[str, dict[str, object]]  # the code of a problem and its values
_FIGURE = re.compile(r"[-−+]?\s*\d")


def rows(
    table: Table, headings: Headings, frame: Frame, given: Mapping[str, str] | None = None
) -> Iterator[Row]:
    """The figures below the heading, wherever it stands, and what is to be said of the table.

    `given` are columns that the options, or the name of the sheet, say of every row. Raises
    Rejected if there is no table, or no heading that can be understood.
    """
    looked = [(number, cells) for number, cells in islice(table.rows, LOOK) if not _blank(cells)]
    if not looked:
        raise rejected(Problem("file_empty", {}, table.file, table.sheet))
    if any(len(cells) > MOST_COLUMNS for _, cells in looked):
        limit = {"limit": MOST_COLUMNS}
        raise rejected(Problem("columns_many", limit, table.file, table.sheet, looked[0][0]))
    plan = understand(table, looked, headings, frame.year, given or {})
    codes = {group.key.get("target") for group in plan.groups}
    targets = [target for target in headings.targets if target.code in codes]
    titles = _titles(table, plan, looked, headings)
    yield from contradictions(frame, table, titles, plan.fixed, targets)
    reading = _Reading(table, plan, headings, frame, looked, given or {})
    yield from reading.rows(chain(looked[plan.last + 1 :], table.rows))


def _blank(cells: Cells) -> bool:
    return not any(text_of(cell) for cell in cells)


def _titles(
    table: Table, plan: ReadingPlan, looked: Sequence[tuple[int, Cells]], headings: Headings
) -> list[tuple[int, str]]:
    """The sheet's name, what stands above the heading, and what of the heading means nothing."""
    titles = [(0, table.sheet)] if table.sheet else []
    for at, (number, cells) in enumerate(looked[: plan.last]):
        texts = [text for cell in cells if (text := text_of(cell))]
        if at >= plan.first:
            texts = [text for text in texts if headings.meaning(text, 0) is None]
        titles += [(number, text) for text in dict.fromkeys(texts)]
    return titles


class _Reading:
    """One table on its way from cells to figures."""

    def __init__(
        self,
        table: Table,
        plan: ReadingPlan,
        headings: Headings,
        frame: Frame,
        looked: Sequence[tuple[int, Cells]],
        given: Mapping[str, str],
    ) -> None:
        self.table = table
        self.plan = plan
        self.headings = headings
        self.frame = frame
        self.given = {column: text for column, text in given.items() if column not in plan.fixed}
        self.heading_rows = [
            [text_of(cell) for cell in cells] for _, cells in looked[plan.first : plan.last + 1]
        ]
        self.heading_number = looked[plan.last][0]
        self.ours = self.heading_rows[-1] == [*EXPORTED]
        self.habits = ColumnHabits(table, self.heading_number, self.ours)
        self.groups = [(group, _places(plan, group)) for group in plan.groups if not group.total]
        self.figure_columns = {at for group in plan.groups for at in group.parts.values()}
        self.first_figure = min(self.figure_columns, default=plan.width)
        self.labels = {*plan.fixed.values(), *plan.titles}
        beside = {at for column, at in plan.fixed.items() if column not in ("province", "target")}
        self.naming = [at for at in range(self.first_figure) if at not in beside]
        tall = [merged for merged in table.merged if merged.bottom > merged.top]
        self.merged = sorted(tall, key=lambda merged: -merged.top)  # the next one stands last
        self.down: dict[int, tuple[int, Raw]] = {}  # label cells merged over several rows
        self.over: dict[int, int] = {}  # the last row of what is merged over a figure's column
        self.hidden: list[int] = []  # rows
        self.totals = Totals(plan.groups)
        self.section: tuple[int, str] | None = None  # a row that may begin other figures
        self.dashes: list[str] = []
        self.silent: list[int] = []  # rows
        self.left_out: list[int] = []  # rows
        self.broken_off = False  # the row before was empty, or no part of the table
        self.unheaded: list[str] = []
        self.headed = {at for row in self.heading_rows for at, text in enumerate(row) if text}
        self.headed |= self.labels

    def rows(self, body: Iterator[tuple[int, Cells]]) -> Iterator[Row]:
        """Every figure, then what the table as a whole gives cause to say."""
        for at, (number, cells) in enumerate(body):
            if _blank(cells):
                self.broken_off = True
                continue
            if self.is_heading(cells):
                continue
            if not at and self.labels and is_numbering(cells):
                if self.names_target(cells):
                    self.left_out.append(number)
                continue
            broken_off, self.broken_off = self.broken_off, False
            cells = self.merged_down(number, cells)
            if self.is_total(cells):
                self.note_total(number, cells)
            elif self.is_no_figure(cells) or (broken_off and self.is_signature(cells)):
                self.leave_out(number, cells)
            elif self.is_ragged(cells):
                counts = {"found": len(cells), "expected": self.plan.width}
                yield self.broken(Problem("row_ragged", counts, *self.where(number)))
            else:
                if self.section:
                    row, text = self.section
                    self.section = None
                    yield self.broken(Problem("section_other", {"value": text}, *self.where(row)))
                yield from self.strange_cells(cells)
                yield from self.cells_without_heading(number, cells)
                yield from self.figures(number, cells)
        yield from self.asides()

    def where(self, number: int) -> tuple[str | None, str | None, int]:
        return self.table.file, self.table.sheet, number

    def broken(self, problem: Problem) -> Row:
        return Row(problem.row or 0, {}, problem.file, problem.sheet, broken=problem)

    # -- rows that are no figures --------------------------------------------------------------

    def is_heading(self, cells: Cells) -> bool:
        """The heading once more, as at the top of a second page."""
        return [text_of(cell) for cell in cells] in self.heading_rows

    def is_total(self, cells: Cells) -> bool:
        """The sum of other rows. A table of ours has none, though a code of it may read like one."""
        if self.ours:
            return False
        labels = [at for at in self.naming if at < min(len(cells), self.first_figure)]
        return any(is_total(text_of(cells[at]), row=True, long=self.plan.long) for at in labels)

    def note_total(self, number: int, cells: Cells) -> None:
        """A total row of a wide table is compared; of a long one it is only left out."""
        if self.plan.long:
            self.left_out.append(number)
        else:
            self.totals.note(number, cells)

    def leave_out(self, number: int, cells: Cells) -> None:
        """A row that is no figure; one that names another year or a plan may begin another table."""
        self.left_out.append(number)
        self.broken_off = True
        text = " ".join(filter(None, map(text_of, cells)))
        said = around(text)
        plan = said.plan and "thuc hien" not in vietnamese.folded(text)
        if "year" not in self.plan.fixed and (said.other_year(self.frame.year) or plan):
            self.section = (number, text[:80])

    def is_no_figure(self, cells: Cells) -> bool:
        """A section's title, a signature, a remark: no label beside anything like a figure."""
        labelled = any(text_of(cells[at]) for at in self.labels if at < len(cells))
        said = [
            text for at in self.figure_columns if at < len(cells) and (text := text_of(cells[at]))
        ]
        if not said and not self.plan.long:
            return True
        return not labelled and not any(map(_like_a_figure, said))

    def names_target(self, cells: Cells) -> bool:
        """Tell whether a row of numbers could as well be a target's: 1 is its code, 2 and 3 its figures."""
        columns = {*self.plan.titles, self.plan.fixed.get("target", len(cells))}
        labels = [text_of(cells[at]) for at in columns if at < len(cells)]
        return any(text.isdigit() and self.headings.target(text) for text in labels)

    def is_signature(self, cells: Cells) -> bool:
        """After the table, names under names: nothing that is known, and nothing like a figure."""
        texts = [text for cell in cells if (text := text_of(cell))]
        labels = [text for at in self.labels if at < len(cells) and (text := text_of(cells[at]))]
        known = any(self.headings.meaning(text, self.frame.year) for text in labels)
        return not known and not any(map(_like_a_figure, texts))

    def is_ragged(self, cells: Cells) -> bool:
        """More or fewer cells than the heading has, where they are not just empty."""
        return len(cells) < self.plan.width or not _blank(cells[self.plan.width :])

    def strange_cells(self, cells: Cells) -> Iterator[Row]:
        """Cells under headings that mean nothing, or stand twice: once for each such column."""
        for code, columns in (
            ("column_unknown", self.plan.unknown),
            ("column_twice", self.plan.twice),
        ):
            for at in [at for at in columns if at < len(cells) and text_of(cells[at])]:
                text = columns.pop(at)[:60]
                cell = f"{letter(at)}{self.heading_number}"
                where = self.where(self.heading_number)
                yield self.broken(Problem(code, {"value": text}, *where, cell, None, text))

    def cells_without_heading(self, number: int, cells: Cells) -> Iterator[Row]:
        """Cells beside the table; but a figure beside the figures may be the one that is meant."""
        for at, cell in enumerate(cells):
            if at in self.headed or not (text := text_of(cell)):
                continue
            left = max((headed for headed in self.headed if headed < at), default=None)
            if left in self.figure_columns and _like_a_figure(text):
                self.headed.add(at)  # said once for the column
                values = {"value": self.plan_heading(left)}
                place = f"{letter(at)}{number}"
                yield self.broken(
                    Problem("cell_unheaded", values, *self.where(number), place, None, text)
                )
            else:
                self.unheaded.append(f"{letter(at)}{number}")

    def plan_heading(self, at: int | None) -> str:
        """Return what stands over a column, the lower of two rows first."""
        texts = [row[at] for row in reversed(self.heading_rows) if at is not None and at < len(row)]
        return next((text for text in texts if text), "")[:60]

    # -- merged cells --------------------------------------------------------------------------

    def merged_down(self, number: int, cells: Cells) -> Cells:
        """A label that was merged over several rows stands in each of them."""
        while self.merged and self.merged[-1].top <= number:
            merged = self.merged.pop()
            if merged.top == number and merged.left in self.labels:
                self.down[merged.left] = (merged.bottom, cells[merged.left])
            for at in self.figure_columns.intersection(range(merged.left, merged.right + 1)):
                self.over[at] = max(merged.bottom, self.over.get(at, 0))
        if not self.down:
            return cells
        filled = list(cells)
        for at, (bottom, label) in list(self.down.items()):
            if number > bottom:
                del self.down[at]
            elif at < len(filled) and not text_of(filled[at]):
                filled[at] = label
        return filled

    def merged_figure(self, number: int, group: Group) -> str | None:
        """The first cell of a figure that is merged over several rows."""
        over = [at for at in group.parts.values() if number <= self.over.get(at, 0)]
        return f"{letter(over[0])}{number}" if over else None

    # -- figures -------------------------------------------------------------------------------

    def figures(self, number: int, cells: Cells) -> Iterator[Row]:
        """The figures of one row of the table."""
        labels = {column: cells[at] for column, at in self.plan.fixed.items() if text_of(cells[at])}
        for column in _TEXTS & set(labels):
            labels[column] = vietnamese.unguarded(text_of(labels[column]))
        wrong = (
            self.name_target(labels, cells) or self.elsewhere(labels) or self.unit(labels, cells)
        )
        if wrong:
            code, values = wrong
            yield self.broken(Problem(code, values, *self.where(number)))
            return
        row_sum: Decimal | None = Decimal(0)
        for group, places in self.groups:
            parts = self.parts(group, number, cells)
            if not self.plan.long:
                if not parts:
                    continue
                named = group.key.get("target") or text_of(labels.get("target"))
                added = self.totals.add(group, self.headings.target(named), cells)
                row_sum = None if row_sum is None or added is None else row_sum + added
                if merged := self.merged_figure(number, group):
                    yield self.broken(Problem("cell_merged", {}, *self.where(number), merged))
                    continue
            elif not parts:
                self.silent.append(number)
                continue
            cells_of_row = {**self.given, **labels, **group.key, **parts}
            file, sheet = self.table.file, self.table.sheet
            if number in self.table.hidden_rows and self.hidden[-1:] != [number]:
                self.hidden.append(number)
            yield Row(number, cells_of_row, file, sheet, places, habits=self.habits)
        for row, values in self.totals.differing_in_row(number, cells, row_sum):
            yield self.aside("total_differs", values, row)

    def parts(self, group: Group, number: int, cells: Cells) -> dict[str, Raw]:
        """Return what the cells of a group say; a dash says that nothing was reported."""
        found: dict[str, Raw] = {}
        for column, at in group.parts.items():
            text = text_of(cells[at])
            if text in _DASHES:
                self.dashes.append(f"{letter(at)}{number}")
            elif text:
                found[column] = cells[at]
        return found

    def name_target(self, labels: dict[str, Raw], cells: Cells) -> Wrong | None:
        """The target by its code, or else by its title beside it; they must not contradict."""
        code = text_of(labels.get("target"))
        coded = self.headings.target(code) if code else None
        for at in self.plan.titles:
            target = self.headings.target(text_of(cells[at]))
            if target and coded and target.code != coded.code:
                return "target_unclear", {"code": code, "title": text_of(cells[at])[:80]}
            if target and not coded:
                labels["target"] = target.code
                return None
        if not code and self.plan.titles and (text := text_of(cells[self.plan.titles[0]])):
            labels["target"] = text
        return None

    def elsewhere(self, labels: Mapping[str, Raw]) -> Wrong | None:
        """A row of another year or cluster than the one whose targets the headings name."""
        if not any("target" in group.key for group in self.plan.groups):
            return None
        year, named = text_of(labels.get("year")), vietnamese.folded(text_of(labels.get("cluster")))
        cluster = self.frame.cluster
        ours = {vietnamese.folded(name) for name in (cluster.id, cluster.name)} if cluster else {""}
        if (year and year != str(self.frame.year)) or (named and named not in ours):
            return "row_elsewhere", {"year": str(self.frame.year)}
        return None

    def unit(self, labels: Mapping[str, Raw], cells: Cells) -> Wrong | None:
        """The unit that a column states must be the target's own."""
        if self.plan.unit is None or not (text := text_of(cells[self.plan.unit])) or text == "%":
            return None
        target = self.headings.target(text_of(labels.get("target")))
        if not target or not target.unit or same_scale(text, target.unit):
            return None
        return "unit_differs", {"value": text, "code": target.code, "unit": target.unit}

    # -- what is to be said --------------------------------------------------------------------

    def asides(self) -> Iterator[Row]:
        for number, values in self.totals.differing():
            yield self.aside("total_differs", values, number)
        for code, places in (
            ("cells_dashed", self.dashes),
            ("columns_unheaded", self.unheaded),
            ("rows_silent", self.silent),
            ("rows_left_out", self.left_out),
            ("rows_hidden", self.hidden),
            ("columns_hidden", self.hidden_columns()),
        ):
            if places:
                yield self.aside(code, {"count": str(len(places)), "first": str(places[0])})

    def hidden_columns(self) -> list[str]:
        """The columns of figures that nobody saw; a table of ours hides some on purpose."""
        hidden = self.table.hidden_columns
        seen = [at for at in sorted(self.figure_columns) if any(at in each for each in hidden)]
        return [] if self.ours else [letter(at) for at in seen]

    def aside(self, code: str, values: Mapping[str, object], number: int | None = None) -> Row:
        caution = Caution(code, values, number, self.table.file, self.table.sheet)
        return Row(number or 0, {}, self.table.file, self.table.sheet, aside=caution)


def _places(plan: ReadingPlan, group: Group) -> dict[str, str]:
    """Find the columns of a figure: those of its row, its own, and what its heading names."""
    fixed = {column: letter(at) for column, at in plan.fixed.items()}
    if plan.titles:
        fixed.setdefault("target", letter(plan.titles[0]))
    own = {column: letter(at) for column, at in group.parts.items()}
    return fixed | own | dict.fromkeys(group.key, group.place or "")


def _like_a_figure(text: str) -> bool:
    if _FIGURE.match(text):
        return True
    try:
        vietnamese.yes_no(text)
    except Rejected:
        return False
    return True
