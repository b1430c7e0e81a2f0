"""The real report over a merger agrees with the naive calculation, for any story and any groups."""

import json
from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from htx_cli.output.documents import document
from tests.laws.comparable import comparable, computed
from tests.laws.naive import Story
from tests.laws.naive_mergers import Group, after_the_merger, naive_merged_report
from tests.laws.reports import report_of, some
from tests.laws.stories import Draw, stories


@st.composite
def groups_of(draw: Draw, members: list[str]) -> list[Group]:
    """The members in some order, cut into groups."""
    order = draw(st.permutations(members))
    cuts = draw(st.sets(st.integers(1, len(order)), max_size=3))
    edges = sorted({0, len(order), *cuts})
    return [tuple(order[a:b]) for a, b in pairwise(edges)]


@some
@given(story=stories(), data=st.data())
def test_report_over_a_merger_equals_the_naive_calculation(
    story: Story, data: st.DataObject
) -> None:
    groups = data.draw(groups_of(story.members))
    story = after_the_merger(story, groups)
    made = report_of(story, [g[0] if len(g) == 1 else g for g in groups])
    expected = comparable(naive_merged_report(story, groups))
    assert computed(json.loads(json.dumps(document(made)))) == expected


def test_the_merger_is_on_1_july() -> None:
    story = Story(2025, ["p1", "p2"], [], date(2025, 12, 31))
    ids = [p["id"] for p in naive_merged_report(story, [("p2", "p1")])["provinces"]]
    assert ids == ["(p1+p2)"]
