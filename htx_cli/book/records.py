"""Rows of the book's tables as values, and back; a row that makes no sense raises DamagedBook."""

import json
import sqlite3
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Generic, ParamSpec, TypeVar

from htx_cli.book.file import DamagedBook
from htx_cli.book.journal import Put, place_in
from htx_cli.book.schema import COLUMNS, KEYS
from htx_cli.domain import model, records
from htx_cli.domain.changes import ChangeHead, ChangeRow, KnownAt, Record, SourceFile
from htx_cli.domain.records import DAY, DAY_OR_NONE, AnyRow, Codec
from htx_cli.domain.targets import Figure

P = ParamSpec("P")
T = TypeVar("T")


_SENSELESS = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)


def _sound(make: Callable[P, T]) -> Callable[P, T]:
    """Let a function raise DamagedBook for a row of which it can make nothing."""

    @wraps(make)
    def made(*given: P.args, **named: P.kwargs) -> T:
        try:
            return make(*given, **named)
        except _SENSELESS as error:
            raise DamagedBook(str(error)[:200]) from None

    return made


class BookTable(Generic[T]):
    """A table of the book with the codec of its records."""

    def __init__(self, codec: Codec[T]) -> None:
        self._codec = codec
        self._load = _sound(codec.load)

    def load(self, row: AnyRow, **given: object) -> T:
        """Return the value in a row; `given` is what of it stands elsewhere. Raises DamagedBook."""
        return self._load(row, **given)

    def put(self, value: T, **place: object) -> Put:
        """Return the record of a value; `place` are the columns that the value does not hold."""
        return Put(self._codec.table, {**place, **self._codec.dump(value)})


PROVINCES = BookTable(records.PROVINCES)
SHARES = BookTable(records.SHARES)
LINES = BookTable(records.LINES)
DUE_RULES = BookTable(records.DUE_RULES)
DOCUMENTS = BookTable(records.DOCUMENTS)
TARGETS = BookTable(records.TARGETS)
_YEARS = BookTable(records.YEARS)
_HANDOVERS = BookTable(records.HANDOVERS)
_FIGURES = BookTable(records.FIGURES)
_LEADERSHIPS = BookTable(records.LEADERSHIPS)
_TAKEOVERS = BookTable(records.TAKEOVERS)

succession_of = _sound(records.succession_of)
cluster_name_of = _sound(records.cluster_name_of)
leadership_of = _sound(records.leadership_of)
takeover_of = _sound(records.takeover_of)
year_state_of = _sound(records.year_state_of)
amendment_of = _sound(records.amendment_of)


@_sound
def member_of(row: sqlite3.Row) -> model.Member:
    """Return a membership: a province's columns with its `seat` and the days `since` and `until`."""
    days = DAY.load(row["since"]), DAY_OR_NONE.load(row["until"])
    return model.Member(PROVINCES.load(row), row["seat"], *days)


def member_put(cluster: str, member: model.Member) -> Put:
    """Return the record of a membership."""
    days = {"first_day": DAY.dump(member.first_day), "last_day": DAY_OR_NONE.dump(member.last_day)}
    place = {"cluster": cluster, "province": member.province.id}
    return Put("members", {**place, "seat": member.seat, **days})


def leadership_put(cluster: str, leadership: model.Leadership) -> Put:
    """Return the record of who leads a year, or takes over in its course."""
    deputy = leadership.deputy.id if leadership.deputy else None
    codec = _TAKEOVERS if leadership.first_day else _LEADERSHIPS
    return codec.put(leadership, cluster=cluster, leader=leadership.leader.id, deputy=deputy)


def year_put(cluster: model.Cluster, year: int, state: model.YearState) -> Put:
    """Return the record of a year."""
    word = "closed" if state.closed else "open"
    return _YEARS.put(state, cluster=cluster.id, year=year, state=word)


@_sound
def result_of(row: sqlite3.Row) -> model.Result:
    """Return a figure with the change that wrote it."""
    return records.result_of(row, row["change"])


def figure_of(row: sqlite3.Row) -> Figure:
    """Return the numbers of a figure."""
    return _FIGURES.load(row)


def evidence_of(row: sqlite3.Row) -> model.Evidence:
    """Return a document's row and the figure that it was attached to, as one."""
    return model.Evidence(DOCUMENTS.load(row), _FIGURES.load(row))


def evidence_put(cluster: model.Cluster, result: model.Result, document: model.Document) -> Put:
    """Return the record that a document proves what a figure says now."""
    return _FIGURES.put(result.figure, **result_key(cluster, result), document=document.sha256)


def result_key(cluster: model.Cluster, result: model.Result) -> dict[str, object]:
    """Return the natural key of a figure."""
    return {
        "cluster": cluster.id,
        "year": result.as_of.year,
        "target": result.target,
        "province": result.province,
        "as_of": result.as_of.isoformat(),
        "basis": str(result.basis),
    }


def handover_of(row: sqlite3.Row, province: model.Province) -> model.Handover:
    """Return a handover of the book."""
    return _HANDOVERS.load(row, province=province)


def handover_put(handover: model.Handover) -> Put:
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
