"""A target over the years: a small line, and a row for each year with what breaks the series."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from htx_cli.domain.model import Province
from htx_cli.domain.names import told_apart
from htx_cli.domain.report import Merger
from htx_cli.domain.targets import UNJUDGED, Basis, Kind, Status
from htx_cli.domain.trend import Break, Cause, Point, Trend
from htx_cli.output.layout import Column, Grid, Notes, Sheet, Text, clean, headings
from htx_cli.output.wording.figures import (
    ESTIMATED,
    STALE,
    completion_text,
    known_lines,
    per_cent_text,
    reason_text,
    signed,
    status_ink,
    value_text,
)
from htx_cli.output.wording.successions import came_of
from htx_cli.text.words import KIND_WORDS, number, shown, t

_STEPS = "▁▂▃▄▅▆▇█"
_LACKING, _SPLIT = "–", "│"


def sheet(trend: Trend, room: int | None) -> Sheet:
    """The line, the years, and where the series breaks."""
    whose = trend.province.name if trend.province else trend.cluster.name
    last = trend.points[-1] if trend.points else None
    title = f"{clean(whose)} · {trend.code}"
    if last:
        years = "–".join(dict.fromkeys(str(p.year) for p in (trend.points[0], last)))
        title += f" {clean(last.target.title)} · {years}"
    if trend.estimates:
        title += f" · {t('with estimates')}"
    blocks: list[Grid | Notes] = [_years(trend.points, room)]
    if remarks := [f"{p.year}: {said}" for p in trend.points for said in _remarks(p)]:
        blocks.append(Notes(remarks, t("To be known when years are compared")))
    if trend.went:
        blocks.append(Notes([_merger(trend.went)]))
    drawn = [line(trend)] if len(trend.points) > 1 else []
    return Sheet(title, blocks, [*drawn, *known_lines(trend.known_at)])


def _years(points: Sequence[Point], room: int | None) -> Grid:
    """A row for each year; where there is no room for all columns, the day goes below its row."""
    columns = headings(
        "rrrrrl", t("year"), t("figure"), t("rate"), t("signed"), t("done"), t("status")
    )
    days = [(shown(p.as_of) if p.as_of else "") + (STALE if p.stale else "") for p in points]
    rows = [_row(point) for point in points]
    beside = [[*row, day] for row, day in zip(rows, days, strict=True)]
    grid = Grid([*columns, Column(t("as of"))], beside)
    if room is None or grid.needs() <= room:
        return grid
    return Grid(columns, rows, under=[f"{t('as of')} {day}" if day else "" for day in days])


def line(trend: Trend) -> str:
    """A character for each year: its height between the lowest and the highest that are measured alike.

    `–` stands for a year without a figure, `│` where the figures before cannot be compared. Other
    provinces leave the scale as it is; another unit, or another target, begins one of its own.
    """
    scales: list[list[list[Decimal | None]]] = []
    for part in trend.segments():
        if not scales or any(e.splits and e.what not in _OTHERS for e in part[0].breaks):
            scales.append([])
        scales[-1].append([point.drawn for point in part])
    return _SPLIT.join(map(_scaled, scales))


_OTHERS = (Cause.MERGED, Cause.MEMBERS)  # other provinces, but the same is measured


def _scaled(segments: list[list[Decimal | None]]) -> str:
    known = [value for values in segments for value in values if value is not None]
    low, high = min(known, default=Decimal(0)), max(known, default=Decimal(0))
    return _SPLIT.join(
        "".join(_LACKING if value is None else _step(value, low, high) for value in values)
        for values in segments
    )


def _step(value: Decimal, low: Decimal, high: Decimal) -> str:
    if low == high:
        return _STEPS[len(_STEPS) // 2]
    return _STEPS[int((value - low) / (high - low) * (len(_STEPS) - 1) + Decimal("0.5"))]


def _row(point: Point) -> list[Text]:
    target, judged = point.target, point.judged
    summed = bool(point.parts) and point.threshold is None and judged.status is Status.TRACKED
    asked = judged.status not in UNJUDGED and point.threshold is not None
    return [
        str(point.year),
        (ESTIMATED if point.basis is Basis.ESTIMATE else "") + _figure(point),
        per_cent_text(judged.rate, point.threshold, target.kind is Kind.GROWTH),
        signed(target, point.threshold) if asked or target.kind is Kind.YES_NO else "",
        completion_text(judged),
        t("not judged") if summed else status_ink(judged.status),
    ]


def _figure(point: Point) -> str:
    figure = point.figure
    if point.target.kind is Kind.YES_NO and figure and figure.value is not None and figure.of:
        return f"{number(figure.value)} / {number(figure.of)}"
    return value_text(point.target, figure)


def _remarks(point: Point) -> Iterator[str]:
    """Remark on a year: parts of its figure, why it is not judged, what changed since."""
    if point.parts:
        yield t("the sum of {names}", names=_names(point.parts))
    reason = reason_text(point.judged)
    if point.figure and point.silent:
        yield f"{reason}: {_names(point.silent)}"
    elif reason and not point.outside:
        yield reason
    if point.outside and point.figure:
        yield t("outside the cluster, so not in the sum: {names}", names=_names(point.outside))
    if point.counted and point.figure and point.counted[0] < point.counted[1]:
        counted, wanted = map(str, point.counted)
        yield t("the sum of {counted} of {all} figures", counted=counted, all=wanted)
    for each in point.breaks:
        yield _said(each)


def _said(each: Break) -> str:
    before, now = each.before, each.now
    match each.what:
        case Cause.TITLE:
            return t("title: “{before}” → “{now}”", before=before, now=now)
        case Cause.UNIT:
            return t("unit: {before} → {now}", before=before or _LACKING, now=now or _LACKING)
        case Cause.OF_TITLE:
            return t("of: {before} → {now}", before=before or _LACKING, now=now or _LACKING)
        case Cause.KIND:
            old, new = (t(KIND_WORDS[str(kind)]) for kind in (before, now))
            return t("kind: {before} → {now}", before=old, now=new)
        case Cause.LEVEL:
            return t("now a state at its date") if now else t("now cumulative within the year")
        case Cause.GAP:
            years = str(now) if before == now else f"{before}–{now}"
            return t("not signed, or no member, in {years}", years=years)
    assert isinstance(before, tuple)
    if isinstance(now, Province):
        assert each.day is not None
        return _merger(Merger(each.day, now, before, each.others))
    assert isinstance(now, tuple)
    said = [t("left: {names}", names=_names(before))] if before else []
    return "; ".join([*said, t("joined: {names}", names=_names(now))] if now else said)


def _merger(merger: Merger) -> str:
    *_, into = told_apart([*merger.parts, *merger.others, merger.successor])
    return t(
        "{parts} went into {successor} on {day}",
        parts=came_of(merger),
        successor=into,
        day=merger.day,
    )


def _names(provinces: tuple[Province, ...]) -> str:
    return ", ".join(province.name for province in provinces)
