"""A signed pact as it stood on a day: a decision changes it, and what stood before is kept. Pure."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar

from htx_cli.domain.model import Amendment, Line, PactPart, Share, Target

K = TypeVar("K")
V = TypeVar("V")


def lines_on(
    day: date, lines: Mapping[str, str | None], amendments: Iterable[Amendment]
) -> dict[str, str | None]:
    """The lines with the sentences that were in force on a day."""
    standing = {number: Line(number, text) for number, text in lines.items()}
    changed = (each for each in amendments if each.part is PactPart.LINE)
    return {each.line: each.text for each in _on(day, standing, changed, Line, _code)}


def targets_on(
    day: date, targets: Iterable[Target], amendments: Iterable[Amendment]
) -> tuple[Target, ...]:
    """The targets that were in force on a day, each as it stood."""
    standing = {target.code: target for target in targets}
    changed = (each for each in amendments if each.part is PactPart.TARGET)
    return tuple(_on(day, standing, changed, Target, _code))


def shares_on(
    day: date, shares: Iterable[Share], amendments: Iterable[Amendment]
) -> tuple[Share, ...]:
    """The shares that were in force on a day, each as it stood."""
    standing = {(share.target, share.province): share for share in shares}
    changed = (each for each in amendments if each.part is PactPart.SHARE)
    return tuple(_on(day, standing, changed, Share, lambda each: (each.code, each.province or "")))


def _code(amendment: Amendment) -> str:
    return amendment.code


def _on(
    day: date,
    standing: dict[K, V],
    changed: Iterable[Amendment],
    kind: type[V],
    key: Callable[[Amendment], K],
) -> Iterable[V]:
    """Return what stands now, with every later decision taken back, the last one first."""
    later = (each for each in changed if each.first_day > day)
    for each in sorted(later, key=lambda each: each.first_day, reverse=True):
        if isinstance(each.before, kind):
            standing[key(each)] = each.before
        else:
            standing.pop(key(each), None)
    return standing.values()


def decided(
    day: date,
    amendments: Iterable[Amendment],
    part: PactPart,
    code: str,
    province: str | None = None,
) -> Amendment | None:
    """The last decision that changed this part of the pact by that day, if one did."""
    found = [
        each
        for each in amendments
        if (each.part, each.code, each.province) == (part, code, province) and each.first_day <= day
    ]
    return max(found, key=lambda each: each.first_day, default=None)
