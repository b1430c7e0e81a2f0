"""An explanation as a document of htx.explain/1, and the figures that it rests on as flat records."""

from htx_cli.domain.model import Result
from htx_cli.domain.report import Cell, Explanation
from htx_cli.domain.targets import Status
from htx_cli.output.documents.report import cell_document, frame, rollup_document
from htx_cli.output.documents.values import (
    Document,
    Records,
    amendment_document,
    evidence_documents,
    known_number,
    named,
    num,
    picked,
    place_document,
    target_document,
    value_document,
)

INPUT = (
    "as_of", "basis", "value", "of", "base", "rate", "source", "note", "change", "who", "at",
    "province", "evidence", "known_at",
)  # fmt: skip


def document(explained: Explanation) -> Document:
    """htx.explain/1."""
    target, cell = explained.target, explained.cell
    base_from = cell.base_from if cell else None
    inputs = [_input(explained, result) for result in explained.history]
    if cell is None:
        inputs += [_contributed(explained, each) for each in _contributing(explained)]
    return {
        **frame(explained.report),
        "province": named(cell.province) if cell else None,
        "target": target_document(target),
        "cell": cell_document(cell) if cell else None,
        "rollup": rollup_document(explained.rollup),
        "own_threshold": bool(explained.share and explained.share.assigned),
        "share": _share(explained),
        "base_from": _input(explained, base_from) if base_from else None,
        "base_parts": [_input(explained, each) for _, each in cell.base_parts] if cell else [],
        "parts": [_part(explained, each) for each in cell.parts] if cell else [],
        "decisions": [amendment_document(each) for each in explained.decisions],
        "inputs": inputs,
    }


def _share(explained: Explanation) -> Document | None:
    if explained.share is None:
        return None
    head = picked(explained.share_from, "change=number who at because")
    return {**picked(explained.share, "assigned threshold"), **head}


def _input(explained: Explanation, result: Result) -> Document:
    return {
        **picked(result, "as_of basis"),
        "value": value_document(explained.target, result.figure.value),
        **picked(result, "figure.of figure.base figure.rate source note change"),
        **picked(explained.changes.get(result.change or 0), "who at"),
        "province": result.province,
        "place": place_document(explained.places.get(result)),
        "evidence": evidence_documents(result),
    }


def _part(explained: Explanation, part: Cell) -> Document:
    """A province that merged, with its figure and with its own parts if it has any."""
    own = part.result if not part.carried else None
    return {
        "province": named(part.province),
        "cell": cell_document(part),
        "input": _input(explained, own) if own else None,
        "parts": [_part(explained, each) for each in part.parts],
    }


def _contributing(explained: Explanation) -> list[Cell]:
    """The cells of a target that go into its roll-up."""
    rows = explained.report.provinces
    cells = (cell for row in rows for cell in row.cells if cell.target == explained.target)
    taking = (leaf for c in cells if c.status is not Status.NOT_ASSIGNED for leaf in c.leaves)
    return [cell for cell in taking if cell.result and cell.status is not Status.NOT_ASSIGNED]


def _contributed(explained: Explanation, cell: Cell) -> Document:
    """A province's counting figure with the base that was used."""
    assert cell.result is not None
    base = cell.figure.base if cell.figure else None
    return {**_input(explained, cell.result), "base": num(base)}


def records(explained: Explanation) -> Records:
    """The figures that an explanation rests on."""
    inputs: list[Document] = document(explained)["inputs"]
    known = known_number(explained.report.known_at)
    rows = [{**each, "evidence": _called(each["evidence"]), **known} for each in inputs]
    return Records(INPUT, rows)


def _called(evidence: list[Document]) -> list[str]:
    proving = (each for each in evidence if each["proves"])
    return [each["number"] or each["title"] or each["name"] for each in proving]
