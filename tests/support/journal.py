"""Read a book's journal and tables with SQLite itself, independently of htx."""

import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from htx_cli.book.journal import Put
from htx_cli.book.schema import KEYS

Row = tuple[str, str, dict[str, Any] | None, dict[str, Any] | None]  # table, key, before, after
# The sample's figure of Cần Thơ for 1a as of the year's last day, as the journal keeps it.
KEY = "tay-nam-song-hau/2021/1a/can-tho/2021-12-31/actual"
TWENTY = {
    "cluster": "tay-nam-song-hau",
    "year": 2021,
    "target": "1a",
    "province": "can-tho",
    "as_of": "2021-12-31",
    "basis": "actual",
    "value": 20,
    "source": "Số liệu minh họa",
    **dict.fromkeys(("of", "base", "rate", "note")),
}
CORRECT = ("record", "can tho", "1a", "21", "--as-of", "2021-12-31", "--source", "Công văn 12")
ROWS_OF_A_CHANGE = "SELECT table_name, key, before, after, place FROM change_rows WHERE change = ? ORDER BY position"
FILES_OF_A_CHANGE = "SELECT name, size, sha256 FROM change_files WHERE change = ? ORDER BY position"


def rows(path: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """What the file says, asked of SQLite itself."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql, values).fetchall()


def journalled(path: Path, change: int) -> list[Row]:
    """The rows of a change, in order."""
    return [
        (table, key, json.loads(before or "null"), json.loads(after or "null"))
        for table, key, before, after, _ in rows(path, ROWS_OF_A_CHANGE, change)
    ]


def stored_hashes(path: Path) -> list[str]:
    return [hash for (hash,) in rows(path, "SELECT hash FROM changes ORDER BY id")]


def computed_hashes(path: Path) -> list[str]:
    """Every change's hash, computed anew from the tables as `journal.chained_hash` describes it."""
    hashes: list[str] = []
    names = ("at", "who", "command", "because", "fixed_clock", "rows")
    for number, *values in rows(path, f"SELECT id, {','.join(names)} FROM changes ORDER BY id"):
        head = dict(sorted(zip(names, values, strict=True)))
        records = [r if r[4] else r[:4] for r in rows(path, ROWS_OF_A_CHANGE, number)]
        lines = [head, *records, *rows(path, FILES_OF_A_CHANGE, number)]
        written = [json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in lines]
        text = "\n".join([hashes[-1] if hashes else "", *written])
        hashes.append(hashlib.sha256(text.encode("utf-8")).hexdigest())
    return hashes


def tables(path: Path) -> dict[str, dict[str, dict[str, Any]]]:
    """All records that the journal knows, by table and natural key."""
    found: dict[str, dict[str, dict[str, Any]]] = {table: {} for table in KEYS}
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        for table in KEYS:
            for row in connection.execute(f"SELECT * FROM {table}"):
                record = dict(row)
                record.pop("change", None)
                found[table][natural_key(table, record)] = record
    return found


def natural_key(table: str, record: dict[str, Any]) -> str:
    return "/".join("all" if record[c] is None else str(record[c]) for c in KEYS[table])


def replayed(path: Path) -> dict[str, dict[str, dict[str, Any]]]:
    """The records as the journal alone tells them; each before-image must be what stood there."""
    state: dict[str, dict[str, dict[str, Any]]] = {table: {} for table in KEYS}
    for (number,) in rows(path, "SELECT id FROM changes ORDER BY id"):
        for table, key, before, after in journalled(path, number):
            assert state[table].pop(key, None) == before
            if after is not None:
                state[table][key] = after
    return state


def setting(value: str) -> Put:
    return Put("settings", {"name": "note", "value": value})


WRITES = [
    ["add-cluster", "Cụm thử", "--member", "Hà Nội", "--since", "2021"],
    ["add-member", "Bến Tre", "--since", "2022"],
    ["remove-member", "can tho", "--until", "2021-12-31"],
    ["add-province", "Đảo Thử", "--since", "2021"],
    ["add-target", "1c", "Mới", "--year", "2021", "--at-least", "1", "--line-text", "Khác."],
    ["change-target", "1a", "--year", "2021", "--at-least", "25"],
    ["set-share", "ca mau", "1a", "--year", "2021", "12"],
    [*CORRECT],
    ["withdraw", "can tho", "1a", "--as-of", "2021-12-31"],
    ["rotate-leader", "--year", "2022"],
]
NAMES = [words[0] for words in WRITES]


TWENTY_ONE = {**TWENTY, "value": 21, "source": "Công văn 12"}
