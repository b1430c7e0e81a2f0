"""Options and arguments that several commands take, how each is read, and how one is declared."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from htx_cli.output.formats import FORMATS
from htx_cli.text import vietnamese
from htx_cli.text.errors import Rejected, UsageError
from htx_cli.text.vietnamese import Numbers
from htx_cli.text.words import escaped, mark

T = TypeVar("T")

LONGEST_NUMBER = 15  # digits of a change's number
_WORD = re.compile(r"\w[\w.-]*")  # a shell takes it as it is: it stands for nothing else there


# -- readers ---------------------------------------------------------------------------------------


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


def change_or_day(text: str) -> int | date:
    """Read `17` as a change, `30/6/2021` or `Q2/2021` as a day."""
    if (number := change_number(text)) is not None:
        return number
    try:
        return vietnamese.day(text.strip())
    except Rejected as error:
        code = "known_at_unreadable" if error.code == "date_unreadable" else error.code
        raise UsageError(code, **error.values) from None


def change_number(text: str) -> int | None:
    """The number of a change, as `log` shows it; None if the text is no such number."""
    bare = text.strip()
    known = bare.isascii() and bare.isdigit() and len(bare) <= LONGEST_NUMBER
    return int(bare) if known else None


# -- what a shell offers ---------------------------------------------------------------------------


def _offers(what: str) -> Callable[[typer.Context, str], list[tuple[str, str]]]:
    """Make a completion by its name in `completion`, which is loaded when the shell asks.

    A book of somebody else's may hold what a shell would run: that is not offered.
    """

    def complete(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        found = getattr(import_module("htx_cli.terminal.completion"), what)(ctx, incomplete)
        return [(word, escaped(about)) for word, about in found if _WORD.fullmatch(word)]

    return complete


complete_province = _offers("provinces")
complete_province_or_all = _offers("provinces_or_all")
complete_newcomer = _offers("newcomers")
complete_target = _offers("targets")
complete_cluster = _offers("clusters")
complete_topic = _offers("topics")


def complete_from(*words: str) -> Callable[[str], list[str]]:
    """Make a completion of a few words."""

    def complete(incomplete: str) -> list[str]:
        return [word for word in words if word.startswith(incomplete)]

    return complete


# -- how an option or an argument is declared: Annotated[str | None, option("TEXT", mark("A note."))] --


def option(
    metavar: str,
    help: str,
    *names: str,
    parser: Callable[[str], Any] | None = None,
    offers: Callable[..., Any] | None = None,
) -> Any:
    """Declare an option with a value; without `names` it is called as its parameter is."""
    return typer.Option(*names, metavar=metavar, help=help, parser=parser, autocompletion=offers)


def day_option(help: str, *names: str) -> Any:
    """Declare an option that takes a date."""
    return option("DATE", help, *names, parser=reads(vietnamese.day))


def year_option(help: str, *names: str) -> Any:
    """Declare an option that takes a year."""
    return option("YEAR", help, *names, parser=reads(vietnamese.year))


def choice_option(
    words: Iterable[str], help: str, *names: str, parser: Callable[[str], Any] | None = None
) -> Any:
    """Declare an option that takes one of a few words; a `parser` may know more spellings."""
    known = [str(word) for word in words]
    parser = parser or one_of({word: word for word in known})
    return option("|".join(known), help, *names, parser=parser, offers=complete_from(*known))


def flag(names: str, help: str) -> Any:
    """Declare an option without a value."""
    return typer.Option(names, help=help)


def argument(
    metavar: str,
    help: str,
    parser: Callable[[str], Any] | None = None,
    offers: Callable[..., Any] | None = None,
) -> Any:
    """Declare an argument."""
    return typer.Argument(metavar=metavar, help=help, parser=parser, autocompletion=offers)


# -- what several commands take --------------------------------------------------------------------

Year = Annotated[
    int | None, year_option(mark("The year; default: that of --as-of, else this year."))
]
ThisYear = Annotated[int | None, year_option(mark("The year; default: this year."), "--year")]
SignedYear = Annotated[int, year_option(mark("The year it is for."), "--year")]
AsOf = Annotated[date | None, day_option(mark("The day: 2021-06-30, 30/6/2021 or Q2/2021."))]
OnDay = Annotated[date | None, day_option(mark("As of a day; default: today."), "--on")]
Since = Annotated[
    date | None,
    option(
        "YEAR|DATE",
        mark("From which day on; default: 1 January of this year."),
        parser=reads(year_or_day),
    ),
]
KnownAt = Annotated[
    Any,
    option(
        "DATE|CHANGE",
        mark("As the book stood then: at the end of a day, or after a change of “htx log”."),
        "--known-at",
        parser=change_or_day,
    ),
]
Estimate = Annotated[bool, flag("--estimate", mark("The figure is an estimate (ước thực hiện)."))]
Estimates = Annotated[
    bool,
    flag(
        "--estimates",
        mark("Count an estimate where no actual figure has the same or a later date."),
    ),
]

ProvinceName = Annotated[
    str,
    argument(
        "PROVINCE",
        mark("A province in any spelling, for example “soc trang”."),
        offers=complete_province,
    ),
]
ProvinceOrAll = Annotated[
    str,
    argument(
        "PROVINCE",
        mark("A province in any spelling, or “all” for the whole cluster."),
        offers=complete_province_or_all,
    ),
]
Code = Annotated[
    str, argument("CODE", mark("A target's code, for example 1a."), offers=complete_target)
]

Strict = Annotated[bool, flag("--strict", mark("Write nothing if there is anything to warn of."))]
Replace = Annotated[bool, flag("--replace", mark("Replace a file that stands there."))]
Checkpoint = Annotated[
    str | None,
    option(
        "HASH",
        mark("A checkpoint from the minutes, which the book must still contain."),
        "--checkpoint",
    ),
]


# -- what every command of a kind takes ------------------------------------------------------------

_NUMBERS: dict[str, Numbers] = {"vi": "vi", "en": "en"}

Db = Annotated[
    str | None, option("FILE", mark("The book; default: $HTX_DB, else htx.db here."), "--db")
]
Lang = Annotated[
    str | None,
    option(
        "vi|en",
        mark("Language; default: $HTX_LANG, else the locale."),
        offers=complete_from("vi", "en"),
    ),
]

ClusterName = Annotated[
    str | None,
    option(
        "NAME",
        mark("The cluster; not needed when the book has one."),
        "--cluster",
        offers=complete_cluster,
    ),
]
Json = Annotated[bool, flag("--json", mark("Answer in JSON, errors too."))]

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
                option(
                    "|".join(FORMATS),
                    mark("Default: table on a terminal, plain in a pipe."),
                    offers=complete_from(*FORMATS),
                ),
            ],
            None,
        ),
        "output": (
            Annotated[
                Path | None,
                option(
                    "FILE",
                    mark("Save the answer to a file; its ending names the format."),
                    "--output",
                    "-o",
                ),
            ],
            None,
        ),
        "replace": (
            Annotated[bool, flag("--replace", mark("Let -o replace a file that stands there."))],
            False,
        ),
    },
    "writes": {
        "dry_run": (
            Annotated[bool, flag("--dry-run", mark("Do everything, then roll it back."))],
            False,
        ),
        "because": (
            Annotated[str | None, option("TEXT", mark("Why; the journal keeps it."))],
            None,
        ),
    },
    "reads_numbers": {
        "numbers": (
            Annotated[
                Numbers | None,
                option(
                    "vi|en",
                    mark("Whether 1.234 is 1234 (vi) or 1.234 (en)."),
                    parser=one_of(_NUMBERS),
                    offers=complete_from("vi", "en"),
                ),
            ],
            None,
        )
    },
}
