"""Laws of merging: no sum changes, whichever provinces merge, in which order and grouping."""

from dataclasses import replace
from datetime import date

from hypothesis import assume, given
from hypothesis import strategies as st

from htx_cli.domain.report import Cell, Report
from htx_cli.domain.targets import Kind, Scope
from tests.laws.naive import Story
from tests.laws.reports import (
    Tree,
    report_of,
    some,
)
from tests.laws.stories import Draw, stories


@st.composite
def mergers(draw: Draw, members: list[str]) -> list[Tree]:
    """The members after merging some of them, some of those again, and so on."""
    sitting: list[Tree] = list(members)
    for _ in range(draw(st.integers(1, 4))):
        going = draw(st.lists(st.sampled_from(sitting), min_size=1, unique=True))
        sitting = [each for each in sitting if each not in going] + [tuple(going)]
    return sitting


def report(story: Story, trees: list[Tree], as_of: date | None = None) -> Report:
    """The report of a story whose provinces have merged so; nobody reports after 30 June."""
    story = replace(story, results=[r for r in story.results if r.as_of <= date(story.year, 6, 30)])
    return report_of(story, trees, as_of)


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
