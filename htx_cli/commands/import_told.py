"""What an import says while it reads, when it has written, and when it was refused."""

import sys
import time
from decimal import Decimal
from typing import Any

from htx_cli.domain.changes import Imported, Place
from htx_cli.terminal.answer import draw
from htx_cli.terminal.session import Session, tell, told, write_json
from htx_cli.text.errors import Rejected
from htx_cli.text.words import number, say, t

MOST_LINES = 20  # of changed figures, and of warnings, that are told one by one
_PATIENCE = 1.0  # seconds before an import shows how far it is
_EVERY = 200  # rows
_GOOD = ("new", "changed", "same")  # figures beside the problems of a file


class RowsRead:
    """Counts the rows that are read; on a terminal it shows them when reading takes a while."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._bar: Any = None
        self._task: Any = None

    def __call__(self, rows: int) -> None:
        """So many rows were read by now."""
        if rows % _EVERY or not sys.stderr.isatty():
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
    """What an import did, and which figures it changed."""
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
    """Which files came once more, what an import took for granted, and what is odd."""
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


def refused(session: Session, rejected: Rejected) -> None:
    """Every problem with its place and what to type instead: as a table on a terminal."""
    if session.json_asked:
        from htx_cli.output.documents.journal import refused_import

        write_json(refused_import(rejected, session.dry_run))
        return
    from htx_cli.output.sheets.problems import lines

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
