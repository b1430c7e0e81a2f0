"""The journal in plain words."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from htx_cli.journal import Change, ChangeHead, ChangeRow, Glossary, Log, Record
from htx_cli.tables import Column, Grid, Notes, Sheet, Text, clean
from htx_cli.words import (
    BASIS_WORDS,
    BOUND_WORDS,
    FIELD_WORDS,
    KIND_WORDS,
    SCOPE_WORDS,
    number,
    shown,
    t,
)

_FIRST = 3  # records that are told one by one
_BESIDE = ("years", "lines", "successions", "aliases", "settings")  # told only when alone


def log(log: Log, room: int | None) -> Sheet:
    """Changes, one a row, the newest first."""
    rows = [_row(change) for change in log.changes]
    columns = [
        Column(t("change"), right=True),
        Column(t("when")),
        Column(t("who"), flexible=True),
        Column(t("what"), flexible=True),
    ]
    return Sheet(clean(log.of) if log.of else t("Changes"), [Grid(columns, rows)])


def _row(change: Change) -> list[Text]:
    assert change.head is not None
    head = change.head
    what = describe(change)
    if head.because:
        what += f" ({clean(head.because)})"
    return [str(head.number), _when(head), clean(head.who), what]


def _when(head: ChangeHead) -> str:
    text = f"{head.at.astimezone():%d/%m/%Y %H:%M}"
    return f"{text} {t('(fixed clock)')}" if head.fixed_clock else text


def change(change: Change, room: int | None) -> Sheet:
    """One change whole: who, when, which command, why, and its records before and after."""
    assert change.head is not None
    head = change.head
    lines = [
        f"{t('when')}: {_when(head)} · {head.at.isoformat()}",
        f"{t('who')}: {clean(head.who)}",
        f"{t('command')}: {clean(head.command)}",
        *([f"{t('because')}: {clean(head.because)}"] if head.because else []),
        f"{t('hash')}: {_short(head.hash)}",
    ]
    if head.origin != head.hash:
        lines.append(f"{t('origin')}: {_short(head.origin)}")
    rows: list[list[Text]] = [[sentence(row, change.glossary)] for row in change.rows]
    blocks: list[Grid | Notes] = [Notes(lines), Grid([Column(t("what"), flexible=True)], rows)]
    if change.count > len(change.rows):
        blocks.append(Notes([_more(change.count - len(change.rows))]))
    return Sheet(t("Change {number}", number=str(head.number)), blocks)


def _short(hash: str) -> str:
    """The first twenty characters in groups of five, to be read out; JSON has the whole hash."""
    return " ".join(hash[at : at + 5] for at in range(0, 20, 5))


def _more(count: int) -> str:
    return t("and {count} more", count=number(Decimal(count)))


def describe(change: Change) -> str:
    """What a change did, in one sentence; of many records the first ones."""
    if any(r.table == "settings" and r.key == "register" and not r.before for r in change.rows):
        return t("new book with the register of provinces")
    telling = [row for row in change.rows if row.table not in _BESIDE] or list(change.rows)
    told = [sentence(row, change.glossary) for row in telling[:_FIRST]]
    beside = len(change.rows) - len(telling)
    left = change.count - beside - len(told)
    return "; ".join([*told, _more(left)] if left > 0 else told)


def sentence(row: ChangeRow, glossary: Glossary) -> str:
    """What happened to one record."""
    record = row.after or row.before or {}
    make = _SENTENCES.get(row.table)
    text = make(row, record, glossary) if make else f"{row.table} {row.key}"
    return clean(text)


def _result(row: ChangeRow, record: Record, glossary: Glossary) -> str:
    place = record["province"]
    where = {
        "province": glossary.names.get(place, place) if place else t("whole cluster"),
        "code": record["target"],
        "day": date.fromisoformat(record["as_of"]),
    }
    yes_no = (record["cluster"], record["year"], record["target"]) in glossary.yes_no
    before, after = (figure_of(r, yes_no) if r else "" for r in (row.before, row.after))
    if row.before is None:
        return t("{province} {code} as of {day}: {after}", **where, after=after)
    if row.after is None:
        return t("{province} {code} as of {day}: {before} withdrawn", **where, before=before)
    if before == after:
        return t(
            "{province} {code} as of {day}: {after}, source or note changed", **where, after=after
        )
    return t(
        "{province} {code} as of {day}: {before} → {after}", **where, before=before, after=after
    )


def figure_of(record: Record, yes_no: bool) -> str:
    """The figure in a journal record, as a person writes it."""
    guess = f" ({t(BASIS_WORDS['estimate'])})" if record["basis"] == "estimate" else ""
    if record["rate"] is not None:
        return f"{_number(record['rate'])}%{guess}"
    if yes_no:
        return f"{t('yes') if record['value'] else t('no')}{guess}"
    text = _number(record["value"])
    if record["of"] is not None:
        text += f" / {_number(record['of'])}"
    if record["base"] is not None:
        text += f" ({t('base')} {_number(record['base'])})"
    return text + guess


def _number(value: float) -> str:
    return number(Decimal(repr(value)))


def _target(row: ChangeRow, record: Record, glossary: Glossary) -> str:
    what = {"code": record["code"], "year": str(record["year"]), "title": record["title"]}
    if row.before is None:
        return t("target {code} of {year} signed: {title}", **what)
    if row.after is None:
        return t("target {code} of {year} removed: {title}", **what)
    return t("target {code} of {year} changed: {fields}", **what, fields=_fields(row))


def _fields(row: ChangeRow) -> str:
    before, after = row.before or {}, row.after or {}
    changed = [name for name in after if before.get(name) != after[name]]
    return ", ".join(
        f"{t(FIELD_WORDS.get(name, name))} {_field(before, name)} → {_field(after, name)}"
        for name in changed
    )


_TARGET_WORDS = KIND_WORDS | BOUND_WORDS | SCOPE_WORDS


def _field(record: Record, name: str) -> str:
    """A column of a target as a person reads it."""
    value = record.get(name)
    if value is None:
        return "–"
    if name == "threshold":
        return _number(value)
    if name == "level":
        return t("yes") if value else t("no")
    return t(_TARGET_WORDS[value]) if name in ("kind", "bound", "scope") else str(value)


def _share(row: ChangeRow, record: Record, glossary: Glossary) -> str:
    what = {
        "province": glossary.names.get(record["province"], record["province"]),
        "code": record["target"],
        "year": str(record["year"]),
    }
    if row.after is None:
        return t("{province} {code} of {year}: as signed", **what)
    if record["threshold"] is None:
        return t("{province} {code} of {year}: not assigned", **what)
    own = _number(record["threshold"])
    return t("{province} {code} of {year}: own threshold {own}", **what, own=own)


def _member(row: ChangeRow, record: Record, glossary: Glossary) -> str:
    what = {
        "province": glossary.names.get(record["province"], record["province"]),
        "seat": str(record["seat"]),
        "day": date.fromisoformat(record["first_day"]),
    }
    if row.before is None:
        return t("{province} is a member from {day}, seat {seat}", **what)
    if record["last_day"]:
        until = date.fromisoformat(record["last_day"])
        return t("{province} is a member until {until}", province=what["province"], until=until)
    return t("{province}: membership changed", province=what["province"])


def _leadership(row: ChangeRow, record: Record, glossary: Glossary) -> str:
    stood, stands = (_leads(each, glossary) if each else None for each in (row.before, row.after))
    told = stands or stood or {}
    if stood and stands:
        told = {
            role: name if stood[role] == name else f"{stood[role]} → {name}"
            for role, name in stands.items()
        }
    if stood == stands:
        return t("{year}: leader {leader}, deputy {deputy}; date or reason changed", **told)
    return t("{year}: leader {leader}, deputy {deputy}", **told)


def _leads(record: Record, glossary: Glossary) -> dict[str, str]:
    """Who leads in a record, as a person reads it."""
    deputy = t("none") if record["deputy_known"] else t("not stated")
    if record["deputy"]:
        deputy = glossary.names.get(record["deputy"], record["deputy"])
    leader = glossary.names.get(record["leader"], record["leader"])
    return {"year": str(record["year"]), "leader": leader, "deputy": deputy}


def _cluster(row: ChangeRow, record: Record, glossary: Glossary) -> str:
    return t("cluster {name} added", name=record["name"])


def _year(row: ChangeRow, record: Record, glossary: Glossary) -> str:
    year = str(record["year"])
    if row.after is None:
        return t("year {year} taken back", year=year)
    if record["state"] == "closed":
        return t("year {year} closed", year=year)
    return t("year {year} reopened", year=year) if row.before else t("year {year} begun", year=year)


def _line(row: ChangeRow, record: Record, glossary: Glossary) -> str:
    what = {"line": record["line"], "year": str(record["year"])}
    if row.after is None:
        return t("line {line} of {year} removed", **what)
    if not record["text"]:
        return t("line {line} of {year} without its text", **what)
    return t("line {line} of {year}: {text}", **what, text=record["text"])


def _succession(row: ChangeRow, record: Record, glossary: Glossary) -> str:
    return t(
        "{predecessor} became {successor} on {day}",
        predecessor=glossary.names.get(record["predecessor"], record["predecessor"]),
        successor=glossary.names.get(record["successor"], record["successor"]),
        day=date.fromisoformat(record["day"]),
    )


def _alias(row: ChangeRow, record: Record, glossary: Glossary) -> str:
    province = glossary.names.get(record["province"], record["province"])
    return t("{province} is also called {alias}", province=province, alias=record["alias"])


def _province(row: ChangeRow, record: Record, glossary: Glossary) -> str:
    return t("province {name} added", name=record["name"])


def _setting(row: ChangeRow, record: Record, glossary: Glossary) -> str:
    words = {"schema": t("form of the book"), "register": t("register")}
    return f"{words.get(record['name'], record['name'])} {shown(record['value'])}"


_SENTENCES: dict[str, Callable[[ChangeRow, Record, Glossary], str]] = {
    "results": _result,
    "targets": _target,
    "shares": _share,
    "members": _member,
    "leaderships": _leadership,
    "clusters": _cluster,
    "provinces": _province,
    "years": _year,
    "lines": _line,
    "successions": _succession,
    "aliases": _alias,
    "settings": _setting,
}
