"""The totals of a wide table: never imported, but compared with the sum of what they stand beside."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from htx_cli.intake.rows import PerCent, Raw, letter
from htx_cli.text import vietnamese
from htx_cli.text.errors import Rejected

Differing = tuple[int, dict[str, object]]  # the row of a total, and what it says of it


class Totals:
    """Adds up the columns, and each row, of a table as it is read."""

    def __init__(self) -> None:
        self._sums: dict[int, Decimal | None] = {}
        self._since: dict[int, Decimal | None] = {}  # the last total above, for those of a region
        self._row: Decimal | None = Decimal(0)
        self._stated: list[tuple[int, int, Raw, Decimal | None]] = []

    def add(self, at: int, cell: Raw, counts: bool) -> None:
        """Take a figure of the row in; one that does not count leaves its sums unknown."""
        amount = number_in(cell) if counts else None
        for sums in (self._sums, self._since):
            sums[at] = _plus(sums.get(at, Decimal(0)), amount)
        self._row = _plus(self._row, amount)

    def note(self, row: int, cells: Sequence[Raw], columns: Iterable[int]) -> None:
        """A row of totals, compared when the table has been read to its end."""
        for at in sorted(columns):
            if at < len(cells):
                self._stated.append((row, at, cells[at], self._since.get(at, Decimal(0))))
        self._since = {}

    def end_row(
        self, row: int, cells: Sequence[Raw], columns: Iterable[int]
    ) -> Iterator[Differing]:
        """The total columns of a row that do not say what its figures add up to."""
        added, self._row = self._row, Decimal(0)
        for at in columns:
            yield from _differing(row, at, cells[at] if at < len(cells) else None, added)

    def differing(self) -> Iterator[Differing]:
        """The total rows that do not say what their columns add up to."""
        for row, at, cell, since in self._stated:
            whole = self._sums.get(at, Decimal(0))
            if not any(number_in(cell) == sum for sum in (since, whole) if sum is not None):
                yield from _differing(row, at, cell, whole)


def number_in(cell: Raw) -> Decimal | None:
    """The number of a cell that says only one; None for any other."""
    if isinstance(cell, PerCent):
        return None
    if isinstance(cell, Decimal):
        return cell
    try:
        return vietnamese.number(str(cell).strip())
    except Rejected:
        return None


def _plus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one + other


def _differing(row: int, at: int, cell: Raw, added: Decimal | None) -> Iterator[Differing]:
    total = number_in(cell)
    if total is not None and added is not None and total != added:
        yield row, {"cell": f"{letter(at)}{row}", "total": total, "sum": added}
