"""Bring in what was written in another copy of the book."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from htx_cli.domain.changes import Spot
from htx_cli.terminal.command import command
from htx_cli.terminal.options import argument, flag
from htx_cli.terminal.questions import Choice, ask, asks_first, numbered
from htx_cli.terminal.session import Session, refuse_for_changes, tell
from htx_cli.text.errors import UsageError
from htx_cli.text.words import mark, number, say, t

if TYPE_CHECKING:
    from htx_cli.domain.merge import MergeOutcome, Side


@command("merge", "writes", "shows")
def merge(
    session: Session,
    other: Annotated[Path, argument("FILE", mark("The other copy of this book."))],
    ours: Annotated[
        bool, flag("--ours", mark("Where both changed a record, ours stands."))
    ] = False,
    theirs: Annotated[
        bool, flag("--theirs", mark("Where both changed a record, theirs stands."))
    ] = False,
) -> object:
    """Bring in what was written in another copy of this book.

    Each change of the copy becomes one here, with its author, date and reason. Where both changed the
    same record to different values, nothing is written until each is decided. Merging again changes
    nothing.
    """
    from htx_cli.actions import merge as actions
    from htx_cli.domain.merge import Side

    if ours and theirs:
        raise UsageError("merge_one_side")
    book, intent = session.book(), session.intent()
    side = Side.OURS if ours else Side.THEIRS if theirs else None
    try:
        if asks_first(session):
            merged = _asked(session, other, side)
        else:
            merged = actions.merge(book, intent, other, side)
    except actions.Unfit as unfit:
        refuse_for_changes(session, unfit, "merge_later", unfit.of)
    except actions.Undecided as undecided:
        session.show(undecided.merged)
        session.remark(say(undecided))
        raise typer.Exit(undecided.exit) from None
    session.remark(_merged_told(merged))
    return merged


def _asked(session: Session, other: Path, side: "Side | None") -> "MergeOutcome":
    """On a terminal: each conflict is asked about, then all is done at once."""
    from htx_cli.actions import merge as actions
    from htx_cli.domain.merge import Side
    from htx_cli.output.sheets.merge import sides

    book, intent = session.book(), session.intent()
    decided: dict[Spot, Side] = {}
    try:
        first = actions.merge(book, replace(intent, dry_run=True), other, side)
    except actions.Undecided as undecided:
        first = undecided.merged
    for at, conflict in enumerate(first.conflicts, 1):
        if conflict.decided is None:
            here, there = sides(conflict, first.glossary)
            tell(t("{at} of {count}", at=str(at), count=str(first.differing)))
            choices = [Choice(Side.OURS, here), Choice(Side.THEIRS, there)]
            tell(f"  1 {t('this book')}: {here}\n  2 {t('the other copy')}: {there}")
            decided[conflict.spot] = ask(t("Which shall stand, 1 or 2?"), _one_or_two(choices))
    return actions.merge(book, intent, other, side, decided)


def _one_or_two(choices: "Sequence[Choice[Side]]") -> "Callable[[str], Side]":
    """A reader of the answer; another one is refused shortly, for both records stand above."""
    read = numbered(choices)

    def which(text: str) -> "Side":
        try:
            return read(text)
        except UsageError:
            raise UsageError("not_one_of", value=text, choices=["1", "2"]) from None

    return which


def _merged_told(merged: "MergeOutcome") -> str:
    """Say in one line what a merge did."""
    if not merged.count:
        said = mark("Nothing to merge: every change of {other} is here already.")
    elif merged.dry_run:
        said = mark("Dry run, nothing was written: {count} changes of {other}.")
    else:
        said = mark("Changes brought in from {other}: {count}.")
    return t(said, count=number(Decimal(merged.count)), other=merged.other)
