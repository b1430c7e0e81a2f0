"""SIGKILL at a random moment of a command: the book holds all of the change, or none of it."""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from htx_cli.actions import results as recording
from htx_cli.intake.resolve import Defaults
from tests.faults import books
from tests.faults.independent import content
from tests.faults.trial import (
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

Prepare = Callable[[Path], object]
COPY = "copy.db"  # where the backup goes


@dataclass(frozen=True)
class Operation:
    """A command, the folder it finds, and what the book says before it and after it."""

    name: str
    words: tuple[str, ...]
    prepare: Prepare
    large: bool = False  # too long to be made whole again after every kill

    def __repr__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Known:
    """What an operation does when nobody kills it."""

    operation: Operation
    folder: Path
    before: str
    after: str
    seconds: float  # from its start to its end
    writing: float  # of them with something in the folder that was not there before

    def __repr__(self) -> str:
        return repr(self.operation)


def _older(older: Path, rows: int, folder: Path) -> None:
    books.grown(Path(shutil.copy(older, folder / "htx.db")), rows)


def _to_import(rows: int, folder: Path) -> None:
    books.wide(folder / "htx.db", -(-rows // (365 * len(books.MEMBERS))))
    books.figures(folder / "f.csv", rows)


def _imported(rows: int, folder: Path) -> None:
    _to_import(rows, folder)
    recording.import_results(books.book(folder / "htx.db"), folder / "f.csv")


def _two_copies(folder: Path) -> None:
    """A book and a copy of it that went its own way for some changes."""
    shutil.copy(books.sample(folder), folder / "other.db")
    for name, days in (("other.db", range(1, 9)), ("htx.db", range(11, 14))):
        here = books.book(folder / name)
        for day in days:
            cells = {"province": "can tho", "target": "1a", "value": str(day)}
            cells["as_of"] = f"2021-12-{day:02}"
            recording.record(here, books.MADE, cells, Defaults(here.today))


def operations(rows: int) -> list[Operation]:
    """Every command that writes a book; the import and the older books hold so many rows."""
    return [
        Operation("record", ("record", "can tho", "1a", "33", "--as-of", "2021-12-31"), books.sample),
        Operation("import", ("import", "f.csv"), partial(_to_import, rows), large=True),
        Operation("rotate-leader", ("rotate-leader", "--year", "2022"), books.sample),
        Operation("merge", ("merge", "other.db"), _two_copies),
        Operation("backup", ("backup", COPY), books.sample),
        Operation("undo of an import", ("undo",), partial(_imported, min(rows, 20_000))),
        *(
            Operation(f"migrate {older.stem}", ("migrate",), partial(_older, older, min(rows, 5000)))
            for older in books.OLDER
        ),
    ]  # fmt: skip


def measured(operation: Operation, folder: Path) -> Known:
    """Run the operation whole, in a copy, and note what it does and how long it takes."""
    prepared, whole = folder / "prepared", folder / "whole"
    prepared.mkdir()
    operation.prepare(prepared)
    shutil.copytree(prepared, whole)
    before = _told(whole)
    there = _names(whole)
    begun, seen, gone = time.monotonic(), 0.0, 0.0
    process = start(whole, *operation.words)
    while process.poll() is None:
        if _names(whole) != there:
            gone = time.monotonic()
            seen = seen or gone
        time.sleep(0.0005)
    seconds = time.monotonic() - begun
    done = ended(process)
    assert done.exit == 0, done.err
    check_sound(whole / "htx.db")
    return Known(operation, prepared, before, _told(whole), seconds, gone - seen)


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def _told(folder: Path) -> str:
    """What the book says, and the copy of it that the operation makes: whole, or not there."""
    return " ".join(content(folder / name) for name in ("htx.db", COPY) if (folder / name).exists())


def killed(known: Known, seed: int) -> None:
    """Kill the operation at a moment that the seed draws; a try that came too late is made anew."""
    random = seeded(known.operation.name, seed)
    while True:
        with own_folder() as place:
            folder = Path(shutil.copytree(known.folder, place / "book"))
            process = start(folder, *known.operation.words)
            if random.random() < 0.4:
                time.sleep(random.uniform(0, known.seconds))
            else:  # while it writes
                there = _names(known.folder)
                while process.poll() is None and _names(folder) == there:
                    time.sleep(0.0005)
                time.sleep(random.uniform(0, known.writing * 1.2))
            process.kill()
            done = ended(process)
            if done.exit == 0:
                continue
            if done.exit != -9:
                raise Lost(f"ended with {done.exit}: {done.err[-500:]}")
            _look(known, folder, again=not known.operation.large or seed % 16 == 0)
            return


def _look(known: Known, folder: Path, again: bool) -> None:
    """What stands after a kill: none of the change or all of it, and the command can be given again."""
    operation = known.operation
    if "migrate" not in operation.words:  # a reader meets what the dead process left
        looked = htx(folder, "report", "--year", "2021")
        if looked.exit:
            raise FalseAlarm(f"the report after a kill: {looked.err[-500:]}")
    for copy in folder.glob("*.db"):
        check_sound(copy)
    said = _told(folder)
    if said == known.after or "migrate" not in operation.words:
        verified(folder)
    if said not in (known.before, known.after):
        raise Lost("the book holds neither none nor all of the change")
    if said == known.before and again:
        once_more = htx(folder, *operation.words)
        if once_more.exit:
            raise FalseAlarm(f"again after a kill: {once_more.err[-500:]}")
        if _told(folder) != known.after:
            raise Lost("the command given again after a kill does something else")


def run(kills: int, rows: int, seed: int = 1, workers: int | None = None) -> list[Row]:
    """At least so many kills, over every operation; a row for each. Large ones get fewer of them."""
    found = []
    every = operations(rows)
    few = max(1, kills // 20)
    more = -(
        -(kills - few * sum(each.large for each in every)) // sum(not each.large for each in every)
    )
    for operation in every:
        with own_folder() as folder:
            known = measured(operation, folder)
            tries = [(known, seed * 1000 + at) for at in range(few if operation.large else more)]
            found.append(tried(f"SIGKILL during {operation.name}", killed, tries, workers))
    return found
