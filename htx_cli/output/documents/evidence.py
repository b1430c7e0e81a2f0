"""Figures without evidence and what a document proves, as documents and as flat records."""

from htx_cli.domain.evidence import Proofs, Unproved
from htx_cli.output.documents.report import frame
from htx_cli.output.documents.values import (
    Document,
    Records,
    evidence_documents,
    known_number,
    named,
    paper_document,
    parts_document,
    picked,
    value_document,
)

UNPROVED = (
    "province", "name", "target", "title", "as_of", "basis", "value", "of", "base", "rate",
    "source", "note", "change", "year", "cluster", "known_at",
)  # fmt: skip
PROOF = (
    "sha256", "number", "date", "file", "cluster", "year", "province", "name", "target", "title",
    "as_of", "basis", "value", "of", "base", "rate", "holds",
)  # fmt: skip


def document(found: Unproved | Proofs) -> Document:
    """htx.without-evidence/1 of figures without evidence, htx.attach/1 of a document."""
    return _unproved(found) if isinstance(found, Unproved) else _proofs(found)


def _unproved(unproved: Unproved) -> Document:
    """The figures that count and that no document proves."""
    return {
        **frame(unproved.report),
        "count": unproved.count,
        "figures": [
            {
                **picked(target, "target=code title"),
                "province": named(province),
                **picked(result, "as_of basis"),
                **parts_document(result.figure),
                "value": value_document(target, result.figure.value),
                **picked(result, "source note change"),
                "evidence": evidence_documents(result),
            }
            for target, province, result in unproved.figures
        ],
    }


def _proofs(proofs: Proofs) -> Document:
    """A document with the figures that it proves."""
    return {
        "document": paper_document(proofs.document),
        "figures": [
            {
                **picked(proof, "cluster=cluster.id target.year target=target.code target.title"),
                **picked(proof, "province proved.as_of proved.basis"),
                **parts_document(proof.proved.figure),
                "value": value_document(proof.target, proof.proved.figure.value),
                "holds": proof.holds,
                "now": parts_document(proof.standing.figure) if proof.standing else None,
            }
            for proof in proofs.proofs
        ],
    }


def records(found: Unproved | Proofs) -> Records:
    """The figures, one by one."""
    if isinstance(found, Unproved):
        return Records(UNPROVED, _unproved_rows(found))
    return Records(PROOF, _proof_rows(found))


def _unproved_rows(unproved: Unproved) -> list[Document]:
    """The figures that no document proves; those of the whole cluster without a province."""
    made = _unproved(unproved)
    of_year: Document = {"year": made["year"], "cluster": made["cluster"]["id"]}
    of_year |= known_number(unproved.report.known_at)
    return [{**each, **_whose(each["province"]), **of_year} for each in made["figures"]]


def _proof_rows(proofs: Proofs) -> list[Document]:
    """The figures that a document was attached to."""
    made = _proofs(proofs)
    paper = {**made["document"], "file": made["document"]["name"]}
    return [{**paper, **each, **_whose(each["province"])} for each in made["figures"]]


def _whose(named: Document | None) -> Document:
    return (
        {"province": named["id"], "name": named["name"]}
        if named
        else {"province": None, "name": None}
    )
