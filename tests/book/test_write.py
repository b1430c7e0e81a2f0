"""Writing: check, then lock; all of it or nothing; one file at rest."""

import io
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from htx_cli.actions import Intent
from htx_cli.actions.results import import_from, import_results
from htx_cli.book import file as opening
from htx_cli.book import read
from htx_cli.book.file import Connection
from htx_cli.book.journal import Put, Write
from htx_cli.book.write.staging import Staging
from htx_cli.domain.model import Result
from htx_cli.domain.targets import Basis, Figure
from htx_cli.intake.resolve import Defaults
from htx_cli.intake.sources import Manner
from htx_cli.text.errors import Rejected
from tests.support.books import book
from tests.support.commands import Answer, Run
from tests.support.journal import (
    CORRECT,
    KEY,
    TWENTY,
    computed_hashes,
    journalled,
    rows,
    setting,
    stored_hashes,
)

WRITE = Intent("test")
HEAD = "SELECT id, command FROM changes WHERE id > 32 ORDER BY id"


def notes(path: Path) -> list[str]:
    return [note for (note,) in rows(path, "SELECT value FROM settings WHERE name = 'note'")]


# -- check, then lock ------------------------------------------------------------------------------


def test_the_check_is_made_once_when_nobody_else_writes(sample: Path) -> None:
    seen: list[int] = []

    def make(connection: Connection, _: object) -> Sequence[Write]:
        seen.append(read.last_change(connection)[0])
        return [setting(f"made after {seen[-1]}")]

    book(sample).commit(WRITE, make)
    assert seen == [32]
    assert notes(sample) == ["made after 32"]


def test_the_check_is_made_again_when_another_program_wrote_meanwhile(
    run: Run, sample: Path
) -> None:
    seen: list[int] = []

    def make(connection: Connection, _: object) -> Sequence[Write]:
        seen.append(read.last_change(connection)[0])
        if len(seen) == 1:
            run("add-province", "Đảo Thử")
        return [setting(f"made after {seen[-1]}")]

    book(sample).commit(WRITE, make)
    assert seen == [32, 33]
    assert rows(sample, HEAD) == [(33, "add-province 'Đảo Thử'"), (34, "test")]
    assert notes(sample) == ["made after 33"]


def test_a_check_that_fails_the_second_time_leaves_nothing_and_no_lock(
    run: Run, sample: Path
) -> None:
    """The seat that was free when it was looked at is taken when the lock is there."""

    def make(connection: Connection, _: object) -> Sequence[Write]:
        if len(read.members(connection, "tay-nam-song-hau")) == 8:
            raise Rejected("seat_taken", seat="8", province="Bến Tre")
        run("add-member", "Bến Tre", "--since", "2022")
        return [setting("never written")]

    with pytest.raises(Rejected, match=r"Seat 8 belongs to Bến Tre\."):
        book(sample).commit(WRITE, make)
    assert rows(sample, HEAD) == [(33, "add-member 'Bến Tre' --since 2022")]
    assert notes(sample) == []
    assert run("add-province", "Đảo Thử").exit == 0


def test_another_programs_figure_does_not_disturb_an_import(run: Run, sample: Path) -> None:
    """It is even the same figure: what it wrote is what stood before."""

    def figures() -> Iterator[dict[str, object]]:
        yield {"province": "can tho", "target": "1a", "year": 2021, "value": 22}
        run(*CORRECT)

    imported = import_results(book(sample), figures())
    assert (imported.new, imported.changed, imported.same) == (0, 1, 0)
    twenty_two = {**TWENTY, "value": 22, "source": None}
    assert [command.split()[0] for _, command in rows(sample, HEAD)] == ["record", "import_results"]
    assert journalled(sample, 34) == [
        ("results", KEY, {**TWENTY, "value": 21, "source": "Công văn 12"}, twenty_two)
    ]
    assert computed_hashes(sample) == stored_hashes(sample)


FIGURES = "province,target,value,as_of\ncan tho,1a,22,31/12/2021\nca mau,1a,23,31/12/2021\n"


def figures_while(*programs: Callable[[], object]) -> Iterator[dict[str, object]]:
    """Two figures; behind the last one other programs do their work."""
    yield {"province": "can tho", "target": "1a", "year": 2021, "value": 22}
    yield {"province": "ca mau", "target": "1a", "year": 2021, "value": 23}
    for program in programs:
        program()


def test_another_programs_change_of_the_set_up_does_not_stop_an_import_that_it_leaves_good(
    run: Run, sample: Path
) -> None:
    """The figures can be had only once, but they are kept to be checked again."""
    imported = import_results(
        book(sample),
        figures_while(
            lambda: run("add-province", "Đảo Thử"),
            lambda: run("set-share", "can tho", "2", "--year", "2021", "70"),
        ),
    )
    assert (imported.new, imported.changed, imported.same) == (0, 2, 0)
    assert [command.split()[0] for _, command in rows(sample, HEAD)] == [
        "add-province",
        "set-share",
        "import_results",
    ]
    assert computed_hashes(sample) == stored_hashes(sample)


def test_a_scripts_own_kind_of_text_is_kept_like_any_text(sample: Path) -> None:
    class Name(str):
        """Made in a function, so that nobody else can make one."""

        __slots__ = ()

    figure = {"province": Name("Cà Mau"), "target": Name("1a"), "year": 2021, "value": 23}
    assert import_results(book(sample), iter([figure])).changed == 1


def test_another_programs_change_of_the_set_up_stops_an_import_that_it_made_wrong(
    run: Run, sample: Path
) -> None:
    """It is told like any problem of the file, with its row."""

    def unassign() -> object:
        return run("set-share", "ca mau", "1a", "--year", "2021", "--not-assigned")

    with pytest.raises(Rejected) as caught:
        import_results(book(sample), figures_while(unassign))
    assert [(each.row, each.code) for each in caught.value.problems] == [(2, "not_assigned")]
    assert [command.split()[0] for _, command in rows(sample, HEAD)] == ["set-share"]
    assert rows(sample, "SELECT count(*), max(change) FROM results") == [(162, 32)]


class Meddled(io.BytesIO):
    """Standard input at whose end another program has changed the set-up."""

    def __init__(self, text: str, meddle: Callable[[], object]) -> None:
        super().__init__(text.encode())
        self.meddle = meddle

    def readline(self, size: int | None = -1, /) -> bytes:
        line = super().readline(size)
        if not line:
            self.meddle()
        return line


def test_standard_input_is_read_once_and_checked_twice(run: Run, sample: Path) -> None:
    stdin = Meddled(FIGURES, lambda: run("add-province", "Đảo Thử"))
    here = book(sample)
    manner = Manner(Defaults(here.today))
    imported = import_from(here, Intent("import"), ["-"], manner, stdin=stdin)
    assert (imported.new, imported.changed, imported.same) == (0, 2, 0)
    assert stdin.read() == b""


def test_a_file_is_checked_in_the_end_even_if_the_set_up_moves_every_time(
    run: Run, sample: Path
) -> None:
    """Twice without the lock, and then with it, so that nobody can move it any more."""
    tries: list[Answer] = []

    def make(connection: Connection, staging: Staging) -> Sequence[Write]:
        tries.append(run("add-province", f"Đảo {len(tries)}", HTX_WAIT="0"))
        for province in ("can-tho", "ca-mau"):
            figure = Figure(value=Decimal(22))
            result = Result("1a", province, date(2021, 12, 31), Basis.ACTUAL, figure)
            staging.add("tay-nam-song-hau", 2021, result, (1, None, None))
        return []

    change = book(sample).commit(WRITE, make).change
    assert [answer.exit for answer in tries] == [0, 0, 0, 5]
    assert (change.head and change.head.number, change.count) == (36, 2)


def test_a_single_figure_does_not_give_way_to_a_change_of_the_set_up(
    run: Run, sample: Path
) -> None:
    seen: list[int] = []

    def make(connection: Connection, staging: Staging) -> Sequence[Write]:
        seen.append(read.last_change(connection)[0])
        if len(seen) == 1:
            run("add-province", "Đảo Thử")
        figure = Figure(value=Decimal(22))
        result = Result("1a", "can-tho", date(2021, 12, 31), Basis.ACTUAL, figure)
        staging.add("tay-nam-song-hau", 2021, result, (1, None, None))
        return []

    assert book(sample).commit(WRITE, make).change.count == 1
    assert seen == [32, 33]


def test_a_write_that_fails_in_the_middle_leaves_the_file_byte_for_byte(sample: Path) -> None:
    before = sample.read_bytes()
    closed = {"cluster": "tay-nam-song-hau", "year": 2021, "state": "lost"}  # the CHECK refuses it
    with pytest.raises(sqlite3.IntegrityError):
        book(sample).commit(WRITE, lambda *_: [setting("half"), Put("years", closed)])
    assert sample.read_bytes() == before


END_IN_THE_MIDDLE = """
import os, sys
from collections.abc import Mapping
from htx_cli.actions import Intent, open_book
from htx_cli.book.journal import Put

class Fatal(Mapping):
    reads = 0
    def __iter__(self): return iter(("name", "value"))
    def __len__(self): return 2
    def __getitem__(self, column):
        Fatal.reads += 1
        if Fatal.reads == 5: os._exit(9)  # once it was checked, when it is being written
        return "note"

many = [Put("settings", {"name": f"{n}", "value": "x" * 4000}) for n in range(2000)]
open_book(sys.argv[1]).commit(Intent("test"), lambda *_: [*many, Put("settings", Fatal())])
"""


@pytest.mark.slow
def test_a_program_that_dies_in_the_middle_leaves_the_book_as_it_was(
    run: Run, sample: Path
) -> None:
    before = sample.read_bytes()
    died = subprocess.run([sys.executable, "-c", END_IN_THE_MIDDLE, sample], check=False)
    assert died.returncode == 9
    assert sample.read_bytes() != before  # it was caught in the act
    assert run("log", "32").exit == 0  # reading is enough to mend it
    assert sample.read_bytes() == before
    assert list(Path().iterdir()) == [Path("htx.db")]


INTERRUPTED = """
import signal, sys
from htx_cli.cli import app

def look(frame, event, _):
    names = frame.f_code.co_name, frame.f_back and frame.f_back.f_code.co_name
    if event == "call" and names == ("canonical", "result_json"):  # called by the database
        sys.setprofile(None)
        signal.raise_signal(signal.SIGINT)

sys.setprofile(look)
app(sys.argv[1:])
"""


@pytest.mark.slow
def test_an_interrupted_import_says_130_and_not_that_the_book_is_damaged(sample: Path) -> None:
    before = sample.read_bytes()
    Path("one.csv").write_text("province,target,value,as_of\ncan tho,1a,21,31/12/2021\n")
    words = [sys.executable, "-c", INTERRUPTED, "import", "one.csv"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
    assert sample.read_bytes() == before
    assert sorted(path.name for path in Path().iterdir()) == ["htx.db", "one.csv"]


# -- at rest ---------------------------------------------------------------------------------------


def test_a_book_is_one_file_that_is_safe_on_disk(run: Run, sample: Path) -> None:
    run(*CORRECT)
    assert list(Path().iterdir()) == [Path("htx.db")]
    with opening.opened(sample) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
        assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2  # FULL
        assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
