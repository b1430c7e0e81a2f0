"""Values of the journal: what one command wrote, with every record before and after. Pure."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from htx_cli.domain.model import Province
from htx_cli.text.messages import SENTENCES

A = TypeVar("A")

Record = Mapping[str, Any]  # a row of a table, by column
MOST_ROWS = 1000  # of a change that are handed back; the journal has them all

Spot = tuple[str, str]  # a record: its table and its natural key


class Place(Struct, frozen=True):
    """A place in a file where a figure stood."""

    file: str
    sheet: str | None = None
    cell: str | None = None
    row: int | None = None


class SourceFile(Struct, frozen=True):
    """A file that was imported; the change that had imported the same bytes before, if one had."""

    name: str
    size: int  # bytes
    sha256: str
    before: int | None = None


class ChangeRow(Struct, frozen=True):
    """One record that a change touched: the whole record before and after."""

    table: str
    key: str
    before: Record | None
    after: Record | None
    place: Place | None = None

    @property
    def drafts(self) -> bool:
        """Tell whether the row opened a year as a draft; books of earlier schemas did not know of drafts."""
        opens = self.table == "years" and self.before is None and self.after is not None
        return opens and (self.after or {}).get("pact") == "draft"


class ChangeHead(Struct, frozen=True):
    """The head of a change: author, time, command, reason, and the hash that chains it to the last."""

    number: int
    at: datetime
    who: str
    command: str
    because: str | None
    fixed_clock: bool
    hash: str
    origin: str
    files: tuple[SourceFile, ...] = ()
    received_at: datetime | None = None  # when it came from another copy, and who merged that in
    received_by: str | None = None


class KnownAt(Struct, frozen=True):
    """The change after which a book is looked at, as it was known then; `on` is the day asked for.

    `at` is when the change came into this book: for one merged in from a copy, when that was.
    """

    change: int
    at: datetime
    hash: str
    on: date | None = None


class Glossary(Struct, frozen=True):
    """Meanings of the ids in a change: names of provinces, and which targets are yes-no.

    `ends` has the last day of each province that had ended when the change was made. `signed` has,
    by its key, each target that a share of the change belongs to, as it stood then; `papers`, by
    its hash, each document that evidence of the change names. `twins` has, by id, the years in which
    another province bore the same name.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    yes_no: frozenset[tuple[str, int, str]] = frozenset()
    ends: Mapping[str, date] = field(default_factory=dict)
    signed: Mapping[str, Record] = field(default_factory=dict)
    papers: Mapping[str, Record] = field(default_factory=dict)
    twins: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def province(self, id: str) -> Province:
        """A province by its id, to be named: its days are not known here."""
        return Province(id, self.names.get(id, id), None, date.min)

    def name(self, id: str, year: int) -> str:
        """The name of a province; with its id if another one bore it too on a day of the year."""
        name = self.names.get(id, id)
        return f"{name} ({id})" if year in self.twins.get(id, ()) else name

    def ended(self, row: ChangeRow) -> date | None:
        """The last day of a province that becomes a member, if it had ended when that was written."""
        if row.table != "members" or row.after is None or row.after["last_day"]:
            return None
        return self.ends.get(row.after["province"])


class Away(Struct, frozen=True):
    """The province that holds a book now, when it is written to in another place all the same.

    `change` is the one that said so.
    """

    id: str
    name: str
    since: date
    change: int


class Change(Struct, frozen=True):
    """One command that wrote. `rows` may hold the first of many only: `count` says how many.

    `drafted` is how many targets all its records have, where it opened a year as a draft.
    """

    head: ChangeHead | None  # None when nothing stays: nothing to write, or a dry run
    rows: tuple[ChangeRow, ...]
    count: int
    dry_run: bool = False
    glossary: Glossary = Glossary()
    away: Away | None = None  # who holds the book that this was written to
    drafted: int | None = None

    @property
    def undoable(self) -> bool:
        """Tell whether it may be taken back: what a book is made of, tables and register, may not."""
        return all(row.table != "settings" for row in self.rows)

    def together(self) -> list[ChangeRow]:
        """The rows, with a membership that goes and comes again on another day as one that changed."""
        told: list[ChangeRow] = []
        for row in self.rows:
            last = told[-1] if told else None
            if last and last.after is None and row.before is None and _same_member(last, row):
                told[-1] = replace(row, before=last.before)
            else:
                told.append(row)
        return told


class Log(Struct, frozen=True):
    """Changes, the newest first; for one figure, only what touched it."""

    changes: tuple[Change, ...]
    of: str | None = None


class Caution(Struct, frozen=True):
    """Something odd that does not block: a code, its values, and the row it was seen in."""

    code: str
    values: Mapping[str, object]
    row: int | None = None
    file: str | None = None
    sheet: str | None = None

    @property
    def sentence(self) -> str:
        """The English sentence, as of an error."""
        return SENTENCES[self.code]


# Cautions of what was left out, skipped or converted: told, but nothing to warn of.
NOTES = frozenset((
    "cells_dashed", "columns_unheaded", "rows_silent", "rows_left_out", "rows_part", "columns_left_out",
    "sheet_left_out", "sheet_hidden", "text_converted", "unit_scaled", "estimates_taken", "figures_repeated",
    "sender_above",
))  # fmt: skip


class Done(Struct, Generic[A], frozen=True):
    """Result of a command that writes: its change, what to warn of, and its own answer if it has one."""

    change: Change
    cautions: tuple[Caution, ...]
    answer: A


class Undone(Struct, frozen=True):
    """A change that was taken back whole."""

    of: ChangeHead


class Assumed(Struct, frozen=True):
    """A date that rows without one were taken to bear; whether their year was taken from today."""

    rows: int
    as_of: date
    year_too: bool


class Imported(Struct, frozen=True):
    """The outcome of an import: how many figures were new, changed the book, or stood there already.

    `cautions` and `corrections` (what replaced a figure) may hold the first of many only: `warned`
    and `changed` say how many. `notes` are what was left out or converted: nothing odd.
    """

    change: Change
    new: int
    changed: int
    same: int
    cautions: tuple[Caution, ...] = ()
    warned: int = 0
    corrections: tuple[ChangeRow, ...] = ()
    assumed: tuple[Assumed, ...] = ()
    files: tuple[SourceFile, ...] = ()
    notes: tuple[Caution, ...] = ()


def _same_member(one: ChangeRow, other: ChangeRow) -> bool:
    keys = (row.key.rpartition("/")[0] for row in (one, other))
    return one.table == other.table == "members" and len(set(keys)) == 1


def record_in(text: str | None) -> Record | None:
    """A record as the journal keeps it; None for none, and for what is no record."""
    try:
        made = json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None
    return made if isinstance(made, dict) else None


def in_fives(hash: str) -> str:
    """The first twenty characters in groups of five, to be read out: of a change, its checkpoint."""
    return " ".join(hash[at : at + 5] for at in range(0, min(len(hash), 20), 5))
