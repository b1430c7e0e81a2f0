"""Figures as the tables of the tests write them."""

from decimal import Decimal

from htx_cli.domain.targets import (
    Figure,
)

D = Decimal


def given(
    value: str | None = None,
    of: str | None = None,
    base: str | None = None,
    rate: str | None = None,
) -> Figure:
    """A figure with these numbers."""
    return Figure(*(None if part is None else D(part) for part in (value, of, base, rate)))
