"""Read which documents prove a figure, and which figures a document proves."""

import sqlite3
from collections.abc import Iterable

from msgspec.structs import replace

from htx_cli.book.file import Connection
from htx_cli.book.records import DOCUMENTS, evidence_of, result_of
from htx_cli.book.schema import KEYS
from htx_cli.domain.model import Document, Evidence, Result


def document(connection: Connection, sha256: str) -> Document | None:
    """Return the document whose file has this content."""
    rows = connection.rows("SELECT * FROM documents WHERE sha256 = ?", sha256)
    return DOCUMENTS.load(rows[0]) if rows else None


def with_evidence(
    connection: Connection,
    cluster: str,
    year: int,
    results: Iterable[Result],
    target: str | None = None,
) -> tuple[Result, ...]:
    """Return results of a year (and of one target, if it is named), each with its evidence."""
    connection.need_figures(cluster, year)
    only, named = ("", ()) if target is None else (" AND e.target = ?", (target,))
    found: dict[tuple[object, ...], list[Evidence]] = {}
    for row in connection.rows(_OF_YEAR.format(only=only), cluster, year, *named):
        place = row["target"], row["province"], row["as_of"], row["basis"]
        found.setdefault(place, []).append(evidence_of(row))
    return tuple(
        replace(each, evidence=tuple(found[place]))
        if (place := (each.target, each.province, each.as_of.isoformat(), each.basis)) in found
        else each
        for each in results
    )


def proved_by(connection: Connection, sha256: str) -> tuple[tuple[str, Result, Result | None], ...]:
    """List the figures a document was attached to: the cluster, the figure then, and as it is now."""
    return tuple(
        (row["cluster"], result_of(row), _standing(connection, row))
        for row in connection.rows(_OF_DOCUMENT, sha256)
    )


def evidence_keys(
    connection: Connection, cluster: str, year: int, target: str
) -> list[dict[str, object]]:
    """Return the natural keys of all the evidence of a target."""
    connection.need_figures(cluster, year)
    sql = f"SELECT {', '.join(KEYS['evidence'])} FROM evidence"
    where = " WHERE cluster = ? AND year = ? AND target = ?"
    return [dict(row) for row in connection.rows(sql + where, cluster, year, target)]


def _standing(connection: Connection, proved: sqlite3.Row) -> Result | None:
    """Return the figure that stands in the place of one that was proved."""
    rows = connection.rows(_STANDING, **{name: proved[name] for name in KEYS["results"]})
    return result_of(rows[0]) if rows else None


_OF_YEAR = """
SELECT e.*, d.* FROM evidence e JOIN documents d ON d.sha256 = e.document
WHERE e.cluster = ? AND e.year = ?{only} ORDER BY d.day, d.number, d.name, d.sha256
"""

_OF_DOCUMENT = """
SELECT *, NULL AS source, NULL AS note, NULL AS change FROM evidence
WHERE document = ? ORDER BY cluster, year, target, province, as_of, basis
"""

_STANDING = f"""
SELECT * FROM results WHERE {" AND ".join(f"{name} IS :{name}" for name in KEYS["results"])}
"""
