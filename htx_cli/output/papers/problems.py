"""Write what goes back with a refused import: the sender's tables with bad cells marked."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO, TYPE_CHECKING

from htx_cli.output.papers.workbook import ROWS, sheet_name, workbook
from htx_cli.text.errors import Phrase, Problem
from htx_cli.text.words import mark, say, shown, t

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Cell = object  # a text, a number, a day, yes or no, or nothing
Sent = tuple[str | None, str | None, Iterable[tuple[int, Sequence[Cell]]]]  # file, sheet, rows

_COLUMNS = 16_384  # that a sheet has room for
_LINE_HEIGHT = 15.5  # points
_LONGEST_TEXT = 32_767
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]+)")
_HEADINGS = (
    (mark("File"), 24), (mark("Sheet"), 18), (mark("Cell"), 9), (mark("Column"), 22),
    (mark("What stands there"), 24), (mark("What is wrong, and what to type"), 80),
)  # fmt: skip


def write(problems: Sequence[Problem], sent: Iterable[Sent], file: IO[bytes], count: int) -> None:
    """Write a list of the problems, then each table that has any, with a comment on every bad cell.

    A table is its values only, at the places where they stood; formulas are texts. `count` is how
    many problems there are, of which `problems` may be the first.
    """
    bad: dict[tuple[str | None, str | None], list[Problem]] = {}
    for problem in problems:
        bad.setdefault((problem.file, problem.sheet), []).append(problem)
    with workbook(file, streamed=True) as made:
        book = _Book(made)
        listed = made.add_worksheet(book.named(t("_htx problems")))  # an import leaves it out
        for name, sheet, rows in sent:
            if found := bad.get((name, sheet)):
                book.copy(name, sheet, rows, found)
        book.list(listed, problems, count)


class _Book:
    """The workbook in the making."""

    def __init__(self, made: "Workbook") -> None:
        self.made = made
        self.taken: set[str] = set()
        self.sheets: dict[tuple[str | None, str | None], str] = {}
        look = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#A6A6A6"}
        bad = {"bg_color": "#FFC7CE", "border": 1, "border_color": "#C00000"}
        self.plain: Format = made.add_format()
        self.day: Format = made.add_format({"num_format": "dd/mm/yyyy"})
        self.bad: Format = made.add_format(bad)
        self.bad_day: Format = made.add_format({**bad, "num_format": "dd/mm/yyyy"})
        self.heading: Format = made.add_format({**look, "bold": True, "bg_color": "#F2F2F2"})
        self.text: Format = made.add_format(look)
        self.title: Format = made.add_format({"bold": True, "font_size": 14})

    def named(self, text: str) -> str:
        return sheet_name(text, self.taken)

    # -- the list ----------------------------------------------------------------------------------

    def list(self, sheet: "Worksheet", problems: Sequence[Problem], count: int) -> None:
        """Every problem with its place, from where a click leads to the cell."""
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        for at, (_, width) in enumerate(_HEADINGS):
            sheet.set_column(at, at, width)
        sheet.write_string(0, 0, t("Problems: {count}", count=Decimal(count)), self.title)
        sheet.write_string(
            1, 0, t("Nothing was imported. Correct the marked cells, and send the tables again.")
        )
        for at, (heading, _) in enumerate(_HEADINGS):
            sheet.write_string(3, at, t(heading), self.heading)
        sheet.freeze_panes(4, 0)
        for row, problem in enumerate(problems, 4):
            self.list_problem(sheet, row, problem)

    def list_problem(self, sheet: "Worksheet", row: int, problem: Problem) -> None:
        cell = problem.cell or (t("row {row}", row=str(problem.row)) if problem.row else "")
        column = shown(Phrase(f"column_{problem.column}")) if problem.column else ""
        lines = len(say(problem)) // _HEADINGS[-1][1] + 1
        sheet.set_row(row, _LINE_HEIGHT * lines + 2)
        texts = (problem.file, problem.sheet, cell, column, problem.value, say(problem))
        for at, text in enumerate(texts):
            if text:
                sheet.write_string(row, at, text, self.text)
            else:
                sheet.write_blank(row, at, None, self.text)
        where = self.sheets.get((problem.file, problem.sheet))
        if where and problem.cell and _PLACE.fullmatch(problem.cell):
            quoted = where.replace("'", "''")
            link = f"internal:'{quoted}'!{problem.cell}"
            sheet.write_url(row, 2, link, self.text, problem.cell)

    # -- the tables --------------------------------------------------------------------------------

    def copy(
        self,
        file: str | None,
        sheet: str | None,
        rows: Iterable[tuple[int, Sequence[Cell]]],
        problems: Sequence[Problem],
    ) -> None:
        """A table as it was sent, with its bad cells marked."""
        name = self.named(sheet or Path(file or "1").stem)
        self.sheets[file, sheet] = name
        made = self.made.add_worksheet(name)
        made.set_column(0, 0, 20)
        made.set_column(1, 30, 14)
        said = _said(problems)
        for number, cells in rows:
            if number > ROWS:
                break
            found = said.get(number, {})
            for at, cell in enumerate(cells[:_COLUMNS]):
                self.write(made, number - 1, at, cell, at in found)
            for at, sentences in found.items():
                if at >= len(cells):
                    made.write_blank(number - 1, at, None, self.bad)
                _comment(made, number - 1, at, "\n".join(sentences))

    def write(self, sheet: "Worksheet", row: int, at: int, cell: Cell, bad: bool) -> None:
        look = self.bad if bad else self.plain
        if isinstance(cell, bool):
            sheet.write_boolean(row, at, cell, look)
        elif isinstance(cell, Decimal) and cell.is_finite() and "%" not in str(cell):
            sheet.write_number(row, at, float(cell), look)
        elif isinstance(cell, date):
            sheet.write_datetime(row, at, cell, self.bad_day if bad else self.day)
        elif cell is not None and str(cell) != "":
            sheet.write_string(row, at, str(cell)[:_LONGEST_TEXT], look)
        elif bad:
            sheet.write_blank(row, at, None, look)


def _comment(sheet: "Worksheet", row: int, at: int, text: str) -> None:
    size = {"x_scale": 2.4, "y_scale": 1 + len(text) // 120, "font_size": 10}
    sheet.write_comment(row, at, text[:_LONGEST_TEXT], {"author": "htx", **size})


def _said(problems: Sequence[Problem]) -> dict[int, dict[int, list[str]]]:
    """Group problems by row and column; those of a whole row at its first cell."""
    said: dict[int, dict[int, list[str]]] = {}
    for problem in problems:
        found = _PLACE.fullmatch(problem.cell or "")
        row, at = (int(found[2]), _index(found[1])) if found else (problem.row or 1, 0)
        said.setdefault(row, {}).setdefault(at, []).append(say(problem))
    return said


def _index(letters: str) -> int:
    """The place of a column by its letters: A → 0, AB → 27."""
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - ord("A") + 1
    return at - 1
