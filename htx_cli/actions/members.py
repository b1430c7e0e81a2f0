"""Who sits in a cluster, and who takes no seat there by itself."""

from collections.abc import Iterator
from datetime import date

from htx_cli.actions import Book, membership_of, the_cluster
from htx_cli.domain.changes import Caution
from htx_cli.domain.lists import Members
from htx_cli.domain.membership import Membership
from htx_cli.domain.model import Cluster, Unseated
from htx_cli.domain.names import unseated_words


def members(book: Book, on: date | None = None) -> Members:
    """Who sat in the cluster on a day (default: today), in seat order, and who did before and after."""
    with book.reading() as connection:
        day = on or book.today
        cluster = the_cluster(book, connection)
        membership = membership_of(connection, cluster)
        return Members(
            cluster=cluster.on(day),
            on=day,
            sitting=membership.on(day),
            former=tuple(m for m in membership.ever if m.until and m.until < day),
            later=tuple(m for m in membership.ever if m.since > day),
            unseated=membership.unseated_on(day),
            unseated_later=tuple(each for each in membership.unseated if each.day > day),
            into={part.province.id: m.province for m in membership.ever for part in m.parts},
        )


def without_seat(cluster: Cluster, membership: Membership, year: int) -> Iterator[Caution]:
    """Who has no seat in a year, though it came of members, and what seats it."""
    yield from (no_seat(cluster, each) for each in membership.unseated_on(date(year, 12, 31)))


def no_seat(cluster: Cluster, unseated: Unseated) -> Caution:
    """That a province takes no seat in a cluster, of whom it came, and what seats it."""
    where = {"cluster": cluster.name, "cluster_id": cluster.id}
    return Caution("takes_no_seat", unseated_words(unseated) | where)
