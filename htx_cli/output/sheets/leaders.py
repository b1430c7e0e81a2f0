"""Sheets of leaders: every year's, the rotation, and the proposal for the next year."""

from collections.abc import Sequence

from htx_cli.domain.changes import Done
from htx_cli.domain.leaders import Leaders, Nominee, Proposal, Rotation
from htx_cli.domain.model import Leadership, Term
from htx_cli.output.layout import Column, Grid, Ink, Notes, Sheet, Text, clean, headings
from htx_cli.output.wording.figures import known_lines
from htx_cli.output.wording.leaders import deputy_text, unfollowed
from htx_cli.output.wording.members import unseated_ahead
from htx_cli.output.wording.report import checkpoint_note
from htx_cli.text.words import RULE_WORDS, shown, t


def sheet(led: Leaders | Done[Rotation], room: int | None) -> Sheet:
    """Leaders with the rotation, or what a rotation recorded."""
    return _leaders(led) if isinstance(led, Leaders) else _rotation(led.answer)


def _leaders(leaders: Leaders) -> Sheet:
    """Every year, the seats, who has waited longest, the next year's proposal and those after it."""
    seats: list[list[Text]] = [
        [str(s.member.seat), clean(s.member.province.name), str(s.last_led or t("never"))]
        for s in leaders.seats
    ]
    blocks: list[Grid | Notes] = [
        _years(leaders),
        *_vacant(leaders),
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
    if leaders.projected:
        blocks.append(_projected(leaders.projected))
    if leaders.unseated:
        blocks.append(Notes([*map(unseated_ahead, leaders.unseated)], t("Not seated")))
    blocks += checkpoint_note(leaders.checkpoint)
    return Sheet(clean(leaders.cluster.name), blocks, known_lines(leaders.known_at))


def _years(leaders: Leaders) -> Grid:
    """The terms of every year; where one has several, the day on which each began."""
    recorded = {each.year: each for each in leaders.years}
    several = {term.year for term in leaders.terms if term.by != "recorded"}
    rows: list[list[Text]] = []
    for term in leaders.terms:
        begun = [shown(term.first_day) if term.year in several else ""] if several else []
        first = recorded[term.year] if term.by == "recorded" else None
        on = first.elected_on if first else term.first_day if term.by == "election" else None
        why = _because(leaders, first) if first else _why(term)
        leader = clean(term.leader.name) if term.leader else "–"
        elected = shown(on) if on else ""
        rows.append([str(term.year), *begun, leader, deputy_text(term), elected, why])
    columns = [
        Column(t("year"), right=True),
        *([Column(t("from"))] if several else []),
        *headings("lllf", t("leader"), t("deputy"), t("elected on"), t("because")),
    ]
    return Grid(columns, rows)


def _projected(proposals: Sequence[Proposal]) -> Grid:
    rows: list[list[Text]] = [
        [str(p.year), _name(p.leader), _name(p.deputy), t(RULE_WORDS[p.leader.rule])]
        for p in proposals
    ]
    columns = headings("rllf", t("year"), t("leader"), t("deputy"), t("named by"))
    return Grid(columns, rows, t("If the rotation holds"))


def _rotation(rotation: Rotation) -> Sheet:
    """The leader and deputy recorded for a year, and the rule that named each."""
    title = t("Leader of {year}", year=str(rotation.year))
    if day := rotation.recorded.first_day:
        title = t("Leader of {year} from {day} on", year=str(rotation.year), day=day)
    return Sheet(title, [_proposal(rotation.chosen, "")])


def _proposal(proposal: Proposal, title: str) -> Grid:
    rows: list[list[Text]] = [
        [t("leader"), Ink(_name(proposal.leader), "bold"), t(RULE_WORDS[proposal.leader.rule])],
        [t("deputy"), _name(proposal.deputy), t(RULE_WORDS[proposal.deputy.rule])],
    ]
    columns = [Column(t("role")), Column(t("province")), Column(t("named by"), flexible=True)]
    return Grid(columns, rows, title)


def _name(choice: Nominee) -> str:
    return clean(choice.province.name) if choice.province else "–"


def _why(term: Term) -> str:
    """Explain why a term began in mid-year: an election, or a member that left."""
    if term.by == "election":
        return clean(term.because)
    told = []
    for role, now, before in (
        (t("leader"), term.leader, term.leader_after),
        (t("deputy"), term.deputy, term.deputy_after),
    ):
        if before and now:
            told.append(f"{role}: {t('successor of {province}', province=before.name)}")
        elif before:
            told.append(f"{role}: {unfollowed(before)}")
    return clean("; ".join(told))


def _vacant(leaders: Leaders) -> list[Notes]:
    """Advise what to type where nobody leads, once for each day from which on nobody does."""
    said = [
        t(
            "Nobody leads from {day} on. To record who does: htx rotate-leader --year {year} "
            "--leader PROVINCE --on {day} --because TEXT",
            day=term.first_day,
            year=str(term.year),
        )
        for term in leaders.terms
        if term.leader is None and term.leader_after
    ]
    return [Notes(said)] if said else []


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
