"""Answers for people: a sheet of grids and notes in the language spoken, one module for each subject.

A sheet is made for a width in characters, or for no width at all (a pipe, a file): then nothing is
left out or broken. Nothing here prints.
"""

from typing import Any

from msgspec.structs import replace

from htx_cli.output import module_of
from htx_cli.output.layout import Grid, Ink, Notes, Sheet, Text
from htx_cli.text.words import escaped


def sheet(answer: Any, room: int | None) -> Sheet:
    """The sheet of an answer, for `room` characters across or for no width at all.

    No control character gets past here, from whatever text of a book.
    """
    made: Sheet = module_of("sheets", answer).sheet(answer, room)
    blocks = [
        _harmless_grid(block)
        if isinstance(block, Grid)
        else Notes([_harmless_text(line) for line in block.lines], _harmless(block.title))
        for block in made.blocks
    ]
    lead = [_harmless(line) for line in made.lead]
    return Sheet(_harmless(made.title), blocks, lead, made.spaced)


def _harmless_grid(grid: Grid) -> Grid:
    return replace(
        grid,
        columns=[replace(column, heading=_harmless(column.heading)) for column in grid.columns],
        rows=[[_harmless_text(cell) for cell in row] for row in grid.rows],
        title=_harmless(grid.title),
        under=[_harmless(line) for line in grid.under],
    )


def _harmless_text(text: Text) -> Text:
    return replace(text, text=_harmless(text.text)) if isinstance(text, Ink) else _harmless(text)


def _harmless(text: str) -> str:
    """The text with its own line breaks, and every other control character shown."""
    return text if text.isprintable() else "\n".join(map(escaped, text.split("\n")))
