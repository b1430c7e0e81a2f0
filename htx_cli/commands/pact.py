"""Set up a year: the targets of its pact."""

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer

from htx_cli import vietnamese
from htx_cli.commands.asking import can_ask, named
from htx_cli.commands.command import command
from htx_cli.commands.session import (
    Code,
    ProvinceName,
    Session,
    ThisYear,
    reads,
)
from htx_cli.commands.signing import KINDS, SCOPES, asked
from htx_cli.errors import UsageError
from htx_cli.targets import JUDGED, Bound, Kind, Scope
from htx_cli.words import mark, metavar

if TYPE_CHECKING:
    from htx_cli.book.pact import Wanted

app = typer.Typer()

KindOption = Annotated[
    Kind | None,
    typer.Option(
        parser=named(KINDS),
        metavar="|".join(Kind),
        help=mark("How it is measured; a new target is a count."),
    ),
]
AtLeast = Annotated[
    str | None, typer.Option(metavar="N", help=mark("The threshold, when more is better."))
]
AtMost = Annotated[
    str | None, typer.Option(metavar="N", help=mark("The threshold, when less is better."))
]
Exactly = Annotated[
    str | None, typer.Option(metavar="N", help=mark("The threshold, when nothing else will do."))
]
Level = Annotated[
    bool,
    typer.Option("--level", help=mark("The count is a state at its date, not cumulative.")),
]
BaseYear = Annotated[
    int | None,
    typer.Option(
        parser=reads(vietnamese.year),
        metavar="YEAR",
        help=mark("The year that growth is measured from; of a new target the year before."),
    ),
]
Line = Annotated[
    str | None,
    typer.Option(
        metavar="L",
        help=mark("The line of the pact; of a new target the digits its code begins with."),
    ),
]
LineText = Annotated[
    str | None, typer.Option(metavar="TEXT", help=mark("The line's sentence, as signed."))
]
OfTitle = Annotated[
    str | None, typer.Option(metavar="TEXT", help=mark("What a ratio is a part of."))
]
Unit = Annotated[str | None, typer.Option(metavar="TEXT", help=mark("The unit, for example HTX."))]
ScopeOption = Annotated[
    Scope | None,
    typer.Option(
        parser=named(SCOPES),
        metavar="|".join(Scope),
        help=mark("Whom it binds: each province (so a new target), or the cluster as a whole."),
    ),
]
Note = Annotated[str | None, typer.Option(metavar="TEXT", help=mark("A note."))]
TargetYear = Annotated[
    int,
    typer.Option(
        "--year", parser=reads(vietnamese.year), metavar="YEAR", help=mark("The year it is for.")
    ),
]


@command(app, "add-target", "writes", "reads_numbers")
def add_target(
    session: Session,
    code: Annotated[
        str | None, typer.Argument(metavar="CODE", help=mark("Its code, for example 1a."))
    ] = None,
    title: Annotated[
        str | None, typer.Argument(metavar="TITLE", help=mark("What it is, in a few words."))
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(
            parser=reads(vietnamese.year), metavar="YEAR", help=mark("The year it is for.")
        ),
    ] = None,
    kind: KindOption = None,
    at_least: AtLeast = None,
    at_most: AtMost = None,
    exactly: Exactly = None,
    level: Level = False,
    base_year: BaseYear = None,
    line: Line = None,
    line_text: LineText = None,
    of_title: OfTitle = None,
    unit: Unit = None,
    scope: ScopeOption = None,
    note: Note = None,
) -> None:
    """Sign a target for a year.

    A count, a ratio or a growth needs a bound; yes-no and tracked take none.
    On a terminal, what is missing is asked for.
    """
    from htx_cli.book import pact

    bound, threshold = _bound(session, at_least, at_most, exactly)
    wanted = pact.Wanted(
        title,
        kind,
        bound,
        threshold,
        level or None,
        base_year,
        line,
        line_text,
        of_title,
        unit,
        scope,
        note,
    )
    lacking = _lacking(code, year, wanted)
    if lacking and can_ask():
        code, year, wanted = asked(session, code, year, wanted)
    elif lacking:
        raise lacking
    assert code is not None and year is not None
    session.wrote(pact.add_target(session.book(), session.intent(), code, year, wanted))


def _lacking(code: str | None, year: int | None, wanted: "Wanted") -> UsageError | None:
    """The error of the first thing without which there is no target; none if all is there."""
    if code is None or wanted.title is None:
        name = metavar("CODE" if code is None else "TITLE")
        example = 'htx add-target 1a "HTX thành lập mới" --year 2021 --at-least 20'
        return UsageError("argument_missing", name=name, example=example)
    if year is None:
        return UsageError("argument_missing", name="--year", example="--year 2021")
    kind = wanted.kind or Kind.COUNT
    if wanted.bound is None and kind in JUDGED:
        return UsageError("bound_needed", kind=kind)
    return None


def _bound(
    session: Session, at_least: str | None, at_most: str | None, exactly: str | None
) -> tuple[Bound | None, Decimal | None]:
    given = [
        (bound, text)
        for bound, text in (
            (Bound.AT_LEAST, at_least),
            (Bound.AT_MOST, at_most),
            (Bound.EXACTLY, exactly),
        )
        if text is not None
    ]
    if len(given) > 1:
        raise UsageError("bounds_many")
    if not given:
        return None, None
    bound, text = given[0]
    return bound, session.number(text, percent=True)


@command(app, "change-target", "writes", "reads_numbers")
def change_target(
    session: Session,
    code: Code,
    year: TargetYear,
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help=mark("What it is, in a few words."))
    ] = None,
    kind: KindOption = None,
    at_least: AtLeast = None,
    at_most: AtMost = None,
    exactly: Exactly = None,
    level: Annotated[
        bool | None,
        typer.Option(
            "--level/--cumulative",
            help=mark("Whether the count is a state at its date, or cumulative."),
        ),
    ] = None,
    base_year: BaseYear = None,
    line: Line = None,
    line_text: LineText = None,
    of_title: OfTitle = None,
    unit: Unit = None,
    scope: ScopeOption = None,
    note: Note = None,
) -> None:
    """Change what is said of a signed target; the journal keeps how it stood.

    An empty text takes a unit, a note or a whole's title away.
    """
    from htx_cli.book import pact

    bound, threshold = _bound(session, at_least, at_most, exactly)
    wanted = pact.Wanted(
        title,
        kind,
        bound,
        threshold,
        level,
        base_year,
        line,
        line_text,
        of_title,
        unit,
        scope,
        note,
    )
    if wanted == pact.Wanted():
        raise UsageError("nothing_to_change")
    session.wrote(pact.change_target(session.book(), session.intent(), code, year, wanted))


@command(app, "remove-target", "writes")
def remove_target(session: Session, code: Code, year: TargetYear) -> None:
    """Take back a target that was signed by mistake; refused while results stand."""
    from htx_cli.book import pact

    session.wrote(pact.remove_target(session.book(), session.intent(), code, year))


@command(app, "set-share", "writes", "reads_numbers")
def set_share(
    session: Session,
    province: ProvinceName,
    code: Code,
    threshold: Annotated[
        str | None, typer.Argument(metavar="N", help=mark("The province's own threshold."))
    ] = None,
    year: ThisYear = None,
    not_assigned: Annotated[
        bool, typer.Option("--not-assigned", help=mark("The province has no part in the target."))
    ] = False,
    as_signed: Annotated[
        bool, typer.Option("--as-signed", help=mark("Back to what was signed for all."))
    ] = False,
) -> None:
    """Give a province a threshold of its own, or none."""
    from htx_cli.book import pact

    if (threshold is not None) + not_assigned + as_signed != 1:
        raise UsageError("share_one_of")
    own = None if threshold is None else session.number(threshold, percent=True)
    book = session.book()
    change = pact.set_share(
        book, session.intent(), province, code, year or book.today.year, own, as_signed
    )
    session.wrote(change)
