"""Whom a name means in the year of the merger of 1 July 2025, when two provinces bear it in turn."""

import shutil
from pathlib import Path

import pytest

from tests.support.commands import Answer, Run

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


@pytest.mark.usefixtures("signed")
def test_a_province_that_is_no_more_on_the_day_is_given_no_share(run: Run) -> None:
    on = ("--on", "1/8/2025")
    assert run("set-share", "hau giang", "2", 7, *SHARES, *on, **IN_SEPTEMBER) == Answer(
        3,
        "",
        "htx: Hậu Giang is no province any more on 01/08/2025: it went into Cần Thơ."
        " Give the share to can-tho-2025, or name a day until 30/06/2025 with --on.\n",
    )
    gone = run("set-share", "ca-mau", "2", 7, *SHARES, **IN_SEPTEMBER)
    assert gone.err == (
        "htx: Cà Mau (ca-mau) is no province any more on 01/09/2025: it went into Cà Mau"
        " (ca-mau-2025). Give the share to ca-mau-2025, or name a day until 30/06/2025 with --on.\n"
    )
    early = run("set-share", "ca-mau-2025", "2", 7, *SHARES, "--on", "1/3/2025", **IN_SEPTEMBER)
    assert early.err == (
        "htx: Cà Mau (ca-mau-2025) is no province yet on 01/03/2025."
        " Name 01/07/2025 or a later day with --on.\n"
    )


@pytest.mark.usefixtures("unsigned")
def test_a_pact_that_is_not_signed_still_takes_shares_of_who_sat_in_the_year(run: Run) -> None:
    def told(name: str) -> str:
        return run("set-share", name, "1", 7, "--year", 2025, **IN_SEPTEMBER).err

    assert "Hậu Giang 1 of 2025: ≥5 → ≥7" in told("hau giang")
    assert "Cần Thơ (can-tho-2025) 1 of 2025: ≥5 → ≥7" in told("can tho")
    assert "Cần Thơ (can-tho) 1 of 2025: ≥5 → ≥7" in told("can-tho")


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


@pytest.mark.usefixtures("reported")
def test_the_life_of_a_figure_is_that_of_all_who_bore_the_name(run: Run) -> None:
    both = run("log", "can tho", "1", "--year", 2025, "--format", "plain", **IN_2026).out
    assert "Cần Thơ (can-tho-2025), Cần Thơ (can-tho) · 1 · 2025" in both
    assert [line.split("Cần Thơ")[1] for line in both.splitlines() if "as of" in line] == [
        " (can-tho-2025) 1 as of 31/12/2025: 7",
        " (can-tho) 1 as of 30/06/2025: 3",
    ]
    one = run("log", "can-tho", "1", "--year", 2025, **IN_2026).out
    assert ("(can-tho) 1" in one, "can-tho-2025" in one) == (True, False)
    gone = run("log", "hau giang", "1", "--year", 2025, **IN_2026)
    assert (gone.exit, "Hậu Giang · 1 · 2025" in gone.out) == (0, True)


@pytest.mark.usefixtures("reported")
def test_who_asks_for_a_reminder_of_a_province_that_is_no_more_is_told_what_works(run: Run) -> None:
    typed = ("remind", "hau giang", "--year", 2025)
    assert run(*typed, **IN_2026).err == (
        "htx: Hậu Giang went into Cần Thơ on 01/07/2025. Ask for can-tho-2025,"
        " or for Hậu Giang itself with --as-of 30/06/2025.\n"
    )
    itself = run(*typed, "--as-of", "30/6/2025", **IN_2026)
    assert (itself.exit, "Hậu Giang" in itself.out) == (0, True)


@pytest.fixture
def differing(signed: Path, run: Run) -> Path:
    """The same when Cà Mau alone was asked for more of the ratio, and all figures of it came."""
    by = ("--year", 2025, "--decision", "9/QĐ", "--because", "x", "--on", "1/6/2025")
    assert run("set-share", "ca mau", "2", 7, *by, **IN_JUNE).exit == 0
    for name in ("can tho", "ca mau"):
        of = ("--of", 100, "--as-of", "31/12/2025")
        assert run("record", name, "2", 9, *of, **IN_2026).exit == 0
        assert run("record", name, "1", 9, "--as-of", "31/12/2025", **IN_2026).exit == 0
    return signed


SETTLE = (
    "htx set-share ca-mau-2025 2 N --year 2025 --on 01/07/2025 --decision NUMBER --because TEXT"
)


@pytest.mark.usefixtures("differing")
def test_thresholds_that_differ_are_named_with_the_command_that_settles_them(run: Run) -> None:
    explained = run("explain", "ca mau", "2", "--year", 2025, **IN_2026).out
    assert f"For one threshold in their place: {SETTLE}" in explained
    assert run("close-year", 2025, **IN_2026) == Answer(
        4,
        "",
        "htx: Figures of 2025 cannot be judged, as the thresholds of the provinces that merged"
        f" differ: Cà Mau 2. Settle each with one threshold in their place, for example: {SETTLE}"
        " – or close the year as it is: htx close-year 2025 --incomplete\n",
    )
    typed = SETTLE.replace(" N ", " 6 ").replace("NUMBER", "10/QĐ").replace("TEXT", "x").split()
    assert run(*typed[1:], **IN_2026).exit == 0
    assert run("close-year", 2025, **IN_2026).exit == 0
