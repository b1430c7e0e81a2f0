"""Decode records: a row of a table of the book, or one that the journal keeps, as a value. Pure.

Provinces stand in a record by their ids; whoever decodes it says which province an id is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Generic, TypeVar

from htx_cli.domain.changes import ChangeRow, Glossary, Record
from htx_cli.domain.model import (
    Amendment,
    Cluster,
    Document,
    DueRule,
    Handover,
    Leadership,
    Line,
    Member,
    Pact,
    PactPart,
    Period,
    Province,
    Result,
    Share,
    Succession,
    Target,
    YearState,
)
from htx_cli.domain.targets import Basis, Bound, Figure, Kind, Scope

Provinces = Callable[[str], Province]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Alteration(Generic[T]):
    """A record before and after a change, as values; `ids` says what the ids in them stand for."""

    row: ChangeRow
    before: T | None
    after: T | None
    ids: Glossary

    @property
    def value(self) -> T:
        """What stands now, or what stood until it was taken away."""
        value = self.before if self.after is None else self.after
        assert value is not None
        return value

    @property
    def year(self) -> int:
        """The year that the record belongs to."""
        return int((self.row.after or self.row.before or {})["year"])


def alteration_of(row: ChangeRow, ids: Glossary) -> Alteration[Any]:
    """Decode both sides of a row of a change. Raises ValueError or LookupError for what is none."""
    before, after = (
        None if each is None else value_of(row.table, each, ids.province)
        for each in (row.before, row.after)
    )
    return Alteration(row, before, after, ids)


def value_of(table: str, record: Record, provinces: Provinces) -> Any:
    """The value of a record of a table; the record itself where it is no more than names."""
    decode = _DECODERS.get(table)
    return decode(record, provinces) if decode else record


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _day_or_none(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(real: float | None) -> Decimal | None:
    """The number that was written: 15 digits survive a REAL exactly."""
    return None if real is None else Decimal(repr(real))


def _figure(record: Record) -> Figure:
    return Figure(*(_number(record[part]) for part in ("value", "of", "base", "rate")))


def _result(record: Record, provinces: Provinces) -> Result:
    return Result(
        target=record["target"],
        province=record["province"],
        as_of=_day(record["as_of"]),
        basis=Basis(record["basis"]),
        figure=_figure(record),
        source=record.get("source"),
        note=record.get("note"),
    )


def target_of(record: Record) -> Target:
    """A signed target."""
    return Target(
        **{name: record[name] for name in _AS_THEY_ARE},
        kind=Kind(record["kind"]),
        bound=Bound(record["bound"]) if record["bound"] else None,
        threshold=_number(record["threshold"]),
        level=bool(record["level"]),
        scope=Scope(record["scope"]),
    )


_AS_THEY_ARE = ("year", "code", "title", "base_year", "line", "of_title", "unit", "note")


def _share(record: Record) -> Share:
    return Share(record["province"], record["target"], _number(record["threshold"]))


def _line(record: Record) -> Line:
    return Line(record["line"], record["text"])


def _amendment(part: PactPart) -> Callable[[Record, Provinces], Amendment]:
    """The decoder of what a part of a pact was until a decision changed it."""
    stood: dict[PactPart, Callable[[Record], Line | Target | Share]] = {
        PactPart.LINE: _line,
        PactPart.TARGET: target_of,
        PactPart.SHARE: _share,
    }

    def decode(record: Record, provinces: Provinces) -> Amendment:
        code = record.get("code") or record.get("target") or record["line"]
        return Amendment(
            record["decision"],
            _day(record["last_day"]) + timedelta(1),
            part,
            code,
            record.get("province"),
            stood[part](record) if record["stood"] else None,
        )

    return decode


def _leadership(record: Record, provinces: Provinces) -> Leadership:
    """Who leads a year; of a record with a first day, who took over then."""
    first_day = _day_or_none(record.get("first_day"))
    return Leadership(
        record["year"],
        provinces(record["leader"]),
        provinces(record["deputy"]) if record["deputy"] else None,
        bool(record["deputy_known"]),
        first_day or _day_or_none(record.get("elected_on")),
        record["because"],
        first_day,
    )


def document_of(record: Record) -> Document:
    """A document that proves figures."""
    named = record["sha256"], record["name"], record["size"], record["number"]
    return Document(*named, _day_or_none(record["day"]), record["title"])


_DECODERS: Mapping[str, Callable[[Record, Provinces], Any]] = {
    "provinces": lambda record, _: Province(
        record["id"],
        record["name"],
        record["code"],
        _day(record["first_day"]),
        _day_or_none(record["last_day"]),
    ),
    "successions": lambda record, provinces: Succession(
        provinces(record["predecessor"]),
        provinces(record["successor"]),
        _day(record["day"]),
        record["kind"],
    ),
    "clusters": lambda record, _: Cluster(record["id"], record["name"]),
    "cluster_names": lambda record, _: (_day(record["last_day"]), record["name"]),
    "members": lambda record, provinces: Member(
        provinces(record["province"]),
        record["seat"],
        _day(record["first_day"]),
        _day_or_none(record["last_day"]),
    ),
    "leaderships": _leadership,
    "takeovers": _leadership,
    "years": lambda record, _: YearState(
        record["state"] == "closed",
        Pact(record["pact"]) if record["pact"] else None,
        _day_or_none(record["signed_on"]),
    ),
    "lines": lambda record, _: _line(record),
    "targets": lambda record, _: target_of(record),
    "shares": lambda record, _: _share(record),
    "results": _result,
    "evidence": _result,
    **{part.former: _amendment(part) for part in PactPart},
    "due_dates": lambda record, _: DueRule(Period(record["period"]), int(record["days"])),
    "documents": lambda record, _: document_of(record),
    "handovers": lambda record, provinces: Handover(
        record["number"],
        provinces(record["province"]),
        _day(record["handed_on"]),
        _day_or_none(record["taken_on"]),
    ),
}
