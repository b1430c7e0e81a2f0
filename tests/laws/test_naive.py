"""The oracle against the figures of the guide `rules`, each with its working in sight, and the stories."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.laws.naive import NOT_ASSIGNED, BaseResult, Result, Story, Target, fold, naive_report
from tests.laws.stories import digits, stories
from tests.support.laws import tried

F = Fraction
JUNE, LAST = date(2021, 6, 30), date(2021, 12, 31)
JANUARY = date(2022, 1, 15)
UNMET = ["on_track", "behind", "in_progress", "missed"]
STATUSES = ["exceeded", "met", *UNMET, "incomplete", "not_reported", "not_assigned", "tracked"]
CELL_REASONS = ["no_base", "base_zero", "base_negative", "denominator_zero"]


def count(threshold: int, **changes: Any) -> Target:
    return replace(Target("1a", 1, "count", "at_least", F(threshold)), **changes)


def ratio(threshold: int, **changes: Any) -> Target:
    return replace(Target("1a", 1, "ratio", "at_least", F(threshold)), **changes)


def growth(threshold: int, **changes: Any) -> Target:
    target = Target("1a", 1, "growth", "at_least", F(threshold), base_year=2020)
    return replace(target, **changes)


def result(value: int | bool, day: date = LAST, province: str | None = "p1", **more: Any) -> Result:
    number = value if isinstance(value, bool) else F(value)
    return replace(Result(province, "1a", day, "actual", number), **more)


def story(target: Target, *results: Result, members: str = "p1", **changes: Any) -> Story:
    plain = Story(2021, members.split(), [target], JANUARY, results=list(results))
    return replace(plain, **changes)


def cell(told: Story, place: int = 0) -> dict[str, Any]:
    cells: list[dict[str, Any]] = naive_report(told)["provinces"][place]["cells"]
    return cells[0]


def rolled(told: Story) -> dict[str, Any]:
    targets: list[dict[str, Any]] = naive_report(told)["targets"]
    return targets[0]


def test_8_of_20_is_40_per_cent() -> None:
    """100 × 8 / 20 = 40; 20 − 8 = 12 are wanting."""
    got = cell(story(count(20), result(8)))
    assert (got["status"], got["completion"], got["remaining"]) == ("missed", 40, 12)
    assert (got["value"], got["threshold"], got["rate"], got["expected"]) == (8, 20, None, 20)


def test_11_of_15_is_73_33_per_cent() -> None:
    """100 × 11 / 15 = 73.3333333…, and unmet is rounded towards zero."""
    got = cell(story(count(15), result(11)))
    assert (got["status"], got["completion"]) == ("missed", F("73.333333"))


def test_312_of_200_is_156_per_cent_and_not_clipped() -> None:
    """100 × 312 / 200 = 156; nothing is wanting."""
    got = cell(story(count(200), result(312)))
    assert (got["status"], got["completion"], got["remaining"]) == ("exceeded", 156, 0)


def test_492_of_608_is_80_92_per_cent() -> None:
    """100 × 492 / 608 = 80.9210526…; of 60 % that is 134.868421…; 60 % of 608 are 364.8."""
    got = cell(story(ratio(60), result(492, of=F(608))))
    assert (got["status"], got["rate"]) == ("exceeded", F("80.921053"))
    assert (got["completion"], got["remaining"]) == (F("134.868421"), 0)
    got = cell(story(ratio(60), result(300, of=F(608))))
    assert got["remaining"] == F("64.8")  # 364.8 − 300


def test_198_to_232_is_17_17_per_cent_more() -> None:
    """100 × (232 − 198) / 198 = 3400 / 198 = 17.1717171…; of 10 % that is 171.7171717…"""
    got = cell(story(growth(10), result(232, base=F(198))))
    assert (got["status"], got["rate"]) == ("exceeded", F("17.171717"))
    assert got["completion"] == F("171.717172")


def test_9_to_6_is_a_third_less_and_stands_as_it_is() -> None:
    """100 × (6 − 9) / 9 = −33.3333333…; of 10 % that is −333.333…; 9 × 1.1 − 6 = 3.9 wanting."""
    got = cell(story(growth(10), result(6, base=F(9))))
    assert (got["status"], got["rate"]) == ("missed", F("-33.333333"))
    assert (got["completion"], got["remaining"]) == (F("-333.333333"), F("3.9"))


def test_208_of_233_is_information() -> None:
    """100 × 208 / 233 = 89.2703862…, tracked and never judged."""
    got = cell(story(Target("1a", 1, "tracked"), result(208, of=F(233))))
    assert (got["status"], got["rate"]) == ("tracked", F("89.270386"))
    assert (got["completion"], got["threshold"], got["stale"]) == (None, None, False)


def test_9996_of_10000_is_not_100_per_cent() -> None:
    """100 × 9996 / 10000 = 99.96; 999 999 999 of 1 000 000 000 = 99.9999999 shows as 99.999999."""
    got = cell(story(count(10000), result(9996)))
    assert (got["status"], got["completion"]) == ("missed", F("99.96"))
    got = cell(story(ratio(100), result(999_999_999, of=F(10**9))))
    assert (got["status"], got["rate"]) == ("missed", F("99.999999"))
    assert got["completion"] == F("99.999999")
    got = cell(story(ratio(60, bound="at_most"), result(600_000_001, of=F(10**9))))
    assert (got["status"], got["rate"]) == ("missed", F("60.000001"))  # 60.0000001


def test_8_of_20_in_june_is_behind_and_10_on_track() -> None:
    """n = 31 + 28 + 31 + 30 + 31 + 30 = 181; 20 × 181 / 365 = 9.9178082…"""
    got = cell(story(count(20), result(8, JUNE), today=date(2021, 7, 2)))
    assert (got["status"], got["stale"], got["expected"]) == ("behind", False, F("9.917808"))
    got = cell(story(count(20), result(10, JUNE), today=date(2021, 7, 2)))
    assert (got["status"], got["remaining"]) == ("on_track", 10)
    got = cell(story(count(365), result(181, JUNE)))  # exactly there
    assert got["status"] == "on_track"


def test_the_leap_year_has_366_days() -> None:
    """n = 182 on 30 June 2020: 183 × 182 / 366 = 91."""
    leap = replace(story(count(183)), year=2020, today=date(2020, 7, 2))
    enough = replace(leap, results=[result(91, date(2020, 6, 30))])
    assert (cell(enough)["status"], cell(enough)["expected"]) == ("on_track", 91)
    short = replace(leap, results=[result(90, date(2020, 6, 30))])
    assert cell(short)["status"] == "behind"


def test_nobody_is_condemned_in_january_on_a_june_figure() -> None:
    told = story(count(20), result(8, JUNE), today=JANUARY)
    assert (cell(told)["status"], cell(told)["stale"]) == ("behind", True)
    assert naive_report(told)["as_of"] == "2021-12-31"
    closed = replace(told, closed=True)
    assert (cell(closed)["status"], cell(closed)["stale"]) == ("missed", True)
    looking_back = replace(closed, as_of=JUNE)
    assert (cell(looking_back)["status"], cell(looking_back)["stale"]) == ("behind", False)


def test_not_reported_is_not_zero_and_not_incomplete() -> None:
    told = story(count(20), result(0, province="p2"), members="p1 p2 p3")
    told = replace(told, shares={("p3", "1a"): NOT_ASSIGNED})
    found = [(cell(told, place)["status"], cell(told, place)["value"]) for place in range(3)]
    assert found == [("not_reported", None), ("missed", 0), ("not_assigned", None)]
    got = rolled(told)
    assert (got["status"], got["value"], got["completion"]) == ("missed", 0, None)
    assert (got["met"], got["assigned"], got["reported"]) == (0, 2, 1)
    nothing = rolled(story(count(20)))
    assert (nothing["status"], nothing["value"]) == ("not_reported", None)


def test_an_estimate_counts_only_when_asked_for_and_never_gives_missed() -> None:
    """At the year's end 8 of 20 is below 20 × 365 / 365, so it is behind."""
    told = story(count(20), result(25, JUNE), result(8, basis="estimate"))
    assert (cell(told)["status"], cell(told)["basis"]) == ("exceeded", "actual")
    told = replace(told, estimates=True)
    assert (cell(told)["status"], cell(told)["basis"]) == ("behind", "estimate")
    told = replace(told, results=[*told.results, result(20)])  # the same date: the actual one
    assert (cell(told)["status"], cell(told)["basis"]) == ("met", "actual")


@pytest.mark.parametrize(
    ("bound", "day", "value", "status"),
    [
        ("at_most", JUNE, 6, "missed"),  # over at once
        ("at_most", JUNE, 5, "in_progress"),
        ("at_most", LAST, 5, "met"),
        ("at_most", LAST, 4, "exceeded"),
        ("exactly", JUNE, 6, "missed"),
        ("exactly", JUNE, 5, "in_progress"),
        ("exactly", LAST, 5, "met"),
        ("exactly", LAST, 4, "missed"),
    ],
)
def test_a_cumulative_count_that_must_not_go_over_5(
    bound: str, day: date, value: int, status: str
) -> None:
    told = story(count(5, bound=bound), result(value, day))
    assert cell(told)["status"] == status
    assert cell(told)["completion"] is cell(told)["remaining"] is cell(told)["expected"] is None


def test_a_level_may_still_fall_or_rise() -> None:
    told = story(count(5, bound="at_most", level=True), result(6, JUNE))
    assert cell(told)["status"] == "in_progress"
    told = story(count(5, level=True), result(4, JUNE))
    assert (cell(told)["status"], cell(told)["expected"]) == ("in_progress", None)


def test_growth_finds_its_base_in_the_year_before() -> None:
    """100 × (110 − 100) / 100 = 10, over the later actual figure, not the estimate."""
    told = story(growth(10), result(110))
    assert (cell(told)["status"], cell(told)["reason"]) == ("incomplete", "no_base")
    older = BaseResult(2020, "p1", "1a", date(2020, 6, 30), "actual", F(90))
    found = BaseResult(2020, "p1", "1a", date(2020, 9, 30), "actual", F(100))
    guess = BaseResult(2020, "p1", "1a", date(2020, 12, 31), "estimate", F(120))
    told = replace(told, base_results=[found, older, guess])
    assert (cell(told)["status"], cell(told)["base"], cell(told)["rate"]) == ("met", 100, 10)


def test_a_bare_rate_is_judged_but_never_added() -> None:
    """62 % in one province and 30 / 50 in another: the cluster says 30 / 50 = 60 %."""
    bare = replace(result(0), value=None, rate=F(62))
    told = story(ratio(60), bare, result(30, province="p2", of=F(50)), members="p1 p2")
    assert (cell(told)["status"], cell(told)["rate"]) == ("exceeded", 62)
    assert (cell(told)["value"], cell(told)["remaining"]) == (None, None)
    got = rolled(told)
    assert (got["status"], got["value"], got["of"], got["rate"]) == ("met", 30, 50, 60)


def test_a_cluster_target_is_judged_on_the_sum() -> None:
    """12 + 9 = 21 of 20: 105 %; without p2 12 of 20 is partial; 20 without p2 is already there."""
    target = count(20, scope="cluster")
    told = story(target, result(12), result(9, province="p2"), members="p1 p2")
    got = rolled(told)
    assert (got["status"], got["value"], got["completion"]) == ("exceeded", 21, 105)
    assert cell(told)["status"] == "tracked"
    assert (got["met"], got["assigned"], got["reported"]) == (0, 0, 2)
    got = rolled(story(target, result(12), members="p1 p2"))
    assert (got["status"], got["reason"], got["completion"]) == ("incomplete", "partial", None)
    assert rolled(story(target, result(20), members="p1 p2"))["status"] == "met"


def test_a_whole_cluster_figure_is_never_added_to_the_sum() -> None:
    """Equal dates: the sum 21 if all reported, else the whole figure 30; a later date wins."""
    target = count(20, scope="cluster")
    both, whole = [result(12), result(9, province="p2")], result(30, province=None)
    assert rolled(story(target, *both, whole, members="p1 p2"))["value"] == 21
    assert rolled(story(target, both[0], whole, members="p1 p2"))["value"] == 30
    later = [replace(part, as_of=JUNE) for part in both]
    assert rolled(story(target, *later, whole, members="p1 p2"))["value"] == 30


def test_a_sum_is_as_old_as_its_oldest_part() -> None:
    """12 in December and 4 in June are 16 in June: above 20 × 181 / 365 = 9.9, and not missed."""
    target = count(20, scope="cluster")
    told = story(target, result(12), result(4, JUNE, "p2"), members="p1 p2")
    assert (rolled(told)["status"], rolled(told)["value"]) == ("on_track", 16)


def test_a_province_missing_is_partial_only_once_the_year_has_ended() -> None:
    told = story(count(20, scope="cluster"), result(8, JUNE), members="p1 p2")
    assert rolled(replace(told, as_of=JUNE))["status"] == "behind"
    assert rolled(told)["reason"] == "partial"


def test_a_part_of_the_provinces_is_met_only_where_the_others_cannot_undo_it() -> None:
    """7 of 10 are 70 %, but p2 may yet say 0 of 10; 20 new HTX are 20, whatever p2 says."""
    part = result(7, JUNE, of=F(10))
    told = story(ratio(60, scope="cluster"), part, members="p1 p2", as_of=JUNE)
    got = rolled(told)
    assert (got["status"], got["reason"], got["rate"]) == ("in_progress", None, 70)
    assert got["completion"] is None
    both = replace(told, results=[part, replace(part, province="p2")])
    assert (rolled(both)["status"], rolled(both)["completion"]) == ("exceeded", F("116.666667"))
    told = story(count(20, scope="cluster"), result(20, JUNE), members="p1 p2", as_of=JUNE)
    assert (rolled(told)["status"], rolled(told)["completion"]) == ("met", 100)
    yes = story(
        Target("1a", 1, "yes-no", scope="cluster"), result(True, JUNE), members="p1 p2", as_of=JUNE
    )
    assert rolled(yes)["status"] == "in_progress"


def test_a_roll_up_is_an_estimate_as_soon_as_a_part_of_it_is() -> None:
    both = [result(12), result(9, basis="estimate", province="p2")]
    for scope in ("each", "cluster"):
        told = story(count(20, scope=scope), *both, members="p1 p2", estimates=True)
        assert rolled(told)["basis"] == "estimate"
        assert rolled(replace(told, estimates=False))["basis"] == "actual"
        assert rolled(replace(told, results=[]))["basis"] is None


def test_what_has_only_one_part_is_not_added() -> None:
    """A base of 0 stays out; 0 of 0 has no rate."""
    flat, real = result(5, base=F(0)), result(11, province="p2", base=F(10))
    got = rolled(story(growth(10), flat, real, members="p1 p2"))
    assert (got["value"], got["base"], got["rate"]) == (11, 10, 10)
    assert (got["status"], got["reason"]) == ("incomplete", "base_zero")
    got = rolled(story(Target("1a", 1, "tracked"), result(0, of=F(0))))
    assert (got["value"], got["of"], got["rate"]) == (0, 0, None)


def test_over_at_most_is_not_missed_by_an_estimate() -> None:
    told = story(count(5, bound="at_most"), result(6, basis="estimate"), estimates=True)
    assert cell(told)["status"] == "in_progress"


def test_what_is_wanting_is_rounded_up() -> None:
    """A seven-decimal remainder of 0.0000001 is not yet nothing; nor is the last day stale."""
    got = cell(story(replace(count(1), threshold=F("1.0000001")), result(1)))
    assert (got["status"], got["remaining"]) == ("missed", F("0.000001"))
    assert got["completion"] == F("99.99999") and got["stale"] is False  # 99.99999000…


def test_one_no_is_a_no_for_the_cluster() -> None:
    target = Target("1a", 1, "yes-no", scope="cluster")
    told = story(target, result(True), result(False, province="p2"), members="p1 p2")
    assert (rolled(told)["status"], rolled(told)["value"]) == ("missed", 1)


def test_yeses_are_counted() -> None:
    target = Target("1a", 1, "yes-no")
    told = story(target, result(True), result(False, province="p2"), members="p1 p2")
    assert [cell(told, place)["status"] for place in (0, 1)] == ["met", "missed"]
    assert (rolled(told)["value"], rolled(told)["status"]) == (1, "missed")


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        ("missed not_reported incomplete", "missed"),
        ("not_reported not_reported tracked", "not_reported"),
        ("exceeded not_reported", "incomplete"),
        ("behind incomplete", "incomplete"),
        ("exceeded exceeded not_assigned", "exceeded"),
        ("exceeded met", "met"),
        ("met on_track behind in_progress", "behind"),
        ("met on_track exceeded", "on_track"),
        ("on_track in_progress", "in_progress"),
        ("tracked not_assigned", "tracked"),
        ("not_assigned", "not_assigned"),
    ],
)
def test_the_fold(statuses: str, status: str) -> None:
    assert fold(statuses.split()) == status


def check_result(told: Story, target: Target, found: Result) -> Iterator[bool]:
    kind = target.kind
    yield found.as_of.year == told.year
    yield found.basis == "estimate" or found.as_of <= told.today
    yield found.province in told.members or (
        found.province is None and (target.scope == "cluster" or kind == "tracked")
    )
    if found.rate is not None:
        yield kind in ("ratio", "growth") and found.value is found.of is found.base is None
        yield kind == "growth" or 0 <= found.rate <= 100
        return
    yield found.value is not None and isinstance(found.value, bool) == (kind == "yes-no")
    yield found.base is None or kind == "growth"
    yield (found.of is not None) if kind == "ratio" else (found.of is None or kind == "tracked")
    value = Fraction(found.value or 0)
    yield value >= 0 or kind in ("growth", "tracked")
    yield found.of is None or 0 <= found.of >= value


@tried(suppress_health_check=[HealthCheck.too_slow])
@given(stories())
def test_every_story_could_be_in_a_book(told: Story) -> None:
    targets = {target.code: target for target in told.targets}
    assert len(targets) == len(told.targets)
    for target in told.targets:
        assert (target.bound is None) == (target.kind in ("yes-no", "tracked"))
        assert (target.threshold is None) == (target.bound is None)
        assert target.kind == "count" or not target.level
        assert target.base_year == (told.year - 1 if target.kind == "growth" else None)
    numbers: list[Fraction | None] = []
    for (member, code), share in told.shares.items():
        assert member in told.members and targets[code].kind != "tracked"
        assert share == NOT_ASSIGNED or targets[code].bound is not None
        numbers.append(share if isinstance(share, Fraction) else None)
    places = [(found.province, found.code, found.as_of, found.basis) for found in told.results]
    assert len(places) == len(set(places))
    for found in told.results:
        checks = list(check_result(told, targets[found.code], found))
        assert all(checks), (checks, found)
        value = None if isinstance(found.value, bool) else found.value
        numbers.extend([value, found.of, found.base, found.rate])
    olds = [(old.province, old.code, old.as_of, old.basis) for old in told.base_results]
    assert len(olds) == len(set(olds))
    for old in told.base_results:
        assert old.year == old.as_of.year == targets[old.code].base_year
        assert old.basis == "estimate" or old.as_of <= told.today
        numbers.append(old.value)
    for number in numbers:
        length = 0 if number is None else digits(number)
        assert length is not None and length <= 15


@tried(suppress_health_check=[HealthCheck.too_slow])
@given(stories())
def test_what_is_shown_never_contradicts_the_status(told: Story) -> None:
    """100 % means met, so does nothing wanting and a rate that looks like the threshold."""
    report = naive_report(told)
    cells = [cell for province in report["provinces"] for cell in province["cells"]]
    for shown in [*cells, *report["targets"]]:
        there = shown["status"] in ("met", "exceeded")
        if shown["completion"] is not None:
            assert (shown["completion"] >= 100) == there
        if shown.get("remaining") is not None:
            assert (shown["remaining"] == 0) == there
        for key in ("rate", "completion", "expected", "remaining"):
            assert shown.get(key) is None or 10**6 % shown[key].denominator == 0
        assert (shown["status"] == "incomplete") == (shown["reason"] is not None)
        if shown.get("threshold") is not None and shown["rate"] is not None:
            assert (shown["rate"] == shown["threshold"]) == (shown["status"] == "met")


@pytest.mark.slow
def test_every_status_and_every_reason_occurs() -> None:
    seen: set[tuple[str, str]] = set()

    @settings(
        max_examples=300,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(stories())
    def collect(told: Story) -> None:
        report = naive_report(told)
        for line in report["lines"]:
            seen.add(("line", line["status"]))
        for target in report["targets"]:
            seen.update({("target", target["status"]), ("target", target["reason"])})
        for province in report["provinces"]:
            for cell in province["cells"]:
                seen.update({("cell", cell["status"]), ("cell", cell["reason"])})

    collect()
    wanted = {(place, status) for place in ("line", "target", "cell") for status in STATUSES}
    wanted |= {(place, reason) for place in ("target", "cell") for reason in CELL_REASONS}
    wanted.add(("target", "partial"))
    assert wanted - seen == set()
