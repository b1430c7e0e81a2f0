"""Rules of a pact: what may be signed of a target, a share, a sentence. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from htx_cli.domain.changes import Caution
from htx_cli.domain.model import Target
from htx_cli.domain.targets import JUDGED, PER_CENT, WITH_WHOLE, Bound, Kind, Scope
from htx_cli.text import vietnamese
from htx_cli.text.errors import Phrase, Rejected

LONGEST_TITLE = 300
LONGEST_SENTENCE = 2000
LONGEST_UNIT = 60
YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# powers of ten that follow a number
_SCALES = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9}
_WORDS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
    "mười": 10, "tất cả": 100, "toàn bộ": 100, "không": 0,
}  # fmt: skip


class Wanted(Struct, frozen=True):
    """The parts of a target that a command names; None where it says nothing."""

    title: str | None = None
    kind: Kind | None = None
    bound: Bound | None = None
    threshold: Decimal | None = None
    level: bool | None = None
    base_year: int | None = None
    line: str | None = None
    line_text: str | None = None
    of_title: str | None = None
    unit: str | None = None
    scope: Scope | None = None
    note: str | None = None
    per_cent: bool = False  # whether the threshold was written with its sign


def drafted(code: str, year: int, wanted: Wanted) -> Target:
    """The target as it would be signed. Raises Rejected for what does not fit together."""
    code = vietnamese.code(code)
    kind = wanted.kind or Kind.COUNT
    line = wanted.line
    if line is None and kind is not Kind.TRACKED and (digits := re.match(r"\d+", code)):
        line = digits.group()
    return checked(Target(year, code, wanted.title or "", kind, line=line or None), wanted)


def of_kind(target: Target, kind: Kind) -> Target:
    """The target as another kind: what only its old one had is dropped, and the change tells it."""
    if kind is target.kind:
        return target
    target = replace(target, kind=kind, level=False, base_year=None)
    if kind not in WITH_WHOLE:
        target = replace(target, of_title=None)
    return target if kind in JUDGED else replace(target, bound=None, threshold=None)


def check_share(target: Target, threshold: Decimal | None, per_cent: bool = False) -> None:
    """Refuse a share that the target's kind cannot have. Raises Rejected."""
    if target.kind is Kind.TRACKED:
        raise Rejected("tracked_not_assigned", code=target.code)
    if threshold is not None and target.kind not in JUDGED:
        raise Rejected("share_not_here", code=target.code, kind=target.kind)
    checked(target, Wanted(bound=target.bound, threshold=threshold, per_cent=per_cent))


def checked(target: Target, wanted: Wanted) -> Target:
    """The target with what is wanted of it; refuses what does not fit its kind."""
    kind = target.kind
    bound, threshold = _checked_bound(target, wanted)
    level = target.level if wanted.level is None else wanted.level
    if level and kind is not Kind.COUNT:
        raise Rejected("level_not_here", kind=kind)
    base_year = wanted.base_year or target.base_year
    if kind is Kind.GROWTH:
        base_year = base_year or target.year - 1
        if base_year >= target.year:
            raise Rejected("base_year_late", base_year=str(base_year), year=str(target.year))
    elif wanted.base_year:
        raise Rejected("base_year_not_here", kind=kind)
    of_title = new_text(wanted.of_title, target.of_title, LONGEST_TITLE)
    if of_title and kind not in WITH_WHOLE:
        raise Rejected("of_title_not_here", kind=kind)
    return replace(
        target,
        title=vietnamese.text_line(
            target.title if wanted.title is None else wanted.title, LONGEST_TITLE, Phrase("title")
        ),
        bound=bound,
        threshold=threshold,
        level=level,
        base_year=base_year,
        line=vietnamese.code(target.line) if target.line else None,
        of_title=of_title,
        unit=new_text(wanted.unit, target.unit, LONGEST_UNIT),
        scope=wanted.scope or target.scope,
        note=new_text(wanted.note, target.note, LONGEST_SENTENCE),
    )


def _checked_bound(target: Target, wanted: Wanted) -> tuple[Bound | None, Decimal | None]:
    """Return what is wanted, else what stands, if it fits the kind; a per cent is no number of things."""
    kind, bound, threshold = target.kind, target.bound, target.threshold
    if wanted.bound is not None:
        bound, threshold = wanted.bound, wanted.threshold
    if kind in JUDGED and bound is None:
        raise Rejected("bound_needed", kind=kind)
    if kind not in JUDGED and bound is not None:
        raise Rejected("bound_not_here", kind=kind)
    if wanted.per_cent and kind not in PER_CENT:
        raise Rejected("number_percent", value=f"{wanted.threshold}%")
    if kind is Kind.RATIO and threshold is not None and not 0 <= threshold <= 100:
        raise Rejected("threshold_range", value=threshold)
    if kind is Kind.COUNT and threshold is not None and threshold < 0:
        raise Rejected("value_negative", what=target.code, value=threshold)
    return bound, threshold


def new_text(wanted: str | None, standing: str | None, limit: int) -> str | None:
    """The new text, none if it is empty, or what stood there if nothing was said."""
    if wanted is None:
        return standing
    return vietnamese.text_line(wanted, limit) or None


def contradictions(
    year: int, lines: Mapping[str, str | None], targets: Sequence[Target]
) -> Iterator[Caution]:
    """A caution for each line that names a year of none of its targets, or lacks a threshold of one.

    A threshold stands in a sentence in any form: `1.234`, `1,234`, `1234`, `05`, `2,5 triệu`, `hai`.
    """
    for line, text in lines.items():
        asked = [target for target in targets if target.line == line]
        if not text or not asked:
            continue
        meant = {year, *(target.base_year for target in asked)}
        others = [named for named in dict.fromkeys(YEAR.findall(text)) if int(named) not in meant]
        if others:
            first = asked[0].code
            values = {"line": line, "year": str(year), "code": first, "named": others}
            yield Caution("pact_text_year", values)
        said = set(_numbers(text))
        for target in asked:
            if target.bound and target.threshold is not None and abs(target.threshold) not in said:
                missing = {
                    "line": line,
                    "year": str(year),
                    "code": target.code,
                    "threshold": target.threshold,
                }
                yield Caution("pact_text_number", missing)


def _numbers(text: str) -> Iterator[Decimal]:
    """Every number that the text may name, whichever mark its decimals have."""
    low = text.lower()
    powers = [0, *(power for word, power in _SCALES.items() if word in low)]
    for found in _NUMBER.findall(low):
        for thousands, decimal in ((".", ","), (",", ".")):
            plain = found.replace(thousands, "").replace(decimal, ".")
            if plain.count(".") < 2:
                yield from (Decimal(plain).scaleb(power) for power in powers)
    for word, number in _WORDS.items():
        if re.search(rf"\b{word}\b", low):
            yield Decimal(number)
