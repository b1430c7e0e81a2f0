"""Bytes that flip and files that end too soon: nothing altered passes, and nothing makes it worse."""

import faulthandler
import os
import shutil
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from htx_cli.cli import app
from tests.faults import books
from tests.faults.disk import hot_journal
from tests.faults.independent import content, troubles
from tests.faults.kill import operations
from tests.faults.trial import ENVIRON, Lost, Row, own_folder, seeded, tried

HANGS = 30  # seconds
VERIFY = ("verify",)
LOOKS = [
    ("report", "--year", "2021"),
    ("log",),
    ("log", "3"),
    ("explain", "can tho", "1", "--year", "2021"),
    ("status", "ca mau", "--year", "2021"),
    ("leaders",),
    ("export", "-", "--format", "csv"),
]
WRITES = [
    ("record", "an giang", "1", "7", "--as-of", "2021-03-31"),
    ("record", "can tho", "1", "21", "--as-of", "2021-12-31"),
    ("rotate-leader", "--year", "2023"),
]


@dataclass(frozen=True)
class Well:
    """A sound book, what it says, and its bytes."""

    path: Path
    content: str
    bytes: bytes

    @classmethod
    def at(cls, path: Path) -> "Well":
        assert troubles(path) == []
        return cls(path, content(path), path.read_bytes())

    def __repr__(self) -> str:
        return self.path.name


def _run(book: Path, words: Sequence[str]) -> int:
    """The exit code of a command in this process. Raises Lost for what nobody should see."""
    with _no_longer_than(HANGS):
        result = CliRunner(env=ENVIRON).invoke(app, ["--db", str(book), *words])
    mistake = result.exception
    if mistake is not None and not isinstance(mistake, SystemExit):
        raise Lost(f"{words} ended with a traceback: {type(mistake).__name__}: {mistake}")
    if "Traceback" in result.stderr or result.exit_code not in range(7):
        raise Lost(f"{words} ended with {result.exit_code}: {result.stderr[-300:]}")
    return result.exit_code


@contextmanager
def _no_longer_than(seconds: int) -> Iterator[None]:
    def hung(*_: object) -> None:
        raise Lost(f"hung for {seconds} s")

    heard = signal.signal(signal.SIGALRM, hung)
    signal.alarm(seconds)
    faulthandler.dump_traceback_later(3 * seconds, exit=True)  # where Python itself is stuck
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
        signal.alarm(0)
        signal.signal(signal.SIGALRM, heard)


def _passes(book: Path, well: Well) -> bool:
    """Whether `htx verify` has nothing to say. Raises Lost if what it passes was altered."""
    before = book.read_bytes()
    code = _run(book, VERIFY)
    if code not in (0, 5):
        raise Lost(f"verify ended with {code}")
    _untouched(book, before, VERIFY)
    if code == 0 and (found := _altered(book, well)):
        raise Lost(f"verify passes a book that is not what it was: {found}")
    return code == 0


def _altered(book: Path, well: Well) -> str:
    if found := troubles(book):
        return found[0]
    return "" if content(book) == well.content else "it says something else"


def _untouched(book: Path, before: bytes, words: Sequence[str]) -> None:
    if book.read_bytes() != before:
        raise Lost(f"{words} wrote to a damaged book")
    if [path.name for path in book.parent.iterdir()] != [book.name]:
        raise Lost(f"{words} left {sorted(path.name for path in book.parent.iterdir())}")


def _looked_at(book: Path, well: Well, words: Sequence[str], passed: bool) -> None:
    """A command meets the damage: it may show what it can read, and writes only what verifies."""
    before = book.read_bytes()
    code = _run(book, words)
    if code or words not in WRITES or not passed:
        _untouched(book, before, words)


def flipped(well: Well, offset: int, seed: int, others: int) -> None:
    """One bit of this byte is not what it was. Every so many bytes other commands meet it too."""
    random = seeded("flip", offset, seed)
    damaged = bytearray(well.bytes)
    damaged[offset] ^= 1 << random.randrange(8)
    _met(well, bytes(damaged), random.choice([*LOOKS, *WRITES]) if offset % others == 0 else None)


def truncated(well: Well, size: int) -> None:
    """The file ends here; no command takes it for a book."""
    every = [*LOOKS, *WRITES]
    _met(well, well.bytes[:size], every[size % len(every)], passing=False)


def _met(
    well: Well, damaged: bytes, words: Sequence[str] | None = None, passing: bool = True
) -> None:
    with own_folder(_memory()) as folder:
        book = folder / "htx.db"
        book.write_bytes(damaged)
        passed = _passes(book, well)
        if passed and not passing:
            raise Lost("verify passes a book that ends too soon")
        if words:
            _looked_at(book, well, words, passed)


def _memory() -> Path | None:
    """A folder that costs no disk, where there is one."""
    shm = Path("/dev/shm")
    return shm if os.access(shm, os.W_OK) else None


def torn(well: Well, left: Path, words: Sequence[str]) -> None:
    """Somebody threw away the journal that would have mended a half written book."""
    with own_folder() as folder:
        book = Path(shutil.copy(left / "htx.db", folder))
        _looked_at(book, well, words, _passes(book, well))


def run(share: int, rows: int, seed: int = 1, workers: int | None = None) -> list[Row]:
    """Every `share`th byte of a small book (1: every one), every truncation, and a torn book."""
    found = []
    with own_folder() as folder:
        well = Well.at(books.in_small_pages(books.small(folder / "small.db")))
        size = len(well.bytes)

        def row(fault: str, attempt: Callable[..., None], each: Sequence[Sequence[object]]) -> None:
            found.append(tried(fault, attempt, each, workers, at_once=64))

        offsets = range(seed % share, size, share)
        row(
            "a flipped byte", flipped, [(well, at, seed, 11 if share == 1 else 3) for at in offsets]
        )
        cuts = [
            *range(0, size, 512),
            *(seeded("cut", seed).randrange(size) for _ in range(40 // share)),
        ]
        row("a file that ends too soon", truncated, [(well, at) for at in cuts[:: min(share, 4)]])
        [importing] = [each for each in operations(rows) if each.name == "import"]
        (folder / "large").mkdir()
        importing.prepare(folder / "large")
        left = hot_journal(folder / "large", importing, folder / "hot")
        large = Well.at(folder / "large" / "htx.db")
        row(
            "a hot journal thrown away", torn, [(large, left, words) for words in [*LOOKS, *WRITES]]
        )
    return found
