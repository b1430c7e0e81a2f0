"""Whom the letter that asks for figures is from and to, also where the leader itself owes them."""

import json
from datetime import date
from pathlib import Path

import pytest

from htx_cli.book import read
from htx_cli.output.wording.due import alliance
from htx_cli.text.words import speaking
from tests.support.books import book
from tests.support.commands import Answer, Run

HELD = {"HTX_NOW": "2021-08-05T08:00:00+07:00"}
ITSELF = "Warning: An Giang leads the cluster: the letter is from it to itself.\n"


def asked(run: Run, province: str, *options: object) -> Answer:
    """What is typed when the half-year is over and An Giang leads."""
    assert run("set-due", "quarter", 15, "--year", 2021, **HELD).exit == 0
    return run("remind", province, "--as-of", "20/4/2021", *options, **HELD)


def test_a_letter_of_the_leader_to_itself_is_warned_of(run: Run, sample: Path) -> None:
    answer = asked(run, "an giang")
    assert (answer.exit, answer.err) == (0, ITSELF)
    assert "Kính gửi: Liên minh Hợp tác xã tỉnh An Giang\n" in answer.out


def test_the_warning_is_not_part_of_the_document(run: Run, sample: Path) -> None:
    answer = asked(run, "an giang", "--json")
    made = json.loads(answer.out)
    assert made["leader"] == made["province"]
    assert answer.err == ITSELF


def test_a_letter_to_another_province_bears_no_warning(run: Run, sample: Path) -> None:
    assert asked(run, "soc trang").err == ""


def test_a_letter_says_of_each_unit_what_it_is(run: Run, sample: Path) -> None:
    letter = asked(run, "can tho").out.splitlines()
    assert [line for line in letter if "Liên minh Hợp tác xã" in line] == [
        "Cụm trưởng: Liên minh Hợp tác xã tỉnh An Giang",
        "Kính gửi: Liên minh Hợp tác xã thành phố Cần Thơ",
    ]


@pytest.mark.parametrize(
    ("day", "cities"),
    [
        (date(2024, 12, 31), "can-tho da-nang ha-noi hai-phong ho-chi-minh"),
        (date(2025, 1, 1), "can-tho da-nang ha-noi hai-phong ho-chi-minh hue"),
        (
            date(2025, 7, 1),
            "can-tho-2025 da-nang-2025 ha-noi hai-phong-2025 ho-chi-minh-2025 hue",
        ),
    ],
)
def test_the_centrally_run_cities_of_a_day(empty_book: Path, day: date, cities: str) -> None:
    with book(empty_book).reading() as connection:
        found = [p.id for p in read.provinces(connection) if p.is_city and p.valid_on(day)]
    assert " ".join(sorted(found)) == cities


@pytest.mark.parametrize(
    ("id", "addressed"),
    [
        ("ca-mau-2025", "Liên minh Hợp tác xã tỉnh Cà Mau"),
        ("can-tho-2025", "Liên minh Hợp tác xã thành phố Cần Thơ"),
        ("ho-chi-minh", "Liên minh Hợp tác xã Thành phố Hồ Chí Minh"),
        ("thua-thien-hue", "Liên minh Hợp tác xã tỉnh Thừa Thiên Huế"),
        ("hue", "Liên minh Hợp tác xã thành phố Huế"),
        ("khoi-so", "Liên minh Hợp tác xã Khối Sở"),
    ],
)
def test_an_alliance_is_addressed_as_of_a_province_or_a_city(
    run: Run, fresh: Path, id: str, addressed: str
) -> None:
    assert run("add-province", "Khối Sở", "--since", 2020).exit == 0
    with book(fresh).reading() as connection, speaking("vi"):
        [province] = [each for each in read.provinces(connection) if each.id == id]
        assert alliance(province) == addressed
