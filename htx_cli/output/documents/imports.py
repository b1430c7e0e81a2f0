"""An import as a document of htx.import/1."""

from collections.abc import Sequence

from htx_cli.domain.changes import Caution, Imported
from htx_cli.output.documents.journal import (
    away_document,
    away_warnings,
    files_document,
    row_document,
)
from htx_cli.output.documents.problems import refused_import
from htx_cli.output.documents.values import Document, picked
from htx_cli.text.errors import Rejected
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
        "left_out": [_left_out(note) for note in imported.notes],
        "changes": [row_document(row, imported.change.glossary) for row in imported.corrections],
        "assumed": [picked(each, "rows as_of year_too") for each in imported.assumed],
        "files": [
            {**told, "imported_before": file.before}
            for told, file in zip(files_document(imported.files), imported.files, strict=True)
        ],
        "handed_over": away_document(imported.change.away),
    }


def of_each(
    done: Sequence[tuple[str, Imported | None]], bad: Rejected | None, dry_run: bool
) -> Document:
    """Several files, each a change of its own: what was written together, and each file's fate."""
    written = [document(imported) for _, imported in done if imported]
    refused = refused_import(bad, dry_run) if bad else {"problems": []}
    files = [
        {
            "name": name,
            "change": imported.change.head.number if imported and imported.change.head else None,
            "problems": [each for each in refused["problems"] if each["file"] == name],
        }
        for name, imported in done
    ]
    counts = {part: sum(each[part] for each in written) for part in ("new", "changed", "same")}
    lists = ("warnings", "left_out", "changes", "assumed")
    return {
        "schema": "htx.import/1",
        "change": None,
        "dry_run": dry_run,
        **counts,
        "problems": refused["problems"],
        **{part: [line for each in written for line in each[part]] for part in lists},
        "files": files,
        "handed_over": next((each["handed_over"] for each in written), None),
    }


def _left_out(note: Caution) -> Document:
    """What was not read, or converted: where, how often, and as what."""
    return {
        "file": note.file,
        "sheet": note.sheet,
        "cell": note.values.get("cell") or note.values.get("first"),
        "count": int(str(note.values.get("count", 1))),
        "as": note.values.get("as", note.code),
        "message": say(note),
    }
