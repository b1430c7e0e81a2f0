"""A table as a person made it → rows that each hold one figure, with the places of their cells."""

from collections.abc import Iterator

from htx_cli.errors import Problem
from htx_cli.importers.rows import Row, Table, columns, letter, rejected


def rows(table: Table) -> Iterator[Row]:
    """The rows below the heading. Raises Rejected if there is no table to read."""
    first = next(table.rows, None)
    if first is None:
        raise rejected(Problem("file_empty", {}, table.file, table.sheet))
    heading = columns(first[1], table.file, first[0])
    places = {column: letter(at) for at, column in enumerate(heading)}
    for number, cells in table.rows:
        if not any(str(cell).strip() for cell in cells if cell is not None):
            continue
        if len(cells) != len(heading):
            counts = {"found": len(cells), "expected": len(heading)}
            ragged = Problem("row_ragged", counts, table.file, table.sheet, number)
            yield Row(number, {}, table.file, table.sheet, broken=ragged)
            continue
        filled = {
            column: cell
            for column, cell in zip(heading, cells, strict=True)
            if cell is not None and str(cell).strip()
        }
        yield Row(number, filled, table.file, table.sheet, places)
