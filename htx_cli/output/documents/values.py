"""Values as JSON has them: numbers as numbers, days as ISO text, nothing as null."""

from datetime import date
from decimal import Decimal
from typing import Any

from htx_cli.domain.changes import KnownAt, Place
from htx_cli.domain.model import Province

Document = dict[str, Any]


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


def place_document(place: Place | None) -> Document | None:
    """Where in a file a figure stood."""
    if place is None:
        return None
    return {"file": place.file, "sheet": place.sheet, "row": place.row, "cell": place.cell}


def known_document(known: KnownAt | None) -> Document | None:
    """After which change the book was looked at."""
    if known is None:
        return None
    at = known.at.isoformat()
    return {"change": known.change, "at": at, "hash": known.hash, "on": iso(known.on)}
