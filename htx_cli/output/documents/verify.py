"""What was found of a book that is to be trusted, as a document of its schema."""

from htx_cli.domain.changes import in_fives, record_in
from htx_cli.domain.findings import Backup, Finding, Verified
from htx_cli.output.documents.values import Document
from htx_cli.text.words import say


def verified(verified: Verified) -> Document:
    """htx.verify/1."""
    kept = verified.kept
    asked = {
        "checkpoint": verified.asked,
        "change": kept.number if kept else None,
        "proved": verified.proved,
    }
    return {
        "well": verified.well,
        "changes": verified.changes,
        "checkpoint": in_fives(verified.hash) or None,
        "hash": verified.hash or None,
        "asked": asked if verified.asked else None,
        "findings": [_finding(finding) for finding in verified.findings],
        "more": verified.more,
    }


def backup(backup: Backup) -> Document:
    """htx.backup/1."""
    return {
        "file": backup.file,
        "change": backup.change,
        "checkpoint": in_fives(backup.hash),
        "hash": backup.hash,
        "bytes": backup.bytes,
    }


def _finding(finding: Finding) -> Document:
    """A finding; a record that cannot be read is given as its text."""
    return {
        "code": finding.code,
        "message": say(finding),
        "table": finding.table,
        "key": finding.key,
        "change": finding.change,
        "journal": record_in(finding.says) or finding.says,
        "found": record_in(finding.stands) or finding.stands,
    }
