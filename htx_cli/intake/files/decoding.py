"""Bytes of a text file → its lines, in whichever encoding people's programs saved them.

The file is gone through twice, a line at a time: once to recognise it, once to read it. A byte order
mark decides, then the zeros of UTF-16, then whether everything is UTF-8; what is none of these was
written before Unicode (`old_text`) and is recognised by which reading is Vietnamese.
"""

import codecs
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from itertools import islice
from typing import IO

from msgspec import Struct, field

from htx_cli.domain.changes import Caution
from htx_cli.intake import BEFORE_UNICODE
from htx_cli.intake.files import old_text
from htx_cli.intake.rows import rejected
from htx_cli.text.errors import Problem

BOM = "\ufeff"
LONGEST_LINE = 1_000_000  # characters
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BEGINNING = 65_536  # bytes in which the zeros of UTF-16 are looked for
_EVIDENCE_LINES = 5_000  # lines with more than ASCII that are weighed
_EVIDENCE_WORDS = 2_000  # different words of theirs
_SHOWN_WORDS = 3  # in the question which encoding it is


class Decoded(Struct, frozen=True):
    """An encoding: the `container` of a file's characters, and what its letters were meant for.

    `font` is TCVN3 or VNI where the characters are Unicode but drawn otherwise; `guessed` is true
    where only the words of the text tell an encoding from before Unicode.
    """

    container: str
    font: str | None = None
    guessed: bool = False

    @property
    def encoding(self) -> str:
        """The name of the encoding, as `--encoding` takes it."""
        return self.font or ("utf-16" if self.container.startswith("utf-16") else self.container)

    def caution(self, name: str) -> Caution | None:
        """Warn of a text that was converted without being asked."""
        if not self.guessed:
            return None
        return Caution("text_converted", {"encoding": self.encoding}, None, name)


# -- reading it ------------------------------------------------------------------------------------


def lines(file: IO[bytes], name: str, how: Decoded) -> Iterator[str]:
    """The lines of a seekable file from its top as text, with their ends.

    Raises Rejected: file_not_utf8, file_not_encoding, nul_byte, line_too_long.
    """
    for number, line in enumerate(_physical(file, name, how.container), 1):
        if line.isascii():
            yield line
        elif how.container.startswith("utf"):
            if _damaged(line):
                raise rejected(_undecodable(how, name, number))
            yield old_text.redrawn(line, how.font) if how.font else line
        else:
            try:
                yield old_text.decoded(_bytes(line), how.container)
            except UnicodeDecodeError:
                raise rejected(_undecodable(how, name, number)) from None


def _undecodable(how: Decoded, name: str, number: int) -> Problem:
    if how.encoding == "utf-8":
        return Problem("file_not_utf8", {}, name, None, number)
    return Problem("file_not_encoding", {"encoding": how.encoding}, name, None, number)


def _physical(file: IO[bytes], name: str, container: str) -> Iterator[str]:
    """The lines from the start, in bounded memory; bytes that are no UTF-8 as lone surrogates."""
    file.seek(0)
    utf16 = container.startswith("utf-16")
    how = (container, "strict") if utf16 else ("utf-8", "surrogateescape")
    text = TextIOWrapper(file, *how, newline="")
    number = 0
    try:
        while line := text.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) > LONGEST_LINE:
                long = Problem("line_too_long", {"limit": LONGEST_LINE}, name, None, number)
                raise rejected(long)
            if "\0" in line:
                raise rejected(Problem("nul_byte", {}, name, None, number))
            yield line.replace(BOM, "")
    except UnicodeDecodeError:
        raise rejected(_undecodable(Decoded(container), name, number + 1)) from None
    finally:
        if not file.closed:
            text.detach()  # else it would close the file


def _damaged(line: str) -> bool:
    try:
        line.encode()
    except UnicodeEncodeError:
        return True
    return False


def _bytes(line: str) -> bytes:
    return line.encode("utf-8", "surrogateescape")


# -- recognising it --------------------------------------------------------------------------------


class _Evidence(Struct):
    """Findings of the first pass over a file."""

    words: dict[str, None] = field(default_factory=dict)  # in the order of the file
    first: int | None = None  # the first line with more than ASCII
    bad: int | None = None  # the first line that is not UTF-8

    def take(self, lines: Iterable[str]) -> None:
        left = _EVIDENCE_LINES
        for number, line in enumerate(lines, 1):
            if line.isascii():
                continue
            self.first = self.first or number
            if self.bad is None and _damaged(line):
                self.bad = number
            if left and len(self.words) < _EVIDENCE_WORDS:
                left -= 1
                room = _EVIDENCE_WORDS - len(self.words)
                self.words |= dict.fromkeys(islice(old_text.words_of(line), room))


def recognised(file: IO[bytes], name: str, asked: str | None = None) -> Decoded:
    """Recognise the encoding of a seekable file: as `asked`, one of `ENCODINGS`, or as it can be told.

    Raises Rejected: encoding_unclear, file_not_utf8, nul_byte, line_too_long.
    """
    container = _marked(file)
    if asked and asked.startswith("utf"):
        if asked == "utf-16":
            return Decoded(container if container and container != "utf-8" else "utf-16-le")
        return Decoded("utf-8")
    if asked == old_text.CP1258:
        return Decoded(asked)
    evidence = _Evidence()
    evidence.take(_physical(file, name, container or "utf-8"))
    if container or evidence.bad is None:
        font = asked or old_text.font_of(evidence.words)
        return Decoded(container or "utf-8", font, guessed=bool(font and not asked))
    if asked:
        return Decoded(asked)
    return _before_unicode(evidence, name)


def _marked(file: IO[bytes]) -> str | None:
    """The encoding that a byte order mark names, or that the zeros beside ASCII letters show."""
    file.seek(0)
    start = file.read(_BEGINNING)
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd * 4 > len(start) // 2 and not even:
        return "utf-16-le"
    if even * 4 > len(start) // 2 and not odd:
        return "utf-16-be"
    return None


def _before_unicode(evidence: _Evidence, name: str) -> Decoded:
    """One of the old encodings. Raises Rejected with the question which, or that it is damaged."""
    if any(map(old_text.is_vietnamese, evidence.words)):
        raise rejected(Problem("file_not_utf8", {}, name, None, evidence.bad))
    words = [_bytes(word) for word in evidence.words]
    if encoding := old_text.encoding_of(words):
        return Decoded(encoding, guessed=True)
    readings = [
        f"{each}: " + " ".join(old_text.readable(word, each) for word in words[:_SHOWN_WORDS])
        for each in BEFORE_UNICODE
    ]
    raise rejected(Problem("encoding_unclear", {"readings": readings}, name, None, evidence.first))


def utf8(text: bytes) -> str:
    """UTF-8 text without byte order marks: files put together have more than one."""
    return text.decode().replace(BOM, "")
