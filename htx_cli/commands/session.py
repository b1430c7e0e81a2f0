"""What every command shares: its common options, its book, and how it answers."""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from htx_cli import vietnamese
from htx_cli.errors import Rejected, UsageError
from htx_cli.journal import Change
from htx_cli.reports import FORMATS, TABLE, check, format_of, render, save, text_format
from htx_cli.vietnamese import Numbers
from htx_cli.words import mark, t

if TYPE_CHECKING:
    from htx_cli.book import Book, Intent

T = TypeVar("T")
_UNBOUNDED = 10_000  # characters or lines where no terminal sets a bound


# -- reading options -------------------------------------------------------------------------------


def reads(make: Callable[[str], T]) -> Callable[[str], T]:
    """A reader of an option: what it refuses is a mistake of usage."""

    def read(text: str) -> T:
        try:
            return make(text)
        except Rejected as error:
            raise UsageError(error.code, **error.values) from None

    return read


def one_of(choices: Mapping[str, T]) -> Callable[[str], T]:
    """A reader that takes one of these words."""

    def read(text: str) -> T:
        try:
            return choices[text.strip().lower()]
        except KeyError:
            raise UsageError("not_one_of", value=text, choices=list(choices)) from None

    return read


def year_or_day(text: str) -> date:
    """`2018` is its first day."""
    bare = text.strip()
    return date(vietnamese.year(bare), 1, 1) if bare.isdigit() else vietnamese.day(text)


NUMBERS: dict[str, Numbers] = {"vi": "vi", "en": "en"}

Year = Annotated[
    int | None,
    typer.Option(
        parser=reads(vietnamese.year),
        metavar="YEAR",
        help=mark("The year; default: that of --as-of, else this year."),
    ),
]
ThisYear = Annotated[
    int | None,
    typer.Option(
        "--year",
        parser=reads(vietnamese.year),
        metavar="YEAR",
        help=mark("The year; default: this year."),
    ),
]
AsOf = Annotated[
    date | None,
    typer.Option(
        parser=reads(vietnamese.day),
        metavar="DATE",
        help=mark("The day: 2021-06-30, 30/6/2021 or Q2/2021."),
    ),
]
Estimates = Annotated[
    bool,
    typer.Option(
        "--estimates",
        help=mark("Count an estimate where no actual figure has the same or a later date."),
    ),
]


def complete_province(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Provinces whose name begins so, in any spelling; with a book its members first."""
    from htx_cli.commands.completion import provinces

    return provinces(ctx, incomplete)


def complete_target(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Codes of targets that begin so."""
    from htx_cli.commands.completion import targets

    return targets(ctx, incomplete)


ProvinceName = Annotated[
    str,
    typer.Argument(
        metavar="PROVINCE",
        help=mark("A province in any spelling, for example “soc trang”."),
        autocompletion=complete_province,
    ),
]
ProvinceOrAll = Annotated[
    str,
    typer.Argument(
        metavar="PROVINCE",
        help=mark("A province in any spelling, or “all” for the whole cluster."),
        autocompletion=complete_province,
    ),
]
Code = Annotated[
    str,
    typer.Argument(
        metavar="CODE",
        help=mark("A target's code, for example 1a."),
        autocompletion=complete_target,
    ),
]

Db = Annotated[
    str | None,
    typer.Option(
        "--db", metavar="FILE", help=mark("The book; default: $HTX_DB, else htx.db here.")
    ),
]
Lang = Annotated[
    str | None,
    typer.Option(metavar="vi|en", help=mark("Language; default: $HTX_LANG, else the locale.")),
]

# The options that commands share, by what a command does; the annotation and the default of each.
COMMON: dict[str, dict[str, tuple[Any, Any]]] = {
    "all": {
        "db": (Db, None),
        "lang": (Lang, None),
        "cluster": (
            Annotated[
                str | None,
                typer.Option(
                    metavar="NAME", help=mark("The cluster; not needed when the book has one.")
                ),
            ],
            None,
        ),
        "json_asked": (
            Annotated[bool, typer.Option("--json", help=mark("Answer in JSON, errors too."))],
            False,
        ),
    },
    "shows": {
        "format": (
            Annotated[
                str | None,
                typer.Option(
                    metavar="|".join(FORMATS),
                    help=mark("Default: table on a terminal, plain in a pipe."),
                ),
            ],
            None,
        ),
        "output": (
            Annotated[
                Path | None,
                typer.Option(
                    "--output",
                    "-o",
                    metavar="FILE",
                    help=mark("Save the answer to a file; its ending names the format."),
                ),
            ],
            None,
        ),
        "replace": (
            Annotated[
                bool,
                typer.Option("--replace", help=mark("Let -o replace a file that stands there.")),
            ],
            False,
        ),
    },
    "writes": {
        "dry_run": (
            Annotated[
                bool,
                typer.Option("--dry-run", help=mark("Do everything, then roll it back.")),
            ],
            False,
        ),
        "because": (
            Annotated[
                str | None,
                typer.Option(metavar="TEXT", help=mark("Why; the journal keeps it.")),
            ],
            None,
        ),
    },
    "reads_numbers": {
        "numbers": (
            Annotated[
                Numbers | None,
                typer.Option(
                    parser=one_of(NUMBERS),
                    metavar="vi|en",
                    help=mark("Whether 1.234 is 1234 (vi) or 1.234 (en)."),
                ),
            ],
            None,
        ),
    },
}


# -- one command being run -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Session:
    """The common options of a command that is being run."""

    words: str  # as they were typed, for the journal
    db: str | None
    lang: str | None
    cluster: str | None
    json_asked: bool
    format: str | None = None
    output: Path | None = None
    replace: bool = False
    dry_run: bool = False
    because: str | None = None
    numbers: Numbers | None = None

    def book(self) -> "Book":
        """The book that is meant."""
        from htx_cli.book import book_at

        return book_at(self.db, self.cluster)

    def intent(self) -> "Intent":
        """What the journal is to say."""
        from htx_cli.book import Intent

        because = None
        if self.because is not None:
            because = vietnamese.text_line(self.because, 1000, "--because")
        return Intent(self.words, because, self.dry_run)

    def number(self, text: str, percent: bool = False) -> Decimal:
        """A number from the command line; with `percent` its sign may stand behind it."""
        if percent and vietnamese.is_percent(text):
            return vietnamese.percent(text, self.numbers)
        return vietnamese.number(text, self.numbers)

    def show(self, value: Any) -> None:
        """The answer, in the format asked for, on standard output or into a file."""
        format = self._format()
        if self.output is not None:
            format = text_format(format)
            replaced = save(self.output, render(value, format), format, self.replace)
            saved = mark("Replaced: {path}") if replaced else mark("Saved: {path}")
            tell(t(saved, path=self.output))
        elif format == TABLE:
            draw(value)
        else:
            sys.stdout.write(render(value, format))

    def check_output(self) -> None:
        """Refuse a format that does not exist, or a file in the way, before any work is done."""
        format = self._format()
        if self.output is not None:
            check(self.output, format, self.replace)

    def _format(self) -> str:
        if self.json_asked:
            if self.format not in (None, "json"):
                raise UsageError("format_differs", value=self.format)
            return "json"
        if self.format is not None:
            if self.format not in FORMATS:
                raise UsageError("format_unknown", value=self.format, choices=list(FORMATS))
            return self.format
        if self.output is not None:
            return format_of(self.output)
        return TABLE if sys.stdout.isatty() else "plain"

    def wrote(self, change: Change, beside: Mapping[str, object] | None = None) -> None:
        """What a write did: one line on standard error, with --json the change on standard output."""
        if self.json_asked:
            from htx_cli.reports.book_document import change_document

            document = {"schema": "htx.change/1", **change_document(change), **(beside or {})}
            write_json(document)
        else:
            from htx_cli.tables.journal import describe

            told(change, describe(change) if change.count else "")


def told(change: Change, what: str) -> None:
    """Say what a change did, or that there was nothing to do."""
    if change.head is None:
        tell(t("Nothing to change: the book says so already."))
    elif change.dry_run:
        tell(t("Dry run, nothing was written: {what}", what=what))
    else:
        number = str(change.head.number)
        tell(t("Change {number}: {what}  (htx log {number})", number=number, what=what))


def tell(line: str) -> None:
    """A line that is not the answer: on standard error."""
    sys.stderr.write(f"{line}\n")


def write_json(document: Mapping[str, object]) -> None:
    """A document on standard output."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def draw(value: Any) -> None:
    """A table that fits the terminal; of very many rows plain text, which comes at once."""
    import os
    import shutil

    from htx_cli.tables import sheet
    from htx_cli.tables.drawing import draw as drawn
    from htx_cli.tables.drawing import drawable, width_of

    known = sys.stdout.isatty() or "COLUMNS" in os.environ
    room = shutil.get_terminal_size().columns if known else _UNBOUNDED
    made = sheet(value, room if known else None)
    if not drawable(made):
        sys.stdout.write(render(value, "plain"))
        return
    from rich.console import Console

    # Rich takes a width without a height for nothing on a dumb terminal.
    console = Console(
        file=sys.stdout,
        width=width_of(made, room),
        height=_UNBOUNDED,
        markup=False,
        emoji=False,
        highlight=False,
    )
    console.print(drawn(made, room))
