"""A book that can be trusted."""

from typing import Annotated

import typer

from htx_cli.commands.command import command
from htx_cli.commands.session import Session, tell
from htx_cli.errors import BookUnusable
from htx_cli.words import mark, t

app = typer.Typer()


@command(app, "verify", "shows")
def verify(
    session: Session,
    checkpoint: Annotated[
        str | None,
        typer.Option(
            metavar="HASH",
            help=mark("A checkpoint from the minutes, which the book must still contain."),
        ),
    ] = None,
) -> None:
    """Check the book against its journal; silent when all is well.

    The hash chain is recomputed, the journal replayed and every table compared with it, and the file
    itself is checked. Otherwise it tells what was altered, the first break first, and exits with 5.
    """
    from htx_cli.book import trust

    session.check_output()
    found = trust.verify(session.book(), checkpoint)
    if not found.well or session.asks_to_see():
        session.show(found)
    if not found.well:
        raise typer.Exit(BookUnusable.exit)
    if found.kept and not session.json_asked:
        kept = found.kept
        tell(
            t(
                "The book still has this checkpoint: change {number} of {day}, by {who}.",
                number=str(kept.number),
                day=kept.at.astimezone().date(),
                who=kept.who,
            )
        )
