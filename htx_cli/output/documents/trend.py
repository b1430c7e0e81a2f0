"""A target over the years as a document of htx.trend/1, and as flat records."""

from enum import Enum

from htx_cli.domain.model import Province
from htx_cli.domain.targets import Figure, Kind
from htx_cli.domain.trend import Break, Point, Trend
from htx_cli.output.documents.values import (
    Document,
    Records,
    iso,
    known_document,
    named,
    num,
    picked,
    target_document,
)

RECORD = (
    "year", "code", "title", "kind", "bound", "threshold", "unit", "base_year", "status", "reason",
    "basis", "as_of", "stale", "value", "of", "base", "rate", "completion", "counted", "expected",
    "carried", "breaks", "province", "cluster", "known_at",
)  # fmt: skip


def document(trend: Trend) -> Document:
    """The years with what breaks the series between them."""
    went = trend.went
    return {
        **picked(trend, "cluster province code estimates"),
        "known_at": known_document(trend.known_at),
        "years": [_year(point) for point in trend.points],
        "went_into": {**(named(went.successor) or {}), "day": iso(went.day)} if went else None,
    }


def _year(point: Point) -> Document:
    target, figure = point.target, point.figure or Figure()
    yes_no = target.kind is Kind.YES_NO and figure.of is None and figure.value is not None
    return {
        **target_document(target),
        **picked(point, "year threshold judged.status judged.reason basis as_of stale"),
        "value": bool(figure.value) if yes_no else num(figure.value),
        **picked(figure, "of base"),
        **picked(point, "judged.rate judged.completion"),
        "counted": point.counted[0] if point.counted else None,
        "expected": point.counted[1] if point.counted else None,
        "carried": [province.id for province in point.parts],
        "outside": [province.id for province in point.outside],
        "breaks": [_break(each) for each in point.breaks],
    }


def _break(each: Break) -> Document:
    return {
        "what": each.what,
        "splits": each.splits,
        "before": _plain(each.before),
        "now": _plain(each.now),
        "day": iso(each.day),
        "others": _plain(each.others),
    }


def _plain(value: object) -> object:
    """Provinces by their ids, words of ours by what they are."""
    if isinstance(value, Province):
        return value.id
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, Enum) else value


def records(trend: Trend) -> Records:
    """The years; of what breaks the series there, its kind."""
    frame = picked(trend, "province=province.id cluster=cluster.id known_at=known_at.change")
    years = (_year(point) for point in trend.points)
    rows = [
        {**year, **frame, "breaks": [each["what"] for each in year["breaks"]]} for year in years
    ]
    return Records(RECORD, rows)
