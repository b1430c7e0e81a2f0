"""Verify the book, and keep a verified copy of it."""

from pathlib import Path
from typing import Annotated

import typer

from htx_cli.output.formats import render
from htx_cli.terminal.answer import answering
from htx_cli.terminal.command import command
from htx_cli.terminal.options import Checkpoint, Replace, argument
from htx_cli.terminal.session import Session, tell
from htx_cli.text.errors import BookUnusable
from htx_cli.text.words import mark, t


@command("verify", "shows")
def verify(session: Session, checkpoint: Checkpoint = None) -> None:
    """Check the book against its journal; silent when all is well.

    The hash chain is recomputed, the journal replayed and every table compared with it, and the file
    itself is checked. Otherwise it tells what was altered, the first break first, and exits with 5.
    """
    from htx_cli.actions import verify as actions

    found = actions.verify(session.book(), checkpoint)
    if not found.well or session.asks_to_see():
        session.show(found)
    if not found.well:
        raise typer.Exit(BookUnusable.exit)
    if found.kept and not session.in_json:
        kept = found.kept
        said = (
            mark("The book still has this checkpoint: change {number} of {day}, by {who}.")
            if found.proved
            else mark(
                "The book says that its change {number} of {day}, by {who}, bore this checkpoint in the"
                " copy that it came from. Only that copy can prove it: htx --db COPY verify --checkpoint HASH"
            )
        )
        tell(t(said, number=str(kept.number), day=kept.at.astimezone().date(), who=kept.who))


@command("backup")
def backup(
    session: Session,
    file: Annotated[Path, argument("FILE", mark("Where the copy of the book is to stand."))],
    over: Replace = False,
) -> None:
    """Keep a verified copy of the book, as it is at one moment; others may go on writing.

    It is checked as “htx verify” does before it stands there. Keep it on another disk, and its
    checkpoint with it.
    """
    from htx_cli.actions import verify as actions
    from htx_cli.domain.changes import in_fives

    made = actions.backup(session.book(), file, over)
    if session.in_json:
        with answering() as out:
            out.write(render(made, "json"))
        return
    tell(
        t(
            "Saved and verified: {path}  (change {number}, checkpoint {checkpoint})",
            path=made.file,
            number=str(made.change),
            checkpoint=in_fives(made.hash),
        )
    )
