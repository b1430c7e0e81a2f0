"""Memberships of a cluster, through mergers and new names of provinces. Pure.

A membership is written when a province joins or leaves. When members merge, nobody writes anything:
the province that came of them sits from its first day on in the earliest of their seats, provided
that all its parts sat there on the eve. This is the one place that derives it.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from htx_cli.domain.model import Member, Province, Succession, Unseated

_NIGHT = timedelta(days=1)


class Membership(Struct, frozen=True):
    """All memberships of a cluster there ever were, in seat order, and who could have sat there."""

    ever: tuple[Member, ...]
    unseated: tuple[Unseated, ...] = ()

    def on(self, day: date) -> tuple[Member, ...]:
        """The members of a day, in seat order."""
        return tuple(member for member in self.ever if member.on(day))

    def unseated_on(self, day: date) -> tuple[Unseated, ...]:
        """Return who came of members, but sits there only once somebody adds it."""
        return tuple(u for u in self.unseated if u.day <= day and u.province.valid_on(day))


def seated(written: Iterable[Member], successions: Iterable[Succession]) -> Membership:
    """The memberships as written, and those that follow from them by the successions.

    A membership that is written for the successor wins, whatever it says. A part whose membership
    somebody ended, at the latest on the eve, hands nothing on; if it was to end later, the
    successor sits until then. The earliest merger comes first, so that a successor may merge again.
    """
    ever = list(written)
    unseated = []
    for (day, _), group in sorted(_by_event(successions).items()):
        eve, successor = day - _NIGHT, group[0].successor
        sitting = {m.province.id: m for m in ever if m.on(eve)}
        parts = [sitting[s.predecessor.id] for s in group if s.predecessor.id in sitting]
        if any(member.province.id == successor.id for member in ever):
            others = [s.predecessor for s in group if s.predecessor.id not in sitting]
            ever = [_came_of(m, successor.id, parts, others) for m in ever]
            continue
        staying = [part for part in parts if part.last_day is None or part.last_day > eve]
        if staying and len(staying) == len(group):
            ever.append(_successor(group[0], staying))
        elif staying:
            names = {part.province for part in staying}
            others = [s.predecessor for s in group if s.predecessor not in names]
            unseated.append(Unseated(successor, day, tuple(staying), tuple(others)))
    return Membership(tuple(sorted(ever, key=_in_order)), tuple(unseated))


def _by_event(successions: Iterable[Succession]) -> dict[tuple[date, str], list[Succession]]:
    """The successions by day and by the province that came of them, each with all its parts."""
    events: dict[tuple[date, str], list[Succession]] = {}
    for succession in sorted(successions, key=lambda each: each.predecessor.id):
        events.setdefault((succession.day, succession.successor.id), []).append(succession)
    return events


def _successor(event: Succession, parts: Sequence[Member]) -> Member:
    days = [part.last_day for part in parts if part.last_day]
    return Member(
        province=event.successor,
        seat=min(part.seat for part in parts),
        first_day=max(event.day, event.successor.first_day),
        last_day=max(days) if len(days) == len(parts) else None,
        derived=True,
        parts=tuple(sorted(parts, key=_in_order)),
    )


def _came_of(
    member: Member, id: str, parts: Sequence[Member], others: Sequence[Province]
) -> Member:
    """A written membership; if it is the successor's, with those that it continues."""
    if member.province.id != id:
        return member
    return replace(member, parts=tuple(sorted(parts, key=_in_order)), others=tuple(others))


def _in_order(member: Member) -> tuple[int, date, str]:
    return member.seat, member.first_day, member.province.id
