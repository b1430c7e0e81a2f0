"""What scripts rely on: each answer as a document of a schema, and as flat records.

Keys never change with the language; changes are additive only. Numbers are numbers, nothing is null.
"""

from collections.abc import Callable, Mapping
from typing import Any

from htx_cli import journal, model
from htx_cli.reports import book_document as book
from htx_cli.reports import report_document as year
from htx_cli.reports.values import Document


def document(value: Any) -> Document:
    """The JSON document of anything that is shown."""
    schema, make = _DOCUMENTS[type(value)]
    return {"schema": f"htx.{schema}/1", **make(value)}


def records(value: Any) -> list[Document]:
    """The same as flat rows: the cells of a report, the items of a list."""
    if isinstance(value, model.Report | model.ProvinceStatus):
        rows = value.provinces if isinstance(value, model.Report) else (value.row,)
        return [
            {
                "province": r.province.id,
                "name": r.province.name,
                "title": c.target.title,
                **year.cell_document(c),
            }
            for r in rows
            for c in r.cells
        ]
    made = document(value)
    items = made.get(_LISTS.get(type(value), ""), [made])
    return [_flat(item) for item in items]


def _flat(item: Mapping[str, Any]) -> Document:
    flat: Document = {}
    for key, value in item.items():
        if isinstance(value, Mapping):
            flat |= {f"{key}_{inner}": each for inner, each in value.items()}
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            flat[key] = [each.get("id", each.get("key")) for each in value]
        else:
            flat[key] = value
    return flat


_DOCUMENTS: dict[type, tuple[str, Callable[[Any], Document]]] = {
    model.Report: ("report", year.report),
    model.ProvinceStatus: ("status", year.status),
    model.Explanation: ("explain", year.explanation),
    model.Targets: ("targets", book.targets),
    model.Clusters: ("clusters", book.clusters),
    model.Provinces: ("provinces", book.provinces),
    model.Leaders: ("leaders", book.leaders),
    model.Rotation: ("change", book.rotation),
    journal.Log: ("log", book.log),
    journal.Change: ("log", book.logged_change),
    journal.Imported: ("import", book.imported),
}
_LISTS: dict[type, str] = {
    model.Explanation: "inputs",
    model.Targets: "targets",
    model.Clusters: "clusters",
    model.Provinces: "provinces",
    model.Leaders: "years",
    journal.Log: "changes",
}
