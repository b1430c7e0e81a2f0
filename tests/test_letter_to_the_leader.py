"""The letter that asks for figures, where the leader itself owes them."""

import json
from pathlib import Path

from conftest import Answer, Run

HELD = {"HTX_NOW": "2021-08-05T08:00:00+07:00"}
ITSELF = "Warning: An Giang leads the cluster: the letter is from it to itself.\n"


def asked(run: Run, province: str, *options: object) -> Answer:
    """What is typed when the half-year is over and An Giang leads."""
    assert run("set-due", "quarter", 15, "--year", 2021, **HELD).exit == 0
    return run("remind", province, "--as-of", "20/4/2021", *options, **HELD)


def test_a_letter_of_the_leader_to_itself_is_warned_of(run: Run, sample: Path) -> None:
    answer = asked(run, "an giang")
    assert (answer.exit, answer.err) == (0, ITSELF)
    assert "Kính gửi: Liên minh Hợp tác xã An Giang\n" in answer.out


def test_the_warning_is_not_part_of_the_document(run: Run, sample: Path) -> None:
    answer = asked(run, "an giang", "--json")
    made = json.loads(answer.out)
    assert made["leader"] == made["province"]
    assert answer.err == ITSELF


def test_a_letter_to_another_province_bears_no_warning(run: Run, sample: Path) -> None:
    assert asked(run, "soc trang").err == ""
