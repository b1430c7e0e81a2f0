"""Growth whose base is older than its base year: which figures it is measured from."""

from collections.abc import Iterator
from datetime import date

from htx_cli.domain.model import Province, Result
from htx_cli.domain.report import Cell
from htx_cli.domain.targets import Status


def early_bases(cell: Cell) -> tuple[tuple[Province, Result], ...]:
    """The figures used as a base that are not of the last day of the base year, and whose they are.

    A base that came with the figure has no date, and is none of them.
    """
    return tuple(base for leaf in cell.leaves for base in _of(leaf))


def _of(cell: Cell) -> Iterator[tuple[Province, Result]]:
    year, reported, base = cell.target.base_year, cell.result, cell.base_from
    if year is None or reported is None or base is None or cell.status is Status.NOT_ASSIGNED:
        return
    if reported.figure.base is not None or reported.figure.rate is not None:
        return
    for province, figure in cell.base_parts or ((cell.province, base),):
        if figure.as_of < date(year, 12, 31):
            yield province, figure
