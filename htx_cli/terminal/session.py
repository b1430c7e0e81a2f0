"""A command that is being run: its common options, its book, and how it answers."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from msgspec import Struct

from htx_cli.domain.changes import Caution, Change, Done
from htx_cli.output.formats import FORMATS, TABLE, format_of, render, text_format
from htx_cli.terminal.answer import answering, draw, saved_told
from htx_cli.text import vietnamese
from htx_cli.text.errors import Problem, Rejected, UsageError
from htx_cli.text.vietnamese import Numbers
from htx_cli.text.words import say, t

if TYPE_CHECKING:
    from htx_cli.actions import Book, Intent

MOST_LATER = 20  # changes that build on another, told one by one


class Answer(Struct, frozen=True):
    """A value to show, with warnings before it, remarks after it, and the exit code."""

    value: Any
    warnings: Sequence[Caution] = ()
    remarks: Sequence[Caution] = ()
    exit: int = 0


class Session(Struct, frozen=True):
    """The common options of a command that is being run."""

    words: str  # as they were typed, for the journal
    db: str | None
    lang: str | None
    cluster: str | None
    json_asked: bool
    format: str | None = None
    output: Path | None = None
    replace: bool = False
    dry_run: bool = False
    because: str | None = None
    numbers: Numbers | None = None

    def book(self) -> "Book":
        """The book that is meant."""
        from htx_cli.actions import book_at

        return book_at(self.db, self.cluster)

    def intent(self) -> "Intent":
        """Return the entry for the journal."""
        from htx_cli.actions import Intent

        because = None
        if self.because is not None:
            because = vietnamese.text_line(self.because, 1000, "--because")
        return Intent(self.words, because, self.dry_run)

    def number(self, text: str, percent: bool = False) -> Decimal:
        """A number from the command line; with `percent` its sign may stand behind it."""
        if percent and vietnamese.is_percent(text):
            return vietnamese.percent(text, self.numbers)
        return vietnamese.number(text, self.numbers)

    @property
    def in_json(self) -> bool:
        """Tell whether the answer is one JSON document, and nothing is said beside it."""
        return self.json_asked or self.format == "json"

    def answer(self, given: Any) -> None:
        """Show what a command returned: an answer, what a write did, or an answer with remarks."""
        if isinstance(given, Done):
            self.wrote(given)
        elif isinstance(given, Answer):
            if not self.in_json:
                warn(given.warnings)
            self.show(given.value, [*given.warnings, *given.remarks])
            for each in given.remarks:
                self.remark(say(each))
        elif given is not None:
            self.show(given)

    def show(self, value: Any, cautions: Sequence[Caution] = ()) -> None:
        """Show an answer in the format asked for, on standard output or in a file.

        A JSON document has the `cautions` in it; of others they are told.
        """
        format = self.shown_as()
        if self.output is not None:
            from htx_cli.output.files import save

            format = text_format(format)
            replaced = save(self.output, _text(value, format, cautions), format, self.replace)
            self.remark(saved_told(self.output, replaced))
        elif format == TABLE:
            draw(value)
        else:
            with answering() as out:
                out.write(_text(value, format, cautions))

    def remark(self, line: str) -> None:
        """Say what is not the answer on standard error; nothing where JSON was asked for."""
        if not self.in_json:
            tell(line)

    def check_output(self) -> None:
        """Refuse a format that does not exist, or a file in the way, before any work is done."""
        format = self.shown_as()
        if self.output is not None:
            from htx_cli.output.files import check

            check(self.output, format, self.replace)

    def asks_to_see(self) -> bool:
        """Tell whether an answer is wanted even where a command would say nothing."""
        return self.json_asked or self.format is not None or self.output is not None

    def lists_records(self) -> bool:
        """Tell whether the answer is wanted record by record, and so every one of them."""
        return self.shown_as() in ("csv", "ndjson")

    def on_screen(self) -> bool:
        """Tell whether the answer is a table on a terminal."""
        return self.output is None and sys.stdout.isatty() and self.shown_as() == TABLE

    def shown_as(self) -> str:
        """The format of the answer."""
        if self.json_asked:
            if self.format not in (None, "json"):
                raise UsageError("format_differs", value=self.format)
            return "json"
        if self.format is not None:
            if self.format not in FORMATS:
                raise UsageError("format_unknown", value=self.format, choices=list(FORMATS))
            return self.format
        if self.output is not None:
            return format_of(self.output)
        return TABLE if sys.stdout.isatty() else "plain"

    def wrote(
        self,
        done: Done[Any],
        beside: Mapping[str, object] | None = None,
        lines: Iterable[str] = (),
        shown: bool = True,
    ) -> None:
        """Tell what a write did, show its answer if it has one, warn, and add some `lines`.

        In JSON all of that is one document, with what stands `beside` it and without the lines.
        """
        if self.in_json:
            from htx_cli.output.documents import document

            made = {**document(done), **(beside or {})}
            if self.output is None:
                write_json(made)
            else:
                from htx_cli.output.files import save

                save(self.output, json_text(made), "json", self.replace)
            return
        from htx_cli.output import is_shown
        from htx_cli.output.wording.journal import describe

        told(done.change, describe(done.change) if done.change.count else "")
        if shown and is_shown(done):
            self.show(done)
        warn(done.cautions)
        for line in lines:
            tell(line)


def _text(value: Any, format: str, cautions: Sequence[Caution]) -> str:
    if format == "json" and cautions:
        from htx_cli.output.documents import document

        return json_text(document(value, cautions))
    return render(value, format)


def told(change: Change, what: str) -> None:
    """Say what a change did, or that there was nothing to do; and whether the book is held elsewhere."""
    if not change.count:
        tell(t("Nothing to change: the book says so already."))
    elif change.head is None:
        tell(t("Dry run, nothing was written: {what}", what=what))
    else:
        number = str(change.head.number)
        again = "undo" if change.undoable else "log"
        tell(
            t(
                "Change {number}: {what}  (htx {again} {number})",
                number=number,
                what=what,
                again=again,
            )
        )
    if change.away:
        from htx_cli.output.wording.handover import away_told

        tell(t("Warning: {what}", what=away_told(change.away)))


def tell(line: str) -> None:
    """A line that is not the answer: on standard error, and nowhere if that takes nothing."""
    with suppress(OSError):
        sys.stderr.write(f"{line}\n")


def write_json(document: Mapping[str, object]) -> None:
    """A document on standard output; of a write it bears the number of its change."""
    with answering(document.get("change")) as out:
        out.write(json_text(document))


def json_text(document: Mapping[str, object]) -> str:
    """A document as JSON, indented."""
    from htx_cli.output.formats.json_text import encoded

    return encoded(document, indent=2) + "\n"


def warn(cautions: Sequence[Caution]) -> None:
    """Write a line for each caution on standard error."""
    for caution in cautions:
        tell(t("Warning: {what}", what=say(caution)))


def refuse_for_changes(
    session: Session, error: Rejected, code: str, changes: Sequence[Change]
) -> NoReturn:
    """Name the changes that are in the way, the newest first, then say what is wrong."""
    from htx_cli.output.wording.journal import describe

    problems = [
        Problem(
            code,
            {
                "number": str(head.number),
                "who": head.who,
                "day": head.at.astimezone().date(),
                "what": describe(change),
            },
        )
        for change in changes[:MOST_LATER]
        if (head := change.head)
    ]
    error.problems = tuple(problems)
    for problem in problems:
        session.remark(say(problem))
    raise error
