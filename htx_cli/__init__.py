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

`text` → `domain` (pure values and rules; `targets` has the arithmetic) → `book` (the SQLite file),
`intake` (files → rows), `output` (answers → text) → `actions` (what a user does) → `terminal` →
`commands` → `cli`. CONTRIBUTING.md of the source has the plan of the house.

For scripts: `open_book`, `build_report`, `import_results`, what a report is made of, and the errors.
Each is loaded when it is asked for.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from htx_cli.actions import Book, open_book
    from htx_cli.actions.report import build_report
    from htx_cli.actions.results import import_results
    from htx_cli.domain.changes import Imported
    from htx_cli.domain.report import Cell, Report
    from htx_cli.domain.targets import Kind, Status
    from htx_cli.text.errors import BookUnusable, HtxError, NotFound, Problem, Rejected, UsageError

__version__ = "0.1.0"

__all__ = [
    "Book", "BookUnusable", "Cell", "HtxError", "Imported", "Kind", "NotFound", "Problem",
    "Rejected", "Report", "Status", "UsageError", "build_report", "import_results", "open_book",
]  # fmt: skip

_PLACES = {
    "htx_cli.actions": ("Book", "open_book"),
    "htx_cli.actions.results": ("import_results",),
    "htx_cli.actions.report": ("build_report",),
    "htx_cli.text.errors": (
        "BookUnusable", "HtxError", "NotFound", "Problem", "Rejected", "UsageError",
    ),
    "htx_cli.domain.changes": ("Imported",),
    "htx_cli.domain.report": ("Cell", "Report"),
    "htx_cli.domain.targets": ("Kind", "Status"),
}  # fmt: skip

if not TYPE_CHECKING:  # a type checker would take any name for one that is there

    def __getattr__(name: str) -> object:
        """Load a part of the public API when it is asked for."""
        from importlib import import_module

        for module, names in _PLACES.items():
            if name in names:
                return getattr(import_module(module), name)
        raise AttributeError(f"module 'htx_cli' has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public API, and what has been loaded."""
    return sorted({*globals(), *__all__})
