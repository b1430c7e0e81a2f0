"""Read the register of provinces, the clusters, who sits in them and who leads."""

from datetime import date

from htx_cli.book import records
from htx_cli.book.file import Connection
from htx_cli.domain.model import Cluster, Leadership, Member, Province, Succession


def provinces(connection: Connection) -> tuple[Province, ...]:
    """List every unit of the register, in no special order."""
    return tuple(records.PROVINCES.load(row) for row in connection.rows("SELECT * FROM provinces"))


def aliases(connection: Connection) -> tuple[tuple[str, str], ...]:
    """List other spellings, each with the id of a province it stands for."""
    return tuple((r["alias"], r["province"]) for r in connection.rows("SELECT * FROM aliases"))


def successors(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Return the successors of each province id that went into others."""
    found: dict[str, tuple[str, ...]] = {}
    for row in connection.rows("SELECT * FROM successions ORDER BY predecessor, successor"):
        found[row["predecessor"]] = (*found.get(row["predecessor"], ()), row["successor"])
    return found


def successions(connection: Connection) -> tuple[Succession, ...]:
    """List which unit went into which, and when."""
    rows = connection.rows("SELECT * FROM successions ORDER BY day, successor, predecessor")
    known = {province.id: province for province in provinces(connection)} if rows else {}
    return tuple(records.succession_of(row, known.__getitem__) for row in rows)


def clusters(connection: Connection) -> tuple[Cluster, ...]:
    """List the clusters, in the order in which they were added."""
    former: dict[str, tuple[tuple[date, str], ...]] = {}
    for row in connection.rows("SELECT * FROM cluster_names ORDER BY last_day"):
        former[row["cluster"]] = (*former.get(row["cluster"], ()), records.cluster_name_of(row))
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
    return tuple(records.member_of(row) for row in rows)


def leaderships(
    connection: Connection, cluster: str, year: int | None = None
) -> tuple[Leadership, ...]:
    """List who led and was deputy, the earliest year first."""
    known = {province.id: province for province in provinces(connection)}
    return tuple(
        records.leadership_of(row, known.__getitem__)
        for row in connection.rows(_LEADERSHIPS, cluster, year or 0, year or 9999)
    )


def takeovers(
    connection: Connection, cluster: str, year: int | None = None
) -> tuple[Leadership, ...]:
    """List who took over in mid-year, the earliest first."""
    rows = connection.rows(_TAKEOVERS, cluster, year or 0, year or 9999)
    known = {province.id: province for province in provinces(connection)} if rows else {}
    return tuple(records.takeover_of(row, known.__getitem__) for row in rows)


_LEADERSHIPS = "SELECT * FROM leaderships WHERE cluster = ? AND year BETWEEN ? AND ? ORDER BY year"
_TAKEOVERS = "SELECT * FROM takeovers WHERE cluster = ? AND year BETWEEN ? AND ? ORDER BY first_day"
