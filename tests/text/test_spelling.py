"""Names of provinces in any spelling, and the order of the Vietnamese alphabet."""

import unicodedata
from collections.abc import Callable
from importlib.resources import files
from tomllib import loads

import pytest
from hypothesis import given
from hypothesis import strategies as st

from htx_cli.text.vietnamese import folded, name_key, natural_key, nearest, slug, sort_key, tidy
from tests.support.laws import tried

law = tried()


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


# The provinces of 2021 in the order of the Vietnamese alphabet, syllable by syllable.
IN_ORDER = [
    *["An Giang", "Bà Rịa - Vũng Tàu", "Bạc Liêu", "Bắc Giang", "Bắc Kạn", "Bắc Ninh", "Bến Tre"],
    *["Bình Dương", "Bình Định", "Bình Phước", "Bình Thuận", "Cà Mau", "Cao Bằng", "Cần Thơ"],
    *["Đà Nẵng", "Đắk Lắk", "Đắk Nông", "Điện Biên", "Đồng Nai", "Đồng Tháp", "Gia Lai"],
    *["Hà Giang", "Hà Nam", "Hà Nội", "Hà Tĩnh", "Hải Dương", "Hải Phòng", "Hậu Giang"],
    *["Hòa Bình", "Hồ Chí Minh", "Hưng Yên", "Khánh Hòa", "Kiên Giang", "Kon Tum", "Lai Châu"],
    *["Lạng Sơn", "Lào Cai", "Lâm Đồng", "Long An", "Nam Định", "Nghệ An", "Ninh Bình"],
    *["Ninh Thuận", "Phú Thọ", "Phú Yên", "Quảng Bình", "Quảng Nam", "Quảng Ngãi", "Quảng Ninh"],
    *["Quảng Trị", "Sóc Trăng", "Sơn La", "Tây Ninh", "Thái Bình", "Thái Nguyên", "Thanh Hóa"],
    *["Thừa Thiên Huế", "Tiền Giang", "Trà Vinh", "Tuyên Quang", "Vĩnh Long", "Vĩnh Phúc"],
    "Yên Bái",
]


# -- names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đắk Lắk", "dak lak"),
        ("ĐẮK LẮK", "dak lak"),
        (nfd("Đắk Lắk"), "dak lak"),
        ("Bà Rịa - Vũng Tàu", "ba ria vung tau"),
        ("  Sóc \u00a0 Trăng\t", "soc trang"),
        ("TP. Cần Thơ", "tp can tho"),
        ("8a/2021", "8a 2021"),
        ("Ở ƠI ƯỚC Ữ", "o oi uoc u"),
        ("—", ""),
        ("", ""),
    ],
)
def test_a_folded_text_has_no_case_no_marks_and_single_spaces(text: str, expected: str) -> None:
    assert folded(text) == expected


SPELLINGS = {
    "soctrang": [
        "Sóc Trăng",
        "soc trang",
        "SOC TRANG",
        "SÓC TRĂNG",
        "sóc trăng",
        "soc-trang",
        "soctrang",
        "SocTrang",
        nfd("Sóc Trăng"),
        nfd("SÓC TRĂNG"),
        "  Sóc   Trăng ",
        "Sóc\u00a0Trăng",
        "tỉnh Sóc Trăng",
        "Tỉnh Sóc Trăng",
        "TỈNH SÓC TRĂNG",
        "Liên minh HTX tỉnh Sóc Trăng",
        "LIÊN MINH HTX TỈNH SÓC TRĂNG",
        "Liên minh HTX Sóc Trăng",
        "Liên minh Hợp tác xã tỉnh Sóc Trăng",
        "LMHTX tỉnh Sóc Trăng",
        "lien minh htx tinh soc trang",
        nfd("Liên minh HTX tỉnh Sóc Trăng"),
    ],
    "cantho": [
        "Cần Thơ",
        "TP. Cần Thơ",
        "Tp.Cần Thơ",
        "TP Cần Thơ",
        "T.P Cần Thơ",
        "T.P. Cần Thơ",
        "tp can tho",
        "thành phố Cần Thơ",
        "Thành phố Cần Thơ",
        "Liên minh Hợp tác xã thành phố Cần Thơ",
        "Liên minh HTX TP. Cần Thơ",
        nfd("Thành phố Cần Thơ"),
    ],
    "hoabinh": ["Hoà Bình", "Hòa Bình", "hoa binh", nfd("Hoà Bình"), nfd("Hòa Bình")],
    "khanhhoa": ["Khánh Hoà", "Khánh Hòa"],
    "thanhhoa": ["Thanh Hoá", "Thanh Hóa", "tỉnh Thanh Hóa"],
    "bariavungtau": [
        "Bà Rịa - Vũng Tàu",
        "Bà Rịa-Vũng Tàu",
        "Bà Rịa – Vũng Tàu",
        "Bà Rịa — Vũng Tàu",
        "Bà Rịa Vũng Tàu",
        "ba-ria-vung-tau",
    ],
    "thuathienhue": ["Thừa Thiên Huế", "Thừa Thiên - Huế", "tỉnh Thừa Thiên-Huế"],
    "daklak": ["Đắk Lắk", "Đăk Lăk", "đắk lắk", "Dak Lak", "ĐẮK LẮK"],
    "hochiminh": ["Hồ Chí Minh", "TP. Hồ Chí Minh", "Thành phố Hồ Chí Minh", "TP.Hồ Chí Minh"],
    # a word for a unit that names nothing stays
    "tinh": ["tỉnh", "Tỉnh "],
    "htx": ["HTX"],
    "": ["", " ", "—", "…"],
}


@pytest.mark.parametrize(
    ("text", "key"),
    [(text, key) for key, texts in SPELLINGS.items() for text in texts],
)
def test_every_spelling_of_a_name_has_one_key(text: str, key: str) -> None:
    assert name_key(text) == key


def test_the_names_of_a_day_have_keys_of_their_own() -> None:
    assert len({name_key(name) for name in IN_ORDER}) == len(IN_ORDER) == 63


PREFIXES = [
    *["", "tỉnh ", "Tỉnh ", "TP. ", "TP.", "tp ", "T.P ", "thành phố ", "Liên minh HTX ", "LMHTX "],
    *["Liên minh HTX tỉnh ", "Liên minh Hợp tác xã tỉnh ", "Liên minh HTX TP. "],
]
CASES: list[Callable[[str], str]] = [str, str.upper, str.lower, str.swapcase, str.casefold]
SPACES = [" ", "  ", "\u00a0", "\u2009", "\t", "-", " - ", " – "]


@law
@given(
    st.sampled_from(IN_ORDER),
    st.sampled_from(PREFIXES),
    st.sampled_from(CASES),
    st.sampled_from([nfc, nfd, folded]),
    st.sampled_from(SPACES),
)
def test_case_composition_prefix_and_spaces_do_not_change_the_key(
    name: str,
    prefix: str,
    case: Callable[[str], str],
    form: Callable[[str], str],
    space: str,
) -> None:
    assert name_key(form(case(prefix + name)).replace(" ", space)) == name_key(name)


@law
@given(st.text())
def test_a_key_is_plain_and_its_own_key(text: str) -> None:
    key = name_key(text)
    assert key.isascii() and key == key.lower() and not set(key) & set(" -._")
    assert name_key(key) == key


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tây Nam sông Hậu", "tay-nam-song-hau"),
        ("Cụm 3: Đông Nam Bộ", "cum-3-dong-nam-bo"),
        ("  Bà Rịa - Vũng Tàu ", "ba-ria-vung-tau"),
        ("…", ""),
    ],
)
def test_an_id_is_made_of_a_name(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (nfd("Sóc Trăng"), "Sóc Trăng"),
        (" Sóc \u00a0\u2009 Trăng\n", "Sóc Trăng"),
        ("", ""),
    ],
)
def test_a_tidy_text_is_composed_with_single_plain_spaces(text: str, expected: str) -> None:
    assert tidy(text) == expected


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("soc tran", ["Sóc Trăng"]),
        ("tỉnh Sóc Trang", ["Sóc Trăng"]),
        ("cantho", ["Cần Thơ"]),
        ("ha nooi", ["Hà Nội"]),
        ("xyzzy", []),
        ("", []),
        ("北京", []),
    ],
)
def test_the_best_of_the_nearest_names_comes_first(word: str, found: list[str]) -> None:
    assert nearest(word, IN_ORDER)[: len(found) or 1] == found


def test_at_most_three_names_are_near() -> None:
    assert len(nearest("quang n", IN_ORDER)) == 3
    assert nearest("1b", ["1a", "1B", "2"], str.casefold) == ["1B"]


# -- order -----------------------------------------------------------------------------------------


def test_the_provinces_of_2021_stand_in_vietnamese_order() -> None:
    register = loads((files("htx_cli") / "data" / "register.toml").read_text(encoding="utf-8"))
    of_2021 = [
        unit["name"]
        for group in register["groups"]
        if group["first_day"].year == 2008
        for unit in group["provinces"]
    ]
    assert sorted(of_2021, key=sort_key) == IN_ORDER
    assert sorted(map(nfd, reversed(of_2021)), key=sort_key) == [nfd(name) for name in IN_ORDER]
    assert sorted(map(str.upper, of_2021), key=sort_key) == [name.upper() for name in IN_ORDER]


@pytest.mark.parametrize(
    "in_order",
    [
        "a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y",
        "ma mà mả mã má mạ",  # ngang huyền hỏi ngã sắc nặng
        "mâ mầ mẩ mẫ mấ mậ",
        "mạ mai mài",  # letters first, then the tone
        "mạ mă mằ mặ mâ mẫ",
        "Hà_Nội Hải_Dương",  # the syllable Hà before Hải
        "Bà_Rịa Bạc_Liêu Bắc_Giang",
        "Dương Đà_Nẵng Đắk_Lắk E",
        "Cao_Bằng Cần_Thơ Đắk_Lắk",
        "Hà Hà_Nội Hà_Nội_A",
        "2 A a1 b",
        "hoa hòa hoan hoàn",
    ],
)
def test_letters_come_before_tones_and_syllable_before_syllable(in_order: str) -> None:
    words = [word.replace("_", " ") for word in in_order.split()]
    backwards = words[::-1]
    assert sorted(backwards, key=sort_key) == words
    assert len({sort_key(word) for word in words}) == len(words)


@law
@given(st.lists(st.text(alphabet="aăâbdđeêoôơuưàảãáạằặấậ -–1ẤĐ\u0301\u0323漢"), max_size=6))
def test_any_texts_can_be_ordered_and_equal_ones_stand_together(texts: list[str]) -> None:
    in_order = sorted(map(sort_key, texts))
    assert in_order == sorted(map(sort_key, texts[::-1]))
    for text in texts:
        assert sort_key(text) == sort_key(nfd(text)) == sort_key(nfc(text)) == sort_key(f" {text} ")


@pytest.mark.parametrize(
    "in_order",
    ["1 1a 1b 2 3 10 10a 11", "1.2 1.10", "8a 8B 8c", "2 a", "a2 a10 b1", "1-2 1-10"],
)
def test_codes_are_ordered_as_people_count(in_order: str) -> None:
    codes = in_order.split()
    backwards = codes[::-1]
    assert sorted(backwards, key=natural_key) == codes


def test_any_two_codes_can_be_compared() -> None:
    codes = ["", "1", "a", "²", "1a", "a1", "١", "-", "1."]
    assert len(sorted(codes, key=natural_key)) == len(codes)
