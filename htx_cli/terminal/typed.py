"""The words of a command line before they are parsed: even an error must know how to be said."""

import shlex
from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct

from htx_cli.text.words import escaped

LONGEST_JOURNALLED = 2000  # characters of a command in the journal
# Where the book is, how the answer is shown, and the reason, which the journal has by itself.
_NOT_JOURNALLED = (
    "--db", "--lang", "--because", "--format", "--output", "-o", "--json", "--dry-run", "--replace",
    "--problems",
)  # fmt: skip


class Part(Struct, frozen=True):
    """An option with its value, as far as it has one, or any other word."""

    typed: tuple[str, ...]
    option: str | None = None
    value: str | None = None


def parts(given: Sequence[str], valued: Collection[str]) -> Iterator[Part]:
    """The words, with each option of `valued` and its value as one; after `--` all are words."""
    words = iter(given)
    for word in words:
        if word == "--":
            yield Part((word,))
            yield from (Part((each,)) for each in words)
        elif word in valued:
            value = next(words, None)
            yield Part((word,) if value is None else (word, value), word, value)
        elif word.startswith("--"):
            option, equals, value = word.partition("=")
            yield Part((word,), option, value if equals else None)
        elif word[:2] in valued:  # -oFILE
            yield Part((word,), word[:2], word[2:])
        else:
            yield Part((word,))


def last_value(typed: Sequence[Part], option: str) -> str | None:
    """The value of an option; of several the last one counts."""
    return next((p.value for p in reversed(typed) if p.option == option), None)


def asks_for_json(typed: Sequence[Part]) -> bool:
    """Tell whether the answer, and so an error too, is to be JSON."""
    flag = any(part.option == "--json" and part.value is None for part in typed)
    return flag or last_value(typed, "--format") == "json"


def journal_words(typed: Sequence[Part]) -> str:
    """The command as it was typed, without where the book is and how the answer is shown."""
    kept = (word for p in typed if p.option not in _NOT_JOURNALLED for word in p.typed)
    return escaped(shlex.join(kept))[:LONGEST_JOURNALLED]
