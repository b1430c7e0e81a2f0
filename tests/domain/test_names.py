"""Which province, cluster or target a text means; nothing is guessed."""

import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from htx_cli.actions import book as setup
from htx_cli.actions import known
from htx_cli.book.journal import Put
from htx_cli.domain.membership import Membership
from htx_cli.domain.model import Cluster, Member, Province, Succession, Target
from htx_cli.domain.names import Known, Register, Setup, find_cluster
from htx_cli.domain.targets import Kind
from htx_cli.text.errors import NotFound
from tests.support.books import book
from tests.support.laws import tried

IN_2000, IN_2021, IN_2024 = date(2000, 1, 1), date(2021, 6, 30), date(2024, 1, 1)
BEFORE, AFTER, IN_2026 = date(2025, 6, 30), date(2025, 7, 1), date(2026, 1, 1)
law = tried()


def refusal(find: Callable[[], object]) -> tuple[str, dict[str, object]]:
    """The code and the values with which it is not found."""
    with pytest.raises(NotFound) as refused:
        find()
    return refused.value.code, dict(refused.value.values)


def register() -> Register:
    """The provinces and aliases that a new book gets."""
    writes = [write for write in setup.register() if isinstance(write, Put)]
    provinces = []
    for record in (write.record for write in writes if write.table == "provinces"):
        first, last = date.fromisoformat(record["first_day"]), record["last_day"]
        last_day = date.fromisoformat(last) if last else None
        provinces.append(Province(record["id"], record["name"], record["code"], first, last_day))
    aliases = [write.record for write in writes if write.table == "aliases"]
    by_id = {province.id: province for province in provinces}
    went = [
        Succession(
            by_id[each["predecessor"]],
            by_id[each["successor"]],
            date.fromisoformat(each["day"]),
            each["kind"],
        )
        for each in (write.record for write in writes if write.table == "successions")
    ]
    spelt = [(each["alias"], each["province"]) for each in aliases]
    return Register.of(provinces, spelt, lambda: went)


REGISTER = register()


# -- provinces -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "on", "id"),
    [
        # a name means the unit that bears it on that day
        ("Cần Thơ", IN_2024, "can-tho"),
        ("Cần Thơ", BEFORE, "can-tho"),
        ("Cần Thơ", AFTER, "can-tho-2025"),
        ("Cần Thơ", IN_2026, "can-tho-2025"),
        ("Hà Nội", IN_2021, "ha-noi"),
        ("Hà Nội", IN_2026, "ha-noi"),
        ("Sóc Trăng", IN_2021, "soc-trang"),
        # in any spelling
        ("can tho", IN_2024, "can-tho"),
        ("TP. Cần Thơ", IN_2026, "can-tho-2025"),
        ("Liên minh Hợp tác xã thành phố Cần Thơ", IN_2024, "can-tho"),
        ("SOC TRANG", IN_2021, "soc-trang"),
        ("tỉnh Sóc Trăng", IN_2021, "soc-trang"),
        ("Liên minh HTX tỉnh Sóc Trăng", IN_2021, "soc-trang"),
        (unicodedata.normalize("NFD", "Sóc Trăng"), IN_2021, "soc-trang"),
        ("Hoà Bình", IN_2021, "hoa-binh"),
        ("Bà Rịa – Vũng Tàu", IN_2021, "ba-ria-vung-tau"),
        # Huế was Thừa Thiên Huế to the end of 2024; either name means the unit of the day
        ("Thừa Thiên Huế", IN_2021, "thua-thien-hue"),
        ("Huế", IN_2021, "thua-thien-hue"),
        ("TT Huế", date(2024, 12, 31), "thua-thien-hue"),
        ("Thừa Thiên - Huế", date(2024, 12, 31), "thua-thien-hue"),
        ("Huế", date(2025, 1, 1), "hue"),
        ("Thừa Thiên Huế", date(2025, 1, 1), "hue"),
        ("Thành phố Huế", IN_2026, "hue"),
        # other spellings that the register knows
        ("TP.HCM", IN_2021, "ho-chi-minh"),
        ("TPHCM", IN_2026, "ho-chi-minh-2025"),
        ("Sài Gòn", IN_2021, "ho-chi-minh"),
        ("Đắc Lắc", IN_2021, "dak-lak"),
        ("Đăk Lăk", IN_2026, "dak-lak-2025"),
        ("BR-VT", IN_2021, "ba-ria-vung-tau"),
        # ids
        ("can-tho", IN_2024, "can-tho"),
        ("SOC-TRANG", IN_2021, "soc-trang"),
        (" soc-trang ", IN_2021, "soc-trang"),
        ("can-tho-2025", IN_2026, "can-tho-2025"),
        ("Can-Tho-2025", AFTER, "can-tho-2025"),
        ("can-tho", IN_2026, "can-tho-2025"),  # without a year it is a spelling of the name
        ("can-tho-2025", date(2025, 1, 1), "can-tho-2025"),  # with one it means that unit only
    ],
)
def test_a_text_means_the_province_of_that_day(text: str, on: date, id: str) -> None:
    assert REGISTER.find(text, on).id == id


@pytest.mark.parametrize("on", [IN_2021, IN_2024, BEFORE, AFTER, IN_2026], ids=str)
def test_every_province_of_a_day_is_found_by_its_name_and_by_its_id(on: date) -> None:
    alive = [province for province in REGISTER.all if province.valid_on(on)]
    assert [REGISTER.find(province.name, on) for province in alive] == alive
    assert [REGISTER.find(province.id, on) for province in alive] == alive


def test_a_book_finds_what_its_register_has(empty_book: Path) -> None:
    with book(empty_book).reading() as connection:
        provinces = known(connection).provinces
    assert {province.id for province in provinces.all} == set(REGISTER.by_id)
    for text in ("soc trang", "TP. Cần Thơ", "Huế", "Sài Gòn", "can-tho-2025"):
        assert provinces.find(text, IN_2021) == REGISTER.find(text, IN_2021)


@pytest.mark.parametrize(
    ("text", "on", "first"),
    [
        ("soc tran", IN_2021, "Sóc Trăng"),
        ("Sóc Trang Tỉnh", IN_2021, "Sóc Trăng"),
        ("cantoh", IN_2021, "Cần Thơ"),
        ("Kiêng Giang", IN_2021, "Kiên Giang"),
        ("an giangg", IN_2026, "An Giang"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest_of_that_day(
    text: str, on: date, first: str
) -> None:
    code, values = refusal(lambda: REGISTER.find(text, on))
    assert (code, values["name"]) == ("province_unknown_but", text)
    suggestions = values["suggestions"]
    assert isinstance(suggestions, list) and suggestions[0] == first
    assert all(REGISTER.find(name, on).name == name for name in suggestions)


@pytest.mark.parametrize("text", ["xyzzy", "", "  ", "—", "北京", "92", "all"])
def test_a_name_like_no_other_is_answered_without_a_suggestion(text: str) -> None:
    assert refusal(lambda: REGISTER.find(text, IN_2021)) == ("province_unknown", {"name": text})


@pytest.mark.parametrize(
    ("text", "on", "known"),
    [
        (
            "Cần Thơ",
            IN_2000,
            ["Cần Thơ (can-tho) from 01/08/2008", "Cần Thơ (can-tho-2025) from 01/07/2025"],
        ),
        ("soc trang", IN_2000, ["Sóc Trăng (soc-trang) from 01/08/2008"]),
    ],
)
def test_a_name_of_another_time_is_answered_with_when_each_unit_that_bore_it_began(
    text: str, on: date, known: list[str]
) -> None:
    code, values = refusal(lambda: REGISTER.find(text, on))
    assert isinstance(values["known"], list)
    told = [str(phrase) for phrase in values["known"]]
    assert (code, values["name"], told) == ("province_other_time", text, known)


def test_a_province_that_left_no_successor_is_answered_with_its_last_day() -> None:
    ended = Province("tan-an", "Tân An", None, IN_2000, IN_2021)
    code, values = refusal(lambda: Register.of([ended]).find("tân an", IN_2024))
    assert (code, str(values["known"][0])) == (  # type: ignore[index]
        "province_other_time",
        "Tân An (tan-an) until 30/06/2021",
    )


def test_a_province_that_is_no_more_is_answered_with_where_it_went() -> None:
    for text in ("soc trang", "soc-trang", "Tỉnh Sóc Trăng"):
        with pytest.raises(NotFound) as refused:
            REGISTER.find(text, IN_2026)
        assert str(refused.value) == (
            "Sóc Trăng went into Cần Thơ (can-tho-2025) on 01/07/2025. Ask for can-tho-2025;"
            " for Sóc Trăng only as of a day until 30/06/2025."
        )


def test_a_province_that_took_another_name_is_answered_with_that_name() -> None:
    old = Province("a", "Tân An", None, IN_2000, date(2021, 6, 29))
    new = Province("b", "Tân Bình", None, IN_2021)
    went = [Succession(old, new, IN_2021, "renamed")]
    with pytest.raises(NotFound) as refused:
        Register.of([old, new], (), lambda: went).find("tân an", IN_2024)
    assert str(refused.value) == (
        "Tân An has been called Tân Bình (b) since 30/06/2021. Ask for b;"
        " for Tân An only as of a day until 29/06/2021."
    )


def test_a_province_whose_successor_went_on_is_answered_with_the_last_of_them() -> None:
    one = Province("a", "A", None, IN_2000, date(2010, 12, 31))
    two = Province("b", "B", None, date(2011, 1, 1), date(2015, 12, 31))
    three = Province("c", "C", None, date(2016, 1, 1))
    went = [Succession(one, two, two.first_day), Succession(two, three, three.first_day)]
    provinces = Register.of([one, two, three], (), lambda: went)
    code, values = refusal(lambda: provinces.find("A", IN_2021))
    assert (code, values["id"], values["eve"]) == ("province_gone", "c", date(2010, 12, 31))
    assert refusal(lambda: provinces.find("A", date(2012, 1, 1)))[1]["id"] == "b"


def test_a_name_of_two_provinces_at_once_is_answered_with_both_and_an_id_tells_them_apart() -> None:
    one = Province("tan-an", "Tân An", None, IN_2000)
    other = Province("tan-an-2021", "Tấn An", None, date(2021, 1, 1))
    provinces = Register.of([one, other])
    matches = ["Tân An (tan-an)", "Tấn An (tan-an-2021)"]
    values = {"name": "tan an", "matches": matches}
    assert refusal(lambda: provinces.find("tan an", IN_2021)) == ("province_ambiguous", values)
    assert provinces.find("tan an", date(2020, 12, 31)) == one
    assert provinces.find("tan-an", IN_2021) == one
    assert provinces.find("tan-an-2021", IN_2021) == other


def test_an_alias_that_repeats_the_name_makes_no_second_match() -> None:
    one = Province("tan-an", "Tân An", None, IN_2000)
    provinces = Register.of([one], [("Tan An", "tan-an"), ("T. An", "tan-an")])
    assert provinces.find("Tân An", IN_2021) == provinces.find("t an", IN_2021) == one


# -- clusters --------------------------------------------------------------------------------------

HAU = Cluster("tay-nam-song-hau", "Cụm thi đua Liên minh HTX các tỉnh Tây Nam sông Hậu")
DONG = Cluster("dong-nam-bo", "Cụm thi đua Đông Nam Bộ")
THREE = Cluster("cum-3", "Cụm 3")


@pytest.mark.parametrize(
    ("named", "clusters", "found"),
    [
        (None, [HAU], HAU),
        ("tay-nam-song-hau", [HAU, DONG, THREE], HAU),
        ("TAY-NAM-SONG-HAU", [HAU, DONG, THREE], HAU),
        ("Tây Nam sông Hậu", [HAU, DONG, THREE], HAU),
        ("Cụm thi đua Đông Nam Bộ", [HAU, DONG, THREE], DONG),
        ("cum thi dua dong nam bo", [HAU, DONG, THREE], DONG),
        (unicodedata.normalize("NFD", "Cụm thi đua Đông Nam Bộ"), [HAU, DONG, THREE], DONG),
        ("đông nam", [HAU, DONG, THREE], DONG),  # a part of one name only
        ("cụm 3", [HAU, DONG, THREE], THREE),
        ("sông Hậu", [HAU], HAU),
    ],
)
def test_a_cluster_is_found(named: str | None, clusters: list[Cluster], found: Cluster) -> None:
    assert find_cluster(named, clusters) == found


@pytest.mark.parametrize(
    ("named", "clusters", "code", "values"),
    [
        (None, [], "cluster_none", {}),
        ("x", [], "cluster_none", {}),
        (None, [HAU, DONG], "cluster_needed", {"known": ["tay-nam-song-hau", "dong-nam-bo"]}),
        ("x", [DONG], "cluster_unknown", {"name": "x", "known": ["dong-nam-bo"]}),
        ("", [DONG], "cluster_unknown", {"name": "", "known": ["dong-nam-bo"]}),
        ("—", [DONG], "cluster_unknown", {"name": "—", "known": ["dong-nam-bo"]}),
        (
            "cụm thi đua",  # a part of two names
            [HAU, DONG],
            "cluster_unknown",
            {"name": "cụm thi đua", "known": ["tay-nam-song-hau", "dong-nam-bo"]},
        ),
    ],
)
def test_a_cluster_that_is_not_there_or_not_clear_is_not_guessed(
    named: str | None, clusters: list[Cluster], code: str, values: dict[str, object]
) -> None:
    assert refusal(lambda: find_cluster(named, clusters)) == (code, values)


# -- targets ---------------------------------------------------------------------------------------


def signed(year: int, *codes: str) -> Setup:
    """A year with these targets."""
    targets = {code: Target(year, code, f"Title of {code}", Kind.TRACKED) for code in codes}
    return Setup(HAU, year, targets, {})


def book_of(*years: Setup) -> Known:
    """What a book with these years knows; a year that is not among them is empty."""
    by_year = {setup.year: setup for setup in years}
    return Known(
        REGISTER,
        [HAU],
        load_setup=lambda cluster, year: by_year.get(year, Setup(cluster, year, {}, {})),
        load_membership=lambda cluster: Membership(()),
        load_bases=lambda cluster, target: {},
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1a", "1a"),
        (" 1a ", "1a"),
        ("1A", "1A"),  # exactly this one
        ("8B", "8b"),
        ("Đ1", "đ1"),
        (unicodedata.normalize("NFD", "chỉ-tiêu"), "chỉ-tiêu"),
        (unicodedata.normalize("NFD", "CHỈ-TIÊU"), "chỉ-tiêu"),
    ],
)
def test_a_target_is_found_by_its_code_in_any_case(text: str, code: str) -> None:
    assert signed(2021, "1a", "1A", "8b", "đ1", "chỉ-tiêu").find(text).code == code


@pytest.mark.parametrize(
    ("years", "text", "code", "values"),
    [
        ([signed(2022)], "1a", "year_empty", {"year": "2022"}),
        (
            [signed(2022, "1", "2", "10")],
            "7",
            "target_unknown",
            {"code": "7", "year": "2022", "known": ["1", "2", "10"]},
        ),
        (
            [signed(2022, "new-htx", "new-unions", "5")],
            "newhtx",
            "target_unknown_but",
            {"code": "newhtx", "year": "2022", "suggestions": ["new-htx"]},
        ),
        # a neighbouring year has it: the year before first
        (
            [signed(2022, "2"), signed(2021, "1a")],
            "1a",
            "target_other_year",
            {"code": "1a", "year": "2022", "other": "2021"},
        ),
        (
            [signed(2022, "2"), signed(2023, "1a")],
            "1a",
            "target_other_year",
            {"code": "1a", "year": "2022", "other": "2023"},
        ),
        (
            [signed(2022, "2"), signed(2023, "1a"), signed(2021, "1a")],
            "1a",
            "target_other_year",
            {"code": "1a", "year": "2022", "other": "2021"},
        ),
        (
            [signed(2022, "1b"), signed(2021, "1a")],
            "1A",  # in any case of letters there too
            "target_other_year",
            {"code": "1A", "year": "2022", "other": "2021"},
        ),
        (
            [signed(2022), signed(2021, "1a")],  # January: the pact of 2022 is not signed yet
            "1a",
            "target_other_year",
            {"code": "1a", "year": "2022", "other": "2021"},
        ),
        (
            [signed(2022, "2"), signed(2019, "1a")],  # no neighbour
            "1a",
            "target_unknown",
            {"code": "1a", "year": "2022", "known": ["2"]},
        ),
    ],
)
def test_a_target_that_is_not_there_is_answered_with_what_is(
    years: list[Setup], text: str, code: str, values: dict[str, object]
) -> None:
    assert refusal(lambda: book_of(*years).target(HAU, 2022, text)) == (code, values)


# -- what a book knows -----------------------------------------------------------------------------


def test_members_of_a_day_stand_in_vietnamese_order() -> None:
    seats = ["soc-trang", "can-tho", "bac-lieu", "ca-mau", "an-giang"]
    members = [Member(REGISTER.by_id[id], at, IN_2000) for at, id in enumerate(seats, 1)]
    members[0] = Member(REGISTER.by_id["soc-trang"], 1, IN_2000, date(2021, 6, 29))
    here = Known(
        REGISTER,
        [HAU],
        lambda c, y: signed(y),
        lambda c: Membership(tuple(members)),
        lambda c, t: {},
    )
    names = ["An Giang", "Bạc Liêu", "Cà Mau", "Cần Thơ"]
    assert [province.name for province in here.members(HAU, IN_2021)] == names
    assert [p.name for p in here.members(HAU, date(2021, 6, 29))] == [*names, "Sóc Trăng"]


def test_each_year_and_the_bases_of_a_target_are_loaded_once() -> None:
    asked: list[object] = []

    def load_setup(cluster: Cluster, year: int) -> Setup:
        asked.append((cluster.id, year))
        return signed(year, "1a")

    def load_bases(cluster: Cluster, target: Target) -> dict[str | None, Decimal]:
        asked.append(target.code)
        return {"can-tho": Decimal(160)}

    here = Known(REGISTER, [HAU], load_setup, lambda cluster: Membership(()), load_bases)
    for _ in range(2):
        target = here.target(HAU, 2021, "1a")
        assert here.base(HAU, target, "can-tho") == Decimal(160)
        assert here.base(HAU, target, None) is None
    assert asked == [(HAU.id, 2021), "1a"]


@law
@given(st.text(max_size=12), st.dates(date(2008, 8, 1), date(2030, 1, 1)))
def test_any_text_is_a_province_of_that_day_or_not_found(text: str, on: date) -> None:
    try:
        found = REGISTER.find(text, on)
    except NotFound:
        return
    assert found.valid_on(on) or found.id[-1].isdigit()
