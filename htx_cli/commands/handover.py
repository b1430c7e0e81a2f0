"""Keep the book: hand it over to the next leader, and take it over."""

import tempfile
from pathlib import Path
from typing import Annotated

from htx_cli.output.files import PARCEL, check, saving
from htx_cli.terminal.answer import saved_told
from htx_cli.terminal.command import command
from htx_cli.terminal.options import Checkpoint, Replace, argument, complete_province, flag, option
from htx_cli.terminal.session import Session
from htx_cli.text.errors import UsageError
from htx_cli.text.words import mark, t


@command("hand-over", "writes")
def hand_over(
    session: Session,
    to: Annotated[
        str, option("PROVINCE", mark("Who holds the book from now on."), offers=complete_province)
    ],
    file: Annotated[
        Path,
        option(
            "FILE.zip",
            mark("The one file to be given to them: the book and a note in Vietnamese."),
            "--output",
            "-o",
        ),
    ],
    over: Replace = False,
) -> None:
    """Make one file for the next leader: a verified copy of the book, and a note to go with it.

    The note has the checkpoint for the minutes and what is still open. From then on a write to this
    book warns that it is held elsewhere; “htx undo” takes the hand-over back.
    """
    from htx_cli.actions import handover as actions
    from htx_cli.domain.changes import in_fives
    from htx_cli.output.documents.handover import document
    from htx_cli.output.papers.handover_note import render
    from htx_cli.output.wording.handover import open_told

    if file.suffix.lower() != f".{PARCEL}":
        raise UsageError("parcel_ending", path=file, better=file.with_suffix(f".{PARCEL}"))
    book, intent = session.book(), session.intent()
    if intent.dry_run:
        check(file, PARCEL, over)
        with tempfile.TemporaryFile() as nowhere:
            done = actions.hand_over(book, intent, to, nowhere, file.parent, render)
    else:
        with saving(file, PARCEL, over) as place:
            done = actions.hand_over(book, intent, to, place.file, file.parent, render)
    lines = open_told(done.answer)
    if not intent.dry_run:
        checkpoint = in_fives(done.answer.hash)
        lines.insert(0, t("Checkpoint, to be put into the minutes: {hash}", hash=checkpoint))
        lines.insert(0, saved_told(file, place.stood))
    session.wrote(done, {"file": str(file), **document(done.answer)}, lines)


@command("take-over", "writes")
def take_over(
    session: Session,
    file: Annotated[Path, argument("FILE", mark("The file that “htx hand-over” made."))],
    checkpoint: Checkpoint = None,
    over: Annotated[
        bool, flag("--replace", mark("Replace a book that stands there; it is kept beside it."))
    ] = False,
) -> None:
    """Take over a book that was handed over: verify it, and put it in its place here.

    Its place is that of --db, else $HTX_DB, else htx.db in this folder.
    """
    from htx_cli.actions import handover as actions
    from htx_cli.domain.changes import in_fives

    book = session.book()
    done = actions.take_over(book, session.intent(), file, checkpoint, over)
    hash, kept = in_fives(done.answer.hash), done.answer.kept
    lines = []
    if not done.change.dry_run:
        lines.append(t("The book stands in {path}.", path=book.path))
    if kept:
        said = mark(
            "The one that stood there is kept as {path}; what only it has comes in with “htx merge”."
        )
        lines.append(t(said, path=kept))
    if not done.answer.checked:
        said = mark("It came with the checkpoint {hash}: compare it with the minutes.")
        lines.append(t(said, hash=hash))
    session.wrote(done, {"book": str(book.path), "checkpoint": hash, "kept": kept}, lines)
