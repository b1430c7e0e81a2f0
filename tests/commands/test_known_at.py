"""`--known-at`: the book as it was known after a change, or at the end of a day."""

import csv
import io
import json
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from htx_cli.actions import Book, Intent
from htx_cli.actions import explain as explain_actions
from htx_cli.actions import leaders as leaders_actions
from htx_cli.actions import lists as lists_actions
from htx_cli.actions.journal import log
from htx_cli.actions.report import build_report, province_status
from htx_cli.actions.results import import_results
from htx_cli.book.journal import Put
from htx_cli.output.documents import document
from htx_cli.output.formats import render
from htx_cli.text.errors import NotFound, UsageError
from tests.support.books import SAMPLE, TESTS, book
from tests.support.commands import Run

QUESTIONS: dict[str, Callable[[Book], Any]] = {
    "report of its year": build_report,
    "report of 2020": lambda b: build_report(b, 2020),
    "report of 2021": lambda b: build_report(b, 2021),
    "with estimates": lambda b: build_report(b, 2021, estimates=True),
    "as of June": lambda b: build_report(b, 2021, date(2021, 6, 30)),
    "status": lambda b: province_status(b, "soc trang", 2021),
    "explain": lambda b: explain_actions.explain(b, "can tho", "1a", 2021),
    "explain growth": lambda b: explain_actions.explain(b, "soc trang", "3", 2021),
    "explain all": lambda b: explain_actions.explain(b, "all", "3", 2021),
    "targets": lambda b: lists_actions.targets(b, 2021),
    "leaders": leaders_actions.leaders,
    "clusters": lists_actions.clusters,
    "provinces": lambda b: lists_actions.provinces(b, None, everything=True),
}


def told(here: Book) -> dict[str, Any]:
    """Everything that a book says: values, documents and plain text, or which error it gives."""
    answers: dict[str, Any] = {}
    for name, ask in QUESTIONS.items():
        try:
            value = ask(here)
        except NotFound as error:
            then = error.values.get("what", error)
            assert isinstance(then, NotFound)
            answers[name] = (then.code, dict(then.values))
        else:
            answers[name] = without_moment(value)
    return answers


def without_moment(value: Any) -> Any:
    """The answer in three forms, without the words that say as of when it was known."""
    if hasattr(value, "report"):
        value = replace(value, report=replace(value.report, known_at=None))
    elif hasattr(value, "known_at"):
        value = replace(value, known_at=None)
    return value, document(value), render(value, "plain")


def stopped_like(path: Path, then: Book) -> Book:
    """Another book, asked at the moment at which `then` is."""
    return replace(then, path=path, known=None)


@pytest.fixture(autouse=True)
def in_vietnam(clean_environment: None) -> Iterator[None]:
    """Moments are shown as the clock of the machine says them."""
    time.tzset()
    yield
    os.environ.pop("TZ")
    time.tzset()


# -- it is the book that really stopped there ------------------------------------------------------


@pytest.fixture(scope="module")
def stops(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The sample story, with the book put aside after each of its commands."""
    folder = tmp_path_factory.mktemp("stops")
    real = Path(sys.executable).with_name("htx")
    after_each = '#!/bin/sh\n{real} "$@" || exit\nn=$(ls {folder}/*.stop 2>/dev/null | wc -l)\ncp "$HTX_DB" {folder}/$n.stop\n'
    wrapper = folder / "htx"
    wrapper.write_text(after_each.format(real=real, folder=folder), encoding="utf-8")
    wrapper.chmod(0o755)
    environ = {"PATH": f"{folder}:{os.environ['PATH']}", "HTX_DB": str(folder / "made.db")}
    subprocess.run(["sh", "story.sh"], cwd=TESTS / "sample", env=environ, check=True)
    return sorted(folder.glob("*.stop"), key=lambda path: int(path.stem))


@pytest.mark.slow
def test_known_at_every_change_of_the_sample_is_the_book_that_stopped_there(
    stops: list[Path],
) -> None:
    last = json.loads(render(log(book(SAMPLE)), "json"))["changes"][0]["change"]
    assert len(stops) == last
    for number, stop in enumerate(stops[1:], 2):  # the first is a book without a cluster
        then = book(SAMPLE).known_at(number)
        assert told(then) == told(stopped_like(stop, then)), number


# Every kind of write, and what makes records go, come back and change places.
STORY = """
add-target b "Số tổ hợp tác" --year 2021 --at-least 5 --line 1 --line-text "Mục một"
add-target a "Số hợp tác xã" --year 2021 --at-least 20 --line 2
add-target g "Thành viên" --year 2020 --kind tracked
add-target g "Thành viên" --year 2021 --kind growth --at-least 10 --base-year 2020
record "can tho" g 100 --as-of 31/12/2020
record "can tho" g 115 --as-of 30/6/2021 --source "Báo cáo 1"
record "can tho" a 8 --as-of 30/6/2021
record "can tho" a 9 --as-of 30/6/2021 --because "sót một HTX"
add-target c "Vốn điều lệ" --year 2021 --kind tracked --scope cluster
record all c 30 --as-of 30/6/2021
record "soc trang" a 12 --as-of 30/9/2021 --estimate
withdraw "can tho" a --as-of 30/6/2021 --because "ghi nhầm tỉnh"
record "can tho" a 7 --as-of 30/6/2021
record "can tho" g 120 --as-of 31/12/2020 --because "số đã duyệt"
set-share "soc trang" a 15
set-share "soc trang" b --not-assigned
set-share "soc trang" a --as-signed
add-member "an giang" --since 1/7/2021
remove-member "soc trang" --until 31/10/2021
remove-target b --year 2021
add-target b "Số tổ hợp tác mới" --year 2021 --at-least 6 --line 1
change-target a --year 2021 --title "Số HTX thành lập mới" --at-least 10 --because "họp cụm"
rotate-leader --year 2021 --leader "can tho" --deputy unknown --because "bầu"
rotate-leader --year 2021 --deputy "soc trang" --because "bầu bổ sung"
"""


@pytest.mark.slow
def test_known_at_every_change_of_a_story_of_corrections_is_the_book_that_stopped_there(
    fresh: Path, run: Run
) -> None:
    stops = {2: Path(shutil.copy(fresh, "2.stop"))}
    for number, line in enumerate(STORY.strip().splitlines(), 3):
        done = run(*shlex.split(line), HTX_NOW="2021-12-01T08:00:00+07:00")
        assert (line, done.exit, done.err if done.exit else "") == (line, 0, "")
        stops[number] = Path(shutil.copy(fresh, f"{number}.stop"))
    for number, stop in stops.items():
        then = book(fresh, date(2021, 12, 1)).known_at(number)
        assert told(then) == told(stopped_like(stop, then)), number


def test_names_are_those_of_then(sample: Path) -> None:
    """A cluster and a province that were renamed later bear their old names in a book of before."""
    here = book(sample)
    named = {"id": "tay-nam-song-hau", "name": "Cụm thi đua số 5"}
    ca_mau = {"id": "ca-mau", "name": "Cà Mau mới", "code": "96"}
    days = {"first_day": "1997-01-01", "last_day": None}
    here.commit(
        Intent("test"), lambda *_: [Put("clusters", named), Put("provinces", ca_mau | days)]
    )
    now, then = build_report(here, 2021), build_report(here.known_at(32), 2021)
    names = [[r.cluster.name, r.provinces[3].province.name] for r in (now, then)]
    assert names == [
        ["Cụm thi đua số 5", "Cà Mau mới"],
        ["Cụm thi đua Liên minh HTX các tỉnh, thành phố Tây nam sông Hậu", "Cà Mau"],
    ]


# -- what is asked for -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "change", "on", "as_of"),
    [
        ("31", 31, None, "2021-07-05"),
        ("32", 32, None, "2021-12-31"),
        ("4/2/2021", 30, "2021-02-04", "2021-02-04"),
        ("2021-07-04", 30, "2021-07-04", "2021-07-04"),
        ("5/7/2021", 31, "2021-07-05", "2021-07-05"),
        ("Q3/2021", 31, "2021-09-30", "2021-09-30"),
        ("31/12/2030", 32, "2030-12-31", "2021-12-31"),
    ],
)
def test_a_number_is_a_change_and_a_day_is_what_was_known_when_it_ended(
    run: Run, asked: str, change: int, on: str | None, as_of: str
) -> None:
    """The report looks from that day, as one that was printed then."""
    answer = run("--db", SAMPLE, "report", "--year", 2021, "--known-at", asked, "--json")
    made = json.loads(answer.out)
    known = {name: made["known_at"][name] for name in ("change", "on")}
    assert (known, made["as_of"]) == ({"change": change, "on": on}, as_of)


def test_the_year_is_that_of_the_day_at_which_the_book_is_looked_at(run: Run) -> None:
    made = json.loads(run("--db", SAMPLE, "report", "--known-at", "30/9/2021", "--json").out)
    assert made["year"] == 2021


def test_a_change_of_late_evening_belongs_to_its_local_day(sample: Path, run: Run) -> None:
    late = {"HTX_NOW": "2022-01-10T23:30:00+07:00"}  # the 10th in Vietnam, and in Greenwich too
    early = {"HTX_NOW": "2022-01-11T00:30:00+07:00"}  # the 11th here, still the 10th in Greenwich
    run("record", "can tho", "1a", 21, "--as-of", "31/12/2021", "--because", "a", **late)
    run("record", "can tho", "1a", 22, "--as-of", "31/12/2021", "--because", "b", **early)
    told = [
        json.loads(run("leaders", "--known-at", day, "--json", **early).out)["known_at"]["change"]
        for day in ("9/1/2022", "10/1/2022", "11/1/2022")
    ]
    assert told == [32, 33, 34]


@pytest.mark.parametrize(
    ("asked", "exit", "code", "sentence"),
    [
        ("33", 3, "known_at_unknown", "There is no change 33; the last one is 32. Write the number of a change, as “htx log” lists them, or a day like 30/6/2021."),
        ("0", 3, "known_at_unknown", "There is no change 0; the last one is 32. Write the number of a change, as “htx log” lists them, or a day like 30/6/2021."),
        ("26/1/2021", 3, "known_before_book", "On 26/01/2021 there was no book yet: its first change was made on 27/01/2021."),
        ("1", 3, "known_before_cluster", "After change 1 of 27/01/2021 the book had no cluster yet: the first one came with change 2 on 27/01/2021."),
        ("12", 3, "known_then", "As known after change 12 of 04/02/2021: Nothing is signed or drafted for 2021. The book has: 2020."),
        ("hôm qua", 2, "known_at_unreadable", "“hôm qua” is neither a day nor a change. Write a day like 30/6/2021, or the number of a change, as “htx log” lists them."),
        ("31/6/2021", 2, "date_impossible", "“31/6/2021” is a day that the calendar does not have."),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_said(
    run: Run, asked: str, exit: int, code: str, sentence: str
) -> None:
    answer = run("--db", SAMPLE, "report", "--year", 2021, "--known-at", asked)
    assert (answer.exit, answer.out, answer.err) == (exit, "", f"htx: {sentence}\n")
    answer = run("--db", SAMPLE, "report", "--year", 2021, "--known-at", asked, "--json")
    assert json.loads(answer.out)["code"] == code


# -- every format says it, and nothing is written --------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        ["report", "--year", "2021"],
        ["report", "--year", "2021", "--without-evidence"],
        ["status", "can tho", "--year", "2021"],
        ["explain", "can tho", "1a", "--year", "2021"],
        ["leaders"],
    ],
    ids=lambda typed: f"{typed[0]} {typed[-1]}",
)
def test_every_format_says_after_which_change(run: Run, typed: list[str]) -> None:
    before = SAMPLE.read_bytes()
    said = "As known after change 31 of 05/07/2021 08:00: nothing written later is shown."
    ask = ["--db", SAMPLE, *typed, "--known-at", 31, "--format"]
    for format in ("table", "plain", "md"):
        assert said in run(*ask, format).out
    assert json.loads(run(*ask, "json").out)["known_at"] == {
        "change": 31,
        "at": "2021-07-05T01:00:00+00:00",
        "hash": json.loads(run("--db", SAMPLE, "log", 31, "--json").out)["changes"][0]["hash"],
        "on": None,
    }
    lines = [json.loads(line) for line in run(*ask, "ndjson").out.splitlines()]
    assert {line["known_at"] for line in lines} == {31}
    rows = csv.DictReader(io.StringIO(run(*ask, "csv").out))
    assert {row["known_at"] for row in rows} == {"31"}
    assert json.loads(run(*ask[:-3], "--json").out)["known_at"] is None
    assert SAMPLE.read_bytes() == before


def test_two_moments_are_compared_by_any_diff(sample: Path, run: Run) -> None:
    """Of a correction nothing but the moment and what it changed differs."""
    because = ("--because", "Báo cáo 21: sót một HTX")
    assert run("record", "can tho", "1a", 9, "--as-of", "30/6/2021", *because).exit == 0
    ask = ("report", "--as-of", "30/6/2021", "--known-at")
    before, after = (run(*ask, number).out.splitlines() for number in (32, 33))
    *told, checkpoints = [p for p in zip(before, after, strict=True) if len(set(p)) > 1]
    assert all(line.startswith("Checkpoint: ") for line in checkpoints)
    assert told == [
        (
            "As known after change 32 of 05/01/2022 08:00: nothing written later is shown.",
            "As known after change 33 of 05/01/2022 08:00: nothing written later is shown.",
        ),
        (
            "Cần Thơ      8↘  0↘  57.14 …   -42.5 …   +3.2 …  28.64 …  1↗  +5.21 …    ✓    –     25 …  1/11",
            "Cần Thơ      9↘  0↘  57.14 …   -42.5 …   +3.2 …  28.64 …  1↗  +5.21 …    ✓    –     25 …  1/11",
        ),
        (
            "cluster     61↘  2?    59.7?    -42.7?   +3.19?   34.27?  6?  +4.77 …   5?   1?   29.63?  0/11",
            "cluster     62↘  2?    59.7?    -42.7?   +3.19?   34.27?  6?  +4.77 …   5?   1?   29.63?  0/11",
        ),
    ]


def test_a_book_as_it_was_known_cannot_be_written(sample: Path) -> None:
    rows = [{"province": "can tho", "target": "1a", "value": 26, "as_of": "2021-12-31"}]
    before = sample.read_bytes()
    with pytest.raises(UsageError) as raised:
        import_results(book(sample).known_at(31), rows)
    assert (raised.value.code, raised.value.values) == ("known_not_written", {"number": "31"})
    assert sample.read_bytes() == before
