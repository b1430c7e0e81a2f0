"""The workbook that a province fills in: its targets, and beside each the cells for its figure.

What comes back is a long table that `htx import` understands: the headings are ones that it knows or
leaves out, and hidden columns say of every row whose figure it is.
"""

from collections.abc import Callable
from datetime import date
from typing import IO, TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from htx_cli.domain.exchange import Question, Template
from htx_cli.domain.targets import Kind
from htx_cli.output.papers.workbook import sheet_name, workbook
from htx_cli.output.wording.figures import signed, value_text
from htx_cli.text.words import mark, t

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_A4 = 9
_MOST = 10**15
_LINE_HEIGHT = 15.5  # points; no program fits a row to its text until somebody types in it
_HEADING = 6  # the row of the heading, counted from 0
_HIDDEN = ("cluster", "year", "province")
_SHADE, _FILL, _LINE = "#F2F2F2", "#FFF9DB", "#A6A6A6"


class _Column(Struct, frozen=True):
    """A column: its heading, its width, and how the cell of a question is written."""

    heading: str
    width: float
    write: Callable[["_Sheet", int, int, Question], None]


def write(template: Template, file: IO[bytes]) -> None:
    """Write the workbook in the language spoken."""
    with workbook(file) as made:
        _Sheet(made, template).write()


class _Sheet:
    """One sheet in the making."""

    def __init__(self, made: "Workbook", template: Template) -> None:
        self.template = template
        self.sheet: Worksheet = made.add_worksheet(sheet_name(template.province.name, set()))
        self.formats = {name: made.add_format(look) for name, look in _LOOKS.items()}

    def write(self) -> None:
        """Titles, the table, and how it is shown and printed."""
        self.titles()
        for at, column in enumerate(_COLUMNS):
            self.sheet.set_column(at, at, column.width)
            self.sheet.write_string(_HEADING, at, t(column.heading), self.formats["heading"])
        last = len(_COLUMNS) + len(_HIDDEN) - 1
        self.sheet.set_column(len(_COLUMNS), last, None, None, {"hidden": True})
        self.sheet.set_row(_HEADING, 2 * _LINE_HEIGHT + 4)
        for beside, heading in enumerate(_HIDDEN, len(_COLUMNS)):
            self.sheet.write_string(_HEADING, beside, heading)
        for row, question in enumerate(self.template.questions, _HEADING + 1):
            for at, column in enumerate(_COLUMNS):
                column.write(self, row, at, question)
            self.ids(row)
        self.view()

    def titles(self) -> None:
        template, last = self.template, len(_COLUMNS) - 1
        province, year = template.province.name, str(template.year)
        lines = [
            (t("Results of the emulation targets of {year}", year=year), "title"),
            (template.cluster.name, "line"),
            (t("Unit: {province}", province=province), "unit"),
            (
                t(
                    "Fill in the yellow cells and send this file back. A figure that is left empty "
                    "counts as not reported, not as 0."
                ),
                "hint",
            ),
            (
                t(
                    "Counts are cumulative from 1 January to the date of the figure; a ratio needs "
                    "both its part and its whole."
                ),
                "hint",
            ),
        ]
        for row, (text, look) in enumerate(lines):
            self.sheet.merge_range(row, 0, row, last, "", self.formats[look])
            self.sheet.write_string(row, 0, text, self.formats[look])

    def ids(self, row: int) -> None:
        """Write into hidden columns whose figure it is, for the import."""
        template, at = self.template, len(_COLUMNS)
        self.sheet.write_string(row, at, template.cluster.id)
        self.sheet.write_number(row, at + 1, template.year)
        self.sheet.write_string(row, at + 2, template.province.id)

    def view(self) -> None:
        sheet, last = self.sheet, _HEADING + len(self.template.questions)
        sheet.protect("", {"sort": True, "format_columns": True, "format_rows": True})
        sheet.freeze_panes(_HEADING + 1, 3)
        sheet.set_selection(_HEADING + 1, _VALUE, _HEADING + 1, _VALUE)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEADING)
        sheet.print_area(0, 0, last, len(_COLUMNS) - 1)
        sheet.set_footer("&C&P/&N")

    # -- cells -------------------------------------------------------------------------------------

    def text(self, row: int, at: int, said: str, look: str = "text") -> None:
        """Write a text that nobody is to change."""
        if said:
            self.sheet.write_string(row, at, said, self.formats[look])
        else:
            self.sheet.write_blank(row, at, None, self.formats[look])

    def blank(self, row: int, at: int, look: str = "fill", **validation: object) -> None:
        """An empty cell to fill in; `validation` is what may be typed there."""
        self.sheet.write_blank(row, at, None, self.formats[look])
        if validation:
            self.allow(row, at, **validation)

    def allow(self, row: int, at: int, **validation: object) -> None:
        """Restrict what may be typed into a cell; an empty one is always allowed."""
        self.sheet.data_validation(row, at, row, at, {"ignore_blank": True, **validation})


# -- the columns -----------------------------------------------------------------------------------


def _number(sheet: _Sheet, row: int, at: int, question: Question) -> None:
    sheet.sheet.write_number(row, at, row - _HEADING, sheet.formats["centre"])


def _title(sheet: _Sheet, row: int, at: int, question: Question) -> None:
    target = question.target
    parts = [target.title]
    if target.of_title:
        parts.append(t("Whole: {title}", title=target.of_title))
    sheet.text(row, at, "\n".join(parts))
    lines = sum(len(part) // _COLUMNS[at].width + 1 for part in parts)
    sheet.sheet.set_row(row, _LINE_HEIGHT * lines + 4)


def _unit(sheet: _Sheet, row: int, at: int, question: Question) -> None:
    target = question.target
    yes_no = f"{t('yes')}/{t('no')}" if target.kind is Kind.YES_NO else ""
    sheet.text(row, at, target.unit or yes_no, "centre")


def _signed(sheet: _Sheet, row: int, at: int, question: Question) -> None:
    sheet.text(row, at, signed(question.target, question.threshold), "centre")


def _before(sheet: _Sheet, row: int, at: int, question: Question) -> None:
    if question.before is None:
        sheet.text(row, at, "", "right")
        return
    target, result = question.before
    figure = replace(result.figure, base=None)
    sheet.text(row, at, value_text(replace(target, unit=None), figure), "right")


def _value(sheet: _Sheet, row: int, at: int, question: Question) -> None:
    kind = question.target.kind
    if kind is Kind.YES_NO:
        sheet.blank(row, at, "choice", validate="list", source=[t("yes"), t("no")])
    elif kind in (Kind.COUNT, Kind.RATIO):
        sheet.blank(row, at, **_number_from(0))
    else:
        sheet.blank(row, at, **_number_from(-_MOST))


def _of(sheet: _Sheet, row: int, at: int, question: Question) -> None:
    target = question.target
    if target.kind is Kind.RATIO or (target.kind is Kind.TRACKED and target.of_title):
        sheet.blank(row, at, **_number_from(0))
    else:
        sheet.blank(row, at, "locked")


def _base(sheet: _Sheet, row: int, at: int, question: Question) -> None:
    if question.target.kind is Kind.GROWTH:
        sheet.blank(row, at, **_number_from(-_MOST))
    else:
        sheet.blank(row, at, "locked")


def _as_of(sheet: _Sheet, row: int, at: int, question: Question) -> None:
    sheet.sheet.write_datetime(row, at, sheet.template.as_of, sheet.formats["day"])
    year = sheet.template.year
    sheet.allow(
        row,
        at,
        validate="date",
        criteria="between",
        minimum=date(year, 1, 1),
        maximum=date(year, 12, 31),
        error_title=t("Date"),
        error_message=t("A day of {year} is wanted here.", year=str(year)),
    )


def _basis(sheet: _Sheet, row: int, at: int, question: Question) -> None:
    sheet.text(row, at, t("actual"), "choice")
    sheet.allow(row, at, validate="list", source=[t("actual"), t("estimate")])


def _number_from(least: int) -> dict[str, Any]:
    """A number, with the sentence that is shown for anything else."""
    said = t("A plain number is wanted here, without its unit.")
    between = {"validate": "decimal", "criteria": "between", "minimum": least, "maximum": _MOST}
    return {**between, "error_title": t("Figure"), "error_message": said}


_COLUMNS = (
    _Column(mark("No."), 5, _number),
    _Column(
        mark("Code"), 8, lambda sheet, row, at, q: sheet.text(row, at, q.target.code, "centre")
    ),
    _Column(mark("Title"), 42, _title),
    _Column(mark("Unit"), 12, _unit),
    _Column(mark("Signed"), 9, _signed),
    _Column(mark("Last year"), 12, _before),
    _Column(mark("Value"), 12, _value),
    _Column(mark("Of"), 12, _of),
    _Column(mark("Base"), 12, _base),
    _Column(mark("As of"), 12, _as_of),
    _Column(mark("Basis"), 12, _basis),
    _Column(mark("Source"), 22, lambda sheet, row, at, q: sheet.blank(row, at, "words")),
    _Column(mark("Note"), 22, lambda sheet, row, at, q: sheet.blank(row, at, "words")),
)
_VALUE = next(at for at, column in enumerate(_COLUMNS) if column.write is _value)

_CELL = {"border": 1, "border_color": _LINE, "valign": "vcenter"}
_TO_FILL = {**_CELL, "locked": False, "bg_color": _FILL}
_LOOKS: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 14, "align": "center"},
    "line": {"align": "center"},
    "unit": {"bold": True, "align": "center"},
    "hint": {"italic": True, "valign": "vcenter"},
    "heading": {**_CELL, "bold": True, "align": "center", "text_wrap": True, "bg_color": _SHADE},
    "text": {**_CELL, "text_wrap": True},
    "centre": {**_CELL, "align": "center", "text_wrap": True},
    "right": {**_CELL, "align": "right"},
    "locked": {**_CELL, "bg_color": _SHADE},
    "fill": {**_TO_FILL, "align": "right"},
    "choice": {**_TO_FILL, "align": "center"},
    "day": {**_TO_FILL, "align": "center", "num_format": "dd/mm/yyyy"},
    "words": {**_TO_FILL, "text_wrap": True},
}
