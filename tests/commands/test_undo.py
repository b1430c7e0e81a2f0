"""Undo takes a change back as a whole, and is a change itself: nothing leaves the journal."""

import json
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from htx_cli.actions import Intent
from htx_cli.actions import results as recording
from htx_cli.actions import undo as undoing
from htx_cli.book import write as changes
from htx_cli.book.file import Connection
from htx_cli.book.journal import Write, canonical
from htx_cli.book.write.staging import Staging
from tests.commands.test_undo_refused import (
    PAPER,
    said,
)
from tests.support.books import SAMPLE, book
from tests.support.commands import Answer, Run
from tests.support.journal import (
    CORRECT,
    NAMES,
    WRITES,
    computed_hashes,
    replayed,
    rows,
    stored_hashes,
    tables,
)
from tests.support.tampering import by_hand, rechained

# -- back, and forth again -------------------------------------------------------------------------


MORE = [
    ["import", "half.csv"],
    ["attach", "can tho", "1a", "paper.pdf", "--as-of", "31/12/2021", "--number", "15/BC"],
    ["attach", "all", "htx", "paper.pdf", "--as-of", "31/12/2020"],
]


@pytest.mark.parametrize(
    "words", [*WRITES, *MORE], ids=[*NAMES, "import", "attach", "attach to all"]
)
def test_what_any_command_wrote_is_taken_back_and_done_again(
    run: Run, sample: Path, words: list[str]
) -> None:
    half = "province,target,value,as_of\ncan tho,1a,21,31/12/2021\nca mau,htx,3,30/9/2021\n"
    Path("paper.pdf").write_bytes(b"%PDF")
    Path("half.csv").write_text(half, encoding="utf-8")
    cluster = [] if words[0] == "add-cluster" else ["--cluster", "tay-nam-song-hau"]
    before = tables(sample)
    assert run(*words, *cluster).exit == 0
    after = tables(sample)
    assert after != before
    for stands in (before, after, before):
        assert run("undo").exit == 0
        assert tables(sample) == stands == replayed(sample)
    assert computed_hashes(sample) == stored_hashes(sample)
    assert len(stored_hashes(sample)) == 32 + 4


def test_an_undone_import_leaves_the_report_of_the_day_before_and_redo_that_of_the_day_after(
    run: Run, sample: Path
) -> None:
    def report() -> str:
        """All but the last line, the checkpoint: every change has another."""
        shown = run("report", "--year", 2021, "--format", "plain").out
        return "".join(shown.splitlines(keepends=True)[:-1])

    after = report()
    assert run("undo").exit == 0
    assert [line.split()[:3] for line in after.splitlines()[5:6]] == [["Cần", "Thơ", "20✓"]]
    assert [line.split()[:3] for line in report().splitlines()[5:6]] == [["Cần", "Thơ", "8↘*"]]
    assert run("undo").exit == 0
    assert report() == after


def test_a_figure_that_stands_again_names_the_undo_that_wrote_it(run: Run, sample: Path) -> None:
    run(*CORRECT)
    assert run("undo", "--because", "Nhầm tỉnh").exit == 0
    sql = "SELECT value, change FROM results WHERE target = '1a' AND province = 'can-tho'"
    assert rows(sample, f"{sql} AND as_of = '2021-12-31'") == [(20.0, 34)]
    assert rows(sample, "SELECT command, because FROM changes WHERE id = 34") == [
        ("undo 33", "Nhầm tỉnh")
    ]


def test_an_earlier_change_is_taken_back_when_nothing_later_builds_on_it(
    run: Run, sample: Path
) -> None:
    run(*CORRECT)
    run("rotate-leader", "--year", 2022)
    told = f"Change 35: Cần Thơ 1a as of 31/12/2021: 21 → 20; source “Công văn 12” → {PAPER[7:]}"
    assert said(run, "undo", 33) == (0, [f"{told}  (htx undo 35)"])
    assert tables(sample)["leaderships"]["tay-nam-song-hau/2022"]["leader"] == "can-tho"


def test_what_was_changed_and_put_back_since_stands_in_nobodys_way(run: Run, sample: Path) -> None:
    before = tables(sample)
    run(*CORRECT)
    run("withdraw", "can tho", "1a", "--as-of", "31/12/2021")
    assert run("undo", 33).exit == 4
    assert run("undo", 34).exit == 0
    assert run("undo", 33).exit == 0
    assert tables(sample) == before


def test_the_words_say_the_way_back(run: Run, sample: Path) -> None:
    for words, back in (
        (["add-member", "Bến Tre", "--since", 2022],
         "taken back: Bến Tre is a member from 01/01/2022, seat 8"),
        (["remove-member", "can tho", "--until", "31/12/2021"],
         "Cần Thơ is a member without a last day again"),
        (["add-province", "Đảo Thử", "--since", 2021], "taken back: province Đảo Thử added"),
        (["rotate-leader", "--year", 2022],
         "taken back: 2022: leader Cần Thơ, deputy Cà Mau"),
        (["withdraw", "ca mau", "1a", "--as-of", "31/12/2021"],
         f"Cà Mau 1a as of 31/12/2021: 22; {PAPER}"),
    ):  # fmt: skip
        assert run(*words).exit == 0
        exit, told = said(run, "undo")
        assert (exit, told[0].partition(": ")[2].partition("  (")[0]) == (0, back)


# -- what is refused, and who is in the way --------------------------------------------------------


def test_another_programs_figure_makes_the_check_be_made_again(run: Run, sample: Path) -> None:
    """An import would not care; what is taken back may be that very figure."""
    checks = 0

    def make(connection: Connection, staging: Staging) -> Sequence[Write]:
        nonlocal checks
        checks += 1
        if checks == 1:
            assert run(*CORRECT).exit == 0
        staging.take_back(32, 79)
        return ()

    at = book(sample)
    changes.commit(sample, at.signature(Intent("undo 32")), make, wait=1)
    assert checks == 2


# -- how it is shown -------------------------------------------------------------------------------


def test_a_dry_run_shows_what_would_stand_again_and_writes_nothing(run: Run, sample: Path) -> None:
    run(*CORRECT, "--because", "Đoàn kiểm tra")
    before = sample.read_bytes()
    back = f"Cần Thơ 1a as of 31/12/2021: 21 → 20; source “Công văn 12” → {PAPER[7:]}"
    assert run("undo", "--dry-run") == Answer(
        0,
        "Change 33 is taken back\n\n"
        "when: 05/01/2022 01:00 (fixed clock)\n"
        "who: tester\n"
        "command: record 'can tho' 1a 21 --as-of 2021-12-31 --source 'Công văn 12'\n"
        "because: Đoàn kiểm tra\n\n"
        f"what\n{back}\n",
        f"Dry run, nothing was written: {back}\n",
    )
    assert sample.read_bytes() == before


def test_json_says_which_change_was_taken_back_by_which(run: Run, sample: Path) -> None:
    run(*CORRECT)
    made = json.loads(run("undo", "--json").out)
    assert (made["schema"], made["change"], made["count"]) == ("htx.change/1", 34, 1)
    assert made["undone"] == {
        "change": 33,
        "at": "2022-01-05T01:00:00+00:00",
        "who": "tester",
        "command": "record 'can tho' 1a 21 --as-of 2021-12-31 --source 'Công văn 12'",
        "because": None,
        "hash": stored_hashes(sample)[32],
    }
    assert [row["after"]["value"] for row in made["rows"]] == [20]


# -- many records, and old ones --------------------------------------------------------------------


@pytest.mark.slow
def test_an_import_of_ten_thousand_figures_goes_and_comes_back_as_one_change(
    run: Run, empty_book: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(empty_book, tmp_path / "htx.db"))
    provinces = ["can tho", "soc trang", "ca mau", "an giang", "hau giang", "bac lieu", "ben tre"]
    run("add-cluster", "Cụm", *(f"--member={name}" for name in provinces), "--since", 2020)
    for code in ("1", "2", "3", "4"):
        run("add-target", code, f"Mục {code}", "--year", 2021, "--at-least", 20)
    figures = [
        {"province": name, "target": code, "value": f"{n}.25", "as_of": f"2021-{m:02}-{d:02}"}
        for n, name in enumerate(provinces)
        for code in "1234"
        for m in range(1, 13)
        for d in range(1, 29)
    ]
    empty = tables(path)
    recording.import_results(book(path), figures, numbers="en")
    full = tables(path)
    assert len(full["results"]) == len(figures) == 9408
    for stands in (empty, full):
        undone = undoing.undo(book(path), Intent("undo"))
        assert (undone.change.count, len(undone.change.rows)) == (9408, 1000)
        assert tables(path) == stands
    assert rows(path, "SELECT DISTINCT change FROM results") == [(9,)]


NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=6).filter(
    lambda n: abs(n) < 10**15 and len(n.normalize().as_tuple().digits) <= 15
)


@given(NUMBERS)
def test_a_number_comes_out_of_the_journal_as_it_went_in(number: Decimal) -> None:
    record = canonical({"value": float(number)})
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t (value REAL) STRICT")
        connection.execute("INSERT INTO t SELECT json_extract(?, '$.value')", (record,))
        assert connection.execute("SELECT value FROM t").fetchone() == (float(number),)


def test_a_change_of_an_older_schema_is_taken_back(run: Run, sample: Path) -> None:
    """Its rows lack a column that came later; what comes back has nothing in it."""
    by_hand(
        sample,
        "UPDATE change_rows SET after = json_remove(after, '$.note')"
        " WHERE table_name = 'results' AND after ->> 'note' IS NULL",
    )
    rechained(sample)
    run("withdraw", "ca mau", "1a", "--as-of", "31/12/2021")
    by_hand(
        sample, "UPDATE change_rows SET before = json_remove(before, '$.note') WHERE change = 33"
    )
    rechained(sample)
    assert run("undo").exit == 0
    assert tables(sample) == tables(SAMPLE)
    assert run("undo", 32).exit == 0
