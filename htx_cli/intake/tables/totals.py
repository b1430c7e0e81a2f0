"""The totals of a wide table: never imported, but compared with the sum of what they stand beside."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from htx_cli.domain.model import Target
from htx_cli.domain.targets import Kind
from htx_cli.intake.rows import PerCent, Raw, letter
from htx_cli.intake.tables.plan import Group, text_of
from htx_cli.text import vietnamese
from htx_cli.text.errors import Rejected

Differing = tuple[int, dict[str, object]]  # the row of a total, and what it says of it


class Totals:
    """Adds up the columns, and each row, of a table as it is read."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._groups = groups
        self._sums: dict[int, Decimal | None] = {}
        self._stated: list[tuple[int, int, Raw]] = []

    def add(self, group: Group, target: Target | None, cells: Sequence[Raw]) -> Decimal | None:
        """Take the parts of a figure in; gives what they add up to, None if that cannot be said."""
        added: Decimal | None = Decimal(0)
        for column, at in group.parts.items():
            amount = self._amount(cells[at], target, group, column)
            self._sums[at] = _plus(self._sums.get(at, Decimal(0)), amount)
            added = _plus(added, amount)
        return added

    def _amount(
        self, cell: Raw, target: Target | None, group: Group, column: str
    ) -> Decimal | None:
        if not text_of(cell):
            return Decimal(0)
        if target is None or target.kind is Kind.YES_NO or column == "rate":
            return None
        if target.kind is Kind.RATIO and "of" not in group.parts:
            return None
        return _number(cell)

    def note(self, row: int, cells: Sequence[Raw]) -> None:
        """A row of totals, compared when the table has been read to its end."""
        columns = {at for group in self._groups for at in group.parts.values()}
        self._stated += [(row, at, cells[at]) for at in sorted(columns) if at < len(cells)]

    def differing_in_row(
        self, row: int, cells: Sequence[Raw], added: Decimal | None
    ) -> Iterator[Differing]:
        """The total columns of a row that do not say what its figures add up to."""
        for group in self._groups:
            for at in group.parts.values() if group.total else ():
                yield from _differing(row, at, cells[at], added)

    def differing(self) -> Iterator[Differing]:
        """The total rows that do not say what their columns add up to."""
        for row, at, cell in self._stated:
            yield from _differing(row, at, cell, self._sums.get(at, Decimal(0)))


def _plus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one + other


def _number(cell: Raw) -> Decimal | None:
    if isinstance(cell, PerCent):
        return None
    if isinstance(cell, Decimal):
        return cell
    try:
        return vietnamese.number(text_of(cell))
    except Rejected:
        return None


def _differing(row: int, at: int, cell: Raw, added: Decimal | None) -> Iterator[Differing]:
    total = _number(cell) if text_of(cell) else None
    if total is not None and added is not None and total != added:
        yield row, {"cell": f"{letter(at)}{row}", "total": total, "sum": added}
