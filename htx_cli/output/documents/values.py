"""Values as JSON has them: numbers as numbers, days as ISO text, nothing as null."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from msgspec import Struct

from htx_cli.domain import model
from htx_cli.domain.changes import Caution, KnownAt, Place
from htx_cli.domain.model import Amendment, Cluster, Line, Province, Result, Share, Target
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


def named(one: Province | Cluster | None) -> Document | None:
    """A province or a cluster by id and name."""
    return {"id": one.id, "name": one.name} if one else None


def picked(value: object, names: str) -> Document:
    """Fields of a value as JSON has them, by `name`, `path.to.name` or `key=path`; null behind None."""
    found = {}
    for key, path in _paths(names):
        at: Any = value
        for name in path:
            at = None if at is None else getattr(at, name)
        found[key] = _plain(at)
    return found


@cache
def _paths(names: str) -> list[tuple[str, list[str]]]:
    parts = (name.rpartition("=") for name in names.split())
    return [(key or path.rpartition(".")[2], path.split(".")) for key, _, path in parts]


def _plain(value: object) -> object:
    match value:
        case Decimal():
            return num(value)
        case date():  # or a moment
            return value.isoformat()
        case Province() | Cluster():
            return named(value)
        case tuple() | list():
            return [_plain(each) for each in value]
    return value


def warnings_document(cautions: Iterable[Caution]) -> list[Document]:
    """Warnings beside an answer."""
    return [{"code": each.code, "message": say(each)} for each in cautions]


def place_document(place: Place | None) -> Document | None:
    """Where in a file a figure stood."""
    return picked(place, "file sheet row cell") if place else None


def known_document(known: KnownAt | None) -> Document | None:
    """The change after which the book was looked at."""
    return picked(known, "change at hash on") if known else None


def known_number(known: KnownAt | None) -> Document:
    """The number of the change after which the book was looked at."""
    return {"known_at": known.change if known else None}


def parts_document(figure: Figure) -> Document:
    """The parts of a figure."""
    return picked(figure, "value of base rate")


def value_document(target: Target, value: Decimal | None) -> int | float | bool | None:
    """The value of a figure; of a yes-no target yes or no as such."""
    if target.kind is Kind.YES_NO and value is not None:
        return bool(value)
    return num(value)


def target_document(target: Target) -> Document:
    """A target as it is signed."""
    names = "code line title of_title kind bound threshold level unit base_year scope note"
    return picked(target, names)


def amendment_document(amendment: Amendment) -> Document:
    """A part of the pact that a decision changed, and how it stood until then."""
    before: Document | None = None
    match amendment.before:
        case Target() as target:
            before = target_document(target)
        case Share() as share:
            before = picked(share, "assigned threshold")
        case Line() as line:
            before = picked(line, "text")
    made = picked(amendment, "decision from=first_day part code province")
    return {**made, "part": amendment.part.name.lower(), "before": before}


def paper_document(document: model.Document) -> Document:
    """A document that proves figures."""
    return picked(document, "sha256 number date=day title name size")


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
