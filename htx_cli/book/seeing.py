"""See where we stand: read the book, compute, give back frozen values. Nothing here writes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from htx_cli import progress, rotation
from htx_cli.amendments import decided, lines_on, shares_on, targets_on
from htx_cli.answers import (
    Cell,
    ClusterRow,
    Clusters,
    Explanation,
    Leaders,
    Members,
    ProvinceRow,
    Provinces,
    ProvinceStatus,
    Report,
    Targets,
)
from htx_cli.book import Book, clusters_meant, known, seating_of, the_cluster
from htx_cli.duedates import due_dates, with_due
from htx_cli.errors import NotFound
from htx_cli.evidence import unproved as unproved
from htx_cli.journal import MOST_ROWS, Change, ChangeHead, Log, Place, key_of
from htx_cli.model import Amendment, Cluster, Part, Province, Result, Share, Target, YearState
from htx_cli.names import stranger
from htx_cli.schema import WHOLE_CLUSTER
from htx_cli.store import Reader
from htx_cli.vietnamese import sort_key

MOST_CHANGES = 50  # in a list
FIRST_ROWS = 4  # of each change in a list


def build_report(
    book: Book, year: int | None = None, as_of: date | None = None, estimates: bool = False
) -> Report:
    """The report of a year (default: that of `as_of`, else today's) as of a date.

    With `estimates`, estimates count where no actual figure has the same or a later date.
    Raises NotFound if nothing is signed for the year or the cluster is not clear.
    """
    with book.reading() as reader:
        return report_from(book, reader, year, as_of, estimates)


def report_from(
    book: Book,
    reader: Reader,
    year: int | None,
    as_of: date | None = None,
    estimates: bool = False,
) -> Report:
    """As `build_report`, of a book that is being read."""
    cluster = the_cluster(book, reader)
    year = year or (as_of or book.today).year
    check_signed(reader, cluster, year)
    day = progress.report_day(year, book.today, as_of)
    until = min(as_of, date(year, 12, 31)) if as_of else date(year, 12, 31)
    seating = seating_of(reader, cluster)
    members_on = progress.member_day(year, day)
    data = reader.year_data(cluster.on(day), year, seating, members_on, until, day)
    report = progress.build(data, book.today, as_of, estimates)
    if dates := due_dates(year, reader.due_rules(cluster.id, year)):
        report = with_due(report, data, dates, seating, as_of or book.today)
    return replace(report, known_at=book.known)


def check_signed(reader: Reader, cluster: Cluster, year: int) -> None:
    """Raises NotFound if nothing is signed for the year."""
    years = reader.years(cluster.id)
    if year in years:
        return
    if years:
        raise NotFound("year_unknown", year=str(year), known=[str(each) for each in years])
    raise NotFound("year_empty", year=str(year))


def province_status(
    book: Book,
    name: str,
    year: int | None = None,
    as_of: date | None = None,
    estimates: bool = False,
) -> ProvinceStatus:
    """One province's cells of a year, in full. Raises NotFound."""
    with book.reading() as reader:
        report = report_from(book, reader, year, as_of, estimates)
        province = known(reader).provinces.find(name, date(report.year, 1, 1))
        return ProvinceStatus(report, row_of(reader, report, province))


def row_of(reader: Reader, report: Report, province: Province) -> ProvinceRow:
    """A province's row in the report. Raises NotFound for who is no member."""
    for row in report.provinces:
        if row.province == province:
            return row
    sitting = [row.province for row in report.provinces]
    seating = seating_of(reader, report.cluster)
    day = progress.member_day(report.year, report.as_of)
    raise stranger(NotFound, province, report.as_of if sitting else day, sitting, seating)


def explain(
    book: Book,
    name: str,
    code: str,
    year: int | None = None,
    as_of: date | None = None,
    estimates: bool = False,
) -> Explanation:
    """How one figure came to its status; the name `all` asks for the whole cluster's."""
    with book.reading() as reader:
        report = report_from(book, reader, year, as_of, estimates)
        everything = known(reader)
        target = everything.target(report.cluster, report.year, code)
        at = _place_of(report, target)
        target = report.targets[at].target  # as it was in force then
        amended = reader.amendments(report.cluster.id, report.year)
        cell = share = None
        if province := everything.provinces.find_unless_all(name, date(report.year, 1, 1)):
            cell = row_of(reader, report, province).cells[at]
            share = cell.share
        place = cell.province.id if cell else None
        history = reader.history(report.cluster.id, report.year, target.code, place)
        inputs = [*history]
        if cell and cell.base_from:
            inputs.append(cell.base_from)
        if cell is None:
            inputs += [r for row in report.provinces if (r := row.cells[at].result)]
        numbers = sorted({r.change for r in inputs if r.change is not None})
        places = {r: stood for r in inputs if (stood := _place(reader, report.cluster, r))}
        return Explanation(
            report,
            target,
            cell,
            report.targets[at],
            share,
            history,
            reader.heads(numbers),
            places,
            _decided(reader, report, share) if share else None,
            _decisions(report, amended, target, cell),
        )


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
    of_all = decided(report.as_of, amended, Part.TARGET, target.code)
    own = (
        decided(report.as_of, amended, Part.SHARE, target.code, cell.province.id) if cell else None
    )
    found = [own] if cell and cell.share else [own, of_all]
    last = max((x for x in found if x), key=lambda each: each.first_day, default=None)
    return (last,) if last else ()


def _place(reader: Reader, cluster: Cluster, result: Result) -> Place | None:
    """Where in its file a figure stood."""
    record = {"cluster": cluster.id, "year": result.as_of.year, "target": result.target}
    record |= {"province": result.province, "as_of": result.as_of.isoformat()}
    key = key_of("results", record | {"basis": str(result.basis)})
    return reader.place(result.change, key) if result.change else None


def _decided(reader: Reader, report: Report, share: Share) -> ChangeHead | None:
    """The last change that wrote a share."""
    place = {"target": share.target, "province": share.province}
    key = key_of("shares", {"cluster": report.cluster.id, "year": report.year, **place})
    written = None if share.threshold is None else float(share.threshold)
    for change in reader.changes_of(key, "shares"):
        row = change.rows[0]
        if row.key == key and row.after and row.after["threshold"] == written:
            return change.head
    return None


def targets(book: Book, year: int | None = None) -> Targets:
    """What is signed for a year."""
    with book.reading() as reader:
        cluster = the_cluster(book, reader)
        year = year or book.today.year
        check_signed(reader, cluster, year)
        day = progress.report_day(year, book.today)
        amended = reader.amendments(cluster.id, year)
        in_force = targets_on(day, reader.targets(cluster.id, year), amended)
        return Targets(
            cluster.on(day),
            year,
            lines_on(day, reader.lines(cluster.id, year), amended),
            tuple(sorted(in_force, key=progress.reading_order)),
            shares_on(day, reader.shares(cluster.id, year), amended),
            {province.id: province.name for province in reader.provinces()},
            reader.year_state(cluster.id, year) or YearState(closed=False),
            amended,
        )


def clusters(book: Book) -> Clusters:
    """The clusters (or the one that the book was opened for) with their members of today and the
    years for which they signed something."""
    with book.reading() as reader:
        rows = []
        for cluster in clusters_meant(book, reader):
            seating = seating_of(reader, cluster)
            members = seating.on(book.today) or seating.ever
            rows.append(ClusterRow(cluster.on(book.today), members, reader.years(cluster.id)))
        return Clusters(tuple(rows))


def members(book: Book, on: date | None = None) -> Members:
    """Who sat in the cluster on a day (default: today), in seat order, and who did before and after."""
    with book.reading() as reader:
        day = on or book.today
        cluster = the_cluster(book, reader)
        seating = seating_of(reader, cluster)
        return Members(
            cluster=cluster.on(day),
            on=day,
            sitting=seating.on(day),
            former=tuple(m for m in seating.ever if m.until and m.until < day),
            later=tuple(m for m in seating.ever if m.since > day),
            unseated=seating.unseated_on(day),
            into={part.province.id: m.province for m in seating.ever for part in m.parts},
        )


def provinces(book: Book, on: date | None, everything: bool = False) -> Provinces:
    """The units of a day (default: today) by the Vietnamese alphabet, or all there ever were."""
    day = None if everything else on or book.today
    with book.reading() as reader:
        found = [p for p in reader.provinces() if day is None or p.valid_on(day)]
        found.sort(key=lambda p: (sort_key(p.name), p.first_day))
        return Provinces(day, tuple(found), reader.successors())


def leaders(book: Book) -> Leaders:
    """Who led each year, who has waited longest, and who is next after the last recorded year."""
    with book.reading() as reader:
        cluster = the_cluster(book, reader)
        years = reader.leaderships(cluster.id)
        year = years[-1].year + 1 if years else book.today.year
        seating = seating_of(reader, cluster)
        members = seating.on(date(year, 1, 1))
        seats = rotation.seats(members, years, year)
        waiting = tuple(seat.member.province for seat in rotation.waiting(seats))
        proposal = rotation.propose(members, years, year) if members else None
        named = {}
        for each in years:
            if each.because is None:
                sitting = seating.on(date(each.year, 1, 1))
                proposed = rotation.propose(sitting, years, each.year)
                named[each.year] = rotation.named_by(each, proposed)
        recorded = _recorded(reader, cluster)
        return Leaders(cluster, years, seats, waiting, proposal, named, recorded, book.known)


def _recorded(reader: Reader, cluster: Cluster) -> dict[int, ChangeHead]:
    """By year the last change that wrote who leads."""
    changes = reader.changes_of(f"{cluster.id}/", "leaderships")
    return {
        int(change.rows[0].key.rpartition("/")[2]): change.head
        for change in reversed(changes)
        if change.head
    }


def log(book: Book, year: int | None = None, most: int = MOST_CHANGES) -> Log:
    """The last changes, the newest first: all, or what touched the cluster named, or a year."""
    with book.reading() as reader:
        if book.cluster is None and year is None:
            return Log(reader.changes(most, FIRST_ROWS))
        below = "" if year is None else f"/{year}"
        keys = [f"{cluster.id}{below}" for cluster in clusters_meant(book, reader)]
        return Log(reader.changes(most, FIRST_ROWS, keys) if keys else ())


def log_change(book: Book, number: int, everything: bool = False) -> Change:
    """One change with its records: up to a thousand of them, or all. Raises NotFound."""
    with book.reading() as reader:
        change = reader.change(number, -1 if everything else MOST_ROWS)
        if change is None:
            last = reader.last_change()[0]
            raise NotFound("change_unknown", number=str(number), last=str(last))
        return change


def log_figure(book: Book, name: str, code: str, year: int | None = None) -> Log:
    """The life of one figure: every change that touched it, the newest first."""
    with book.reading() as reader:
        cluster = the_cluster(book, reader)
        year = year or book.today.year
        everything = known(reader)
        target = everything.target(cluster, year, code)
        province = everything.provinces.find_unless_all(name, date(year, 1, 1))
        place, shown = WHOLE_CLUSTER, cluster.name
        if province:
            place, shown = province.id, province.name
        key = f"{cluster.id}/{year}/{target.code}/{place}/"
        life = reader.changes_of(key, "results", "evidence")
        return Log(life, f"{shown} · {target.code} · {year}")
