"""Sentences of the journal about years, lines of the pact, and what stood before a decision."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from htx_cli.domain.changes import Change
from htx_cli.domain.model import Amendment, Line, Pact, PactPart, YearState
from htx_cli.domain.records import Alteration, alteration_of
from htx_cli.text.words import number, t

_FORMER = frozenset(part.former for part in PactPart)


def opened(change: Change) -> str:
    """A draft that was made of an earlier pact, in one sentence; empty for any other change."""
    for row in change.rows:
        if row.drafts and change.drafted is not None:
            year = str(alteration_of(row, change.glossary).year)
            count = number(Decimal(change.drafted))
            return t("{year} opened as a draft of {count} targets", year=year, count=count)
    return ""


def by_decision(change: Change) -> list[str]:
    """The decisions that a change of a signed pact rests on, each with its first day."""
    found = [
        alteration_of(row, change.glossary).after for row in change.rows if row.table in _FORMER
    ]
    told = [
        t("by decision {number} from {day}", number=each.decision, day=each.first_day)
        for each in found
        if each
    ]
    return list(dict.fromkeys(told)) if len(told) < len(change.rows) else []


def _year(altered: Alteration[YearState]) -> str:
    state, before, year = altered.value, altered.before, str(altered.year)
    if altered.after is None:
        return t("year {year} taken back", year=year)
    if before and state.closed != before.closed:
        if state.closed:
            return t("year {year} closed", year=year)
        return t("year {year} reopened", year=year)
    if before and before.pact and not state.pact:
        return t("pact of {year} is not signed any longer", year=year)
    if state.pact is Pact.SIGNED:
        day = state.signed_on
        if before and before.signed_on:
            was = before.signed_on
            return t("pact of {year} signed on {day} (was {was})", year=year, day=day, was=was)
        return t("pact of {year} signed on {day}", year=year, day=day)
    if state.pact is Pact.DRAFT:
        return t("pact of {year} is a draft", year=year)
    if state.closed:
        return t("year {year} closed", year=year)
    return t("year {year} begun", year=year)


def _line(altered: Alteration[Line]) -> str:
    line = altered.value
    what = {"line": line.line, "year": str(altered.year)}
    if altered.after is None:
        return t("line {line} of {year} removed", **what)
    if not line.text:
        return t("line {line} of {year} without its text", **what)
    both = (altered.before, altered.after)
    texts = [f"“{each.text}”" for each in both if each and each.text]
    return f"{t('line {line} of {year}', **what)}: {' → '.join(texts)}"


def _former(altered: Alteration[Amendment]) -> str:
    """Say that a line, a target or a share stood otherwise until a day."""
    former, year = altered.value, altered.year
    what = former.code
    if former.part is PactPart.LINE:
        what = t("line {line}", line=former.code)
    elif former.province:
        what = f"{altered.ids.name(former.province, year)} {former.code}"
    places = {"what": what, "year": str(year), "number": former.decision}
    last = former.first_day - timedelta(1)
    if altered.after is None:
        return t("{what} of {year}: what stood until {day} is no longer kept", **places, day=last)
    return t("{what} of {year} stood as before until {day} (decision {number})", **places, day=last)


SENTENCES: dict[str, Callable[[Alteration[Any]], str]] = {
    "years": _year,
    "lines": _line,
    **dict.fromkeys(_FORMER, _former),
}
