"""Codecs between records and values: rows of the book's tables, and what the journal keeps of them. Pure.

Provinces stand in a record by their ids; whoever decodes it says which province an id is.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from msgspec import Struct

from htx_cli.domain import model
from htx_cli.domain.changes import ChangeRow, Glossary, Record
from htx_cli.domain.targets import Basis, Bound, Figure, Kind, Scope


class AnyRow(Protocol):
    """A record by its columns: a row of a table, or a record of the journal."""

    def __getitem__(self, column: str, /) -> Any:
        """The value of a column."""


Provinces = Callable[[str], model.Province]
T = TypeVar("T")


class Alteration(Struct, Generic[T], frozen=True):
    """A record before and after a change, as values; `ids` says what the ids in them stand for."""

    row: ChangeRow
    before: T | None
    after: T | None
    ids: Glossary

    @property
    def value(self) -> T:
        """Return what stands now, or what stood until it was taken away."""
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
    if codec := _CODECS.get(table):
        return codec.load(record)
    decode = _DECODERS.get(table)
    return decode(record, provinces) if decode else record


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _day_or_none(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(real: float | None) -> Decimal | None:
    """Return the number that was written: 15 digits survive a REAL exactly."""
    if real is None:
        return None
    whole = isinstance(real, int) or real.is_integer()
    return Decimal(int(real)) if whole else Decimal(repr(real))


class ColumnCodec(NamedTuple):
    """A pair of functions that read the values of a column from a record, and write them into one."""

    load: Callable[[Any], Any]
    dump: Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


def _real(number: Decimal | None) -> float | None:
    return None if number is None else float(number)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _word(words: type[StrEnum]) -> ColumnCodec:
    return ColumnCodec(words, str)


def _word_or_none(words: type[StrEnum]) -> ColumnCodec:
    return ColumnCodec(lambda text: words(text) if text else None, lambda word: word and str(word))


PLAIN = ColumnCodec(_same, _same)
DAY = ColumnCodec(_day, date.isoformat)
DAY_OR_NONE = ColumnCodec(_day_or_none, _iso)
NUMBER = ColumnCodec(_number, _real)
FLAG = ColumnCodec(bool, int)


class Codec(Generic[T]):
    """The columns of a table that hold a value of one class, each named as in the value."""

    def __init__(
        self, table: str, make: Callable[..., T], plain: str, **others: ColumnCodec
    ) -> None:
        self.table, self._make = table, make
        self._columns = {**dict.fromkeys(plain.split(), PLAIN), **others}

    def load(self, row: AnyRow, **given: object) -> T:
        """Return the value in a record; `given` is what of it stands elsewhere."""
        read = {name: column.load(row[name]) for name, column in self._columns.items()}
        return self._make(**read, **given)

    def dump(self, value: T) -> dict[str, object]:
        """Return the columns of a record that hold the value."""
        return {name: column.dump(getattr(value, name)) for name, column in self._columns.items()}


PROVINCES = Codec("provinces", model.Province, "id name code", first_day=DAY, last_day=DAY_OR_NONE)
SHARES = Codec("shares", model.Share, "province target", threshold=NUMBER)
LINES = Codec("lines", model.Line, "line text")
DUE_RULES = Codec("due_dates", model.DueRule, "days", period=_word(model.Period))
DOCUMENTS = Codec("documents", model.Document, "sha256 name size number title", day=DAY_OR_NONE)
TARGETS = Codec(
    "targets",
    model.Target,
    "year code title base_year line of_title unit note",
    kind=_word(Kind),
    bound=_word_or_none(Bound),
    threshold=NUMBER,
    level=FLAG,
    scope=_word(Scope),
)
YEARS = Codec("years", model.YearState, "", pact=_word_or_none(model.Pact), signed_on=DAY_OR_NONE)
HANDOVERS = Codec("handovers", model.Handover, "number", handed_on=DAY, taken_on=DAY_OR_NONE)
FIGURES = Codec("evidence", Figure, "", value=NUMBER, of=NUMBER, base=NUMBER, rate=NUMBER)
LEADERSHIPS, TAKEOVERS = (
    Codec(table, model.Leadership, "year because", deputy_known=FLAG, **{day: DAY_OR_NONE})
    for table, day in (("leaderships", "elected_on"), ("takeovers", "first_day"))
)


# -- records that name a province, or say something in other words than the value ------------------


def succession_of(row: AnyRow, provinces: Provinces) -> model.Succession:
    """Return which unit went into which."""
    units = provinces(row["predecessor"]), provinces(row["successor"])
    return model.Succession(*units, _day(row["day"]), row["kind"])


def cluster_name_of(row: AnyRow) -> tuple[date, str]:
    """Return a former name of a cluster, with its last day."""
    return _day(row["last_day"]), row["name"]


def leadership_of(row: AnyRow, provinces: Provinces) -> model.Leadership:
    """Return who led a year."""
    return LEADERSHIPS.load(row, **_leaders_in(row, provinces))


def takeover_of(row: AnyRow, provinces: Provinces) -> model.Leadership:
    """Return who took over a year in its course; the day of the election is the first day."""
    elected_on = _day(row["first_day"])
    return TAKEOVERS.load(row, elected_on=elected_on, **_leaders_in(row, provinces))


def _leaders_in(row: AnyRow, provinces: Provinces) -> dict[str, model.Province | None]:
    deputy = provinces(row["deputy"]) if row["deputy"] else None
    return {"leader": provinces(row["leader"]), "deputy": deputy}


def year_state_of(row: AnyRow) -> model.YearState:
    """Return the state of a year."""
    return YEARS.load(row, closed=row["state"] == "closed")


def amendment_of(part: model.PactPart, row: AnyRow) -> model.Amendment:
    """Return what a decision changed: a record of one of the tables of what stood before."""
    first_day = _day(row["last_day"]) + timedelta(1)
    decided = row["decision"], first_day, part
    stood = bool(row["stood"])
    if part is model.PactPart.LINE:
        line = LINES.load(row)
        return model.Amendment(*decided, line.line, None, line if stood else None)
    if part is model.PactPart.TARGET:
        return model.Amendment(*decided, row["code"], None, TARGETS.load(row) if stood else None)
    share = SHARES.load(row)
    return model.Amendment(*decided, share.target, share.province, share if stood else None)


def result_of(row: AnyRow, change: int | None = None) -> model.Result:
    """Return a figure; by hand and not by a codec, for it is read by the hundred thousand."""
    return model.Result(
        target=row["target"],
        province=row["province"],
        as_of=_day(row["as_of"]),
        basis=Basis(row["basis"]),
        figure=figure_of(row),
        source=row["source"],
        note=row["note"],
        change=change,
    )


def figure_of(row: AnyRow) -> Figure:
    """Return the parts of a figure."""
    return Figure(*(_number(row[part]) for part in ("value", "of", "base", "rate")))


def _proved(record: Record, provinces: Provinces) -> model.Result:
    """A figure as a document proves it: a record of evidence has neither its source nor its note."""
    place = record["target"], record["province"], _day(record["as_of"]), Basis(record["basis"])
    return model.Result(*place, figure_of(record))


def _member(record: Record, provinces: Provinces) -> model.Member:
    days = _day(record["first_day"]), _day_or_none(record["last_day"])
    return model.Member(provinces(record["province"]), record["seat"], *days)


def _former(part: model.PactPart, record: Record, provinces: Provinces) -> model.Amendment:
    return amendment_of(part, record)


_CODECS: Mapping[str, Codec[Any]] = {
    codec.table: codec for codec in (PROVINCES, LINES, TARGETS, SHARES, DUE_RULES, DOCUMENTS)
}
_DECODERS: Mapping[str, Callable[[Record, Provinces], Any]] = {
    **{part.former: partial(_former, part) for part in model.PactPart},
    "successions": succession_of,
    "clusters": lambda record, _: model.Cluster(record["id"], record["name"]),
    "cluster_names": lambda record, _: cluster_name_of(record),
    "members": _member,
    "leaderships": leadership_of,
    "takeovers": takeover_of,
    "years": lambda record, _: year_state_of(record),
    "results": lambda record, _: result_of(record),
    "evidence": _proved,
    "handovers": lambda record, provinces: HANDOVERS.load(
        record, province=provinces(record["province"])
    ),
}
