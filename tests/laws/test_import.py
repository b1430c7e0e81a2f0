"""Any table of results, written in any shape and any kind of file, is read as the same figures."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from htx_cli.actions import known
from htx_cli.domain.targets import Figure
from htx_cli.intake.resolve import Defaults, resolve
from htx_cli.intake.sources import Intake, Manner, Source
from htx_cli.text.vietnamese import Numbers
from tests.support.books import SAMPLE, book
from tests.support.laws import tried

PROVINCES = {
    "can-tho": "Cần Thơ",
    "soc-trang": "Sóc Trăng",
    "bac-lieu": "Bạc Liêu",
    "hau-giang": "Hậu Giang",
}
TITLES = {
    "1a": "Số HTX thành lập mới",
    "2": "Tỷ lệ HTX hoạt động hiệu quả",
    "4": "Số thành viên HTX",
    "6": "Số mô hình HTX quy mô lớn theo chuỗi giá trị xây dựng mới",
    "8a": "Có Quỹ Hỗ trợ phát triển HTX",
}
PARTS = {"2": ("value", "of"), "4": ("value", "base")}
NAMED = {"value": "Kết quả", "of": "Tổng số", "base": "Số gốc"}
Figures = Mapping[tuple[str, str], Figure]  # by province and target
Cell = str | Decimal | bool | None
Lines = Sequence[Sequence[Cell]]

whole = st.integers(0, 10**9).map(Decimal)
amounts = st.one_of(st.integers(0, 40).map(Decimal), whole, whole.map(lambda n: n.scaleb(-3)))


def figure(code: str) -> st.SearchStrategy[Figure]:
    if code == "8a":
        return st.sampled_from([Figure(Decimal(1)), Figure(Decimal(0))])
    if code == "2":
        pairs = st.tuples(amounts, amounts).map(sorted)
        return pairs.map(lambda pair: Figure(pair[0], of=pair[1]))
    if code == "4":
        return st.builds(lambda value, base: Figure(value, base=base), amounts, amounts)
    return st.builds(Figure, amounts)


def of_targets(codes: Sequence[str]) -> st.SearchStrategy[Figures]:
    places = [(province, code) for province in PROVINCES for code in codes]
    return st.fixed_dictionaries({}, optional={place: figure(place[1]) for place in places}).filter(
        bool
    )


tables = st.lists(st.sampled_from(sorted(TITLES)), min_size=1, unique=True).flatmap(of_targets)


@dataclass(frozen=True)
class Hand:
    """How somebody writes: names, headings and numbers."""

    titles: bool
    capitals: bool
    alliance: bool
    numbering: bool
    numbers: Numbers
    grouped: bool
    typed: bool  # in a workbook: numbers as numbers

    def province(self, id: str) -> str:
        name = ("Liên minh HTX " if self.alliance else "") + PROVINCES[id]
        return name.upper() if self.capitals else name

    def target(self, code: str) -> str:
        return TITLES[code] if self.titles else code

    def cell(self, code: str, part: str, figure: Figure | None) -> Cell:
        amount: Decimal | None = getattr(figure, part, None)
        if amount is None:
            return None
        if code == "8a":
            return "Có" if amount else "chưa"
        if self.typed:
            return amount
        text = f"{amount:,f}" if self.grouped else f"{amount:f}"
        swapped = {",": ".", ".": ","} if self.numbers == "vi" else {}
        return "".join(swapped.get(c, c) for c in text)


hands = st.builds(
    Hand,
    titles=st.booleans(),
    capitals=st.booleans(),
    alliance=st.booleans(),
    numbering=st.booleans(),
    numbers=st.sampled_from(["vi", "en"]),
    grouped=st.booleans(),
    typed=st.booleans(),
)


def long(figures: Figures, hand: Hand) -> Lines:
    """A figure a row."""
    columns = ("value", "of", "base")
    lines: list[list[Cell]] = [["Tỉnh", "Chỉ tiêu", *(NAMED[part] for part in columns)]]
    for (province, code), one in figures.items():
        parts = [hand.cell(code, part, one) for part in columns]
        lines.append([hand.province(province), hand.target(code), *parts])
    return lines


def provinces_down(figures: Figures, hand: Hand) -> Lines:
    """Targets across; below those with two parts a second row of the heading."""
    codes = list(dict.fromkeys(code for _, code in figures))
    columns = [(code, part) for code in codes for part in PARTS.get(code, ("value",))]
    top: list[Cell] = ["Đơn vị"]
    top += [hand.target(code) if part == "value" else None for code, part in columns]
    lines = [top]
    if any(code in PARTS for code in codes):
        lines.append([None, *(NAMED[part] if code in PARTS else None for code, part in columns)])
    for province in dict.fromkeys(province for province, _ in figures):
        row = [(code, part, figures.get((province, code))) for code, part in columns]
        cells = [hand.cell(code, part, one) for code, part, one in row]
        lines.append([hand.province(province), *cells])
    return lines


def targets_down(figures: Figures, hand: Hand) -> Lines:
    """Provinces across, each over the parts that any of the figures has."""
    provinces = list(dict.fromkeys(province for province, _ in figures))
    parts = [p for p in NAMED if any(getattr(f, p) is not None for f in figures.values())]
    top: list[Cell] = ["Chỉ tiêu"]
    for province in provinces:
        top += [hand.province(province), *[None] * (len(parts) - 1)]
    lines = [top]
    if len(parts) > 1:
        lines.append([None, *(NAMED[part] for _ in provinces for part in parts)])
    for code in dict.fromkeys(code for _, code in figures):
        row = [(part, figures.get((p, code))) for p in provinces for part in parts]
        cells = [hand.cell(code, part, one) for part, one in row]
        lines.append([hand.target(code), *cells])
    return lines


def numbered(lines: Lines) -> Lines:
    """With a column of running numbers, and a row of column numbers under the heading."""
    head = 2 if len(lines) > 1 and lines[1][0] is None else 1
    width = len(lines[0]) + 1
    body = [[str(at), *line] for at, line in enumerate(lines[head:], 1)]
    tops: list[list[Cell]] = [["STT" if not at else None, *lines[at]] for at in range(head)]
    return [*tops, [f"({n})" for n in range(1, width + 1)], *body]


def as_text(lines: Lines, separator: str, path: Path) -> Path:
    made = io.StringIO()
    writer = csv.writer(made, delimiter=separator)
    writer.writerows([["" if cell is None else cell for cell in line] for line in lines])
    path = path.with_suffix(".csv")
    path.write_text(made.getvalue(), encoding="utf-8")
    return path


def as_workbook(lines: Lines, path: Path) -> Path:
    path = path.with_suffix(".xlsx")
    with Workbook(path) as made:
        sheet = made.add_worksheet()
        for row, line in enumerate(lines):
            for column, cell in enumerate(line):
                if isinstance(cell, Decimal):
                    sheet.write_number(row, column, float(cell))
                elif cell is not None:
                    sheet.write_string(row, column, str(cell))
    return path


@contextmanager
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as name:
        yield Path(name) / "table"


def read_back(path: Path, numbers: Numbers) -> dict[tuple[str, str], Figure]:
    opened = book(SAMPLE)
    defaults = Defaults(opened.today, year=2021, as_of=date(2021, 12, 31), numbers=numbers)
    found = {}
    with opened.reading() as connection:
        everything = known(connection)
        for row in Source(path).rows(Intake(everything, Manner(defaults))):
            assert row.broken is None, row.broken
            assert row.aside is None or row.aside.code == "rows_silent", row.aside
            if row.aside is None:
                one = resolve(row, everything, defaults)
                assert one.province is not None
                found[one.province.id, one.target.code] = one.result.figure
    return found


@tried(150)
@given(
    figures=tables,
    hand=hands,
    shape=st.sampled_from([long, provinces_down, targets_down]),
    kind=st.sampled_from([",", ";", "\t", "|", "xlsx"]),
)
def test_any_table_in_any_shape_and_any_file_is_read_as_the_same_figures(
    figures: Figures, hand: Hand, shape: object, kind: str
) -> None:
    assert callable(shape)
    if kind != "xlsx":
        hand = Hand(**{**hand.__dict__, "typed": False})
    lines = shape(figures, hand)
    lines = numbered(lines) if hand.numbering else lines
    with folder() as path:
        made = as_workbook(lines, path) if kind == "xlsx" else as_text(lines, kind, path)
        assert read_back(made, hand.numbers) == figures
