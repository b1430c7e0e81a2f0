"""A sheet as Rich draws it. Texts are data: no markup in them takes effect."""

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as RichText

from htx_cli.output.layout import Grid, Ink, Sheet, Text

_NARROWEST = 8  # characters of a broken column
_INDENT = 6  # at the most, of a line under its row
MOST_ROWS = 300  # drawing costs half a millisecond a row; beyond these, plain text answers at once


def drawable(sheet: Sheet) -> bool:
    """Tell whether Rich draws the sheet without a noticeable wait."""
    return sum(len(block.rows) for block in sheet.blocks if isinstance(block, Grid)) <= MOST_ROWS


def width_of(sheet: Sheet, room: int) -> int:
    """The width to draw for: wider than the terminal only where a number would be cut otherwise."""
    grids = [block.fitted(room) for block in sheet.blocks if isinstance(block, Grid)]
    fixed = [
        sum(w for w, c in zip(g.widths(), g.columns, strict=True) if not c.flexible)
        + sum(_NARROWEST for c in g.columns if c.flexible)
        + g.gap * (len(g.columns) - 1)
        for g in grids
    ]
    return max([room, *fixed])


def draw(sheet: Sheet, room: int) -> RenderableType:
    """Title, lead and blocks, one under the other, for a terminal of `room` characters."""
    parts: list[RenderableType] = []
    if sheet.title:
        parts.append(RichText(sheet.title, style="bold"))
    parts += [RichText(line) for line in sheet.lead]
    for block in sheet.blocks:
        if parts and (sheet.spaced or block.title or isinstance(block, Grid)):
            parts.append("")
        if block.title:
            parts.append(RichText(block.title, style="bold"))
        if isinstance(block, Grid):
            grid = block.fitted(room)
            parts += _with_lines_under(grid) if grid.under else [_table(grid)]
        else:
            parts += [_text(line) for line in block.lines]
    return Group(*parts)


def _table(grid: Grid) -> Table:
    table = Table(
        box=box.SIMPLE_HEAD if grid.ruled else None,
        show_edge=False,
        pad_edge=False,
        padding=(
            0,
            grid.gap - 1 if grid.ruled else grid.gap,
            0,
            0,
        ),  # the rule has a gap of its own
        header_style="bold",
        show_header=any(column.heading for column in grid.columns),
    )
    for column, width in zip(grid.columns, grid.widths(), strict=True):
        table.add_column(
            RichText(column.heading),
            justify="right" if column.right else "left",
            no_wrap=not column.flexible,
            min_width=None if column.flexible else width,
            width=column.width,
            overflow="fold",
        )
    for row in grid.rows:
        table.add_row(*(_text(cell) for cell in row))
    return table


def _with_lines_under(grid: Grid) -> list[RenderableType]:
    """Rows that have a line of their own under them, for a terminal too narrow for one table."""
    widths = grid.widths()
    heading = [column.heading for column in grid.columns]
    parts: list[RenderableType] = [RichText(_aligned(grid, heading, widths), style="bold")]
    for row, under in zip(grid.rows, grid.under, strict=True):
        line = RichText()
        for at, (cell, width) in enumerate(zip(row, widths, strict=True)):
            style = cell.style if isinstance(cell, Ink) else ""
            right = grid.columns[at].right
            text = str(cell).rjust(width) if right else str(cell).ljust(width)
            line.append(text + " " * grid.gap, style=style)
        line.rstrip()
        parts.append(line)
        if under:
            parts.append(
                Padding(RichText(under, style="dim"), (0, 0, 0, min(widths[0] + grid.gap, _INDENT)))
            )
    return parts


def _aligned(grid: Grid, texts: list[str], widths: list[int]) -> str:
    cells = [
        text.rjust(width) if column.right else text.ljust(width)
        for text, width, column in zip(texts, widths, grid.columns, strict=True)
    ]
    return (" " * grid.gap).join(cells).rstrip()


def _text(text: Text) -> RichText:
    return RichText(text.text, style=text.style) if isinstance(text, Ink) else RichText(text)
