"""A row on its way in, and the headings that people give its columns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from htx_cli.errors import Problem, Rejected
from htx_cli.vietnamese import folded

Raw = str | Decimal | bool | date | None

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "cluster": ("cluster", "cum", "cum thi dua"),
    "year": ("year", "nam"),
    "province": ("province", "tinh", "don vi", "tinh thanh pho", "thanh pho"),
    "target": ("target", "chi tieu", "ma", "ma chi tieu", "code"),
    "as_of": ("as of", "ngay", "date", "den ngay", "tinh den ngay"),
    "basis": ("basis", "loai", "loai so lieu"),
    "value": ("value", "ket qua", "ket qua thuc hien"),
    "of": ("of", "tren tong so", "tong so"),
    "base": ("base", "so goc"),
    "rate": ("rate", "ty le", "ti le"),
    "source": ("source", "nguon", "nguon so lieu"),
    "note": ("note", "ghi chu"),
}
VIETNAMESE = {
    "cluster": "cụm",
    "year": "năm",
    "province": "tỉnh",
    "target": "chỉ tiêu",
    "as_of": "ngày",
    "basis": "loại",
    "value": "kết quả",
    "of": "trên tổng số",
    "base": "số gốc",
    "rate": "tỷ lệ",
    "source": "nguồn",
    "note": "ghi chú",
}
_COLUMN = {heading: column for column, headings in HEADINGS.items() for heading in headings}
MOST_PROBLEMS = 1000  # kept of one import; the rest is counted


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as it was read, not yet understood: its rows from the top, by their numbers."""

    rows: Iterator[tuple[int, Sequence[Raw]]]
    file: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One figure with its place; `cells` by column name.

    `places` says where each column stands: B for the cell of this row, B3 for a cell of the heading.
    """

    number: int
    cells: Mapping[str, Raw]
    file: str | None = None
    sheet: str | None = None
    places: Mapping[str, str] | None = None
    broken: Problem | None = None  # the row could not be split into cells

    def problem(
        self, code: str, values: Mapping[str, object], column: str | None = None
    ) -> Problem:
        """A problem that stands in this row."""
        raw = self.cells.get(column) if column else None
        cell = (self.places or {}).get(column or "")
        return Problem(
            code,
            values,
            self.file,
            self.sheet,
            self.number,
            f"{cell}{self.number}" if cell and cell.isalpha() else cell,
            column,
            None if raw is None else str(raw)[:100],
        )


def columns(headings: Iterable[object], file: str | None, row: int) -> list[str]:
    """The column that each heading names. Raises Rejected with every heading that names none."""
    found: list[str] = []
    problems: list[Problem] = []
    for at, heading in enumerate(headings):
        text = str(heading)
        column = _COLUMN.get(folded(text))
        cell = f"{letter(at)}{row}"
        if column is None:
            values = {"value": text[:60], "known": both_names(HEADINGS)}
            problems.append(
                Problem("column_unknown", values, file, None, row, cell, None, text[:60])
            )
        elif column in found:
            twice = {"value": text[:60]}
            problems.append(
                Problem("column_twice", twice, file, None, row, cell, column, text[:60])
            )
        found.append(column or "")
    missing = [c for c in ("province", "target") if c not in found]
    if not {"value", "rate"} & set(found):
        missing.append("value")
    if missing and not problems:
        problems.append(Problem("columns_missing", {"known": both_names(missing)}, file, None, row))
    if problems:
        raise rejected(*problems)
    return found


def both_names(columns: Iterable[str]) -> list[str]:
    """The columns as a person may head them, in English and in Vietnamese."""
    return [f"{column} ({VIETNAMESE[column]})" for column in columns]


def rejected(*problems: Problem) -> Rejected:
    """What is raised when a file cannot be taken, with every problem of it."""
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


def from_mappings(rows: Iterable[Mapping[str, object]], file: str | None = None) -> Iterator[Row]:
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
        yield from_mapping(mapping, number, file)


def from_mapping(mapping: Mapping[str, object], number: int, file: str | None) -> Row:
    """One such row; a value of another type becomes a problem in its place."""
    cells: dict[str, Raw] = {}
    for heading, value in mapping.items():
        column = _COLUMN.get(folded(str(heading)))
        if column is None:
            values = {"value": str(heading)[:60], "known": both_names(HEADINGS)}
            broken = Problem("column_unknown", values, file, None, number)
            return Row(number, {}, file, broken=broken)
        if column in cells:
            twice = Problem("column_twice", {"value": str(heading)[:60]}, file, None, number)
            return Row(number, {}, file, broken=twice)
        if isinstance(value, float | int) and not isinstance(value, bool):
            value = Decimal(
                float.__repr__(value) if isinstance(value, float) else int.__repr__(value)
            )
        if value is not None and not isinstance(value, str | Decimal | bool | date):
            shown = str(value)[:60]
            broken = Problem(
                "json_value", {"value": shown}, file, None, number, None, column, shown
            )
            return Row(number, {}, file, broken=broken)
        from datetime import datetime

        cells[column] = value.date() if isinstance(value, datetime) else value
    return Row(number, cells, file)
