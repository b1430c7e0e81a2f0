"""JSON: the document of a schema, indented for people."""

import json
import re
from typing import Any

from htx_cli.output.documents import document

# What a terminal would obey, or what turns text around: controls, formats, separators, surrogates.
_OBEYED = re.compile(
    "[\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0001-\U000e007f]"
)


def render(value: Any) -> str:
    """The document as JSON text."""
    return encoded(document(value), indent=2) + "\n"


def encoded(value: Any, indent: int | None = None) -> str:
    """A value as JSON: readable, but for control characters, which are escaped."""
    return harmless(json.dumps(value, ensure_ascii=False, indent=indent))


def harmless(text: str) -> str:
    """JSON that says the same with every control character escaped."""
    return _OBEYED.sub(lambda found: json.dumps(found[0])[1:-1], text)
