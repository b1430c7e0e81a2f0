"""The register of provinces: the 63, the 34 and the map between them, each fact with its source.

It is compared with `vietnamadminunits`, whose data files are read without importing the package:
that would take a third of a second and bring numpy along.
"""

import json
import re
import tomllib
import unicodedata
from collections import Counter
from datetime import date, timedelta
from importlib.metadata import distribution
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest

REGISTER: dict[str, Any] = tomllib.loads(
    (files("htx_cli") / "data" / "register.toml").read_text(encoding="utf-8")
)

IN_2021 = date(2021, 6, 30)
BEFORE_THE_MERGER = date(2025, 6, 30)
MERGER = date(2025, 7, 1)

# Lists of "the 63" show the state of mid-2025, when Thừa Thiên Huế had been Huế for half a year.
KNOWN_ERROR_FOR_2021 = {"Huế": "Thừa Thiên Huế"}


class Province(NamedTuple):
    id: str
    name: str
    code: str
    first_day: date
    last_day: date = date.max


PROVINCES = [
    Province(**entry, **{key: group[key] for key in ("first_day", "last_day") if key in group})
    for group in REGISTER["groups"]
    for entry in group["provinces"]
]
BY_ID = {province.id: province for province in PROVINCES}


def valid_on(day: date) -> list[Province]:
    return [province for province in PROVINCES if province.first_day <= day <= province.last_day]


def codes_on(day: date) -> dict[str, str]:
    """Code -> name."""
    return {province.code: province.name for province in valid_on(day)}


def origins(kind: str) -> dict[str, list[str]]:
    """Id of each unit that came of others -> the ids of these."""
    return {
        unit["to"]: unit["from"]
        for succession in REGISTER["successions"]
        if succession["kind"] == kind
        for unit in succession["units"]
    }


def fold(name: str) -> str:
    """Only the letters and digits, without case and marks."""
    marked = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return re.sub("[^a-z0-9]", "", marked)


def oracle(file: str) -> dict[str, Any]:
    """Read the provinces in a data file of vietnamadminunits, by its own keys."""
    path = distribution("vietnamadminunits").locate_file(f"vietnamadminunits/data/{file}.json")
    provinces: dict[str, Any] = json.loads(Path(str(path)).read_bytes())["DICT_PROVINCE"]
    return provinces


def oracle_codes(file: str) -> dict[str, str]:
    """Code -> name."""
    return {unit["provinceCode"]: unit["provinceShort"] for unit in oracle(file).values()}


def test_the_names_and_codes_before_the_merger_are_the_oracles() -> None:
    assert codes_on(BEFORE_THE_MERGER) == oracle_codes("parser_legacy")


def test_the_names_and_codes_of_2021_are_the_oracles_but_for_its_known_error() -> None:
    assert codes_on(IN_2021) == {
        code: KNOWN_ERROR_FOR_2021.get(name, name)
        for code, name in oracle_codes("parser_legacy").items()
    }


def test_the_names_and_codes_since_the_merger_are_the_oracles() -> None:
    assert codes_on(MERGER) == oracle_codes("parser_from_2025")


def test_the_whole_map_from_old_to_new_is_the_oracles() -> None:
    old, new = oracle("parser_legacy"), oracle("parser_from_2025")
    merged = origins("merged")
    assert {
        unit.name: {BY_ID[part].name for part in merged.get(unit.id, [unit.id])}
        for unit in valid_on(MERGER)
    } == {
        new[unit]["provinceShort"]: {old[part]["provinceShort"] for part in parts}
        for unit, parts in oracle("converter_2025").items()
    }


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2008, 7, 31), 0),
        (date(2008, 8, 1), 63),
        (IN_2021, 63),
        (date(2024, 12, 31), 63),
        (date(2025, 1, 1), 63),
        (BEFORE_THE_MERGER, 63),
        (MERGER, 34),
    ],
)
def test_on_any_day_there_are_so_many_provinces_and_no_two_share_a_name_or_code(
    day: date, count: int
) -> None:
    provinces = valid_on(day)
    assert len(provinces) == count
    assert len({province.name for province in provinces}) == count
    assert len({province.code for province in provinces}) == count


def test_eleven_are_unchanged_seventeen_come_of_two_and_six_of_three() -> None:
    merged = origins("merged")
    assert Counter(len(merged.get(unit.id, [unit.id])) for unit in valid_on(MERGER)) == {
        1: 11,
        2: 17,
        3: 6,
    }


def test_thua_thien_hue_alone_was_renamed() -> None:
    assert origins("renamed") == {"hue": ["thua-thien-hue"]}


def test_every_unit_that_ended_goes_to_exactly_one_other_on_the_next_day() -> None:
    steps = [
        (part, BY_ID[part].last_day + timedelta(days=1), BY_ID[unit["to"]].first_day)
        for succession in REGISTER["successions"]
        for unit in succession["units"]
        for part in unit["from"]
    ]
    ended = [province.id for province in PROVINCES if province.last_day != date.max]
    assert sorted(part for part, _, _ in steps) == sorted(ended)
    assert [part for part, after, first_day in steps if after != first_day] == []
    assert {step["on"]: step["kind"] for step in REGISTER["successions"]} == {
        date(2025, 1, 1): "renamed",
        MERGER: "merged",
    }


def test_seven_codes_mean_another_province_since_the_merger() -> None:
    before, since = codes_on(BEFORE_THE_MERGER), codes_on(MERGER)
    assert {code: (before[code], name) for code, name in since.items() if name != before[code]} == {
        "15": ("Yên Bái", "Lào Cai"),
        "24": ("Bắc Giang", "Bắc Ninh"),
        "44": ("Quảng Bình", "Quảng Trị"),
        "52": ("Bình Định", "Gia Lai"),
        "80": ("Long An", "Tây Ninh"),
        "82": ("Tiền Giang", "Đồng Tháp"),
        "91": ("Kiên Giang", "An Giang"),
    }


def test_ids_are_unique_and_are_the_name_without_marks_with_the_year_of_the_merger() -> None:
    assert len(BY_ID) == len(PROVINCES) == 63 + 1 + 23
    merged = origins("merged")
    assert [province.id.replace("-", "") for province in PROVINCES] == [
        fold(province.name) + ("2025" if province.id in merged else "") for province in PROVINCES
    ]


def test_names_and_aliases_are_nfc() -> None:
    written = [*(province.name for province in PROVINCES), *REGISTER["aliases"]]
    assert written == [unicodedata.normalize("NFC", name) for name in written]


def test_every_name_code_and_date_bears_a_source_and_no_source_is_unused() -> None:
    used = {succession["source"] for succession in REGISTER["successions"]}
    for group in REGISTER["groups"]:
        dates = {key for key in group if key.endswith("_day")}
        borne = {f"{fact}_source" for fact in {"name", "code"} | dates}
        assert set(group) == {"provinces"} | dates | borne
        used |= {group[key] for key in borne}
    assert used == set(REGISTER["sources"])


def test_the_edition_is_the_day_of_the_latest_change() -> None:
    assert REGISTER["edition"] == max(province.first_day for province in PROVINCES).isoformat()


def test_an_alias_says_what_folding_does_not_and_could_mean_no_other_province() -> None:
    folded = [fold(alias) for alias in REGISTER["aliases"]]
    assert sorted(folded) == sorted(set(folded))
    for alias, ids in REGISTER["aliases"].items():
        meant = [BY_ID[key] for key in ids]
        named = [province for province in PROVINCES if fold(province.name) == fold(alias)]
        periods = sorted((unit.first_day, unit.last_day) for unit in [*meant, *named])
        assert not set(meant) & set(named), alias
        assert all(former[1] < latter[0] for former, latter in pairwise(periods)), alias
