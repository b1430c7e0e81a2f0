"""A change and the log of changes, as documents and as flat records."""

from collections.abc import Iterable
from typing import Any

from htx_cli.domain.changes import Away, Change, ChangeRow, Done, Glossary, Log, Record, SourceFile
from htx_cli.output.documents.values import (
    Document,
    Records,
    picked,
    place_document,
    warnings_document,
)
from htx_cli.output.wording.journal import describe
from htx_cli.text.words import speaking

CHANGE = (
    "change", "at", "who", "command", "because", "fixed_clock", "hash", "origin", "count",
    "summary", "table", "key", "before", "after", "received_at", "received_by",
)  # fmt: skip


def document(told: Log | Change) -> Document:
    """htx.log/1: the changes, or one alone, each with its files and records."""
    changes = told.changes if isinstance(told, Log) else (told,)
    return {"changes": [_whole(change) for change in changes]}


def _whole(change: Change) -> Document:
    files = change.head.files if change.head else ()
    return {**logged(change), "files": files_document(files), "rows": _rows(change)}


def change_document(change: Change) -> Document:
    """A change; `change` and `hash` are null when nothing stays: a dry run, no difference."""
    return {
        **picked(change, "change=head.number head.hash dry_run"),
        "summary": _summary(change) if change.count else None,
        "count": change.count,
        "rows": _rows(change),
        "handed_over": away_document(change.away),
    }


def away_document(away: Away | None) -> Document | None:
    """The province that holds a book which is written to in another place."""
    return picked(away, "id name since change") if away else None


def warnings_of(done: Done[Any]) -> list[Document]:
    """The warnings after a write: that the book is held elsewhere, and what is odd."""
    return [*away_warnings(done.change.away), *warnings_document(done.cautions)]


def away_warnings(away: Away | None) -> list[Document]:
    """The warning that another province holds the book which was written to."""
    if away is None:
        return []
    from htx_cli.output.wording.handover import away_told

    return [{"code": "handed_over", "message": away_told(away)}]


def _summary(change: Change) -> str:
    with speaking("en"):  # JSON is the same in every language
        return describe(change)


def _rows(change: Change) -> list[Document] | None:
    """The records of a change; none if only the first of them were read."""
    if change.count > len(change.rows):
        return None
    return [row_document(row, change.glossary) for row in change.rows]


def row_document(row: ChangeRow, glossary: Glossary) -> Document:
    """A record before and after."""
    before, after = (_record(row.table, each, glossary) for each in (row.before, row.after))
    told: Document = {"table": row.table, "key": row.key, "before": before, "after": after}
    return {**told, "place": place_document(row.place)} if row.place else told


def files_document(files: Iterable[SourceFile]) -> list[Document]:
    """Files that figures were imported from."""
    return [picked(file, "name size sha256") for file in files]


def _record(table: str, record: Record | None, glossary: Glossary) -> Document | None:
    """A record with its yes and no as such; the book keeps them as 1 and 0."""
    if record is None:
        return None
    yes_no = {name for name in ("level", "deputy_known") if name in record}
    of_figure = table in ("results", "evidence")
    if of_figure and (record["cluster"], record["year"], record["target"]) in glossary.yes_no:
        yes_no.add("value")
    said = {name: bool(record[name]) for name in yes_no if record[name] is not None}
    return {**record, **said}


def logged(change: Change) -> Document:
    """A change as the journal lists it."""
    names = "at who command because fixed_clock hash origin received_at received_by"
    head = picked(change.head, f"change=number {names}")
    return {**head, "count": change.count, "summary": _summary(change)}


def records(told: Log | Change) -> Records:
    """The changes; of one change or of one figure the records that each touched."""
    if isinstance(told, Change):
        return Records(CHANGE, _change_rows(told))
    if told.of is None:
        return Records(CHANGE, [logged(each) for each in told.changes])
    return Records(CHANGE, [row for each in told.changes for row in _change_rows(each)])


def _change_rows(change: Change) -> list[Document]:
    """The records that a change touched."""
    head = logged(change)
    return [{**head, **row_document(row, change.glossary)} for row in change.rows]
