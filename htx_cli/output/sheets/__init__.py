"""What is shown → a `Sheet` of grids and notes in the language spoken; `drawing` makes it Rich.

A sheet is made for a width in characters, or for no width at all (a pipe, a file): then nothing is
left out or broken. Nothing here prints.
"""

from dataclasses import replace
from importlib import import_module
from typing import Any

from htx_cli.domain import changes
from htx_cli.domain import due as duedates
from htx_cli.domain import evidence as proving
from htx_cli.domain import merge as merging
from htx_cli.domain import report as answers
from htx_cli.domain import trend as trends
from htx_cli.domain.findings import Verified
from htx_cli.domain.leaders import Leaders, Rotation
from htx_cli.domain.lists import Clusters, Members, Provinces, Targets
from htx_cli.output.layout import Grid, Ink, Notes, Sheet, Text
from htx_cli.text import errors
from htx_cli.text.words import escaped

_MAKERS: dict[type, tuple[str, str]] = {
    answers.Report: ("report", "report"),
    answers.ProvinceStatus: ("status", "status"),
    proving.Unproved: ("evidence", "unproved"),
    proving.Proofs: ("evidence", "proofs"),
    answers.Explanation: ("explain", "explanation"),
    Targets: ("lists", "targets"),
    Clusters: ("lists", "clusters"),
    Members: ("members", "members"),
    Provinces: ("lists", "provinces"),
    duedates.Calendar: ("due", "calendar"),
    duedates.Reminder: ("due", "reminder"),
    Leaders: ("leaders", "leaders"),
    Rotation: ("leaders", "rotation"),
    Verified: ("verify", "verified"),
    trends.Trend: ("trend", "trend"),
    changes.Log: ("journal", "log"),
    changes.Change: ("journal", "change"),
    changes.Undone: ("undo", "undone"),
    merging.Merged: ("merge", "merged"),
    errors.Rejected: ("problems", "problems"),
}


def sheet(value: Any, room: int | None) -> Sheet:
    """The sheet of anything that is shown, for `room` characters across or for no width at all.

    No control character gets past here, from whatever text of a book.
    """
    module, function = _MAKERS[type(value)]
    made = getattr(import_module(f"htx_cli.output.sheets.{module}"), function)(value, room)
    assert isinstance(made, Sheet)
    blocks = [
        _harmless_grid(block) if isinstance(block, Grid) else _harmless_notes(block)
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


def _harmless_notes(notes: Notes) -> Notes:
    return Notes([_harmless_text(line) for line in notes.lines], _harmless(notes.title))


def _harmless_text(text: Text) -> Text:
    return replace(text, text=_harmless(text.text)) if isinstance(text, Ink) else _harmless(text)


def _harmless(text: str) -> str:
    """The text with its own line breaks, and every other control character shown."""
    return text if text.isprintable() else "\n".join(map(escaped, text.split("\n")))
