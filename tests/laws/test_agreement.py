"""The real report agrees with the naive calculation, over a merger too, and with the story's hand-made figures."""

import csv
import json
import shutil
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from htx_cli.actions import Intent, pact
from htx_cli.actions import clusters as setup
from htx_cli.actions.provinces import add_province
from htx_cli.actions.report import build_report
from htx_cli.actions.results import import_results
from htx_cli.book.journal import Put
from htx_cli.domain.pact import Wanted
from htx_cli.domain.targets import Bound, Kind, Scope
from htx_cli.output.documents import document
from tests.laws.comparable import comparable, computed
from tests.laws.naive import (
    NOT_ASSIGNED,
    BaseResult,
    Result,
    Story,
    naive_report,
)
from tests.laws.naive_mergers import Group, after_the_merger, naive_merged_report
from tests.laws.reports import report_of, some
from tests.laws.stories import Draw, stories
from tests.support.books import SAMPLE, TESTS, book
from tests.support.commands import Run
from tests.support.laws import tried

WRITE = Intent("test")


@pytest.fixture(scope="module")
def five(empty_book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with five units that no register has."""
    path = Path(shutil.copy(empty_book, tmp_path_factory.mktemp("five") / "five.db"))
    for number in range(1, 6):
        add_province(book(path), WRITE, f"p{number}", date(2019, 1, 1))
    return path


@tried(
    150,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(story=stories())
def test_report_equals_the_naive_calculation_on_any_book(five: Path, story: Story) -> None:
    with TemporaryDirectory() as folder:
        path = Path(shutil.copy(five, folder))
        write(story, path)
        report = build_report(book(path, story.today), story.year, story.as_of, story.estimates)
    assert computed(json.loads(json.dumps(document(report)))) == comparable(naive_report(story))


def write(story: Story, path: Path) -> None:
    """Put the story into a book through the public use cases."""
    here = book(path, story.today)
    setup.add_cluster(here, WRITE, "Five", story.members, since=date(2019, 1, 1))
    for t in story.targets:
        wanted = Wanted(
            title=t.code,
            kind=Kind(t.kind),
            bound=Bound(t.bound) if t.bound else None,
            threshold=exact(t.threshold),
            level=t.level or None,
            base_year=t.base_year,
            line=str(t.line),
            scope=Scope(t.scope),
        )
        pact.add_target(here, WRITE, t.code, story.year, wanted)
    for (province, code), share in story.shares.items():
        own = None if share == NOT_ASSIGNED else exact(Fraction(share))
        pact.set_share(here, WRITE, province, code, story.year, own)
    for year, code in sorted({(b.year, b.code) for b in story.base_results}):
        tracked = Wanted(title=code, kind=Kind.TRACKED, scope=Scope.CLUSTER)
        pact.add_target(here, WRITE, code, year, tracked)
    rows = [_row(result) for result in story.results]
    rows += [_row(base) for base in story.base_results]
    # A share may free a province from a target after its figure was sent.
    if rows:
        import_freely(story, path, rows)
    if story.closed:
        closed = {"cluster": "five", "year": story.year, "state": "closed"}
        here.commit(WRITE, lambda _connection, _staging: [Put("years", closed)])


def _row(r: Result | BaseResult) -> dict[str, object]:
    row: dict[str, object] = {"province": r.province or "all", "target": r.code}
    row |= {"as_of": r.as_of, "basis": r.basis, "year": str(r.as_of.year)}
    for name in ("value", "of", "base", "rate"):
        value = getattr(r, name, None)
        if value is not None:
            row[name] = typed(value)
    return row


def import_freely(story: Story, path: Path, rows: list[dict[str, object]]) -> None:
    """Import before the shares take provinces out, as happens when one is freed later."""
    here = book(path, story.today)
    freed = [place for place, share in story.shares.items() if share == NOT_ASSIGNED]
    for province, code in freed:
        pact.set_share(here, WRITE, province, code, story.year, as_signed=True)
    import_results(here, rows)
    for province, code in freed:
        pact.set_share(here, WRITE, province, code, story.year)


def exact(value: Fraction | None) -> Decimal | None:
    return None if value is None else Decimal(value.numerator) / Decimal(value.denominator)


def typed(value: Fraction | bool) -> Decimal | bool | None:
    return value if isinstance(value, bool) else exact(value)


# -- the real story against what was worked out by hand --------------------------------------------


def by_hand(name: str) -> list[dict[str, Any]]:
    """The rows of an expected table; empty is null, the working is for the reader."""
    with (TESTS / "sample" / f"expected-2021-{name}.csv").open(encoding="utf-8") as file:
        return [
            {key: reading(key, text) for key, text in row.items() if key != "working"}
            for row in csv.DictReader(file)
        ]


WORDS = ("province", "target", "code", "line", "status", "reason", "basis", "as_of")


def reading(key: str, text: str) -> object:
    if text == "":
        return None
    if key in WORDS:
        return text
    if text in ("true", "false"):
        return text == "true"
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else float(number)


@pytest.fixture
def report_2021(run: Run) -> dict[str, Any]:
    answer = run("--db", SAMPLE, "report", "--year", 2021, "--json")
    assert (answer.exit, answer.err) == (0, "")
    made: dict[str, Any] = json.loads(answer.out)
    return made


def test_every_cell_of_the_sample_is_what_was_worked_out_by_hand(report_2021: Any) -> None:
    cells = [
        {"province": p["id"], **{key: c[key] for key in by_hand("cells")[0] if key != "province"}}
        for p in report_2021["provinces"]
        for c in p["cells"]
    ]
    assert cells == by_hand("cells")


def test_every_target_of_the_sample_is_what_was_worked_out_by_hand(report_2021: Any) -> None:
    expected = by_hand("targets")
    assert [{key: t[key] for key in expected[0]} for t in report_2021["targets"]] == expected


def test_every_line_of_the_sample_is_what_was_worked_out_by_hand(report_2021: Any) -> None:
    lines = [{"line": x["line"], "status": x["status"]} for x in report_2021["lines"]]
    assert lines == by_hand("lines")


def test_every_province_of_the_sample_is_what_was_worked_out_by_hand(report_2021: Any) -> None:
    provinces = [
        {"province": p["id"], **{key: p[key] for key in ("met", "assigned", "reported")}}
        for p in report_2021["provinces"]
    ]
    assert provinces == by_hand("provinces")


# -- over a merger ---------------------------------------------------------------------------------


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
