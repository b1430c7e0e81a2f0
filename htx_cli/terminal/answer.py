"""Standard output: the one way out for an answer, the drawing of tables on it, or where else it is."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO

from htx_cli.output.formats import render
from htx_cli.text.errors import HtxError
from htx_cli.text.words import mark, t

_UNBOUNDED = 10_000  # characters or lines where no terminal sets a bound


@contextmanager
def answering(change: object = None) -> Iterator[TextIO]:
    """Standard output, to write the answer to; it is out when the block ends.

    Raises HtxError if it takes nothing, which then tells of the `change` that stands already;
    BrokenPipeError if there is none and whoever reads has seen enough.
    """
    try:
        yield sys.stdout
        sys.stdout.flush()
    except OSError as error:
        why = error.strerror or str(error)
        if change is not None:
            raise HtxError("output_refused_after", number=str(change), why=why) from None
        if isinstance(error, BrokenPipeError):
            raise
        raise HtxError("output_refused", why=why) from None


def saved_told(path: Path, stood: bool) -> str:
    """Say that a file was saved, over another if one `stood` there."""
    return t(mark("Replaced: {path}") if stood else mark("Saved: {path}"), path=path)


def draw(value: Any, stream: TextIO | None = None) -> None:
    """A table that fits the terminal; of very many rows plain text, which comes at once.

    It goes to standard output, or to standard error where it is no answer.
    """
    import os
    import shutil

    from htx_cli.output.formats.rich_table import draw as drawn
    from htx_cli.output.formats.rich_table import drawable, width_of
    from htx_cli.output.sheets import sheet

    aside, stream = stream is not None, stream or sys.stdout
    known = stream.isatty() or "COLUMNS" in os.environ
    room = shutil.get_terminal_size().columns if known else _UNBOUNDED
    made = sheet(value, room if known else None)
    if not aside and not drawable(made):
        with answering() as out:
            out.write(render(value, "plain"))
        return
    from rich.console import Console

    # Rich takes a width without a height for nothing on a dumb terminal.
    console = Console(
        file=stream,
        width=width_of(made, room),
        height=_UNBOUNDED,
        markup=False,
        emoji=False,
        highlight=False,
    )
    if aside:
        with suppress(OSError):
            console.print(drawn(made, room))
        return
    with answering():
        console.print(drawn(made, room))
