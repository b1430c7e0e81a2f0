"""Answers for scripts: a document of a schema and flat records, one module for each subject.

Keys never change with the language; documents and columns only ever gain some, columns at the end.
Numbers are numbers, nothing is null. Where a record has several of something, the columns that tell
of them are lists of the same length.
"""

from collections.abc import Sequence
from typing import Any

from htx_cli.domain.changes import Caution, Done
from htx_cli.output import is_shown, module_of, schema_of
from htx_cli.output.documents.values import Document, Records, warnings_document


def document(answer: Any, cautions: Sequence[Caution] = ()) -> Document:
    """The JSON document of an answer; if there is something to warn of, with `warnings`."""
    if isinstance(answer, Done) and not is_shown(answer):
        from htx_cli.output.documents.journal import change_document, warnings_of

        change = change_document(answer.change)
        return {"schema": "htx.change/1", **change, "warnings": warnings_of(answer)}
    made = {"schema": schema_of(answer), **module_of("documents", answer).document(answer)}
    return {**made, "warnings": warnings_document(cautions)} if cautions else made


def records(answer: Any) -> Records:
    """An answer as flat rows: the cells of a report, the items of a list."""
    made: Records = module_of("documents", answer).records(answer)
    rows = [{column: row.get(column) for column in made.columns} for row in made.rows]
    return Records(made.columns, rows)
