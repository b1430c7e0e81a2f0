"""A merge of another copy of the book, as a document of htx.merge/1 and as flat records."""

from htx_cli.domain.merge import Conflict, MergeOutcome
from htx_cli.output.documents.journal import change_document, logged, row_document
from htx_cli.output.documents.values import Document, Records, picked

MERGED = (
    "kind", "change", "origin", "at", "who", "command", "because", "count", "summary",
    "table", "key", "ours", "theirs", "decided",
)  # fmt: skip


def document(merged: MergeOutcome) -> Document:
    """The changes that came, and the records that both copies had changed."""
    return {
        **picked(merged, "other dry_run common count"),
        "changes": [_received(merged, at) for at in range(len(merged.received))],
        "settled": change_document(merged.settled) if merged.settled else None,
        "conflict_count": merged.differing,
        "undecided": merged.pending,
        "conflicts": [_conflict(each, merged) for each in merged.conflicts],
    }


def _received(merged: MergeOutcome, at: int) -> Document:
    told = logged(merged.received[at])
    return told | ({"change": None, "hash": None} if merged.dry_run else {})


def _conflict(conflict: Conflict, merged: MergeOutcome) -> Document:
    table, key = conflict.spot
    ours, theirs = (
        {
            **picked(side.head, "at who"),
            "record": row_document(side.rows[0], merged.glossary)["after"],
        }
        for side in (conflict.ours, conflict.theirs)
    )
    decided = conflict.decided and str(conflict.decided)
    return {"table": table, "key": key, "ours": ours, "theirs": theirs, "decided": decided}


def records(merged: MergeOutcome) -> Records:
    """The changes that came, then the conflicts."""
    made = document(merged)
    came = [{"kind": "change", **each} for each in made["changes"]]
    conflicts = [
        {
            "kind": "conflict",
            **each,
            "ours": each["ours"]["record"],
            "theirs": each["theirs"]["record"],
        }
        for each in made["conflicts"]
    ]
    return Records(MERGED, came + conflicts)
