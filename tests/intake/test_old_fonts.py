"""A text that was typed for an old font is known by what makes no sense in it as it stands."""

import shutil
import subprocess

import pytest
from hypothesis import given

from htx_cli.intake.files.old_text import decoded, font_of, redrawn, words_of
from htx_cli.intake.files.syllables import points
from tests.support.laws import tried
from tests.support.old_writers import LETTERS, PROVINCES, TCVN3, WORDS, tcvn3, texts, vni


def test_every_syllable_that_we_know_is_possible() -> None:
    assert [word for word in WORDS if not word.isascii() and points(word) < 1] == []
    assert [word for word in map(str.upper, WORDS) if not word.isascii() and points(word) < 1] == []


def test_every_province_is_a_known_word() -> None:
    names = [word for name in PROVINCES for word in name.split()]
    assert [word for word in names if not word.isascii() and points(word) < 3] == []


@pytest.mark.parametrize(
    "word",
    ["TØnh", "Caàn", "ngêi", "hõc", "mat̉", "qủa", "Hà́", "nghề̉", "Đăt", "HơÌ"],
)
def test_what_no_vietnamese_writes_is_impossible(word: str) -> None:
    assert points(word) == -2


@given(text=texts)
@tried(300)
def test_unicode_is_never_taken_for_an_old_font(text: str) -> None:
    assert font_of(words_of(text)) is None


@pytest.mark.parametrize(
    "text", ["Société générale à Genève", "Müller GmbH, Köln", "50 °C ± 2 «ok»"]
)
def test_other_languages_are_let_alone(text: str) -> None:
    assert font_of(words_of(text)) is None


def test_the_texts_of_a_sheet_are_repaired_together() -> None:
    cells = ["Tỉnh", "Chỉ tiêu", "Cần Thơ", "Hà Nội", "1a", "HTX"]
    for typed in (tcvn3, vni):
        font = font_of(word for cell in cells for word in words_of(typed(cell)))
        assert font == typed.__name__
        assert [redrawn(typed(cell), font) for cell in cells] == cells
        assert redrawn("\n".join(map(typed, cells)), font) == "\n".join(cells)


def test_the_fonts_have_every_letter() -> None:
    for word in (LETTERS, LETTERS.upper()):
        assert redrawn(vni(word), "vni") == word
    assert redrawn(tcvn3(LETTERS), "tcvn3") == LETTERS
    assert redrawn("¡¢£¤¥¦§", "tcvn3") == "ĂÂÊÔƠƯĐ"


@pytest.mark.skipif(not shutil.which("iconv"), reason="iconv is not here to compare with")
def test_tcvn3_is_the_upper_half_of_the_standard_as_iconv_has_it() -> None:
    written = "".join(TCVN3.values()).encode("cp1252")
    made = subprocess.run(
        ["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"], input=written, capture_output=True, check=True
    )
    assert decoded(written, "tcvn3") == made.stdout.decode() == "".join(TCVN3)
