"""The real report of a random story, whose provinces may have merged."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck

from htx_cli.domain.model import Cluster, Member, Province, Result, Share, Target, YearData
from htx_cli.domain.progress import build
from htx_cli.domain.report import Report
from htx_cli.domain.targets import Basis, Bound, Figure, Kind, Scope
from tests.laws.naive import NOT_ASSIGNED, BaseResult, Story
from tests.laws.naive import Result as Told
from tests.support.laws import tried

# A member is a name; provinces that merged are a tuple of members.
Tree = str | tuple["Tree", ...]


def leaves(tree: Tree) -> frozenset[str]:
    return frozenset([tree]) if isinstance(tree, str) else frozenset().union(*map(leaves, tree))


def member(tree: Tree, year: int) -> Member:
    """Everything merges on 1 July; the one after the other, where one comes of another."""
    if isinstance(tree, str):
        province = Province(tree, tree, None, date(2008, 8, 1))
        return Member(province, 1, date(2018, 1, 1))
    july = date(year, 7, 1)
    name = "+".join(sorted(leaves(tree)))
    return Member(
        Province(f"({name})", name, None, july),
        1,
        july,
        parts=tuple(member(part, year) for part in tree),
    )


def report_of(story: Story, trees: list[Tree], as_of: date | None = None) -> Report:
    """The report of a story as it stands."""
    data = YearData(
        cluster=Cluster("c", "C"),
        year=story.year,
        closed=story.closed,
        targets=tuple(target(story.year, each) for each in story.targets),
        lines={},
        members=tuple(member(tree, story.year) for tree in trees),
        shares={
            (province, code): Share(province, code, exact(given))
            for (province, code), given in story.shares.items()
        },
        results=_by_cell(story.results),
        bases={
            (b.province, b.code): result(b)
            for b in sorted(story.base_results, key=lambda b: b.as_of)
            if b.basis == "actual"
        },
    )
    return build(data, story.today, as_of or story.as_of, story.estimates)


def target(year: int, told: Any) -> Target:
    return Target(
        year,
        told.code,
        told.code,
        Kind(told.kind),
        Bound(told.bound) if told.bound else None,
        exact(told.threshold),
        told.level,
        told.base_year,
        str(told.line),
        scope=Scope(told.scope),
    )


def _by_cell(told: list[Told]) -> dict[tuple[str | None, str], tuple[Result, ...]]:
    found: dict[tuple[str | None, str], tuple[Result, ...]] = {}
    for each in told:
        found[each.province, each.code] = (*found.get((each.province, each.code), ()), result(each))
    return found


def result(told: Told | BaseResult) -> Result:
    numbers = [exact(getattr(told, name, None)) for name in ("value", "of", "base", "rate")]
    return Result(told.code, told.province, told.as_of, Basis(told.basis), Figure(*numbers))


def exact(value: Fraction | bool | str | None) -> Decimal | None:
    if value is None or value == NOT_ASSIGNED:
        return None
    number = Fraction(value)
    return Decimal(number.numerator) / Decimal(number.denominator)


some = tried(
    200,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
