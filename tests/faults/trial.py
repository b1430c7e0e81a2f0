"""What a fault does to a book: tries that end well or not, counted into a row of the table.

A try is a function that returns when the book came through. It raises `Lost` when something was
lost: a change that was said to be made, half a change, an altered figure that passed, or when a
command showed a traceback or hung. It raises `FalseAlarm` when a sound book was called unsound.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.independent import troubles

PATIENCE = 120  # seconds after which a command hangs
CODES = (0, 1, 2, 3, 4, 5, 6, 130)  # that htx may end with
ENVIRON = {
    **{k: v for k, v in os.environ.items() if not k.startswith(("HTX_", "LC_", "PYTEST_"))},
    "HTX_NOW": "2022-01-05T08:00:00+07:00",
    "HTX_USER": "tester",
    "HTX_LANG": "en",
    "PYTHONHASHSEED": "0",
}
HTX = [sys.executable, "-m", "htx_cli"]


class Lost(Exception):
    """A promise was broken."""


class FalseAlarm(Exception):
    """A sound book was called unsound."""


@dataclass
class Row:
    """A line of the table at the end."""

    fault: str
    tried: int = 0
    survived: int = 0
    lost: int = 0
    false_alarms: int = 0
    remarks: list[str] = field(default_factory=list)  # what was lost, or could not be tried here
    seconds: float = 0.0

    def count(self, outcome: Exception | None) -> None:
        self.tried += 1
        self.survived += outcome is None
        self.lost += isinstance(outcome, Lost)
        self.false_alarms += isinstance(outcome, FalseAlarm)
        if outcome is not None:
            self.remarks.append(f"{type(outcome).__name__}: {outcome}")

    def cells(self) -> tuple[str, ...]:
        numbers = (self.tried, self.survived, self.lost, self.false_alarms)
        return (self.fault, *(f"{n:,}" for n in numbers))


Try = Callable[..., None]


def tried(
    fault: str,
    attempt: Try,
    tries: Iterable[Sequence[object]],
    workers: int | None = None,
    at_once: int = 1,
) -> Row:
    """Make every try, on all cores, and count how they ended. A try is told by its arguments.

    Short tries are handed to a core `at_once`.
    """
    row, begun = Row(fault), time.monotonic()
    workers = workers or os.cpu_count() or 1
    if workers == 1:
        outcomes: Iterable[Exception | None] = (_outcome((attempt, each)) for each in tries)
        for outcome in outcomes:
            row.count(outcome)
    else:
        with ProcessPoolExecutor(workers) as pool:
            for outcome in pool.map(
                _outcome, [(attempt, each) for each in tries], chunksize=at_once
            ):
                row.count(outcome)
    row.seconds = time.monotonic() - begun
    print(f"{' | '.join(row.cells())} ({row.seconds:.0f} s)", file=sys.stderr, flush=True)
    return row


def _outcome(each: tuple[Try, Sequence[object]]) -> Exception | None:
    attempt, arguments = each
    try:
        attempt(*arguments)
    except (Lost, FalseAlarm) as outcome:
        return type(outcome)(f"{attempt.__name__}{tuple(arguments)!r}: {outcome}")
    except Exception as mistake:
        return Lost(f"{attempt.__name__}{tuple(arguments)!r}: {type(mistake).__name__}: {mistake}")
    return None


@contextmanager
def own_folder(beside: Path | None = None) -> Iterator[Path]:
    """A folder of one's own that everybody may enter, gone when the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="htx-fault-", dir=beside))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True)
class Done:
    """What a command said."""

    exit: int
    out: str
    err: str


def start(folder: Path, *words: object, **more: Any) -> "subprocess.Popen[str]":
    """Start `htx` in a folder; names in capitals are variables of its environment."""
    environ = {**ENVIRON, **{k: str(v) for k, v in more.items() if k.isupper()}}
    settings = {k: v for k, v in more.items() if not k.isupper()}
    process: subprocess.Popen[str] = subprocess.Popen(
        [*HTX, *map(str, words)],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environ,
        **settings,
    )
    return process


def ended(process: "subprocess.Popen[str]") -> Done:
    """Wait for a command. Raises Lost if it hangs or shows what only its makers understand."""
    try:
        out, err = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise Lost(f"hung for {PATIENCE} s: {process.args!r}") from None
    done = Done(process.returncode, out, err)
    if "Traceback" in err or "Traceback" in out:
        raise Lost(f"a traceback of {process.args!r}: {err[-1500:]}")
    if done.exit not in CODES and done.exit != -9:
        raise Lost(f"{process.args!r} ended with {done.exit}: {err[-500:]}")
    return done


def htx(folder: Path, *words: object, **more: Any) -> Done:
    """Run a command to its end."""
    return ended(start(folder, *words, **more))


def well(folder: Path, *words: object, **more: Any) -> Done:
    """Run a command that must succeed. Raises FalseAlarm if it calls the book unusable, else Lost."""
    done = htx(folder, *words, **more)
    if done.exit == 5:
        raise FalseAlarm(f"{words}: {done.err[-500:]}{done.out[-500:]}")
    if done.exit:
        raise Lost(f"{words} ended with {done.exit}: {done.err[-500:]}")
    return done


def verified(folder: Path, *words: object) -> None:
    """Raises FalseAlarm if `htx verify` has anything to say of a book that is sound."""
    done = htx(folder, *words, "verify")
    if done.exit or done.out or done.err:
        raise FalseAlarm(f"verify: {done.exit} {done.out[-500:]} {done.err[-500:]}")


def check_sound(book: Path) -> None:
    """Raises Lost if the independent reader finds anything wrong with a book."""
    if found := troubles(book):
        raise Lost(f"{book.name}: {'; '.join(found[:3])}")


def seeded(*parts: object) -> random.Random:
    """The same numbers for the same try, whatever was tried before."""
    return random.Random(repr(parts))


# -- the table at the end ----------------------------------------------------------------------------

HEADING = ("fault", "tried", "survived", "lost", "false alarms")


def table(rows: Sequence[Row]) -> str:
    """The rows as a table in Markdown, with what was lost below it."""
    lines = [HEADING, *(row.cells() for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(HEADING))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    told = [
        "| " + " | ".join(_padded(cell, width, at) for at, (cell, width) in enumerate(zip(line, widths, strict=True))) + " |"
        for line in (HEADING, rule, *lines[1:])
    ]  # fmt: skip
    remarks = [f"- {row.fault}: {remark}" for row in rows for remark in row.remarks[:20]]
    return "\n".join([*told, *([""] if remarks else []), *remarks])


def _padded(cell: str, width: int, at: int) -> str:
    return cell.rjust(width) if at else cell.ljust(width)
