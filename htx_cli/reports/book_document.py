"""What is set up, who leads, and the journal, as documents of their schemas."""

from htx_cli import journal, model
from htx_cli.errors import HtxError, Problem, Rejected
from htx_cli.journal import ChangeRow
from htx_cli.model import Leadership
from htx_cli.reports.report_document import target_document
from htx_cli.reports.values import Document, iso, named, num
from htx_cli.tables.journal import describe
from htx_cli.words import say

# -- what is set up --------------------------------------------------------------------------------


def targets(targets: model.Targets) -> Document:
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
    }


def clusters(clusters: model.Clusters) -> Document:
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


def provinces(provinces: model.Provinces) -> Document:
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


def _leadership(leadership: Leadership) -> Document:
    return {
        "year": leadership.year,
        "leader": named(leadership.leader),
        "deputy": named(leadership.deputy),
        "deputy_known": leadership.deputy_known,
        "on": iso(leadership.elected_on),
        "because": leadership.because,
    }


def _proposal(proposal: model.Proposal | None) -> Document | None:
    if proposal is None:
        return None
    return {
        "year": proposal.year,
        "leader": named(proposal.leader.province),
        "deputy": named(proposal.deputy.province),
        "rule": proposal.leader.rule,
        "deputy_rule": proposal.deputy.rule,
    }


def leaders(leaders: model.Leaders) -> Document:
    """htx.leaders/1."""
    return {
        "cluster": {"id": leaders.cluster.id, "name": leaders.cluster.name},
        "years": [
            {
                **_leadership(each),
                "rule": named.leader.rule if (named := leaders.named.get(each.year)) else None,
                "change": head.number if (head := leaders.recorded.get(each.year)) else None,
                "recorded_at": head.at.isoformat() if head else None,
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
    }


def rotation(rotation: model.Rotation) -> Document:
    """htx.change/1 with what was proposed and recorded."""
    return {
        **change_document(rotation.change),
        "leadership": _leadership(rotation.recorded),
        "proposal": _proposal(rotation.proposed),
        "rules": {"leader": rotation.chosen.leader.rule, "deputy": rotation.chosen.deputy.rule},
    }


# -- the journal -----------------------------------------------------------------------------------


def change_document(change: journal.Change) -> Document:
    """What a write did; `change` and `hash` are null when nothing stays: a dry run, no difference."""
    head = None if change.dry_run else change.head
    return {
        "change": head.number if head else None,
        "hash": head.hash if head else None,
        "dry_run": change.dry_run,
        "summary": describe(change) if change.count else None,
        "count": change.count,
        "rows": [_change_row(row) for row in change.rows]
        if change.count <= len(change.rows)
        else None,
    }


def _change_row(row: ChangeRow) -> Document:
    return {"table": row.table, "key": row.key, "before": row.before, "after": row.after}


def _logged(change: journal.Change) -> Document:
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
        "count": change.count,
        "summary": describe(change),
    }


def log(log: journal.Log) -> Document:
    """htx.log/1."""
    return {"changes": [_logged(change) for change in log.changes]}


def logged_change(change: journal.Change) -> Document:
    """One change of the journal with its records."""
    rows = [_change_row(row) for row in change.rows]
    return {**_logged(change), "rows": rows if change.count <= len(rows) else None}


def imported(imported: journal.Imported) -> Document:
    """htx.import/1."""
    head = None if imported.change.dry_run else imported.change.head
    return {
        "change": head.number if head else None,
        "dry_run": imported.change.dry_run,
        "new": imported.new,
        "changed": imported.changed,
        "same": imported.same,
        "problems": [],
        "warnings": [
            {"file": c.file, "row": c.row, "code": c.code, "message": say(c)}
            for c in imported.cautions
        ],
        "changes": [_change_row(row) for row in imported.corrections],
        "assumed": [
            {"rows": a.rows, "as_of": iso(a.as_of), "year_too": a.year_too}
            for a in imported.assumed
        ],
    }


def refused_import(rejected: Rejected, dry_run: bool) -> Document:
    """An import of which nothing was written: every problem with its place."""
    return {
        "schema": "htx.import/1",
        "change": None,
        "dry_run": dry_run,
        "new": 0,
        "changed": 0,
        "same": 0,
        "problems": [_problem(problem) for problem in rejected.problems],
        "warnings": [],
        "changes": [],
        "assumed": [],
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
