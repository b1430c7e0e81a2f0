"""Whom a name means in the year of the merger of 1 July 2025, when two provinces bear it in turn."""

import shutil
from pathlib import Path

import pytest

from tests.support.commands import Run

IN_JUNE = {"HTX_NOW": "2025-06-10T08:00:00+07:00"}
IN_SEPTEMBER = {"HTX_NOW": "2025-09-01T08:00:00+07:00"}
IN_2026 = {"HTX_NOW": "2026-01-10T08:00:00+07:00"}
MEMBERS = ("can tho", "soc trang", "hau giang", "bac lieu", "ca mau")
SHARES = ("--year", 2025, "--decision", "9/QĐ", "--because", "x", "--dry-run")


@pytest.fixture
def unsigned(empty_book: Path, tmp_path: Path, run: Run) -> Path:
    """Five provinces that became Cần Thơ and Cà Mau, with two targets for the year of the merger."""
    path = Path(shutil.copy(empty_book, tmp_path / "htx.db"))
    typed = [word for name in MEMBERS for word in ("--member", name)]
    assert run("add-cluster", "Cụm thử", *typed, "--since", 2024, **IN_JUNE).exit == 0
    for code, kind in (("1", "count"), ("2", "ratio")):
        target = ("add-target", code, "T", "--kind", kind, "--at-least", 5, "--year", 2025)
        assert run(*target, **IN_JUNE).exit == 0
    return path


@pytest.fixture
def signed(unsigned: Path, run: Run) -> Path:
    """The same when the pact was signed in February."""
    assert run("sign-pact", "--year", 2025, "--on", "1/2/2025", **IN_JUNE).exit == 0
    return unsigned


@pytest.fixture
def reported(signed: Path, run: Run) -> Path:
    """The same when each of the two that bore the name had sent its figure."""
    for value, day in ((3, "30/6/2025"), (7, "31/12/2025")):
        assert run("record", "can tho", "1", value, "--as-of", day, **IN_2026).exit == 0
    return signed


@pytest.mark.usefixtures("signed")
@pytest.mark.parametrize(
    ("name", "on", "clock", "told"),
    [
        ("ca mau", ["--on", "1/7/2025"], IN_SEPTEMBER, "Cà Mau (ca-mau-2025)"),
        ("ca mau", ["--on", "30/6/2025"], IN_SEPTEMBER, "Cà Mau (ca-mau)"),
        ("ca mau", [], IN_SEPTEMBER, "Cà Mau (ca-mau-2025)"),
        ("ca mau", [], IN_JUNE, "Cà Mau (ca-mau)"),
        ("ca mau", [], IN_2026, "Cà Mau (ca-mau-2025)"),
        ("ca-mau", ["--on", "30/6/2025"], IN_SEPTEMBER, "Cà Mau (ca-mau)"),
        ("hau giang", ["--on", "30/6/2025"], IN_SEPTEMBER, "Hậu Giang"),
    ],
)
def test_a_share_is_given_to_who_bears_the_name_on_the_day_it_holds_from(
    run: Run, name: str, on: list[str], clock: dict[str, str], told: str
) -> None:
    answer = run("set-share", name, "2", 7, *SHARES, *on, **clock)
    assert (answer.exit, f"{told} 2 of 2025: ≥5% → ≥7%" in answer.err) == (0, True), answer.err


@pytest.mark.usefixtures("reported")
@pytest.mark.parametrize(
    ("name", "more", "clock", "told"),
    [
        ("can tho", [], IN_2026, "Cần Thơ (can-tho-2025) 1 as of 31/12/2025"),
        ("can-tho-2025", [], IN_2026, "Cần Thơ (can-tho-2025) 1 as of 31/12/2025"),
        ("can tho", ["--as-of", "30/6/2025"], IN_2026, "Cần Thơ (can-tho) 1 as of 30/06/2025"),
        ("can-tho", [], IN_2026, "Cần Thơ (can-tho) 1 as of 30/06/2025"),
    ],
)
def test_a_document_proves_the_figure_of_who_bears_the_name_then(
    run: Run, name: str, more: list[str], clock: dict[str, str], told: str
) -> None:
    Path("f.pdf").write_bytes(b"%PDF")
    answer = run("attach", name, "1", "f.pdf", "--year", 2025, *more, **clock)
    assert (answer.exit, told in answer.err) == (0, True), answer.err


@pytest.mark.usefixtures("signed")
@pytest.mark.parametrize(
    ("value", "day", "told"),
    [
        (3, "30/6/2025", "Cần Thơ (can-tho) 1 as of 30/06/2025"),
        (7, "31/12/2025", "Cần Thơ (can-tho-2025) 1 as of 31/12/2025"),
    ],
)
def test_where_one_bearer_of_the_name_has_a_figure_its_is_meant(
    run: Run, value: int, day: str, told: str
) -> None:
    Path("f.pdf").write_bytes(b"%PDF")
    assert run("record", "can tho", "1", value, "--as-of", day, **IN_2026).exit == 0
    for clock in (IN_JUNE, IN_2026):
        answer = run("attach", "can tho", "1", "f.pdf", "--year", 2025, "--dry-run", **clock)
        assert (answer.exit, told in answer.err) == (0, True), answer.err
    gone = run("withdraw", "can tho", "1", "--as-of", day, **IN_2026)
    assert (gone.exit, told in gone.err) == (0, True), gone.err


@pytest.mark.usefixtures("signed")
def test_where_no_bearer_of_the_name_has_a_figure_the_one_of_the_day_is_told(run: Run) -> None:
    Path("f.pdf").write_bytes(b"%PDF")
    for clock, who in ((IN_JUNE, "can-tho"), (IN_2026, "can-tho-2025")):
        answer = run("attach", "can tho", "1", "f.pdf", "--year", 2025, **clock)
        assert answer.exit == 3
        assert answer.err.startswith(f"htx: Cần Thơ ({who}) has no actual figure for 1 in 2025.")
    for day, who in (("30/6/2025", "can-tho"), ("31/12/2025", "can-tho-2025")):
        answer = run("withdraw", "can tho", "1", "--as-of", day, **IN_2026)
        assert answer.exit == 3
        assert answer.err.startswith(f"htx: Cần Thơ ({who}) has no actual figure for 1 as of")
