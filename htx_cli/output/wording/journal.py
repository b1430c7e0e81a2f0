"""A change of the journal in one sentence, and each record that it touched."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from htx_cli.domain.changes import Change, ChangeHead, ChangeRow, Glossary, Record
from htx_cli.domain.model import PactPart, Province, Result, Share, Succession, Target
from htx_cli.domain.records import TARGETS, Alteration, alteration_of
from htx_cli.domain.targets import PER_CENT, Kind, Scope
from htx_cli.output.layout import clean
from htx_cli.output.wording import years
from htx_cli.output.wording.due import due_rule_told
from htx_cli.output.wording.evidence import document_told, evidence_told, figure_place, is_yes_no
from htx_cli.output.wording.figures import reported_text, signed
from htx_cli.output.wording.handover import handover_told
from htx_cli.output.wording.leaders import leadership_told, takeover_told
from htx_cli.output.wording.members import cluster_name_told, cluster_told, member_told
from htx_cli.text.words import KIND_WORDS, number, shown, t

_FIRST = 3  # records that are told one by one
_TAKEN_BACK = frozenset(
    ("clusters", "members", "leaderships", "takeovers", "provinces", "aliases", "successions")
)
_BESIDE = (  # told only when alone
    "years", "lines", "successions", "aliases", "settings", "documents", *(part.former for part in PactPart),
)  # fmt: skip


def when(head: ChangeHead) -> str:
    """The time of a change, by the clock of whoever reads it."""
    text = f"{head.at.astimezone():%d/%m/%Y %H:%M}"
    return f"{text} {t('(fixed clock)')}" if head.fixed_clock else text


def more(count: int) -> str:
    """Say how many are not told one by one."""
    return t("and {count} more", count=number(Decimal(count)))


def describe(change: Change) -> str:
    """Say in one sentence what a change did; of many records the first ones."""
    if not change.count:
        return t("nothing of it was left to do: the book said so already")
    if any(r.table == "settings" and r.key == "register" and not r.before for r in change.rows):
        return t("new book with the register of provinces")
    if draft := years.opened(change):
        return draft
    rows = change.together()
    telling = [row for row in rows if _tells(row)] or rows
    alone = change.count == 1
    first = telling[:_FIRST] + [r for r in telling[_FIRST:] if change.glossary.ended(r)]
    told = [sentence(row, change.glossary, alone) for row in first]
    beside = len(change.rows) - len(telling)
    left = change.count - beside - len(told)
    return "; ".join([*told, *([more(left)] if left > 0 else ()), *years.by_decision(change)])


def _tells(row: ChangeRow) -> bool:
    reworded = row.table == "lines" and row.before is not None and row.after is not None
    return reworded or row.table not in _BESIDE


def sentence(row: ChangeRow, glossary: Glossary, whole: bool = True) -> str:
    """Say what happened to one record; unless `whole`, of a new figure neither source nor note."""
    if row.after is None and row.table in _TAKEN_BACK:
        stood = replace(row, before=None, after=row.before)
        return t("taken back: {what}", what=sentence(stood, glossary, whole))
    make = _SENTENCES.get(row.table)
    if make is None:
        return clean(f"{row.table} {row.key}")
    altered = alteration_of(row, glossary)
    text = make(altered)
    if row.table == "results" and altered.after and (whole or altered.before):
        text = "; ".join([text, *_beside_the_figure(altered.before, altered.after)])
    return clean(text)


def _result(altered: Alteration[Result]) -> str:
    where, before, after = figure_place(altered), altered.before, altered.after
    if before is None or after is None:
        what = reported_text(altered.value, is_yes_no(altered))
        if before is None:
            return t("{province} {code} as of {day}: {after}", **where, after=what)
        return t("{province} {code} as of {day}: {before} withdrawn", **where, before=what)
    was, now = (reported_text(each, is_yes_no(altered), False) for each in (before, after))
    what = now if was == now else f"{was} → {now}"
    return t("{province} {code} as of {day}: {after}", **where, after=what)


def _beside_the_figure(before: Result | None, after: Result) -> list[str]:
    """Base, source and note: of a new figure what it has, of a correction what is not as it was."""
    pairs: list[tuple[str, str | None, str | None]] = []
    if before:
        pairs.append((t("base"), _base(before), _base(after)))
    pairs.append((t("source"), _quoted(before.source if before else None), _quoted(after.source)))
    pairs.append((t("note"), _quoted(before.note if before else None), _quoted(after.note)))
    told = []
    for what, old, new in pairs:
        if old == new:
            continue
        if new is None:
            told.append(t("{what} {old} no longer stands", what=what, old=old))
        else:
            told.append(f"{what} {new}" if old is None else f"{what} {old} → {new}")
    return told


def _base(result: Result) -> str | None:
    return None if result.figure.base is None else number(result.figure.base)


def _quoted(text: str | None) -> str | None:
    return None if text is None else f"“{text}”"


def _target(altered: Alteration[Target]) -> str:
    target, before, after = altered.value, altered.before, altered.after
    what = {"code": target.code, "year": str(target.year), "title": target.title}
    if before is None:
        told = t("target {code} of {year} added: {title}", **what)
        return f"{told}{' ' if target.bound else ', '}{_signed_in_full(target)}"
    if after is None:
        return t("target {code} of {year} removed: {title}", **what)
    fields = "; ".join(_fields(before, after))
    return t("target {code} of {year} changed: {fields}", **what, fields=fields)


def _asked(target: Target) -> str:
    """The threshold with its unit: `≥20 HTX`, `≥60%`; the kind where there is no threshold."""
    text = signed(target) if target.bound else t(KIND_WORDS[target.kind])
    in_units = target.bound and target.kind not in PER_CENT
    return f"{text} {target.unit}" if target.unit and in_units else text


def _signed_in_full(target: Target) -> str:
    """`≥20 HTX, each province`; `+10%, over 2020, the cluster as a whole`."""
    parts = [_asked(target)]
    if target.of_title:
        parts.append(t("of: {whole}", whole=target.of_title))
    if target.level:
        parts.append(t("level"))
    if target.base_year:
        parts.append(t("over {year}", year=str(target.base_year)))
    if target.kind is not Kind.TRACKED:
        parts.append(_binds(target.scope))
    return ", ".join(parts)


def _binds(scope: Scope) -> str:
    return t("the cluster as a whole") if scope is Scope.CLUSTER else t("each province")


def _fields(before: Target, after: Target) -> list[str]:
    """Every part of a target that is not as it was, old → new."""

    def quoted(text: str | None) -> str:
        return f"“{text}”" if text else t("none")

    def year(base_year: int | None) -> str:
        return str(base_year) if base_year else t("none")

    def level(target: Target) -> str:
        if target.kind is not Kind.COUNT:
            return t("none")
        return t("level") if target.level else t("cumulative")

    pairs = [
        ("", signed(before) or t("none"), signed(after) or t("none")),
        (t("title"), quoted(before.title), quoted(after.title)),
        (t("kind"), t(KIND_WORDS[before.kind]), t(KIND_WORDS[after.kind])),
        *([("", level(before), level(after))] if before.level != after.level else []),
        (t("base year"), year(before.base_year), year(after.base_year)),
        (t("line"), before.line or t("none"), after.line or t("none")),
        (t("whole"), quoted(before.of_title), quoted(after.of_title)),
        (t("unit"), quoted(before.unit), quoted(after.unit)),
        ("", _binds(before.scope), _binds(after.scope)),
        (t("note"), quoted(before.note), quoted(after.note)),
    ]
    return [f"{name} {old} → {new}".strip() for name, old, new in pairs if old != new]


def _share(altered: Alteration[Share]) -> str:
    """Say what was asked of a province before, and what is asked of it now."""
    share, year = altered.value, altered.year
    where = {"code": share.target, "year": str(year)}
    place = t(
        "{province} {code} of {year}", province=altered.ids.name(share.province, year), **where
    )
    found = altered.ids.signed.get(altered.row.key.rpartition("/")[0])
    target = TARGETS.load(found) if found else None
    before, after = (_own(each, target) for each in (altered.before, altered.after))
    if altered.after is None:
        after = f"{after} ({t('as signed')})"
    return f"{place}: {before} → {after}"


def _own(share: Share | None, target: Target | None) -> str:
    """The threshold of a share; without one, what was signed for all."""
    if share is None:
        return signed(target) or t("as signed") if target else t("as signed")
    if share.threshold is None:
        return t("not assigned")
    return signed(target, share.threshold) if target else number(share.threshold)


def _succession(altered: Alteration[Succession]) -> str:
    return t(
        "{predecessor} became {successor} on {day}",
        predecessor=altered.value.predecessor.name,
        successor=altered.value.successor.name,
        day=altered.value.day,
    )


def _alias(altered: Alteration[Record]) -> str:
    province, alias = altered.ids.province(altered.value["province"]), altered.value["alias"]
    return t("{province} is also called {alias}", province=province.name, alias=alias)


def _province(altered: Alteration[Province]) -> str:
    province = altered.value
    if altered.before is None or altered.after is None:
        return t("province {name} added", name=province.name)
    if province.last_day is None:
        return t("{name} goes on as a province", name=province.name)
    until = province.last_day
    return t("{name} is a province until {until}", name=province.name, until=until)


def _setting(altered: Alteration[Record]) -> str:
    words = {"schema": t("form of the book"), "register": t("register")}
    name, value = altered.value["name"], altered.value["value"]
    return f"{words.get(name, name)} {shown(value)}"


_SENTENCES: dict[str, Callable[[Alteration[Any]], str]] = {
    "results": _result,
    "targets": _target,
    "shares": _share,
    "members": member_told,
    "leaderships": leadership_told,
    "takeovers": takeover_told,
    "clusters": cluster_told,
    "cluster_names": cluster_name_told,
    "provinces": _province,
    "successions": _succession,
    "aliases": _alias,
    "settings": _setting,
    **years.SENTENCES,
    "due_dates": due_rule_told,
    "documents": document_told,
    "evidence": evidence_told,
    "handovers": handover_told,
}
