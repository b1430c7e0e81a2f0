"""The journal in plain words."""

from htx_cli.domain.changes import Change, ChangeRow, Glossary, Log, in_fives
from htx_cli.output.layout import Column, Grid, Notes, Sheet, Text, clean, headings
from htx_cli.output.wording.figures import file_words, place_words
from htx_cli.output.wording.journal import describe, more, sentence, when
from htx_cli.text.words import t


def sheet(told: Log | Change, room: int | None) -> Sheet:
    """The log of changes, or one change whole."""
    return _log(told) if isinstance(told, Log) else _change(told)


def _log(log: Log) -> Sheet:
    """Changes, one a row, the newest first."""
    rows = [_row(change) for change in log.changes]
    columns = headings("rlff", t("change"), t("when"), t("who"), t("what"))
    return Sheet(clean(log.of) if log.of else t("Changes"), [Grid(columns, rows)])


def _row(change: Change) -> list[Text]:
    assert change.head is not None
    head = change.head
    what = describe(change)
    if head.because:
        what += f" ({clean(head.because)})"
    return [str(head.number), when(head), clean(head.who), what]


def _change(change: Change) -> Sheet:
    """One change whole: who, when, which command, why, and its records before and after."""
    assert change.head is not None
    head = change.head
    lines = [
        f"{t('when')}: {when(head)} · {head.at.isoformat()}",
        f"{t('who')}: {clean(head.who)}",
        f"{t('command')}: {clean(head.command)}",
        *([f"{t('because')}: {clean(head.because)}"] if head.because else []),
        f"{t('hash')}: {in_fives(head.hash)}",
    ]
    lines += [f"{t('file')}: {file_words(file)}" for file in head.files]
    if head.origin != head.hash:
        lines.append(f"{t('origin')}: {in_fives(head.origin)}")
    if head.received_at:
        day = f"{head.received_at.astimezone():%d/%m/%Y %H:%M}"
        lines.append(t("brought in by {who} on {day}", who=head.received_by, day=day))
    told = [_told(row, change.glossary) for row in change.together()] or [describe(change)]
    rows: list[list[Text]] = [[text] for text in told]
    blocks: list[Grid | Notes] = [Notes(lines), Grid([Column(t("what"), flexible=True)], rows)]
    if change.count > len(change.rows):
        blocks.append(Notes([more(change.count - len(change.rows))]))
    return Sheet(t("Change {number}", number=str(head.number)), blocks)


def _told(row: ChangeRow, glossary: Glossary) -> str:
    """Tell what happened to a record, and where in a file it was said."""
    text = sentence(row, glossary)
    return f"{text} ({place_words(row.place)})" if row.place else text
