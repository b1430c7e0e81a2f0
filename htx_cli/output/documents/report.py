"""A report as a document of htx.report/1, and its cells as flat records."""

from collections.abc import Iterable

from htx_cli.domain.progress.cells import early_bases
from htx_cli.domain.report import Cell, ProvinceRow, Report, Rollup
from htx_cli.domain.targets import Kind
from htx_cli.output.documents.members import unseated_document
from htx_cli.output.documents.values import (
    Document,
    Records,
    evidence_documents,
    iso,
    known_document,
    known_number,
    num,
    parts_document,
    picked,
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
        "lines": [picked(line, "line text status") for line in report.lines],
        "targets": [rollup_document(rollup) for rollup in report.targets],
        "provinces": [province_document(row) for row in report.provinces],
        "unseated": [unseated_document(each) for each in report.unseated],
        "checkpoint": report.checkpoint,
    }


def frame(report: Report) -> Document:
    """The beginning of every document of a year: cluster, dates, leaders, mergers."""
    led = "leadership.leader leadership.deputy leadership.leader_since"
    return {
        **picked(report, f"year as_of closed pact cluster {led} map"),
        "mergers": [
            picked(each, "day into=successor from=parts others") for each in report.mergers
        ],
        "known_at": known_document(report.known_at),
    }


def rollup_document(rollup: Rollup) -> Document:
    """A target over the whole cluster."""
    target, figure = rollup.target, rollup.figure
    parts = target.kind in (Kind.RATIO, Kind.TRACKED)
    return {
        **target_document(target),
        **picked(rollup, "judged.status judged.reason basis as_of stale figure.value"),
        "of": num(figure.of) if parts else None,
        "base": num(figure.base) if target.kind is Kind.GROWTH else None,
        **picked(rollup, "judged.rate judged.completion met assigned reported counted"),
        **picked(rollup, "counted_of=expected from_whole differs=differs.value"),
        "other": parts_document(rollup.differs) if rollup.differs else None,
    }


def province_document(row: ProvinceRow) -> Document:
    """A province with its cells."""
    head = picked(row, "province.id province.name met assigned reported")
    return {**head, "cells": [cell_document(cell) for cell in row.cells]}


def cell_document(cell: Cell) -> Document:
    """A province on a target."""
    judged, early = (
        "judged.rate judged.completion judged.expected judged.remaining",
        early_bases(cell),
    )
    head = "target=target.code judged.status judged.reason result.basis result.as_of stale"
    return {
        **picked(cell, head),
        "value": value_document(cell.target, cell.figure.value if cell.figure else None),
        **picked(cell, f"figure.of figure.base threshold {judged}"),
        **picked(cell, "result.source result.note result.change"),
        "carried": [province.id for province in cell.carried_from],
        "base_carried": [province.id for province, _ in cell.base_parts],
        "base_early": [province.id for province, _ in early],
        "base_early_days": [iso(base.as_of) for _, base in early],
        **picked(cell, "owed.asked.due owed.days_late late_since=owed.since.due"),
        "evidence": evidence_documents(cell.result),
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
            **picked(cell, "province=province.id province.name target.title"),
            **cell_document(cell),
            "evidence": [each.label for each in cell.result.proofs] if cell.result else [],
        }
        for row in provinces
        for cell in row.cells
    ]
    return Records(CELL, rows)
