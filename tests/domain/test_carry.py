"""What provinces signed and reported apart holds for the one that they merged into: the rules."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from htx_cli.domain.model import Share, Target
from htx_cli.domain.progress.carry import FREED, UNBOUND, Claim, claim_of, joined, joint
from htx_cli.domain.targets import Bound, Figure, Kind, Scope

COUNT = Target(2025, "1a", "T", Kind.COUNT, Bound.AT_LEAST, Decimal(20))
LEVEL = replace(COUNT, level=True)
LIMIT = replace(COUNT, bound=Bound.AT_MOST)
RATIO = Target(2025, "2", "T", Kind.RATIO, Bound.AT_LEAST, Decimal(60))
GROWTH = Target(2025, "3", "T", Kind.GROWTH, Bound.AT_LEAST, Decimal(10), base_year=2024)
YES = Target(2025, "8", "T", Kind.YES_NO)
TRACKED = Target(2025, "t", "T", Kind.TRACKED)
WHOLE = replace(COUNT, scope=Scope.CLUSTER)
NOT_ASSIGNED = "not assigned"


def share(target: Target, given: int | str | None) -> Share | None:
    if given is None:
        return None
    return Share("p", target.code, None if isinstance(given, str) else Decimal(given))


def bound(threshold: int | None, own: bool = False) -> Claim:
    return Claim(True, True, None if threshold is None else Decimal(threshold), own)


@pytest.mark.parametrize(
    ("target", "given", "claim"),
    [
        (COUNT, None, bound(20)),
        (COUNT, 25, bound(25, own=True)),
        (COUNT, NOT_ASSIGNED, FREED),
        (YES, None, bound(None)),
        (TRACKED, None, UNBOUND),
        (WHOLE, None, UNBOUND),  # the cluster answers for it
        (WHOLE, 5, bound(5, own=True)),
    ],
)
def test_a_province_answers_for_its_share_else_for_what_was_signed(
    target: Target, given: int | str | None, claim: Claim
) -> None:
    assert claim_of(target, share(target, given)) == claim


# What each part was given: None is what was signed. Then the threshold of the province they became.
@pytest.mark.parametrize(
    ("target", "given", "claim"),
    [
        (COUNT, [None, None, None], bound(60, own=True)),
        (COUNT, [None, 25], bound(45, own=True)),
        (COUNT, [None, NOT_ASSIGNED], bound(20)),
        (COUNT, [25, NOT_ASSIGNED], bound(25, own=True)),
        (COUNT, [NOT_ASSIGNED, NOT_ASSIGNED], FREED),
        (COUNT, [None], bound(20)),  # a new name only
        (LEVEL, [None, None], bound(40, own=True)),
        (LIMIT, [None, None], bound(40, own=True)),
        (RATIO, [None, None], bound(60)),
        (RATIO, [70, 70], bound(70, own=True)),
        (RATIO, [None, 70], bound(None)),  # they differ
        (RATIO, [None, NOT_ASSIGNED, None], bound(60)),
        (GROWTH, [None, None], bound(10)),
        (GROWTH, [8, None], bound(None)),
        (YES, [None, None], bound(None)),
        (YES, [None, NOT_ASSIGNED], bound(None)),
        (TRACKED, [None, None], UNBOUND),
        (WHOLE, [None, None], UNBOUND),
        (WHOLE, [5, 7], bound(12, own=True)),
        (WHOLE, [5, None], bound(5, own=True)),  # who answers for nothing leaves the threshold
        (WHOLE, [None, NOT_ASSIGNED], UNBOUND),
    ],
)
def test_merged_provinces_answer_together_for_what_they_had_signed_apart(
    target: Target, given: list[int | str | None], claim: Claim
) -> None:
    assert joint(target, [claim_of(target, share(target, each)) for each in given]) == claim


def figure(value: int | None = None, of: int | None = None, base: int | None = None) -> Figure:
    value, of, base = (None if n is None else Decimal(n) for n in (value, of, base))  # type: ignore[assignment]
    return Figure(value, of, base)  # type: ignore[arg-type]


RATE = Figure(rate=Decimal(62))


@pytest.mark.parametrize(
    ("kind", "parts", "together"),
    [
        (Kind.COUNT, [], None),
        (Kind.COUNT, [figure(11), figure(9), figure(14)], figure(34)),
        (Kind.COUNT, [figure(0), figure(0)], figure(0)),
        (Kind.RATIO, [figure(60, 100), figure(30, 50)], figure(90, 150)),
        (Kind.RATIO, [figure(0, 0), figure(30, 50)], figure(30, 50)),
        (Kind.RATIO, [RATE], RATE),  # alone it goes on
        (Kind.RATIO, [RATE, figure(30, 50)], figure(30)),  # the whole is unknown
        (Kind.RATIO, [RATE, RATE], Figure()),
        (Kind.GROWTH, [figure(110, base=100), figure(60, base=50)], figure(170, base=150)),
        (Kind.GROWTH, [figure(110, base=100), figure(60)], figure(170)),  # no base of all
        (Kind.GROWTH, [figure(5, base=0), figure(60, base=50)], figure(65, base=50)),
        (Kind.GROWTH, [RATE, figure(60, base=50)], figure(60)),
        (Kind.YES_NO, [figure(1), figure(1)], figure(1)),
        (Kind.YES_NO, [figure(1), figure(0)], figure(0)),
        (Kind.TRACKED, [figure(208, 233), figure(10, 20)], figure(218, 253)),
        (Kind.TRACKED, [figure(208, 233), figure(10)], figure(218)),
    ],
)
def test_figures_of_the_parts_become_one(
    kind: Kind, parts: list[Figure], together: Figure | None
) -> None:
    assert joined(kind, parts) == together
