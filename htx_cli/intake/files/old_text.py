"""Vietnamese text from before Unicode: cp1258, and the fonts that drew other letters.

TCVN3 (ABC; *.VnTime*, *.VnArial*) and VNI (*VNI-Times*) are ordinary Windows text, cp1252, whose
accented letters a font draws as Vietnamese ones. So the same text comes as bytes, or as Unicode when
a program saved it without knowing the font: “TØnh” is Tỉnh in .VnTime, “Caàn Thô” Cần Thơ in
VNI-Times.

Sources. cp1258: Python's codec, from the table of unicode.org. TCVN3: the upper half of the standard
TCVN 5712:1993 as glibc's and GNU libiconv's charset TCVN5712-1 have it, but for its combining marks
and its capitals with tones, which no .Vn font draws: there capitals are another font (.VnTimeH) with
the codes of the small letters, so “TØNH” reads TỉNH. VNI: the table of vni.h in the input method xvnkb,
which agrees with the VNI column of vietunicode.sourceforge.net/charset.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from htx_cli.intake import BEFORE_UNICODE
from htx_cli.intake.files.syllables import points

CP1258, TCVN3, VNI = BEFORE_UNICODE
_LEAD = 3  # points that a reading must have, and be ahead of the next: one known word
_UNREADABLE = "\ufffd"
_LONGEST_WORD = 40
_NO_LETTER = {code: " " for code in range(128) if not chr(code).isalpha()}

_TCVN3_ROWS = {  # a point: no letter of the fonts
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ.ằẳẵắ.",
    0xC0: "......ặầẩẫấậè.ẻẽ",
    0xD0: "éẹềểễếệìỉ...ĩíịò",
    0xE0: ".ỏõóọồổỗốộờởỡớợù",
    0xF0: ".ủũúụừửữứựỳỷỹýỵ.",
}
_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT = "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"
_CIRCUMFLEX, _BREVE = "\u0302", "\u0306"
_VNI_MARKS = {
    "ù": _ACUTE,
    "ø": _GRAVE,
    "û": _HOOK,
    "õ": _TILDE,
    "ï": _DOT,
    "â": _CIRCUMFLEX,
    "ê": _BREVE,
    "á": _CIRCUMFLEX + _ACUTE,
    "à": _CIRCUMFLEX + _GRAVE,
    "å": _CIRCUMFLEX + _HOOK,
    "ã": _CIRCUMFLEX + _TILDE,
    "ä": _CIRCUMFLEX + _DOT,
    "é": _BREVE + _ACUTE,
    "è": _BREVE + _GRAVE,
    "ú": _BREVE + _HOOK,
    "ü": _BREVE + _TILDE,
    "ë": _BREVE + _DOT,
}
_VNI_LETTERS = dict(zip("ôöñíìæóòî", "ơưđíìỉĩịỵ", strict=True))

_LETTERS: Mapping[str, Mapping[int, str]] = {
    TCVN3: {
        first + at: letter
        for first, row in _TCVN3_ROWS.items()
        for at, letter in enumerate(row)
        if letter != "."
    },
    VNI: {
        **{ord(c): mark for c, mark in _VNI_MARKS.items()},
        **{ord(c.upper()): mark for c, mark in _VNI_MARKS.items()},
        **{ord(c): letter for c, letter in _VNI_LETTERS.items()},
        **{ord(c.upper()): letter.upper() for c, letter in _VNI_LETTERS.items()},
    },
}

_NOT_IN_FONT = {
    font: "".join(chr(code) for code in range(0xC0, 0x100) if code not in letters)
    for font, letters in _LETTERS.items()
}
_CAPITAL_MARKS = "".join(_VNI_MARKS).upper()  # they stand after capitals only
_IMPOSSIBLE = {
    TCVN3: re.compile(f"[{_NOT_IN_FONT[TCVN3]}]"),
    VNI: re.compile(f"[{_NOT_IN_FONT[VNI]}]|[a-zôö][{_CAPITAL_MARKS}]"),
}


def decoded(text: bytes, encoding: str) -> str:
    """The bytes read in one of `BEFORE_UNICODE`, as NFC. Raises UnicodeDecodeError."""
    if encoding == CP1258:
        return unicodedata.normalize("NFC", text.decode(CP1258))
    return redrawn(text.decode("cp1252"), encoding)


def redrawn(text: str, font: str) -> str:
    """Text that was typed for a TCVN3 or VNI font and is Unicode by now, as it was meant."""
    composed = unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFC", composed.translate(_LETTERS[font]))


def encoding_of(words: Iterable[bytes]) -> str | None:
    """Return which of `BEFORE_UNICODE` the words are in; None if that cannot be told."""
    distinct = set(words)
    return _winner({each: [readable(word, each) for word in distinct] for each in BEFORE_UNICODE})


def readable(word: bytes, encoding: str) -> str:
    """A word as `decoded`, or � if the encoding has no such letters."""
    try:
        if encoding == CP1258:
            return decoded(word, encoding)
        return _drawn(word.decode("cp1252"), encoding)
    except UnicodeDecodeError:
        return _UNREADABLE


def _drawn(word: str, font: str) -> str:
    return _UNREADABLE if _IMPOSSIBLE[font].search(word) else redrawn(word, font)


def font_of(words: Iterable[str]) -> str | None:
    """The font, TCVN3 or VNI, that Unicode words were typed for; None if they are what they say.

    That takes words that make no sense as they stand: a text that can be Vietnamese is let alone.
    """
    distinct = list({unicodedata.normalize("NFC", word) for word in words})
    if any(map(is_vietnamese, distinct)) or sum(map(points, distinct)) > 0:
        return None
    fonts = {font: [_drawn(word, font) for word in distinct] for font in _LETTERS}
    return _winner({"": distinct, **fonts}) or None


def is_vietnamese(text: str) -> bool:
    """Tell whether a letter stands in it that no font of before Unicode has: ă đ ĩ ũ ơ ư ạ … ỹ."""
    return any(c in "ĂăĐđĨĩŨũƠơƯư" or "\u1ea0" <= c <= "\u1ef9" for c in text)


def words_of(text: str) -> list[str]:
    """The words of a text that have more than ASCII in them, split where every encoding splits."""
    words = text.translate(_NO_LETTER).split(" ")
    return [word for word in words if not word.isascii() and len(word) <= _LONGEST_WORD]


def _winner(readings: Mapping[str, list[str]]) -> str | None:
    """The reading that is far enough ahead; where all say the same, the first."""
    first, *others = readings.values()
    if all(other == first for other in others):
        return next(iter(readings))
    scores = {name: sum(map(points, words)) for name, words in readings.items()}
    best, second = sorted(scores, key=lambda name: -scores[name])[:2]
    clear = scores[best] >= _LEAD and scores[best] - scores[second] >= _LEAD
    return best if clear else None
