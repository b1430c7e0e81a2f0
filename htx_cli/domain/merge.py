"""Two copies of one book that both went on: which side's word on a record counts. Pure.

A change is known by its origin, the hash under which it was first made. A side knows a change when
its journal holds that origin, however it came there.
"""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from htx_cli.domain.changes import Change, Glossary, Spot


class Side(StrEnum):
    """The copy whose record is to stand."""

    OURS = "ours"
    THEIRS = "theirs"


def standing(alike: bool, news_here: bool) -> Side | None:
    """Choose whose record stands when the other copy brings changes of it; None: somebody must decide.

    `alike`: both say the same now. `news_here`: we have changes of it that the other copy lacks. If it
    has them all, what it says last was written knowing ours.
    """
    if alike:
        return Side.OURS
    return None if news_here else Side.THEIRS


class Conflict(Struct, frozen=True):
    """A record that both changed to different values, with the last change of each that touched it.

    Each change has that one row. `decided` is whose record is to stand.
    """

    spot: Spot
    ours: Change
    theirs: Change
    decided: Side | None = None


class Resolution(Struct, frozen=True):
    """Rules to decide conflicts: each by itself, else all for one side, else not at all."""

    for_all: Side | None = None
    one_by_one: Mapping[Spot, Side] | None = None


class MergeOutcome(Struct, frozen=True):
    """The outcome of a merge: the first of the changes `received`, the conflicts with how each
    was decided, and the change of our own that settled what remained, if one was needed.

    `common` is the last change that both copies began with, by its number. With `dry_run`, or while
    a conflict is undecided, nothing stays.
    """

    other: str
    common: int
    received: tuple[Change, ...]
    count: int
    conflicts: tuple[Conflict, ...]
    differing: int  # conflicts in all
    pending: int  # of them undecided
    settled: Change | None
    dry_run: bool
    glossary: Glossary

    @property
    def undecided(self) -> bool:
        """Tell whether somebody must decide before anything can be written."""
        return self.pending > 0
