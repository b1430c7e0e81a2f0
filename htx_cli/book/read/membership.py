"""Read the clusters, who sits in them and who leads."""

from datetime import date

from htx_cli.book.file import Connection
from htx_cli.book.read.register import provinces
from htx_cli.book.records import cluster_name_of, leadership_of, member_of, takeover_of
from htx_cli.domain.model import Cluster, Leadership, Member


def clusters(connection: Connection) -> tuple[Cluster, ...]:
    """List the clusters, in the order in which they were added."""
    former: dict[str, tuple[tuple[date, str], ...]] = {}
    for row in connection.rows("SELECT * FROM cluster_names ORDER BY last_day"):
        former[row["cluster"]] = (*former.get(row["cluster"], ()), cluster_name_of(row))
    rows = connection.rows("SELECT * FROM clusters ORDER BY rowid")
    return tuple(Cluster(r["id"], r["name"], former.get(r["id"], ())) for r in rows)


def members(connection: Connection, cluster: str) -> tuple[Member, ...]:
    """List the memberships that are written, of all times, in seat order.

    What follows from them when provinces become one, `domain.membership` derives.
    """
    rows = connection.rows(
        "SELECT p.*, m.seat, m.first_day AS since, m.last_day AS until"
        " FROM members m JOIN provinces p ON p.id = m.province"
        " WHERE m.cluster = ? ORDER BY m.seat, m.first_day",
        cluster,
    )
    return tuple(member_of(row) for row in rows)


def leaderships(
    connection: Connection, cluster: str, year: int | None = None
) -> tuple[Leadership, ...]:
    """List who led and was deputy, the earliest year first."""
    known = {province.id: province for province in provinces(connection)}
    return tuple(
        leadership_of(row, known.__getitem__)
        for row in connection.rows(_LEADERSHIPS, cluster, year or 0, year or 9999)
    )


def takeovers(
    connection: Connection, cluster: str, year: int | None = None
) -> tuple[Leadership, ...]:
    """List who took over in mid-year, the earliest first."""
    rows = connection.rows(_TAKEOVERS, cluster, year or 0, year or 9999)
    known = {province.id: province for province in provinces(connection)} if rows else {}
    return tuple(takeover_of(row, known.__getitem__) for row in rows)


_LEADERSHIPS = "SELECT * FROM leaderships WHERE cluster = ? AND year BETWEEN ? AND ? ORDER BY year"
_TAKEOVERS = "SELECT * FROM takeovers WHERE cluster = ? AND year BETWEEN ? AND ? ORDER BY first_day"
