"""The journal: one change per command that wrote, with every record whole, before and after."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from htx_cli.actions.report import build_report
from htx_cli.book.schema import KEYS
from htx_cli.domain.model import Result
from htx_cli.domain.targets import Basis, Figure
from tests.support.books import JANUARY, SAMPLE, TESTS, book
from tests.support.commands import Run
from tests.support.journal import (
    CORRECT,
    KEY,
    NAMES,
    TWENTY,
    TWENTY_ONE,
    WRITES,
    computed_hashes,
    journalled,
    natural_key,
    replayed,
    rows,
    stored_hashes,
    tables,
)


@pytest.fixture
def year(run: Run) -> Path:
    """A book made by a handful of commands, in this folder: two members, one target."""
    for words in (
        ["init"],
        ["add-cluster", "Cụm thử", "--since", "2021", "--member", "Cần Thơ", "--member", "Cà Mau"],
        ["add-target", "1a", "HTX mới", "--year", "2021", "--at-least", "20"],
    ):
        assert run(*words).exit == 0
    return Path("htx.db")


# -- one command, one change -----------------------------------------------------------------------


def test_a_new_cluster_is_one_change_with_the_cluster_and_its_members(year: Path) -> None:
    seat = {"cluster": "cum-thu", "first_day": "2021-01-01", "last_day": None}
    first, second = (
        {**seat, "province": "can-tho", "seat": 1},
        {**seat, "province": "ca-mau", "seat": 2},
    )
    assert journalled(year, 2) == [
        ("clusters", "cum-thu", None, {"id": "cum-thu", "name": "Cụm thử"}),
        ("members", "cum-thu/can-tho/2021-01-01", None, first),
        ("members", "cum-thu/ca-mau/2021-01-01", None, second),
    ]


def test_a_first_target_is_one_change_with_its_year_its_line_and_itself(year: Path) -> None:
    place = {"cluster": "cum-thu", "year": 2021}
    target = {
        **place,
        "code": "1a",
        "title": "HTX mới",
        "kind": "count",
        "bound": "at_least",
        "threshold": 20,
        "level": 0,
        "base_year": None,
        "line": "1",
        "of_title": None,
        "unit": None,
        "scope": "each",
        "note": None,
    }
    by_hand = {"state": "open", "pact": None, "signed_on": None}
    assert journalled(year, 3) == [
        ("years", "cum-thu/2021", None, {**place, **by_hand}),
        ("lines", "cum-thu/2021/1", None, {**place, "line": "1", "text": None}),
        ("targets", "cum-thu/2021/1a", None, target),
    ]


def test_an_import_is_one_change_with_only_what_is_new_or_differs(run: Run, sample: Path) -> None:
    Path("more.csv").write_text(
        "province,target,as_of,value,source\n"
        "Cần Thơ,1b,2021-12-31,1,Số liệu minh họa\n"  # stands there
        "Cần Thơ,1a,2021-12-31,21,Công văn 12\n"  # differs
        "Hậu Giang,1b,2021-12-30,1,\n"  # new
        "all,htx,2021-12-31,1900,\n",  # the whole cluster's
        encoding="utf-8",
    )
    run("import", "more.csv")
    place = "tay-nam-song-hau/2021"
    new = {**TWENTY, "province": "hau-giang", "target": "1b", "as_of": "2021-12-30", "value": 1}
    new["source"] = None
    whole = {**TWENTY, "province": None, "target": "htx", "value": 1900, "source": None}
    assert journalled(sample, 33) == [
        ("results", KEY, TWENTY, TWENTY_ONE),
        ("results", f"{place}/1b/hau-giang/2021-12-30/actual", None, new),
        ("results", f"{place}/htx/all/2021-12-31/actual", None, whole),
    ]


@pytest.mark.parametrize("words", WRITES, ids=NAMES)
def test_every_write_leaves_exactly_one_change_that_says_its_rows(
    run: Run, sample: Path, words: list[str]
) -> None:
    answer = json.loads(run(*words, "--json").out)
    numbers = rows(sample, "SELECT id, rows FROM changes WHERE id > 32")
    assert numbers == [(33, len(journalled(sample, 33)))]
    assert rows(sample, "SELECT position FROM change_rows WHERE change = 33 ORDER BY 1") == [
        (position,) for position in range(1, numbers[0][1] + 1)
    ]
    assert answer["change"] == 33
    assert answer["hash"] == stored_hashes(sample)[-1]
    assert [
        (row["table"], row["key"], row["before"], row["after"]) for row in answer["rows"]
    ] == journalled(sample, 33)


def test_every_key_of_the_sample_is_its_records_natural_key() -> None:
    keys = [
        (key, natural_key(table, after or before or {}))
        for (number,) in rows(SAMPLE, "SELECT id FROM changes")
        for table, key, before, after in journalled(SAMPLE, number)
    ]
    assert rows(SAMPLE, "SELECT sum(rows) FROM changes") == [(len(keys),)]
    assert [key for key, _ in keys] == [natural for _, natural in keys]


def test_no_province_takes_the_id_that_stands_for_the_whole_cluster(run: Run, sample: Path) -> None:
    """Its figures would be taken for the cluster's, and share their keys."""
    assert run("add-province", "All").exit == 4
    assert rows(sample, "SELECT max(id) FROM changes") == [(32,)]


# -- no change -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ["record", "can tho", "1a", "20", "--as-of", "2021-12-31", "--source", "Số liệu minh họa"],
        ["record", "CẦN THƠ", "1A", "20,0", "--as-of", "Q4/2021", "--source", "Số liệu minh họa"],
        ["import", str(TESTS / "sample" / "results-2021-12.csv")],
        ["change-target", "1a", "--year", "2021", "--at-least", "20"],
        ["set-share", "can tho", "1a", "--year", "2021", "--as-signed"],
        ["rotate-leader", "--year", "2021", "--leader", "An Giang", "--deputy", "Cần Thơ"],
        ["migrate"],
    ],
    ids=lambda words: " ".join(words[:3]),
)
def test_nothing_to_write_leaves_no_change(run: Run, sample: Path, words: list[str]) -> None:
    before = sample.read_bytes()
    answer = run(*words)
    assert answer.exit == 0
    assert answer.err.startswith("Nothing to change: ")
    assert json.loads(run(*words, "--json").out)["change"] is None
    assert sample.read_bytes() == before


@pytest.mark.parametrize("words", [*WRITES, ["import", "one.csv"]], ids=[*NAMES, "import"])
def test_a_dry_run_says_what_would_be_written_and_leaves_the_file_byte_for_byte(
    run: Run, sample: Path, words: list[str]
) -> None:
    Path("one.csv").write_text("province,target,value,year\ncan tho,1a,21,2021\n")
    before, folder = sample.read_bytes(), set(Path().iterdir())
    dry = run(*words, "--dry-run", "--json")
    assert (dry.exit, sample.read_bytes(), set(Path().iterdir())) == (0, before, folder)
    said = json.loads(dry.out)
    done = json.loads(run(*words, "--json").out)
    if "hash" in done:
        done["hash"] = None
    assert (said["change"], said["dry_run"]) == (None, True)
    assert said == {**done, "change": None, "dry_run": True}


def test_a_dry_run_of_init_leaves_no_file(run: Run) -> None:
    answer = run("init", "--dry-run", "--json")
    said = json.loads(answer.out)
    assert (answer.exit, said["change"], said["dry_run"], said["count"]) == (0, None, True, 165)
    assert list(Path().iterdir()) == []


# -- the chain -------------------------------------------------------------------------------------


def test_the_hashes_of_the_sample_are_what_anybody_computes_from_its_tables() -> None:
    assert len(stored_hashes(SAMPLE)) == 32
    assert computed_hashes(SAMPLE) == stored_hashes(SAMPLE)


def test_the_hashes_of_a_new_book_are_what_anybody_computes(run: Run, year: Path) -> None:
    run("record", "can tho", "1a", "7,5", "--as-of", "Q2/2021", "--because", "“Sửa” – dòng 1")
    run("withdraw", "can tho", "1a", "--as-of", "Q2/2021")
    assert len(stored_hashes(year)) == 5
    assert computed_hashes(year) == stored_hashes(year)
    origins = rows(year, "SELECT origin FROM changes ORDER BY id")
    assert origins == [(hash,) for hash in stored_hashes(year)]  # none was merged in from a copy


def test_the_journal_alone_gives_back_every_record_of_the_book(run: Run, sample: Path) -> None:
    undone = [
        ["set-share", "ca mau", "1a", "--year", "2021", "--as-signed"],
        ["remove-target", "1c", "--year", "2021"],
    ]
    for words in [*WRITES, *undone]:
        assert run(*words, "--cluster", "tay-nam-song-hau").exit == 0
    assert rows(sample, "SELECT max(id) FROM changes") == [(32 + len(WRITES) + len(undone),)]
    assert replayed(sample) == tables(sample)


def test_every_figure_names_the_last_change_that_wrote_it(run: Run, sample: Path) -> None:
    run(*CORRECT)
    last: dict[str, int] = {}
    for key, change in rows(
        sample, "SELECT key, change FROM change_rows WHERE table_name = 'results' ORDER BY change"
    ):
        last[key] = change
    named = {
        natural_key("results", dict(zip(KEYS["results"], key, strict=True))): change
        for *key, change in rows(sample, f"SELECT {','.join(KEYS['results'])}, change FROM results")
    }
    assert named == last
    assert named[KEY] == 33


# -- who, when, how, why ---------------------------------------------------------------------------


def test_who_when_how_and_why_are_kept(run: Run, sample: Path) -> None:
    run("--db", sample, *CORRECT, "--because", "Công văn 12", "--json", HTX_USER="Lê Thị Đào")
    assert rows(sample, "SELECT at, who, command, because FROM changes WHERE id = 33") == [
        (
            "2022-01-05T01:00:00.000000+00:00",  # UTC; it was eight in the morning
            "Lê Thị Đào",
            "record 'can tho' 1a 21 --as-of 2021-12-31 --source 'Công văn 12'",
            "Công văn 12",
        )
    ]


def test_a_fixed_clock_is_said_and_the_real_one_is_the_time_of_the_write(
    run: Run, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(*CORRECT, HTX_NOW=JANUARY)
    monkeypatch.delenv("HTX_NOW")
    earliest = datetime.now(UTC)
    run("add-province", "Đảo Thử")
    latest = datetime.now(UTC)
    fixed, real = rows(sample, "SELECT fixed_clock, at FROM changes WHERE id > 32 ORDER BY id")
    assert fixed == (1, "2022-01-05T01:00:00.000000+00:00")
    assert real[0] == 0
    assert earliest <= datetime.fromisoformat(real[1]) <= latest


def test_a_name_that_is_no_text_is_no_mistake_of_htx(run: Run, sample: Path) -> None:
    """A user's name in another encoding reaches Python as a lone surrogate."""
    answer = run(*CORRECT, HTX_USER="L\udceatu")
    assert "UnicodeEncodeError" not in answer.err
    assert answer.exit in (0, 2)


# -- the life of a figure --------------------------------------------------------------------------


def test_a_correction_keeps_the_old_figure(run: Run, sample: Path) -> None:
    run(*CORRECT, "--because", "Công văn 12")
    assert tables(sample)["results"][KEY] == TWENTY_ONE
    assert journalled(sample, 33) == [("results", KEY, TWENTY, TWENTY_ONE)]
    assert journalled(sample, 32)[0] == ("results", KEY, None, TWENTY)


def test_a_figure_taken_back_is_gone_from_the_report_and_stays_in_the_journal(
    run: Run, sample: Path
) -> None:
    run("withdraw", "can tho", "1a", "--as-of", "2021-12-31")
    assert journalled(sample, 33) == [("results", KEY, TWENTY, None)]
    cell = build_report(book(sample), 2021).provinces[0].cells[0]
    assert cell.result == Result(
        "1a",
        "can-tho",
        date(2021, 6, 30),
        Basis.ACTUAL,
        Figure(value=Decimal(8)),
        source="Số liệu minh họa",
        change=31,
    )
    again = run("withdraw", "can tho", "1a", "--as-of", "2021-12-31")
    assert again.exit == 3
    assert again.err.endswith("as of 31/12/2021. It has: 30/06/2021 (actual).\n")
