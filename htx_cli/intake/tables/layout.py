"""A table as a person made it → rows that each hold one figure, with the places of their cells."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain, islice

from msgspec.structs import replace

from htx_cli.domain.exchange import EXPORTED
from htx_cli.domain.model import Target
from htx_cli.domain.targets import Kind
from htx_cli.intake.labels import FIGURE, LEFT_OUT, Labels, Said
from htx_cli.intake.rows import Raw, Row, Table, letter, rejected
from htx_cli.intake.tables import structure
from htx_cli.intake.tables.around import Around, Frame, around
from htx_cli.intake.tables.columns import ColumnHabits
from htx_cli.intake.tables.kinds import RowKinds
from htx_cli.intake.tables.meaning import TOTAL, CellSense, Covering, HeadedColumn
from htx_cli.intake.tables.notes import TableNotes
from htx_cli.intake.tables.questions import TEXTS, Questions
from htx_cli.intake.tables.row_targets import RowTargets
from htx_cli.intake.tables.spans import TallSpans
from htx_cli.intake.tables.totals import Totals
from htx_cli.text import vietnamese
from htx_cli.text.errors import Phrase, Problem

LOOK = 40  # rows from the top in which the heading is looked for
MOST_COLUMNS = 1000
_DASHES = ("-", "–", "—", "…", "...", "/")  # in a cell: not reported
_FIXED = ("cluster", "year", "province", "target", "as_of", "basis", "source", "note")
Key = tuple[str | None, str | None, date | None, bool]  # target, province, day, estimate


def rows(
    table: Table, labels: Labels, frame: Frame, given: Mapping[str, str] | None = None
) -> Iterator[Row]:
    """The figures below the heading, wherever it stands, and what is to be said of the table.

    `given` are columns that the options say of every row. Raises Rejected if there is no table, or
    no heading that can be understood.
    """
    looked = [(n, c) for n, c in islice(table.rows, LOOK) if not structure.blank(c)]
    if not looked:
        raise rejected(Problem("file_empty", {}, table.file, table.sheet))
    if any(len(structure.trimmed(cells)) > MOST_COLUMNS for _, cells in looked):
        limit = {"limit": MOST_COLUMNS}
        raise rejected(Problem("columns_many", limit, table.file, table.sheet, looked[0][0]))
    table = replace(table, merged=[*table.merged])  # gone through once
    said = dict(given or {})
    heading = structure.find(
        table, looked, labels, frame.year, {**structure.senders(table, looked, labels), **said}
    )
    lines = [
        (number, text)
        for number, cells in looked[: heading.first]
        for text in dict.fromkeys(map(structure.text_of, cells))
        if text
    ]
    above = around(table.sheet, lines, labels, frame.year)
    reading = _Reading(table, heading, labels, frame, looked, above, said)
    yield from reading.rows(chain(looked[heading.last + 1 :], table.rows))


class _Reading(Questions):
    """One table on its way from cells to figures."""

    def __init__(
        self,
        table: Table,
        heading: structure.Heading,
        labels: Labels,
        frame: Frame,
        looked: structure.Looked,
        above: Around,
        given: Mapping[str, str],
    ) -> None:
        self.table, self.heading, self.labels, self.frame = table, heading, labels, frame
        self.above = above
        self.width = max((column.at for column in heading.columns), default=0) + 1
        self.heading_rows = [
            [structure.text_of(cell) for cell in cells]
            for _, cells in looked[heading.first : heading.last + 1]
        ]
        self.headings = [structure.trimmed(each) for each in self.heading_rows]
        self.ours = self.headings[-1] == [*EXPORTED]
        self.habits = ColumnHabits(table, looked[heading.last][0], self.ours)
        self.fixed = {c.use: c.at for c in reversed(heading.columns) if c.use in _FIXED}
        targets = [c.at for c in heading.columns if c.use == "target"]
        self.titles = [c.at for c in heading.columns if c.use == "title"] + targets[1:]
        self.unit_at = heading.one("unit")
        self.figures = heading.figures
        self.totals_at = [column.at for column in heading.holding(TOTAL)]
        self.figure_columns = {column.at for column in self.figures} | {*self.totals_at}
        alone = {"year", "cluster"}.isdisjoint(self.fixed)
        self.row_targets = RowTargets(
            labels, self.titles, alone, any(c.target for c in self.figures)
        )
        self.first_figure = min(self.figure_columns, default=self.width)
        self.label_columns = {*self.fixed.values(), *self.titles}
        beside = {at for use, at in self.fixed.items() if use not in ("province", "target")}
        self.naming = [at for at in range(self.first_figure) if at not in beside]
        self.headed = {at for row in self.heading_rows for at, text in enumerate(row) if text}
        self.headed |= self.label_columns
        self.given = dict(given)
        self.sender = ""  # named above the table, where no column and no option names one
        own = "province" in self.fixed or any(column.province for column in self.figures)
        if not own and "province" not in self.given and len(above.senders) == 1:
            self.given["province"] = above.senders[0].id
            self.sender = above.senders[0].name
        self.spans = TallSpans(table.merged, self.label_columns, self.figure_columns)
        self.totals = Totals()
        self.read: set[int] = set()  # columns that hold parts of figures
        self.section = Said()
        self.section_row = 0
        self.meanings: dict[tuple[int, str | None], CellSense] = {}
        self.asked: set[tuple[str, str]] = set()
        self.notes = TableNotes()
        self.broken_off = False  # the row before was empty, or no part of the table
        self.kinds = RowKinds(
            heading, labels, self.ours, self.naming, self.figure_columns, self.label_columns
        )
        self.count = 0

    # -- the rows ----------------------------------------------------------------------------------

    def rows(self, body: Iterator[tuple[int, structure.Cells]]) -> Iterator[Row]:
        """Every figure, then what the table as a whole gives cause to say."""
        yield from self.contradictions()
        for at, (number, cells) in enumerate(body):
            if structure.blank(cells):
                self.broken_off = True
                continue
            if self.is_heading(cells):
                self.kinds.ended = False
                continue
            if not at and self.label_columns and structure.is_numbering(cells):
                if self.names_target(cells):
                    self.notes.add("rows_left_out", number)
                continue
            broken_off, self.broken_off = self.broken_off, False
            cells = self.spans.filled(number, cells)
            yield from self.row(number, cells, broken_off)
        yield from self.asides()

    def row(self, number: int, cells: structure.Cells, broken_off: bool) -> Iterator[Row]:
        kind = self.kinds.of(cells, broken_off)
        if kind == "total":
            if self.heading.long:
                self.notes.add("rows_left_out", number)
            else:
                self.totals.note(number, cells, self.read)
        elif kind == "crammed":
            counts = {"found": len(structure.trimmed(cells)), "expected": self.width}
            yield self.broken("row_ragged", counts, number)
        elif kind == "part":
            self.notes.add("rows_part", number)
        elif kind:
            self.leave_out(number, cells)
        elif len(cells) < self.width or not structure.blank(cells[self.width :]):
            counts = {"found": len(cells), "expected": self.width}
            yield self.broken("row_ragged", counts, number)
        else:
            yield from self.other_section()
            yield from self.shifted(number, cells)
            yield from self.strange_cells(cells)
            yield from self.cells_without_heading(number, cells)
            yield from self.of_row(number, cells)

    # -- rows that are no figures ------------------------------------------------------------------

    def is_heading(self, cells: structure.Cells) -> bool:
        """The heading once more, as at the top of a second page."""
        return [structure.text_of(cell) for cell in structure.trimmed(cells)] in self.headings

    def leave_out(self, number: int, cells: structure.Cells) -> None:
        """A row that is no figure; what it says may hold for those below it."""
        self.notes.add("rows_left_out", number)
        self.broken_off = True
        texts = [text for cell in cells if (text := structure.text_of(cell))]
        said = self.labels.said(" ".join(texts), "title")
        if said.row == "furniture" or said.skip:
            return
        of_plan = said.role in ("plan", "points") or len(said.roles) > 1
        if (
            said.years
            or said.periods
            or said.role == "result"
            or of_plan
            or said.unit
            or said.province
        ):
            self.section, self.section_row = said, number
            self.meanings = {}

    def other_section(self) -> Iterator[Row]:
        """Rows below a title of another year are other figures."""
        years = self.section.years
        if years and self.frame.year not in years and "year" not in self.fixed:
            yield from self.ask(
                "section_other", self.section.text, {"value": self.section.text[:80]}
            )

    def names_target(self, cells: structure.Cells) -> bool:
        """Tell whether a row of numbers could as well be a target's: 1 is its code, 2 and 3 its figures."""
        columns = {*self.titles, self.fixed.get("target", len(cells))}
        texts = [structure.text_of(cells[at]) for at in columns if at < len(cells)]
        return any(text.isdigit() and self.labels.target(text) for text in texts)

    # -- figures -----------------------------------------------------------------------------------

    def of_row(self, number: int, cells: structure.Cells) -> Iterator[Row]:
        """The figures of one row of the table."""
        row_labels = {
            use: cells[at] for use, at in self.fixed.items() if structure.text_of(cells[at])
        }
        for use in TEXTS & set(row_labels):
            row_labels[use] = vietnamese.unguarded(structure.text_of(row_labels[use]))
        if self.table.from_1904 and "as_of" in row_labels:
            row_labels["as_of"] = structure.day_from_1904(row_labels["as_of"])
        target, part, wrong = self.row_targets.read(row_labels, cells, self.frame)
        if wrong:
            yield self.broken(*wrong, number)
            return
        if self.lacks_province(row_labels, cells):
            place, what = f"{letter(self.fixed['province'])}{number}", {"what": Phrase("province")}
            if not self.notes.places.get("rows_nameless"):
                yield self.broken("label_empty", what, number, place, None, "province")
            self.notes.add("rows_nameless", number)
            return
        if self.section.province and "province" not in self.fixed:
            row_labels["province"] = self.section.province.id
        figures: dict[Key, dict[str, HeadedColumn]] = {}
        silent = True
        dashed: list[Key] = []
        for column in self.figures:
            of = column.target or target
            cell = cells[column.at]
            text = structure.text_of(cell)
            meaning = self.meaning(column, of)
            if meaning.question and text:
                yield from self.ask(*meaning.question)
            role = meaning.role
            if part and not column.target and role == "value":
                role = part
            if role in FIGURE and not meaning.question:
                self.read.add(column.at)
                counts = (
                    role in ("value", "of", "base")
                    and not text.endswith("%")
                    and of is not None
                    and (of.kind is not Kind.YES_NO and not (of.kind is Kind.RATIO and "/" in text))
                )
                if text:
                    self.totals.add(column.at, cell, counts)
            if not text or meaning.question:
                continue
            if role not in FIGURE:
                self.notes.leave(role, letter(column.at), f"{letter(column.at)}{number}")
                continue
            silent = False
            key = (
                column.target.code if column.target else None,
                column.province.id if column.province else None,
                meaning.as_of,
                meaning.estimate,
            )
            if text in _DASHES or (of and of.kind is not Kind.YES_NO and self.labels.absent(text)):
                code = "cells_dashed" if text in _DASHES else "cells_absent"
                self.notes.add(code, f"{letter(column.at)}{number}")
                dashed.append(key)
                continue
            parts = figures.setdefault(key, {})
            if (other := parts.get(role)) and structure.text_of(cells[other.at]) != text:
                values = {"value": column.text[:60], "other": other.text[:60]}
                yield from self.ask("column_same", column.text, values, column.place)
                continue
            parts[role] = column
        if (
            silent
            and self.heading.long
            and not any(structure.text_of(cells[c.at]) for c in self.figures)
        ):
            self.notes.add("rows_silent", number)
        for key, parts in figures.items():
            yield from self.figure(number, cells, key, parts, row_labels, part is not None)
        for key in dashed:
            if key not in figures:
                yield self.silent(number, key, row_labels)
        for row, differing in self.totals.end_row(number, cells, self.totals_at):
            yield self.aside("total_differs", differing, row)

    def figure(
        self,
        number: int,
        cells: structure.Cells,
        key: Key,
        parts: Mapping[str, HeadedColumn],
        row_labels: Mapping[str, Raw],
        named: bool,
    ) -> Iterator[Row]:
        """One figure with the cells of its parts."""
        over = [
            column.at for column in parts.values() if number <= self.spans.over.get(column.at, 0)
        ]
        if over and not self.heading.long:
            yield self.broken("cell_merged", {}, number, f"{letter(over[0])}{number}")
            return
        target, province, as_of, estimate = key
        own: dict[str, Raw] = {role: cells[column.at] for role, column in parts.items()}
        places = {use: letter(at) for use, at in self.fixed.items()}
        if self.titles:
            places.setdefault("target", letter(self.titles[0]))
        places |= {role: letter(column.at) for role, column in parts.items()}
        first = next(iter(parts.values()))
        for use, id in (("target", target), ("province", province)):
            if id:
                own[use], places[use] = id, first.place
        if as_of and "as_of" not in row_labels:
            own["as_of"] = as_of
        if estimate and "basis" not in row_labels:
            own["basis"] = "estimate"
        if number in self.table.hidden_rows and str(number) not in self.notes.places.get(
            "rows_hidden", []
        ):
            self.notes.add("rows_hidden", number)
        self.count += 1
        leading = parts.get("value") or parts.get("rate") or first
        unit = self.unit_of(cells, leading)
        label = leading.text if leading.target else structure.text_of(row_labels.get("target"))
        named = leading.mapped or named or self.ours
        yield Row(
            number,
            {**self.given, **row_labels, **own},
            self.table.file,
            self.table.sheet,
            places,
            habits=self.habits,
            unit=unit,
            above=None if unit else self.above.unit,
            heading=None if named or leading.part else label,
            index=None if named or leading.part == "growth" else label,
        )

    def lacks_province(self, row_labels: Mapping[str, Raw], cells: structure.Cells) -> bool:
        """Tell whether figures stand in a row of a long table that does not say whose they are."""
        if "province" not in self.fixed or "province" in {*row_labels, *self.given}:
            return False
        return self.heading.long and any(
            structure.text_of(cells[column.at]) for column in self.figures
        )

    def silent(self, number: int, key: Key, row_labels: Mapping[str, Raw]) -> Row:
        """A figure that was not reported, to be compared with what the book has."""
        target, province, as_of, estimate = key
        own: dict[str, Raw] = {"target": target} if target else {}
        own |= {"province": province} if province else {}
        own |= {"as_of": as_of} if as_of and "as_of" not in row_labels else {}
        own |= {"basis": "estimate"} if estimate and "basis" not in row_labels else {}
        cells = {**self.given, **row_labels, **own}
        return Row(number, cells, self.table.file, self.table.sheet, silent=True)

    def unit_of(self, cells: structure.Cells, column: HeadedColumn) -> str | None:
        """The unit that the row's own column, or the heading, states."""
        if (
            self.unit_at is not None
            and self.unit_at < len(cells)
            and (text := structure.text_of(cells[self.unit_at]))
        ):
            return text
        if column.unit:
            return column.unit.text
        return self.section.unit.text if self.section.unit else None

    def meaning(self, column: HeadedColumn, target: Target | None) -> CellSense:
        """Return what the column's cells are to a target, as all labels that cover them say."""
        place = (column.at, target.code if target else None)
        if (found := self.meanings.get(place)) is None:
            covering = Covering(self.frame, self.above, self.section, "as_of" in self.fixed)
            found = self.meanings[place] = covering.cell(column, target)
        return found

    def asides(self) -> Iterator[Row]:
        for number, values in self.totals.differing():
            yield self.aside("total_differs", values, number)
        hidden = self.table.hidden_columns
        for at in sorted(self.figure_columns):
            if not self.ours and any(at in each for each in hidden):
                self.notes.add("columns_hidden", letter(at))
        for code, told in self.notes.told():
            yield self.aside(code, told)
        whole = next((role for role in LEFT_OUT if role in self.notes.left), None)
        if self.count and self.sender:
            yield self.aside("sender_above", {"province": self.sender})
        if self.count and self.above.estimate and not self.frame.estimate:
            yield self.aside("estimates_taken", {"text": self.above.estimate.text[:80]})
        if whole and not self.count and not self.asked:
            text = self.section.text or (self.above.role.text if self.above.role else "")
            if not text:
                text = next((c.text for c in self.figures if c.role == whole), "")
            yield from self.ask(f"table_{whole}", text, {})
