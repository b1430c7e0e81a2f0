"""Compare what two installed versions of htx print and write, over every command line of `lines/`.

    python -m tests.same_output OLD NEW              everything, in a few minutes
    python -m tests.same_output OLD NEW undo …       only scenarios in which one of these texts stands
    python -m tests.same_output OLD NEW start.txt:62 … or at this place

OLD and NEW are virtual environments (`.venv`), or programs. Make OLD of a commit that is known to be
right: `git worktree add ../old COMMIT`, a virtual environment, `pip install ../old`. Both need the same
versions of the libraries. It exits with 1 if anything differs that `allowed.toml` does not list.

Every scenario (a paragraph of `lines/*.txt`) runs in a folder of its own with a copy of `sample.db` as
`htx.db`, in English and in Vietnamese, with a fixed clock and author. Compared are standard output,
standard error and exit code of each line, the screen where it runs on a terminal, and every file that
it writes: books row by row with their journal, workbooks and zips part by part.

In `lines/*.txt` each line is one for the shell, and beside that:

    htx report --format {plain,csv}     stands for one line with each
    htx status atlantis  # exits 3      the exit code that OLD must give; 0 where nothing is said
    tty 120 htx report                  on a terminal of 120 columns, with nobody there to be asked
    tty 80 htx undo                     on a terminal, where these answers are typed
    > y
    HTX_NOW=2022-01-05T08:00:00+07:00   a setting for the lines below it; HTX_LANG=vi: run in that alone
    sql htx.db UPDATE results SET …     change a book behind the back of its journal

The book is that of `sample.db` on 7 October 2026; a scenario that needs another copies it first, from
`books/`. `imports/` and `sample/` beside it are the folders of the tests.

Add lines with every new command, option, warning and format; `--transcript FILE` shows what they print.
Add an allowed difference only for a change of output that was decided, as narrow as it goes, in the
commit that makes the change. One that nothing needs any more is named at the end. When the next OLD is
chosen the list begins anew.
"""

import argparse
import difflib
import os
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from .allowed import FILE as ALLOWED
from .allowed import allowed
from .lines import FOLDER as LINES
from .lines import Scenario, scenarios
from .programs import Program, Streams
from .running import ran

MOST_ROWS = 14  # of one difference
LONGEST_ROW = 300
LONGEST = 20_000  # letters of a stream in a transcript
NOTHING = "(nothing)"


@dataclass(frozen=True)
class Difference:
    """One stream of one line in which the two versions are not the same."""

    line: str
    stream: str
    place: str
    rows: tuple[str, ...]  # of a unified diff, without its heading

    @property
    def differing(self) -> list[str]:
        """The rows that only OLD (-) or only NEW (+) has."""
        return [row for row in self.rows if row[0] in "+-"]

    def __str__(self) -> str:
        rows = [_shown(row) for row in self.rows[:MOST_ROWS]]
        left = len(self.rows) - MOST_ROWS
        more = [f"… {left} more lines"] if left > 0 else []
        return "\n".join([f"$ {self.line}   [{self.place}: {self.stream}]", *rows, *more, ""])


def _shown(row: str) -> str:
    cut = row if len(row) <= LONGEST_ROW else f"{row[:LONGEST_ROW]}… ({len(row)} letters)"
    return cut.replace("\r", "␍").replace("\x1b", "␛")


@dataclass(frozen=True)
class Outcome:
    """What came of one scenario in one language."""

    differences: list[Difference]
    broken: list[str]  # lines that do not exit as they are there for
    transcript: str  # what the old version printed and wrote


def compared(
    job: tuple[int, Scenario, str], programs: tuple[Program, Program], folder: Path, keep: bool
) -> Outcome:
    """Run a scenario with both versions, one after the other in the same place."""
    number, scenario, language = job
    old, new = (ran(scenario, each, folder / str(number), language) for each in programs)
    shutil.rmtree(folder / str(number))
    place = f"{scenario.place} {language}"
    differences, broken = list[Difference](), list[str]()
    for line, before, after in zip(scenario.lines, old, new, strict=True):
        if (exits := before.get("exit", "0")) != str(line.exits):
            broken.append(f"$ {line.shown}   [{place}] exits {exits}, not {line.exits}\n")
        for stream in [*before, *(each for each in after if each not in before)]:
            if rows := _diff(before.get(stream, NOTHING), after.get(stream, NOTHING)):
                differences.append(Difference(line.shown, stream, place, rows))
    return Outcome(differences, broken, _transcript(place, scenario, old) if keep else "")


def _diff(old: str, new: str) -> tuple[str, ...]:
    if old == new:
        return ()
    return tuple(difflib.unified_diff(old.split("\n"), new.split("\n"), lineterm="", n=1))[2:]


def _transcript(place: str, scenario: Scenario, seen: Sequence[Streams]) -> str:
    rows = [f"==== {place}"]
    for line, streams in zip(scenario.lines, seen, strict=True):
        rows.append(f"$ {line.shown}")
        for name, text in streams.items():
            if text and (name, text) != ("exit", "0"):
                rows += [f"-- {name}", text if len(text) < LONGEST else f"{len(text)} letters"]
    return "\n".join([*rows, ""])


def outcomes(given: argparse.Namespace, chosen: Sequence[Scenario]) -> Iterator[Outcome]:
    """What came of every scenario in every language, on every core."""
    each = [(scenario, language) for scenario in chosen for language in scenario.languages]
    jobs = [(number, *one) for number, one in enumerate(each)]
    keep = given.transcript is not None
    with TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        here = Path(folder)
        old = Program(given.old, here / "old", given.fresh)
        new = Program(given.new, here / "new", given.fresh)
        run = partial(compared, programs=(old, new), folder=here / "runs", keep=keep)
        yield from pool.map(run, jobs)
        old.close()
        new.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m tests.same_output",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("old", metavar="OLD")
    parser.add_argument("new", metavar="NEW")
    parser.add_argument("only", metavar="TEXT", nargs="*", help="scenarios with one of these")
    parser.add_argument("--lines", type=Path, default=LINES, help="another folder of .txt files")
    parser.add_argument("--allowed", type=Path, default=ALLOWED, help="another .toml file")
    parser.add_argument("--fresh", action="store_true", help="start Python anew for every line")
    parser.add_argument("--transcript", type=Path, help="keep what OLD prints in this file")
    return parser.parse_args()


def main() -> int:
    """Compare, and tell what differs."""
    given, begun = _arguments(), time.monotonic()
    chosen = [
        each
        for each in scenarios(given.lines)
        if not given.only or any(text in f"{each.place}\n{each.text}" for text in given.only)
    ]
    known = allowed(given.allowed)
    wrong = meant = 0
    with open(given.transcript or os.devnull, "w", encoding="utf-8") as kept:
        for outcome in outcomes(given, chosen):
            kept.write(outcome.transcript)
            found: list[object] = [*outcome.broken]
            for each in outcome.differences:
                if any(one.covers(each.line, each.stream, each.differing) for one in known):
                    meant += 1
                else:
                    found.append(each)
            wrong += len(found)
            for it in found:
                print(it, flush=True)
    for entry in known:
        if not entry.met and not given.only:
            print(
                f"Nothing needs the entry “{entry.line}” ({entry.stream}) of {given.allowed.name}"
            )
    count, seconds = sum(len(each.lines) for each in chosen), time.monotonic() - begun
    print(
        f"{count} command lines, {seconds:.0f} s: "
        f"{wrong} differences, beside them {meant} that are allowed"
    )
    return 1 if wrong or not count else 0


if __name__ == "__main__":
    sys.exit(main())
