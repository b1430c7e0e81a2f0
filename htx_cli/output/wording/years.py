"""What the journal tells of years and of the pact as it stood before a decision changed it."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from htx_cli.domain.changes import Change, ChangeRow, Glossary, Record
from htx_cli.domain.model import PactPart
from htx_cli.text.words import number, t

_FORMER = frozenset(part.former for part in PactPart)


def opened(change: Change) -> str:
    """A draft that was made of an earlier pact, in one sentence; empty for any other change."""
    for row in change.rows:
        if row.drafts and change.drafted is not None:
            year, count = str((row.after or {})["year"]), number(Decimal(change.drafted))
            return t("{year} opened as a draft of {count} targets", year=year, count=count)
    return ""


def by_decision(change: Change) -> list[str]:
    """The decisions that a change of a signed pact rests on, each with its first day."""
    found = [row.after for row in change.rows if row.table in _FORMER and row.after]
    told = [
        t("by decision {number} from {day}", number=record["decision"], day=_first_day(record))
        for record in found
    ]
    return list(dict.fromkeys(told)) if len(found) < len(change.rows) else []


def _first_day(record: Record) -> date:
    return date.fromisoformat(record["last_day"]) + timedelta(1)


def _pact(record: Record | None) -> str | None:
    """Books of earlier schemas did not know of drafts."""
    return record.get("pact") if record else None


def _year(row: ChangeRow, record: Record, glossary: Glossary) -> str:
    year, before = str(record["year"]), row.before
    if row.after is None:
        return t("year {year} taken back", year=year)
    closed = record["state"] == "closed"
    if before and closed != (before["state"] == "closed"):
        return (
            t("year {year} closed", year=year) if closed else t("year {year} reopened", year=year)
        )
    if before and _pact(before) and not _pact(record):
        return t("pact of {year} is not signed any longer", year=year)
    if _pact(record) == "signed":
        day = date.fromisoformat(record["signed_on"])
        if before and before.get("signed_on"):
            was = date.fromisoformat(before["signed_on"])
            return t("pact of {year} signed on {day} (was {was})", year=year, day=day, was=was)
        return t("pact of {year} signed on {day}", year=year, day=day)
    if _pact(record) == "draft":
        return t("pact of {year} is a draft", year=year)
    return t("year {year} closed", year=year) if closed else t("year {year} begun", year=year)


def _line(row: ChangeRow, record: Record, glossary: Glossary) -> str:
    what = {"line": record["line"], "year": str(record["year"])}
    if row.after is None:
        return t("line {line} of {year} removed", **what)
    if not record["text"]:
        return t("line {line} of {year} without its text", **what)
    texts = [f"“{each['text']}”" for each in (row.before, row.after) if each and each["text"]]
    return f"{t('line {line} of {year}', **what)}: {' → '.join(texts)}"


def _former(row: ChangeRow, record: Record, glossary: Glossary) -> str:
    """That a line, a target or a share stood otherwise until a day."""
    code = record.get("code") or record.get("target") or record["line"]
    id = record.get("province")
    what = f"{glossary.name(id, record['year'])} {code}" if id else str(code)
    if row.table == PactPart.LINE.former:
        what = t("line {line}", line=code)
    places = {"what": what, "year": str(record["year"]), "number": record["decision"]}
    last = date.fromisoformat(record["last_day"])
    if row.after is None:
        return t("{what} of {year}: what stood until {day} is no longer kept", **places, day=last)
    return t("{what} of {year} stood as before until {day} (decision {number})", **places, day=last)


SENTENCES: dict[str, Callable[[ChangeRow, Record, Glossary], str]] = {
    "years": _year,
    "lines": _line,
    **dict.fromkeys(_FORMER, _former),
}
