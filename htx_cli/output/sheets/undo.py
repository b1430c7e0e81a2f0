"""The sheet of a change that is taken back."""

from htx_cli.domain.changes import ChangeHead, Done, Undone
from htx_cli.output.layout import Column, Grid, Notes, Sheet, Text, clean
from htx_cli.output.wording.journal import more, sentence, when
from htx_cli.text.words import t

_MOST_LINES = 20  # records that are told one by one on a terminal


def sheet(done: Done[Undone], room: int | None) -> Sheet:
    """The author of the change, and what each record says now instead."""
    change, of = done.change, done.answer.of
    rows = change.together()
    shown = rows if room is None else rows[:_MOST_LINES]
    told: list[list[Text]] = [[sentence(row, change.glossary)] for row in shown]
    blocks: list[Grid | Notes] = [
        Notes(_head(of)),
        Grid([Column(t("what"), flexible=True)], told),
    ]
    if left := change.count - len(change.rows) + len(rows) - len(shown):
        blocks.append(Notes([more(left)]))
    number = str(of.number)
    return Sheet(t("Change {number} is taken back", number=number), blocks)


def _head(head: ChangeHead) -> list[Text]:
    because = [f"{t('because')}: {clean(head.because)}"] if head.because else []
    return [
        f"{t('when')}: {when(head)}",
        f"{t('who')}: {clean(head.who)}",
        f"{t('command')}: {clean(head.command)}",
        *because,
    ]
