"""What has to be asked of a table, and what is odd about its cells: each question once."""

from collections.abc import Iterator, Mapping

from htx_cli.domain.changes import Caution
from htx_cli.intake.labels import Labels
from htx_cli.intake.rows import Row, Table, letter
from htx_cli.intake.tables.around import Around, Frame
from htx_cli.intake.tables.meaning import UNKNOWN, HeadedColumn
from htx_cli.intake.tables.notes import TableNotes
from htx_cli.intake.tables.structure import Cells, Heading, like_a_figure, text_of, unknown
from htx_cli.text import vietnamese
from htx_cli.text.errors import Problem

TEXTS = {"source", "note"}
_COMPARED = ("so voi", "so sanh", "cung ky", "compared")


class Questions:
    """The questions of one table, in the place of figures."""

    table: Table
    heading: Heading
    labels: Labels
    frame: Frame
    above: Around
    notes: TableNotes
    figures: list[HeadedColumn]
    fixed: dict[str, int]
    figure_columns: set[int]
    headed: set[int]
    given: dict[str, str]
    asked: set[tuple[str, str]]

    def broken(
        self,
        code: str,
        values: Mapping[str, object],
        row: int | None,
        cell: str | None = None,
        raw: str | None = None,
        column: str | None = None,
    ) -> Row:
        """A problem in the place of a figure."""
        file, sheet = self.table.file, self.table.sheet
        problem = Problem(code, values, file, sheet, row or None, cell, column, raw)
        return Row(row or 0, {}, file, sheet, broken=problem)

    def ask(
        self, code: str, text: str, values: Mapping[str, object], place: str = ""
    ) -> Iterator[Row]:
        """A question that one label gives cause for, once."""
        if (code, text) not in self.asked:
            self.asked.add((code, text))
            row = self.above.rows.get(text) or None
            digits = "".join(c for c in place if c.isdigit())
            yield self.broken(
                code, {"text": text[:80], **values}, int(digits) if digits else row, place or None
            )

    def strange_cells(self, cells: Cells) -> Iterator[Row]:
        """Cells under headings that mean nothing: once for each such column."""
        for column in [c for c in self.heading.columns if c.use == UNKNOWN and c.at < len(cells)]:
            if text_of(cells[column.at]) and column.place:
                column.use = "asked"
                problem = unknown(self.table, column, self.labels)
                yield Row(problem.row or 0, {}, problem.file, problem.sheet, broken=problem)

    def shifted(self, number: int, cells: Cells) -> Iterator[Row]:
        """A note of digits right of a figure, where commas stand between cells: 7523,5 cut in two."""
        texts = [self.fixed[use] for use in TEXTS if use in self.fixed] if self.table.commas else []
        for at in texts:
            before, text = text_of(cells[at - 1]) if at else "", text_of(cells[at])
            if at - 1 in self.figure_columns and text.isdigit() and before.lstrip("-").isdigit():
                values = {"value": f"{before},{text}"}
                yield self.broken("number_cut", values, number, f"{letter(at - 1)}{number}", before)

    def cells_without_heading(self, number: int, cells: Cells) -> Iterator[Row]:
        """Cells beside the table; but a figure beside the figures may be the one that is meant."""
        for at, cell in enumerate(cells):
            if at in self.headed or not (text := text_of(cell)):
                continue
            left = max((headed for headed in self.headed if headed < at), default=-1)
            if left in self.figure_columns and like_a_figure(text):
                self.headed.add(at)  # said once for the column
                beside = next(column.text for column in self.heading.columns if column.at == left)
                yield self.broken(
                    "cell_unheaded", {"value": beside[:60]}, number, f"{letter(at)}{number}", text
                )
            else:
                self.notes.add("columns_unheaded", f"{letter(at)}{number}")

    def contradictions(self) -> Iterator[Row]:
        """Yield where the lines above the table speak of other figures than the options."""
        above, frame = self.above, self.frame
        if (
            above.years
            and frame.year not in above.years
            and {"year", "as_of"}.isdisjoint(self.fixed)
        ):
            yield from self.ask("title_year", above.year_text, {"year": str(frame.year)})
        elif above.several and not any(column.years for column in self.figures):
            compared = any(word in vietnamese.folded(above.several) for word in _COMPARED)
            if not compared and {"year", "as_of"}.isdisjoint(self.fixed):
                yield from self.ask("title_years", above.several, {"year": str(frame.year)})
        own = "province" in self.fixed or any(column.province for column in self.figures)
        if not own and len(above.senders) == 1 and "province" in self.given:
            sender = above.senders[0]
            given = self.labels.said(self.given["province"], "row").province
            if given and given.id != sender.id:
                text = next((t for t in above.rows if self.labels.said(t, "title").province), "")
                values = {"province": sender.name, "given": given.name}
                yield from self.ask("sender_differs", text or str(self.table.sheet), values)

    def aside(self, code: str, values: Mapping[str, object], number: int | None = None) -> Row:
        """Something to say of the table that is no question."""
        caution = Caution(code, values, number, self.table.file, self.table.sheet)
        return Row(number or 0, {}, self.table.file, self.table.sheet, aside=caution)
