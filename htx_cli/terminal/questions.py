"""Questions on a terminal: one at a time, a default in brackets, again with the reason if need be.

Nobody is asked in a script. Whoever leaves in the middle leaves the book as it was.
"""

import sys
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, Generic, TypeVar

from msgspec import Struct

from htx_cli.terminal.answer import draw
from htx_cli.terminal.session import Session, tell
from htx_cli.text.errors import HtxError, Rejected, UsageError
from htx_cli.text.vietnamese import folded, is_percent, yes_no
from htx_cli.text.words import number, say, t

T = TypeVar("T")


class Choice(Struct, Generic[T], frozen=True):
    """A possible answer: its key in scripts, its word on the screen, and other spellings."""

    value: T
    word: str
    spellings: tuple[str, ...] = ()

    def means(self, text: str) -> bool:
        """Tell whether a text names this choice, in any spelling."""
        known = (str(self.value), self.word, t(self.word), *self.spellings)
        return folded(text) in map(folded, known)


def named(choices: Sequence[Choice[T]]) -> Callable[[str], T]:
    """A reader of an option: the key or a word, in either language."""

    def read(text: str) -> T:
        for choice in choices:
            if choice.means(text):
                return choice.value
        raise UsageError("not_one_of", value=text, choices=[_in_full(c) for c in choices])

    return read


def _in_full(choice: Choice[T]) -> str:
    """The key, and the word beside it where that is another one: `count (số lượng)`."""
    key, word = str(choice.value), t(choice.word)
    return key if folded(key) in folded(word) else f"{key} ({word})"


def can_ask() -> bool:
    """Tell whether somebody sits there to answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def asks_first(session: Session) -> bool:
    """Tell whether a write is shown and confirmed first: on a terminal, not by a script."""
    return can_ask() and not (session.dry_run or session.in_json)


def confirmed(proposal: Any, question: str) -> None:
    """Show what would be written, and ask; Enter is yes. Raises HtxError at a no."""
    draw(proposal, sys.stderr)
    choices = f"{t('yes')}/{t('no')}"
    if not ask(f"{question} ({choices})", _agreed, t("yes")):
        raise HtxError("declined")


def _agreed(text: str) -> bool:
    """yes or no to a question, their first letters too, in either language."""
    letters = {"c": True, "k": False}
    try:
        return letters[text.lower()] if text.lower() in letters else yes_no(text)
    except Rejected:
        raise UsageError("neither_yes_nor_no", value=text) from None


def ask(question: str, read: Callable[[str], T], default: str | None = None) -> T:
    """Ask until the answer can be read; an empty answer is the default.

    Raises HtxError when the answers end (Ctrl-D), KeyboardInterrupt at Ctrl-C.
    """
    offered = f" [{default}]" if default else ""
    while True:
        answer = _line(f"{question}{offered}: ").strip()
        try:
            return read(answer or default or "")
        except (Rejected, UsageError) as error:
            tell(say(error))


def _line(question: str) -> str:
    sys.stderr.write(question)
    sys.stderr.flush()
    try:
        answer = sys.stdin.readline()
    except KeyboardInterrupt:
        tell("")
        raise
    except UnicodeDecodeError:
        return "\ufffd"
    if not answer:
        tell("")
        raise HtxError("no_answer")
    return answer


def ask_choice(question: str, choices: Sequence[Choice[T]]) -> T:
    """Ask for one of the choices by its number or by its word; an empty answer is the first."""
    listed = [f"{at} {t(choice.word)}" for at, choice in enumerate(choices, 1)]
    return ask(f"{question} ({', '.join(listed)})", numbered(choices), "1")


def numbered(choices: Sequence[Choice[T]]) -> Callable[[str], T]:
    """A reader of an answer: the number of a choice, or its word."""
    listed = [f"{at} {t(choice.word)}" for at, choice in enumerate(choices, 1)]

    def read(text: str) -> T:
        for at, choice in enumerate(choices, 1):
            if text == str(at) or choice.means(text):
                return choice.value
        raise UsageError("not_one_of", value=text, choices=listed)

    return read


def ask_number(
    question: str, session: Session, check: Callable[[Decimal, bool], object]
) -> Decimal:
    """Ask for a number; where it can be read in two ways, ask which.

    `check` may refuse it; it is also told whether the number was written as a per cent.
    """

    def read(text: str) -> Decimal:
        try:
            value = session.number(text, percent=True)
        except Rejected as error:
            if error.code != "number_ambiguous":
                raise
            value = _which(text, error)
        check(value, is_percent(text))
        return value

    return ask(question, read)


def _which(text: str, error: Rejected) -> Decimal:
    """Ask which number `1.234` is: both readings are shown, with their numbers to type."""
    readings = [Decimal(str(error.values[habit])) for habit in ("vi", "en")]
    readings.sort(key=abs, reverse=True)
    whole, parts = readings

    def read(answer: str) -> Decimal:
        if answer not in ("1", "2"):
            raise UsageError("not_one_of", value=answer, choices=["1", "2"])
        return whole if answer == "1" else parts

    question = t(
        "Is “{text}” {whole}, a whole number (1), or {parts}, with a fraction (2)?",
        text=text,
        whole=str(whole),
        parts=number(parts),
    )
    return ask(question, read)
