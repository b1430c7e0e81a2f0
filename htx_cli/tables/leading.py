"""Who led, who leads, who is next."""

from htx_cli.answers import Choice, Leaders, Proposal, Rotation
from htx_cli.model import Leadership
from htx_cli.tables import Column, Grid, Ink, Notes, Sheet, Text, clean
from htx_cli.tables.figures import known_lines
from htx_cli.words import RULE_WORDS, shown, t


def leaders(leaders: Leaders, room: int | None) -> Sheet:
    """Every year, the seats, who has waited longest, and the next year's proposal."""
    years: list[list[Text]] = [
        [str(y.year), clean(y.leader.name), deputy_text(y), _on(y), _because(leaders, y)]
        for y in leaders.years
    ]
    seats: list[list[Text]] = [
        [str(s.member.seat), clean(s.member.province.name), str(s.last_led or t("never"))]
        for s in leaders.seats
    ]
    blocks: list[Grid | Notes] = [
        Grid(
            [
                Column(t("year"), right=True),
                Column(t("leader")),
                Column(t("deputy")),
                Column(t("elected on")),
                Column(t("because"), flexible=True),
            ],
            years,
        ),
        Grid(
            [Column(t("seat"), right=True), Column(t("member")), Column(t("last led"), right=True)],
            seats,
        ),
    ]
    if leaders.waiting:
        order = " → ".join(clean(province.name) for province in leaders.waiting)
        blocks.append(Notes([order], t("Who has waited longest, first")))
    if leaders.next:
        blocks.append(_proposal(leaders.next, t("Next: {year}", year=str(leaders.next.year))))
    return Sheet(clean(leaders.cluster.name), blocks, known_lines(leaders.known_at))


def rotation(rotation: Rotation, room: int | None) -> Sheet:
    """What is recorded for the year, and which rule named each."""
    return Sheet(t("Leader of {year}", year=str(rotation.year)), [_proposal(rotation.chosen, "")])


def _proposal(proposal: Proposal, title: str) -> Grid:
    rows: list[list[Text]] = [
        [t("leader"), Ink(_name(proposal.leader), "bold"), t(RULE_WORDS[proposal.leader.rule])],
        [t("deputy"), _name(proposal.deputy), t(RULE_WORDS[proposal.deputy.rule])],
    ]
    columns = [Column(t("role")), Column(t("province")), Column(t("named by"), flexible=True)]
    return Grid(columns, rows, title)


def _name(choice: Choice) -> str:
    return clean(choice.province.name) if choice.province else "–"


def deputy_text(leadership: Leadership) -> str:
    """The deputy's name, that there is none, or that nobody wrote who it was."""
    if leadership.deputy:
        return clean(leadership.deputy.name)
    return t("none") if leadership.deputy_known else t("not stated")


def _because(leaders: Leaders, year: Leadership) -> str:
    """The reason that was given; else the rule that named the leader, and when it was recorded."""
    if (named := leaders.named.get(year.year)) is None:
        return clean(year.because)
    rule = named.leader.rule
    said = t("as the rotation proposed")
    if rule != "election":  # what it proposed then cannot be told any more
        said += f": {t(RULE_WORDS[rule])}"
    if head := leaders.recorded.get(year.year):
        day = head.at.astimezone().date()
        said += f" ({t('recorded {day}, change {number}', day=day, number=str(head.number))})"
    return said


def _on(leadership: Leadership) -> str:
    return shown(leadership.elected_on) if leadership.elected_on else ""
