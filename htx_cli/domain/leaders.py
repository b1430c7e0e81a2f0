"""Who led from which day to which: elections in mid-year, and who followed when members merged. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from htx_cli.domain.membership import Seating
from htx_cli.domain.model import Leadership, Province, Term

_NIGHT = timedelta(days=1)


def terms(
    recorded: Iterable[Leadership], takeovers: Iterable[Leadership], seating: Seating
) -> tuple[Term, ...]:
    """Every year's terms, the earliest first.

    A year is led as it is recorded; from its first day on, who took over. Who is no member any more
    is followed by the member that its province went into, without anybody recording it; by nobody
    if there is none. Where leader and deputy went into the same one, that one leads without a deputy.
    """
    elected = sorted((*recorded, *takeovers), key=_begin)
    found: list[Term] = []
    for at, each in enumerate(elected, 1):
        last = date(each.year, 12, 31)
        if at < len(elected) and elected[at].year == each.year:
            last = _begin(elected[at]) - _NIGHT
        for term in _through(each, last, seating):
            stood = found[-1] if found and found[-1].year == term.year else None
            if stood and stood.leader == term.leader:
                term = replace(term, leader_since=stood.leader_since)
            found.append(term)
    return tuple(found)


def on(terms: Iterable[Term], day: date) -> Term | None:
    """The term of a day; None if nothing is recorded for it."""
    return next((term for term in terms if term.first_day <= day <= term.last_day), None)


def _begin(leadership: Leadership) -> date:
    return leadership.first_day or date(leadership.year, 1, 1)


def _through(elected: Leadership, last: date, seating: Seating) -> Iterator[Term]:
    """The terms from an election to a last day: whenever one of the two ends, the next begins."""
    first = _begin(elected)
    leader: Province | None = elected.leader
    deputy, known = elected.deputy, elected.deputy_known
    before: tuple[Province | None, Province | None] = (None, None)
    while first <= last:
        ends = [_end(seating, province, first) for province in (leader, deputy) if province]
        until = min([last, *(end for end in ends if end)])
        begun = before == (None, None)
        yield Term(
            elected.year, first, until, leader, deputy, known,
            by=("election" if elected.first_day else "recorded") if begun else "succession",
            leader_since=first, leader_after=before[0], deputy_after=before[1],
            because=elected.because if begun else None,
        )  # fmt: skip
        first = until + _NIGHT
        stood = (leader, deputy)
        leader = _follower(seating, leader, first)
        deputy = _follower(seating, deputy, first)
        if stood[1] and deputy in (leader, None):
            deputy, known = None, True
        before = (
            stood[0] if leader != stood[0] else None,
            stood[1] if deputy != stood[1] else None,
        )


def _end(seating: Seating, province: Province, day: date) -> date | None:
    """The last day of who sits there on a day; of who does not, the province's own."""
    member = next((m for m in seating.on(day) if m.province == province), None)
    end = member.until if member else province.last_day
    return end if end and end >= day else None


def _follower(seating: Seating, province: Province | None, day: date) -> Province | None:
    """The province itself while it sits on, else the member that it went into, else nobody."""
    if province is None:
        return None
    sitting: Sequence[Province] = [m.province for m in seating.on(day)]
    if province in sitting or (province.valid_on(day) and not _left(seating, province, day)):
        return province
    heirs = (m for m in seating.on(day) if any(p.province == province for p in m.parts))
    return next((heir.province for heir in heirs), None)


def _left(seating: Seating, province: Province, day: date) -> bool:
    """Whether the province was a member until the day before."""
    return any(m.province == province for m in seating.on(day - _NIGHT))
