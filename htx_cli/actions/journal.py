"""The journal as it is read: the last changes, one change, the life of one figure."""

from itertools import chain

from htx_cli.actions import Book, clusters_meant, known, the_cluster
from htx_cli.book import read
from htx_cli.domain import progress
from htx_cli.domain.changes import MOST_ROWS, Change, Log
from htx_cli.domain.model import WHOLE_CLUSTER
from htx_cli.domain.names import means_all
from htx_cli.text.errors import NotFound

MOST_CHANGES = 50  # in a list
FIRST_ROWS = 4  # of each change in a list


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
