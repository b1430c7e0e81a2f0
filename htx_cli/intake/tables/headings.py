"""Meanings of headings: a column of ours, a target, a province, or nothing to read."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from htx_cli.domain.model import Province, Target
from htx_cli.domain.names import titled
from htx_cli.text.errors import Phrase
from htx_cli.text.vietnamese import folded

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "cluster": ("cluster", "cum", "cum thi dua"),
    "year": ("year", "nam"),
    "province": (
        "province",
        "tinh",
        "don vi",
        "tinh thanh pho",
        "tinh tp",
        "thanh pho",
        "ten don vi",
        "ten tinh",
        "don vi bao cao",
        "lien minh htx",
        "lien minh htx tinh",
        "lien minh htx tinh thanh pho",
        "dia phuong",
    ),
    "target": ("target", "chi tieu", "ma", "ma chi tieu", "code"),
    "as_of": ("as of", "ngay", "date", "den ngay", "tinh den ngay", "ngay so lieu"),
    "basis": ("basis", "loai", "loai so lieu"),
    "value": (
        "value",
        "ket qua",
        "ket qua thuc hien",
        "thuc hien",
        "so thuc hien",
        "gia tri",
        "so lieu",
        "so luong",
    ),
    "of": ("of", "tren tong so", "tong so"),
    "base": ("base", "so goc", "goc"),
    "rate": ("rate", "ty le", "ti le"),
    "source": ("source", "nguon", "nguon so lieu"),
    "note": ("note", "ghi chu"),
}
FIGURE = ("value", "of", "base", "rate")  # what a target's own columns may hold
_TITLES = ("noi dung", "ten chi tieu", "noi dung chi tieu", "title")
_LEFT_OUT = (
    "stt",
    "tt",
    "so tt",
    "so thu tu",
    "muc giao",
    "ke hoach",
    "kh",
    "giao uoc",
    "no",
    "signed",
    "nam truoc",
    "last year",
    "ke hoach giao",
    "chi tieu giao",
    "ty le hoan thanh",
    "hoan thanh",
    "so voi ke hoach",
    "so voi kh",
)
_UNITS = ("don vi tinh", "dvt", "unit")
_PLANS = ("ke hoach", "kh", "muc giao", "giao uoc", "chi tieu giao", "ke hoach giao", "signed")
_TOTALS = ("tong cong", "tong", "cong", "total")
_OF_CLUSTER = ("toan cum", "ca cum", "cong toan cum", "tong toan cum")
_COLUMN = {heading: column for column, headings in COLUMNS.items() for heading in headings}
SKIP = "skip"  # in a mapping: leave this column out
TARGET = "target:"  # in a mapping: before a code


class Meaning(Struct, frozen=True):
    """The meaning of a heading: a `column` of ours, and whose figure stands under it.

    `title` names a target in words beside its code; `total` and `skip` are not figures to import.
    """

    column: str | None = None
    target: Target | None = None
    province: Province | None = None
    title: bool = False
    total: bool = False
    skip: bool = False
    unit: bool = False  # names the unit of each row
    plan: bool = False  # what was asked for; then a rate beside it may be how much of that is done
    per_cent: bool = False  # the heading says that its figures are per cents


class Headings:
    """Understands headings, given the targets of the year, how provinces are found, and a mapping."""

    def __init__(
        self,
        targets: Sequence[Target] = (),
        province: Callable[[str], Province | None] = lambda text: None,
        mapping: Mapping[str, str] | None = None,
        signed_in: int | None = None,
    ) -> None:
        self.targets = targets
        self.signed_in = signed_in  # a neighbouring year that has targets, where this one has none
        self._province = province
        self._mapping = {folded(heading): use for heading, use in (mapping or {}).items()}

    def meaning(self, text: str, year: int) -> Meaning | None:
        """Find what the heading means in a table of that year; None if nothing is known of it."""
        plain = folded(text)
        if plain in self._mapping:
            return self._mapped(self._mapping[plain])
        if (column := _COLUMN.get(_without_year(plain, year))) is not None:
            return Meaning(column)
        if plain in _TITLES:
            return Meaning(title=True)
        if plain in _UNITS:
            return Meaning(unit=True)
        if (bare := _without_year(plain, year)) in _LEFT_OUT:
            return Meaning(skip=True, plan=bare in _PLANS)
        if is_total(text):
            return Meaning(total=True)
        if target := self.target(text):
            return Meaning(target=target, per_cent="%" in text)
        if province := self._province(text):
            return Meaning(province=province)
        return None

    def _mapped(self, use: str) -> Meaning | None:
        if use == SKIP:
            return Meaning(skip=True)
        if use in COLUMNS:
            return Meaning(use)
        code, _, column = use.removeprefix(TARGET).partition(":")
        found = next((t for t in self.targets if t.code.casefold() == code.casefold()), None)
        return Meaning(column or None, found) if found else None

    def part(self, text: str, target: Target) -> str | None:
        """Find what a heading below a target's own stands for, if only one part of its figure bears it.

        Below *Tỷ lệ HTX hiệu quả* `Tổng số HTX` is the whole, and `Số HTX hiệu quả` the value.
        """
        words = set(folded(text).split()) - {"so", "tong"}
        title, whole = (set(folded(of or "").split()) for of in (target.title, target.of_title))
        plain = folded(text)
        if plain.startswith("tong so") and words <= title | whole:
            return "of"
        if not words or not plain.startswith("so ") or words <= title & whole:
            return None
        decisive = folded(target.title).split()[-1:]  # what makes some of the whole the value
        if words <= title and not words <= whole and words >= set(decisive):
            return "value"
        return "of" if words <= whole and not words <= title else None

    def target(self, text: str) -> Target | None:
        """The one target that the text names, by its code or by its title."""
        plain = text.strip().casefold()
        coded = next((t for t in self.targets if t.code.casefold() == plain), None)
        return coded or titled(text, self.targets)


def is_total(text: str, row: bool = False, long: bool = False) -> bool:
    """Tell whether a heading, or the label of a row, stands for the sum of the others.

    In a long table *toàn cụm* is no sum but a figure reported for the whole cluster.
    """
    plain = folded(text)
    if plain in _TOTALS or (not long and plain in _OF_CLUSTER):
        return True
    return row and plain in COLUMNS["of"]


def column_of(heading: str) -> str | None:
    """The column of ours that a heading names, in English or Vietnamese."""
    return _COLUMN.get(folded(heading))


def named(columns: Iterable[str]) -> list[Phrase]:
    """The columns as a person may head them."""
    return [Phrase(f"column_{column}") for column in columns]


def _without_year(plain: str, year: int) -> str:
    """`thuc hien nam 2021` → `thuc hien`, but only for the table's own year."""
    return re.sub(rf" (?:nam )?{year}$", "", plain)
