"""A table and a row of it on their way in."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from msgspec import Struct

from htx_cli.domain.changes import Caution, Place
from htx_cli.domain.model import Result
from htx_cli.intake import Percents
from htx_cli.intake.labels import COLUMNS, FIGURE
from htx_cli.intake.lexicon import Unit, lexicon, words
from htx_cli.text.errors import Phrase, Problem, Rejected
from htx_cli.text.vietnamese import Numbers


class Unread(Struct, frozen=True):
    """A cell that says nothing that can be trusted: why (an error's code), and what it shows."""

    code: str
    text: str

    def __str__(self) -> str:
        return self.text


class PerCent(Decimal):
    """The number of a cell that its sheet shows as a per cent: 0.58, which reads 58%."""

    def __str__(self) -> str:
        return f"{(100 * self).normalize():f}%"


class Scaled(Decimal):
    """The number that a cell shows in thousands or millions, by its format alone: 29000 for 29000000."""


class Shown(str):
    """The text that a sheet shows of a number: with words that the cell's format puts around it.

    Its decimal point is ours, so that it tells nothing of how numbers are written in its column.
    """

    __slots__ = ()


Raw = str | Decimal | bool | date | Unread | None

MOST_PROBLEMS = 1000  # kept of one import; the rest is counted


class Span(Struct, frozen=True):
    """Cells that were merged into one: rows by their numbers, columns counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


class Habits(Protocol):
    """Habits of a whole column in writing numbers, where one number alone could be two things."""

    def numbers(self, letter: str) -> Numbers | None:
        """Return how numbers are written in the column."""

    def percents(self, letter: str, limit: int) -> Percents | None:
        """Tell whether its bare numbers are per cents, or up to the limit fractions of 1."""


class Table(Struct, frozen=True):
    """A sheet as it was read, not yet understood: its rows from the top, by their numbers."""

    rows: Iterator[tuple[int, Sequence[Raw]]]
    file: str | None = None
    sheet: str | None = None
    merged: Sequence[Span] = ()
    again: Callable[[], Iterator[tuple[int, Sequence[Raw]]]] | None = None  # from the top once more
    hidden: bool = False
    hidden_rows: Collection[int] = ()
    hidden_columns: Sequence[range] = ()  # counted from 0
    caution: Caution | None = None  # what is to be said of how it was read
    numbers: Numbers | None = None  # how numbers are written, as what stands between cells tells it
    commas: bool = False  # stand between cells
    from_1904: bool = False  # bare numbers of days are counted from there


class Row(Struct, frozen=True):
    """One figure with its place; `cells` by column name.

    `places` says where each column stands: B for the cell of this row, B3 for a cell of the heading.
    """

    number: int
    cells: Mapping[str, Raw]
    file: str | None = None
    sheet: str | None = None
    places: Mapping[str, str] | None = None
    broken: Problem | None = None  # the row could not be split into cells
    aside: Caution | None = None  # no figure, but something to say of the table
    habits: Habits | None = None
    unit: str | None = None  # that the row or its heading states
    above: Unit | None = None  # that stands above the table, where neither does
    heading: str | None = None  # the label to be told, where none names the part of its figure
    index: str | None = None  # the same for a rate, where none says that it is an increase
    silent: bool = False  # a dash stands in the place of the figure

    def stood(self, result: Result) -> Place | None:
        """Return where in its file the figure stands: the cell of its value, or of its rate."""
        if self.file is None:
            return None
        column = "rate" if result.figure.rate is not None and self.cells.get("rate") else "value"
        return Place(self.file, self.sheet, self.cell(column), self.number)

    def cell(self, column: str | None) -> str | None:
        """The cell that a column of this row stands in, as a spreadsheet names it."""
        place = (self.places or {}).get(column or "")
        return f"{place}{self.number}" if place and place.isalpha() else place

    def problem(
        self, code: str, values: Mapping[str, object], column: str | None = None
    ) -> Problem:
        """A problem that stands in this row."""
        raw = self.cells.get(column) if column else None
        return Problem(
            code,
            values,
            self.file,
            self.sheet,
            self.number,
            self.cell(column),
            column,
            None if raw is None else written(raw)[:100],
        )


def written(raw: Raw) -> str:
    """A cell as text; yes and no as JSON writes them."""
    return str(raw).lower() if isinstance(raw, bool) else str(raw)


def rejected(*problems: Problem) -> Rejected:
    """Build the error that a file cannot be taken, with every problem of it."""
    files = problems[0].file or "rows"
    return Rejected("problems", problems, count=str(len(problems)), files=files)


def letter(at: int) -> str:
    """The letter of a column as a spreadsheet shows it: 0 → A, 27 → AB."""
    text = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def column_of(heading: str) -> str | None:
    """The column of ours that a heading names, in English or Vietnamese."""
    known, bare = lexicon(), words(lexicon().plain(heading))
    sense = known.whole.get(" ".join(bare)) or known.within["heading"].get(bare)
    name = "value" if sense == ("role", "result") else sense[1] if sense else ""
    return name if name in (*COLUMNS, *FIGURE) else None


def named(columns: Iterable[str]) -> list[Phrase]:
    """The columns as a person may head them."""
    return [Phrase(f"column_{column}") for column in columns]


def from_mappings(rows: Iterable[Mapping[str, object]]) -> Iterator[Row]:
    """Rows that a script hands over: mappings from a heading to a text, number, date or yes/no.

    Raises TypeError for anything else.
    """
    if isinstance(rows, Mapping):
        raise TypeError("a single row was given; put it into a list")
    if not isinstance(rows, Iterable):
        raise TypeError(f"a path or rows (mappings) are expected, not {type(rows).__name__}")
    for number, mapping in enumerate(rows, 1):
        if not isinstance(mapping, Mapping):
            raise TypeError(f"row {number} is no mapping but {type(mapping).__name__}")
        yield from_mapping(mapping, number, None)


def from_mapping(mapping: Mapping[str, object], number: int, file: str | None) -> Row:
    """One such row; a value of another type becomes a problem in its place."""
    cells: dict[str, Raw] = {}
    for heading, value in mapping.items():
        column = column_of(str(heading))
        if column is None:
            values = {"value": str(heading)[:60], "known": named(COLUMNS)}
            broken = Problem("key_unknown", values, file, None, number)
            return Row(number, {}, file, broken=broken)
        if column in cells:
            twice = Problem("column_twice", {"value": str(heading)[:60]}, file, None, number)
            return Row(number, {}, file, broken=twice)
        if isinstance(value, float | int) and not isinstance(value, bool):
            value = Decimal(
                float.__repr__(value) if isinstance(value, float) else int.__repr__(value)
            )
        if isinstance(value, str):
            value = str.__str__(value)  # of a script's own kind of text only the text
        if value is not None and not isinstance(value, str | Decimal | bool | date):
            shown = str(value)[:60]
            broken = Problem(
                "json_value", {"value": shown}, file, None, number, None, column, shown
            )
            return Row(number, {}, file, broken=broken)
        cells[column] = value.date() if isinstance(value, datetime) else value
    return Row(number, cells, file)
