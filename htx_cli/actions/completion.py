"""Names and codes that a shell may complete, read from a book.

In a module of its own: nothing else asks so loosely, and a Tab loads no more than it needs.
"""

from htx_cli.actions import Book, known, membership_of, the_cluster
from htx_cli.book import read
from htx_cli.book.file import Connection
from htx_cli.domain.model import Cluster, Member, Province, Target


def provinces(book: Book) -> list[Province]:
    """Return all members there ever were; without a cluster the register of today."""
    with book.reading() as connection:
        found = [member.province for member in _members(book, connection)]
        return found or _alive(book, connection)


def newcomers(book: Book) -> list[Province]:
    """Provinces of today that are no members of the cluster."""
    with book.reading() as connection:
        sitting = {m.province for m in _members(book, connection) if m.on(book.today)}
        return [province for province in _alive(book, connection) if province not in sitting]


def targets(book: Book, year: int | None) -> tuple[Target, ...]:
    """The targets of a year, else of the latest signed one."""
    with book.reading() as connection:
        cluster = the_cluster(book, connection)
        years = read.years(connection, cluster.id)
        year = year or (years[-1] if years else book.today.year)
        return tuple(known(connection).setup(cluster, year).targets.values())


def clusters(book: Book) -> tuple[Cluster, ...]:
    """The clusters of the book."""
    with book.reading() as connection:
        return read.clusters(connection)


def _members(book: Book, connection: Connection) -> list[Member]:
    """Return those who are or were members, or are written to be; not who will come of a succession."""
    if not read.clusters(connection):
        return []
    ever = membership_of(connection, the_cluster(book, connection)).ever
    return [m for m in ever if not m.derived or m.first_day <= book.today]


def _alive(book: Book, connection: Connection) -> list[Province]:
    return [each for each in read.provinces(connection) if each.valid_on(book.today)]
