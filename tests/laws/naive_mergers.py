"""The naive calculation over a merger on 1 July: the guides `rules` and `mergers` read aloud once more.

It shares nothing with `htx_cli`; sentences in quotation marks are of the issue on mergers. A group of
several members is one province from that day on; what they reported and signed stands in the story.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from tests.laws.naive import (
    NOT_ASSIGNED,
    BaseResult,
    Result,
    Row,
    Story,
    Target,
    count_up,
    counting_result,
    fold,
    naive_cell,
    naive_target,
    shown_rate,
)

Group = tuple[str, ...]


def name_of(group: Group) -> str:
    return group[0] if len(group) == 1 else f"({'+'.join(sorted(group))})"


def with_summed_bases(story: Story, groups: list[Group]) -> Story:
    """'a growth base is the sum of the predecessors' bases and needs all of them'"""
    more: list[BaseResult] = []
    for target in story.targets:
        for group in groups:
            lasts = []
            for part in group:
                place = (target.base_year, part, target.code, "actual")
                found = [
                    b for b in story.base_results if (b.year, b.province, b.code, b.basis) == place
                ]
                lasts.append(max(found, key=lambda b: b.as_of) if found else None)
            known = [last for last in lasts if last is not None]
            if len(group) > 1 and len(known) == len(group):
                total = sum((b.value for b in known), Fraction(0))
                day = min(b.as_of for b in known)
                year = known[0].year
                more.append(BaseResult(year, name_of(group), target.code, day, "actual", total))
    return replace(story, base_results=[*story.base_results, *more])


def bound(story: Story, target: Target, part: str) -> bool:
    share = story.shares.get((part, target.code))
    if target.kind == "tracked" or share == NOT_ASSIGNED:
        return False
    return target.scope == "each" or share is not None


def together(target: Target, figures: list[Result]) -> Result:
    """'counts and levels add, ratios add both parts, … yes-no needs all'; 'a bare rate cannot be
    carried', unless it stands alone."""
    if len(figures) == 1:
        return figures[0]
    nothing = Fraction(0)
    rates = any(figure.rate is not None for figure in figures)
    valued = [figure for figure in figures if figure.rate is None]
    value = sum((Fraction(figure.value or 0) for figure in valued), Fraction(0))
    made = Result(
        None,
        target.code,
        min(figure.as_of for figure in figures),
        "estimate" if any(figure.basis == "estimate" for figure in figures) else "actual",
        value == len(valued) if target.kind == "yes-no" else value,
    )
    if not rates and all(figure.of is not None for figure in figures):
        made = replace(made, of=sum((figure.of or nothing for figure in figures), nothing))
    if not rates and all(figure.base is not None for figure in figures):
        made = replace(made, base=sum((figure.base or nothing for figure in figures), nothing))
    return made


def merged_cell(story: Story, target: Target, group: Group) -> Row:
    """One province that came of several; 'the successor's own figure … wins over the carried one'."""
    name, code = name_of(group), target.code
    shares = {part: story.shares.get((part, code)) for part in group}
    binding = [part for part in group if bound(story, target, part)]
    share: Fraction | str | None = None
    differ = False
    if all(given == NOT_ASSIGNED for given in shares.values()):
        share = NOT_ASSIGNED
    elif binding and target.kind != "yes-no":
        # 'count thresholds add, per-cent thresholds are the parts' if equal'
        asked = [shares[part] or target.threshold or Fraction(0) for part in binding]
        asked = [Fraction(0) if shares[p] == 0 else a for p, a in zip(binding, asked, strict=True)]
        numbers = [each for each in asked if isinstance(each, Fraction)]
        differ = target.kind != "count" and len(set(numbers)) > 1
        share = sum(numbers, Fraction(0)) if target.kind == "count" else numbers[0]
    here = replace(story, shares={**story.shares})
    if share is not None:
        here.shares[name, code] = share
    partial, empty = False, False
    if counting_result(story, target, name) is None:
        # 'not-assigned parts leave both sides'
        taking = binding or [p for p in group if shares[p] != NOT_ASSIGNED] or list(group)
        found = [counting_result(story, target, part) for part in taking]
        figures = [figure for figure in found if figure is not None]
        if figures:
            carried = replace(together(target, figures), province=name)
            partial = len(figures) < len(taking)
            empty = len(figures) > 1 and all(figure.rate is not None for figure in figures)
            bases = [b for b in story.base_results if b.province != name]
            here = replace(here, results=[carried], base_results=bases)
    row = naive_cell(here, target, name)
    if empty:
        row["value"] = None
    figure = counting_result(here, target, name)
    if figure is not None and share != NOT_ASSIGNED and (partial or (binding and differ)):
        row["reason"] = "partial" if partial else "thresholds_differ"
        if binding:
            row["status"] = "incomplete"
            rate = None if empty else shown_rate(target, None, figure)
            row.update(rate=rate, completion=None, expected=None, remaining=None)
    if differ:
        row["threshold"] = None
    return row


def naive_merged_report(story: Story, groups: list[Group]) -> Row:
    """As `naive_report`, of the provinces after the merger."""
    story = with_summed_bases(story, groups)
    provinces = []
    for group in groups:
        cells = [
            naive_cell(story, target, group[0])
            if len(group) == 1
            else merged_cell(story, target, group)
            for target in story.targets
        ]
        provinces.append({"id": name_of(group), **count_up(cells), "cells": cells})
    targets = []
    statuses: dict[int, list[str]] = {}
    for at, target in enumerate(story.targets):
        # 'no report over a merger changes a sum': it adds what stands in the book
        adding: list[str] = []
        freed = {**story.shares}
        for group in groups:
            own = len(group) > 1 and counting_result(story, target, name_of(group)) is not None
            adding += [name_of(group)] if own else group
            given = [story.shares.get((part, target.code)) for part in group]
            if own and all(share == NOT_ASSIGNED for share in given):
                freed[name_of(group), target.code] = NOT_ASSIGNED
        book = replace(story, members=adding, shares=freed)
        targets.append(naive_target(book, target, [p["cells"][at] for p in provinces]))  # type: ignore[index]
        statuses.setdefault(target.line, []).append(targets[-1]["status"])
    return {
        "year": story.year,
        "as_of": story.report_date.isoformat(),
        "closed": story.closed,
        "lines": [{"line": line, "status": fold(statuses[line])} for line in sorted(statuses)],
        "targets": targets,
        "provinces": provinces,
    }


def after_the_merger(story: Story, groups: list[Group]) -> Story:
    """The story with nothing of the old provinces after 30 June; what the first of each group said
    later, the new province says."""
    half = date(story.year, 6, 30)
    into = {part: name_of(group) for group in groups if len(group) > 1 for part in group}
    firsts = {group[0] for group in groups}
    results = [
        replace(r, province=into[r.province]) if r.province in into and r.as_of > half else r
        for r in story.results
        if r.province not in into or r.as_of <= half or r.province in firsts
    ]
    return replace(story, results=results)
