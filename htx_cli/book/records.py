"""Codecs between records of the book's tables and values, both ways; a senseless record is damage."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import wraps
from typing import Any, Generic, NamedTuple, ParamSpec, TypeVar

from htx_cli.book.file import DamagedBook
from htx_cli.book.journal import Put, place_in
from htx_cli.book.schema import COLUMNS, KEYS
from htx_cli.domain.changes import ChangeHead, ChangeRow, KnownAt, Record, SourceFile
from htx_cli.domain.model import (
    Amendment,
    Cluster,
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
    """Return the number that was written: 15 digits survive a REAL exactly."""
    if real is None:
        return None
    return Decimal(int(real)) if real.is_integer() else Decimal(repr(real))


_SENSELESS = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)


@contextmanager
def _as_damage() -> Iterator[None]:
    """Turn what cannot be made of a row into DamagedBook."""
    try:
        yield
    except _SENSELESS as error:
        raise DamagedBook(str(error)[:200]) from None


def _sound(make: Callable[P, T]) -> Callable[P, T]:
    """Let a function raise DamagedBook for a row of which it can make nothing."""

    @wraps(make)
    def made(*given: P.args, **named: P.kwargs) -> T:
        with _as_damage():
            return make(*given, **named)

    return made


class Column(NamedTuple):
    """A pair of functions that read the values of a column from a record, and write them into one."""

    load: Callable[[Any], Any]
    dump: Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


def _real(number: Decimal | None) -> float | None:
    return None if number is None else float(number)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _word(words: type[StrEnum]) -> Column:
    return Column(words, str)


def _word_or_none(words: type[StrEnum]) -> Column:
    return Column(lambda text: words(text) if text else None, lambda word: word and str(word))


PLAIN = Column(_same, _same)
DAY = Column(_day, date.isoformat)
DAY_OR_NONE = Column(_day_or_none, _iso)
NUMBER = Column(_number, _real)
FLAG = Column(bool, int)


class Codec(Generic[T]):
    """The columns of a table that hold a value of one class, each named as in the value."""

    def __init__(self, table: str, make: Callable[..., T], plain: str, **others: Column) -> None:
        self.table, self._make = table, make
        self._columns = {**dict.fromkeys(plain.split(), PLAIN), **others}

    def load(self, row: sqlite3.Row, **given: object) -> T:
        """Return the value in a row; `given` is what of it stands elsewhere. Raises DamagedBook."""
        with _as_damage():
            read = {name: column.load(row[name]) for name, column in self._columns.items()}
            return self._make(**read, **given)

    def put(self, value: T, **place: object) -> Put:
        """Return the record of a value; `place` are the columns that the value does not hold."""
        columns = self._columns.items()
        record = {name: column.dump(getattr(value, name)) for name, column in columns}
        return Put(self.table, {**place, **record})


PROVINCES = Codec("provinces", Province, "id name code", first_day=DAY, last_day=DAY_OR_NONE)
SHARES = Codec("shares", Share, "province target", threshold=NUMBER)
LINES = Codec("lines", Line, "line text")
DUE_RULES = Codec("due_dates", DueRule, "days", period=_word(Period))
DOCUMENTS = Codec("documents", Document, "sha256 name size number title", day=DAY_OR_NONE)
TARGETS = Codec(
    "targets",
    Target,
    "year code title base_year line of_title unit note",
    kind=_word(Kind),
    bound=_word_or_none(Bound),
    threshold=NUMBER,
    level=FLAG,
    scope=_word(Scope),
)
_YEARS = Codec("years", YearState, "", pact=_word_or_none(Pact), signed_on=DAY_OR_NONE)
_HANDOVERS = Codec("handovers", Handover, "number", handed_on=DAY, taken_on=DAY_OR_NONE)
_FIGURES = Codec("evidence", Figure, "", value=NUMBER, of=NUMBER, base=NUMBER, rate=NUMBER)
_LEADERSHIPS, _TAKEOVERS = (
    Codec(table, Leadership, "year because", deputy_known=FLAG, **{day: DAY_OR_NONE})
    for table, day in (("leaderships", "elected_on"), ("takeovers", "first_day"))
)


# -- records that name a province, or say something in other words than the value ------------------


@_sound
def succession_of(row: sqlite3.Row, known: Mapping[str, Province]) -> Succession:
    """Return which unit went into which; `known` has the provinces by id."""
    there = known[row["predecessor"]], known[row["successor"]]
    return Succession(*there, _day(row["day"]), row["kind"])


@_sound
def cluster_name_of(row: sqlite3.Row) -> tuple[date, str]:
    """Return a former name of a cluster, with its last day."""
    return _day(row["last_day"]), row["name"]


@_sound
def member_of(row: sqlite3.Row) -> Member:
    """Return a membership: a province's columns with its `seat` and the days `since` and `until`."""
    days = _day(row["since"]), _day_or_none(row["until"])
    return Member(PROVINCES.load(row), row["seat"], *days)


def member_put(cluster: str, member: Member) -> Put:
    """Return the record of a membership."""
    days = {"first_day": _iso(member.first_day), "last_day": _iso(member.last_day)}
    place = {"cluster": cluster, "province": member.province.id}
    return Put("members", {**place, "seat": member.seat, **days})


@_sound
def leadership_of(row: sqlite3.Row, known: Mapping[str, Province]) -> Leadership:
    """Return who led a year; `known` has the provinces by id."""
    return _LEADERSHIPS.load(row, **_leaders_in(row, known))


@_sound
def takeover_of(row: sqlite3.Row, known: Mapping[str, Province]) -> Leadership:
    """Return who took over a year in its course; the day of the election is the first day."""
    elected_on = _day(row["first_day"])
    return _TAKEOVERS.load(row, elected_on=elected_on, **_leaders_in(row, known))


def _leaders_in(row: sqlite3.Row, known: Mapping[str, Province]) -> dict[str, Province | None]:
    deputy = known[row["deputy"]] if row["deputy"] else None
    return {"leader": known[row["leader"]], "deputy": deputy}


def leadership_put(cluster: str, leadership: Leadership) -> Put:
    """Return the record of who leads a year, or takes over in its course."""
    deputy = leadership.deputy.id if leadership.deputy else None
    codec = _TAKEOVERS if leadership.first_day else _LEADERSHIPS
    return codec.put(leadership, cluster=cluster, leader=leadership.leader.id, deputy=deputy)


@_sound
def year_state_of(row: sqlite3.Row) -> YearState:
    """Return the state of a year."""
    return _YEARS.load(row, closed=row["state"] == "closed")


def year_put(cluster: Cluster, year: int, state: YearState) -> Put:
    """Return the record of a year."""
    word = "closed" if state.closed else "open"
    return _YEARS.put(state, cluster=cluster.id, year=year, state=word)


@_sound
def amendment_of(part: PactPart, row: sqlite3.Row) -> Amendment:
    """Return what a decision changed, from a record of one of the tables of what stood before."""
    first_day = _day(row["last_day"]) + timedelta(1)
    decided = row["decision"], first_day, part
    stood = bool(row["stood"])
    if part is PactPart.LINE:
        line = LINES.load(row)
        return Amendment(*decided, line.line, None, line if stood else None)
    if part is PactPart.TARGET:
        return Amendment(*decided, row["code"], None, TARGETS.load(row) if stood else None)
    share = SHARES.load(row)
    return Amendment(*decided, share.target, share.province, share if stood else None)


@_sound
def result_of(row: sqlite3.Row) -> Result:
    """Return a figure; by hand and not by a codec, for it is read by the hundred thousand."""
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


def evidence_of(row: sqlite3.Row) -> Evidence:
    """Return a document's row and the figure that it was attached to, as one."""
    return Evidence(DOCUMENTS.load(row), _FIGURES.load(row))


def evidence_put(cluster: Cluster, result: Result, document: Document) -> Put:
    """Return the record that a document proves what a figure says now."""
    return _FIGURES.put(result.figure, **result_key(cluster, result), document=document.sha256)


def result_key(cluster: Cluster, result: Result) -> dict[str, object]:
    """Return the natural key of a figure."""
    return {
        "cluster": cluster.id,
        "year": result.as_of.year,
        "target": result.target,
        "province": result.province,
        "as_of": result.as_of.isoformat(),
        "basis": str(result.basis),
    }


def handover_of(row: sqlite3.Row, province: Province) -> Handover:
    """Return a handover of the book."""
    return _HANDOVERS.load(row, province=province)


def handover_put(handover: Handover) -> Put:
    """Return the record of a handover of the book."""
    return _HANDOVERS.put(handover, province=handover.province.id)


@_sound
def head_of(row: sqlite3.Row, files: tuple[SourceFile, ...] = ()) -> ChangeHead:
    """Return the head of a change."""
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
    """Return a change with its number `id` and the time at which it `came` into the book."""
    return KnownAt(row["id"], datetime.fromisoformat(row["came"]), row["hash"])


@_sound
def change_row_of(row: sqlite3.Row) -> ChangeRow:
    """Return one record that a change touched."""
    table, place = row["table_name"], place_in(row["place"]) if row["place"] else None
    if row["place"] and place is None:
        raise ValueError(row["place"][:60])
    before, after = _record(table, row["before"]), _record(table, row["after"])
    return ChangeRow(table, row["key"], before, after, place)


def _record(table: str, text: str | None) -> Record | None:
    """Decode a record of the journal: it has its natural key; columns of a newer schema are None."""
    if text is None:
        return None
    record = json.loads(text)
    if not isinstance(record, dict) or not record.keys() >= set(KEYS[table]):
        raise ValueError(text[:60])
    return {**dict.fromkeys(sorted(COLUMNS[table] - {"change"} - record.keys())), **record}
