"""A report as a document of htx.report/1, and its cells as flat records."""

from collections.abc import Iterable

from htx_cli.domain.model import Result
from htx_cli.domain.progress.cells import early_bases
from htx_cli.domain.report import Cell, ProvinceRow, Report, Rollup
from htx_cli.domain.targets import Figure, Kind
from htx_cli.output.documents.members import unseated_document
from htx_cli.output.documents.values import (
    Document,
    Records,
    evidence_documents,
    iso,
    known_document,
    known_number,
    named,
    num,
    parts_document,
    target_document,
    value_document,
)

CELL = (
    "province", "name", "title", "target", "status", "reason", "basis", "as_of", "stale", "value",
    "of", "base", "threshold", "rate", "completion", "expected", "remaining", "source", "note",
    "change", "carried", "year", "cluster", "evidence", "due", "days_late", "base_carried",
    "known_at", "late_since", "base_early", "base_early_days",
)  # fmt: skip


def document(report: Report) -> Document:
    """htx.report/1."""
    return {
        **frame(report),
        "lines": [{"line": x.line, "text": x.text, "status": x.status} for x in report.lines],
        "targets": [rollup_document(rollup) for rollup in report.targets],
        "provinces": [province_document(row) for row in report.provinces],
        "unseated": [unseated_document(each) for each in report.unseated],
        "checkpoint": report.checkpoint,
    }


def frame(report: Report) -> Document:
    """The beginning of every document of a year: cluster, dates, leaders, mergers."""
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


def rollup_document(rollup: Rollup) -> Document:
    """A target over the whole cluster."""
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
        "other": parts_document(rollup.differs) if rollup.differs else None,
    }


def province_document(row: ProvinceRow) -> Document:
    """A province with its cells."""
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
        "value": value_document(cell.target, figure.value),
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


def records(report: Report) -> Records:
    """The cells of every province."""
    return cell_records(report, report.provinces)


def cell_records(report: Report, provinces: Iterable[ProvinceRow]) -> Records:
    """The cells of some provinces of a report, one by one."""
    of_report = {"year": report.year, "cluster": report.cluster.id, **known_number(report.known_at)}
    rows = [
        {
            **of_report,
            "province": row.province.id,
            "name": row.province.name,
            "title": cell.target.title,
            **cell_document(cell),
            "evidence": _labels(cell.result),
        }
        for row in provinces
        for cell in row.cells
    ]
    return Records(CELL, rows)


def _labels(result: Result | None) -> list[str]:
    """The labels of the documents that prove a figure as it stands."""
    return [document.label for document in result.proofs] if result else []
