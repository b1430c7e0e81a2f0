"""A change that was taken back, as a document of htx.change/1 and as flat records."""

from htx_cli.domain.changes import Undone
from htx_cli.output.documents.journal import change_document, row_document
from htx_cli.output.documents.values import Document, Records
from htx_cli.text.words import say

UNDONE = ("undone", "change", "hash", "dry_run", "table", "key", "before", "after")


def document(undone: Undone) -> Document:
    """The change that took another back, and that other one."""
    of = undone.of
    told = {"change": of.number, "at": of.at.isoformat(), "who": of.who}
    told |= {"command": of.command, "because": of.because, "hash": of.hash}
    warnings = [{"code": each.code, "message": say(each)} for each in undone.cautions]
    return {**change_document(undone.change), "undone": told, "warnings": warnings}


def records(undone: Undone) -> Records:
    """The records that stand again as they did before a change."""
    head = {**change_document(undone.change), "undone": undone.of.number}
    glossary = undone.change.glossary
    rows = [{**head, **row_document(row, glossary)} for row in undone.change.rows]
    return Records(UNDONE, rows)
