"""Read results: what a report of a year needs, one cell's history, every figure of a target."""

from collections.abc import Iterator, Sequence
from datetime import date

from htx_cli.book.file import Connection
from htx_cli.book.read import pact
from htx_cli.book.read.evidence import with_evidence
from htx_cli.book.read.membership import leaderships, takeovers
from htx_cli.book.records import result_of
from htx_cli.domain.decisions import lines_on, shares_on, targets_on
from htx_cli.domain.leaders import terms
from htx_cli.domain.membership import Membership
from htx_cli.domain.model import Cluster, Pact, Result, Target, YearData, YearState
from htx_cli.domain.targets import Kind


def year_data(
    connection: Connection,
    cluster: Cluster,
    year: int,
    membership: Membership,
    members_on: date,
    until: date,
    day: date | None = None,
) -> YearData:
    """Return what a report needs of a year: per cell the latest actual and estimate not after `until`.

    The pact is the one that was in force on `day`, or that stands now.

    The latest is looked up cell by cell, so that the cost follows the year and not the age of
    the book.
    """
    state = pact.year_state(connection, cluster.id, year) or YearState(closed=False)
    amended = pact.amendments(connection, cluster.id, year) if state.pact is Pact.SIGNED else ()
    day = day or date.max
    targets = targets_on(day, pact.targets(connection, cluster.id, year), amended)
    recorded = leaderships(connection, cluster.id, year)
    later = takeovers(connection, cluster.id, year)
    shares = shares_on(day, pact.shares(connection, cluster.id, year), amended)
    return YearData(
        cluster=cluster,
        year=year,
        closed=state.closed,
        targets=targets,
        lines=lines_on(day, pact.lines(connection, cluster.id, year), amended),
        members=membership.on(members_on),
        shares={(share.province, share.target): share for share in shares},
        results=_latest(connection, cluster.id, year, until),
        bases=bases(connection, cluster.id, targets),
        terms=terms(recorded, later, membership),
        pact=state.pact,
        unseated=membership.unseated_on(members_on),
    )


def _latest(
    connection: Connection, cluster: str, year: int, until: date
) -> dict[tuple[str | None, str], tuple[Result, ...]]:
    connection.need_figures(cluster, year)
    found: dict[tuple[str | None, str], tuple[Result, ...]] = {}
    rows = connection.rows(_LATEST, cluster=cluster, year=year, until=until.isoformat())
    for result in with_evidence(connection, cluster, year, map(result_of, rows)):
        place = (result.province, result.target)
        found[place] = (*found.get(place, ()), result)
    return found


def bases(
    connection: Connection, cluster: str, targets: Sequence[Target]
) -> dict[tuple[str | None, str], Result]:
    """Return per cell of a growth target the latest actual number of its base year: no yes, no part."""
    bases = {}
    for target in targets:
        if target.kind is Kind.GROWTH:
            assert target.base_year is not None
            connection.need_figures(cluster, target.base_year)
            place = {"cluster": cluster, "year": target.base_year, "target": target.code}
            found = map(result_of, connection.rows(_BASES, **place))
            for result in with_evidence(connection, cluster, target.base_year, found, target.code):
                bases[result.province, target.code] = result
    return bases


def history(
    connection: Connection, cluster: str, year: int, target: str, province: str | None
) -> tuple[Result, ...]:
    """List every figure of one cell, the earliest date first."""
    connection.need_figures(cluster, year)
    sql = (
        "SELECT * FROM results WHERE cluster = ? AND year = ? AND target = ?"
        " AND province IS ? ORDER BY as_of, basis"
    )
    found = map(result_of, connection.rows(sql, cluster, year, target, province))
    return with_evidence(connection, cluster, year, found, target)


def figures(connection: Connection, cluster: str, year: int, target: str) -> Iterator[Result]:
    """Yield every figure of a target: the whole cluster's, then by province, date, basis."""
    connection.need_figures(cluster, year)
    sql = (
        "SELECT * FROM results WHERE cluster = ? AND year = ? AND target = ?"
        " ORDER BY province, as_of, basis"
    )
    return map(result_of, connection.execute(sql, (cluster, year, target)))


def count_results(
    connection: Connection,
    cluster: str,
    year: int | None = None,
    target: str | None = None,
    province: str | None = None,
    after: date | None = None,
    over_base: bool = False,
) -> int:
    """Count the results of a target, or of a province after a day; or those with base or rate."""
    for each in (year,) if year else pact.years(connection, cluster):
        connection.need_figures(cluster, each)
    limits = {
        "year = ?": year,
        "target = ?": target,
        "province = ?": province,
        "as_of > ?": after.isoformat() if after else None,
        "(coalesce(base, rate) IS NOT NULL) = ?": over_base or None,
    }
    wanted = {limit: value for limit, value in limits.items() if value is not None}
    where = "".join(f" AND {limit}" for limit in wanted)
    sql = f"SELECT count(*) AS n FROM results WHERE cluster = ?{where}"
    return int(connection.rows(sql, cluster, *wanted.values())[0]["n"])


# For each target and member, or province that came of one, the latest figure of each basis: one
# index step per cell.
_LATEST = """
WITH RECURSIVE sitting (province) AS (
    SELECT province FROM members WHERE cluster = :cluster
    UNION SELECT s.successor FROM successions s JOIN sitting ON s.predecessor = sitting.province
), cells AS (
    SELECT t.code, m.province FROM targets t
    JOIN (SELECT province FROM sitting UNION ALL SELECT NULL) m
    WHERE t.cluster = :cluster AND t.year = :year
)
SELECT r.* FROM cells
CROSS JOIN (SELECT 'actual' AS basis UNION ALL SELECT 'estimate') b
CROSS JOIN results r ON r.cluster = :cluster AND r.year = :year AND r.target = cells.code
    AND r.province IS cells.province AND r.basis = b.basis
    AND r.as_of = (
        SELECT max(x.as_of) FROM results x
        WHERE x.cluster = :cluster AND x.year = :year AND x.target = cells.code
            AND x.province IS cells.province AND x.basis = b.basis AND x.as_of <= :until
    )
"""

_BASES = """
SELECT r.* FROM results r
JOIN targets t ON t.cluster = r.cluster AND t.year = r.year AND t.code = r.target
WHERE r.cluster = :cluster AND r.year = :year AND r.target = :target AND r.basis = 'actual'
    AND r.value IS NOT NULL AND t.kind IN ('count', 'growth', 'tracked')
    AND r.as_of = (
        SELECT max(x.as_of) FROM results x
        WHERE x.cluster = :cluster AND x.year = :year AND x.target = :target AND x.province IS r.province
            AND x.basis = 'actual' AND x.value IS NOT NULL
    )
"""
