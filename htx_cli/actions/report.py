"""See where we stand: read the book, compute, give back frozen values. Nothing here writes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

from htx_cli.actions import Book, clusters_meant, known, membership_of, the_cluster
from htx_cli.book import read
from htx_cli.book.file import Connection
from htx_cli.book.journal import key_of
from htx_cli.book.records import result_key
from htx_cli.domain import leaders as rotation
from htx_cli.domain import progress
from htx_cli.domain.changes import MOST_ROWS, Change, ChangeHead, Log, Place, in_fives
from htx_cli.domain.decisions import decided, lines_on, shares_on, targets_on
from htx_cli.domain.due import due_dates, with_due
from htx_cli.domain.evidence import unproved as unproved
from htx_cli.domain.leaders import Leaders, Led, Proposal, terms
from htx_cli.domain.lists import ClusterRow, Clusters, Provinces, Targets
from htx_cli.domain.membership import Membership
from htx_cli.domain.model import (
    WHOLE_CLUSTER,
    Amendment,
    Cluster,
    PactPart,
    Province,
    Result,
    Share,
    Target,
    Term,
    YearState,
)
from htx_cli.domain.names import means_all, stranger, told_apart
from htx_cli.domain.report import (
    Cell,
    Explanation,
    Map,
    Merger,
    ProvinceRow,
    ProvinceStatus,
    Report,
)
from htx_cli.text.errors import NotFound, UsageError
from htx_cli.text.vietnamese import sort_key

MOST_CHANGES = 50  # in a list
FIRST_ROWS = 4  # of each change in a list


def build_report(
    book: Book,
    year: int | None = None,
    as_of: date | None = None,
    estimates: bool = False,
    map: str | None = None,
) -> Report:
    """The report of a year (default: that of `as_of`, else today's) as of a date.

    With `estimates`, estimates count where no actual figure has the same or a later date. `map`
    ("old" or "new") shows a year with a merger before or after it, else the members of the date.
    Raises NotFound if nothing is signed for the year or the cluster is not clear.
    """
    with book.reading() as connection:
        made = report_from(book, connection, year, as_of, estimates, map)
        return replace(made, checkpoint=_checkpoint(connection))


def _checkpoint(connection: Connection) -> str | None:
    """What proves later that the book still holds all that it holds now."""
    number, hash = read.last_change(connection)
    return in_fives(hash) if number else None


def report_from(
    book: Book,
    connection: Connection,
    year: int | None,
    as_of: date | None = None,
    estimates: bool = False,
    map: str | None = None,
) -> Report:
    """As `build_report`, of a book that is being read."""
    cluster = the_cluster(book, connection)
    year = year or (as_of or book.today).year
    check_signed(connection, cluster, year)
    membership = membership_of(connection, cluster)
    at = progress.stand(membership.ever, membership.unseated, year, book.today, as_of, _map(map))
    day = progress.report_day(year, book.today, at.as_of)
    data = read.year_data(
        connection, cluster.on(day), year, membership, at.members_on, at.until, day
    )
    made = progress.build(data, book.today, at.as_of, estimates, at)
    if dates := due_dates(year, read.due_rules(connection, cluster.id, year)):
        made = with_due(made, data, dates, membership, as_of or book.today)
    return replace(made, known_at=book.known)


def _map(named: str | None) -> Map | None:
    if named is None or named in list(Map):
        return Map(named) if named else None
    raise UsageError("not_one_of", value=named, choices=list(Map))


def check_signed(connection: Connection, cluster: Cluster, year: int) -> None:
    """Raises NotFound if nothing is signed for the year."""
    years = read.years(connection, cluster.id)
    if not years:
        raise NotFound("year_empty", year=str(year))
    if year not in years:
        raise NotFound("year_unknown", year=str(year), known=[str(each) for each in years])


def province_status(
    book: Book,
    name: str,
    year: int | None = None,
    as_of: date | None = None,
    estimates: bool = False,
    map: str | None = None,
) -> ProvinceStatus:
    """One province's cells of a year, in full. Raises NotFound."""
    with book.reading() as connection:
        report = report_from(book, connection, year, as_of, estimates, map)
        return ProvinceStatus(report, row_of(connection, report, name))


def row_of(connection: Connection, report: Report, name: str) -> ProvinceRow:
    """The row that a name means: among the members shown, else as of the year's first day."""
    provinces = known(connection).provinces
    rows = {row.province: row for row in report.provinces}
    day = progress.member_day(report.year, report.as_of)
    if report.map is Map.NEW:
        day = max([day, *(merger.day for merger in report.mergers)])
    if (shown := provinces.named(name, day)) in rows:
        return rows[shown]
    province = provinces.find(name, date(report.year, 1, 1))
    if province in rows:
        return rows[province]
    for merger in report.mergers:
        if province in merger.parts and merger.successor in rows:
            raise _merged(province, merger)
    membership = membership_of(connection, report.cluster)
    raise stranger(NotFound, province, report.as_of if rows else day, rows, membership)


def _merged(province: Province, merger: Merger) -> NotFound:
    gone, into = told_apart([province, merger.successor])
    eve = merger.day - timedelta(days=1)
    what: dict[str, object] = {"id": merger.successor.id, "day": merger.day, "eve": eve}
    return NotFound("went_into", province=gone, successor=into, **what)


def explain(
    book: Book,
    name: str,
    code: str,
    year: int | None = None,
    as_of: date | None = None,
    estimates: bool = False,
    map: str | None = None,
) -> Explanation:
    """How one figure came to its status; the name `all` asks for the whole cluster's."""
    with book.reading() as connection:
        report = report_from(book, connection, year, as_of, estimates, map)
        everything = known(connection)
        target = everything.target(report.cluster, report.year, code)
        at = _place_of(report, target)
        target = report.targets[at].target  # as it was in force then
        amended = read.amendments(connection, report.cluster.id, report.year)
        cell = share = None
        if not means_all(name):
            cell = row_of(connection, report, name).cells[at]
            share = cell.share if cell.share and not cell.share.derived else None
        place = cell.province.id if cell else None
        history = read.history(connection, report.cluster.id, report.year, target.code, place)
        inputs = [
            *history,
            *_behind([cell] if cell else [row.cells[at] for row in report.provinces]),
        ]
        numbers = sorted({r.change for r in inputs if r.change is not None})
        places = {r: stood for r in inputs if (stood := _place(connection, report.cluster, r))}
        return Explanation(
            report,
            target,
            cell,
            report.targets[at],
            share,
            history,
            read.heads(connection, numbers),
            places,
            _decided(connection, report, share) if share else None,
            _decisions(report, amended, target, cell),
        )


def _behind(cells: Iterable[Cell]) -> Iterator[Result]:
    """The figures and bases of the book that cells rest on, also over a merger."""
    for cell in cells:
        yield from _behind(cell.parts)
        yield from (base for _, base in cell.base_parts)
        base = None if cell.base_parts else cell.base_from
        yield from filter(None, (None if cell.carried else cell.result, base))


def _place_of(report: Report, target: Target) -> int:
    """Where in the report the target stands. Raises NotFound if it was not in force yet."""
    for at, rollup in enumerate(report.targets):
        if rollup.target.code == target.code:
            return at
    raise NotFound("target_not_yet", code=target.code, on=report.as_of)


def _decisions(
    report: Report, amended: Sequence[Amendment], target: Target, cell: Cell | None
) -> tuple[Amendment, ...]:
    """The decision by which is asked what is asked, where one changed it by the report's day."""
    of_all = decided(report.as_of, amended, PactPart.TARGET, target.code)
    own = (
        decided(report.as_of, amended, PactPart.SHARE, target.code, cell.province.id)
        if cell
        else None
    )
    shared = cell and cell.share and not cell.share.derived
    found = [own] if shared else [own, of_all]
    last = max((x for x in found if x), key=lambda each: each.first_day, default=None)
    return (last,) if last else ()


def _place(connection: Connection, cluster: Cluster, result: Result) -> Place | None:
    """Where in its file a figure stood."""
    key = key_of("results", result_key(cluster, result))
    return read.place(connection, result.change, key) if result.change else None


def _decided(connection: Connection, report: Report, share: Share) -> ChangeHead | None:
    """The last change that wrote a share."""
    place = {"target": share.target, "province": share.province}
    key = key_of("shares", {"cluster": report.cluster.id, "year": report.year, **place})
    written = None if share.threshold is None else float(share.threshold)
    for change in read.changes_of(connection, key, "shares"):
        row = change.rows[0]
        if row.key == key and row.after and row.after["threshold"] == written:
            return change.head
    return None


def targets(book: Book, year: int | None = None) -> Targets:
    """What is signed for a year."""
    with book.reading() as connection:
        cluster = the_cluster(book, connection)
        year = year or book.today.year
        check_signed(connection, cluster, year)
        day = progress.report_day(year, book.today)
        amended = read.amendments(connection, cluster.id, year)
        in_force = targets_on(day, read.targets(connection, cluster.id, year), amended)
        return Targets(
            cluster.on(day),
            year,
            lines_on(day, read.lines(connection, cluster.id, year), amended),
            tuple(sorted(in_force, key=progress.reading_order)),
            shares_on(day, read.shares(connection, cluster.id, year), amended),
            {province.id: province.name for province in read.provinces(connection)},
            read.year_state(connection, cluster.id, year) or YearState(closed=False),
            amended,
        )


def clusters(book: Book) -> Clusters:
    """The clusters (or the one that the book was opened for) with their members of today and the
    years for which they signed something."""
    with book.reading() as connection:
        rows = []
        for cluster in clusters_meant(book, connection):
            membership = membership_of(connection, cluster)
            members = membership.on(book.today) or membership.ever
            years = read.years(connection, cluster.id)
            rows.append(ClusterRow(cluster.on(book.today), members, years))
        return Clusters(tuple(rows))


def provinces(book: Book, on: date | None, everything: bool = False) -> Provinces:
    """The units of a day (default: today) by the Vietnamese alphabet, or all there ever were."""
    day = None if everything else on or book.today
    with book.reading() as connection:
        found = [p for p in read.provinces(connection) if day is None or p.valid_on(day)]
        found.sort(key=lambda p: (sort_key(p.name), p.first_day))
        return Provinces(day, tuple(found), read.successors(connection))


def leaders(book: Book, project: int = 0) -> Leaders:
    """Who led each year, who has waited longest, and who is next after the last recorded year.

    `project` says how many years are looked ahead, as they come if the rotation holds.
    """
    with book.reading() as connection:
        cluster = the_cluster(book, connection)
        years = read.leaderships(connection, cluster.id)
        year = years[-1].year + 1 if years else book.today.year
        membership = membership_of(connection, cluster)
        led = terms(years, read.takeovers(connection, cluster.id), membership)
        members = membership.on(date(year, 1, 1))
        seats = rotation.seats_of(members, led, year)
        waiting = tuple(seat.member.province for seat in rotation.waiting_longest(seats))
        proposal = rotation.propose(members, led, year) if members else None
        named = {}
        for each in years:
            if each.because is None:
                sitting = membership.on(date(each.year, 1, 1))
                proposed = rotation.propose(sitting, led, each.year)
                named[each.year] = rotation.named_by(each, proposed)
        return Leaders(
            cluster=cluster.on(book.today),
            years=years,
            seats=seats,
            waiting=waiting,
            next=proposal,
            named=named,
            recorded=_recorded(connection, cluster),
            known_at=book.known,
            checkpoint=_checkpoint(connection),
            terms=led,
            projected=_projected(membership, led, range(year, year + project)),
            unseated=membership.unseated_on(_last_day(book.today, year + max(project - 1, 0))),
        )


def _last_day(today: date, year: int) -> date:
    """The last day of a year, but none that is over."""
    return max(today, date(year, 12, 31))


def _projected(membership: Membership, led: Sequence[Term], years: range) -> tuple[Proposal, ...]:
    """The years as they come if every proposal is followed; a year without members is left out."""
    following: list[Led] = [*led]
    projected = []
    for year in years:
        proposal = rotation.propose(membership.on(date(year, 1, 1)), following, year)
        if as_proposed := rotation.followed(proposal):
            following.append(as_proposed)
            projected.append(proposal)
    return tuple(projected)


def _recorded(connection: Connection, cluster: Cluster) -> dict[int, ChangeHead]:
    """By year the last change that wrote who leads."""
    changes = read.changes_of(connection, f"{cluster.id}/", "leaderships")
    return {
        int(change.rows[0].key.rpartition("/")[2]): change.head
        for change in reversed(changes)
        if change.head
    }


def log(book: Book, year: int | None = None, most: int = MOST_CHANGES) -> Log:
    """The last changes, the newest first: all, or what touched the cluster named, or a year."""
    with book.reading() as connection:
        if book.cluster is None and year is None:
            return Log(read.changes(connection, most, FIRST_ROWS))
        below = "" if year is None else f"/{year}"
        keys = [f"{cluster.id}{below}" for cluster in clusters_meant(book, connection)]
        return Log(read.changes(connection, most, FIRST_ROWS, keys) if keys else ())


def log_change(book: Book, number: int, everything: bool = False) -> Change:
    """One change with its records: up to a thousand of them, or all. Raises NotFound."""
    with book.reading() as connection:
        change = read.change(connection, number, -1 if everything else MOST_ROWS)
        if change is None:
            last = read.last_change(connection)[0]
            raise NotFound("change_unknown", number=str(number), last=str(last))
        return change


def log_figure(book: Book, name: str, code: str, year: int | None = None) -> Log:
    """The life of one figure: every change that touched it, the newest first.

    Where two provinces bore the name in the year, of both: a merger goes on under the old name.
    """
    with book.reading() as connection:
        cluster = the_cluster(book, connection)
        year = year or book.today.year
        everything = known(connection)
        target = everything.target(cluster, year, code)
        places, shown = [WHOLE_CLUSTER], cluster.name
        if not means_all(name):
            provinces = everything.provinces
            day = progress.member_day(year, book.today)
            bearers = provinces.bearers(name, year) or (provinces.find(name, day),)
            places = [province.id for province in bearers]
            shown = ", ".join(provinces.told(province, year) for province in bearers)
        keys = [f"{cluster.id}/{year}/{target.code}/{place}/" for place in places]
        lives = chain(*(read.changes_of(connection, key, "results", "evidence") for key in keys))
        life = sorted(lives, key=lambda each: each.head.number if each.head else 0, reverse=True)
        return Log(tuple(life), f"{shown} · {target.code} · {year}")
