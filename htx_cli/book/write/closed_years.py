"""Guard closed years: figures, pact, members, leaders and names must not change retroactively.

The one module that decides what a closed year forbids; every write passes through `guarded`. Figures
and the pact are keyed by their year, so they are refused before anything is written. Memberships,
names and successions bear days, not years: whether a change of them says something else of a closed
year shows when what follows from them is compared, before and after.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, Final

from msgspec import Struct

from htx_cli.book import read
from htx_cli.book.file import Connection
from htx_cli.book.journal import Put, Write
from htx_cli.book.write.replay import value
from htx_cli.domain.membership import Membership, seated
from htx_cli.domain.model import Cluster, Leadership, Member
from htx_cli.text.errors import Phrase, Rejected

# Tables of the pact and the figures, which belong to a year.
OF_YEAR: Final = frozenset({"lines", "targets", "shares", "results", "due_dates"})
# Tables that say who sat in a cluster, who led it, and what it was called.
SEATED: Final = frozenset(
    {"provinces", "successions", "clusters", "cluster_names", "members", "leaderships", "takeovers"}
)


class YearSeats(Struct, frozen=True):
    """A year of a cluster, cut to its days: ids, days and names, as they can be compared."""

    names: tuple[tuple[date, str], ...]  # each with its last day
    members: tuple[tuple[Any, ...], ...]
    unseated: tuple[tuple[Any, ...], ...]
    led: tuple[tuple[Any, ...], ...]


ClosedSeats = Mapping[tuple[str, int], YearSeats]  # by cluster and year


@contextmanager
def guarded(
    connection: Connection,
    writes: Sequence[Write],
    staged: Iterable[tuple[str, int]],
    undoing: bool,
) -> Iterator[None]:
    """Let the block write, unless that changes closed years. Raises Rejected.

    `staged` are the clusters and years of figures that the block writes beside `writes`; where it
    takes a change back, `undoing`, anything may be touched.
    """
    for cluster, year in sorted(_years_of(writes) | {*staged}):
        refuse_closed(connection, cluster, year)
    compared = undoing or any(write.table in SEATED for write in writes)
    stood = seats(connection) if compared else {}
    yield
    if stood:
        _refuse_other_seats(connection, stood)


def refuse_closed(connection: Connection, cluster: str, year: int) -> None:
    """Raise Rejected if the year is closed."""
    if read.is_closed(connection, cluster, year):
        raise Rejected("year_closed", year=str(year))


def _years_of(writes: Sequence[Write]) -> set[tuple[str, int]]:
    """Return the years whose figures or pact are written, but for those that are reopened with it."""
    touched = {(w.key["cluster"], w.key["year"]) for w in writes if w.table in OF_YEAR}
    for write in writes:
        if isinstance(write, Put) and write.table == "years" and write.record["state"] == "open":
            touched.discard((write.key["cluster"], write.key["year"]))
    return touched


def years_changed(connection: Connection, number: int) -> set[tuple[str, int]]:
    """Return the clusters and years of which a change wrote figures or a part of the pact."""
    tables = ", ".join(f"'{table}'" for table in sorted(OF_YEAR))
    record = "coalesce(after, before)"
    found = connection.rows(
        f"SELECT DISTINCT {value(record, 'cluster')}, {value(record, 'year')} FROM main.change_rows"
        f" WHERE change = ? AND table_name IN ({tables})",
        number,
    )
    return {tuple(row) for row in found}


def seats(connection: Connection) -> ClosedSeats:
    """Return every closed year with who sat in it."""
    found: dict[tuple[str, int], YearSeats] = {}
    for cluster in read.clusters(connection):
        signed = read.years(connection, cluster.id)
        years = [year for year in signed if read.is_closed(connection, cluster.id, year)]
        if years:
            membership = seated(read.members(connection, cluster.id), read.successions(connection))
            led = [
                *read.leaderships(connection, cluster.id),
                *read.takeovers(connection, cluster.id),
            ]
            found |= {(cluster.id, year): _seats(cluster, membership, led, year) for year in years}
    return found


def _refuse_other_seats(connection: Connection, stood: ClosedSeats) -> None:
    """Raise Rejected if something else is said now of a year that was closed, and still is."""
    now = seats(connection)
    changed = sorted(at for at in stood.keys() & now.keys() if now[at] != stood[at])
    if not changed:
        return
    cluster = changed[0][0]
    years = [str(year) for id, year in changed if id == cluster]
    command = {"year": years[0], "id": cluster}
    code = "reopen" if len(read.clusters(connection)) == 1 else "reopen_of"
    raise Rejected("seats_closed", years=years, command=Phrase(code, command))


def _seats(
    cluster: Cluster, membership: Membership, led: Collection[Leadership], year: int
) -> YearSeats:
    first, last = date(year, 1, 1), date(year, 12, 31)
    return YearSeats(
        names=_names(cluster, first, last),
        members=tuple(_member(m, first, last) for m in membership.ever if _sits(m, first, last)),
        unseated=tuple(
            (u.province.id, u.day, *(part.province.id for part in u.parts))
            for u in membership.unseated
            if u.day <= last and (u.province.last_day is None or u.province.last_day >= first)
        ),
        led=tuple(_led(each) for each in led if each.year == year),
    )


def _names(cluster: Cluster, first: date, last: date) -> tuple[tuple[date, str], ...]:
    """Return the names of a cluster in a year, each with its last day."""
    former = [(day, name) for day, name in cluster.former if day >= first]
    within = [each for each in former if each[0] < last]
    then = former[len(within)][1] if len(within) < len(former) else cluster.name
    return (*within, (last, then))


def _sits(member: Member, first: date, last: date) -> bool:
    return member.since <= last and (member.until is None or member.until >= first)


def _member(member: Member, first: date, last: date) -> tuple[Any, ...]:
    until = min(member.until or last, last)
    parts = tuple(_member(part, first, last) for part in member.parts)
    return member.seat, member.province.id, max(member.since, first), until, parts


def _led(leadership: Leadership) -> tuple[Any, ...]:
    deputy = leadership.deputy and leadership.deputy.id
    known = leadership.deputy_known, leadership.elected_on, leadership.because
    return leadership.first_day, leadership.leader.id, deputy, *known
