"""Copies of one book that go on by themselves and merge each other come to the same, and lose nothing."""

import shutil
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from msgspec.structs import replace

from htx_cli.actions import Book, Intent, pact
from htx_cli.actions import clusters as setup
from htx_cli.actions import merge as copies
from htx_cli.actions import results as recording
from htx_cli.actions import undo as undoing
from htx_cli.domain.changes import Change
from htx_cli.domain.merge import Side, standing
from htx_cli.domain.pact import Wanted
from htx_cli.domain.targets import Bound, Kind
from htx_cli.intake.resolve import Defaults
from htx_cli.text.errors import HtxError
from tests.support.books import book
from tests.support.journal import rows, tables
from tests.support.laws import tried


@pytest.mark.parametrize(
    ("alike", "news_here", "stands"),
    [
        (True, True, Side.OURS),  # both came to the same by themselves
        (True, False, Side.OURS),
        (False, False, Side.THEIRS),  # we have nothing of it that they did not know
        (False, True, None),  # neither knew of the other
    ],
)
def test_whose_record_stands(alike: bool, news_here: bool, stands: Side | None) -> None:
    assert standing(alike, news_here) == stands


# -- histories at random ---------------------------------------------------------------------------

COPIES = "abc"
FIRST = 5  # changes that the copies begin with

figures = st.tuples(
    st.just("record"), st.sampled_from(["can tho", "ca mau"]), st.sampled_from(["1", "2"]),
    st.integers(0, 3),
)  # fmt: skip
withdrawals = st.tuples(
    st.just("withdraw"), st.sampled_from(["can tho", "ca mau"]), st.sampled_from(["1", "2"])
)
shares = st.tuples(st.just("share"), st.sampled_from(["1", "2"]), st.integers(0, 2))
undos = st.tuples(st.just("undo"))
merges = st.tuples(st.just("merge"), st.sampled_from(COPIES), st.sampled_from(list(Side)))
steps = st.lists(
    st.tuples(
        st.sampled_from(COPIES), st.one_of(figures, figures, withdrawals, shares, undos, merges)
    ),
    max_size=14,
)


@pytest.fixture(scope="module")
def beginning(empty_book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two members, two targets, one figure."""
    path = tmp_path_factory.mktemp("copies") / "book.db"
    at = book(Path(shutil.copy(empty_book, path)))
    setup.add_cluster(at, Intent("x"), "Cụm", ["can tho", "ca mau"], since=at.today.replace(2020))
    for code in ("1", "2"):
        wanted = Wanted(f"Mục {code}", kind=Kind.COUNT, bound=Bound.AT_LEAST, threshold=Decimal(20))
        pact.add_target(at, Intent("x"), code, 2021, wanted)
    write(at, ("record", "can tho", "1", 7))
    assert len(origins(path)) == FIRST
    return path


def write(at: Book, step: tuple[object, ...]) -> None:
    """One step of one copy; what the book refuses is no step."""
    day = at.today.replace(2021, 12, 31)
    match step:
        case ("record", str(name), str(code), int(value)):
            cells = {"province": name, "target": code, "value": str(value)}
            recording.record(at, Intent("x"), cells, Defaults(at.today, None, 2021, day))
        case ("withdraw", str(name), str(code)):
            recording.withdraw(at, Intent("x"), name, code, day)
        case ("share", str(code), int(value)):
            pact.set_share(at, Intent("x"), "can tho", code, 2021, threshold=Decimal(value))
        case ("undo",):
            if len(origins(at.path)) > FIRST:
                undoing.undo(at, Intent("undo"))


def origins(path: Path) -> set[str]:
    """The changes that a copy knows, by the hash under which each was first made."""
    return {origin for (origin,) in rows(path, "SELECT origin FROM changes")}


def merge(at: Book, other: Path, side: Side) -> int:
    """How many changes came from the other copy."""
    return copies.merge(at, Intent("merge"), other, side).count


@pytest.mark.slow
@tried(20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_copies_that_merge_each_other_come_to_the_same_and_lose_nothing(
    beginning: Path, story: list[tuple[str, tuple[object, ...]]]
) -> None:
    with TemporaryDirectory() as folder:
        at = {
            name: replace(book(Path(shutil.copy(beginning, Path(folder) / name))), user=name)
            for name in COPIES
        }
        made: set[str] = set()
        for name, step in story:
            if step[0] == "merge":
                if step[1] != name:
                    merge(at[name], at[str(step[1])].path, Side(str(step[2])))
            else:
                with suppress(HtxError):
                    write(at[name], step)
            made |= origins(at[name].path)
        pairs = [(one, other) for one in COPIES for other in COPIES if one != other]
        for _ in range(4):
            came = [merge(at[one], at[other].path, Side.OURS) for one, other in pairs]
            if not any(came):
                break
        assert not any(came)
        for name in COPIES:
            assert tables(at[name].path) == tables(at["a"].path)
            assert origins(at[name].path) >= made
            assert copies_well(at[name])


def copies_well(at: Book) -> bool:
    """Whether verification finds nothing."""
    from htx_cli.actions.verify import verify

    return verify(at).well


def test_a_change_that_brings_nothing_is_kept_all_the_same(beginning: Path, tmp_path: Path) -> None:
    """Both recorded the same: the journal says that both did."""
    one, other = (book(Path(shutil.copy(beginning, tmp_path / name))) for name in "ab")
    for at in (one, other):
        write(replace(at, user=at.path.name), ("record", "ca mau", "2", 3))
    merged = copies.merge(one, Intent("merge"), other.path)
    [came] = merged.received
    assert isinstance(came, Change)
    assert (merged.count, merged.conflicts, came.count, came.rows) == (1, (), 0, ())
    assert came.head and (came.head.who, came.head.number) == ("b", 7)
    assert copies.merge(one, Intent("merge"), other.path).count == 0
