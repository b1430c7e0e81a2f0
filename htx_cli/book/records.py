"""Rows of the book's tables → values. What makes no sense in a record is damage, and told as such."""

import json
import sqlite3
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import wraps
from typing import ParamSpec, TypeVar

from htx_cli.book.file import DamagedBook
from htx_cli.book.journal import place_in
from htx_cli.book.schema import COLUMNS, KEYS
from htx_cli.domain.changes import ChangeHead, ChangeRow, KnownAt, Record, SourceFile
from htx_cli.domain.model import (
    Amendment,
    Document,
    DueRule,
    Evidence,
    Handover,
    Leadership,
    Line,
    Member,
    Pact,
    PactPart,
    Period,
    Province,
    Result,
    Share,
    Succession,
    Target,
    YearState,
)
from htx_cli.domain.targets import Basis, Bound, Figure, Kind, Scope

P = ParamSpec("P")
T = TypeVar("T")


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _day_or_none(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(real: float | None) -> Decimal | None:
    """The number that was written: 15 digits survive a REAL exactly."""
    if real is None:
        return None
    return Decimal(int(real)) if real.is_integer() else Decimal(repr(real))


_SENSELESS = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)


def _sound(make: Callable[P, T]) -> Callable[P, T]:
    """What cannot be made of a row raises DamagedBook."""

    @wraps(make)
    def made(*given: P.args, **named: P.kwargs) -> T:
        try:
            return make(*given, **named)
        except _SENSELESS as error:
            raise DamagedBook(str(error)[:200]) from None

    return made


@_sound
def province_of(row: sqlite3.Row) -> Province:
    """A unit of the register."""
    return Province(
        row["id"], row["name"], row["code"], _day(row["first_day"]), _day_or_none(row["last_day"])
    )


@_sound
def succession_of(row: sqlite3.Row, known: Mapping[str, Province]) -> Succession:
    """Which unit went into which; `known` has the provinces by id."""
    there = known[row["predecessor"]], known[row["successor"]]
    return Succession(*there, _day(row["day"]), row["kind"])


@_sound
def cluster_name_of(row: sqlite3.Row) -> tuple[date, str]:
    """What a cluster was called, with the last day of that name."""
    return _day(row["last_day"]), row["name"]


@_sound
def member_of(row: sqlite3.Row) -> Member:
    """A seat: a province's columns with its `seat` and the days `since` and `until`."""
    return Member(province_of(row), row["seat"], _day(row["since"]), _day_or_none(row["until"]))


@_sound
def leadership_of(row: sqlite3.Row, known: Mapping[str, Province]) -> Leadership:
    """Who led a year; `known` has the provinces by id."""
    return Leadership(
        row["year"],
        known[row["leader"]],
        known[row["deputy"]] if row["deputy"] else None,
        bool(row["deputy_known"]),
        _day_or_none(row["elected_on"]),
        row["because"],
    )


@_sound
def takeover_of(row: sqlite3.Row, known: Mapping[str, Province]) -> Leadership:
    """Who took over a year in its course; the day of the election is the first day."""
    day = _day(row["first_day"])
    return Leadership(
        row["year"],
        known[row["leader"]],
        known[row["deputy"]] if row["deputy"] else None,
        bool(row["deputy_known"]),
        day,
        row["because"],
        day,
    )


@_sound
def target_of(row: sqlite3.Row) -> Target:
    """A signed target."""
    return Target(
        year=row["year"],
        code=row["code"],
        title=row["title"],
        kind=Kind(row["kind"]),
        bound=Bound(row["bound"]) if row["bound"] else None,
        threshold=_number(row["threshold"]),
        level=bool(row["level"]),
        base_year=row["base_year"],
        line=row["line"],
        of_title=row["of_title"],
        unit=row["unit"],
        scope=Scope(row["scope"]),
        note=row["note"],
    )


@_sound
def share_of(row: sqlite3.Row) -> Share:
    """A province's own threshold."""
    return Share(row["province"], row["target"], _number(row["threshold"]))


@_sound
def year_state_of(row: sqlite3.Row) -> YearState:
    """How a year stands."""
    pact = Pact(row["pact"]) if row["pact"] else None
    return YearState(row["state"] == "closed", pact, _day_or_none(row["signed_on"]))


@_sound
def due_rule_of(row: sqlite3.Row) -> DueRule:
    """When the figures of a period are due."""
    return DueRule(Period(row["period"]), row["days"])


@_sound
def amendment_of(part: PactPart, row: sqlite3.Row) -> Amendment:
    """What a decision changed: a record of one of the tables of what stood before."""
    first_day = _day(row["last_day"]) + timedelta(1)
    decided = row["decision"], first_day, part
    stood = bool(row["stood"])
    if part is PactPart.LINE:
        line = Line(row["line"], row["text"])
        return Amendment(*decided, line.line, None, line if stood else None)
    if part is PactPart.TARGET:
        return Amendment(*decided, row["code"], None, target_of(row) if stood else None)
    share = share_of(row)
    return Amendment(*decided, share.target, share.province, share if stood else None)


@_sound
def result_of(row: sqlite3.Row) -> Result:
    """A figure."""
    return Result(
        target=row["target"],
        province=row["province"],
        as_of=_day(row["as_of"]),
        basis=Basis(row["basis"]),
        figure=_figure_of(row),
        source=row["source"],
        note=row["note"],
        change=row["change"],
    )


def _figure_of(row: sqlite3.Row) -> Figure:
    return Figure(*(_number(row[part]) for part in ("value", "of", "base", "rate")))


@_sound
def document_of(row: sqlite3.Row) -> Document:
    """A document."""
    return Document(
        row["sha256"],
        row["name"],
        row["size"],
        row["number"],
        _day_or_none(row["day"]),
        row["title"],
    )


@_sound
def evidence_of(row: sqlite3.Row) -> Evidence:
    """A document's row and the figure that it was attached to, as one."""
    return Evidence(document_of(row), _figure_of(row))


@_sound
def handover_of(row: sqlite3.Row, province: Province) -> Handover:
    """That the book was handed over."""
    return Handover(row["number"], province, _day(row["handed_on"]), _day_or_none(row["taken_on"]))


@_sound
def head_of(row: sqlite3.Row, files: tuple[SourceFile, ...] = ()) -> ChangeHead:
    """The head of a change."""
    return ChangeHead(
        number=row["id"],
        at=datetime.fromisoformat(row["at"]),
        who=row["who"],
        command=row["command"],
        because=row["because"],
        fixed_clock=bool(row["fixed_clock"]),
        hash=row["hash"],
        origin=row["origin"],
        files=files,
        received_at=datetime.fromisoformat(came) if (came := row["received_at"]) else None,
        received_by=row["received_by"],
    )


@_sound
def known_at_of(row: sqlite3.Row) -> KnownAt:
    """A change with its number `id` and the time at which it `came` into the book."""
    return KnownAt(row["id"], datetime.fromisoformat(row["came"]), row["hash"])


@_sound
def change_row_of(row: sqlite3.Row) -> ChangeRow:
    """One record that a change touched."""
    table, place = row["table_name"], place_in(row["place"]) if row["place"] else None
    if row["place"] and place is None:
        raise ValueError(row["place"][:60])
    before, after = _record(table, row["before"]), _record(table, row["after"])
    return ChangeRow(table, row["key"], before, after, place)


def _record(table: str, text: str | None) -> Record | None:
    """A record as the journal keeps it, with its natural key at least; what an older schema did not
    have is None."""
    if text is None:
        return None
    record = json.loads(text)
    if not isinstance(record, dict) or not record.keys() >= set(KEYS[table]):
        raise ValueError(text[:60])
    return {**dict.fromkeys(sorted(COLUMNS[table] - {"change"} - record.keys())), **record}
