"""Evidence: what a document proves, which figures have none, and how the journal tells of both."""

from collections.abc import Iterable
from datetime import date

from htx_cli.domain.changes import ChangeRow, Glossary, Record, SourceFile, in_fives
from htx_cli.domain.evidence import Proof, Proofs, Unproved
from htx_cli.domain.model import Document, Evidence, Result, Target
from htx_cli.output.layout import Column, Grid, Notes, Sheet, Text, clean
from htx_cli.output.sheets.report import heading
from htx_cli.output.wording.figures import known_lines, value_text
from htx_cli.output.wording.records import figure_of, file_words
from htx_cli.text.words import BASIS_WORDS, shown, t

# -- what is asked -----------------------------------------------------------------------------


def unproved(unproved: Unproved, room: int | None) -> Sheet:
    """Every figure that counts and that no document proves."""
    columns = [
        Column(t("province")),
        Column(t("code")),
        Column(t("target"), flexible=True),
        Column(t("figure"), right=True),
        Column(t("as of")),
        Column(t("source"), flexible=True),
        Column(t("change"), right=True),
    ]
    rows: list[list[Text]] = [
        [
            clean(province.name) if province else t("whole cluster"),
            target.code,
            clean(target.title),
            value_text(target, result.figure),
            _day(result),
            _source(result),
            str(result.change or ""),
        ]
        for target, province, result in unproved.figures
    ]
    bare, count = str(len(unproved.figures)), str(unproved.count)
    lead = t("Figures that count without evidence: {bare} of {count}", bare=bare, count=count)
    blocks = [Grid(columns, rows)] if rows else []
    return Sheet(heading(unproved.report), blocks, [lead, *known_lines(unproved.report.known_at)])


def _day(result: Result) -> str:
    day = shown(result.as_of)
    return f"{day} ({t(BASIS_WORDS['estimate'])})" if result.basis == "estimate" else day


def _source(result: Result) -> str:
    """Where it is from; and what proved an older figure in its place."""
    return " · ".join(filter(None, [clean(result.source), *proved_by(result)]))


def proofs(proofs: Proofs, room: int | None) -> Sheet:
    """A document with the figures that it proves, and those that were corrected since."""
    document = proofs.document
    title = ", ".join(_described(document)) or document.name
    lead = file_words(SourceFile(document.name, document.size, document.sha256))
    many = len({proof.cluster.id for proof in proofs.proofs}) > 1
    columns = [
        *([Column(t("cluster"), flexible=True)] if many else []),
        Column(t("year"), right=True),
        Column(t("province")),
        Column(t("code")),
        Column(t("target"), flexible=True),
        Column(t("as of")),
        Column(t("figure"), right=True),
        Column(t("now"), right=True),
    ]
    rows = [
        [*([clean(proof.cluster.name)] if many else []), *_proof(proof)] for proof in proofs.proofs
    ]
    return Sheet(clean(title), [Grid(columns, rows)], [clean(lead)])


def _proof(proof: Proof) -> list[Text]:
    target, proved, standing = proof.target, proof.proved, proof.standing
    now = value_text(target, standing.figure) if standing else t("withdrawn")
    return [
        str(target.year),
        clean(proof.province.name) if proof.province else t("whole cluster"),
        target.code,
        clean(target.title),
        _day(proved),
        value_text(target, proved.figure),
        t("the same") if proof.holds else now,
    ]


# -- beside a figure ---------------------------------------------------------------------------


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
        t("as of {day}: {evidence}", day=_day(result), evidence=line)
        for result in results
        for line in (_proves(target, result, each) for each in result.evidence)
    ]
    return [Notes(lines, t("Evidence"))] if lines else []


def _proves(target: Target, result: Result, evidence: Evidence) -> str:
    document = ", ".join(map(clean, [*_described(evidence.document), evidence.document.name]))
    figure = value_text(target, evidence.figure)
    if evidence.figure == result.figure:
        return t("{document} proves {figure}", document=document, figure=figure)
    return t("{document} proved an older figure: {figure}", document=document, figure=figure)


def _described(document: Document) -> list[str]:
    """What is written on a document, as far as it was said."""
    return _written(document.number, document.day, document.title)


def _written(number: str | None, day: date | None, title: str | None) -> list[str]:
    dated = t("{number} of {day}", number=number or t("document"), day=day) if day else number
    return [part for part in (dated, f"“{title}”" if title else None) if part]


# -- in the journal ----------------------------------------------------------------------------


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
