"""A member that leaves may have been to lead: what stands then, and what to type."""

import json
from datetime import date
from pathlib import Path

from htx_cli.domain.model import Province, Term
from htx_cli.output.wording.leaders import leading_words
from tests.support.commands import Run

HALF = {"HTX_NOW": "2022-08-05T08:00:00+07:00"}


def lead(run: Run, year: int, leader: str, deputy: str) -> None:
    typed = ("--year", year, "--leader", leader, "--deputy", deputy, "--because", "bầu")
    answer = run("rotate-leader", *typed)
    assert answer.exit == 0, answer.err


def test_the_leader_and_next_years_deputy_leaves_and_what_to_type_is_told(
    run: Run, sample: Path
) -> None:
    lead(run, 2022, "soc trang", "can tho")
    lead(run, 2023, "can tho", "soc trang")
    told = run("remove-member", "soc trang", "--until", "30/6/2022", **HALF)
    assert told.exit == 0
    assert told.err.splitlines()[1:] == [
        "Warning: Sóc Trăng led 2022, and nobody follows from 01/07/2022 on. To record who does:"
        " htx rotate-leader --year 2022 --leader PROVINCE --on 01/07/2022 --because TEXT",
        "Warning: Sóc Trăng is recorded as deputy of 2023. To record another:"
        " htx rotate-leader --year 2023 --deputy PROVINCE --because TEXT",
    ]
    vacant = (
        "Nobody leads from 01/07/2022 on. To record who does: htx rotate-leader --year 2022"
        " --leader PROVINCE --on 01/07/2022 --because TEXT"
    )
    assert vacant in run("leaders", **HALF).out.splitlines()
    typed = ("--year", 2022, "--leader", "can tho", "--on", "01/07/2022", "--because", "bầu lại")
    assert run("rotate-leader", *typed, **HALF).exit == 0
    later = ("--year", 2023, "--deputy", "ca mau", "--because", "bầu lại")
    assert run("rotate-leader", *later, **HALF).exit == 0
    assert "Nobody leads" not in run("leaders", **HALF).out


def test_a_script_is_told_of_a_deputy_that_leaves(run: Run, sample: Path) -> None:
    lead(run, 2022, "can tho", "soc trang")
    made = json.loads(run("remove-member", "soc trang", "--until", "30/6/2022", "--json").out)
    assert [each["code"] for each in made["warnings"]] == ["deputy_left"]


def test_who_was_to_do_nothing_leaves_without_a_warning(run: Run, sample: Path) -> None:
    lead(run, 2022, "can tho", "soc trang")
    assert "Warning" not in run("remove-member", "ca mau", "--until", "31/12/2021").err


def test_the_deputys_successor_is_not_told_as_the_reason_why_nobody_leads() -> None:
    gone = Province("bac-lieu", "Bạc Liêu", None, date(2008, 8, 1), date(2025, 6, 30))
    came = Province("ca-mau-2025", "Cà Mau", None, date(2025, 7, 1))
    days = (date(2025, 7, 1), date(2025, 12, 31))
    term = Term(2025, *days, None, came, True, by="succession", deputy_after=gone)
    assert leading_words(term) == ("none", "Cà Mau (successor of Bạc Liêu)")
