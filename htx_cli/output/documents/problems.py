"""A refused import and every other error, as documents."""

from htx_cli.output.documents.values import Document, picked
from htx_cli.text.errors import HtxError, Problem, Rejected
from htx_cli.text.words import say


def document(error: HtxError) -> Document:
    """An error, for a script that asked for JSON."""
    said = {"schema": "htx.error/1", "code": error.code, "exit": error.exit, "message": say(error)}
    problems = error.problems if isinstance(error, Rejected) else ()
    return {**said, "problems": [_problem(each) for each in problems]} if problems else said


def refused_import(rejected: Rejected, dry_run: bool) -> Document:
    """An import of which nothing was written: every problem with its place."""
    return {
        "schema": "htx.import/1",
        "change": None,
        "dry_run": dry_run,
        **{name: rejected.values.get(name, 0) for name in ("new", "changed", "same")},
        "problems": [_problem(problem) for problem in rejected.problems],
        "warnings": [],
        "left_out": [],
        "changes": [],
        "assumed": [],
        "files": [],
        "handed_over": None,
    }


def _problem(problem: Problem) -> Document:
    return {**picked(problem, "file sheet row cell column value code"), "message": say(problem)}
