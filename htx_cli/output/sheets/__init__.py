"""What is shown → a `Sheet` of grids and notes in the language spoken; `drawing` makes it Rich.

A sheet is made for a width in characters, or for no width at all (a pipe, a file): then nothing is
left out or broken. Nothing here prints.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
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
from htx_cli.text import errors
from htx_cli.text.words import escaped


@dataclass(frozen=True, slots=True)
class Ink:
    """A text with the name of its style; a style says nothing that the text does not say too."""

    text: str
    style: str = ""

    def __str__(self) -> str:
        return self.text


Text = str | Ink
_READABLE = 24  # characters that a broken column needs to be read with ease


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and how its cells stand.

    A `flexible` column may be broken into lines, or go below its row where there is no room.
    """

    heading: str
    right: bool = False
    flexible: bool = False
    width: int | None = None  # a flexible column of just this width


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns and rows; `ruled` draws a line under the heading, `under` has a line for each row."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Text]]
    title: str = ""
    ruled: bool = True
    gap: int = 2
    under: Sequence[str] = ()

    def needs(self) -> int:
        """The characters that the columns need unbroken."""
        return sum(self.widths()) + self.gap * (len(self.columns) - 1)

    def fitted(self, room: int) -> "Grid":
        """The grid for a width: where flexible columns would get too narrow, they go below.

        Where there is no room for the others side by side, the last of them follow with their
        headings: nothing is ever broken but at a space.
        """
        flexible = [at for at, column in enumerate(self.columns) if column.flexible]
        settled = any(column.width for column in self.columns)
        if settled or self.needs() <= room or len(flexible) in (0, len(self.columns)):
            return self
        left = room - self.needs() + sum(self.widths()[at] for at in flexible)
        if left // len(flexible) >= _READABLE:
            return self
        beside = [at for at in range(len(self.columns)) if at not in flexible]
        while (kept := self._only(beside)).needs() > room and len(beside) > 1:
            beside.pop()
        below = [at for at in range(len(self.columns)) if at not in beside]
        return replace(kept, under=[self._below(row, below) for row in self.rows])

    def _only(self, at: Sequence[int]) -> "Grid":
        rows = [[row[each] for each in at] for row in self.rows]
        return replace(self, columns=[self.columns[each] for each in at], rows=rows)

    def _below(self, row: Sequence[Text], at: Sequence[int]) -> str:
        """Cells on a line of their own; what is short by nature needs its heading there."""
        cells = [(self.columns[each], str(row[each])) for each in at if str(row[each])]
        return " · ".join(
            text if column.flexible else f"{column.heading} {text}" for column, text in cells
        )

    def widths(self) -> list[int]:
        """The width that each column needs unbroken."""
        return [
            max(
                (
                    len(line)
                    for cell in (c.heading, *(row[at] for row in self.rows))
                    for line in str(cell).split("\n")
                ),
                default=0,
            )
            for at, c in enumerate(self.columns)
        ]


@dataclass(frozen=True, slots=True)
class Notes:
    """Lines of text under one another, with an optional title."""

    lines: Sequence[Text]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that one answer shows; of a `spaced` one each block is a paragraph."""

    title: str
    blocks: Sequence[Grid | Notes] = field(default_factory=tuple)
    lead: Sequence[str] = field(default_factory=tuple)
    spaced: bool = False


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


def clean(text: str | None) -> str:
    """A text from the book on one line, its control characters shown instead of obeyed."""
    return escaped(text) if text else ""
