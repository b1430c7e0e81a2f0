"""A year as it stands: the report, one province of it, one figure of it."""

from typing import Annotated

from htx_cli.domain.changes import Caution
from htx_cli.domain.evidence import unproved
from htx_cli.domain.report import Map, Report
from htx_cli.domain.targets import Kind, Scope, Status
from htx_cli.terminal.command import command
from htx_cli.terminal.options import (
    AsOf,
    Code,
    Estimates,
    KnownAt,
    ProvinceName,
    ProvinceOrAll,
    Year,
    complete_from,
    flag,
    one_of,
    option,
)
from htx_cli.terminal.session import Answer, Session
from htx_cli.text.errors import UsageError
from htx_cli.text.words import mark, t

FOUND = 6  # exit code: a status of --fail-on was found
STALE = "stale"
MOST_FOUND = 5  # that are named

MapShown = Annotated[
    Map | None,
    option(
        "old|new",
        mark(
            "In a year with a merger: the provinces before it (old) or after it (new), with the "
            "figures carried over; default: the members on the day of the report."
        ),
        "--map",
        parser=one_of({str(each): each for each in Map}),
        offers=complete_from(*Map),
    ),
]


@command("report", "shows")
def report(
    session: Session,
    year: Year = None,
    as_of: AsOf = None,
    estimates: Estimates = False,
    map: MapShown = None,
    known_at: KnownAt = None,
    fail_on: Annotated[
        list[str] | None,
        option(
            "STATUS",
            mark(
                "Exit with 6 if a cell has this status: exceeded, met, on_track, behind, "
                "in_progress, missed, incomplete, not_reported, not_assigned, tracked; or is stale. "
                "More of them with commas, or with --fail-on again."
            ),
            offers=complete_from(*map(str, Status), STALE),
        ),
    ] = None,
    without_evidence: Annotated[
        bool,
        flag(
            "--without-evidence",
            mark("Only list the figures that count and that no document proves."),
        ),
    ] = False,
) -> Answer:
    """The table of a year: provinces, targets, the cluster, and who owes what."""
    from htx_cli.actions import report as actions

    wanted = _statuses(fail_on or [])
    book = session.book().known_at(known_at)
    made = actions.build_report(book, year, as_of, estimates, map)
    shown = unproved(made) if without_evidence else made
    if found := _found(made, wanted):
        return Answer(shown, (), [Caution("status_found", {"figures": _some(found)})], FOUND)
    return Answer(shown)


def _statuses(named: list[str]) -> set[str]:
    known = [*(str(status) for status in Status), STALE]
    wanted = {part.strip().lower().replace("-", "_") for text in named for part in text.split(",")}
    for name in wanted:
        if name not in known:
            raise UsageError("status_unknown", value=name, choices=known)
    return wanted


def _found(report: Report, wanted: set[str]) -> list[str]:
    """Name the figures with one of the statuses: of provinces, and of the cluster on its own targets."""
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


@command("status", "shows")
def status(
    session: Session,
    province: ProvinceName,
    year: Year = None,
    as_of: AsOf = None,
    estimates: Estimates = False,
    map: MapShown = None,
    known_at: KnownAt = None,
) -> object:
    """One province in full: each target, what is missing to reach it, date and source."""
    from htx_cli.actions import report as actions

    book = session.book().known_at(known_at)
    return actions.province_status(book, province, year, as_of, estimates, map)


@command("explain", "shows")
def explain(
    session: Session,
    province: ProvinceOrAll,
    code: Code,
    year: Year = None,
    as_of: AsOf = None,
    estimates: Estimates = False,
    map: MapShown = None,
    known_at: KnownAt = None,
) -> object:
    """How one figure came to its status: the formula, its inputs, and who wrote them."""
    from htx_cli.actions import explain as actions

    book = session.book().known_at(known_at)
    return actions.explain(book, province, code, year, as_of, estimates, map)
