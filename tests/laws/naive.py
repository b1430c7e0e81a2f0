"""The naive calculation: the guide `rules` read aloud, as the test oracle of the real one.

It shares nothing with `htx_cli`: fractions, dates and the most obvious loops, slow on purpose.
Sentences in quotation marks are of the design that the guide grew from; D: marks a decision on a
point that it leaves open.
A `Story` is one year of one cluster as a report sees it; `naive_report` is what must come out.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any

NOT_ASSIGNED = "not-assigned"  # as a share
OPEN_WHEN_NOT_ASSIGNED = ("reason", "rate")  # D: such a cell may show them; do not compare there
Judgement = tuple[str, str | None]  # a status, and why it is incomplete
Row = dict[str, Any]


@dataclass(frozen=True)
class Target:
    code: str
    line: int
    kind: str  # count ratio growth yes-no tracked
    bound: str | None = None  # at_least at_most exactly; None for yes-no and tracked
    threshold: Fraction | None = None  # None for yes-no and tracked
    level: bool = False  # count only: a state at its date, not cumulative within the year
    base_year: int | None = None  # growth only
    scope: str = "each"  # each cluster


@dataclass(frozen=True)
class Result:
    province: str | None  # None: a figure of the whole cluster
    code: str
    as_of: date
    basis: str  # actual estimate
    value: Fraction | bool | None = None  # bool for yes-no, None beside a bare rate
    of: Fraction | None = None
    base: Fraction | None = None
    rate: Fraction | None = None  # a bare rate, in per cent


@dataclass(frozen=True)
class BaseResult:
    year: int
    province: str | None
    code: str
    as_of: date
    basis: str
    value: Fraction


@dataclass(frozen=True)
class Story:
    year: int
    members: list[str]
    targets: list[Target]
    today: date
    shares: dict[tuple[str, str], Fraction | str] = field(default_factory=dict)  # or NOT_ASSIGNED
    results: list[Result] = field(default_factory=list)
    base_results: list[BaseResult] = field(default_factory=list)
    closed: bool = False
    as_of: date | None = None
    estimates: bool = False

    @property
    def last_day(self) -> date:
        return date(self.year, 12, 31)

    @property
    def report_date(self) -> date:  # D: the date given, else the earlier of today and 31 December
        return self.as_of or min(self.today, self.last_day)

    @property
    def has_ended(self) -> bool:
        return self.report_date >= self.last_day


def even_path(threshold: Fraction, day: date) -> Fraction:
    """'threshold × n / days of the year (n = days from 1 January to d, both included)'"""
    first, last = date(day.year, 1, 1), date(day.year, 12, 31)
    return threshold * ((day - first).days + 1) / ((last - first).days + 1)


def six_decimals(number: Fraction, way: str = "half up") -> Fraction:
    """The size is rounded (half up, down: towards zero, up: away from zero), the sign stays."""
    size = abs(number) * 10**6
    whole = {"half up": floor(size + Fraction(1, 2)), "down": floor(size), "up": ceil(size)}[way]
    return Fraction(-whole if number < 0 else whole, 10**6)


def counting_result(story: Story, target: Target, province: str | None) -> Result | None:
    """'the latest as-of date not after --as-of; without it, the latest of the year. The actual
    one; with --estimates an estimate where no actual has the same or a later date'"""
    found: list[Result] = []
    for result in story.results:
        in_time = result.as_of <= (story.as_of or story.last_day)
        wanted = result.basis == "actual" or story.estimates
        if (result.province, result.code) == (province, target.code) and in_time and wanted:
            found.append(result)
    if not found:
        return None
    counts = max(found, key=lambda each: (each.as_of, each.basis == "actual"))
    return with_base(story, target, counts) if target.kind == "growth" else counts


def with_base(story: Story, target: Target, result: Result) -> Result:
    """'Base of growth: the result's own, else the province's latest actual result for the same
    code in the base year, else none.' So too for the whole cluster; a bare rate needs none."""
    if result.base is not None or result.rate is not None:
        return result
    place = (target.base_year, result.province, target.code, "actual")
    found = [b for b in story.base_results if (b.year, b.province, b.code, b.basis) == place]
    if found:
        result = replace(result, base=max(found, key=lambda old: old.as_of).value)
    return result


def measure(target: Target, figure: Result) -> tuple[Fraction | None, str | None]:
    """The number that is judged, or the reason why there is none (kinds count, ratio, growth)."""
    if figure.rate is not None:  # 'A bare 62% for a ratio or growth is a rate: judged'
        return figure.rate, None
    assert isinstance(figure.value, Fraction)
    if target.kind == "ratio":  # '100 × value / of'
        if figure.of is None or figure.of == 0:
            return None, "no_denominator" if figure.of is None else "denominator_zero"
        return 100 * figure.value / figure.of, None
    if target.kind == "growth":  # '100 × (value − base) / base'; 'Base ≤ 0 → incomplete'
        if figure.base is None:
            return None, "no_base"
        if figure.base <= 0:
            return None, "base_zero" if figure.base == 0 else "base_negative"
        return 100 * (figure.value - figure.base) / figure.base, None
    return figure.value, None  # 'value against the threshold'


def judge(story: Story, target: Target, threshold: Fraction | None, figure: Result) -> Judgement:
    """Status and reason of a figure, 'judged at its own result's date d'."""
    # 'Unmet is missed if d is the year's last day, or if the year is closed and the report's
    # as-of date is on or after that day. … Estimates never give missed.'
    settled = figure.as_of == story.last_day or (story.closed and story.has_ended)
    actual = figure.basis == "actual"
    if target.kind == "yes-no":
        if figure.value is not True:
            return ("missed" if actual and settled else "in_progress"), None
        return "met", None
    number, reason = measure(target, figure)
    if number is None:
        return "incomplete", reason
    assert threshold is not None
    # 'A cumulative count under at-most or exactly is in_progress until the year's last day while
    # not over, and missed at once when over.'
    cumulative = target.kind == "count" and not target.level
    if cumulative and target.bound in ("at_most", "exactly"):
        if number > threshold:
            return ("missed" if actual else "in_progress"), None
        if not settled:
            return "in_progress", None
    # 'at least: beyond is more; at most: beyond is less; exactly: never exceeded, unequal is
    # unmet. exceeded = strictly beyond, met = equal.'
    if target.bound == "at_least" and number > threshold:
        return "exceeded", None
    if target.bound == "at_most" and number < threshold:
        return "exceeded", None
    if number == threshold:
        return "met", None
    # 'Else a cumulative at-least count is on_track when value ≥ threshold × n / days of the year,
    # otherwise behind; every other kind is in_progress.'
    if actual and settled:
        return "missed", None
    if cumulative and target.bound == "at_least":
        return ("on_track" if number >= even_path(threshold, figure.as_of) else "behind"), None
    return "in_progress", None


def shown_rate(target: Target, threshold: Fraction | None, figure: Result) -> Fraction | None:
    """Ratio, growth and tracked with an `of`. D: half up, but a rate that is not the threshold
    never looks like it: it steps one unit back to its own side ('9996/10000 is not 100 %')."""
    exact: Fraction | None = None
    if target.kind in ("ratio", "growth"):
        exact, _ = measure(target, figure)
    if target.kind == "tracked" and figure.of is not None and figure.of > 0:
        exact = 100 * Fraction(figure.value or 0) / figure.of
    if exact is None:
        return None
    shown = six_decimals(exact)
    if threshold is not None and shown == threshold and exact != threshold:
        shown += Fraction(1 if exact > threshold else -1, 10**6)
    return shown


def shown_completion(target: Target, threshold: Fraction, figure: Result) -> Fraction | None:
    """'100 × value (or rate) / threshold, only for at-least with a threshold above 0, else none.
    Never clipped. Unmet is rounded towards zero, so 100 % means met.'"""
    number, _ = measure(target, figure)
    if number is None or target.bound != "at_least" or threshold <= 0:
        return None
    return six_decimals(100 * number / threshold, "down" if number < threshold else "half up")


def shown_remaining(target: Target, threshold: Fraction, figure: Result) -> Fraction | None:
    """D: what an at-least target still wants, in the value's own unit; 0 once reached; up."""
    if target.bound != "at_least" or figure.rate is not None:
        return None
    of, base = figure.of or Fraction(0), figure.base or Fraction(0)
    by_kind = {"count": threshold, "ratio": threshold * of / 100}
    by_kind["growth"] = base * (1 + threshold / 100)
    assert isinstance(figure.value, Fraction)
    return six_decimals(max(by_kind[target.kind] - figure.value, Fraction(0)), "up")


def naive_cell(story: Story, target: Target, province: str) -> Row:
    """One province and one target."""
    share = story.shares.get((province, target.code))
    figure = counting_result(story, target, province)
    # 'share: a province's own threshold for a target, or "not assigned"'
    threshold = target.threshold if target.scope == "each" else None
    if share is not None:
        threshold = share if isinstance(share, Fraction) else None
    reason: str | None = None
    if share == NOT_ASSIGNED:
        status = "not_assigned"
    elif target.kind == "tracked" or (target.scope == "cluster" and share is None):
        status = "tracked"  # 'A province without a share is tracked there'; D: result or none
    elif figure is None:
        status = "not_reported"
    else:
        status, reason = judge(story, target, threshold, figure)

    cell: Row = {"target": target.code, "status": status, "reason": reason}
    cell.update(basis=None, as_of=None, stale=False, value=None, of=None, base=None)
    cell.update(threshold=threshold, rate=None, completion=None, expected=None, remaining=None)
    if figure is None:
        return cell
    # 'Not-assigned provinces leave the roll-up, their results stay visible.'
    cell.update(basis=figure.basis, as_of=figure.as_of.isoformat())
    cell.update(value=figure.value, of=figure.of, base=figure.base)
    cell["rate"] = shown_rate(target, threshold, figure)
    # 'Once the year has ended, a cell whose figure is older than its last day is stale.'
    if share != NOT_ASSIGNED and target.kind != "tracked":
        cell["stale"] = story.has_ended and figure.as_of < story.last_day
    if threshold is not None and status != "incomplete":
        cell["completion"] = shown_completion(target, threshold, figure)
        cell["remaining"] = shown_remaining(target, threshold, figure)
        if target.kind == "count" and not target.level and target.bound == "at_least":
            cell["expected"] = six_decimals(even_path(threshold, figure.as_of))
    return cell


def fold(statuses: list[str]) -> str:
    """'missed if any assigned cell is; else not_reported if none reported; else incomplete if any
    is incomplete or not reported; else exceeded if all are; else met if all are met or exceeded;
    else behind if any; else on_track if every unmet one is; else in_progress.'
    D: so too the targets of a line. What is never judged is left out, or all that there is."""
    judged = set(statuses) - {"tracked", "not_assigned"}
    if not judged:
        return "tracked" if "tracked" in statuses else "not_assigned"
    if "missed" in judged:
        return "missed"
    if judged == {"not_reported"}:
        return "not_reported"
    if "incomplete" in judged or "not_reported" in judged:
        return "incomplete"
    if judged == {"exceeded"}:
        return "exceeded"
    if judged <= {"met", "exceeded"}:
        return "met"
    if "behind" in judged:
        return "behind"
    return "on_track" if judged <= {"met", "exceeded", "on_track"} else "in_progress"


def contributors(story: Story, target: Target, assigned: list[str]) -> list[Result]:
    """'growth adds values and bases of the provinces that have both'; bare rates never add."""
    found = [counting_result(story, target, province) for province in assigned]
    parts = [figure for figure in found if figure is not None and figure.rate is None]
    if target.kind == "growth":
        parts = [figure for figure in parts if figure.base is not None and figure.base > 0]
    return parts


def add_up(target: Target, parts: list[Result]) -> Result | None:
    """The sum as a figure ('yes-no counts yeses'); without parts there is none ('≠ 0').
    D: it bears the earliest date of its parts and is an estimate if any part is."""
    if not parts:
        return None
    value, of, base = Fraction(0), Fraction(0), Fraction(0)
    for part in parts:
        value += Fraction(part.value or 0)
        of += part.of or 0
        base += part.base or 0
    # D: of what is tracked an `of` stands only if every part has one
    has_of = all(part.of is not None for part in parts)
    basis = "estimate" if any(part.basis == "estimate" for part in parts) else "actual"
    earliest = min(part.as_of for part in parts)
    return Result(None, target.code, earliest, basis, value, of if has_of else None, base)


def judge_each(cells: list[Row]) -> Judgement:
    """Scope each: the fold over its cells. D: why the whole is incomplete."""
    status = fold([cell["status"] for cell in cells])
    if status != "incomplete":
        return status, None
    reasons = {cell["reason"] for cell in cells if cell["status"] == "incomplete"}
    if any(cell["status"] == "not_reported" for cell in cells) or len(reasons) > 1:
        return status, "partial"
    return status, reasons.pop()


def judge_sum(story: Story, target: Target, parts: list[Result], missing: int) -> Judgement:
    """'scope cluster: judged on the sum. With a province missing: met if an at-least sum is
    already there, else incomplete (partial) once the year has ended.' D: before that, a part is
    reached only where the others cannot undo it: counts only add, anything else is in progress."""
    total = add_up(target, parts)
    assert total is not None
    if target.kind == "yes-no":  # D: yes when all who reported say yes
        total = replace(total, value=all(part.value is True for part in parts))
    status, reason = judge(story, target, target.threshold, total)
    at_least_sum = target.kind == "count" and target.bound == "at_least"
    if at_least_sum and status in ("met", "exceeded"):
        return status, reason
    # 'missed at once when over': what is missing cannot take a count back under its limit
    assert target.threshold is not None or target.kind == "yes-no"
    limited = target.kind == "count" and not target.level and target.bound != "at_least"
    if limited and status == "missed" and Fraction(total.value or 0) > (target.threshold or 0):
        return status, reason
    if missing > 0 and story.has_ended:
        return "incomplete", "partial"
    if missing > 0 and status in ("met", "exceeded"):
        return "in_progress", None
    return status, reason


def nothing_to_add(story: Story, target: Target, assigned: list[str]) -> Judgement:
    """'incomplete = reported but not yet judgeable'; without any result: not reported."""
    if not assigned:
        return "not_assigned", None
    found = [r for r in (counting_result(story, target, m) for m in assigned) if r is not None]
    if not found:
        return "not_reported", None
    reasons = {judge(story, target, target.threshold, r)[1] for r in found}
    alike = len(reasons) == 1 and len(found) == len(assigned)
    return "incomplete", (reasons.pop() if alike else None) or "partial"


def naive_target(story: Story, target: Target, cells: list[Row]) -> Row:
    """The roll-up of a target; `cells` are its own, one per member."""
    # 'Not-assigned provinces leave the roll-up'
    assigned = [m for m in story.members if story.shares.get((m, target.code)) != NOT_ASSIGNED]
    parts = contributors(story, target, assigned)
    missing = len(assigned) - len(parts)
    figure = total = add_up(target, parts)
    # 'A figure reported for the whole cluster (targets of scope cluster, and tracked): the later
    # date wins; on equal dates the sum if all reported; never added together'
    wide = target.scope == "cluster" or target.kind == "tracked"
    whole = counting_result(story, target, None) if wide else None
    if total is None:
        figure = whole
    elif whole is not None and whole.as_of >= total.as_of:
        figure = whole if whole.as_of > total.as_of or missing > 0 else total
    reason: str | None = None
    if target.kind == "tracked":
        status = "tracked"
    elif target.scope == "each":
        status, reason = judge_each(cells)
    elif figure is None:
        status, reason = nothing_to_add(story, target, assigned)
    elif figure is whole:
        status, reason = judge(story, target, target.threshold, figure)
    else:
        status, reason = judge_sum(story, target, parts, missing)

    # D: what plays a part: the figure that stands, or each province's where there is no such one
    playing: list[Result | None] = [figure]
    if figure is None or (target.scope == "each" and target.kind != "tracked"):
        playing = [counting_result(story, target, member) for member in assigned]
    bases = {each.basis for each in playing if each is not None}
    basis = "estimate" if "estimate" in bases else "actual" if bases else None
    row: Row = {"code": target.code, "status": status, "reason": reason, "basis": basis}
    row.update(value=None, of=None, base=None, rate=None, completion=None, **count_up(cells))
    if figure is not None:
        # each: 'the roll-up, for information; completion none'; cluster: the figure that stands
        threshold = target.threshold if target.scope == "cluster" else None
        row["value"] = None if figure.value is None else Fraction(figure.value)
        row["of"] = figure.of if target.kind in ("ratio", "tracked") else None
        row["base"] = figure.base if target.kind == "growth" else None
        row["rate"] = shown_rate(target, threshold, figure)
        if threshold is not None and status != "incomplete":
            done = shown_completion(target, threshold, figure)
            # D: nothing that is not met says 100 %, nor a part that is there already
            reached = status in ("met", "exceeded")
            row["completion"] = None if done is not None and done >= 100 and not reached else done
    return row


def count_up(cells: list[Row]) -> dict[str, int]:
    """'reported = cells with a counting result; met = met + exceeded; assigned leaves out tracked
    and not assigned.' D: reported leaves out not assigned."""
    statuses = [cell["status"] for cell in cells]
    reported = [cell["status"] for cell in cells if cell["as_of"] is not None]
    return {
        "met": statuses.count("met") + statuses.count("exceeded"),
        "assigned": len(statuses) - statuses.count("tracked") - statuses.count("not_assigned"),
        "reported": len(reported) - reported.count("not_assigned"),
    }


def naive_report(story: Story) -> Row:
    """The computed parts of htx.report/1. Lines by number; targets, members as the story has."""
    provinces = []
    for province in story.members:
        cells = [naive_cell(story, target, province) for target in story.targets]
        provinces.append({"id": province, **count_up(cells), "cells": cells})
    targets = []
    statuses: dict[int, list[str]] = {}
    for target in story.targets:
        cells = [naive_cell(story, target, province) for province in story.members]
        targets.append(naive_target(story, target, cells))
        statuses.setdefault(target.line, []).append(targets[-1]["status"])
    return {
        "year": story.year,
        "as_of": story.report_date.isoformat(),
        "closed": story.closed,
        "lines": [{"line": line, "status": fold(statuses[line])} for line in sorted(statuses)],
        "targets": targets,
        "provinces": provinces,
    }
