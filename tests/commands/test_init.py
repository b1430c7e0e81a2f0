"""`htx init` makes a new book, and touches nothing that is there."""

from pathlib import Path

import pytest

from tests.support.books import SAMPLE
from tests.support.commands import Run
from tests.support.limits import as_anybody, with_room
from tests.support.places import DENIED, PLACES, REFUSED, Make, standing


@pytest.mark.parametrize(
    "make",
    [place[0] for place in PLACES.values() if place[1] not in ("book_missing", "book_unreadable")],
    ids=[
        name
        for name, place in PLACES.items()
        if place[1] not in ("book_missing", "book_unreadable")
    ],
)
def test_init_does_not_touch_what_is_there(run: Run, tmp_path: Path, make: Make) -> None:
    path = make(tmp_path)
    before = standing(tmp_path)
    answer = run("--db", path, "init")
    exists = f"{path} exists already and was not touched. Choose another place with --db."
    assert (answer.exit, answer.out, answer.err) == (5, "", f"htx: {exists}\n")
    assert standing(tmp_path) == before


def test_init_does_not_touch_a_book(run: Run, sample: Path) -> None:
    assert run("init").exit == 5
    assert run("init", "--dry-run").exit == 5
    assert standing(sample.parent) == {sample: SAMPLE.read_bytes()}


def test_init_makes_no_folder(run: Run, tmp_path: Path) -> None:
    answer = run("--db", tmp_path / "no" / "htx.db", "init")
    said = f"htx: The folder {tmp_path / 'no'} does not exist. Make it first.\n"
    assert (answer.exit, answer.out, answer.err) == (5, "", said)
    assert standing(tmp_path) == {}


def test_init_in_a_folder_that_may_not_be_written_says_so(run: Run) -> None:
    with as_anybody() as place:
        place.chmod(0o555)
        answer = run("--db", place / "htx.db", "init")
        assert answer.err == f"htx: {DENIED.format(path=place / 'htx.db')}\n"
        assert (answer.exit, answer.out, standing(place)) == (5, "", {})


def test_an_init_that_fails_leaves_nothing(tmp_path: Path) -> None:
    answer = with_room(8192, "init")
    assert (answer.returncode, answer.stdout) == (5, "")
    assert answer.stderr == f"htx: {REFUSED.format(path='htx.db')}\n"
    assert standing(tmp_path) == {}
