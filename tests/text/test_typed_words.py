"""Yes and no, actual and estimate, lines of text and codes as people type them."""

import unicodedata

import pytest

from htx_cli.text.errors import Rejected
from htx_cli.text.vietnamese import code, is_estimate, text_line, yes_no

# -- yes and no, actual and estimate ---------------------------------------------------------------


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


YES = ["yes", "y", "true", "có", "co", "đạt", "dat", "đã có", "da co", "rồi", "roi", "x", "✓", "✔"]
NO = [
    *["no", "n", "false", "không", "khong", "chưa", "chua", "không đạt", "khong dat"],
    *["chưa đạt", "chua dat", "không có", "khong co", "chưa có", "chua co"],
]


@pytest.mark.parametrize(("word", "answer"), [*((w, True) for w in YES), *((w, False) for w in NO)])
def test_yes_and_no_are_understood_in_any_writing(word: str, answer: bool) -> None:
    forms = [word, nfd(word), word.upper(), nfd(word.upper()), word.capitalize(), f"  {word} "]
    assert [yes_no(form) for form in forms] == [answer] * len(forms)


@pytest.mark.parametrize(
    "text",
    ["", " ", "maybe", "có thể", "không biết", "ok", "0", "1", "-", "✗", "?", "n/a", "đạtt", "co."],
)
def test_any_other_word_is_refused_and_never_taken_for_no(text: str) -> None:
    with pytest.raises(Rejected) as refused:
        yes_no(text)
    assert (refused.value.code, refused.value.values) == ("yes_no_unreadable", {"value": text})


ESTIMATES = ["estimate", "ước", "uoc", "ước thực hiện", "uoc thuc hien", "ước tính"]
ACTUALS = ["actual", "thực hiện", "thuc hien", "kết quả thực hiện", "chính thức"]


@pytest.mark.parametrize(
    ("word", "answer"), [*((w, True) for w in ESTIMATES), *((w, False) for w in ACTUALS)]
)
def test_a_basis_is_actual_or_an_estimate(word: str, answer: bool) -> None:
    forms = [word, nfd(word), word.upper(), f"  {word} "]
    assert [is_estimate(form) for form in forms] == [answer] * len(forms)


@pytest.mark.parametrize("text", ["", "est", "ước lượng", "yes", "thực"])
def test_any_other_basis_is_refused(text: str) -> None:
    with pytest.raises(Rejected) as refused:
        is_estimate(text)
    assert (refused.value.code, refused.value.values) == ("basis_unreadable", {"value": text})


# -- texts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Báo cáo số 12/BC-LM", "Báo cáo số 12/BC-LM"),
        ("  Báo \u00a0 cáo  ", "Báo cáo"),
        (nfd("Báo cáo năm 2021"), "Báo cáo năm 2021"),
        ("[lỗi] 100 % ✓ …", "[lỗi] 100 % ✓ …"),
        ("=1+1", "=1+1"),  # made harmless where it is exported, not here
        ("", ""),
        ("   ", ""),
    ],
)
def test_a_line_of_text_is_kept_tidied(text: str, kept: str) -> None:
    assert text_line(text, 100) == kept


@pytest.mark.parametrize(
    "mark",
    [*"\n\r\t\0\x07\x1b\x7f\x85", "\u200b", "\u202e", "\u2028", "\u2029", "\ufeff", "\ud800"],
    ids=ascii,
)
def test_a_line_with_a_control_character_is_refused_wherever_it_stands(mark: str) -> None:
    for text in (f"Báo{mark}cáo", f"{mark}Báo cáo", f"Báo cáo{mark}", mark):
        with pytest.raises(Rejected) as refused:
            text_line(text, 100)
        assert (refused.value.code, refused.value.values) == ("text_control", {"value": text})


def test_a_text_is_as_long_as_it_is_shown() -> None:
    twenty = nfd("ệ" * 20)
    assert text_line(f"  {twenty}  ", 20) == "ệ" * 20
    with pytest.raises(Rejected) as refused:
        text_line(twenty, 19)
    values = {"value": "ệ" * 20 + "…", "length": 20, "limit": 19}
    assert (refused.value.code, refused.value.values) == ("text_too_long", values)


def test_a_text_that_has_to_stand_may_not_be_empty() -> None:
    assert text_line("x", 100, "TITLE") == "x"
    for text in ("", "  ", "\u00a0"):
        with pytest.raises(Rejected) as refused:
            text_line(text, 100, "TITLE")
        assert (refused.value.code, refused.value.values) == ("text_empty", {"what": "TITLE"})


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("1a", "1a"),
        (" 1a ", "1a"),
        ("1A", "1A"),
        ("2.1-b", "2.1-b"),
        ("chỉ-tiêu", "chỉ-tiêu"),
        (nfd("chỉ-tiêu"), "chỉ-tiêu"),
        ("Đ1", "Đ1"),
        ("12345678901234567890", "12345678901234567890"),
    ],
)
def test_a_code_is_of_letters_digits_points_and_hyphens(text: str, kept: str) -> None:
    assert code(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        *["", " ", "1 a", "1/a", "1_a", "-1a", "--json", "1a;", "=1", "1a\0", "1a\nb", "✓"],
        *["123456789012345678901", "١", "1²", "１a"],
    ],
    ids=ascii,
)
def test_any_other_code_is_refused(text: str) -> None:
    with pytest.raises(Rejected) as refused:
        code(text)
    assert (refused.value.code, refused.value.values) == ("code_unreadable", {"value": text})
