"""The heart: the kinds of target, and what a figure means against its target.

Everything is exact (`Fraction`), nothing here knows of files, languages or today. The rules are
told in the guide `rules` (`htx help rules`); each has its truth table in `tests/domain/test_targets.py`.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_UP,
    Context,
    Decimal,
    localcontext,
)
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from htx_cli.text.errors import Phrase, Rejected

EXACT = Context(prec=100)


class Kind(StrEnum):
    """Kinds of target, by how they are measured."""

    COUNT = "count"  # a number: cumulative within the year, or a level at its date
    RATIO = "ratio"  # 100 × value / of
    GROWTH = "growth"  # 100 × (value − base) / base
    YES_NO = "yes-no"
    TRACKED = "tracked"  # noted, never judged


class Bound(StrEnum):
    """Sides of the threshold that are the good ones."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EXACTLY = "exactly"


class Scope(StrEnum):
    """Scopes of a target: it binds each province, or the cluster as a whole."""

    EACH = "each"
    CLUSTER = "cluster"


class Basis(StrEnum):
    """The basis of a figure: counted, or an estimate of what is to come."""

    ACTUAL = "actual"
    ESTIMATE = "estimate"


class Status(StrEnum):
    """The status of a result against its target."""

    EXCEEDED = "exceeded"
    MET = "met"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    IN_PROGRESS = "in_progress"
    MISSED = "missed"
    INCOMPLETE = "incomplete"
    NOT_REPORTED = "not_reported"
    NOT_ASSIGNED = "not_assigned"
    TRACKED = "tracked"


class Reason(StrEnum):
    """Why a reported figure cannot be judged yet."""

    NO_BASE = "no_base"
    BASE_ZERO = "base_zero"
    BASE_NEGATIVE = "base_negative"
    NO_DENOMINATOR = "no_denominator"
    DENOMINATOR_ZERO = "denominator_zero"
    PARTIAL = "partial"
    THRESHOLDS_DIFFER = "thresholds_differ"


JUDGED = (Kind.COUNT, Kind.RATIO, Kind.GROWTH)  # the kinds with a bound and a threshold
WITH_WHOLE = (Kind.RATIO, Kind.TRACKED)  # the kinds whose figures may be a part of something
PER_CENT = (Kind.RATIO, Kind.GROWTH)  # the kinds whose measure is a rate
REACHED = (Status.EXCEEDED, Status.MET)
UNJUDGED = (Status.TRACKED, Status.NOT_ASSIGNED)


class Criterion(Struct, frozen=True):
    """The demand of a target. `threshold` is in the unit of the measure: a number, or per cent."""

    kind: Kind
    bound: Bound | None = None
    threshold: Decimal | None = None
    level: bool = False

    @property
    def cumulative(self) -> bool:
        """Tell whether figures of a year grow from one date to the next (lũy kế)."""
        return self.kind is Kind.COUNT and not self.level


class Figure(Struct, frozen=True):
    """A figure as it was reported. Yes is 1, no is 0; a bare rate stands alone, in per cent."""

    value: Decimal | None = None
    of: Decimal | None = None
    base: Decimal | None = None
    rate: Decimal | None = None


class Moment(Struct, frozen=True):
    """The time of a figure, and whether its year is closed for a report that looks back on it."""

    on: date
    estimate: bool = False
    closed: bool = False

    @property
    def settled(self) -> bool:
        """Tell whether an unmet figure of this moment condemns: only then can it be missed."""
        return self.closed or (self.on.month, self.on.day) == (12, 31)

    @property
    def elapsed(self) -> Fraction:
        """The part of the year gone by, both 1 January and the day itself counted."""
        start, end = date(self.on.year, 1, 1), date(self.on.year, 12, 31)
        return Fraction((self.on - start).days + 1, (end - start).days + 1)


class Judgement(Struct, frozen=True):
    """A status and the numbers behind it; all per cents have six decimals at most."""

    status: Status
    reason: Reason | None = None
    rate: Decimal | None = None
    completion: Decimal | None = None
    expected: Decimal | None = None
    remaining: Decimal | None = None


def check(kind: Kind, code: str, figure: Figure) -> None:
    """Refuse a figure that cannot be one of this kind. Raises Rejected."""
    if figure.rate is not None:
        if kind not in PER_CENT:
            raise Rejected("rate_not_here", rate=figure.rate, code=code, kind=kind)
        if figure.value is not None:
            raise Rejected("value_or_rate")
        if figure.of is not None or figure.base is not None:
            raise Rejected("rate_with_parts")
        if kind is Kind.RATIO and not 0 <= figure.rate <= 100:
            raise Rejected("rate_range", rate=figure.rate)
        return
    if figure.value is None:
        raise Rejected("value_missing")
    if figure.of is not None and kind not in WITH_WHOLE:
        raise Rejected("of_not_here", code=code, kind=kind)
    if figure.base is not None and kind is not Kind.GROWTH:
        raise Rejected("base_not_here", code=code, kind=kind)
    if kind is Kind.RATIO and figure.of is None:
        raise Rejected("ratio_needs_of", code=code, value=figure.value)
    if kind in (Kind.COUNT, Kind.RATIO) and figure.value < 0:
        raise Rejected("value_negative", what=code, value=figure.value)
    if figure.of is not None:
        if figure.of < 0:
            raise Rejected("value_negative", what=Phrase("whole"), value=figure.of)
        if figure.value > figure.of:
            raise Rejected("value_above_of", value=figure.value, of=figure.of)


def measure(kind: Kind, figure: Figure) -> Fraction | Reason:
    """Compute what is compared with the threshold, or why there is nothing to compare."""
    if figure.rate is not None:
        return Fraction(figure.rate)
    if kind is Kind.RATIO and figure.of is None:
        return Reason.NO_DENOMINATOR
    if kind is Kind.GROWTH and figure.base is None:
        return Reason.NO_BASE
    assert figure.value is not None
    value = Fraction(figure.value)
    if figure.of is not None and kind is Kind.RATIO:
        return Reason.DENOMINATOR_ZERO if figure.of == 0 else 100 * value / Fraction(figure.of)
    if figure.base is not None and kind is Kind.GROWTH:
        if figure.base <= 0:
            return Reason.BASE_ZERO if figure.base == 0 else Reason.BASE_NEGATIVE
        return 100 * (value - Fraction(figure.base)) / Fraction(figure.base)
    return value


def judge(rule: Criterion, figure: Figure, moment: Moment) -> Judgement:
    """Judge the figure against the criterion at that moment: status, rate, completion and the rest."""
    if rule.kind is Kind.TRACKED:
        return Judgement(Status.TRACKED, rate=share_of_whole(figure))
    measured = measure(rule.kind, figure)
    if isinstance(measured, Reason):
        return Judgement(Status.INCOMPLETE, measured)
    if rule.kind is Kind.YES_NO:
        return Judgement(_unless(measured == 1, Status.MET, rule, measured, moment))
    assert rule.threshold is not None and rule.bound is not None
    threshold = Fraction(rule.threshold)
    status = _status(rule, measured, threshold, moment)
    return Judgement(
        status,
        rate=None if rule.kind is Kind.COUNT else per_cent(measured, threshold),
        completion=completion(rule, measured),
        expected=_expected(rule, threshold, moment),
        remaining=_remaining(rule, figure, threshold),
    )


def _status(rule: Criterion, measured: Fraction, threshold: Fraction, moment: Moment) -> Status:
    beyond = {
        Bound.AT_LEAST: measured > threshold,
        Bound.AT_MOST: measured < threshold,
        Bound.EXACTLY: False,
    }[rule.bound or Bound.AT_LEAST]
    if rule.cumulative and rule.bound is not Bound.AT_LEAST:
        # Such a count can still rise until the year's last day: under its limit is no merit yet,
        # over it is past mending.
        if measured > threshold:
            return Status.IN_PROGRESS if moment.estimate else Status.MISSED
        if not moment.settled:
            return Status.IN_PROGRESS
    if beyond:
        return Status.EXCEEDED
    return _unless(measured == threshold, Status.MET, rule, measured, moment)


def _unless(
    reached: bool, status: Status, rule: Criterion, measured: Fraction, moment: Moment
) -> Status:
    """The status if it is reached, otherwise what unmet means at that moment."""
    if reached:
        return status
    if moment.settled and not moment.estimate:
        return Status.MISSED
    if rule.cumulative and rule.bound is Bound.AT_LEAST and rule.threshold is not None:
        even_path = Fraction(rule.threshold) * moment.elapsed
        return Status.ON_TRACK if measured >= even_path else Status.BEHIND
    return Status.IN_PROGRESS


def completion(rule: Criterion, measured: Fraction) -> Decimal | None:
    """100 × measure / threshold: only for at least with a threshold above 0. Never clipped.

    Unmet is rounded towards zero, so that 100 % means met.
    """
    if rule.bound is not Bound.AT_LEAST or rule.threshold is None or rule.threshold <= 0:
        return None
    unmet = measured < Fraction(rule.threshold)
    return decimal(
        100 * measured / Fraction(rule.threshold), ROUND_DOWN if unmet else ROUND_HALF_UP
    )


def _expected(rule: Criterion, threshold: Fraction, moment: Moment) -> Decimal | None:
    """Return where the even path to the threshold stands on that day, for a cumulative at-least count."""
    if rule.cumulative and rule.bound is Bound.AT_LEAST:
        return decimal(threshold * moment.elapsed)
    return None


def _remaining(rule: Criterion, figure: Figure, threshold: Fraction) -> Decimal | None:
    """Return what is missing to reach an at-least threshold, in the value's own unit; 0 once reached."""
    if rule.bound is not Bound.AT_LEAST or figure.value is None:
        return None
    wanted = threshold
    if rule.kind is Kind.RATIO:
        wanted = threshold * Fraction(figure.of or 0) / 100
    elif rule.kind is Kind.GROWTH:
        wanted = Fraction(figure.base or 0) * (1 + threshold / 100)
    return decimal(max(wanted - Fraction(figure.value), Fraction(0)), ROUND_CEILING)


def share_of_whole(figure: Figure) -> Decimal | None:
    """value of `of` in per cent, for information, where a tracked figure has a whole."""
    if figure.value is None or not figure.of:
        return None
    return decimal(100 * Fraction(figure.value) / Fraction(figure.of))


def per_cent(measured: Fraction, threshold: Fraction | None = None, places: int = 6) -> Decimal:
    """A rate rounded half up, but never onto a threshold that it does not equal.

    59.96 against 60 shows as 59.9 at one place, not as 60 beside “missed”.
    """
    rounded = decimal(measured, ROUND_HALF_UP, places)
    if threshold is None or measured == threshold:
        return rounded
    if measured < threshold <= Fraction(rounded):
        return decimal(measured, ROUND_FLOOR, places)
    if measured > threshold >= Fraction(rounded):
        return decimal(measured, ROUND_CEILING, places)
    return rounded


def decimal(value: Fraction, rounding: str = ROUND_HALF_UP, places: int = 6) -> Decimal:
    """An exact value as a decimal of at most `places` decimals, without idle zeros."""
    scaled = abs(value) * 10**places
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    away = {
        ROUND_DOWN: False,
        ROUND_HALF_UP: 2 * rest >= scaled.denominator,
        ROUND_CEILING: rest > 0 and value > 0,
        ROUND_FLOOR: rest > 0 and value < 0,
    }[rounding]
    return plain(Decimal(f"{'-' if value < 0 else ''}{whole + away}E-{places}"))


def plain(value: Decimal) -> Decimal:
    """The same number without idle zeros or exponent: 20.0 → 20, 1E+3 → 1000, never −0."""
    if value == 0:
        return Decimal(0)
    whole = value.to_integral_value(context=EXACT)
    return whole.quantize(Decimal(1), context=EXACT) if value == whole else value.normalize(EXACT)


def fold(statuses: Iterable[Status]) -> Status:
    """Many statuses as one: of the provinces for a target, of the targets for a line.

    Missed if any is; else not reported if none is reported; else incomplete if any is incomplete or
    not reported; else exceeded if all are; met if all are at least met; behind if any is; on track
    if every unmet one is; in progress otherwise. Tracked and not assigned do not count.
    """
    everything = list(statuses)
    found = {status for status in everything if status not in UNJUDGED}
    if not found:
        return Status.TRACKED if Status.TRACKED in everything else Status.NOT_ASSIGNED
    if Status.MISSED in found:
        return Status.MISSED
    if found == {Status.NOT_REPORTED}:
        return Status.NOT_REPORTED
    if found & {Status.INCOMPLETE, Status.NOT_REPORTED}:
        return Status.INCOMPLETE
    unmet = found - {Status.EXCEEDED, Status.MET}
    if not unmet:
        return Status.EXCEEDED if found == {Status.EXCEEDED} else Status.MET
    if Status.BEHIND in unmet:
        return Status.BEHIND
    return Status.ON_TRACK if unmet == {Status.ON_TRACK} else Status.IN_PROGRESS


def fold_reason(judged: Sequence[Judgement]) -> Reason | None:
    """Why a roll-up is incomplete: the reason its cells share, otherwise `partial`."""
    reasons = {j.reason for j in judged if j.status is Status.INCOMPLETE}
    if len(reasons) == 1 and all(j.status is not Status.NOT_REPORTED for j in judged):
        return next(iter(reasons))
    return Reason.PARTIAL


def total(kind: Kind, figures: Iterable[Figure]) -> tuple[Figure, int]:
    """The sum of the figures that can be added, and how many they are.

    Ratios add value and whole, growth adds values and bases of those that have both; a bare rate is
    never added. Percentages are never averaged. Nothing to add gives an empty figure, never 0.
    """
    parts = [f for f in figures if f.value is not None]
    if kind is Kind.RATIO:
        parts = [f for f in parts if f.of is not None]
    elif kind is Kind.GROWTH:
        parts = [f for f in parts if f.base is not None and f.base > 0]
    if not parts:
        return Figure(), 0
    wholes = [f.of for f in parts if f.of is not None]
    bases = [f.base for f in parts if f.base is not None]
    with localcontext(EXACT):
        return Figure(
            value=sum((f.value for f in parts if f.value is not None), Decimal(0)),
            of=sum(wholes, Decimal(0)) if len(wholes) == len(parts) else None,
            base=sum(bases, Decimal(0)) if kind is Kind.GROWTH else None,
        ), len(parts)
