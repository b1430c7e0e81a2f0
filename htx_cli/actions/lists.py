"""Lists of what the book has: signed targets, clusters, provinces."""

from datetime import date

from htx_cli.actions import Book, check_signed, clusters_meant, membership_of, the_cluster
from htx_cli.book import read
from htx_cli.domain import progress
from htx_cli.domain.decisions import lines_on, shares_on, targets_on
from htx_cli.domain.lists import ClusterRow, Clusters, Provinces, Targets
from htx_cli.domain.model import YearState
from htx_cli.text.vietnamese import sort_key


def targets(book: Book, year: int | None = None) -> Targets:
    """Return the targets that are signed for a year."""
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
