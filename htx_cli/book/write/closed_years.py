"""Who sat, who led and what the cluster was called in the years that are closed: it stays so.

Memberships, names and mergers bear days, not years; whether a change of them says something else of a
closed year shows when what follows from them is compared. The one place that does.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from htx_cli.book import read
from htx_cli.book.file import Connection
from htx_cli.domain.membership import Membership, seated
from htx_cli.domain.model import Cluster, Leadership, Member
from htx_cli.text.errors import Phrase, Rejected


@dataclass(frozen=True, slots=True)
class Seats:
    """A year of a cluster, cut to its days: ids, days and names, as they can be compared."""

    names: tuple[tuple[date, str], ...]  # each with its last day
    members: tuple[tuple[Any, ...], ...]
    unseated: tuple[tuple[Any, ...], ...]
    led: tuple[tuple[Any, ...], ...]


Closed = Mapping[tuple[str, int], Seats]  # by cluster and year


def closed(connection: Connection) -> Closed:
    """Every closed year with who sat in it."""
    found: dict[tuple[str, int], Seats] = {}
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


def refuse_changed(connection: Connection, stood: Closed) -> None:
    """Raises Rejected if of a year that was closed, and is, something else is said than `stood`."""
    now = closed(connection)
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
) -> Seats:
    first, last = date(year, 1, 1), date(year, 12, 31)
    return Seats(
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
    """What it was called, until when, in the year."""
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
