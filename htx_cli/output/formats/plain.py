"""Plain text for a pipe: aligned columns, nothing cut, coloured or wrapped."""

from typing import Any

from htx_cli.output.layout import Grid
from htx_cli.output.sheets import sheet


def render(value: Any) -> str:
    """The sheet as text."""
    made = sheet(value, None)
    parts = ["\n".join([made.title, *made.lead])]
    for block in made.blocks:
        if isinstance(block, Grid):
            lines = grid_lines(block)
        else:
            lines = [f"  {line}" if block.title else str(line) for line in block.lines]
        parts.append("\n".join([block.title, *lines] if block.title else lines))
    return "\n\n".join(parts) + "\n"


def grid_lines(grid: Grid) -> list[str]:
    """Heading and rows, two spaces between the columns."""
    rows = [[column.heading for column in grid.columns], *([str(c) for c in r] for r in grid.rows)]
    widths = grid.widths()
    lines = []
    for row in rows:
        cells = [
            text.rjust(width) if column.right else text.ljust(width)
            for text, width, column in zip(row, widths, grid.columns, strict=True)
        ]
        lines.append("  ".join(cells).rstrip())
    return lines
