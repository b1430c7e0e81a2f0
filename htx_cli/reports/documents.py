"""What scripts rely on: each answer as a document of a schema, and as flat records.

Keys never change with the language; changes are additive only. Numbers are numbers, nothing is null.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from htx_cli import model
from htx_cli.errors import HtxError, Problem, Rejected
from htx_cli.model import Cell, ChangeHead, ChangeRow, Leadership, Province, Result, Rollup
from htx_cli.tables.journal import describe
from htx_cli.targets import Figure, Kind
from htx_cli.words import say

Document = dict[str, Any]


def document(value: Any) -> Document:
    """The JSON document of anything that is shown."""
    schema, make = _DOCUMENTS[type(value)]
    return {"schema": f"htx.{schema}/1", **make(value)}


def records(value: Any) -> list[Document]:
    """The same as flat rows: the cells of a report, the items of a list."""
    if isinstance(value, model.Report | model.ProvinceStatus):
        rows = value.provinces if isinstance(value, model.Report) else (value.row,)
        return [
            {"province": r.province.id, "name": r.province.name, "title": c.target.title, **_cell(c)}
            for r in rows
            for c in r.cells
        ]
    made = document(value)
    items = made.get(_LISTS.get(type(value), ""), [made])
    return [_flat(item) for item in items]


def _flat(item: Mapping[str, Any]) -> Document:
    flat: Document = {}
    for key, value in item.items():
        if isinstance(value, Mapping):
            flat |= {f"{key}_{inner}": each for inner, each in value.items()}
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            flat[key] = [each.get("id", each.get("key")) for each in value]
        else:
            flat[key] = value
    return flat


def num(value: Decimal | None) -> int | float | None:
    """A decimal as a JSON number."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _named(province: Province | None) -> Document | None:
    return {"id": province.id, "name": province.name} if province else None


# -- the report ------------------------------------------------------------------------------------


def _report(report: model.Report) -> Document:
    return {
        **_frame(report),
        "lines": [{"line": x.line, "text": x.text, "status": x.status} for x in report.lines],
        "targets": [_rollup(rollup) for rollup in report.targets],
        "provinces": [_province_row(row) for row in report.provinces],
    }


def _frame(report: model.Report) -> Document:
    leadership = report.leadership
    return {
        "year": report.year,
        "as_of": _iso(report.as_of),
        "closed": report.closed,
        "cluster": {"id": report.cluster.id, "name": report.cluster.name},
        "leader": _named(leadership.leader if leadership else None),
        "deputy": _named(leadership.deputy if leadership else None),
    }


def _target(target: model.Target) -> Document:
    return {
        "code": target.code,
        "line": target.line,
        "title": target.title,
        "of_title": target.of_title,
        "kind": target.kind,
        "bound": target.bound,
        "threshold": num(target.threshold),
        "level": target.level,
        "unit": target.unit,
        "base_year": target.base_year,
        "scope": target.scope,
        "note": target.note,
    }


def _rollup(rollup: Rollup) -> Document:
    target, judged, figure = rollup.target, rollup.judged, rollup.figure
    parts = target.kind in (Kind.RATIO, Kind.TRACKED)
    return {
        **_target(target),
        "status": judged.status,
        "reason": judged.reason,
        "value": num(figure.value),
        "of": num(figure.of) if parts else None,
        "base": num(figure.base) if target.kind is Kind.GROWTH else None,
        "rate": num(judged.rate),
        "completion": num(judged.completion),
        "met": rollup.met,
        "assigned": rollup.assigned,
        "reported": rollup.reported,
        "counted": rollup.counted,
        "from_whole": rollup.from_whole,
        "differs": num(rollup.differs.value) if rollup.differs else None,
    }


def _province_row(row: model.ProvinceRow) -> Document:
    return {
        "id": row.province.id,
        "name": row.province.name,
        "met": row.met,
        "assigned": row.assigned,
        "reported": row.reported,
        "cells": [_cell(cell) for cell in row.cells],
    }


def _cell(cell: Cell) -> Document:
    judged, result = cell.judged, cell.result
    figure = cell.figure or Figure()
    return {
        "target": cell.target.code,
        "status": judged.status,
        "reason": judged.reason,
        "basis": result.basis if result else None,
        "as_of": _iso(result.as_of) if result else None,
        "stale": cell.stale,
        "value": _value(cell.target, figure.value),
        "of": num(figure.of),
        "base": num(figure.base),
        "threshold": num(cell.threshold),
        "rate": num(judged.rate),
        "completion": num(judged.completion),
        "expected": num(judged.expected),
        "remaining": num(judged.remaining),
        "source": result.source if result else None,
        "note": result.note if result else None,
        "change": result.change if result else None,
        "carried": [],
    }


def _value(target: model.Target, value: Decimal | None) -> int | float | bool | None:
    if target.kind is Kind.YES_NO and value is not None:
        return bool(value)
    return num(value)


def _status(status: model.ProvinceStatus) -> Document:
    codes = {rollup.target.code: rollup.target for rollup in status.report.targets}
    row = _province_row(status.row)
    row["cells"] = [{**cell, "title": codes[cell["target"]].title} for cell in row["cells"]]
    return {**_frame(status.report), "province": row}


def _explanation(explained: model.Explanation) -> Document:
    target, cell = explained.target, explained.cell
    heads = explained.changes
    base_from = cell.base_from if cell else None
    return {
        **_frame(explained.report),
        "province": _named(cell.province) if cell else None,
        "target": _target(target),
        "cell": _cell(cell) if cell else None,
        "rollup": _rollup(explained.rollup),
        "own_threshold": bool(explained.share and explained.share.assigned),
        "base_from": _input(target, base_from, heads) if base_from else None,
        "inputs": [_input(target, result, heads) for result in explained.history],
    }


def _input(target: model.Target, result: Result, heads: Mapping[int, ChangeHead]) -> Document:
    figure, head = result.figure, heads.get(result.change or 0)
    return {
        "as_of": _iso(result.as_of),
        "basis": result.basis,
        "value": _value(target, figure.value),
        "of": num(figure.of),
        "base": num(figure.base),
        "rate": num(figure.rate),
        "source": result.source,
        "note": result.note,
        "change": result.change,
        "who": head.who if head else None,
        "at": head.at.isoformat() if head else None,
    }


# -- what is set up --------------------------------------------------------------------------------


def _targets(targets: model.Targets) -> Document:
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
        "targets": [{**_target(x), "shares": own(x.code)} for x in targets.targets],
    }


def _clusters(clusters: model.Clusters) -> Document:
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
                        "first_day": _iso(m.first_day),
                        "last_day": _iso(m.last_day),
                    }
                    for m in row.members
                ],
            }
            for row in clusters.clusters
        ]
    }


def _provinces(provinces: model.Provinces) -> Document:
    return {
        "on": _iso(provinces.on),
        "provinces": [
            {
                "id": p.id,
                "name": p.name,
                "code": p.code,
                "first_day": _iso(p.first_day),
                "last_day": _iso(p.last_day),
                "successors": list(provinces.successors.get(p.id, ())),
            }
            for p in provinces.provinces
        ],
    }


# -- who leads -------------------------------------------------------------------------------------


def _leadership(leadership: Leadership) -> Document:
    return {
        "year": leadership.year,
        "leader": _named(leadership.leader),
        "deputy": _named(leadership.deputy),
        "deputy_known": leadership.deputy_known,
        "on": _iso(leadership.elected_on),
        "because": leadership.because,
    }


def _proposal(proposal: model.Proposal | None) -> Document | None:
    if proposal is None:
        return None
    return {
        "year": proposal.year,
        "leader": _named(proposal.leader.province),
        "deputy": _named(proposal.deputy.province),
        "rule": proposal.leader.rule,
        "deputy_rule": proposal.deputy.rule,
    }


def _leaders(leaders: model.Leaders) -> Document:
    return {
        "cluster": {"id": leaders.cluster.id, "name": leaders.cluster.name},
        "years": [_leadership(each) for each in leaders.years],
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


def _rotation(rotation: model.Rotation) -> Document:
    return {
        **change_document(rotation.change),
        "leadership": _leadership(rotation.recorded),
        "proposal": _proposal(rotation.proposed),
        "rules": {"leader": rotation.chosen.leader.rule, "deputy": rotation.chosen.deputy.rule},
    }


# -- the journal -----------------------------------------------------------------------------------


def change_document(change: model.Change) -> Document:
    """What a write did; `change` and `hash` are null when nothing stays: a dry run, no difference."""
    head = None if change.dry_run else change.head
    return {
        "change": head.number if head else None,
        "hash": head.hash if head else None,
        "dry_run": change.dry_run,
        "summary": describe(change) if change.count else None,
        "count": change.count,
        "rows": [_change_row(row) for row in change.rows] if change.count <= len(change.rows) else None,
    }


def _change_row(row: ChangeRow) -> Document:
    return {"table": row.table, "key": row.key, "before": row.before, "after": row.after}


def _logged(change: model.Change) -> Document:
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


def _log(log: model.Log) -> Document:
    return {"changes": [_logged(change) for change in log.changes]}


def logged_change(change: model.Change) -> Document:
    """One change of the journal with its records."""
    rows = [_change_row(row) for row in change.rows]
    return {**_logged(change), "rows": rows if change.count <= len(rows) else None}


def _imported(imported: model.Imported) -> Document:
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
    return {"schema": "htx.error/1", "code": error.code, "exit": error.exit, "message": say(error)}


_DOCUMENTS: dict[type, tuple[str, Callable[[Any], Document]]] = {
    model.Report: ("report", _report),
    model.ProvinceStatus: ("status", _status),
    model.Explanation: ("explain", _explanation),
    model.Targets: ("targets", _targets),
    model.Clusters: ("clusters", _clusters),
    model.Provinces: ("provinces", _provinces),
    model.Leaders: ("leaders", _leaders),
    model.Rotation: ("change", _rotation),
    model.Log: ("log", _log),
    model.Change: ("log", logged_change),
    model.Imported: ("import", _imported),
}
_LISTS: dict[type, str] = {
    model.Explanation: "inputs",
    model.Targets: "targets",
    model.Clusters: "clusters",
    model.Provinces: "provinces",
    model.Leaders: "years",
    model.Log: "changes",
}
