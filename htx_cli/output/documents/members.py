"""The members of a cluster as a document of htx.members/1 and as flat records."""

from htx_cli.domain.lists import Members
from htx_cli.domain.model import Member, Unseated
from htx_cli.output.documents.values import Document, Records, named, picked

MEMBER = (
    "state", "seat", "id", "name", "first_day", "last_day", "came_from", "went_into", "on", "cluster",
)  # fmt: skip


def document(members: Members) -> Document:
    """htx.members/1; `seated` says whether a merger made it a member or somebody's command."""
    return {
        **picked(members, "cluster on"),
        "members": [_member(members, each) for each in members.sitting],
        "former": [_member(members, each) for each in members.former],
        "later": [_member(members, each) for each in members.later],
        "unseated": [unseated_document(each) for each in members.unseated],
        "unseated_later": [unseated_document(each) for each in members.unseated_later],
    }


def _member(members: Members, member: Member) -> Document:
    return {
        **picked(member, "province.id province.name seat first_day=since last_day=until"),
        "came_from": [named(part.province) for part in member.parts],
        "went_into": named(members.into.get(member.province.id)),
        "seated": "merger" if member.derived else "command",
    }


def unseated_document(unseated: Unseated) -> Document:
    """A province that came of members and takes no seat by itself."""
    return {
        **picked(unseated, "province.id province.name day"),
        "members": [named(part.province) for part in unseated.parts],
        **picked(unseated, "others"),
    }


def records(found: Members) -> Records:
    """The members of the day, then who left, who comes, and who is not seated or will not be."""
    made = document(found)
    rows = []
    for state, key in (("member", "members"), ("former", "former"), ("later", "later")):
        rows += [{**each, "state": state} for each in made[key]]
    rows += [
        {**each, "state": state, "first_day": each["day"], "came_from": came}
        for state in ("unseated", "unseated_later")
        for each in made[state]
        for came in ([*each["members"], *each["others"]],)
    ]
    frame = {"on": made["on"], "cluster": made["cluster"]["id"]}
    return Records(MEMBER, [{**row, **frame, **_ids(row)} for row in rows])


def _ids(row: Document) -> Document:
    into = row.get("went_into")
    return {
        "came_from": [each["id"] for each in row["came_from"]],
        "went_into": into["id"] if into else None,
    }
