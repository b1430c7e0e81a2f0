"""Keep the book: hand it over to the next leader, and take it over."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from htx_cli.output.files import PARCEL, check, saving
from htx_cli.terminal.answer import saved_told
from htx_cli.terminal.command import command
from htx_cli.terminal.options import Checkpoint, Replace, argument, complete_province, flag, option
from htx_cli.terminal.session import Session, tell, warn, warned
from htx_cli.text.errors import UsageError
from htx_cli.text.words import mark, t

app = typer.Typer()


@command(app, "hand-over", "writes")
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
    from htx_cli.actions import handover as handing
    from htx_cli.domain.changes import in_fives
    from htx_cli.output.documents.handover import document
    from htx_cli.output.papers.handover_note import render
    from htx_cli.output.wording.handover import away_told, open_told

    if file.suffix.lower() != f".{PARCEL}":
        raise UsageError("parcel_ending", path=file, better=file.with_suffix(f".{PARCEL}"))
    book, intent = session.book(), session.intent()
    if intent.dry_run:
        check(file, PARCEL, over)
        with tempfile.TemporaryFile() as nowhere:
            told = handing.hand_over(book, intent, to, nowhere, file.parent, render)
    else:
        with saving(file, PARCEL, over) as place:
            told = handing.hand_over(book, intent, to, place.file, file.parent, render)
    beside = {"file": str(file), **document(told), **warned(told.cautions)}
    session.wrote(told.change, beside)
    if session.json_asked:
        return
    if told.away:
        tell(t("Warning: {what}", what=away_told(told.away)))
    warn(told.cautions)
    if not intent.dry_run:
        tell(saved_told(file, place.stood))
        tell(t("Checkpoint, to be put into the minutes: {hash}", hash=in_fives(told.hash)))
    for line in open_told(told):
        tell(line)


@command(app, "take-over", "writes")
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
    from htx_cli.actions import handover as handing
    from htx_cli.domain.changes import in_fives

    book = session.book()
    taken = handing.take_over(book, session.intent(), file, checkpoint, over)
    beside = {"book": str(book.path), "checkpoint": in_fives(taken.hash), "kept": taken.kept}
    session.wrote(taken.change, beside)
    if session.json_asked:
        return
    if not taken.change.dry_run:
        tell(t("The book stands in {path}.", path=book.path))
    if taken.kept:
        tell(
            t(
                "The one that stood there is kept as {path}; what only it has comes in with “htx merge”.",
                path=taken.kept,
            )
        )
    if not taken.checked:
        hash = in_fives(taken.hash)
        tell(t("It came with the checkpoint {hash}: compare it with the minutes.", hash=hash))
