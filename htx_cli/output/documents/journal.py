"""What is set up, who leads, and the journal, as documents of their schemas."""

from collections.abc import Iterable

from htx_cli.domain import changes as journal
from htx_cli.domain.changes import ChangeRow, Glossary, Record, SourceFile
from htx_cli.domain.leaders import Leaders, Proposal, Rotation
from htx_cli.domain.lists import Clusters, Provinces, Targets
from htx_cli.domain.model import Leadership, Term
from htx_cli.output.documents.members import unseated
from htx_cli.output.documents.report import amendment_document, target_document
from htx_cli.output.documents.values import (
    Document,
    iso,
    known_document,
    named,
    num,
    place_document,
)
from htx_cli.output.wording.journal import describe
from htx_cli.text.errors import HtxError, Problem, Rejected
from htx_cli.text.words import say, speaking

# -- what is set up --------------------------------------------------------------------------------


def targets(targets: Targets) -> Document:
    """htx.targets/1."""

    def own(code: str) -> list[Document]:
        return [
            {"id": s.province, "assigned": s.assigned, "threshold": num(s.threshold)}
            for s in targets.shares
            if s.target == code
        ]

    return {
        "year": targets.year,
        "cluster": {"id": targets.cluster.id, "name": targets.cluster.name},
        "lines": [{"line": line, "text": text} for line, text in targets.lines.items()],
        "targets": [{**target_document(x), "shares": own(x.code)} for x in targets.targets],
        "pact": targets.state.pact,
        "signed_on": iso(targets.state.signed_on),
        "amendments": [amendment_document(each) for each in targets.amendments],
    }


def clusters(clusters: Clusters) -> Document:
    """htx.clusters/1."""
    return {
        "clusters": [
            {
                "id": row.cluster.id,
                "name": row.cluster.name,
                "years": list(row.years),
                "members": [
                    {
                        "id": m.province.id,
                        "name": m.province.name,
                        "seat": m.seat,
                        "first_day": iso(m.first_day),
                        "last_day": iso(m.last_day),
                    }
                    for m in row.members
                ],
            }
            for row in clusters.clusters
        ]
    }


def provinces(provinces: Provinces) -> Document:
    """htx.provinces/1."""
    return {
        "on": iso(provinces.on),
        "provinces": [
            {
                "id": p.id,
                "name": p.name,
                "code": p.code,
                "first_day": iso(p.first_day),
                "last_day": iso(p.last_day),
                "successors": list(provinces.successors.get(p.id, ())),
            }
            for p in provinces.provinces
        ],
    }


# -- who leads -------------------------------------------------------------------------------------


def leadership_document(leadership: Leadership) -> Document:
    """Who leads a year."""
    return {
        "year": leadership.year,
        "leader": named(leadership.leader),
        "deputy": named(leadership.deputy),
        "deputy_known": leadership.deputy_known,
        "on": iso(leadership.elected_on),
        "because": leadership.because,
    }


def _term(term: Term) -> Document:
    """Who led from a day to a day, whom they followed, and why."""
    return {
        "first_day": iso(term.first_day),
        "last_day": iso(term.last_day),
        "leader": named(term.leader),
        "deputy": named(term.deputy),
        "deputy_known": term.deputy_known,
        "by": term.by,
        "leader_after": named(term.leader_after),
        "deputy_after": named(term.deputy_after),
        "because": term.because,
    }


def _proposal(proposal: Proposal | None) -> Document | None:
    if proposal is None:
        return None
    return {
        "year": proposal.year,
        "leader": named(proposal.leader.province),
        "deputy": named(proposal.deputy.province),
        "rule": proposal.leader.rule,
        "deputy_rule": proposal.deputy.rule,
    }


def leaders(leaders: Leaders) -> Document:
    """htx.leaders/1."""
    return {
        "cluster": {"id": leaders.cluster.id, "name": leaders.cluster.name},
        "years": [
            {
                **leadership_document(each),
                "rule": named.leader.rule if (named := leaders.named.get(each.year)) else None,
                "change": head.number if (head := leaders.recorded.get(each.year)) else None,
                "recorded_at": head.at.isoformat() if head else None,
                "terms": [_term(x) for x in leaders.terms if x.year == each.year],
            }
            for each in leaders.years
        ],
        "seats": [
            {
                "seat": seat.member.seat,
                "id": seat.member.province.id,
                "name": seat.member.province.name,
                "last_led": seat.last_led,
            }
            for seat in leaders.seats
        ],
        "waiting": [province.id for province in leaders.waiting],
        "next": _proposal(leaders.next),
        "projection": [_proposal(each) for each in leaders.projected],
        "unseated": [unseated(each) for each in leaders.unseated],
        "known_at": known_document(leaders.known_at),
        "checkpoint": leaders.checkpoint,
    }


def rotation(rotation: Rotation) -> Document:
    """htx.change/1 with what was proposed and recorded."""
    return {
        **change_document(rotation.change),
        "leadership": leadership_document(rotation.recorded),
        "proposal": _proposal(rotation.proposed),
        "rules": {"leader": rotation.chosen.leader.rule, "deputy": rotation.chosen.deputy.rule},
        "warnings": [{"code": c.code, "message": say(c)} for c in rotation.cautions],
    }


# -- the journal -----------------------------------------------------------------------------------


def change_document(change: journal.Change) -> Document:
    """What a write did; `change` and `hash` are null when nothing stays: a dry run, no difference."""
    head = change.head
    return {
        "change": head.number if head else None,
        "hash": head.hash if head else None,
        "dry_run": change.dry_run,
        "summary": _summary(change) if change.count else None,
        "count": change.count,
        "rows": _rows(change),
        "handed_over": away_document(change.away),
    }


def away_document(away: journal.Away | None) -> Document | None:
    """The province that holds a book which is written to in another place."""
    if away is None:
        return None
    return {"id": away.id, "name": away.name, "since": iso(away.since), "change": away.change}


def _summary(change: journal.Change) -> str:
    with speaking("en"):  # JSON is the same in every language
        return describe(change)


def _rows(change: journal.Change) -> list[Document] | None:
    """The records of a change; none if only the first of them were read."""
    if change.count > len(change.rows):
        return None
    return [row_document(row, change.glossary) for row in change.rows]


def row_document(row: ChangeRow, glossary: Glossary) -> Document:
    """A record before and after."""
    before, after = (_record(row.table, each, glossary) for each in (row.before, row.after))
    told: Document = {"table": row.table, "key": row.key, "before": before, "after": after}
    return {**told, "place": place_document(row.place)} if row.place else told


def _files(files: Iterable[SourceFile]) -> list[Document]:
    return [{"name": file.name, "size": file.size, "sha256": file.sha256} for file in files]


def _record(table: str, record: Record | None, glossary: Glossary) -> Document | None:
    """A record with its yes and no as such; the book keeps them as 1 and 0."""
    if record is None:
        return None
    yes_no = {name for name in ("level", "deputy_known") if name in record}
    if table in ("results", "evidence") and _place(record) in glossary.yes_no:
        yes_no.add("value")
    said = {name: bool(record[name]) for name in yes_no if record[name] is not None}
    return {**record, **said}


def _place(record: Record) -> tuple[str, int, str]:
    return (record["cluster"], record["year"], record["target"])


def logged(change: journal.Change) -> Document:
    """A change as the journal lists it."""
    head = change.head
    assert head is not None
    return {
        "change": head.number,
        "at": head.at.isoformat(),
        "who": head.who,
        "command": head.command,
        "because": head.because,
        "fixed_clock": head.fixed_clock,
        "hash": head.hash,
        "origin": head.origin,
        "received_at": head.received_at.isoformat() if head.received_at else None,
        "received_by": head.received_by,
        "count": change.count,
        "summary": _summary(change),
    }


def log(log: journal.Log) -> Document:
    """htx.log/1."""
    return {"changes": [_whole(change) for change in log.changes]}


def _whole(change: journal.Change) -> Document:
    files = change.head.files if change.head else ()
    return {**logged(change), "files": _files(files), "rows": _rows(change)}


def logged_change(change: journal.Change) -> Document:
    """htx.log/1 of one change."""
    return log(journal.Log((change,)))


def undone(undone: journal.Undone) -> Document:
    """htx.change/1 with the change that was taken back."""
    of = undone.of
    told = {"change": of.number, "at": of.at.isoformat(), "who": of.who}
    told |= {"command": of.command, "because": of.because, "hash": of.hash}
    warnings = [{"code": each.code, "message": say(each)} for each in undone.cautions]
    return {**change_document(undone.change), "undone": told, "warnings": warnings}


def imported(imported: journal.Imported) -> Document:
    """htx.import/1."""
    head = imported.change.head
    return {
        "change": head.number if head else None,
        "dry_run": imported.change.dry_run,
        "new": imported.new,
        "changed": imported.changed,
        "same": imported.same,
        "problems": [],
        "warnings": [
            {"file": c.file, "sheet": c.sheet, "row": c.row, "code": c.code, "message": say(c)}
            for c in imported.cautions
        ],
        "changes": [row_document(row, imported.change.glossary) for row in imported.corrections],
        "assumed": [
            {"rows": a.rows, "as_of": iso(a.as_of), "year_too": a.year_too}
            for a in imported.assumed
        ],
        "files": [
            {**told, "imported_before": file.before}
            for told, file in zip(_files(imported.files), imported.files, strict=True)
        ],
        "handed_over": away_document(imported.change.away),
    }


def refused_import(rejected: Rejected, dry_run: bool) -> Document:
    """An import of which nothing was written: every problem with its place."""
    return {
        "schema": "htx.import/1",
        "change": None,
        "dry_run": dry_run,
        **{name: rejected.values.get(name, 0) for name in ("new", "changed", "same")},
        "problems": [_problem(problem) for problem in rejected.problems],
        "warnings": [],
        "changes": [],
        "assumed": [],
        "files": [],
        "handed_over": None,
    }


def _problem(problem: Problem) -> Document:
    return {
        "file": problem.file,
        "sheet": problem.sheet,
        "row": problem.row,
        "cell": problem.cell,
        "column": problem.column,
        "value": problem.value,
        "code": problem.code,
        "message": say(problem),
    }


def error_document(error: HtxError) -> Document:
    """What went wrong, for a script that asked for JSON."""
    said = {"schema": "htx.error/1", "code": error.code, "exit": error.exit, "message": say(error)}
    problems = error.problems if isinstance(error, Rejected) else ()
    return {**said, "problems": [_problem(each) for each in problems]} if problems else said
