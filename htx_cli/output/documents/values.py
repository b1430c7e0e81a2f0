"""Values as JSON has them: numbers as numbers, days as ISO text, nothing as null."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import Struct

from htx_cli.domain import model
from htx_cli.domain.changes import Caution, KnownAt, Place
from htx_cli.domain.model import Amendment, Line, Province, Result, Share, Target
from htx_cli.domain.targets import Figure, Kind
from htx_cli.text.words import say

Document = dict[str, Any]


class Records(Struct, frozen=True):
    """Flat rows of an answer, for CSV and NDJSON; what a row lacks of the columns is empty."""

    columns: Sequence[str]
    rows: list[Document]


def num(value: Decimal | None) -> int | float | None:
    """A decimal as a JSON number."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def iso(day: date | None) -> str | None:
    """A day as ISO text."""
    return day.isoformat() if day else None


def named(province: Province | None) -> Document | None:
    """A province by id and name."""
    return {"id": province.id, "name": province.name} if province else None


def warnings_document(cautions: Iterable[Caution]) -> list[Document]:
    """Warnings beside an answer."""
    return [{"code": each.code, "message": say(each)} for each in cautions]


def place_document(place: Place | None) -> Document | None:
    """Where in a file a figure stood."""
    if place is None:
        return None
    return {"file": place.file, "sheet": place.sheet, "row": place.row, "cell": place.cell}


def known_document(known: KnownAt | None) -> Document | None:
    """The change after which the book was looked at."""
    if known is None:
        return None
    at = known.at.isoformat()
    return {"change": known.change, "at": at, "hash": known.hash, "on": iso(known.on)}


def known_number(known: KnownAt | None) -> Document:
    """The number of the change after which the book was looked at."""
    return {"known_at": known.change if known else None}


def parts_document(figure: Figure) -> Document:
    """The parts of a figure."""
    return {
        "value": num(figure.value),
        "of": num(figure.of),
        "base": num(figure.base),
        "rate": num(figure.rate),
    }


def value_document(target: Target, value: Decimal | None) -> int | float | bool | None:
    """The value of a figure; of a yes-no target yes or no as such."""
    if target.kind is Kind.YES_NO and value is not None:
        return bool(value)
    return num(value)


def target_document(target: Target) -> Document:
    """A target as it is signed."""
    return {
        "code": target.code,
        "line": target.line,
        "title": target.title,
        "of_title": target.of_title,
        "kind": target.kind,
        "bound": target.bound,
        "threshold": num(target.threshold),
        "level": target.level,
        "unit": target.unit,
        "base_year": target.base_year,
        "scope": target.scope,
        "note": target.note,
    }


def amendment_document(amendment: Amendment) -> Document:
    """A part of the pact that a decision changed, and how it stood until then."""
    before: Document | None = None
    match amendment.before:
        case Target() as target:
            before = target_document(target)
        case Share(threshold=threshold):
            before = {"assigned": threshold is not None, "threshold": num(threshold)}
        case Line(text=text):
            before = {"text": text}
    return {
        "decision": amendment.decision,
        "from": iso(amendment.first_day),
        "part": amendment.part.name.lower(),
        "code": amendment.code,
        "province": amendment.province,
        "before": before,
    }


def paper_document(document: model.Document) -> Document:
    """A document that proves figures."""
    return {
        "sha256": document.sha256,
        "number": document.number,
        "date": iso(document.day),
        "title": document.title,
        "name": document.name,
        "size": document.size,
    }


def evidence_documents(result: Result | None) -> list[Document]:
    """Each document of a figure; whether it proves it as it stands, or an older one in its place."""
    return [
        {
            **paper_document(each.document),
            "proves": each.figure == (result.figure if result else None),
            "figure": parts_document(each.figure),
        }
        for each in (result.evidence if result else ())
    ]
