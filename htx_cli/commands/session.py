"""What every command shares: its common options, its book, and how it answers."""

import re
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from htx_cli import vietnamese
from htx_cli.commands.answering import answering, draw, saved_told
from htx_cli.errors import Rejected, UsageError
from htx_cli.journal import Change
from htx_cli.reports import FORMATS, TABLE, check, format_of, render, save, text_format
from htx_cli.vietnamese import Numbers
from htx_cli.words import escaped, mark, t

if TYPE_CHECKING:
    from htx_cli.book import Book, Intent

T = TypeVar("T")


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

Offers = list[tuple[str, str]]
_WORD = re.compile(r"\w[\w.-]*")  # a shell takes it as it is: it stands for nothing else there


def _offers(what: str) -> Callable[[typer.Context, str], Offers]:
    """What `completion` offers under that name; it is loaded when the shell asks.

    A book of somebody else's may hold what a shell would run: that is not offered.
    """

    def complete(ctx: typer.Context, incomplete: str) -> Offers:
        found: Offers = getattr(import_module("htx_cli.commands.completion"), what)(ctx, incomplete)
        return [(word, escaped(about)) for word, about in found if _WORD.fullmatch(word)]

    return complete


complete_province = _offers("provinces")
complete_province_or_all = _offers("provinces_or_all")
complete_newcomer = _offers("newcomers")
complete_target = _offers("targets")
complete_cluster = _offers("clusters")


def complete_from(*words: str) -> Callable[[str], list[str]]:
    """One of these words."""

    def complete(incomplete: str) -> list[str]:
        return [word for word in words if word.startswith(incomplete)]

    return complete


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
        autocompletion=complete_province_or_all,
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
    typer.Option(
        metavar="vi|en",
        help=mark("Language; default: $HTX_LANG, else the locale."),
        autocompletion=complete_from("vi", "en"),
    ),
]

ClusterName = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="NAME",
        help=mark("The cluster; not needed when the book has one."),
        autocompletion=complete_cluster,
    ),
]
Json = Annotated[bool, typer.Option("--json", help=mark("Answer in JSON, errors too."))]

# The options that commands share, by what a command does; the annotation and the default of each.
COMMON: dict[str, dict[str, tuple[Any, Any]]] = {
    "all": {
        "db": (Db, None),
        "lang": (Lang, None),
        "cluster": (ClusterName, None),
        "json_asked": (Json, False),
    },
    "shows": {
        "format": (
            Annotated[
                str | None,
                typer.Option(
                    metavar="|".join(FORMATS),
                    help=mark("Default: table on a terminal, plain in a pipe."),
                    autocompletion=complete_from(*FORMATS),
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
                    autocompletion=complete_from("vi", "en"),
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
        format = self.shown_as()
        if self.output is not None:
            format = text_format(format)
            replaced = save(self.output, render(value, format), format, self.replace)
            tell(saved_told(self.output, replaced))
        elif format == TABLE:
            draw(value)
        else:
            with answering() as out:
                out.write(render(value, format))

    def check_output(self) -> None:
        """Refuse a format that does not exist, or a file in the way, before any work is done."""
        format = self.shown_as()
        if self.output is not None:
            check(self.output, format, self.replace)

    def asks_to_see(self) -> bool:
        """Whether an answer is wanted even where a command would say nothing."""
        return self.json_asked or self.format is not None or self.output is not None

    def lists_records(self) -> bool:
        """Whether the answer is wanted record by record, and so every one of them."""
        return self.shown_as() in ("csv", "ndjson")

    def on_screen(self) -> bool:
        """Whether the answer is a table on a terminal."""
        return self.output is None and sys.stdout.isatty() and self.shown_as() == TABLE

    def shown_as(self) -> str:
        """The format of the answer."""
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

    def wrote(
        self, change: Change, beside: Mapping[str, object] | None = None, answer: Any = None
    ) -> None:
        """What a write did, before its answer is shown if it has one.

        One line on standard error; where JSON goes to standard output, that says it all.
        """
        if self.output is None and (self.json_asked or self.format == "json"):
            from htx_cli.reports.book_document import change_document
            from htx_cli.reports.documents import document

            made = {"schema": "htx.change/1", **change_document(change), **(beside or {})}
            write_json(document(answer) if answer else made)
            return
        from htx_cli.tables.journal import describe

        told(change, describe(change) if change.count else "")
        if answer:
            self.show(answer)


def told(change: Change, what: str) -> None:
    """Say what a change did, or that there was nothing to do; and whether the book is held elsewhere."""
    _told(change, what)
    if change.away:
        from htx_cli.tables.handing import away_told

        tell(t("Warning: {what}", what=away_told(change.away)))


def _told(change: Change, what: str) -> None:
    if not change.count:
        tell(t("Nothing to change: the book says so already."))
    elif change.head is None:
        tell(t("Dry run, nothing was written: {what}", what=what))
    else:
        number = str(change.head.number)
        again = "undo" if change.undoable else "log"
        tell(
            t(
                "Change {number}: {what}  (htx {again} {number})",
                number=number,
                what=what,
                again=again,
            )
        )


def tell(line: str) -> None:
    """A line that is not the answer: on standard error, and nowhere if that takes nothing."""
    with suppress(OSError):
        sys.stderr.write(f"{line}\n")


def write_json(document: Mapping[str, object]) -> None:
    """A document on standard output; of a write it bears the number of its change."""
    from htx_cli.reports.json_text import encoded

    with answering(document.get("change")) as out:
        out.write(encoded(document, indent=2) + "\n")
