"""Recording and withdrawing figures, one by one: what is kept, and what is refused in one sentence."""

import json
from pathlib import Path

import pytest

from tests.support.commands import Answer, Run, cell


@pytest.mark.parametrize(
    ("typed", "said", "expected"),
    [
        (["1a", "21"], "20 → 21", (21, None, None)),
        (["2", "125", "--of", "200"], "120 / 200 → 125 / 200", (125, 200, 62.5)),
        (["2", "62%"], "120 / 200 → 62%", (None, None, 62)),
        (["3", "180", "--base", "150"], "176 → 180; base 150", (180, None, 20)),
        (["3", "-5%"], "176 → -5%", (None, None, -5)),
        (["4", "13.600", "--numbers", "vi"], "13,500 → 13,600", (13600, None, 8.8)),
        (["4", "1.234,5"], "13,500 → 1,234.5", (1234.5, None, -90.124)),
        (["8a", "không"], "yes → no", (False, None, None)),
        (["8a", "CHƯA"], "yes → no", (False, None, None)),
        (["htx", "201", "--of", "290"], "200 / 290 → 201 / 290", (201, 290, 69.310345)),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_every_kind_of_figure_is_recorded_and_a_correction_says_what_it_replaced(
    run: Run, sample: Path, typed: list[str], said: str, expected: tuple[object, ...]
) -> None:
    answer = run("record", "can tho", *typed, "--as-of", "31/12/2021", "--source", "BC 12")
    assert answer.exit == 0
    paper = "source “Số liệu minh họa” → “BC 12”"
    assert f"{typed[0]} as of 31/12/2021: {said}; {paper}  (htx undo 33)" in answer.err
    made = cell(run, "can tho", typed[0])
    assert (made["value"], made["of"], made["rate"]) == expected
    assert (made["source"], made["change"]) == ("BC 12", 33)


@pytest.mark.parametrize(
    ("typed", "exit", "message"),
    [
        (["soc tran", "1a", "5"], 3, "No province is called “soc tran”. Did you mean Sóc Trăng?"),
        (["can tho", "8c", "x"], 3, "There is no target “8c” in 2021. The year has: 1a, 1b, 2, 3, 4, 5, 6, 7, 8a, 8b, 9, htx."),
        (["can tho", "1a", "-5"], 4, "1a is -5, but it cannot be below 0."),
        (["can tho", "1a", "NaN"], 4, "“NaN” is not a number. Write for example 1234.5 or 1.234,5."),
        (["can tho", "1a", "1e309"], 4, "“1e309” is not a number. Write for example 1234.5 or 1.234,5."),
        (["can tho", "1a", "١٢"], 4, "“١٢” is not a number. Write for example 1234.5 or 1.234,5."),
        (["can tho", "1a", "1234567890123456"], 4, "“1234567890123456” has more than 15 digits. Figures are kept exactly up to 15."),
        (["can tho", "2", "160", "--of", "150"], 4, "The value 160 is above the 150 that it is a part of."),
        (["can tho", "8a", "maybe"], 4, "“maybe” is neither yes nor no. Write yes (có, đạt, x, ✓) or no (không, chưa)."),
        (["can tho", "1a", "5", "--as-of", "30/2/2021"], 2, "“30/2/2021” is a day that the calendar does not have."),
        (["can tho", "1a", "5", "--as-of", "30/6/2020"], 4, "30/06/2020 is not a day of 2021."),
        (["can tho", "1a", "5", "--note", "a\x07"], 4, "“a\\x07” has a control character in it. Write it on one line, without any."),
        (["Hà Nội", "1a", "5"], 4, "Hà Nội is not a member of the cluster on 31/12/2021. Members are: An Giang, Bạc Liêu, Cà Mau, Cần Thơ, Hậu Giang, Kiên Giang, Sóc Trăng."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_a_figure_that_cannot_be_is_refused_in_one_sentence(
    run: Run, sample: Path, typed: list[str], exit: int, message: str
) -> None:
    before = sample.read_bytes()
    assert run("record", *typed, "--year", 2021) == Answer(exit, "", f"htx: {message}\n")
    assert sample.read_bytes() == before


def test_a_figure_of_the_whole_cluster_is_recorded_under_all(run: Run, sample: Path) -> None:
    assert run("record", "all", "htx", 700, "--of", 1100, "--year", 2021).exit == 0
    assert run("record", "toàn cụm", "htx", 701, "--of", 1100, "--year", 2021).exit == 0
    report = json.loads(run("report", "--year", 2021, "--json").out)
    [made] = [t for t in report["targets"] if t["code"] == "htx"]
    assert (made["value"], made["from_whole"], made["differs"]) == (701, True, 810)
    refused = run("record", "all", "1a", 700, "--year", 2021)
    assert refused.exit == 4


def test_withdraw_takes_a_figure_back_and_names_what_would_do(run: Run, sample: Path) -> None:
    typed = ("withdraw", "soc trang", "1a", "--as-of", "31/12/2021")
    assert (
        run(*typed).err == "Change 33: Sóc Trăng 1a as of 31/12/2021: 24 withdrawn  (htx undo 33)\n"
    )
    assert cell(run, "soc trang", "1a")["as_of"] == "2021-06-30"
    assert run(*typed) == Answer(
        3,
        "",
        "htx: Sóc Trăng has no actual figure for 1a as of 31/12/2021. It has: 30/06/2021 (actual).\n",
    )
