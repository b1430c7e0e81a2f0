"""JSON: the document of a schema, indented for people."""

import json
from typing import Any

from htx_cli.reports.documents import document


def render(value: Any) -> str:
    """The document as JSON text."""
    return json.dumps(document(value), ensure_ascii=False, indent=2) + "\n"
