"""Whether the sentences of a pact say what its targets ask for: the years and the numbers in them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from htx_cli.domain.changes import Caution
from htx_cli.domain.model import Target

YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SCALES = {
    "nghìn": 3,
    "ngàn": 3,
    "triệu": 6,
    "tỷ": 9,
    "tỉ": 9,
}  # powers of ten that follow a number
_WORDS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
    "mười": 10, "tất cả": 100, "toàn bộ": 100, "không": 0,
}  # fmt: skip


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
        others = [named for named in _years(text) if int(named) not in meant]
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


def _years(text: str) -> list[str]:
    return list(dict.fromkeys(YEAR.findall(text)))


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
