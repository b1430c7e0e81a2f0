"""Leaders and what the rotation proposed, as documents and as flat records."""

from htx_cli.domain.changes import Done
from htx_cli.domain.leaders import Leaders, Proposal, Rotation
from htx_cli.domain.model import Leadership, Term
from htx_cli.output.documents.journal import change_document, warnings_of
from htx_cli.output.documents.members import unseated_document
from htx_cli.output.documents.values import (
    Document,
    Records,
    known_document,
    known_number,
    picked,
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
        **picked(leaders, "cluster"),
        "years": [
            {
                **_leadership(each),
                **picked(leaders.named.get(each.year), "leader.rule"),
                **picked(leaders.recorded.get(each.year), "change=number recorded_at=at"),
                "terms": [_term(x) for x in leaders.terms if x.year == each.year],
            }
            for each in leaders.years
        ],
        "seats": [
            picked(each, "member.seat member.province.id member.province.name last_led")
            for each in leaders.seats
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
    return picked(leadership, "year leader deputy deputy_known on=elected_on because")


def _term(term: Term) -> Document:
    """A term: leader and deputy from a day to a day, whom they followed, and why."""
    led = "first_day last_day leader deputy deputy_known by leader_after deputy_after because"
    return picked(term, led)


def _proposal(proposal: Proposal | None) -> Document | None:
    led = "year leader=leader.province deputy=deputy.province leader.rule deputy_rule=deputy.rule"
    return picked(proposal, led) if proposal else None


def _rotation(done: Done[Rotation]) -> Document:
    """A change with what was proposed and recorded."""
    rotation = done.answer
    return {
        **change_document(done.change),
        "leadership": _leadership(rotation.recorded),
        "proposal": _proposal(rotation.proposed),
        "rules": picked(rotation.chosen, "leader=leader.rule deputy=deputy.rule"),
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
            elected = term["first_day"] if term["by"] == "election" else None
            of_year = year if at == 0 else {"year": year["year"], "on": elected}
            rows.append(_flattened({**term, **of_year, **known}))
    for each in made["projection"]:
        rows.append(_flattened({**each, "deputy_known": True, "by": "projection", **known}))
    return rows


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
    chosen, proposed = done.answer.chosen, done.answer.proposed
    return {
        **_flattened(_leadership(done.answer.recorded)),
        **picked(chosen, "leader_rule=leader.rule deputy_rule=deputy.rule"),
        **picked(proposed, "proposed_leader=leader.province.id proposed_deputy=deputy.province.id"),
        **change_document(done.change),
    }
