"""Sentences about members and clusters, in answers and in the journal."""

from datetime import date

from htx_cli.domain.model import Cluster, Member, Unseated
from htx_cli.domain.names import unseated_words
from htx_cli.domain.records import Alteration
from htx_cli.output.layout import clean
from htx_cli.text.words import t


def unseated_text(unseated: Unseated) -> str:
    """Say why a province has no seat by itself, and what to type."""
    words = unseated_words(unseated)
    said = t(
        "{province} has no seat since {day}: beside {parts} it came of {others},"
        " from outside the cluster.",
        **words,
    )
    return _with_advice(said, words)


def unseated_ahead(unseated: Unseated) -> str:
    """Say the same of a day to come, or of one that years are reckoned from."""
    words = unseated_words(unseated)
    said = t(
        "{province} takes no seat by itself on {day}: beside {parts} it comes of {others},"
        " from outside the cluster.",
        **words,
    )
    return _with_advice(said, words)


def _with_advice(said: str, words: dict[str, object]) -> str:
    return clean(said + " " + t("To seat it: htx add-member {id} --since {day}", **words))


def member_told(altered: Alteration[Member]) -> str:
    """Say from when until when a province is a member, or what changed of that."""
    member, before = altered.value, altered.before
    name, day, until = member.province.name, member.first_day, member.last_day
    if ended := altered.ids.ended(altered.row):
        name = t("{name} ({id}, until {day})", name=name, id=member.province.id, day=ended)
    what = {"province": name, "seat": str(member.seat), "day": day}
    if before is None and until:
        return t(
            "{province} is a member from {day} until {until}, seat {seat}", **what, until=until
        )
    if before is None:
        return t("{province} is a member from {day}, seat {seat}", **what)
    if before.first_day != day:
        was = before.first_day
        return t("{province} is a member from {day} (was {was})", **what, was=was)
    if until:
        return t("{province} is a member until {until}", province=name, until=until)
    if before.last_day:
        return t("{province} is a member without a last day again", province=name)
    return t("{province}: membership changed", province=name)


def cluster_told(altered: Alteration[Cluster]) -> str:
    """Say that a cluster is new or has another name."""
    name = altered.value.name
    if altered.before:
        return t("cluster {was} is now called {name}", was=altered.before.name, name=name)
    return t("cluster {name} added", name=name)


def cluster_name_told(altered: Alteration[tuple[date, str]]) -> str:
    """Say what a cluster was called before."""
    day, name = altered.value
    if altered.after is None:
        return t("its name until {day} is taken back", day=day)
    return t("its name was {name} until {day}", name=name, day=day)
