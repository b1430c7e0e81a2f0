"""A verification and a backup as documents; the findings as flat records."""

from htx_cli.domain.changes import in_fives, record_in
from htx_cli.domain.findings import Backup, Finding, Verified
from htx_cli.output.documents.values import Document, Records, picked
from htx_cli.text.words import say

FINDING = ("code", "message", "table", "key", "change", "journal", "found")


def document(told: Verified | Backup) -> Document:
    """htx.verify/1 of a book that was checked, htx.backup/1 of a copy."""
    return _verified(told) if isinstance(told, Verified) else _backup(told)


def _verified(verified: Verified) -> Document:
    """The verdict, the checkpoint, and every finding."""
    asked = picked(verified, "checkpoint=asked change=kept.number proved")
    return {
        "well": verified.well,
        "changes": verified.changes,
        "checkpoint": in_fives(verified.hash) or None,
        "hash": verified.hash or None,
        "asked": asked if verified.asked else None,
        "findings": [_finding(finding) for finding in verified.findings],
        "more": verified.more,
    }


def _backup(backup: Backup) -> Document:
    """The copy with its checkpoint and its size."""
    checkpoint = {"checkpoint": in_fives(backup.hash)}
    return {**picked(backup, "file change"), **checkpoint, **picked(backup, "hash bytes")}


def _finding(finding: Finding) -> Document:
    """A finding; a record that cannot be read is given as its text."""
    return {
        "code": finding.code,
        "message": say(finding),
        **picked(finding, "table key change"),
        "journal": record_in(finding.says) or finding.says,
        "found": record_in(finding.stands) or finding.stands,
    }


def records(verified: Verified) -> Records:
    """The findings."""
    return Records(FINDING, [_finding(finding) for finding in verified.findings])
