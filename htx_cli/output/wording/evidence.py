"""Sentences about evidence: what proves a figure, and what the journal says of documents."""

from collections.abc import Iterable
from datetime import date

from htx_cli.domain.changes import ChangeRow, Glossary, Record, SourceFile, in_fives
from htx_cli.domain.model import Document, Evidence, Result, Target
from htx_cli.output.layout import Notes, clean
from htx_cli.output.wording.figures import figure_of, file_words, value_text
from htx_cli.text.words import BASIS_WORDS, shown, t


def dated(result: Result) -> str:
    """The day of a figure; of an estimate with that word."""
    day = shown(result.as_of)
    return f"{day} ({t(BASIS_WORDS['estimate'])})" if result.basis == "estimate" else day


def proved_by(result: Result) -> list[str]:
    """In short what proves a figure, and what proved an older one in its place."""
    old = [each.document.label for each in result.evidence if each.figure != result.figure]
    said = []
    if proofs := [document.label for document in result.proofs]:
        said.append(t("evidence: {documents}", documents=proofs))
    if old:
        said.append(t("evidence of an older figure: {documents}", documents=old))
    return said


def evidence_notes(target: Target, results: Iterable[Result]) -> list[Notes]:
    """What proves each of these figures, and what proved an older one in its place."""
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
    """What is written on a document, as far as it was said."""
    return _written(document.number, document.day, document.title)


def _written(number: str | None, day: date | None, title: str | None) -> list[str]:
    dated = t("{number} of {day}", number=number or t("document"), day=day) if day else number
    return [part for part in (dated, f"“{title}”" if title else None) if part]


def evidence_told(row: ChangeRow, record: Record, glossary: Glossary) -> str:
    """What a document began or ceased to prove."""
    place, hash = record["province"], record["document"]
    where = {
        "province": glossary.name(place, record["year"]) if place else t("whole cluster"),
        "code": record["target"],
        "day": date.fromisoformat(record["as_of"]),
        "document": _called(glossary.papers.get(hash)) or in_fives(hash),
    }
    yes_no = (record["cluster"], record["year"], record["target"]) in glossary.yes_no
    before, after = (figure_of(r, yes_no) if r else "" for r in (row.before, row.after))
    if row.after is None:
        told = t("{province} {code} as of {day}: no longer proved by {document}", **where)
        return f"{told} ({before})"
    if row.before is None:
        return t("{province} {code} as of {day}: {document} proves {after}", **where, after=after)
    return t(
        "{province} {code} as of {day}: {document} proves {after}, no longer {before}",
        **where,
        before=before,
        after=after,
    )


def _called(record: Record | None) -> str:
    return str(record["number"] or record["title"] or record["name"]) if record else ""


def document_told(row: ChangeRow, record: Record, glossary: Glossary) -> str:
    """A document with what is written on it, or what was written anew."""
    if row.after is None:
        return t("document {document} taken back", document=_called(row.before))
    if row.before is None:
        file = file_words(SourceFile(record["name"], record["size"], record["sha256"]))
        return t("document {document}", document=", ".join([*_of_record(record), file]))
    old, new = (", ".join(_of_record(each)) or t("none") for each in (row.before, row.after))
    return t("document {name}: {old} → {new}", name=record["name"], old=old, new=new)


def _of_record(record: Record) -> list[str]:
    day = date.fromisoformat(record["day"]) if record["day"] else None
    return _written(record["number"], day, record["title"])
