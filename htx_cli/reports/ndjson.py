"""NDJSON: one record a line."""

import json
from typing import Any

from htx_cli.reports.documents import records


def render(value: Any) -> str:
    """Each record on a line of its own."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in records(value))
