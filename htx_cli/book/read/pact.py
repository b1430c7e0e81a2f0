"""Read the pact of a year: its state, lines, targets, shares, due dates and decisions."""

from htx_cli.book.file import Connection
from htx_cli.book.records import DUE_RULES, SHARES, TARGETS, amendment_of, year_state_of
from htx_cli.book.schema import FORMER
from htx_cli.domain.model import Amendment, DueRule, PactPart, Share, Target, YearState


def years(connection: Connection, cluster: str) -> tuple[int, ...]:
    """List the years for which something is signed."""
    rows = connection.rows("SELECT year FROM years WHERE cluster = ? ORDER BY year", cluster)
    return tuple(row["year"] for row in rows)


def year_state(connection: Connection, cluster: str, year: int) -> YearState | None:
    """Return the state of a year; None if nothing is signed for it."""
    rows = connection.rows("SELECT * FROM years WHERE cluster = ? AND year = ?", cluster, year)
    return year_state_of(rows[0]) if rows else None


def is_closed(connection: Connection, cluster: str, year: int) -> bool:
    """Tell whether the year was closed and not reopened since."""
    state = year_state(connection, cluster, year)
    return state is not None and state.closed


def due_rules(connection: Connection, cluster: str, year: int) -> tuple[DueRule, ...]:
    """List when the figures of a year's periods are due; empty if nobody set it."""
    rows = connection.rows("SELECT * FROM due_dates WHERE cluster = ? AND year = ?", cluster, year)
    return tuple(DUE_RULES.load(row) for row in rows)


def amendments(connection: Connection, cluster: str, year: int) -> tuple[Amendment, ...]:
    """List what decisions changed of the year's signed pact, the earliest first."""
    found = [
        amendment_of(part, row)
        for part in PactPart
        for row in connection.rows(
            f"SELECT * FROM {FORMER[part]} WHERE cluster = ? AND year = ?", cluster, year
        )
    ]
    return tuple(sorted(found, key=lambda each: each.first_day))


def targets(connection: Connection, cluster: str, year: int) -> tuple[Target, ...]:
    """List the targets of a year, in the order in which they were signed."""
    rows = connection.rows(
        "SELECT * FROM targets WHERE cluster = ? AND year = ? ORDER BY rowid", cluster, year
    )
    return tuple(TARGETS.load(row) for row in rows)


def lines(connection: Connection, cluster: str, year: int) -> dict[str, str | None]:
    """Return the lines of a year's pact with their sentences."""
    sql = "SELECT line, text FROM lines WHERE cluster = ? AND year = ? ORDER BY rowid"
    return {row["line"]: row["text"] for row in connection.rows(sql, cluster, year)}


def shares(connection: Connection, cluster: str, year: int) -> tuple[Share, ...]:
    """List the thresholds of single provinces in a year."""
    rows = connection.rows("SELECT * FROM shares WHERE cluster = ? AND year = ?", cluster, year)
    return tuple(SHARES.load(row) for row in rows)
