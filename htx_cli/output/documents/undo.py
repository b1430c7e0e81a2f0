"""A change that was taken back, as a document of htx.change/1 and as flat records."""

from htx_cli.domain.changes import Done, Undone
from htx_cli.output.documents.journal import change_document, row_document, warnings_of
from htx_cli.output.documents.values import Document, Records, picked

UNDONE = ("undone", "change", "hash", "dry_run", "table", "key", "before", "after")


def document(done: Done[Undone]) -> Document:
    """The change that took another back, and that other one."""
    told = picked(done.answer.of, "change=number at who command because hash")
    return {**change_document(done.change), "undone": told, "warnings": warnings_of(done)}


def records(done: Done[Undone]) -> Records:
    """The records that stand again as they did before a change."""
    head = {**change_document(done.change), "undone": done.answer.of.number}
    glossary = done.change.glossary
    rows = [{**head, **row_document(row, glossary)} for row in done.change.rows]
    return Records(UNDONE, rows)
