"""Answers for scripts: a document of a schema, and flat records, one module for each subject.

Keys never change with the language; documents and columns only ever gain some, columns at the end.
Numbers are numbers, nothing is null. Where a record has several of something, the columns that tell
of them are lists of the same length.
"""

from typing import Any

from htx_cli.output import module_of, schema_of
from htx_cli.output.documents.values import Document, Records


def document(answer: Any) -> Document:
    """The JSON document of an answer."""
    return {"schema": schema_of(answer), **module_of("documents", answer).document(answer)}


def records(answer: Any) -> Records:
    """An answer as flat rows: the cells of a report, the items of a list."""
    made: Records = module_of("documents", answer).records(answer)
    rows = [{column: row.get(column) for column in made.columns} for row in made.rows]
    return Records(made.columns, rows)
