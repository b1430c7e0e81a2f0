"""Markdown: the sheet with pipe tables; characters that mean something to Markdown are escaped."""

import re
from typing import Any

from htx_cli.output.layout import Grid, Text
from htx_cli.output.sheets import sheet


def render(value: Any) -> str:
    """The sheet as Markdown."""
    made = sheet(value, None)
    parts = [f"## {_escape(made.title)}", *(_escape(line) for line in made.lead)]
    for block in made.blocks:
        if block.title:
            parts.append(f"### {_escape(block.title)}")
        if isinstance(block, Grid):
            parts.append("\n".join(_table(block)))
        else:
            parts.append("\n".join(f"- {_escape(line)}" for line in block.lines))
    return "\n\n".join(parts) + "\n"


def _table(grid: Grid) -> list[str]:
    heading = [_escape(column.heading) or " " for column in grid.columns]
    rule = ["---:" if column.right else "---" for column in grid.columns]
    rows = [[_escape(cell) for cell in row] for row in grid.rows]
    return [f"| {' | '.join(row)} |" for row in (heading, rule, *rows)]


def _escape(text: Text) -> str:
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", str(text))
