"""Import files of results, and tell what that did."""

import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from htx_cli.domain.changes import Imported, Place
from htx_cli.intake import ENCODINGS, FORMATS, Percents
from htx_cli.output.files import WORKBOOK, check, saving
from htx_cli.terminal.answer import draw, saved_told
from htx_cli.terminal.command import command
from htx_cli.terminal.options import (
    AsOf,
    Estimate,
    Replace,
    Strict,
    Year,
    argument,
    choice_option,
    complete_province,
    flag,
    option,
)
from htx_cli.terminal.session import Session, tell, told, write_json
from htx_cli.text.errors import Problem, Rejected, UsageError
from htx_cli.text.words import mark, number, say, t

if TYPE_CHECKING:
    from htx_cli.intake.resolve import Defaults
    from htx_cli.intake.rows import Table
    from htx_cli.intake.sources import Manner


MOST_LINES = 20  # of changed figures, and of warnings, that are told one by one
_PATIENCE = 1.0  # seconds before an import shows how far it is
_EVERY = 200  # rows
_GOOD = ("new", "changed", "same")  # figures beside the problems of a file


@dataclass(frozen=True, slots=True)
class Reading:
    """Options for how files are to be read, where they do not say it themselves."""

    percent: Annotated[
        Percents | None,
        choice_option(
            get_args(Percents),
            mark("What bare numbers are where per cents stand: 0.62 or 62 for 62%."),
        ),
    ] = None
    map: Annotated[
        list[str] | None,
        option(
            "HEADING=USE|FILE.toml",
            mark(
                "What a heading, a title or a row is: target:CODE, target:CODE:of, cluster, year, "
                "province, target, as_of, basis, value, of, base, rate, source, note, result, plan, "
                "or skip to leave it out; or a file of such lines. May be given again."
            ),
        ),
    ] = None
    sheet: Annotated[
        str | None, option("NAME", mark("The one sheet of a workbook that is to be read."))
    ] = None
    input_format: Annotated[
        str | None, choice_option(FORMATS, mark("What standard input is; default: csv."))
    ] = None
    encoding: Annotated[
        str | None,
        choice_option(
            ENCODINGS,
            mark(
                "How the letters of .csv are encoded (tcvn3: .VnTime, vni: VNI-Times); "
                "default: recognised."
            ),
        ),
    ] = None

    def manner(self, defaults: "Defaults") -> "Manner":
        """Return the options as the intake takes them, with the mapping of headings read."""
        from htx_cli.intake.sources import Manner
        from htx_cli.intake.tables import mapping

        read = mapping.read(self.map or [])
        return Manner(defaults, read, self.input_format, self.encoding, self.sheet)


@command("import", "writes", "reads_numbers")
def import_(
    session: Session,
    file: Annotated[
        list[str],
        argument(
            "FILE|- …",
            mark(".xlsx, .xls, .ods, .csv, .tsv, .json or .ndjson; - is standard input."),
        ),
    ],
    year: Year = None,
    as_of: AsOf = None,
    estimate: Estimate = False,
    province: Annotated[
        str | None,
        option(
            "PROVINCE",
            mark("Whose figures they are, where no column says it."),
            offers=complete_province,
        ),
    ] = None,
    source: Annotated[
        str | None, option("TEXT", mark("Where the figures come from, where no column says it."))
    ] = None,
    *,
    reading: Reading,
    strict: Strict = False,
    each: Annotated[
        bool,
        flag(
            "--each", mark("Write every good file as a change of its own, and refuse the others.")
        ),
    ] = False,
    problems: Annotated[
        Path | None,
        option(
            "FILE.xlsx", mark("If there are problems, save the tables with the bad cells marked.")
        ),
    ] = None,
    over: Replace = False,
) -> None:
    """Import results from files, all of them or none.

    A long table has the columns province, target, value or rate, in any order, in English or
    Vietnamese; and, where they are known, cluster, year, as_of, basis, of, base, source, note. A wide
    one has provinces down and targets across, or the other way round. If anything is wrong, every
    problem is listed with its place and nothing is written. Importing again changes nothing.
    """
    from htx_cli.actions import results as actions
    from htx_cli.intake.resolve import Defaults

    book, intent = session.book(), session.intent()
    if "-" in file and sys.stdin.isatty():
        raise UsageError("stdin_empty")
    if each and "-" in file:
        raise UsageError("each_files")
    if source and len(file) > 1:
        raise UsageError("source_files", option="--source")
    if problems:
        check(problems, WORKBOOK, over)
    defaults = Defaults(
        book.today, session.cluster, year, as_of, estimate, source=source, numbers=session.numbers,
        province=province, percents=reading.percent,
    )  # fmt: skip
    manner = reading.manner(defaults)
    if each:
        _import_each(session, file, manner, strict)
        return
    rows_read = RowsRead(shown=not session.in_json)
    try:
        imported = actions.import_from(
            book,
            intent,
            file,
            manner,
            strict=strict,
            stdin=sys.stdin.buffer,
            rows_read=rows_read,
            send_back=partial(_send_back, session, problems, over) if problems else None,
        )
    except Rejected as rejected:
        if not rejected.problems:
            raise
        rows_read.close()
        refused(session, rejected)
        _offer_each(session, file, rejected)
        raise typer.Exit(rejected.exit) from None
    finally:
        rows_read.close()
    if session.in_json:
        from htx_cli.output.documents import document

        write_json(document(imported))
        return
    changed(imported)
    noticed(imported)


def _import_each(session: Session, files: list[str], manner: "Manner", strict: bool) -> None:
    """Write the good files one by one; the others are refused together."""
    from htx_cli.actions import imports as actions

    try:
        done, bad = actions.import_each(
            session.book(), session.intent(), files, manner, strict=strict
        )
    except Rejected as rejected:
        if not rejected.problems:
            raise
        refused(session, rejected)
        raise typer.Exit(rejected.exit) from None
    if session.in_json:
        from htx_cli.output.documents.imports import of_each

        write_json(of_each(done, bad, session.dry_run))
    else:
        for name, imported in done:
            if imported:
                tell(f"{name}:")
                changed(imported)
                noticed(imported)
        if bad:
            refused(session, bad)
    if bad:
        raise typer.Exit(bad.exit)


def _offer_each(session: Session, files: list[str], rejected: Rejected) -> None:
    """Name the option that writes the good files, where some are."""
    bad = {problem.file for problem in rejected.problems}
    good = len(files) - len(bad)
    if len(files) > 1 and None not in bad and good > 0 and not session.in_json:
        text = t(
            "Files without a problem: {count}. To write those alone: --each", count=_count(good)
        )
        tell(text)


def _send_back(
    session: Session, path: Path, over: bool, rejected: Rejected, tables: "Iterator[Table]"
) -> None:
    """Save what is to be sent back: the problems, and the tables with the bad cells marked."""
    from htx_cli.output.papers.problems import write

    sent = ((table.file, table.sheet, table.rows) for table in tables)
    with saving(path, WORKBOOK, over) as place:
        write(rejected.problems, sent, place.file, int(str(rejected.values["count"])))
    session.remark(saved_told(path, place.stood))


MOST_LINES = 20  # of changed figures, and of warnings, that are told one by one
_MOST_NAMES = 20  # unknown names that are told one by one
_PATIENCE = 1.0  # seconds before an import shows how far it is
_EVERY = 200  # rows
_GOOD = ("new", "changed", "same")  # figures beside the problems of a file


class RowsRead:
    """Counts the rows that are read; on a terminal it shows them when reading takes a while."""

    def __init__(self, shown: bool = True) -> None:
        self._shown = shown
        self._begun = time.monotonic()
        self._bar: Any = None
        self._task: Any = None

    def __call__(self, rows: int) -> None:
        """Take note of the number of rows read by now."""
        if rows % _EVERY or not (self._shown and sys.stderr.isatty()):
            return
        if self._bar is None:
            if time.monotonic() - self._begun < _PATIENCE:
                return
            self._start()
        self._bar.update(self._task, completed=rows, description=_read(rows))

    def _start(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        console = Console(stderr=True)
        columns = (BarColumn(), TextColumn("{task.description}", markup=False))
        self._bar = Progress(*columns, console=console, transient=True)
        self._task = self._bar.add_task(_read(0), total=None)
        self._bar.start()

    def close(self) -> None:
        """Take the bar away: what follows is the answer."""
        if self._bar is not None:
            self._bar.stop()


def _read(rows: int) -> str:
    return t("{count} rows read", count=_count(rows))


def changed(imported: Imported) -> None:
    """Tell what an import did, and which figures it changed."""
    from htx_cli.output.wording.journal import sentence

    if not imported.change.count:
        same = _count(imported.same)
        tell(t("Nothing to change: all {same} figures stand in the book already.", same=same))
        return
    counts = t(
        "+{new} new, ~{changed} changed, ={same} the same",
        new=_count(imported.new),
        changed=_count(imported.changed),
        same=_count(imported.same),
    )
    told(imported.change, counts)
    for row in imported.corrections[:MOST_LINES]:
        tell(f"~ {sentence(row, imported.change.glossary)}")
    if (left := imported.changed - MOST_LINES) > 0:
        head = imported.change.head
        more = t("and {count} more", count=_count(left))
        tell(f"{more} (htx log {head.number})" if head else more)


def noticed(imported: Imported) -> None:
    """Tell which files came once more, what was taken for granted, and what is odd."""
    for file in imported.files:
        if file.before is not None:
            before = str(file.before)
            tell(
                t("{name} was imported already, by change {number}.", name=file.name, number=before)
            )
    for each in imported.assumed:
        text = (
            t("Rows without a date and a year, taken as of {day} and so for {year}: {count}")
            if each.year_too
            else t("Rows without a date, taken as of {day}: {count}")
        )
        what = {"day": f"{each.as_of:%d/%m/%Y}", "year": each.as_of.year}
        tell(text.format(**what, count=_count(each.rows)))
    from htx_cli.output.wording.figures import place_words

    for note in imported.notes[:MOST_LINES]:
        place = place_words(Place(note.file or "", note.sheet, None, note.row))
        tell(f"{place}: {say(note)}" if place else say(note))
    if (left := len(imported.notes) - MOST_LINES) > 0:
        tell(t("and {count} more", count=_count(left)))
    for caution in imported.cautions[:MOST_LINES]:
        place = place_words(Place(caution.file or "", caution.sheet, None, caution.row))
        if place:
            tell(t("Warning, {place}: {what}", place=place, what=say(caution)))
        else:
            tell(t("Warning: {what}", what=say(caution)))
    if (left := imported.warned - MOST_LINES) > 0:
        tell(t("and {count} more warnings; --json lists up to a thousand", count=_count(left)))


def _count(count: int) -> str:
    return number(Decimal(count))


def _without_more_names(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Skip unknown names beyond the first of them: a thousand lines of a kind say no more."""
    names = set()
    for problem in problems:
        if "_unknown" in problem.code:
            names.add(problem.value)
            if len(names) > _MOST_NAMES and problem.value:
                continue
        yield problem


def refused(session: Session, rejected: Rejected) -> None:
    """Every problem with its place and what to type instead: as a table on a terminal."""
    if session.in_json:
        from htx_cli.output.documents.problems import refused_import

        write_json(refused_import(rejected, session.dry_run))
        return
    from htx_cli.output.sheets.problems import lines

    rejected.problems = tuple(_without_more_names(rejected.problems))
    if sys.stderr.isatty():
        draw(rejected, sys.stderr)
    else:
        for line in lines(rejected.problems):
            tell(line)
    left = int(str(rejected.values["count"])) - len(rejected.problems)
    if left > 0:
        tell(t("… and {count} more problems.", count=_count(left)))
    if "new" in rejected.values:
        counts = {name: _count(int(str(rejected.values[name]))) for name in _GOOD}
        bad = _count(int(str(rejected.values["count"])))
        text = t(
            "+{new} new, ~{changed} changed, ={same} the same, !{bad} problems", bad=bad, **counts
        )
        tell(t("Dry run: {what}", what=text))
    tell(say(rejected))
