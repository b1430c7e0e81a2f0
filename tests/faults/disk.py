"""A disk that is full, read-only or not ours, and a book that is gone or another in mid-command."""

import os
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path

from tests.faults import books
from tests.faults.independent import content
from tests.faults.kill import Operation, operations
from tests.faults.trial import (
    Done,
    FalseAlarm,
    Lost,
    Row,
    check_sound,
    ended,
    htx,
    own_folder,
    seeded,
    start,
    tried,
    verified,
)

NOBODY = 65534
WRITES = [
    ("record", "can tho", "1a", "33", "--as-of", "2021-12-31"),
    ("rotate-leader", "--year", "2022"),
]
READS = [("report", "--year", "2021"), ("log",)]


def _refused(done: Done, words: tuple[str, ...]) -> None:
    """Raises Lost unless a command that could not do its work said so in one sentence."""
    if done.exit not in (1, 5) or done.out or not done.err.startswith("htx: "):
        raise Lost(f"{words} ended with {done.exit}: {done.out[-300:]} {done.err[-500:]}")


def _all_or_none(folder: Path, before: str, done: Done, words: tuple[str, ...]) -> None:
    """The book is sound; it says what it said, or the command said that it was changed."""
    check_sound(folder / "htx.db")
    if words != ("migrate",):
        verified(folder)
    if done.exit:
        _refused(done, words)
        if content(folder / "htx.db") != before:
            raise Lost(f"{words} was refused and changed the book: {done.err[-300:]}")
    elif content(folder / "htx.db") == before and words[0] != "backup":
        raise Lost(f"{words} said that it was done, and nothing was")


def _nothing_new(folder: Path, there: set[str], done: Done) -> None:
    if done.exit and (left := {path.name for path in folder.iterdir()} - there):
        raise Lost(f"left behind: {sorted(left)}")


def limited(prepared: Path, words: tuple[str, ...], seed: int) -> None:
    """No file may grow past a size that the seed draws (RLIMIT_FSIZE), as on a disk that fills up."""
    with own_folder() as place:
        folder = Path(shutil.copytree(prepared, place / "book"))
        book = folder / "htx.db"
        there = {path.name for path in folder.iterdir()}
        before, largest = content(book), book.stat().st_size
        size = seeded(words, seed).randrange(512, largest * 2)

        def limit() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

        done = ended(start(folder, *words, preexec_fn=limit))
        _all_or_none(folder, before, done, words)
        _nothing_new(folder, there, done)


def filled(prepared: Path, words: tuple[str, ...], seed: int) -> None:
    """A disk (a tmpfs) with only so much room left as the seed draws."""
    with own_folder() as place:
        size = sum(path.stat().st_size for path in prepared.iterdir())
        room = seeded(words, seed).randrange(0, size)
        disk = place / "disk"
        disk.mkdir()
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size + room + 65536}", "htx-fault", disk],
            check=False,
            capture_output=True,
        )
        if mounted.returncode:
            raise Lost(f"no tmpfs could be mounted: {mounted.stderr.decode()}")
        try:
            for path in prepared.iterdir():
                shutil.copy(path, disk)
            there = {path.name for path in disk.iterdir()}
            before = content(disk / "htx.db")
            done = htx(disk, *words, SQLITE_TMPDIR=str(disk))
            _all_or_none(disk, before, done, words)
            _nothing_new(disk, there, done)
        finally:
            subprocess.run(["umount", disk], check=True)


def forbidden(file: int, inside: int, owner: int | None, words: tuple[str, ...]) -> None:
    """A book or a folder that may only be read, or that is somebody else's."""
    with own_folder() as place:
        folder = place / "book"
        folder.mkdir()
        book = books.sample(folder)
        before = book.read_bytes()
        if owner is not None:
            os.chown(book, owner, owner)
            os.chown(folder, owner, owner)
        book.chmod(file)
        folder.chmod(inside)
        done = ended(start(place, "--db", "book/htx.db", *words, preexec_fn=_without_privileges))
        folder.chmod(0o755)
        book.chmod(0o644)
        bits = 0o444 if owner is None else 0o004  # its owner, or anybody
        readable = file & bits and inside & (bits >> 2)
        if words in READS and readable:
            if done.exit:
                raise FalseAlarm(f"{words} of a read-only book: {done.err}")
        else:
            _refused(done, words)
        if book.read_bytes() != before:
            raise Lost(f"{words} changed a book that it may not write")
        if [path.name for path in folder.iterdir()] != ["htx.db"]:
            raise Lost("left behind")


def _without_privileges() -> None:
    """Let permissions count for root too: it loses what overrides them (on Linux)."""
    if os.geteuid() == 0:
        import ctypes

        drop = ctypes.CDLL(None).prctl
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            drop(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


def vanishing(prepared: Path, operation: Operation, how: str, seed: int) -> None:
    """Somebody removes the book, or puts another in its place, while a command runs."""
    with own_folder() as place:
        folder = Path(shutil.copytree(prepared, place / "book"))
        book, other = folder / "htx.db", place / "other.db"
        shutil.copy(book, other)
        before = content(book)
        process = start(folder, *operation.words)
        random = seeded(operation.name, how, seed)
        if random.random() < 0.5:
            time.sleep(random.uniform(0, 0.4))
        else:
            while process.poll() is None and len(list(folder.iterdir())) == len(
                list(prepared.iterdir())
            ):
                time.sleep(0.0005)
            time.sleep(random.uniform(0, 0.05))
        kept = place / "kept.db"
        os.link(book, kept)
        if how == "removed":
            book.unlink()
        elif how == "moved":
            book.rename(folder / "moved.db")
        else:
            os.replace(other, book)
        # The end of a journal is the commit; what was committed by now was in the book when it went.
        open_still = (folder / "htx.db-journal").exists() or content(kept) == before
        _told_of(folder, before, ended(process), how, open_still)


def _told_of(folder: Path, before: str, done: Done, how: str, open_still: bool) -> None:
    """Whoever is told that it is done finds it in the book that has the name."""
    for path in folder.glob("*.db"):
        check_sound(path)
    holds = (folder / "htx.db").exists() and content(folder / "htx.db") != before
    if (
        done.exit == 0 and open_still and not holds
    ):  # it may have opened the other one from the first
        raise Lost(f"the book was {how}, and the command said: {done.err[-300:]}")
    if done.exit and done.exit != 5:
        raise Lost(f"the book was {how}: {done.exit} {done.err[-300:]}")
    if done.exit and holds:
        raise Lost(f"the other book was changed: {done.err[-300:]}")


def hot_journal(prepared: Path, operation: Operation, folder: Path) -> Path:
    """A book that a process left half written, with the journal that mends it beside it."""
    before = (prepared / "htx.db").read_bytes()
    while True:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(prepared, folder)
        process = start(folder, *operation.words)
        while process.poll() is None and (folder / "htx.db").read_bytes() == before:
            time.sleep(0.0002)
        process.kill()
        ended(process)
        if (folder / "htx.db-journal").exists() and (folder / "htx.db").read_bytes() != before:
            return folder


def hot(left: Path, before: str, words: tuple[str, ...], seed: int) -> None:
    """A process died in the middle of its writing and left its journal; the next command meets it."""
    with own_folder() as place:
        folder = Path(shutil.copytree(left, place / "book"))
        done = htx(folder, *words)
        if done.exit:
            raise FalseAlarm(f"{words} beside a hot journal: {done.err}")
        check_sound(folder / "htx.db")
        verified(folder)
        if words in READS and content(folder / "htx.db") != before:
            raise Lost("half a change stands in the book")


def run(tries: int, rows: int, seed: int = 1, workers: int | None = None) -> list[Row]:
    """So many tries of each fault; a large import writes so many rows."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    found = []
    with own_folder() as folder:
        prepared: dict[str, tuple[Path, Operation]] = {}
        for at, operation in enumerate(operations(rows)):
            (folder / str(at)).mkdir()
            operation.prepare(folder / str(at))
            prepared[operation.name] = folder / str(at), operation
        every = list(prepared.values())
        seeds = [seed * 1000 + at for at in range(tries)]

        def row(fault: str, attempt: Callable[..., None], each: Sequence[Sequence[object]]) -> None:
            found.append(tried(fault, attempt, each[: max(tries, 1)], workers))

        mixed = [(place, operation.words, n) for n, (place, operation) in product(seeds, every)]
        row("disk full (limit on file sizes)", limited, mixed)
        if root and shutil.which("mount"):
            row("disk full (a small tmpfs)", filled, mixed)
        modes: list[tuple[int, int, int | None]] = [
            (0o444, 0o755, None),
            (0o644, 0o555, None),
            (0o444, 0o555, None),
        ]
        modes += [(0o000, 0o755, None), (0o644, 0o000, None)]
        modes += (
            [(0o644, 0o755, NOBODY), (0o600, 0o755, NOBODY), (0o600, 0o700, NOBODY)] if root else []
        )
        row(
            "read-only or forbidden",
            forbidden,
            [(*m, words) for words, m in product([*WRITES, *READS], modes)],
        )
        large = [prepared["import"], prepared["record"]]
        gone = [(place, operation, how, n) for n, (place, operation), how in
                product(seeds, large, ("removed", "moved", "replaced"))]  # fmt: skip
        row("book removed, moved or replaced in mid-command", vanishing, gone)
        place, importing = prepared["import"]
        left = hot_journal(place, importing, folder / "hot")
        after = [*READS, ("record", "can tho", "1", "33", "--as-of", "2021-12-31")]
        before = content(place / "htx.db")
        row(
            "hot journal of a dead process",
            hot,
            [(left, before, words, n) for n, words in product(seeds, after)],
        )
    return found
