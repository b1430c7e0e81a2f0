"""The sheet of a verification: one finding a line."""

from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from typing import Any

from htx_cli.domain.changes import ChangeRow, Glossary, Record, in_fives, record_in
from htx_cli.domain.findings import Finding, Verified
from htx_cli.domain.model import Member, Result, Share
from htx_cli.domain.records import Alteration, alteration_of
from htx_cli.domain.targets import Basis
from htx_cli.output.layout import Notes, Sheet, clean
from htx_cli.text.words import BASIS_WORDS, number, say, t


def sheet(verified: Verified, room: int | None) -> Sheet:
    """Every finding with its record, what the journal says of it and what the table says."""
    if verified.well:
        lines = [
            t("Changes: {count}", count=str(verified.changes)),
            t("Checkpoint: {checkpoint}", checkpoint=in_fives(verified.hash)),
        ]
        return Sheet(t("All is well: the book is what its journal says."), [Notes(lines)])
    ids = Glossary(verified.names)
    lines = [_line(finding, ids) for finding in verified.findings]
    if verified.more:
        lines.append(t("and more"))
    if verified.whole:
        return Sheet(t("The book is whole, but it does not have this checkpoint."), [Notes(lines)])
    lines.append(
        t(
            "What to do: write nothing more to this book; go back to a backup in which “htx verify”"
            " finds nothing. What a figure was, and who wrote it, tells: htx log PROVINCE CODE"
        )
    )
    return Sheet(t("The book is not as htx left it."), [Notes(lines)])


def _line(finding: Finding, ids: Glossary) -> str:
    told = say(finding)
    if where := _where(finding, ids):
        told = f"{where}: {told}"
    says, stands = _different(finding)
    if says and stands and finding.code == "verify_before":
        what = {"number": str(finding.change), "says": says, "stands": stands}
        told += " " + t("Before it stood {says}; change {number} found {stands}.", **what)
    elif says and stands:
        told += " " + t(
            "The journal says {says}; the table says {stands}.", says=says, stands=stands
        )
    elif says:
        told += " " + t("The journal says {says}.", says=says)
    elif stands:
        told += " " + t("The table says {stands}.", stands=stands)
    if finding.change is not None and "number" not in finding.values:
        told += f" ({t('change {number}', number=str(finding.change))})"
    return told


def _where(finding: Finding, ids: Glossary) -> str:
    """The record in an officer's words; by its table and key where it cannot be read."""
    record, table = record_in(finding.says) or record_in(finding.stands), finding.table or ""
    if record and (make := _PLACES.get(table)):
        with suppress(LookupError, TypeError, ValueError, ArithmeticError, AttributeError):
            row = ChangeRow(table, finding.key or "", None, record)
            return clean(make(alteration_of(row, ids)))
    return " ".join(clean(part) for part in (finding.table, finding.key) if part)


def _result(altered: Alteration[Result]) -> str:
    result, ids = altered.value, altered.ids
    whose = ids.province(result.province).name if result.province else t("whole cluster")
    day = t("as of {day}", day=result.as_of)
    guess = f" ({t(BASIS_WORDS['estimate'])})" if result.basis is Basis.ESTIMATE else ""
    return f"{whose} {result.target} {day}{guess}"


def _share(altered: Alteration[Share]) -> str:
    share, year = altered.value, str(altered.year)
    whose = altered.ids.province(share.province).name
    return t("{province} {code} of {year}", province=whose, code=share.target, year=year)


def _member(altered: Alteration[Member]) -> str:
    member = altered.value
    name, day = member.province.name, member.first_day
    return t("member {province} since {day}", province=name, day=day)


_PLACES: dict[str, Callable[[Alteration[Any]], str]] = {
    "results": _result,
    "shares": _share,
    "targets": lambda it: t("target {code} of {year}", code=it.value.code, year=str(it.year)),
    "members": _member,
}


def _different(finding: Finding) -> tuple[str, str]:
    """List the fields in which two records differ; of a single record all but its key."""
    first, second = record_in(finding.says), record_in(finding.stands)
    if first is None or second is None:
        texts = (first, finding.says), (second, finding.stands)
        says, stands = (
            clean(text) if record is None else _listed(_alone(record, finding.table))
            for record, text in texts
        )
        return says, stands
    names = [name for name in {**first, **second} if first.get(name) != second.get(name)]
    if names == ["value"]:
        return _said("value", first.get("value")), _said("value", second.get("value"))
    says, stands = (_listed({name: r.get(name) for name in names}) for r in (first, second))
    return says, stands


# the columns of their keys: they name the record, and do not describe it
_NAMING = frozenset(
    ["cluster", "year", "code", "target", "province", "as_of", "basis", "first_day"]
)


def _alone(record: Record, table: str | None) -> Record:
    """Leave out of a record that stands on one side only its key and what is empty."""
    if table not in _PLACES:
        return record
    told = {
        name: value for name, value in record.items() if name not in _NAMING and value is not None
    }
    return told or record


def _listed(fields: Record) -> str:
    """The fields with their values, those that an officer has a word for first."""
    words = _words()
    names = [*(name for name in words if name in fields), *(n for n in fields if n not in words)]
    told = [f"{words.get(name, name)} {_said(name, fields[name])}" for name in names]
    return clean(", ".join(told))


def _words() -> dict[str, str]:
    """The fields that an officer has a word for."""
    return {
        "value": t("figure"),
        "of": t("whole"),
        "base": t("base"),
        "rate": t("rate"),
        "source": t("source"),
        "note": t("note"),
        "title": t("title"),
        "unit": t("unit"),
        "threshold": t("threshold"),
        "first_day": t("first day"),
        "last_day": t("last day"),
    }


_NUMBERS = frozenset(("value", "of", "base", "rate", "threshold"))


def _said(name: str, value: object) -> str:
    if name in _NUMBERS and isinstance(value, int | float) and abs(value) < _READABLE:
        return number(Decimal(repr(float(value))))
    return "–" if value is None else f"“{value}”" if isinstance(value, str) else str(value)


_READABLE = 10**15  # below it a number is as it was written; none that is no number
