"""htx keeps the book of an emulation cluster (cụm thi đua).

Provinces whose Cooperative Alliances sign common targets each year, report results against them, and
take turns to lead. Read the package in this order:

words of the field
    book        the SQLite file; a cluster's provinces are its *members*, each with a *seat*
    line        a numbered sentence of the signed pact; it may hold several *targets*
    target      one measurable commitment of a cluster for a year; *share*: a province's own threshold
    result      a reported figure as of a date, *actual* or *estimate*; *base*: what growth starts from
    assessment  what a result means against its target: a *status*
    change      one command that wrote, with everything that it wrote

`targets` (the arithmetic) → `model` (the values) → `progress`, `rotation` (pure) → `store` (the only
reader), `changes` (the only writer) → `importers` → `book` (the use cases) → `tables`, `reports` →
`commands` → `cli`.

For scripts: `open_book`, `build_report`, `import_results`, and the errors.
"""

from typing import TYPE_CHECKING, Any

from htx_cli.errors import BookUnusable, HtxError, NotFound, Problem, Rejected, UsageError

if TYPE_CHECKING:
    from htx_cli.book import Book, open_book
    from htx_cli.book.recording import import_results
    from htx_cli.book.seeing import build_report
    from htx_cli.journal import Imported
from htx_cli.model import Report

__all__ = [
    "Book",
    "BookUnusable",
    "HtxError",
    "Imported",
    "NotFound",
    "Problem",
    "Rejected",
    "Report",
    "UsageError",
    "build_report",
    "import_results",
    "open_book",
]

_PLACES = {
    "Book": "htx_cli.book",
    "open_book": "htx_cli.book",
    "import_results": "htx_cli.book.recording",
    "build_report": "htx_cli.book.seeing",
    "Imported": "htx_cli.journal",
    "Report": "htx_cli.model",
}


def __getattr__(name: str) -> Any:
    """Load a part of the public API when it is asked for."""
    if name in _PLACES:
        from importlib import import_module

        return getattr(import_module(_PLACES[name]), name)
    raise AttributeError(f"module 'htx_cli' has no attribute {name!r}")
