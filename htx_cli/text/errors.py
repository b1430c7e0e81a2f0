"""Errors as data: a code, the values that belong to it, and the exit code of its class.

The sentence of a code stands in `messages` once, in English; `words` translates it. Scripts tell
errors apart by `code`, which never changes with the language.
"""

import errno
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

from msgspec import Struct, field

from htx_cli.text.messages import PHRASES, SENTENCES
from htx_cli.text.words import in_english

_E = TypeVar("_E", bound="HtxError")

_OS_PHRASES = {
    errno.ENOENT: "os_not_found",
    errno.EACCES: "os_no_permission",
    errno.EPERM: "os_no_permission",
    errno.EISDIR: "os_is_folder",
    errno.ENOTDIR: "os_not_folder",
    errno.ENOSPC: "os_disk_full",
    errno.EROFS: "os_read_only",
    errno.ENAMETOOLONG: "os_long_name",
}


class Phrase(Struct, frozen=True):
    """A text of ours among the values of an error; `words` translates it as it does the sentence."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The English text with places for the values."""
        return PHRASES[self.code]

    def __str__(self) -> str:
        return in_english(self)


def refusal(error: Exception) -> Phrase | str:
    """Why the system refused a file, in words of ours; in the system's own where there are none."""
    code = _OS_PHRASES.get(getattr(error, "errno", None) or 0)
    return Phrase(code) if code else getattr(error, "strerror", None) or str(error)


class HtxError(Exception):
    """An error with its `code` (a key of `SENTENCES`), its `values`, and the exit code of its class."""

    exit = 1

    def __init__(self, code: str, /, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values: Mapping[str, object] = values

    @property
    def sentence(self) -> str:
        """The English sentence with places for the values; `words` translates and fills it."""
        return SENTENCES[self.code]

    def __str__(self) -> str:
        return in_english(self)

    def __reduce__(self) -> tuple[Any, ...]:  # so that it comes whole out of another process
        return partial(type(self), **self.values), (self.code,), self.__dict__


def unknown(kind: type[_E], code: str, suggestions: Sequence[str], /, **values: object) -> _E:
    """Build the error that a name is unknown; with suggestions its code ends in `_but`."""
    if suggestions:
        return kind(f"{code}_but", **values, suggestions=suggestions)
    return kind(code, **values)


class UsageError(HtxError):
    """The command line cannot be understood."""

    exit = 2


class NotFound(HtxError):
    """A name stands for nothing, or for more than one thing."""

    exit = 3


@contextmanager
def reading(path: object) -> Iterator[None]:
    """Say in words why a file cannot be read: NotFound if it is missing, HtxError for anything else."""
    try:
        yield
    except FileNotFoundError:
        raise NotFound("file_missing", path=path) from None
    except (OSError, ValueError) as error:  # a ValueError for a name that no file can have
        raise HtxError("file_unreadable", path=path, why=refusal(error)) from None


class Problem(Struct, frozen=True):
    """One rejected cell: where it stands, what it says, and why it cannot be taken."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    cell: str | None = None
    column: str | None = None
    value: str | None = None

    @property
    def sentence(self) -> str:
        """The English sentence, as in `HtxError`."""
        return SENTENCES[self.code]

    def __str__(self) -> str:
        at = self.cell or (f"row {self.row}" if self.row else None)
        place = " ".join(part for part in (self.file, self.sheet, at) if part)
        where = ", ".join(part for part in (place, self.column) if part)
        return ": ".join(filter(None, (where, in_english(self))))


class Rejected(HtxError):
    """Input that cannot go into the book; nothing was written. `problems` lists every cell."""

    exit = 4

    def __init__(self, code: str, /, problems: tuple[Problem, ...] = (), **values: object) -> None:
        super().__init__(code, **values)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join([*map(str, self.problems), super().__str__()])


class BookUnusable(HtxError):
    """The book is missing, damaged, locked, or of another age."""

    exit = 5
