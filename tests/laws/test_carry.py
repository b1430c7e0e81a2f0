"""Laws of merging: no sum changes, whichever provinces merge, in which order and grouping."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from htx_cli.domain.model import Cluster, Member, Province, Result, Share, Target, YearData
from htx_cli.domain.progress import build
from htx_cli.domain.report import Cell, Report
from htx_cli.domain.targets import Basis, Bound, Figure, Kind, Scope
from tests.laws.naive import NOT_ASSIGNED, BaseResult, Story
from tests.laws.naive import Result as Told
from tests.laws.stories import Draw, stories

# A member is a name; provinces that merged are a tuple of members.
Tree = str | tuple["Tree", ...]


@st.composite
def mergers(draw: Draw, members: list[str]) -> list[Tree]:
    """The members after merging some of them, some of those again, and so on."""
    sitting: list[Tree] = list(members)
    for _ in range(draw(st.integers(1, 4))):
        going = draw(st.lists(st.sampled_from(sitting), min_size=1, unique=True))
        sitting = [each for each in sitting if each not in going] + [tuple(going)]
    return sitting


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


def report(story: Story, trees: list[Tree], as_of: date | None = None) -> Report:
    """The report of a story whose provinces have merged so; nobody reports after 30 June."""
    story = replace(story, results=[r for r in story.results if r.as_of <= date(story.year, 6, 30)])
    return report_of(story, trees, as_of)


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


def sums(report: Report) -> list[tuple[object, ...]]:
    """What the cluster's figures come to; and what that means, where it is bound as a whole."""
    return [
        (
            *(r.target.code, r.added, r.counted, r.expected, r.came, r.oldest, r.basis),
            r.judged if r.target.scope is Scope.CLUSTER or r.target.kind is Kind.TRACKED else None,
        )
        for r in report.targets
    ]


def shown(cell: Cell) -> tuple[object, ...]:
    day = cell.result.as_of if cell.result else None
    return cell.target.code, cell.judged, cell.threshold, cell.figure, day, cell.stale, cell.own


some = settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@some
@given(story=stories(), data=st.data())
def test_merging_in_any_order_and_grouping_gives_the_same_sums(
    story: Story, data: st.DataObject
) -> None:
    one, other = data.draw(mergers(story.members)), data.draw(mergers(story.members))
    assert sums(report(story, one)) == sums(report(story, other))


@some
@given(story=stories(), data=st.data())
def test_the_same_provinces_in_one_are_the_same_however_they_came_together(
    story: Story, data: st.DataObject
) -> None:
    together = data.draw(mergers(story.members).filter(lambda sitting: len(sitting) == 1))
    [one] = report(story, together).provinces
    [flat] = report(story, [tuple(story.members)]).provinces
    assert [*map(shown, one.cells)] == [*map(shown, flat.cells)]
    assert (one.met, one.assigned, one.reported) == (flat.met, flat.assigned, flat.reported)


@some
@given(story=stories(), data=st.data())
def test_on_the_eve_both_maps_agree(story: Story, data: st.DataObject) -> None:
    eve = date(story.year, 6, 30)
    new = data.draw(mergers(story.members))
    assert sums(report(story, new, eve)) == sums(report(story, [*story.members], eve))


@some
@given(story=stories(), data=st.data())
def test_a_merger_changes_no_sum_on_any_later_day(story: Story, data: st.DataObject) -> None:
    later = date(story.year, 7, 1), date(story.year, 12, 31)
    assume(not story.estimates)  # one may lie ahead of the eve
    new = data.draw(mergers(story.members))
    before = [each[:7] for each in sums(report(story, [*story.members], date(story.year, 6, 30)))]
    for day in later:
        assert [each[:7] for each in sums(report(story, new, day))] == before


@some
@given(story=stories(), data=st.data())
def test_a_province_that_only_took_another_name_is_judged_as_before(
    story: Story, data: st.DataObject
) -> None:
    renamed: list[Tree] = [(each,) for each in story.members]
    before, after = report(story, [*story.members]), report(story, renamed)
    assert [r.judged for r in after.targets] == [r.judged for r in before.targets]
    for old, new in zip(before.cells(), after.cells(), strict=True):
        assert shown(old) == shown(new)
        assert new.carried_from == ((old.province,) if old.result else ())
