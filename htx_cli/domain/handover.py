"""Answers to a hand-over: the book that was handed over or taken over. Pure values."""

from typing import Final

from msgspec import Struct

from htx_cli.domain.model import Handover
from htx_cli.domain.report import Report

BOOK: Final = "so-thi-dua.db"  # the name of the book in the one file that is handed over


class HandedOver(Struct, frozen=True):
    """A book as it goes to the province that holds it next.

    `hash` is that of its last change, the hand-over itself; `reports` are those of the years that are
    still open, with what is still to be done in them.
    """

    handover: Handover
    by: str
    changes: int
    hash: str
    reports: tuple[Report, ...]


class TakenOver(Struct, frozen=True):
    """A book that was taken over: the hash it came with, and what stood in its place."""

    handover: Handover
    hash: str
    checked: bool  # whether that was the checkpoint that was asked for
    kept: str | None = None
