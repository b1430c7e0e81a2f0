"""Leaders and what the rotation proposed, as documents and as flat records."""

from htx_cli.domain.changes import Done
from htx_cli.domain.leaders import Leaders, Proposal, Rotation
from htx_cli.domain.model import Leadership, Term
from htx_cli.output.documents.journal import change_document, warnings_of
from htx_cli.output.documents.members import unseated_document
from htx_cli.output.documents.values import (
    Document,
    Records,
    iso,
    known_document,
    known_number,
    named,
)

LEADERSHIP = (
    "year", "leader_id", "leader_name", "deputy_id", "deputy_name", "deputy_known", "on",
    "because",
)  # fmt: skip
LEADER = (
    *LEADERSHIP, "rule", "change", "recorded_at", "first_day", "last_day", "by", "leader_after",
    "deputy_after", "known_at",
)  # fmt: skip
ROTATION = (
    *LEADERSHIP, "leader_rule", "deputy_rule", "proposed_leader", "proposed_deputy", "change",
    "hash", "dry_run", "summary",
)  # fmt: skip


def document(led: Leaders | Done[Rotation]) -> Document:
    """htx.leaders/1; of a rotation that was recorded htx.change/1."""
    return _leaders(led) if isinstance(led, Leaders) else _rotation(led)


def _leaders(leaders: Leaders) -> Document:
    """Every year with its terms, the seats, and who is next."""
    return {
        "cluster": {"id": leaders.cluster.id, "name": leaders.cluster.name},
        "years": [
            {
                **_leadership(each),
                "rule": named.leader.rule if (named := leaders.named.get(each.year)) else None,
                "change": head.number if (head := leaders.recorded.get(each.year)) else None,
                "recorded_at": head.at.isoformat() if head else None,
                "terms": [_term(x) for x in leaders.terms if x.year == each.year],
            }
            for each in leaders.years
        ],
        "seats": [
            {
                "seat": seat.member.seat,
                "id": seat.member.province.id,
                "name": seat.member.province.name,
                "last_led": seat.last_led,
            }
            for seat in leaders.seats
        ],
        "waiting": [province.id for province in leaders.waiting],
        "next": _proposal(leaders.next),
        "projection": [_proposal(each) for each in leaders.projected],
        "unseated": [unseated_document(each) for each in leaders.unseated],
        "known_at": known_document(leaders.known_at),
        "checkpoint": leaders.checkpoint,
    }


def _leadership(leadership: Leadership) -> Document:
    """The leader and deputy of a year."""
    return {
        "year": leadership.year,
        "leader": named(leadership.leader),
        "deputy": named(leadership.deputy),
        "deputy_known": leadership.deputy_known,
        "on": iso(leadership.elected_on),
        "because": leadership.because,
    }


def _term(term: Term) -> Document:
    """A term: leader and deputy from a day to a day, whom they followed, and why."""
    return {
        "first_day": iso(term.first_day),
        "last_day": iso(term.last_day),
        "leader": named(term.leader),
        "deputy": named(term.deputy),
        "deputy_known": term.deputy_known,
        "by": term.by,
        "leader_after": named(term.leader_after),
        "deputy_after": named(term.deputy_after),
        "because": term.because,
    }


def _proposal(proposal: Proposal | None) -> Document | None:
    if proposal is None:
        return None
    return {
        "year": proposal.year,
        "leader": named(proposal.leader.province),
        "deputy": named(proposal.deputy.province),
        "rule": proposal.leader.rule,
        "deputy_rule": proposal.deputy.rule,
    }


def _rotation(done: Done[Rotation]) -> Document:
    """A change with what was proposed and recorded."""
    rotation = done.answer
    return {
        **change_document(done.change),
        "leadership": _leadership(rotation.recorded),
        "proposal": _proposal(rotation.proposed),
        "rules": {"leader": rotation.chosen.leader.rule, "deputy": rotation.chosen.deputy.rule},
        "warnings": warnings_of(done),
    }


def records(led: Leaders | Done[Rotation]) -> Records:
    """The terms of all years; or the one leadership that was recorded."""
    if isinstance(led, Leaders):
        return Records(LEADER, _leader_rows(led))
    return Records(ROTATION, [_rotation_row(led)])


def _leader_rows(leaders: Leaders) -> list[Document]:
    """Leader and deputy, term by term; then of the years to come, if they were asked for."""
    made = _leaders(leaders)
    known = known_number(leaders.known_at)
    rows = []
    for year in made["years"]:
        for at, term in enumerate(year["terms"]):
            of_year = year if at == 0 else {"year": year["year"], "on": _elected(term)}
            rows.append(_flattened({**term, **of_year, **known}))
    for each in made["projection"]:
        rows.append(_flattened({**each, "deputy_known": True, "by": "projection", **known}))
    return rows


def _elected(term: Document) -> str | None:
    return term["first_day"] if term["by"] == "election" else None


def _flattened(leadership: Document) -> Document:
    made = {**leadership}
    for role in ("leader", "deputy"):
        named = made.pop(role) or {}
        made |= {f"{role}_id": named.get("id"), f"{role}_name": named.get("name")}
        after = made.pop(f"{role}_after", None)
        made[f"{role}_after"] = after["id"] if after else None
    return made


def _rotation_row(done: Done[Rotation]) -> Document:
    """The leader and deputy recorded, the rules that named them, and what was proposed."""
    rotation = done.answer
    proposed = rotation.proposed
    first, second = proposed.leader.province, proposed.deputy.province
    return {
        **_flattened(_leadership(rotation.recorded)),
        "leader_rule": rotation.chosen.leader.rule,
        "deputy_rule": rotation.chosen.deputy.rule,
        "proposed_leader": first.id if first else None,
        "proposed_deputy": second.id if second else None,
        **change_document(done.change),
    }
