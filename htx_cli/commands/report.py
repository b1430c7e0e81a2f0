"""See where we stand."""

from datetime import date
from typing import Annotated, Any

import typer

from htx_cli.domain.report import Map, Report
from htx_cli.domain.targets import Kind, Scope, Status
from htx_cli.terminal.command import command
from htx_cli.terminal.options import (
    AsOf,
    Code,
    Estimates,
    OnDay,
    ProvinceName,
    ProvinceOrAll,
    ThisYear,
    Year,
    change_number,
    complete_from,
    complete_province_or_all,
    one_of,
    reads,
)
from htx_cli.terminal.session import Session, tell
from htx_cli.text import vietnamese
from htx_cli.text.errors import Rejected, UsageError
from htx_cli.text.words import mark, t

app = typer.Typer()


def _change_or_day(text: str) -> int | date:
    """`17` is a change; `30/6/2021` or `Q2/2021` a day."""
    if (number := change_number(text)) is not None:
        return number
    try:
        return vietnamese.day(text.strip())
    except Rejected as error:
        code = "known_at_unreadable" if error.code == "date_unreadable" else error.code
        raise UsageError(code, **error.values) from None


KnownAt = Annotated[
    Any,
    typer.Option(
        "--known-at",
        parser=_change_or_day,
        metavar="DATE|CHANGE",
        help=mark("As the book stood then: at the end of a day, or after a change of “htx log”."),
    ),
]

FOUND = 6  # exit code: a status of --fail-on was found
STALE = "stale"
MOST_FOUND = 5  # that are named

MapShown = Annotated[
    Map | None,
    typer.Option(
        "--map",
        parser=one_of({str(each): each for each in Map}),
        metavar="old|new",
        help=mark(
            "In a year with a merger: the provinces before it (old) or after it (new), with the "
            "figures carried over; default: the members on the day of the report."
        ),
        autocompletion=complete_from(*Map),
    ),
]


@command(app, "report", "shows")
def report(
    session: Session,
    year: Year = None,
    as_of: AsOf = None,
    estimates: Estimates = False,
    map: MapShown = None,
    known_at: KnownAt = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            metavar="STATUS",
            help=mark(
                "Exit with 6 if a cell has this status: exceeded, met, on_track, behind, "
                "in_progress, missed, incomplete, not_reported, not_assigned, tracked; or is stale. "
                "More of them with commas, or with --fail-on again."
            ),
            autocompletion=complete_from(*map(str, Status), STALE),
        ),
    ] = None,
    without_evidence: Annotated[
        bool,
        typer.Option(
            "--without-evidence",
            help=mark("Only list the figures that count and that no document proves."),
        ),
    ] = False,
) -> None:
    """The table of a year: provinces, targets, the cluster, and who owes what."""
    from htx_cli.actions import report as seeing

    wanted = _statuses(fail_on or [])
    session.check_output()
    book = session.book().known_at(known_at)
    made = seeing.build_report(book, year, as_of, estimates, map)
    session.show(seeing.unproved(made) if without_evidence else made)
    if found := _found(made, wanted):
        tell(t("Found: {figures}", figures=_some(found)))
        raise typer.Exit(FOUND)


def _statuses(named: list[str]) -> set[str]:
    known = [*(str(status) for status in Status), STALE]
    wanted = {part.strip().lower().replace("-", "_") for text in named for part in text.split(",")}
    for name in wanted:
        if name not in known:
            raise UsageError("status_unknown", value=name, choices=known)
    return wanted


def _found(report: Report, wanted: set[str]) -> list[str]:
    """What has one of the statuses: a province's figure, or the cluster's on a target of its own."""
    from htx_cli.output.wording.figures import status_word

    found = []
    for cell in report.cells():
        stale = cell.stale and STALE in wanted
        if stale or cell.status in wanted:
            word = status_word(cell.status) if cell.status in wanted else t("stale")
            found.append(f"{cell.province.name} {cell.target.code} ({word})")
    for rollup in report.targets:
        target, status = rollup.target, rollup.judged.status
        own = target.scope is Scope.CLUSTER and target.kind is not Kind.TRACKED
        stale = rollup.stale and STALE in wanted
        if own and (stale or status in wanted):
            word = status_word(status) if status in wanted else t("stale")
            found.append(f"{t('whole cluster')} {target.code} ({word})")
    return found


def _some(found: list[str]) -> str:
    left = len(found) - MOST_FOUND
    named = ", ".join(found[:MOST_FOUND])
    return f"{named}, {t('and {count} more', count=str(left))}" if left > 0 else named


@command(app, "status", "shows")
def status(
    session: Session,
    province: ProvinceName,
    year: Year = None,
    as_of: AsOf = None,
    estimates: Estimates = False,
    map: MapShown = None,
    known_at: KnownAt = None,
) -> None:
    """One province in full: each target, what is missing to reach it, date and source."""
    from htx_cli.actions import report as seeing

    session.check_output()
    book = session.book().known_at(known_at)
    session.show(seeing.province_status(book, province, year, as_of, estimates, map))


@command(app, "explain", "shows")
def explain(
    session: Session,
    province: ProvinceOrAll,
    code: Code,
    year: Year = None,
    as_of: AsOf = None,
    estimates: Estimates = False,
    map: MapShown = None,
    known_at: KnownAt = None,
) -> None:
    """How one figure came to its status: the formula, its inputs, and who wrote them."""
    from htx_cli.actions import report as seeing

    session.check_output()
    book = session.book().known_at(known_at)
    session.show(seeing.explain(book, province, code, year, as_of, estimates, map))


@command(app, "trend", "shows")
def trend(
    session: Session,
    code: Code,
    province: Annotated[
        str | None,
        typer.Argument(
            metavar="PROVINCE",
            help=mark("A province in any spelling; without it the whole cluster."),
            autocompletion=complete_province_or_all,
        ),
    ] = None,
    estimates: Estimates = False,
    known_at: KnownAt = None,
) -> None:
    """A target over the years: a small line, its figures, and where the series breaks."""
    from htx_cli.actions import trend as trending

    session.check_output()
    session.show(trending.trend(session.book().known_at(known_at), code, province, estimates))


@command(app, "targets", "shows")
def targets(session: Session, year: ThisYear = None) -> None:
    """The lines and targets that are signed for a year."""
    from htx_cli.actions import report as seeing

    session.check_output()
    session.show(seeing.targets(session.book(), year))


@command(app, "leaders", "shows")
def leaders(
    session: Session,
    project: Annotated[
        int | None,
        typer.Option(
            parser=reads(lambda text: _years_ahead(text)),
            metavar="N",
            help=mark("Show the next N years too, as they come if the rotation holds."),
        ),
    ] = None,
    known_at: KnownAt = None,
) -> None:
    """Who led and was deputy each year, who has waited longest, and who is next."""
    from htx_cli.actions import report as seeing

    session.check_output()
    session.show(seeing.leaders(session.book().known_at(known_at), project or 0))


def _years_ahead(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= 2 and int(text):
        return int(text)
    raise UsageError("project_range", value=text)


@command(app, "clusters", "shows")
def clusters(session: Session) -> None:
    """The clusters of the book with their members."""
    from htx_cli.actions import report as seeing

    session.check_output()
    session.show(seeing.clusters(session.book()))


@command(app, "members", "shows")
def members(
    session: Session,
    on: OnDay = None,
) -> None:
    """Who sits in the cluster on a day, since when, and who left or came of whom."""
    from htx_cli.actions import members as seats

    session.check_output()
    session.show(seats.members(session.book(), on))


@command(app, "provinces", "shows")
def provinces(
    session: Session,
    on: OnDay = None,
    all: Annotated[
        bool, typer.Option("--all", help=mark("Every unit that ever was, with what became of it."))
    ] = False,
) -> None:
    """The register of provinces, by the Vietnamese alphabet."""
    from htx_cli.actions import report as seeing

    session.check_output()
    session.show(seeing.provinces(session.book(), on, all))
