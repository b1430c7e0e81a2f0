"""Report, status, explanation as documents of htx.report/1, htx.status/1, htx.explain/1."""

from decimal import Decimal

from htx_cli.domain import evidence, handover, model, progress
from htx_cli.domain import report as answers
from htx_cli.domain.changes import in_fives
from htx_cli.domain.model import Result
from htx_cli.domain.progress.early import early_bases
from htx_cli.domain.report import Cell, Rollup
from htx_cli.domain.targets import Figure, Kind, Status
from htx_cli.output.documents import members as seats
from htx_cli.output.documents.values import (
    Document,
    iso,
    known_document,
    named,
    num,
    place_document,
)


def report(report: answers.Report) -> Document:
    """htx.report/1."""
    return {
        **_frame(report),
        "lines": [{"line": x.line, "text": x.text, "status": x.status} for x in report.lines],
        "targets": [_rollup(rollup) for rollup in report.targets],
        "provinces": [_province_row(row) for row in report.provinces],
        "unseated": [seats.unseated(each) for each in report.unseated],
        "checkpoint": report.checkpoint,
    }


def _frame(report: answers.Report) -> Document:
    leadership = report.leadership
    return {
        "year": report.year,
        "as_of": iso(report.as_of),
        "closed": report.closed,
        "pact": report.pact,
        "cluster": {"id": report.cluster.id, "name": report.cluster.name},
        "leader": named(leadership.leader if leadership else None),
        "deputy": named(leadership.deputy if leadership else None),
        "leader_since": iso(leadership.leader_since) if leadership else None,
        "map": report.map,
        "mergers": [
            {
                "day": iso(merger.day),
                "into": named(merger.successor),
                "from": [named(part) for part in merger.parts],
                "others": [named(other) for other in merger.others],
            }
            for merger in report.mergers
        ],
        "known_at": known_document(report.known_at),
    }


def target_document(target: model.Target) -> Document:
    """A target as it is signed."""
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
        **target_document(target),
        "status": judged.status,
        "reason": judged.reason,
        "basis": rollup.basis,
        "as_of": iso(rollup.as_of),
        "stale": rollup.stale,
        "value": num(figure.value),
        "of": num(figure.of) if parts else None,
        "base": num(figure.base) if target.kind is Kind.GROWTH else None,
        "rate": num(judged.rate),
        "completion": num(judged.completion),
        "met": rollup.met,
        "assigned": rollup.assigned,
        "reported": rollup.reported,
        "counted": rollup.counted,
        "counted_of": rollup.expected,
        "from_whole": rollup.from_whole,
        "differs": num(rollup.differs.value) if rollup.differs else None,
        "other": _parts(rollup.differs) if rollup.differs else None,
    }


def _parts(figure: Figure) -> Document:
    return {
        "value": num(figure.value),
        "of": num(figure.of),
        "base": num(figure.base),
        "rate": num(figure.rate),
    }


def _province_row(row: answers.ProvinceRow) -> Document:
    return {
        "id": row.province.id,
        "name": row.province.name,
        "met": row.met,
        "assigned": row.assigned,
        "reported": row.reported,
        "cells": [cell_document(cell) for cell in row.cells],
    }


def cell_document(cell: Cell) -> Document:
    """A province on a target."""
    judged, result, early = cell.judged, cell.result, early_bases(cell)
    figure = cell.figure or Figure()
    return {
        "target": cell.target.code,
        "status": judged.status,
        "reason": judged.reason,
        "basis": result.basis if result else None,
        "as_of": iso(result.as_of) if result else None,
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
        "carried": [province.id for province in cell.carried_from],
        "base_carried": [province.id for province, _ in cell.base_parts],
        "base_early": [province.id for province, _ in early],
        "base_early_days": [iso(base.as_of) for _, base in early],
        "due": iso(cell.owed.asked.due) if cell.owed else None,
        "days_late": cell.owed.days_late if cell.owed else None,
        "late_since": iso(cell.owed.since.due) if cell.owed and cell.owed.since else None,
        "evidence": evidence_documents(result),
    }


def evidence_documents(result: Result | None) -> list[Document]:
    """Each document of a figure; whether it proves it as it stands, or an older one in its place."""
    return [
        {
            **paper_document(each.document),
            "proves": each.figure == (result.figure if result else None),
            "figure": _parts(each.figure),
        }
        for each in (result.evidence if result else ())
    ]


def paper_document(document: model.Document) -> Document:
    """A document that proves figures."""
    return {
        "sha256": document.sha256,
        "number": document.number,
        "date": iso(document.day),
        "title": document.title,
        "name": document.name,
        "size": document.size,
    }


def handed_over_document(handed: handover.HandedOver) -> Document:
    """A book that is handed over: to whom, its checkpoint, and what is open in each open year."""
    return {
        "to": named(handed.handover.province),
        "on": iso(handed.handover.handed_on),
        "checkpoint": in_fives(handed.hash),
        "open": [
            {
                "cluster": report.cluster.id,
                "year": report.year,
                "draft": report.pact is model.Pact.DRAFT,
                "owing": [
                    {"province": c.province.id, "target": c.target.code, "stale": c.stale}
                    for c in progress.owing(report)
                ],
                "incomplete": [
                    {"province": c.province.id, "target": c.target.code, "reason": c.judged.reason}
                    for c in report.cells()
                    if c.status is Status.INCOMPLETE
                ],
                "differing": [r.target.code for r in report.targets if r.differs],
                "without_evidence": len(evidence.unproved(report).figures),
            }
            for report in handed.reports
        ],
    }


def unproved(unproved: evidence.Unproved) -> Document:
    """htx.without-evidence/1: the figures that count and that no document proves."""
    return {
        **_frame(unproved.report),
        "count": unproved.count,
        "figures": [
            {
                "target": target.code,
                "title": target.title,
                "province": named(province),
                "as_of": iso(result.as_of),
                "basis": result.basis,
                **_parts(result.figure),
                "value": _value(target, result.figure.value),
                "source": result.source,
                "note": result.note,
                "change": result.change,
                "evidence": evidence_documents(result),
            }
            for target, province, result in unproved.figures
        ],
    }


def proofs(proofs: evidence.Proofs) -> Document:
    """htx.attach/1: what a file proves."""
    return {
        "document": paper_document(proofs.document),
        "figures": [
            {
                "cluster": proof.cluster.id,
                "year": proof.target.year,
                "target": proof.target.code,
                "title": proof.target.title,
                "province": named(proof.province),
                "as_of": iso(proof.proved.as_of),
                "basis": proof.proved.basis,
                **_parts(proof.proved.figure),
                "value": _value(proof.target, proof.proved.figure.value),
                "holds": proof.holds,
                "now": _parts(proof.standing.figure) if proof.standing else None,
            }
            for proof in proofs.proofs
        ],
    }


def _value(target: model.Target, value: Decimal | None) -> int | float | bool | None:
    if target.kind is Kind.YES_NO and value is not None:
        return bool(value)
    return num(value)


def status(status: answers.ProvinceStatus) -> Document:
    """htx.status/1."""
    codes = {rollup.target.code: rollup.target for rollup in status.report.targets}
    row = _province_row(status.row)
    row["cells"] = [{**cell, "title": codes[cell["target"]].title} for cell in row["cells"]]
    return {**_frame(status.report), "province": row}


def explanation(explained: answers.Explanation) -> Document:
    """htx.explain/1."""
    target, cell = explained.target, explained.cell
    base_from = cell.base_from if cell else None
    inputs = [_input(explained, result) for result in explained.history]
    if cell is None:
        inputs += [_contributed(explained, each) for each in _contributing(explained)]
    return {
        **_frame(explained.report),
        "province": named(cell.province) if cell else None,
        "target": target_document(target),
        "cell": cell_document(cell) if cell else None,
        "rollup": _rollup(explained.rollup),
        "own_threshold": bool(explained.share and explained.share.assigned),
        "share": _share(explained),
        "base_from": _input(explained, base_from) if base_from else None,
        "base_parts": [_input(explained, each) for _, each in cell.base_parts] if cell else [],
        "parts": [_part(explained, each) for each in cell.parts] if cell else [],
        "decisions": [amendment_document(each) for each in explained.decisions],
        "inputs": inputs,
    }


def amendment_document(amendment: model.Amendment) -> Document:
    """What a decision changed, and how it stood until then."""
    before: Document | None = None
    match amendment.before:
        case model.Target() as target:
            before = target_document(target)
        case model.Share(threshold=threshold):
            before = {"assigned": threshold is not None, "threshold": num(threshold)}
        case model.Line(text=text):
            before = {"text": text}
    return {
        "decision": amendment.decision,
        "from": iso(amendment.first_day),
        "part": amendment.part.name.lower(),
        "code": amendment.code,
        "province": amendment.province,
        "before": before,
    }


def _share(explained: answers.Explanation) -> Document | None:
    share, head = explained.share, explained.share_from
    if share is None:
        return None
    return {
        "assigned": share.assigned,
        "threshold": num(share.threshold),
        "change": head.number if head else None,
        "who": head.who if head else None,
        "at": head.at.isoformat() if head else None,
        "because": head.because if head else None,
    }


def _input(explained: answers.Explanation, result: Result) -> Document:
    figure, head = result.figure, explained.changes.get(result.change or 0)
    return {
        "as_of": iso(result.as_of),
        "basis": result.basis,
        "value": _value(explained.target, figure.value),
        "of": num(figure.of),
        "base": num(figure.base),
        "rate": num(figure.rate),
        "source": result.source,
        "note": result.note,
        "change": result.change,
        "who": head.who if head else None,
        "at": head.at.isoformat() if head else None,
        "province": result.province,
        "place": place_document(explained.places.get(result)),
        "evidence": evidence_documents(result),
    }


def _part(explained: answers.Explanation, part: Cell) -> Document:
    """What a province that merged had signed and reported, with its own parts if it has any."""
    own = part.result if not part.carried else None
    return {
        "province": named(part.province),
        "cell": cell_document(part),
        "input": _input(explained, own) if own else None,
        "parts": [_part(explained, each) for each in part.parts],
    }


def _contributing(explained: answers.Explanation) -> list[Cell]:
    """The cells of a target that go into its roll-up."""
    rows = explained.report.provinces
    cells = (cell for row in rows for cell in row.cells if cell.target == explained.target)
    taking = (leaf for c in cells if c.status is not Status.NOT_ASSIGNED for leaf in c.leaves)
    return [cell for cell in taking if cell.result and cell.status is not Status.NOT_ASSIGNED]


def _contributed(explained: answers.Explanation, cell: Cell) -> Document:
    """A province's counting figure with the base that was used."""
    assert cell.result is not None
    base = cell.figure.base if cell.figure else None
    return {**_input(explained, cell.result), "base": num(base)}
