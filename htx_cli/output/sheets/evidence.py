"""Sheets of evidence: the figures that a document proves, and those that none does."""

from htx_cli.domain.changes import SourceFile
from htx_cli.domain.evidence import Proof, Proofs, Unproved
from htx_cli.output.layout import Grid, Sheet, Text, clean, headings
from htx_cli.output.wording.evidence import dated, described, proved_by
from htx_cli.output.wording.figures import file_words, known_lines, value_text
from htx_cli.output.wording.report import heading
from htx_cli.text.words import t


def sheet(found: Unproved | Proofs, room: int | None) -> Sheet:
    """Figures without evidence, or what a document proves."""
    return _unproved(found) if isinstance(found, Unproved) else _proofs(found)


def _unproved(unproved: Unproved) -> Sheet:
    """Every figure that counts and that no document proves."""
    columns = headings(
        "llfrlfr", t("province"), t("code"), t("target"), t("figure"), t("as of"), t("source"),
        t("change"),
    )  # fmt: skip
    rows: list[list[Text]] = [
        [
            clean(province.name) if province else t("whole cluster"),
            target.code,
            clean(target.title),
            value_text(target, result.figure),
            dated(result),
            " · ".join(filter(None, [clean(result.source), *proved_by(result)])),
            str(result.change or ""),
        ]
        for target, province, result in unproved.figures
    ]
    bare, count = str(len(unproved.figures)), str(unproved.count)
    lead = t("Figures that count without evidence: {bare} of {count}", bare=bare, count=count)
    blocks = [Grid(columns, rows)] if rows else []
    return Sheet(heading(unproved.report), blocks, [lead, *known_lines(unproved.report.known_at)])


def _proofs(proofs: Proofs) -> Sheet:
    """A document with the figures that it proves, and those that were corrected since."""
    document = proofs.document
    title = ", ".join(described(document)) or document.name
    lead = file_words(SourceFile(document.name, document.size, document.sha256))
    columns = headings(
        "frllflrr", t("cluster"), t("year"), t("province"), t("code"), t("target"), t("as of"),
        t("figure"), t("now"),
    )  # fmt: skip
    rows = [[clean(proof.cluster.name), *_proof(proof)] for proof in proofs.proofs]
    if len({proof.cluster.id for proof in proofs.proofs}) < 2:  # it need not be named
        columns, rows = columns[1:], [row[1:] for row in rows]
    return Sheet(clean(title), [Grid(columns, rows)], [clean(lead)])


def _proof(proof: Proof) -> list[Text]:
    target, proved, standing = proof.target, proof.proved, proof.standing
    now = value_text(target, standing.figure) if standing else t("withdrawn")
    return [
        str(target.year),
        clean(proof.province.name) if proof.province else t("whole cluster"),
        target.code,
        clean(target.title),
        dated(proved),
        value_text(target, proved.figure),
        t("the same") if proof.holds else now,
    ]
