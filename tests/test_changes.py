"""Writing: check, then lock; all of it or nothing; one file at rest; a cost that follows the year."""

import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pytest
from conftest import Answer, Run, book
from test_journal import CORRECT, KEY, TWENTY, computed_hashes, journalled, rows, stored_hashes

from htx_cli import opening
from htx_cli.book import Intent, seating_of, setup
from htx_cli.book.recording import import_from, import_results
from htx_cli.errors import BookUnusable, Rejected
from htx_cli.importers.resolve import Defaults
from htx_cli.importers.sources import Manner
from htx_cli.journal import Put, Write
from htx_cli.model import Cluster, Result
from htx_cli.staging import Staging
from htx_cli.store import Reader, figures
from htx_cli.targets import Basis, Figure

WRITE = Intent("test")
HEAD = "SELECT id, command FROM changes WHERE id > 32 ORDER BY id"


def setting(value: str) -> Put:
    return Put("settings", {"name": "note", "value": value})


def notes(path: Path) -> list[str]:
    return [note for (note,) in rows(path, "SELECT value FROM settings WHERE name = 'note'")]


@contextmanager
def held(path: Path, how: str) -> Iterator[None]:
    """Another program that has begun to write."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"BEGIN {how}")
        yield


# -- check, then lock ------------------------------------------------------------------------------


def test_the_check_is_made_once_when_nobody_else_writes(sample: Path) -> None:
    seen: list[int] = []

    def make(reader: Reader, _: object) -> Sequence[Write]:
        seen.append(reader.last_change()[0])
        return [setting(f"made after {seen[-1]}")]

    book(sample).commit(WRITE, make)
    assert seen == [32]
    assert notes(sample) == ["made after 32"]


def test_the_check_is_made_again_when_another_program_wrote_meanwhile(
    run: Run, sample: Path
) -> None:
    seen: list[int] = []

    def make(reader: Reader, _: object) -> Sequence[Write]:
        seen.append(reader.last_change()[0])
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

    def make(reader: Reader, _: object) -> Sequence[Write]:
        if len(reader.members("tay-nam-song-hau")) == 8:
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

    def make(reader: Reader, staging: Staging) -> Sequence[Write]:
        tries.append(run("add-province", f"Đảo {len(tries)}", HTX_WAIT="0"))
        for province in ("can-tho", "ca-mau"):
            figure = Figure(value=Decimal(22))
            result = Result("1a", province, date(2021, 12, 31), Basis.ACTUAL, figure)
            staging.add("tay-nam-song-hau", 2021, result, (1, None, None))
        return []

    change = book(sample).commit(WRITE, make)
    assert [answer.exit for answer in tries] == [0, 0, 0, 5]
    assert (change.head and change.head.number, change.count) == (36, 2)


def test_a_single_figure_does_not_give_way_to_a_change_of_the_set_up(
    run: Run, sample: Path
) -> None:
    seen: list[int] = []

    def make(reader: Reader, staging: Staging) -> Sequence[Write]:
        seen.append(reader.last_change()[0])
        if len(seen) == 1:
            run("add-province", "Đảo Thử")
        figure = Figure(value=Decimal(22))
        result = Result("1a", "can-tho", date(2021, 12, 31), Basis.ACTUAL, figure)
        staging.add("tay-nam-song-hau", 2021, result, (1, None, None))
        return []

    assert book(sample).commit(WRITE, make).count == 1
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
from htx_cli.book import Intent, open_book
from htx_cli.journal import Put

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
    if (event, frame.f_code.co_name) == ("call", "_result_json"):  # called by the database
        sys.setprofile(None)
        signal.raise_signal(signal.SIGINT)

sys.setprofile(look)
app(sys.argv[1:])
"""


def test_an_interrupted_import_says_130_and_not_that_the_book_is_damaged(sample: Path) -> None:
    before = sample.read_bytes()
    Path("one.csv").write_text("province,target,value,as_of\ncan tho,1a,21,31/12/2021\n")
    words = [sys.executable, "-c", INTERRUPTED, "import", "one.csv"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
    assert sample.read_bytes() == before
    assert sorted(path.name for path in Path().iterdir()) == ["htx.db", "one.csv"]


# -- a book that somebody else is writing to -------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "code"), [("IMMEDIATE", "book_locked"), ("EXCLUSIVE", "book_busy")]
)
@pytest.mark.parametrize("wait", [0.0, 0.05])
def test_a_write_to_a_locked_book_gives_up_after_its_patience(
    sample: Path, how: str, code: str, wait: float
) -> None:
    before = sample.read_bytes()
    with held(sample, how), pytest.raises(BookUnusable) as caught:
        replace(book(sample), wait=wait).commit(WRITE, lambda *_: [setting("never written")])
    assert (caught.value.code, caught.value.exit) == (code, 5)
    assert (caught.value.values["path"], caught.value.values["seconds"]) == (sample, f"{wait:g}")
    assert sample.read_bytes() == before


def test_a_locked_book_says_who_wrote_last(run: Run, sample: Path) -> None:
    with held(sample, "IMMEDIATE"):
        answer = run(*CORRECT, HTX_WAIT="0.05")
    assert answer.exit == 5
    assert answer.err == (
        "htx: htx.db is being written by another program, and 0.05 s of waiting did not help."
        " The last change was 32: htx-sample, 2022-01-05T01:00:00.000000+00:00,"
        " import results-2021-12.csv. Try again, or wait longer with HTX_WAIT=60.\n"
    )


def test_a_book_that_cannot_even_be_read_does_not_guess_who_wrote_last(
    run: Run, sample: Path
) -> None:
    """A long import holds the file alone when it outgrows its memory."""
    with held(sample, "EXCLUSIVE"):
        answer = run("report", "--year", "2021", HTX_WAIT="0.05")
    assert answer.exit == 5
    assert answer.err.startswith("htx: htx.db is being written by another program")
    assert "?" not in answer.err


def test_a_book_is_read_while_another_program_prepares_a_write(run: Run, sample: Path) -> None:
    free = run("report", "--year", "2021", HTX_WAIT="0")
    with held(sample, "IMMEDIATE"):
        assert run("report", "--year", "2021", HTX_WAIT="0") == free
    assert free.exit == 0


def test_a_report_is_of_one_moment(run: Run, sample: Path) -> None:
    """What another program writes meanwhile waits until all was read, and says for whom."""
    with book(sample).reading() as reader:
        before = reader.last_change()
        answer = run("add-province", "Đảo Thử", HTX_WAIT="0.05")
        assert answer.exit == 5
        assert answer.err == (
            "htx: htx.db is being read by another program, and 0.05 s of waiting did not help."
            " Close it there, or wait longer with HTX_WAIT=60.\n"
        )
        assert reader.last_change() == before
    assert run("add-province", "Đảo Thử", HTX_WAIT="0").exit == 0


def at_once(commands: Iterable[Sequence[str]]) -> list[int]:
    """Run commands as processes of their own, all at the same time; the numbers of their changes."""
    programs = [
        subprocess.Popen(
            [sys.executable, "-m", "htx_cli", *words, "--json"],
            stdout=subprocess.PIPE,
            env={**os.environ, "HTX_WAIT": "30"},
        )
        for words in commands
    ]
    answers = [json.loads(program.communicate()[0]) for program in programs]
    assert [program.returncode for program in programs] == [0] * len(programs)
    return [answer["change"] for answer in answers]


def test_eight_programs_that_record_at_once_are_all_in_the_book_once(sample: Path) -> None:
    days = [f"2021-12-{day}" for day in range(11, 19)]
    numbers = at_once(["record", "can tho", "1a", "7", "--as-of", day] for day in days)
    assert sorted(numbers) == list(range(33, 41))
    assert rows(
        sample, "SELECT as_of, value, change FROM results WHERE change > 32 ORDER BY as_of"
    ) == [(day, 7.0, number) for day, number in zip(days, numbers, strict=True)]
    assert rows(sample, "SELECT change, key FROM change_rows WHERE change > 32 ORDER BY key") == [
        (number, f"tay-nam-song-hau/2021/1a/can-tho/{day}/actual")
        for day, number in zip(days, numbers, strict=True)
    ]
    assert computed_hashes(sample) == stored_hashes(sample)


def test_four_programs_that_sign_the_first_target_of_a_year_at_once_open_it_once(
    sample: Path,
) -> None:
    """Three of them find, inside the lock, that the year is there already."""
    at_once(
        ["add-target", f"{n}a", "Mới", "--year", "2022", "--at-least", "1"] for n in range(1, 5)
    )
    assert rows(sample, "SELECT change FROM change_rows WHERE key = 'tay-nam-song-hau/2022'") == [
        (33,)
    ]
    signed = rows(sample, "SELECT code FROM targets WHERE year = 2022 ORDER BY code")
    assert signed == [("1a",), ("2a",), ("3a",), ("4a",)]
    assert computed_hashes(sample) == stored_hashes(sample)


# -- many figures ----------------------------------------------------------------------------------

MEMBERS = ("can-tho", "soc-trang", "bac-lieu", "ca-mau", "an-giang", "kien-giang", "hau-giang")


def daily(year: int) -> Iterator[dict[str, object]]:
    """A figure of each member and of two targets for each day of a year."""
    for days in range(365):
        for code in ("1a", "htx"):
            for member in MEMBERS:
                as_of = date(year, 1, 1) + timedelta(days)
                yield {"province": member, "target": code, "as_of": as_of, "value": days}


def test_five_thousand_figures_are_one_change_and_again_none(sample: Path) -> None:
    first = import_results(book(sample), islice(daily(2021), 5000))
    assert (first.change.head and first.change.head.number, first.change.count) == (33, 5000)
    assert (first.new, first.changed, first.same) == (4991, 9, 0)  # nine stand for 30 June
    assert rows(sample, "SELECT count(*), min(position), max(position) FROM change_rows"
                " WHERE change = 33") == [(5000, 1, 5000)]  # fmt: skip
    assert rows(sample, "SELECT count(*) FROM results WHERE change = 33") == [(5000,)]
    assert computed_hashes(sample) == stored_hashes(sample)

    again = import_results(book(sample), islice(daily(2021), 5000))
    assert (again.change.head, again.change.count) == (None, 0)
    assert (again.new, again.changed, again.same) == (0, 0, 5000)
    assert rows(sample, "SELECT max(id) FROM changes") == [(33,)]


def test_a_figure_of_the_whole_cluster_is_corrected_and_never_doubled(sample: Path) -> None:
    """UNIQUE would let it in twice: to it no NULL equals another."""
    for value in (1900, 1950):
        figure = {"province": "toàn cụm", "target": "htx", "year": 2021, "value": value}
        import_results(book(sample), [figure])
    assert rows(
        sample,
        "SELECT target, as_of, value, change FROM results WHERE province IS NULL AND year = 2021",
    ) == [("htx", "2021-12-31", 1950.0, 34)]
    before, after = journalled(sample, 34)[0][2:]
    assert ((before or {})["value"], (after or {})["value"]) == (1900, 1950)


# -- the cost of reading ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sql", "values"),
    [
        (figures._LATEST, {"year": 2021, "until": "2021-12-31"}),
        (figures._BASES, {"year": 2020, "target": "3"}),
    ],
    ids=["latest", "bases"],
)
def test_the_report_looks_figures_up_and_never_scans_them(
    sample: Path, sql: str, values: dict[str, object]
) -> None:
    with closing(sqlite3.connect(sample)) as connection:
        named = {"cluster": "tay-nam-song-hau", **values}
        plan = [step[3] for step in connection.execute(f"EXPLAIN QUERY PLAN {sql}", named)]
    of_results = [step for step in plan if {"r", "x", "results"} & set(step.split()[:2])]
    assert len(of_results) == 2
    for step in of_results:
        assert step.startswith("SEARCH")
        assert "results_1 (cluster=? AND year=? AND target=?" in step


def a_book_of(path: Path, years: range, led: bool) -> Path:
    """Three units with a growth and a ratio in each of the years, reported every quarter."""
    today = date(max(years) + 1, 1, 5)
    setup.init(book(path, today), WRITE)
    names = ["Xứ Một", "Xứ Hai", "Xứ Ba"]
    for name in names:
        setup.add_province(book(path, today), WRITE, name, date(1980, 1, 1))
    setup.add_cluster(book(path, today), WRITE, "Cụm", names, since=date(1980, 1, 1))
    book(path, today).commit(WRITE, lambda *_: list(pacts(years, led)))
    import_results(book(path, today), quarters(names, years))
    return path


def pacts(years: range, led: bool) -> Iterator[Write]:
    nobody = {"deputy": None, "deputy_known": 0, "elected_on": None, "because": None}
    for year in years:
        place = {"cluster": "cum", "year": year}
        yield Put("years", {**place, "state": "open"})
        if led:
            yield Put("leaderships", {**place, "leader": "xu-mot", **nobody})
        target = {**place, "title": "X", "bound": "at_least", "threshold": 5.0, "level": 0}
        target |= {"base_year": None, "line": None, "of_title": None, "unit": None, "note": None}
        target |= {"scope": "each"}
        yield Put("targets", {**target, "code": "1", "kind": "growth", "base_year": year - 1})
        yield Put("targets", {**target, "code": "2", "kind": "ratio"})


def quarters(names: list[str], years: range) -> Iterator[dict[str, object]]:
    for year in years:
        for name in names:
            for quarter in range(1, 5):
                figure = {"province": name, "as_of": f"Q{quarter}/{year}", "value": quarter}
                yield {**figure, "target": "1"}
                yield {**figure, "target": "2", "of": 10}


def steps_of_a_year(path: Path, year: int) -> tuple[int, int]:
    """How many steps SQLite takes to give a year's data, and how many figures come of it."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    with opening.opened(path) as connection:
        reader = Reader(connection)
        connection.set_progress_handler(count, 1)
        cluster = Cluster("cum", "Cụm")
        sitting = seating_of(reader, cluster)
        data = reader.year_data(cluster, year, sitting, date(year, 1, 1), date(year, 12, 31))
    return steps, len(data.results) + len(data.bases)


@pytest.mark.parametrize("led", [False, True], ids=["figures", "figures and leaders"])
def test_a_years_report_costs_the_same_in_a_young_book_and_in_one_of_thirty_years(
    tmp_path: Path, led: bool
) -> None:
    young = a_book_of(tmp_path / "young.db", range(2020, 2022), led)  # the year and its base year
    old = a_book_of(tmp_path / "old.db", range(1992, 2022), led)
    assert rows(old, "SELECT count(*) FROM results") == [(720,)]
    few, figures = steps_of_a_year(young, 2021)
    many, same_figures = steps_of_a_year(old, 2021)
    assert figures == same_figures == 9
    assert abs(many - few) <= few * 0.02


# -- at rest ---------------------------------------------------------------------------------------


def test_a_book_is_one_file_that_is_safe_on_disk(run: Run, sample: Path) -> None:
    run(*CORRECT)
    assert list(Path().iterdir()) == [Path("htx.db")]
    with opening.opened(sample) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
        assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2  # FULL
        assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
