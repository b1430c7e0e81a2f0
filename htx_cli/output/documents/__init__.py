"""What scripts rely on: each answer as a document of a schema, and as flat records.

Keys never change with the language; changes are additive only. Numbers are numbers, nothing is null.
"""

from collections.abc import Callable, Sequence
from typing import Any

from htx_cli.domain import changes
from htx_cli.domain import due as duedates
from htx_cli.domain import evidence as proving
from htx_cli.domain import merge as merging
from htx_cli.domain import report as answers
from htx_cli.domain import trend as trends
from htx_cli.domain.findings import Backup, Verified
from htx_cli.domain.leaders import Leaders, Rotation
from htx_cli.domain.lists import Clusters, Members, Provinces, Targets
from htx_cli.output.documents import due as due_document
from htx_cli.output.documents import flat
from htx_cli.output.documents import journal as book
from htx_cli.output.documents import members as seats
from htx_cli.output.documents import merge as merge_document
from htx_cli.output.documents import report as report_document
from htx_cli.output.documents import trend as trend_document
from htx_cli.output.documents import verify as trust
from htx_cli.output.documents.values import Document


def document(value: Any) -> Document:
    """The JSON document of anything that is shown."""
    schema, make = _DOCUMENTS[type(value)]
    return {"schema": f"htx.{schema}/1", **make(value)}


def records(value: Any) -> list[Document]:
    """The same as flat rows, each with every one of its `columns`: the cells of a report, the items
    of a list."""
    wanted, make = _RECORDS[type(value)]
    return [{column: row.get(column) for column in wanted} for row in make(value)]


def columns(value: Any) -> Sequence[str]:
    """What each of its records has, whether there are any or not."""
    return _RECORDS[type(value)][0]


_DOCUMENTS: dict[type, tuple[str, Callable[[Any], Document]]] = {
    answers.Report: ("report", report_document.report),
    answers.ProvinceStatus: ("status", report_document.status),
    answers.Explanation: ("explain", report_document.explanation),
    proving.Unproved: ("without-evidence", report_document.unproved),
    proving.Proofs: ("attach", report_document.proofs),
    Targets: ("targets", book.targets),
    Clusters: ("clusters", book.clusters),
    Members: ("members", seats.members),
    Provinces: ("provinces", book.provinces),
    duedates.Calendar: ("due", due_document.calendar),
    duedates.Reminder: ("remind", due_document.reminder),
    Leaders: ("leaders", book.leaders),
    Rotation: ("change", book.rotation),
    Verified: ("verify", trust.verified),
    Backup: ("backup", trust.backup),
    trends.Trend: ("trend", trend_document.trend),
    changes.Log: ("log", book.log),
    changes.Change: ("log", book.logged_change),
    changes.Imported: ("import", book.imported),
    changes.Undone: ("change", book.undone),
    merging.Merged: ("merge", merge_document.merged),
}
_RECORDS: dict[type, tuple[Sequence[str], Callable[[Any], list[Document]]]] = {
    answers.Report: (flat.CELL, flat.report),
    answers.ProvinceStatus: (flat.CELL, flat.status),
    answers.Explanation: (flat.INPUT, flat.explanation),
    proving.Unproved: (flat.UNPROVED, flat.unproved),
    proving.Proofs: (flat.PROOF, flat.proofs),
    Targets: (flat.TARGET, flat.targets),
    Clusters: (flat.CLUSTER, flat.clusters),
    Members: (seats.MEMBER, seats.records),
    Provinces: (flat.PROVINCE, flat.provinces),
    duedates.Calendar: (flat.DEBT, flat.calendar),
    duedates.Reminder: (flat.DEBT, flat.reminder),
    Leaders: (flat.LEADER, flat.leaders),
    Rotation: (flat.ROTATION, flat.rotation),
    Verified: (flat.FINDING, flat.findings),
    trends.Trend: (trend_document.RECORD, trend_document.records),
    changes.Log: (flat.CHANGE, flat.log),
    changes.Change: (flat.CHANGE, flat.change),
    changes.Undone: (flat.UNDONE, flat.undone),
    merging.Merged: (merge_document.MERGED, merge_document.records),
}
