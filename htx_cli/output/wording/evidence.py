"""Sentences about evidence: what proves a figure, and what the journal says of documents."""

from collections.abc import Iterable

from htx_cli.domain.changes import SourceFile, in_fives
from htx_cli.domain.model import Document, Evidence, Result, Target
from htx_cli.domain.records import DOCUMENTS, Alteration
from htx_cli.output.layout import Notes, clean
from htx_cli.output.wording.figures import file_words, reported_text, value_text
from htx_cli.text.words import BASIS_WORDS, shown, t


def dated(result: Result) -> str:
    """The day of a figure; of an estimate with that word."""
    day = shown(result.as_of)
    return f"{day} ({t(BASIS_WORDS['estimate'])})" if result.basis == "estimate" else day


def proved_by(result: Result) -> list[str]:
    """Name the documents that prove a figure, and those of an older one in its place."""
    old = [each.document.label for each in result.evidence if each.figure != result.figure]
    said = []
    if proofs := [document.label for document in result.proofs]:
        said.append(t("evidence: {documents}", documents=proofs))
    if old:
        said.append(t("evidence of an older figure: {documents}", documents=old))
    return said


def evidence_notes(target: Target, results: Iterable[Result]) -> list[Notes]:
    """Describe the evidence of figures, and that of older ones in their place."""
    lines = [
        t("as of {day}: {evidence}", day=dated(result), evidence=line)
        for result in results
        for line in (_proves(target, result, each) for each in result.evidence)
    ]
    return [Notes(lines, t("Evidence"))] if lines else []


def _proves(target: Target, result: Result, evidence: Evidence) -> str:
    document = ", ".join(map(clean, [*described(evidence.document), evidence.document.name]))
    figure = value_text(target, evidence.figure)
    if evidence.figure == result.figure:
        return t("{document} proves {figure}", document=document, figure=figure)
    return t("{document} proved an older figure: {figure}", document=document, figure=figure)


def described(document: Document) -> list[str]:
    """List what is written on a document, as far as it was said."""
    number, day = document.number, document.day
    dated = t("{number} of {day}", number=number or t("document"), day=day) if day else number
    return [part for part in (dated, f"“{document.title}”" if document.title else None) if part]


def figure_place(altered: Alteration[Result]) -> dict[str, object]:
    """The province, the code and the day of a figure."""
    result, ids = altered.value, altered.ids
    whole = t("whole cluster")
    return {
        "province": ids.name(result.province, altered.year) if result.province else whole,
        "code": result.target,
        "day": result.as_of,
    }


def is_yes_no(altered: Alteration[Result]) -> bool:
    """Tell whether a figure is of a yes-no target."""
    cluster = altered.row.key.partition("/")[0]
    return (cluster, altered.year, altered.value.target) in altered.ids.yes_no


def evidence_told(altered: Alteration[Result]) -> str:
    """Say what a document began or ceased to prove."""
    hash = altered.row.key.rpartition("/")[2]
    paper = altered.ids.papers.get(hash)
    where = {
        **figure_place(altered),
        "document": DOCUMENTS.load(paper).label if paper else in_fives(hash),
    }
    before, after = (
        reported_text(each, is_yes_no(altered)) if each else ""
        for each in (altered.before, altered.after)
    )
    if altered.after is None:
        told = t("{province} {code} as of {day}: no longer proved by {document}", **where)
        return f"{told} ({before})"
    if altered.before is None:
        return t("{province} {code} as of {day}: {document} proves {after}", **where, after=after)
    return t(
        "{province} {code} as of {day}: {document} proves {after}, no longer {before}",
        **where,
        before=before,
        after=after,
    )


def document_told(altered: Alteration[Document]) -> str:
    """A document with what is written on it, or what was written anew."""
    document, before, after = altered.value, altered.before, altered.after
    if after is None:
        return t("document {document} taken back", document=document.label)
    if before is None:
        file = file_words(SourceFile(document.name, document.size, document.sha256))
        return t("document {document}", document=", ".join([*described(document), file]))
    old, new = (", ".join(described(each)) or t("none") for each in (before, after))
    return t("document {name}: {old} → {new}", name=document.name, old=old, new=new)
