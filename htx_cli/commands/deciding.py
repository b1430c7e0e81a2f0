"""By which decision a signed pact is changed: options that every such command takes."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from htx_cli.terminal.options import reads
from htx_cli.text import vietnamese
from htx_cli.text.words import mark

if TYPE_CHECKING:
    from htx_cli.actions.decisions import Decision


@dataclass(frozen=True, slots=True)
class Decided:
    """What is said of the decision that changes a signed pact."""

    decision: Annotated[
        str | None,
        typer.Option(
            metavar="NUMBER", help=mark("The decision that changes a signed pact, with --because.")
        ),
    ] = None
    on: Annotated[
        date | None,
        typer.Option(
            parser=reads(vietnamese.day),
            metavar="DATE",
            help=mark("From which day the decision holds; default: today."),
        ),
    ] = None

    def said(self) -> "Decision":
        """The same for the book."""
        from htx_cli.actions.decisions import Decision

        return Decision(self.decision, self.on)
