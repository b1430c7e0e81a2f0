"""Names, order, numbers, dates and yes/no as people in Vietnam write them.

Reading is strict: what could mean two things is refused, never guessed. Errors are `Rejected` with
the text that was given.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from htx_cli.text.errors import Rejected

Numbers = Literal["vi", "en"]

# -- names -----------------------------------------------------------------------------------------

_UNIT_WORDS = re.compile(
    r"^(?:(?:lien minh |lm )?(?:hop tac xa|htx) |lmhtx |lien minh |cac )*(?:tinh |thanh pho |tp |t p )?(?=\S)"
)
_RUN = re.compile(r"'*[=+\-@\t\r]")


@lru_cache(maxsize=4096)
def tidy(text: str) -> str:
    """The text in composed Unicode (NFC), without spaces at its ends, exotic spaces made plain."""
    return " ".join(unicodedata.normalize("NFC", text).split())


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Lower case, no marks, đ as d, single spaces: “Đắk Lắk” → `dak lak`."""
    return " ".join(re.sub(r"[^0-9a-z]+", " ", unmarked(text)).split())


def unmarked(text: str) -> str:
    """Lower case without marks, đ as d; all else of the text stays."""
    bare = (
        c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c)
    )
    return "".join(bare).replace("đ", "d")


@lru_cache(maxsize=4096)
def name_key(text: str) -> str:
    """Return what two spellings of one province have in common.

    “Liên minh HTX tỉnh Sóc Trăng”, “SOC TRANG” and `soc-trang` all give `soctrang`.
    """
    plain = folded(text)
    return (_UNIT_WORDS.sub("", plain) or plain).replace(" ", "")


def slug(text: str) -> str:
    """An id made of a name: “Tây Nam sông Hậu” → `tay-nam-song-hau`."""
    return folded(text).replace(" ", "-")


def nearest(word: str, known: Iterable[str], key: Callable[[str], str] = name_key) -> list[str]:
    """Up to three of the known names that look most like `word`, best first."""
    from difflib import get_close_matches

    by_key = {key(name): name for name in known}
    return [by_key[match] for match in get_close_matches(key(word), by_key, n=3, cutoff=0.6)]


_LETTERS = {c: i for i, c in enumerate("0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền hỏi ngã sắc nặng


def sort_key(text: str) -> tuple[tuple[tuple[int, ...], int], ...]:
    """Order of the Vietnamese alphabet, syllable by syllable: letters first, then the tone.

    Hà Nội comes before Hải Dương (the syllable Hà before Hải), Đắk Lắk after Cao Bằng.
    """
    return tuple(_syllable_key(s) for s in re.split(r"[\s\-]+", tidy(text).casefold()) if s)


def _syllable_key(syllable: str) -> tuple[tuple[int, ...], int]:
    tone = 0
    letters = []
    for c in unicodedata.normalize("NFD", syllable):
        if c in _TONES:
            tone = _TONES[c]
        else:
            letters.append(c)
    plain = unicodedata.normalize("NFC", "".join(letters))
    return tuple(_LETTERS.get(c, 100 + ord(c)) for c in plain), tone


def natural_key(text: str) -> tuple[tuple[int, int | str], ...]:
    """Order of codes and lines as people count: 2 before 10, 1a before 1b."""
    return tuple(
        (0, int(part)) if part.isascii() and part.isdigit() else (1, part.casefold())
        for part in re.findall(r"[0-9]+|[^0-9]+", text)
    )


# -- numbers ---------------------------------------------------------------------------------------

MOST_DIGITS = 15
_SPACED = re.compile(r"[1-9]\d{0,2}(?:[\u0020\u00a0\u2009\u202f]\d{3})+(?:[.,]\d+)?", re.ASCII)
_SPACE = re.compile(r"[\u0020\u00a0\u2009\u202f]")
_PLAIN = re.compile(r"\d+", re.ASCII)
_DECIMAL = re.compile(r"(\d+)([.,])(\d+)", re.ASCII)
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:(?:\.\d{3})+(?:,\d+)?|(?:,\d{3})+(?:\.\d+)?)", re.ASCII)


def number(text: str, numbers: Numbers | None = None) -> Decimal:
    """The number that was written: `1.234,5`, `1,234.5`, `1234.5`, `08`, `-3`, `1 234`.

    `numbers` decides what alone could be both: `1.234` is 1234 in vi and 1.234 in en.
    Raises Rejected: number_unreadable, number_ambiguous, number_digits, number_percent.
    """
    bare = text.strip()
    if bare.endswith("%"):
        raise Rejected("number_percent", value=text)
    sign, digits = _sign(bare)
    if _SPACED.fullmatch(digits):  # grouped by spaces: a mark can only be the decimal one
        plain = _SPACE.sub("", digits).replace(",", ".")
    elif _PLAIN.fullmatch(digits):
        plain = digits
    elif decimal := _DECIMAL.fullmatch(digits):
        plain = _one_mark(text, sign, decimal, numbers)
    elif _GROUPED.fullmatch(digits):
        last = digits[max(digits.rfind("."), digits.rfind(","))]
        one_kind = digits.count(last) > 1
        mark = "" if one_kind else last
        plain = "".join("." if c == mark else c for c in digits if c.isdigit() or c == mark)
    else:
        raise Rejected("number_unreadable", value=text)
    return _exact(text, sign + plain)


def _sign(text: str) -> tuple[str, str]:
    if text[:1] in ("-", "\u2212"):
        return "-", text[1:].lstrip()
    return "", text[1:].lstrip() if text[:1] == "+" else text


def _one_mark(text: str, sign: str, match: re.Match[str], numbers: Numbers | None) -> str:
    """`12,5` is a decimal; `1.234` is one only if `numbers` says so; `0.125` cannot be grouped."""
    whole, mark, rest = match.groups()
    grouped = len(rest) == 3 and len(whole) <= 3 and not whole.startswith("0")
    if not grouped:
        return f"{whole}.{rest}"
    as_thousands, as_decimal = whole + rest, f"{whole}.{rest}"
    if numbers is None:
        vi, en = (as_thousands, as_decimal) if mark == "." else (as_decimal, as_thousands)
        raise Rejected("number_ambiguous", value=text, vi=Decimal(sign + vi), en=Decimal(sign + en))
    return as_thousands if (mark == ".") == (numbers == "vi") else as_decimal


def _exact(text: str, plain: str) -> Decimal:
    significant = plain.lstrip("-").replace(".", "").lstrip("0")
    if len(significant) > MOST_DIGITS or len(plain) > 3 * MOST_DIGITS:
        raise Rejected("number_digits", value=text)
    value = Decimal(plain)
    return value + 0 if value == 0 else value  # no negative zero


def exact(value: Decimal) -> Decimal:
    """A number that came as one, if the book can keep it exactly. Raises Rejected."""
    if not value.is_finite():
        raise Rejected("number_unreadable", value=str(value))
    if not -2 * MOST_DIGITS <= value.adjusted() < MOST_DIGITS:
        if value != 0:
            raise Rejected("number_digits", value=str(value)[:40])
        return Decimal(0)
    return _exact(str(value)[:40], f"{value:f}".removesuffix(".0"))


def percent(text: str, numbers: Numbers | None = None) -> Decimal:
    """The rate that was written with its sign: `62%` and `17,17 %` give 62 and 17.17."""
    bare = text.strip()
    if not bare.endswith("%"):
        raise Rejected("percent_unreadable", value=text)
    try:
        return number(bare[:-1], numbers)
    except Rejected as error:
        if error.code in ("number_unreadable", "number_percent"):
            raise Rejected("percent_unreadable", value=text) from None
        raise


def is_percent(text: str) -> bool:
    """Tell whether the text bears a per cent sign at its end."""
    return text.rstrip().endswith("%")


# -- dates -----------------------------------------------------------------------------------------

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4})", re.ASCII)
_IN_WORDS = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})", re.ASCII)
_QUARTER = re.compile(r"(?:q|quy ?)(i{1,3}|iv|[1-4])(?: ?/ ?| nam | )(\d{4})", re.ASCII)
_QUARTER_NUMBER = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
FIRST_YEAR, LAST_YEAR = 1976, 2199


def day(text: str) -> date:
    """The day that was written: `2021-06-30`, `30/6/2021`, `30.6.2021`, `ngày 30 tháng 6 năm 2021`,
    or the last day of `Q2/2021`. The day stands before the month, always.

    Raises Rejected: date_unreadable, date_impossible.
    """
    bare = text.strip()
    if not bare.isprintable():
        raise Rejected("date_unreadable", value=text)
    if iso := _ISO.fullmatch(bare):
        return _calendar_day(text, *(int(part) for part in iso.groups()))
    if day_first := _DAY_FIRST.fullmatch(bare):
        d, _, m, y = day_first.groups()
        return _calendar_day(text, int(y), int(m), int(d))
    words = _plain_words(bare)
    if in_words := _IN_WORDS.fullmatch(words):
        d, m, y = in_words.groups()
        return _calendar_day(text, int(y), int(m), int(d))
    if quarter := _QUARTER.fullmatch(words):
        named, y = quarter.groups()
        month = 3 * (_QUARTER_NUMBER.get(named) or int(named))
        from dateutil.relativedelta import relativedelta

        return _calendar_day(text, int(y), month, 1) + relativedelta(months=1, days=-1)
    raise Rejected("date_unreadable", value=text)


def _plain_words(text: str) -> str:
    return " ".join(unmarked(text).split())


def _calendar_day(text: str, year: int, month: int, day_of_month: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Rejected("date_unreadable", value=text)
    try:
        return date(year, month, day_of_month)
    except ValueError:
        raise Rejected("date_impossible", value=text) from None


def year(text: str) -> int:
    """A year in four digits. Raises Rejected: year_unreadable."""
    bare = text.strip()
    if re.fullmatch(r"[0-9]{4}", bare) and FIRST_YEAR <= int(bare) <= LAST_YEAR:
        return int(bare)
    raise Rejected("year_unreadable", value=text)


# -- yes and no, actual and estimate ---------------------------------------------------------------

_YES = {"yes", "y", "true", "co", "dat", "da co", "roi", "x", "\u2713", "\u2714"}
_NO = {"no", "n", "false", "khong", "chua", "khong dat", "chua dat", "khong co", "chua co"}
_ACTUAL = {"actual", "thuc hien", "ket qua thuc hien", "chinh thuc"}
_ESTIMATE = {"estimate", "uoc", "uoc thuc hien", "uoc tinh"}


def yes_no(text: str) -> bool:
    """yes: *có, đạt, x, ✓* …; no: *không, chưa* …. Any other word is refused, never taken for no."""
    word = _plain_words(text)
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Rejected("yes_no_unreadable", value=text)


def is_estimate(text: str) -> bool:
    """Tell whether the basis says *ước*; False for *thực hiện*; anything else is refused."""
    word = _plain_words(text)
    if word in _ESTIMATE:
        return True
    if word in _ACTUAL:
        return False
    raise Rejected("basis_unreadable", value=text)


# -- texts -----------------------------------------------------------------------------------------


def text_line(text: str, limit: int, what: object = None) -> str:
    """A title, source or note on one line, tidied; control characters and over-length are refused.

    With `what` (a text or a `Phrase`) an empty text is refused under that name.
    """
    if any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in text):
        raise Rejected("text_control", value=text[:60])
    clean = tidy(text)
    if len(clean) > limit:
        raise Rejected("text_too_long", value=clean[:30] + "…", length=len(clean), limit=limit)
    if what is not None and not clean:
        raise Rejected("text_empty", what=what)
    return clean


def guarded(text: str) -> str:
    """A text for a cell that a spreadsheet must not run as a formula: an apostrophe before it.

    One that has apostrophes there already gets one more, so that `unguarded` gives back both.
    """
    return f"'{text}" if _RUN.match(text) else text


def unguarded(text: str) -> str:
    """The text without the apostrophe that `guarded` put before it."""
    return text[1:] if text.startswith("'") and _RUN.match(text) else text


def code(text: str) -> str:
    """A target's code or a line's number: letters, digits, point and hyphen, at most 20 of them."""
    clean = tidy(text)
    shaped = re.fullmatch(r"[^\W_][^\W_.\-]*(?:[.\-][^\W_]+)*", clean)
    if not shaped or len(clean) > 20 or any(c.isnumeric() and not c.isascii() for c in clean):
        raise Rejected("code_unreadable", value=text[:60])
    return clean
