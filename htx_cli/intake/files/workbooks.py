"""Rows of a workbook of any kind, and what can be wrong with it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from htx_cli.intake.rows import Raw

OURS = "_htx"  # a sheet so called holds what a workbook of ours says of itself
Rows = Iterator[tuple[int, Sequence[Raw]]]


class DamagedWorkbook(Exception):
    """The file is not what it should be inside."""


class TooLarge(Exception):
    """Reading the file would need more memory or time than is safe."""

    def __init__(self, sheet: str | None = None) -> None:
        super().__init__(sheet)
        self.sheet = sheet


def decimal(value: float) -> Decimal:
    """A cell's number with the 15 digits that a spreadsheet shows of it: 0.1 + 0.2 is 0.3.

    A whole number keeps all its digits, so that one with more than 15 is refused and not rounded.
    """
    if isinstance(value, int) or value.is_integer():
        return Decimal(int(value))
    return Decimal(f"{value:.15g}")
