"""Flat records for CSV and NDJSON: for each kind of answer its columns, the same whatever it holds.

Columns are only ever added, at the end. Where a record has several of something, the columns that
tell of them are lists of the same length.
"""

from typing import Any

from htx_cli.domain import changes as journal
from htx_cli.domain import due as duedates
from htx_cli.domain import evidence
from htx_cli.domain import report as answers
from htx_cli.domain.findings import Verified
from htx_cli.domain.leaders import Leaders, Rotation
from htx_cli.domain.lists import Clusters, Provinces, Targets
from htx_cli.domain.model import Result
from htx_cli.output.documents import due as due_document
from htx_cli.output.documents import journal as book
from htx_cli.output.documents import report as report_document
from htx_cli.output.documents import verify as trust_document
from htx_cli.output.documents.values import Document

# fmt: off
CELL = (
    "province", "name", "title", "target", "status", "reason", "basis", "as_of", "stale",
    "value", "of", "base", "threshold", "rate", "completion", "expected", "remaining",
    "source", "note", "change", "carried", "year", "cluster", "evidence",
    "due", "days_late", "base_carried", "known_at", "late_since",
    "base_early", "base_early_days",
)
INPUT = (
    "as_of", "basis", "value", "of", "base", "rate", "source", "note", "change", "who", "at",
    "province", "evidence", "known_at",
)
UNPROVED = (
    "province", "name", "target", "title", "as_of", "basis", "value", "of", "base", "rate",
    "source", "note", "change", "year", "cluster", "known_at",
)
PROOF = (
    "sha256", "number", "date", "file", "cluster", "year", "province", "name", "target", "title",
    "as_of", "basis", "value", "of", "base", "rate", "holds",
)
TARGET = (
    "code", "line", "title", "of_title", "kind", "bound", "threshold", "level", "unit",
    "base_year", "scope", "note", "shares", "share_thresholds", "year", "cluster",
    "pact", "decision", "from",
)
CLUSTER = (
    "id", "name", "years", "members", "member_names", "seats", "first_days", "last_days",
)
PROVINCE = ("id", "name", "code", "first_day", "last_day", "successors")
LEADERSHIP = (
    "year", "leader_id", "leader_name", "deputy_id", "deputy_name", "deputy_known", "on",
    "because",
)
LEADER = (
    *LEADERSHIP, "rule", "change", "recorded_at",
    "first_day", "last_day", "by", "leader_after", "deputy_after", "known_at",
)
ROTATION = (
    *LEADERSHIP, "leader_rule", "deputy_rule", "proposed_leader", "proposed_deputy",
    "change", "hash", "dry_run", "summary",
)
DEBT = (
    "province", "name", "target", "title", "period", "figures_as_of", "due", "days_late",
    "last_as_of", "year", "cluster", "late_since", "former",
)
# A change as it is listed, then the record that it touched, where records are asked for.
CHANGE = (
    "change", "at", "who", "command", "because", "fixed_clock", "hash", "origin", "count",
    "summary", "table", "key", "before", "after", "received_at", "received_by",
)
UNDONE = ("undone", "change", "hash", "dry_run", "table", "key", "before", "after")
FINDING = ("code", "message", "table", "key", "change", "journal", "found")
# fmt: on


def report(report: answers.Report) -> list[Document]:
    """The cells of every province."""
    return [cell for row in report.provinces for cell in _cells(report, row)]


def status(status: answers.ProvinceStatus) -> list[Document]:
    """The cells of one province."""
    return _cells(status.report, status.row)


def _cells(report: answers.Report, row: answers.ProvinceRow) -> list[Document]:
    frame: Document = {"year": report.year, "cluster": report.cluster.id}
    frame |= _known(report.known_at)
    frame |= {"province": row.province.id, "name": row.province.name}
    return [
        {
            **frame,
            "title": cell.target.title,
            **report_document.cell_document(cell),
            "evidence": _labels(cell.result),
        }
        for cell in row.cells
    ]


def _labels(result: Result | None) -> list[str]:
    """What the documents are called that prove a figure as it stands."""
    return [document.label for document in result.proofs] if result else []


def explanation(explained: answers.Explanation) -> list[Document]:
    """The figures that an explanation rests on."""
    inputs: list[Document] = report_document.explanation(explained)["inputs"]
    known = _known(explained.report.known_at)
    return [{**each, "evidence": _called(each["evidence"]), **known} for each in inputs]


def _known(known: journal.KnownAt | None) -> Document:
    """The number of the change after which the book was looked at."""
    return {"known_at": known.change if known else None}


def _called(evidence: list[Document]) -> list[str]:
    proving = (each for each in evidence if each["proves"])
    return [each["number"] or each["title"] or each["name"] for each in proving]


def unproved(unproved: evidence.Unproved) -> list[Document]:
    """The figures that no document proves; those of the whole cluster without a province."""
    made = report_document.unproved(unproved)
    frame: Document = {"year": made["year"], "cluster": made["cluster"]["id"]}
    frame |= _known(unproved.report.known_at)
    return [{**each, **_whose(each["province"]), **frame} for each in made["figures"]]


def proofs(proofs: evidence.Proofs) -> list[Document]:
    """The figures that a document was attached to."""
    made = report_document.proofs(proofs)
    paper = {**made["document"], "file": made["document"]["name"]}
    return [{**paper, **each, **_whose(each["province"])} for each in made["figures"]]


def _whose(named: Document | None) -> Document:
    return (
        {"province": named["id"], "name": named["name"]}
        if named
        else {"province": None, "name": None}
    )


def targets(targets: Targets) -> list[Document]:
    """The signed targets; a share without a threshold is one that is not assigned."""
    made = book.targets(targets)
    return [
        {
            **target,
            "shares": _each(target["shares"], "id"),
            "share_thresholds": _each(target["shares"], "threshold"),
            "year": made["year"],
            "cluster": made["cluster"]["id"],
            "pact": made["pact"],
            **_last_decision(made, target["code"]),
        }
        for target in made["targets"]
    ]


def _last_decision(targets: Document, code: str) -> Document:
    """Which decision last changed what is asked of all, and since when."""
    of_all = [x for x in targets["amendments"] if (x["part"], x["code"]) == ("target", code)]
    last: Document = of_all[-1] if of_all else {}
    return {"decision": last.get("decision"), "from": last.get("from")}


def clusters(clusters: Clusters) -> list[Document]:
    """The clusters, each with its members in seat order."""
    return [
        {
            **cluster,
            "members": _each(cluster["members"], "id"),
            "member_names": _each(cluster["members"], "name"),
            "seats": _each(cluster["members"], "seat"),
            "first_days": _each(cluster["members"], "first_day"),
            "last_days": _each(cluster["members"], "last_day"),
        }
        for cluster in book.clusters(clusters)["clusters"]
    ]


def _each(items: list[Document], key: str) -> list[Any]:
    return [item[key] for item in items]


def provinces(provinces: Provinces) -> list[Document]:
    """The units of the register."""
    listed: list[Document] = book.provinces(provinces)["provinces"]
    return listed


def leaders(leaders: Leaders) -> list[Document]:
    """Who led and was deputy, term by term; then the years to come, if they were asked for."""
    made = book.leaders(leaders)
    known = _known(leaders.known_at)
    rows = []
    for year in made["years"]:
        for at, term in enumerate(year["terms"]):
            of_year = year if at == 0 else {"year": year["year"], "on": _elected(term)}
            rows.append(_flattened({**term, **of_year, **known}))
    for each in made["projection"]:
        rows.append(_flattened({**each, "deputy_known": True, "by": "projection", **known}))
    return rows


def _elected(term: Document) -> str | None:
    return term["first_day"] if term["by"] == "election" else None


def _flattened(leadership: Document) -> Document:
    made = {**leadership}
    for role in ("leader", "deputy"):
        named = made.pop(role) or {}
        made |= {f"{role}_id": named.get("id"), f"{role}_name": named.get("name")}
        after = made.pop(f"{role}_after", None)
        made[f"{role}_after"] = after["id"] if after else None
    return made


def rotation(rotation: Rotation) -> list[Document]:
    """Who leads now, by which rule, and what was proposed."""
    proposed = rotation.proposed
    first, second = proposed.leader.province, proposed.deputy.province
    return [
        {
            **_flattened(book.leadership_document(rotation.recorded)),
            "leader_rule": rotation.chosen.leader.rule,
            "deputy_rule": rotation.chosen.deputy.rule,
            "proposed_leader": first.id if first else None,
            "proposed_deputy": second.id if second else None,
            **book.change_document(rotation.change),
        }
    ]


def log(log: journal.Log) -> list[Document]:
    """The changes; of one figure, what each did to it."""
    if log.of is None:
        return [book.logged(each) for each in log.changes]
    return [row for each in log.changes for row in change(each)]


def change(change: journal.Change) -> list[Document]:
    """The records that a change touched."""
    head = book.logged(change)
    return [{**head, **book.row_document(row, change.glossary)} for row in change.rows]


def calendar(calendar: duedates.Calendar) -> list[Document]:
    """What is owed, figure by figure."""
    frame = {"year": calendar.year, "cluster": calendar.cluster.id}
    return [{**each, **frame} for debt in calendar.debts for each in due_document.items(debt)]


def reminder(reminder: duedates.Reminder) -> list[Document]:
    """What is asked for, figure by figure."""
    report = reminder.report
    frame = {"year": report.year, "cluster": report.cluster.id}
    return [{**each, **frame} for each in due_document.reminded(reminder)]


def undone(undone: journal.Undone) -> list[Document]:
    """The records that stand again as they did before a change."""
    head = {**book.change_document(undone.change), "undone": undone.of.number}
    glossary = undone.change.glossary
    return [{**head, **book.row_document(row, glossary)} for row in undone.change.rows]


def findings(verified: Verified) -> list[Document]:
    """What was found wrong with a book."""
    found: list[Document] = trust_document.verified(verified)["findings"]
    return found
