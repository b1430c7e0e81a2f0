"""Of a closed year nobody changes who sat in it, who led it, and what the cluster was called."""

import json
import shutil
from pathlib import Path
from shlex import split

import pytest

from tests.support.commands import Answer, Run
from tests.support.copies import COLLEAGUE, ME, merged, refused, verified, wrote

CLOSE = ("close-year", 2021, "--incomplete")
CLOSED = (
    "htx: Closed: 2021. Who its members and its leaders were, and what the cluster was called, does"
    " not change any more. To change it all the same, reopen it first: htx reopen-year 2021 --because"
    " TEXT\n"
)


@pytest.fixture
def closed(run: Run, sample: Path) -> Path:
    """The book of the story with two members that reported nothing, and 2021 closed."""
    for name in ("Đất Mũi", "Hòn Khoai", "Năm Căn", "U Minh"):
        assert run("add-province", name, "--since", 2018).exit == 0
    assert run("add-member", "dat mui", "hon khoai", "--since", 2021).exit == 0
    assert run(*CLOSE).exit == 0
    return sample


def report(run: Run, *options: object) -> dict[str, object]:
    answer = run("report", "--year", 2021, "--json", *options)
    assert answer.exit == 0, answer.err
    made: dict[str, object] = json.loads(answer.out)
    return {name: said for name, said in made.items() if name != "checkpoint"}


@pytest.mark.parametrize(
    "typed",
    [
        "add-member 'nam can' --since 2021",
        "add-member 'nam can' --since 31/12/2021",
        "add-member 'nam can' --since 2019",
        "remove-member 'dat mui' --until 30/12/2021",
        "rotate-leader --year 2021 --leader 'ca mau' --because x",
        "rotate-leader --year 2021 --leader 'ca mau' --on 1/9/2021 --because x",
        "rename-cluster 'Cụm Tây Nam' --on 31/12/2021",
        "rename-cluster 'Cụm Tây Nam' --on 1/1/2020",
        "rename-province 'dat mui' 'Ngọc Hiển' --on 1/7/2021 --because x",
        "merge-provinces 'dat mui' 'nam can' --into 'Ngọc Hiển' --on 1/7/2021 --because x",
    ],
)
def test_who_sat_led_or_what_it_was_called_in_a_closed_year_stays(
    run: Run, closed: Path, typed: str
) -> None:
    before = closed.read_bytes()
    assert run(*split(typed)) == Answer(4, "", CLOSED)
    assert run(*split(typed), "--dry-run") == Answer(4, "", CLOSED)
    assert closed.read_bytes() == before


@pytest.mark.parametrize(
    "typed",
    [
        "add-member 'nam can' --since 2022",
        "add-member 'dat mui' --since 2019",
        "remove-member 'ca mau' --until 31/12/2021",
        "rotate-leader --year 2022",
        "rotate-leader --year 2020 --deputy 'ca mau' --because x",
        "rename-cluster 'Cụm Tây Nam' --on 1/1/2022",
        "rename-province 'dat mui' 'Ngọc Hiển' --on 1/1/2022 --because x",
        "merge-provinces 'dat mui' 'hon khoai' --into 'Ngọc Hiển' --on 1/1/2022 --because x",
        "merge-provinces 'nam can' 'u minh' --into 'Ngọc Hiển' --on 1/7/2021 --because x",
    ],
)
def test_what_begins_after_a_closed_year_or_is_of_an_open_one_is_written_as_ever(
    run: Run, closed: Path, typed: str
) -> None:
    before = report(run)
    answer = run(*split(typed))
    assert answer.exit == 0, answer.err
    assert report(run) == before


# -- two copies ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "add-member 'dong thap' --since 2021",
        "rename-cluster 'Cụm Tây Nam' --on 1/9/2021",
        "rotate-leader --year 2021 --leader 'ca mau' --because x",
    ],
)
def test_a_copy_that_did_not_know_of_the_closing_changes_none_of_it(
    run: Run, sample: Path, typed: str
) -> None:
    copy = Path(shutil.copy(sample, sample.with_name("copy.db")))
    wrote(run, sample, ME, *CLOSE)
    wrote(run, copy, COLLEAGUE, *split(typed))
    exit, told = refused(run, copy)
    assert (exit, told[-1]) == (
        4,
        f"htx: Nothing was written: 2021 was closed here, and {copy} has other members or leaders of"
        " it, or another name of the cluster. To take them all the same, reopen it first: htx"
        " reopen-year 2021 --because TEXT. Then merge again, and close it again.",
    )
    assert told[0].startswith(COLLEAGUE)
    shutil.copy(sample, ours := sample.with_name("ours.db"))
    wrote(run, sample, ME, "reopen-year", 2021, "--because", "x")
    assert merged(run, sample, copy)["count"] == 1
    assert refused_there(run, copy, ours)[-1] == (
        f"htx: Nothing was written: 2021 was closed in {ours}, which has other members or leaders of"
        f" it, or another name of the cluster. Reopen it there first: htx --db {ours} reopen-year 2021"
        " --because TEXT. Then merge again, and close it again."
    )
    assert verified(run, sample, copy)


def refused_there(run: Run, path: Path, other: Path) -> list[str]:
    answer = run("--db", path, "merge", other, HTX_USER=ME)
    assert answer.exit == 4
    return answer.err.splitlines()


def test_who_joins_after_the_closed_year_comes_from_a_copy_too(run: Run, sample: Path) -> None:
    copy = Path(shutil.copy(sample, sample.with_name("copy.db")))
    wrote(run, sample, ME, *CLOSE)
    wrote(run, copy, COLLEAGUE, "add-member", "dong thap", "--since", 2022)
    wrote(run, copy, COLLEAGUE, "rotate-leader", "--year", 2022)
    assert merged(run, sample, copy)["count"] == 2
    assert merged(run, copy, sample)["count"] == 1
    assert verified(run, sample, copy)
