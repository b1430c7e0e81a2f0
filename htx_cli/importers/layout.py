"""A table as a person made it → rows that each hold one figure, with the places of their cells."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain, islice

from htx_cli import vietnamese
from htx_cli.errors import Problem, Rejected
from htx_cli.importers.columns import ColumnHabits
from htx_cli.importers.headings import Headings, is_total, uses
from htx_cli.importers.plan import Cells, Group, Plan, is_numbering, text_of, understand
from htx_cli.importers.rows import PerCent, Raw, Row, Table, letter, rejected
from htx_cli.journal import Caution
from htx_cli.model import EXPORTED, Target
from htx_cli.targets import Kind

LOOK = 40  # rows from the top in which the heading is looked for
MOST_COLUMNS = 1000
_DASHES = ("-", "–", "—", "…", "...", "/")  # in a cell: not reported
_TEXTS = {"source", "note"}
_FIGURE = re.compile(r"[-−+]?\s*\d")


def rows(
    table: Table, headings: Headings, year: int, given: Mapping[str, str] | None = None
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
    plan = understand(table, looked, headings, year, given or {})
    reading = _Reading(table, plan, headings, year, looked, given or {})
    yield from reading.rows(chain(looked[plan.last + 1 :], table.rows))


def _blank(cells: Cells) -> bool:
    return not any(text_of(cell) for cell in cells)


class _Reading:
    """One table on its way from cells to figures."""

    def __init__(
        self,
        table: Table,
        plan: Plan,
        headings: Headings,
        year: int,
        looked: Sequence[tuple[int, Cells]],
        given: Mapping[str, str],
    ) -> None:
        self.table = table
        self.plan = plan
        self.headings = headings
        self.year = year
        self.given = {column: text for column, text in given.items() if column not in plan.fixed}
        self.heading_rows = [
            [text_of(cell) for cell in cells] for _, cells in looked[plan.first : plan.last + 1]
        ]
        self.heading_number = looked[plan.last][0]
        self.ours = self.heading_rows[-1] == [*EXPORTED]
        self.habits = ColumnHabits(table, self.heading_number, self.ours)
        self.places = {column: letter(at) for column, at in plan.fixed.items()}
        if "target" not in self.places and plan.titles:
            self.places["target"] = letter(plan.titles[0])
        self.groups = [
            (
                group,
                self.places
                | {column: letter(at) for column, at in group.parts.items()}
                | dict.fromkeys(group.key, group.place or ""),
            )
            for group in plan.groups
            if not group.total
        ]
        self.figure_columns = {at for group in plan.groups for at in group.parts.values()}
        self.first_figure = min(self.figure_columns, default=plan.width)
        self.labels = {*plan.fixed.values(), *plan.titles}
        tall = [merged for merged in table.merged if merged.bottom > merged.top]
        self.merged = sorted(tall, key=lambda merged: -merged.top)  # the next one stands last
        self.down: dict[int, tuple[int, Raw]] = {}  # label cells merged over several rows
        self.over: dict[int, int] = {}  # the last row of what is merged over a figure's column
        self.sums: dict[int, Decimal | None] = {}
        self.totals: dict[int, tuple[int, Raw]] = {}
        self.dashes: list[str] = []
        self.silent: list[int] = []
        self.left_out: list[int] = []
        self.hidden: list[int] = []
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
                self.note_totals(number, cells)
            elif self.is_no_figure(cells) or (broken_off and self.is_signature(cells)):
                self.left_out.append(number)
                self.broken_off = True
            elif self.is_ragged(cells):
                counts = {"found": len(cells), "expected": self.plan.width}
                yield self.broken(Problem("row_ragged", counts, *self.where(number)))
            else:
                yield from self.strange_cells(number, cells)
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
        labels = [] if self.ours else cells[: self.first_figure]
        return any(is_total(text_of(cell), row=True) for cell in labels)

    def is_no_figure(self, cells: Cells) -> bool:
        """A section's title, a signature, a remark: no label beside anything like a figure."""
        labelled = any(text_of(cells[at]) for at in self.labels if at < len(cells))
        parts = [at for group in self.plan.groups for at in group.parts.values()]
        said = [text for at in parts if at < len(cells) and (text := text_of(cells[at]))]
        if self.plan.long:
            return not labelled and not any(map(_like_a_figure, said))
        return not said or (not labelled and not any(map(_like_a_figure, said)))

    def names_target(self, cells: Cells) -> bool:
        """Whether a row of numbers could as well be a target's: 1 is its code, 2 and 3 its figures."""
        columns = {*self.plan.titles, self.plan.fixed.get("target", len(cells))}
        labels = [text_of(cells[at]) for at in columns if at < len(cells)]
        return any(text.isdigit() and self.headings.target(text) for text in labels)

    def is_signature(self, cells: Cells) -> bool:
        """After the table, names under names: nothing that is known, and nothing like a figure."""
        texts = [text for cell in cells if (text := text_of(cell))]
        labels = [text for at in self.labels if at < len(cells) and (text := text_of(cells[at]))]
        known = any(self.headings.meaning(text, self.year) for text in labels)
        return not known and not any(map(_like_a_figure, texts))

    def is_ragged(self, cells: Cells) -> bool:
        """More or fewer cells than the heading has, where they are not just empty."""
        return len(cells) < self.plan.width or not _blank(cells[self.plan.width :])

    def strange_cells(self, number: int, cells: Cells) -> Iterator[Row]:
        """Cells under headings that mean nothing, or stand twice: once for each such column."""
        for code, columns in (
            ("column_unknown", self.plan.unknown),
            ("column_twice", self.plan.twice),
        ):
            for at in [at for at in columns if at < len(cells) and text_of(cells[at])]:
                text = columns.pop(at)[:60]
                values: dict[str, object] = {"value": text}
                if code == "column_unknown":
                    values["known"] = uses(self.headings.targets)
                cell = f"{letter(at)}{self.heading_number}"
                where = self.where(self.heading_number)
                yield self.broken(Problem(code, values, *where, cell, None, text))

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
        """What stands over a column, the lower of two rows first."""
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
        if self.plan.titles:
            self.name_target(labels, cells)
        row_sum: Decimal | None = Decimal(0)
        for group, places in self.groups:
            parts = self.parts(group, number, cells)
            if not self.plan.long:
                if not parts:
                    continue
                row_sum = self.added(group, labels, cells, row_sum)
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
        yield from self.check_row_total(number, cells, row_sum)

    def parts(self, group: Group, number: int, cells: Cells) -> dict[str, Raw]:
        """What the cells of a group say; a dash says that nothing was reported."""
        found: dict[str, Raw] = {}
        for column, at in group.parts.items():
            text = text_of(cells[at])
            if text in _DASHES:
                self.dashes.append(f"{letter(at)}{number}")
            elif text:
                found[column] = cells[at]
        return found

    def name_target(self, labels: dict[str, Raw], cells: Cells) -> None:
        """The target by its code, or else by its title in the column beside it."""
        if text_of(labels.get("target")) and self.headings.target(text_of(labels["target"])):
            return
        for at in self.plan.titles:
            if target := self.headings.target(text_of(cells[at])):
                labels["target"] = target.code
                return
        if "target" not in labels and (text := text_of(cells[self.plan.titles[0]])):
            labels["target"] = text

    # -- totals --------------------------------------------------------------------------------

    def added(
        self, group: Group, labels: Mapping[str, Raw], cells: Cells, row_sum: Decimal | None
    ) -> Decimal | None:
        """Add a figure of a wide table to the sums of its columns, and to the one of its row."""
        target = self.headings.target(group.key.get("target") or text_of(labels.get("target")))
        for column, at in group.parts.items():
            amount = self.amount(cells[at], target, group, column)
            before = self.sums.get(at, Decimal(0))
            self.sums[at] = None if before is None or amount is None else before + amount
            row_sum = None if row_sum is None or amount is None else row_sum + amount
        return row_sum

    def amount(self, cell: Raw, target: Target | None, group: Group, column: str) -> Decimal | None:
        """What a cell adds to a total; None if it cannot be said."""
        if not text_of(cell) or text_of(cell) in _DASHES:
            return Decimal(0)
        if target is None or target.kind is Kind.YES_NO:
            return None
        if (target.kind is Kind.RATIO and "of" not in group.parts) or column == "rate":
            return None
        return self.number(cell)

    def number(self, cell: Raw) -> Decimal | None:
        if isinstance(cell, PerCent):
            return None
        if isinstance(cell, Decimal):
            return cell
        try:
            return vietnamese.number(text_of(cell))
        except Rejected:
            return None

    def note_totals(self, number: int, cells: Cells) -> None:
        parts = {at for group in self.plan.groups for at in group.parts.values()}
        self.totals |= {at: (number, cells[at]) for at in parts if at < len(cells)}

    def check_row_total(self, number: int, cells: Cells, row_sum: Decimal | None) -> Iterator[Row]:
        for group in self.plan.groups:
            if group.total:
                for at in group.parts.values():
                    yield from self.check_total(number, at, cells[at], row_sum)

    def check_total(self, number: int, at: int, cell: Raw, added: Decimal | None) -> Iterator[Row]:
        """A total that is not the sum of what it stands beside; it is never imported itself."""
        total = self.number(cell) if text_of(cell) else None
        if total is not None and added is not None and total != added:
            values = {"cell": f"{letter(at)}{number}", "total": total, "sum": added}
            yield self.aside("total_differs", values, number)

    # -- what is to be said --------------------------------------------------------------------

    def asides(self) -> Iterator[Row]:
        for at, (number, cell) in self.totals.items():
            yield from self.check_total(number, at, cell, self.sums.get(at))
        if self.dashes:
            values = {"count": str(len(self.dashes)), "first": self.dashes[0]}
            yield self.aside("cells_dashed", values)
        if self.unheaded:
            values = {"count": str(len(self.unheaded)), "first": self.unheaded[0]}
            yield self.aside("columns_unheaded", values)
        if self.silent:
            values = {"count": str(len(self.silent)), "first": str(self.silent[0])}
            yield self.aside("rows_silent", values)
        if self.left_out:
            values = {"count": str(len(self.left_out)), "first": str(self.left_out[0])}
            yield self.aside("rows_left_out", values)
        if self.hidden:
            values = {"count": str(len(self.hidden)), "first": str(self.hidden[0])}
            yield self.aside("rows_hidden", values)
        hidden = {
            at
            for columns in self.table.hidden_columns
            for at in self.figure_columns
            if at in columns
        }
        if hidden and not self.ours:
            values = {"count": str(len(hidden)), "first": letter(min(hidden))}
            yield self.aside("columns_hidden", values)

    def aside(self, code: str, values: Mapping[str, object], number: int | None = None) -> Row:
        caution = Caution(code, values, number, self.table.file)
        return Row(number or 0, {}, self.table.file, self.table.sheet, aside=caution)


def _like_a_figure(text: str) -> bool:
    if _FIGURE.match(text):
        return True
    try:
        vietnamese.yes_no(text)
    except Rejected:
        return False
    return True
