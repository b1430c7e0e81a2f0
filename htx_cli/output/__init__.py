"""Answers as text and files: sheets for people, documents for scripts, in several formats.

Every answer belongs to a subject. A subject has one module in `sheets/` and one in `documents/`,
however small, if it is shown there at all; it is loaded only when such an answer is shown.
"""

from importlib import import_module
from typing import Any

from htx_cli.domain.changes import Done

# The class of an answer → the name of its schema, and its subject.
ANSWERS = {
    "Report": ("report", "report"),
    "ProvinceStatus": ("status", "status"),
    "Explanation": ("explain", "explain"),
    "Unproved": ("without-evidence", "evidence"),
    "Proofs": ("attach", "evidence"),
    "Targets": ("targets", "lists"),
    "Clusters": ("clusters", "lists"),
    "Provinces": ("provinces", "lists"),
    "Members": ("members", "members"),
    "Calendar": ("due", "due"),
    "Reminder": ("remind", "due"),
    "Leaders": ("leaders", "leaders"),
    "Rotation": ("change", "leaders"),
    "Verified": ("verify", "verify"),
    "Backup": ("backup", "verify"),
    "Trend": ("trend", "trend"),
    "Log": ("log", "journal"),
    "Change": ("log", "journal"),
    "Imported": ("import", "imports"),
    "Undone": ("change", "undo"),
    "MergeOutcome": ("merge", "merge"),
    "Rejected": ("error", "problems"),
}


def is_shown(answer: Any) -> bool:
    """Tell whether an answer has a sheet or a document; those of many a write have none."""
    return _class(answer) in ANSWERS


def schema_of(answer: Any) -> str:
    """The name and version of the schema of an answer's document: `htx.report/1`."""
    name, _ = ANSWERS[_class(answer)]
    return f"htx.{name}/1"


def module_of(folder: str, answer: Any) -> Any:
    """The module in `sheets` or `documents` that an answer's subject has."""
    _, subject = ANSWERS[_class(answer)]
    return import_module(f"htx_cli.output.{folder}.{subject}")


def _class(answer: Any) -> str:
    return type(answer.answer if isinstance(answer, Done) else answer).__name__
