"""Many processes at once, writers and readers: every change that was acknowledged is there, once."""

import json
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

from tests.faults import books
from tests.faults.trial import (
    Done,
    FalseAlarm,
    Lost,
    Row,
    check_sound,
    ended,
    own_folder,
    seeded,
    start,
    verified,
)

MEMBERS = ("can tho", "soc trang", "bac lieu", "ca mau", "an giang", "kien giang", "hau giang")
READERS = 2
PATIENCE = 0.2  # seconds that a writer waits for others: short, so that some have to give up


class Crowd:
    """What everybody was told."""

    def __init__(self, folder: Path, until: float) -> None:
        self.folder, self.until = folder, until
        self.lock = threading.Lock()
        self.acknowledged: dict[str, int] = {}  # the source of a figure -> its change
        self.gave_up: set[str] = set()
        self.readings = 0
        self.wrong: list[Exception] = []

    def writer(self, number: int) -> None:
        """Start one process after the other, each for one change."""
        random = seeded("crowd", number)
        turn = 0
        while time.monotonic() < self.until and not self.wrong:
            turn += 1
            source = f"{number}/{turn}"
            day = f"2021-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
            words = ("record", random.choice(MEMBERS), "1a", random.randint(0, 99))
            rest = ("--as-of", day, "--estimate", "--source", source, "--json")
            self._count(source, ended(start(self.folder, *words, *rest, HTX_WAIT=PATIENCE)))

    def _count(self, source: str, done: Done) -> None:
        said = json.loads(done.out)
        if done.exit == 0:
            with self.lock:
                self.acknowledged[source] = said["change"]
        elif done.exit == 5 and said["code"] in ("book_locked", "book_busy", "book_being_read"):
            with self.lock:
                self.gave_up.add(source)
        else:
            raise Lost(f"{source}: {done.exit} {done.out} {done.err}")

    def reader(self, number: int) -> None:
        """Ask for the report, over and over."""
        while time.monotonic() < self.until and not self.wrong:
            done = ended(start(self.folder, "report", "--year", "2021", "--estimates", "--json"))
            said = json.loads(done.out)
            if done.exit and said["code"] not in ("book_locked", "book_busy"):
                raise FalseAlarm(f"a reader: {done.out}")
            with self.lock:
                self.readings += 1


def _guarded(crowd: Crowd, work: object, number: int) -> None:
    try:
        work(number)  # type: ignore[operator]
    except Exception as error:
        crowd.wrong.append(error)


def together(processes: int, seconds: float) -> Row:
    """So many writers at once for so long, and readers beside them; each start is one try."""
    row, begun = Row(f"{processes} writers at once, {READERS} readers beside"), time.monotonic()
    with own_folder() as folder:
        book = books.sample(folder)
        crowd = Crowd(folder, time.monotonic() + seconds)
        works = [(crowd.writer, n) for n in range(processes)]
        works += [(crowd.reader, n) for n in range(READERS)]
        threads = [threading.Thread(target=_guarded, args=(crowd, *work)) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for error in crowd.wrong:
            row.count(error)
        for source, outcome in _found(book, crowd).items():
            row.count(Lost(f"{source}: {outcome}") if outcome else None)
        try:
            check_sound(book)
            verified(folder)
        except (Lost, FalseAlarm) as error:
            row.count(error)
    row.fault += f" ({len(crowd.gave_up)} gave up, {crowd.readings} reports)"
    row.seconds = time.monotonic() - begun
    return row


def _found(book: Path, crowd: Crowd) -> dict[str, str]:
    """For each figure that somebody recorded, what is wrong with it in the journal, if anything."""
    with closing(sqlite3.connect(book)) as connection:
        sql = "SELECT after ->> 'source', change FROM change_rows WHERE change > 32"
        there: dict[str, list[int]] = {}
        for source, change in connection.execute(sql):
            there.setdefault(source, []).append(change)
    outcomes = dict.fromkeys((*crowd.acknowledged, *crowd.gave_up), "")
    for source, change in crowd.acknowledged.items():
        if there.get(source) != [change]:
            outcomes[source] = f"acknowledged as {change}, stands in {there.get(source)}"
    for source in crowd.gave_up & there.keys():
        outcomes[source] = f"gave up, and stands in {there[source]}"
    for source in there.keys() - outcomes.keys():
        outcomes[source] = "was never said to be done"
    return outcomes


def run(seconds: float, crowds: tuple[int, ...] = (1, 4, 16)) -> list[Row]:
    """A row for each number of writers, each for so many seconds."""
    return [together(processes, seconds) for processes in crowds]
