"""The book's version, its tables with their natural keys, and how a record becomes a journal key."""

import json
from collections.abc import Mapping
from typing import Any, Final

APPLICATION_ID: Final = 0x48545831  # "HTX1" in the file's header
VERSION: Final = 1  # of the schema, kept in PRAGMA user_version

# Every table that the journal knows, with the columns that name one of its records.
KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "settings": ("name",),
    "provinces": ("id",),
    "successions": ("predecessor", "successor"),
    "aliases": ("alias", "province"),
    "clusters": ("id",),
    "members": ("cluster", "province", "first_day"),
    "leaderships": ("cluster", "year"),
    "years": ("cluster", "year"),
    "lines": ("cluster", "year", "line"),
    "targets": ("cluster", "year", "code"),
    "shares": ("cluster", "year", "target", "province"),
    "results": ("cluster", "year", "target", "province", "as_of", "basis"),
}

WHOLE_CLUSTER: Final = "all"  # stands in a key where the province of a result is NULL


def key_of(table: str, record: Mapping[str, Any]) -> str:
    """The natural key of a record as one text: `tay-nam-song-hau/2021/1a/can-tho/2021-12-31/actual`."""
    parts = (record[column] for column in KEYS[table])
    return "/".join(WHOLE_CLUSTER if part is None else str(part) for part in parts)


def canonical(record: Mapping[str, Any] | None) -> str | None:
    """A record as JSON that is the same for the same record: keys in order, whole numbers as such."""
    if record is None:
        return None
    tidy = {name: _whole(value) for name, value in record.items()}
    return json.dumps(tidy, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value
