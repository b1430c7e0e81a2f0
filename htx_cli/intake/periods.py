"""Days, months, quarters and years that a text names, and how far they reach. Pure.

Read is a plain text: small letters without marks, but with its punctuation.
"""

import re
from datetime import date, timedelta

from msgspec import Struct

from htx_cli.text.errors import Rejected
from htx_cli.text.vietnamese import FIRST_YEAR, LAST_YEAR


class TimeSpan(Struct, frozen=True):
    """Time that figures are of: its last day, and whether it began with the year (`running`).

    Without a year it is of the table's; `day` 0 is the last of the month.
    """

    year: int | None
    month: int
    day: int = 0
    running: bool = True
    exact: bool = False  # a day, not a span of time

    def end(self, year: int) -> date:
        """Its last day."""
        year = self.year or year
        if self.day:
            return date(year, self.month, self.day)
        following = date(year + self.month // 12, self.month % 12 + 1, 1)
        return following - timedelta(days=1)


_DATE = (
    r"(?:ngay\s+)?(?:(?P<d{0}>\d{{1,2}})\s*[/.\-]\s*(?P<m{0}>\d{{1,2}})\s*[/.\-]\s*(?P<y{0}>\d{{4}})"
    r"|(?P<Y{0}>\d{{4}})[-/](?P<M{0}>\d{{2}})[-/](?P<D{0}>\d{{2}})(?:[t\s]+00:00(?::00)?(?:\.0+)?)?"
    r"|(?P<e{0}>\d{{1,2}})\s+thang\s+(?P<n{0}>\d{{1,2}})\s+nam\s+(?P<z{0}>\d{{4}}))(?:\s+00:00(?::00)?)?"
)
_SHORT = r"(?:ngay\s+)?(?P<d{0}>\d{{1,2}})\s*/\s*(?P<m{0}>\d{{1,2}})(?!\s*[/\d])"
_YEAR = r"(?:\s*[/.\-]\s*|\s+(?:cua\s+)?(?:nam\s+)?)(?P<{0}>(?:19|20)\d\d)(?!\d)"
_TO = r"(?:-|–|—|den|toi|to)"
_UNTIL = (
    r"(?P<until{0}>(?:luy ke\s+)?(?:tinh\s+)?(?:cho\s+)?(?:den|toi|het|until|as of|as at|up to)\s+"
    r"(?:het\s+|cuoi\s+|ngay\s+)*)?"
)
_MORE = r"(?:\s*(?:,|-|–|\+|&|va|den|toi)\s*{0}\s*(?P<{1}>{2})(?![0-9a-z]))*"  # … to the last named
_QUARTER = r"(?:trong\s+)?(?:quy|quarter|q)\s*(?P<q>iv|i{1,3}|[1-4])"
_COUNTED = {
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "bon": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
}
_COUNT = rf"(?P<count>\d{{1,2}}|{'|'.join(name for name in _COUNTED if name != 'nam')})"
_NUMBER = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_SPAN = re.compile(
    r"(?<![0-9a-z/])(?:"
    rf"(?P<range>(?:tu\s+)?(?:{_DATE.format(1)}|{_SHORT.format(2)})\s*{_TO}\s*(?:het\s+)?{_DATE.format(3)})"
    rf"|(?P<months>(?:tu\s+)?thang\s+(?P<from>\d{{1,2}})\s*{_TO}\s*(?:het\s+)?thang\s+(?P<to>\d{{1,2}})(?:{_YEAR.format('year1')})?)"
    rf"|(?P<short>(?:tinh\s+)?(?:den|toi)\s+(?:het\s+)?(?:ngay\s+)?(?P<d5>\d{{1,2}})/(?P<m5>\d{{1,2}})(?!\s*[/\d]))"
    rf"|(?P<dated>{_UNTIL.format(1)}{_DATE.format(4)})"
    rf"|(?P<first>{_COUNT}\s*(?:thang|t(?![a-z]))(?P<last>\s+cuoi\s+nam)?(?:\s+dau(?:\s+nam)?)?(?:{_YEAR.format('year2')})?)"
    rf"|(?P<whole>(?:ca|tron)\s+nam(?:{_YEAR.format('year6')})?)"
    rf"|(?P<half>nua\s+(?:dau|(?P<second>cuoi))\s+nam(?:{_YEAR.format('year3')})?)"
    rf"|(?P<month>{_UNTIL.format(2)}(?:trong\s+)?(?:thang\s+|t\.?)(?P<of>\d{{1,2}})"
    rf"{_MORE.format('(?:thang)?', 'of2', '[0-9]{1,2}')}(?:{_YEAR.format('year4')})?)"
    rf"|(?P<quarter>{_UNTIL.format(3)}{_QUARTER}"
    rf"{_MORE.format('(?:quy)?', 'q2', 'iv|i{1,3}|[1-4]')}(?:{_YEAR.format('year5')})?)"
    r")(?![0-9a-z])"
)  # fmt: skip
_YEARS = re.compile(r"(?<![0-9a-z/.,])((?:19|20)\d\d)(?![0-9a-z]|[.,]\d)")
_OF_YEARS = re.compile(r"(?<![0-9a-z/.,])((?:19|20)\d\d)\s*[-–—]\s*((?:19|20)\d\d)(?![0-9a-z/])")


def spans(text: str) -> tuple[str, list[tuple[TimeSpan, str]], list[int]]:
    """The text without them, the periods with what names them, and the years that stand alone.

    Raises nothing: what the calendar does not have stays in the text.
    """
    found: list[tuple[TimeSpan, str]] = []

    def take(match: re.Match[str]) -> str:
        try:
            period = _period(match)
        except (ValueError, Rejected):
            return match[0]
        found.append((period, match[0]))
        return " "

    rest = _OF_YEARS.sub(r"\1", text)  # more than one year: only the first, which is another one
    rest = _SPAN.sub(take, rest)
    years = [int(year) for year in _YEARS.findall(rest)]
    return _YEARS.sub(" ", rest), found, [y for y in years if FIRST_YEAR <= y <= LAST_YEAR]


def _period(match: re.Match[str]) -> TimeSpan:
    if match["range"]:
        end = _day(match, 3)
        begin = _day(match, 1) if match["m1"] or match["M1"] or match["n1"] else None
        month, day = (begin.month, begin.day) if begin else (int(match["m2"]), int(match["d2"]))
        running = (month, day) == (1, 1) and (begin is None or begin.year == end.year)
        return TimeSpan(end.year, end.month, end.day, running)
    if match["months"]:
        return _months(int(match["to"]), match["year1"], int(match["from"]) == 1)
    if match["short"]:
        on = date(2020, int(match["m5"]), int(match["d5"]))  # a leap year: it has every day
        return TimeSpan(None, on.month, on.day)
    if match["dated"]:
        on = _day(match, 4)
        return TimeSpan(on.year, on.month, on.day, True, not match["until1"])
    if match["first"]:
        count = match["count"]
        months = int(count) if count.isdigit() else _COUNTED[count]
        if match["last"]:
            return _months(12, match["year2"], months == 12)
        return _months(months, match["year2"], True)
    if match["whole"]:
        return _months(12, match["year6"], True)
    if match["half"]:
        return _months(12 if match["second"] else 6, match["year3"], not match["second"])
    if match["month"]:
        first, last = int(match["of"]), int(match["of2"] or match["of"])
        return _months(last, match["year4"], bool(match["until2"]) or first == 1)
    first, last = (_quarter(match[name] or match["q"]) for name in ("q", "q2"))
    return _months(3 * last, match["year5"], bool(match["until3"]) or first == 1)


def _quarter(text: str) -> int:
    return _NUMBER.get(text) or int(text)


def _day(match: re.Match[str], at: int) -> date:
    groups = (("y", "m", "d"), ("Y", "M", "D"), ("z", "n", "e"))
    year, month, day = next(
        tuple(int(match[f"{name}{at}"]) for name in names)
        for names in groups
        if match[f"{names[0]}{at}"]
    )
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError
    return date(year, month, day)


def _months(month: int, year: str | None, running: bool) -> TimeSpan:
    if not 1 <= month <= 12:
        raise ValueError
    return TimeSpan(int(year) if year else None, month, 0, running)
