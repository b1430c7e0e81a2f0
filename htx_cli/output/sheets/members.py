"""The sheet of a cluster's members: on a day, before it, after it, and those without a seat."""

from collections.abc import Iterable

from htx_cli.domain.lists import Members
from htx_cli.domain.model import Member
from htx_cli.output.layout import Grid, Notes, Sheet, Text, clean, headings
from htx_cli.output.wording.members import unseated_ahead, unseated_text
from htx_cli.text.words import shown, t


def sheet(members: Members, room: int | None) -> Sheet:
    """The members of the day in seat order; then the others with their days."""
    last = t("until")
    blocks: list[Grid | Notes] = [
        _grid(members.sitting, last, t("came from"), {m: _parts(m) for m in members.sitting})
    ]
    missing = [*map(unseated_text, members.unseated), *map(unseated_ahead, members.unseated_later)]
    if missing:
        blocks.append(Notes(missing, t("Not seated")))
    if members.former:
        into = {m: _name(members, m) for m in members.former}
        blocks.append(_grid(members.former, t("left"), t("went into"), into, t("Former members")))
    if members.later:
        parts = {m: _parts(m) for m in members.later}
        blocks.append(_grid(members.later, last, t("came from"), parts, t("To come")))
    title = f"{clean(members.cluster.name)} · {t('members on {day}', day=members.on)}"
    return Sheet(title, blocks)


def _grid(
    members: Iterable[Member], last: str, beside: str, told: dict[Member, str], title: str = ""
) -> Grid:
    rows: list[list[Text]] = [
        [
            str(m.seat),
            clean(m.province.name),
            shown(m.since),
            shown(m.until) if m.until else "",
            told[m],
        ]
        for m in members
    ]
    columns = headings("rlllf", t("seat"), t("member"), t("joined"), last, beside)
    return Grid(columns, rows, title)


def _parts(member: Member) -> str:
    return ", ".join(clean(part.province.name) for part in member.parts)


def _name(members: Members, member: Member) -> str:
    into = members.into.get(member.province.id)
    return clean(into.name) if into else ""
