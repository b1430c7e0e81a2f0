"""The sheet of a merge: changes of another copy of the book, and records that both had changed."""

from htx_cli.domain.changes import Change, Glossary
from htx_cli.domain.merge import Conflict, MergeOutcome, Side
from htx_cli.output.layout import Grid, Notes, Sheet, Text, clean, headings
from htx_cli.output.wording.journal import describe, more, sentence, when
from htx_cli.text.words import t


def sheet(merged: MergeOutcome, room: int | None) -> Sheet:
    """The changes that came with their authors and dates, and whose record stands where both wrote."""
    blocks: list[Grid | Notes] = []
    if merged.received:
        blocks.append(_received(merged))
        if left := merged.count - len(merged.received):
            blocks.append(Notes([more(left)]))
    if merged.conflicts:
        blocks.append(_conflicts(merged))
        if left := merged.differing - len(merged.conflicts):
            blocks.append(Notes([more(left)]))
    if merged.settled:
        text = describe(merged.settled)
        title = t("Put right in change {number}", number=_number(merged, merged.settled))
        blocks.append(Notes([text], title))
    last = t("Last common change: {number}", number=str(merged.common))
    return Sheet(t("Merged: {other}", other=merged.other), blocks, [last])


def _number(merged: MergeOutcome, change: Change) -> str:
    return "–" if merged.dry_run or change.head is None else str(change.head.number)


def _received(merged: MergeOutcome) -> Grid:
    rows: list[list[Text]] = []
    for change in merged.received:
        assert change.head is not None
        what = describe(change) if change.count else t("nothing that was not here already")
        cells = [_number(merged, change), when(change.head), clean(change.head.who), what]
        rows.append([*cells])
    columns = headings("rlff", t("change"), t("when"), t("who"), t("what"))
    return Grid(columns, rows)


def _conflicts(merged: MergeOutcome) -> Grid:
    rows: list[list[Text]] = []
    for conflict in merged.conflicts:
        ours, theirs = sides(conflict, merged.glossary)
        chosen = {Side.OURS: t("here"), Side.THEIRS: t("there"), None: "?"}[conflict.decided]
        rows.append([ours, theirs, chosen])
    columns = headings("ffl", t("here"), t("there"), t("stands"))
    return Grid(columns, rows, t("Changed in both"))


def sides(conflict: Conflict, glossary: Glossary) -> tuple[str, str]:
    """Tell for each copy what it says of a record, and who said it when."""
    return _side(conflict.ours, glossary), _side(conflict.theirs, glossary)


def _side(change: Change, glossary: Glossary) -> str:
    assert change.head is not None
    day = f"{change.head.at.astimezone():%d/%m/%Y}"
    return f"{sentence(change.rows[0], glossary)} ({clean(change.head.who)}, {day})"
