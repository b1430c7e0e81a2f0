"""An import as a document of htx.import/1."""

from htx_cli.domain.changes import Imported
from htx_cli.output.documents.journal import (
    away_document,
    away_warnings,
    files_document,
    row_document,
)
from htx_cli.output.documents.values import Document, picked
from htx_cli.text.words import say


def document(imported: Imported) -> Document:
    """The numbers of new, changed and same figures, and what was odd about them."""
    return {
        **picked(imported, "change=change.head.number change.dry_run new changed same"),
        "problems": [],
        "warnings": [
            *(
                {"file": None, "sheet": None, "row": None, **each}
                for each in away_warnings(imported.change.away)
            ),
            *({**picked(c, "file sheet row code"), "message": say(c)} for c in imported.cautions),
        ],
        "changes": [row_document(row, imported.change.glossary) for row in imported.corrections],
        "assumed": [picked(each, "rows as_of year_too") for each in imported.assumed],
        "files": [
            {**told, "imported_before": file.before}
            for told, file in zip(files_document(imported.files), imported.files, strict=True)
        ],
        "handed_over": away_document(imported.change.away),
    }
