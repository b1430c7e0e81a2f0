"""Sentences about handing over a book, and what is still open in it."""

from htx_cli.domain.changes import Away
from htx_cli.domain.evidence import unproved
from htx_cli.domain.handover import HandedOver
from htx_cli.domain.model import Handover, Pact
from htx_cli.domain.records import Alteration
from htx_cli.domain.report import Report
from htx_cli.output.layout import Notes
from htx_cli.output.wording.report import open_items
from htx_cli.text.words import t


def handover_told(altered: Alteration[Handover]) -> str:
    """Say who was given the book, or took it over."""
    handover = altered.value
    name, day = handover.province.name, handover.taken_on or handover.handed_on
    if altered.after is None:
        return t("handing the book over to {province} taken back", province=name)
    if handover.taken_on:
        return t("the book taken over by {province} on {day}", province=name, day=day)
    return t("the book handed over to {province} on {day}", province=name, day=day)


def away_told(away: Away) -> str:
    """Warn that a book was written to which another province holds."""
    return t(
        "This book was handed over to {province} on {day} (change {number}). What is written here is not "
        "in their book until they merge this one.",
        province=away.name,
        day=away.since,
        number=str(away.change),
    )


def open_told(handed: HandedOver) -> list[str]:
    """Count in one line for each open year what is still to be done."""
    return [
        t(
            "Still open in {year}: {what}",
            year=str(report.year),
            what=[f"{notes.title} ({len(notes.lines)})" for notes in found],
        )
        for report in handed.reports
        if (found := _by_number(report))
    ]


def _by_number(report: Report) -> list[Notes]:
    """List what is open, but for figures without evidence: those are counted in the note."""
    drafted = report.pact is Pact.DRAFT
    return still_open(report) if drafted else open_items(report, advise=False)


def still_open(report: Report) -> list[Notes]:
    """List what is still to be done in a year: not reported, not judged, differing."""
    if report.pact is Pact.DRAFT:
        return [Notes([t("the pact is still to be signed")], t("Draft"))]
    bare = unproved(report)
    notes = open_items(report, advise=False)
    if bare.figures:
        said = t("{bare} of {count}", bare=str(len(bare.figures)), count=str(bare.count))
        notes.append(Notes([said], t("Figures that count without evidence")))
    return notes
