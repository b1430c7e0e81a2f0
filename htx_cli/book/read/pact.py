"""Questions to the register, the clusters and the pact of a year."""

import sqlite3
from datetime import date

from htx_cli.book.read.past import Gather
from htx_cli.book.records import (
    amendment_of,
    cluster_name_of,
    due_rule_of,
    leadership_of,
    member_of,
    province_of,
    share_of,
    succession_of,
    takeover_of,
    target_of,
    year_state_of,
)
from htx_cli.domain.model import (
    Amendment,
    Cluster,
    DueRule,
    Leadership,
    Member,
    Part,
    Province,
    Share,
    Succession,
    Target,
    YearState,
)
from htx_cli.domain.schema import FORMER


class Questions:
    """A connection that is asked; `gather` is what a book as it was must do before its figures are."""

    def __init__(self, connection: sqlite3.Connection, gather: Gather | None = None) -> None:
        self._connection = connection
        self._gather = gather

    def _figures_of(self, cluster: str, year: int) -> None:
        """To be called before results or evidence of a year are asked for."""
        if self._gather:
            self._gather(cluster, year)

    def _rows(self, sql: str, *values: object, **named: object) -> list[sqlite3.Row]:
        return self._connection.execute(sql, named or values).fetchall()


class Register(Questions):
    """Who there is and what is signed, answered with values of `model`."""

    # -- provinces and clusters ----------------------------------------------------------------

    def provinces(self) -> tuple[Province, ...]:
        """Every unit of the register, in no special order."""
        return tuple(province_of(row) for row in self._rows("SELECT * FROM provinces"))

    def aliases(self) -> tuple[tuple[str, str], ...]:
        """Other spellings, each with the id of a province it stands for."""
        return tuple((r["alias"], r["province"]) for r in self._rows("SELECT * FROM aliases"))

    def successors(self) -> dict[str, tuple[str, ...]]:
        """For each province id that went into others: which."""
        found: dict[str, tuple[str, ...]] = {}
        for row in self._rows("SELECT * FROM successions ORDER BY predecessor, successor"):
            found[row["predecessor"]] = (*found.get(row["predecessor"], ()), row["successor"])
        return found

    def successions(self) -> tuple[Succession, ...]:
        """Which unit went into which, and when."""
        rows = self._rows("SELECT * FROM successions ORDER BY day, successor, predecessor")
        known = {province.id: province for province in self.provinces()} if rows else {}
        return tuple(succession_of(row, known) for row in rows)

    def clusters(self) -> tuple[Cluster, ...]:
        """The clusters, in the order in which they were added."""
        former: dict[str, tuple[tuple[date, str], ...]] = {}
        for row in self._rows("SELECT * FROM cluster_names ORDER BY last_day"):
            former[row["cluster"]] = (*former.get(row["cluster"], ()), cluster_name_of(row))
        rows = self._rows("SELECT * FROM clusters ORDER BY rowid")
        return tuple(Cluster(r["id"], r["name"], former.get(r["id"], ())) for r in rows)

    def members(self, cluster: str) -> tuple[Member, ...]:
        """The memberships that are written, of all times, in seat order.

        What follows from them when provinces merge, `seating` derives.
        """
        rows = self._rows(
            "SELECT p.*, m.seat, m.first_day AS since, m.last_day AS until"
            " FROM members m JOIN provinces p ON p.id = m.province"
            " WHERE m.cluster = ? ORDER BY m.seat, m.first_day",
            cluster,
        )
        return tuple(member_of(row) for row in rows)

    def leaderships(self, cluster: str, year: int | None = None) -> tuple[Leadership, ...]:
        """Who led and was deputy, the earliest year first."""
        known = {province.id: province for province in self.provinces()}
        return tuple(
            leadership_of(row, known)
            for row in self._rows(_LEADERSHIPS, cluster, year or 0, year or 9999)
        )

    def takeovers(self, cluster: str, year: int | None = None) -> tuple[Leadership, ...]:
        """Who took over in mid-year, the earliest first."""
        rows = self._rows(_TAKEOVERS, cluster, year or 0, year or 9999)
        known = {province.id: province for province in self.provinces()} if rows else {}
        return tuple(takeover_of(row, known) for row in rows)

    # -- the pact of a year --------------------------------------------------------------------

    def years(self, cluster: str) -> tuple[int, ...]:
        """The years for which something is signed."""
        rows = self._rows("SELECT year FROM years WHERE cluster = ? ORDER BY year", cluster)
        return tuple(row["year"] for row in rows)

    def year_state(self, cluster: str, year: int) -> YearState | None:
        """How a year stands; None if nothing is signed for it."""
        rows = self._rows("SELECT * FROM years WHERE cluster = ? AND year = ?", cluster, year)
        return year_state_of(rows[0]) if rows else None

    def is_closed(self, cluster: str, year: int) -> bool:
        """Whether the year was closed and not reopened since."""
        state = self.year_state(cluster, year)
        return state is not None and state.closed

    def due_rules(self, cluster: str, year: int) -> tuple[DueRule, ...]:
        """When the figures of a year's periods are due; none if nobody set it."""
        rows = self._rows("SELECT * FROM due_dates WHERE cluster = ? AND year = ?", cluster, year)
        return tuple(due_rule_of(row) for row in rows)

    def amendments(self, cluster: str, year: int) -> tuple[Amendment, ...]:
        """What decisions changed of the year's signed pact, the earliest first."""
        found = [
            amendment_of(part, row)
            for part in Part
            for row in self._rows(
                f"SELECT * FROM {FORMER[part]} WHERE cluster = ? AND year = ?", cluster, year
            )
        ]
        return tuple(sorted(found, key=lambda each: each.first_day))

    def targets(self, cluster: str, year: int) -> tuple[Target, ...]:
        """The targets of a year, in the order in which they were signed."""
        rows = self._rows(
            "SELECT * FROM targets WHERE cluster = ? AND year = ? ORDER BY rowid", cluster, year
        )
        return tuple(target_of(row) for row in rows)

    def lines(self, cluster: str, year: int) -> dict[str, str | None]:
        """The lines of a year's pact with their sentences."""
        sql = "SELECT line, text FROM lines WHERE cluster = ? AND year = ? ORDER BY rowid"
        return {row["line"]: row["text"] for row in self._rows(sql, cluster, year)}

    def shares(self, cluster: str, year: int) -> tuple[Share, ...]:
        """The thresholds of single provinces in a year."""
        rows = self._rows("SELECT * FROM shares WHERE cluster = ? AND year = ?", cluster, year)
        return tuple(share_of(row) for row in rows)


_LEADERSHIPS = "SELECT * FROM leaderships WHERE cluster = ? AND year BETWEEN ? AND ? ORDER BY year"
_TAKEOVERS = "SELECT * FROM takeovers WHERE cluster = ? AND year BETWEEN ? AND ? ORDER BY first_day"
