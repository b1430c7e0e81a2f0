"""What two reports have to agree on, written alike."""

import json
from fractions import Fraction
from typing import Any

from tests.laws.naive import (
    OPEN_WHEN_NOT_ASSIGNED,
)


def comparable(report: dict[str, Any]) -> dict[str, Any]:
    """The naive report with numbers as JSON has them, without what is left open."""
    made: dict[str, Any] = json.loads(json.dumps(report, default=lambda f: exact_json(f)))
    for line in made["lines"]:
        line["line"] = str(line["line"])
    return in_order(made)


def in_order(made: dict[str, Any]) -> dict[str, Any]:
    """By code, and without what is left open."""
    made["targets"].sort(key=lambda target: target["code"])
    for province in made["provinces"]:
        province["cells"].sort(key=lambda cell: cell["target"])
        for cell in province["cells"]:
            forget_open(cell)
    return made


def exact_json(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)


def computed(report: dict[str, Any]) -> dict[str, Any]:
    """The part of htx.report/1 that is calculated."""
    targets = [
        "code",
        "status",
        "reason",
        "basis",
        "value",
        "of",
        "base",
        "rate",
        "completion",
        "met",
        "assigned",
        "reported",
    ]
    cells = [
        "target",
        "status",
        "reason",
        "basis",
        "as_of",
        "stale",
        "value",
        "of",
        "base",
        "threshold",
        "rate",
        "completion",
        "expected",
        "remaining",
    ]
    made = {
        "year": report["year"],
        "as_of": report["as_of"],
        "closed": report["closed"],
        "lines": [{"line": x["line"], "status": x["status"]} for x in report["lines"]],
        "targets": [{name: t[name] for name in targets} for t in report["targets"]],
        "provinces": [
            {
                **{name: p[name] for name in ("id", "met", "assigned", "reported")},
                "cells": [{name: c[name] for name in cells} for c in p["cells"]],
            }
            for p in report["provinces"]
        ],
    }
    return in_order(made)


def forget_open(cell: dict[str, Any]) -> None:
    if cell["status"] == "not_assigned":
        for name in OPEN_WHEN_NOT_ASSIGNED:
            cell.pop(name)
