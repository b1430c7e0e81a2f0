"""Sentences about leaders and deputies, in answers and in the journal."""

from datetime import date

from htx_cli.domain.model import Leadership, Province, Term
from htx_cli.domain.records import Alteration
from htx_cli.output.layout import clean
from htx_cli.text.words import t


def deputy_text(led: Leadership | Term) -> str:
    """The deputy's name, that there is none, or that nobody wrote who it was."""
    return clean(_deputy(led))


def _deputy(led: Leadership | Term) -> str:
    if led.deputy:
        return led.deputy.name
    return t("none") if led.deputy_known else t("not stated")


def leading_words(term: Term) -> tuple[str, str]:
    """Leader and deputy of a day, each with whom it followed, or since when it leads."""
    leader, deputy = clean(term.leader.name) if term.leader else t("none"), deputy_text(term)
    if term.leader is None:
        if term.leader_after:  # else it was vacant before: what began now is of the deputy
            leader += f" ({t('leader')}: {unfollowed(term.leader_after)})"
    elif term.leader_after:
        leader += f" ({t('successor of {province}', province=term.leader_after.name)})"
    elif term.leader_since and term.leader_since > date(term.year, 1, 1):
        leader += f" ({t('since {day}', day=term.leader_since)})"
    if term.deputy and term.deputy_after:
        deputy += f" ({t('successor of {province}', province=term.deputy_after.name)})"
    return leader, deputy


def unfollowed(before: Province) -> str:
    """Say that a leader or deputy left and has no successor."""
    return t("{province} is a member no more, and nobody followed", province=clean(before.name))


def leadership_told(altered: Alteration[Leadership]) -> str:
    """Say who leads a year, and who did before."""
    stood, stands = (_roles(each) if each else None for each in (altered.before, altered.after))
    told = stands or stood or {}
    if stood and stands:
        told = {
            role: name if stood[role] == name else f"{stood[role]} → {name}"
            for role, name in stands.items()
        }
    if stood == stands:
        return t("{year}: leader {leader}, deputy {deputy}; date or reason changed", **told)
    return t("{year}: leader {leader}, deputy {deputy}", **told)


def _roles(led: Leadership) -> dict[str, str]:
    return {"year": str(led.year), "leader": led.leader.name, "deputy": _deputy(led)}


def takeover_told(altered: Alteration[Leadership]) -> str:
    """Say who took over a year in its course, or that nobody did after all."""
    led = altered.value
    said = t("{year}: leader {leader}, deputy {deputy}", **_roles(led))
    if altered.after is None:
        return t("{said}, from {day} on: taken back", said=said, day=led.first_day)
    return t("{said}, from {day} on", said=said, day=led.first_day)
