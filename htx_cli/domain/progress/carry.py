"""Figures and thresholds carried over from provinces to the one that they merged into.

Nothing is lost and nothing is guessed: what cannot be added is incomplete. Merging in any order and
any grouping gives the same.
"""

from collections.abc import Sequence
from decimal import Decimal, localcontext

from msgspec import Struct

from htx_cli.domain.model import Share, Target
from htx_cli.domain.targets import EXACT, JUDGED, Figure, Kind, Scope


class Claim(Struct, frozen=True):
    """A province's obligation on a target.

    One that takes no part is not assigned; one that takes part unbound is only tracked. `own` is a
    threshold that is not the signed one. A bound one without a threshold came of parts whose
    thresholds differ (yes-no has none at all).
    """

    bound: bool
    takes_part: bool = True
    threshold: Decimal | None = None
    own: bool = False


UNBOUND = Claim(bound=False)
FREED = Claim(bound=False, takes_part=False)


def claim_of(target: Target, share: Share | None) -> Claim:
    """Return the obligation of one province: the signed threshold, or its own share in place of it."""
    if share is not None and not share.assigned:
        return FREED
    if target.kind is Kind.TRACKED or (target.scope is Scope.CLUSTER and share is None):
        return UNBOUND
    return Claim(True, True, share.threshold if share else target.threshold, share is not None)


def joint(target: Target, claims: Sequence[Claim]) -> Claim:
    """Join the obligations of provinces that merged, in a year whose pact they had signed apart.

    Counts add. A threshold in per cent holds if it is that of all. Who is bound by nothing leaves
    the threshold; if nobody is bound, nothing is asked for.
    """
    bound = [claim for claim in claims if claim.bound]
    if not bound:
        return UNBOUND if any(claim.takes_part for claim in claims) else FREED
    thresholds = [claim.threshold for claim in bound]
    known = [each for each in thresholds if each is not None]
    threshold = known[0] if len(set(thresholds)) == len(set(known)) == 1 else None
    if target.kind is Kind.COUNT:
        threshold = _sum(known)
    own = any(claim.own for claim in bound) or threshold != target.threshold
    return Claim(True, True, threshold, own and threshold is not None)


def differ(target: Target, claim: Claim) -> bool:
    """Tell whether a claim came of parts whose thresholds differ."""
    return claim.bound and claim.threshold is None and target.kind in JUDGED


def joined(kind: Kind, figures: Sequence[Figure]) -> Figure | None:
    """One figure of those of all parts; None if there is none.

    Counts and levels add, a ratio adds both its parts, growth values and bases; yes needs all of
    them. The whole or the base is known only if every part's is: a bare rate has neither. A figure
    that stands alone goes on as it is.
    """
    if len(figures) < 2:
        return figures[0] if figures else None
    values = [figure.value for figure in figures if figure.value is not None]
    if not values:
        return Figure()
    if kind is Kind.YES_NO:
        return Figure(Decimal(all(values)))
    rates = len(values) < len(figures)
    wholes = [figure.of for figure in figures if figure.of is not None]
    bases = [figure.base for figure in figures if figure.base is not None]
    return Figure(
        value=_sum(values),
        of=None if rates or len(wholes) < len(figures) else _sum(wholes),
        base=None if rates or len(bases) < len(figures) else _sum(bases),
    )


def _sum(numbers: Sequence[Decimal]) -> Decimal:
    with localcontext(EXACT):
        return sum(numbers, Decimal(0))
