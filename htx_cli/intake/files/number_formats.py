"""What a spreadsheet shows of a number by its format: a per cent, or the words around it. Pure.

A format is up to four sections, for numbers above, below and equal to 0 and for texts, or for those
that a condition names: `0.0%`, `#,##0" tỷ"`, `[>1]0;0%`. Only a `%` that is neither quoted nor
escaped makes a per cent of the number; a quoted one is a letter like others.
"""

import operator
import re
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from htx_cli.intake.rows import PerCent, Scaled, Shown

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*].|\[\$(?P<currency>[^\]-]*)[^\]]*\]'
    r"|\[(?P<condition>(?:[<>]=?|<>|=)[^\]]*)\]|\[[^\]]*\]|(?P<end>;)|(?P<per_cent>%)|(?P<text>@)"
    r"|(?P<digit>\.?[0#?](?:[0#?.,]*[0#?.])?|General|E[+-])|(?P<thousands>,)|(?P<date>[dmyhsgeb])"
    r"|(?P<bare>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)")
_COMPARE = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "<>": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}
_GROUP = 3  # so many decimals could be read as a group of thousands


class _Section(Struct):
    before: str = ""
    after: str = ""
    digits: bool = False
    per_cents: int = 0
    thousands: int = 0
    date: bool = False
    text: bool = False
    condition: str = ""

    @property
    def words(self) -> bool:
        """Tell whether what stands around the number says something of it."""
        return not self.date and any(c.isalpha() or c in "%‰" for c in self.before + self.after)

    def add(self, literal: str) -> None:
        if self.digits:
            self.after += literal
        else:
            self.before += literal


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    sections = [_Section()]
    for token in _TOKEN.finditer(code):
        section, kind, text = sections[-1], token.lastgroup, token[token.lastgroup or 0]
        if kind == "end":
            sections.append(_Section())
        elif kind == "digit":
            section.digits = True
            whole = text.partition(".")[0]
            section.thousands += len(whole) - len(whole.rstrip(","))
        elif kind == "per_cent":
            section.per_cents += 1
            section.add("%")
        elif kind == "thousands":
            section.thousands += section.digits
        elif kind == "condition":
            section.condition = text
        elif kind in ("date", "text"):
            setattr(section, kind, True)
        elif kind:
            section.add(text)
    if len(sections) > 1 and sections[-1].text:
        sections.pop()
    return tuple(sections)


def tells(code: str) -> bool:
    """Tell whether the format can show more of a number than its digits."""
    return any(section.words or section.thousands for section in _sections(code))


def shown(number: Decimal, code: str) -> Decimal | Shown:
    """The number; as a per cent if its format makes it one; or, between the words of its format,
    the text that is shown: 51 in `0" tỷ"` is `51 tỷ`. All its digits are kept, and its sign.
    """
    sections = _sections(code)
    numeric = sections[:3]
    section = next((s for at, s in enumerate(numeric) if _applies(s, at, numeric, number)), None)
    if section is None or not section.words:
        scale = section.thousands if section and not section.date else 0
        return Scaled(number.scaleb(-3 * scale)) if scale else number
    literal = section.before + section.after
    if section.per_cents == literal.count("%") == 1 and not any(map(str.isalpha, literal)):
        return PerCent(number)
    return Shown(_text(section, number))


def _applies(section: _Section, at: int, among: tuple[_Section, ...], number: Decimal) -> bool:
    """Tell whether a section is the one for the number; the last without a condition is for the rest."""
    if found := _CONDITION.match(section.condition):
        try:
            return bool(_COMPARE[found[1]](number, Decimal(found[2])))
        except ArithmeticError:  # 1.2.3 is no number
            return False
    if at == len(among) - 1:
        return True
    if at == 1:
        return number < 0
    return number >= 0 if len(among) == 2 else number > 0


def _text(section: _Section, number: Decimal) -> str:
    """The number between its words, written so that it can be read in one way only."""
    before, after = section.before.strip(), section.after.rstrip()
    if not section.digits:
        return before
    if before.startswith("(") and after.endswith(")") and number < 0:
        before, after = before[1:], after[:-1]
    size = abs(number).scaleb(2 * section.per_cents - 3 * section.thousands)
    digits = f"{size.normalize():f}"
    if len(digits.partition(".")[2]) == _GROUP:
        digits += "0"
    sign = "-" if number < 0 else ""
    words = before.strip("+-− ")
    return f"{words}{' ' if words else ''}{sign}{digits}{after}".strip()
