"""Write a change into the journal: natural keys, canonical JSON, and the chain of hashes."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from msgspec import Struct

from htx_cli.book.schema import KEYS
from htx_cli.domain.changes import Place, Record, SourceFile, record_in
from htx_cli.domain.model import WHOLE_CLUSTER

Line = tuple[object, ...]  # table, key, record before and after as JSON; where in a file, if in one
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_PLACE = {"cell": str, "file": str, "row": int, "sheet": str}


class Signature(Struct, frozen=True):
    """Author, time, command and reason of a write."""

    who: str
    at: datetime
    command: str
    because: str | None = None
    fixed_clock: bool = False


class Put(Struct, frozen=True):
    """A write that lets this whole record stand under its natural key."""

    table: str
    record: Mapping[str, Any]

    @property
    def key(self) -> dict[str, Any]:
        """Return the columns of the natural key with their values."""
        return {column: self.record[column] for column in KEYS[self.table]}


class Remove(Struct, frozen=True):
    """A write that takes the record with this natural key away; the journal keeps it."""

    table: str
    key: Mapping[str, Any]


Write = Put | Remove


def key_of(table: str, record: Mapping[str, Any]) -> str:
    """Return the natural key of a record as one text: `cum/2021/1a/can-tho/2021-12-31/actual`."""
    parts = (record[column] for column in KEYS[table])
    return "/".join(WHOLE_CLUSTER if part is None else str(part) for part in parts)


def canonical(record: Mapping[str, Any] | None) -> str | None:
    """Encode a record as JSON, always the same: keys in order, whole numbers as such."""
    if record is None:
        return None
    tidy = {name: _whole(value) for name, value in record.items()}
    return _encode(tidy)


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def alike(one: str | None, other: str | None) -> bool:
    """Tell whether two records in the journal's JSON are the same; an older one lacks newer columns."""
    if one == other:
        return True
    first, second = record_in(one), record_in(other)
    return first is not None and second is not None and same_record(first, second)


def same_record(one: Record, other: Record) -> bool:
    """Tell whether two records say the same; in one of an older schema newer columns count as NULL."""
    return one == other or _filled(one) == _filled(other)


def _filled(record: Record) -> Record:
    return {name: value for name, value in record.items() if value is not None}


def as_written(text: str) -> bool:
    """Tell whether a record's JSON is as htx writes it: texts and numbers, each name once, in order."""
    record = record_in(text)
    if record is None:
        return False
    return all(map(_plain, record.values())) and _again(record) == text


def _plain(value: object) -> bool:
    """Tell whether a value can stand in a column; in a text SQLite's JSON would stop at a zero."""
    if isinstance(value, str):
        return "\0" not in value
    return value is None or type(value) in (int, float)


def _again(record: Record) -> str | None:
    try:
        return canonical(record)
    except ValueError:  # more digits than Python writes
        return None


def place_text(place: Place | None) -> str | None:
    """Encode a place as the journal keeps it: JSON without what is not known."""
    if place is None:
        return None
    parts = {"cell": place.cell, "file": place.file, "row": place.row, "sheet": place.sheet}
    return _encode({name: part for name, part in parts.items() if part is not None})


def place_in(text: str) -> Place | None:
    """Decode a place of the journal; None for what htx did not write."""
    parts = record_in(text) or {}
    if not _PLACE.items() >= {(name, type(part)) for name, part in parts.items()}:
        return None
    place = Place(**parts) if "file" in parts else None
    return place if place_text(place) == text else None


def moment_text(moment: datetime) -> str:
    """Encode the time of a change as the journal keeps it: UTC, to the microsecond."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment_in(text: str) -> datetime | None:
    """Decode the time of a change; None for what htx did not write."""
    try:
        moment = datetime.fromisoformat(text)
    except (ValueError, TypeError):
        return None
    return moment if moment.tzinfo and moment_text(moment) == text else None


_HEAD = ("at", "who", "command", "because", "fixed_clock", "rows")
_RECEIVED = ("origin", "received_at", "received_by")


def hashed_head(change: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a change that go into its hash: of a received one also whence it came."""
    columns = _HEAD if change["received_at"] is None else (*_HEAD, *_RECEIVED)
    return {column: change[column] for column in columns}


def chained_hash(
    before: str, head: Mapping[str, Any], rows: Iterable[Line], files: Iterable[SourceFile] = ()
) -> str:
    """Hash a change over the one before: its head, its rows and files, each a line of JSON (SHA-256)."""
    digest = hashlib.sha256(before.encode())
    digest.update(f"\n{canonical(head)}".encode())
    for line in chain(rows, ((file.name, file.size, file.sha256) for file in files)):
        digest.update(f"\n{_encode(line)}".encode())
    return digest.hexdigest()
