"""Numbers and per cents as people in Vietnam write them; what could be two things is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from htx_cli.text.vietnamese import Numbers, exact, is_percent, number, percent
from tests.support.laws import tried
from tests.support.refusals import outcome, refusal

D = Decimal
law = tried()
STYLES: list[Numbers] = ["vi", "en"]


# -- numbers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("numbers", [None, *STYLES])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", "0"),
        ("08", "8"),
        ("20", "20"),
        ("163600", "163600"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("17,17", "17.17"),
        ("1234.5", "1234.5"),
        ("1234,5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234,567", "1234.567"),
        ("1,234.567", "1234.567"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("1,234,567.89", "1234567.89"),
        ("1234.567", "1234.567"),  # four digits before the mark cannot be a group
        ("0.125", "0.125"),  # nor can a 0
        ("0,125", "0.125"),
        ("1.2345", "1.2345"),
        ("12.50", "12.5"),
        ("1 234", "1234"),
        ("163 600", "163600"),
        ("1 234 567", "1234567"),
        ("1 234 567,89", "1234567.89"),
        ("1 234.5", "1234.5"),
        ("1\u00a0234\u00a0567", "1234567"),
        ("1\u202f234\u202f567,5", "1234567.5"),
        ("1\u2009234", "1234"),
        ("-3", "-3"),
        ("- 3", "-3"),
        ("\u22123,5", "-3.5"),
        ("-1.234,5", "-1234.5"),
        ("+5", "5"),
        ("+ 5", "5"),
        ("-0", "0"),
        ("-0,00", "0"),
        ("  7\n", "7"),
        ("\u00a07\u00a0", "7"),
        ("999999999999999", "999999999999999"),
        ("999.999.999.999.999", "999999999999999"),
        ("0,000000000000001", "0.000000000000001"),
        ("000000000000000000001", "1"),
    ],
)
def test_a_number_that_can_mean_one_thing_is_read(
    text: str, expected: str, numbers: Numbers | None
) -> None:
    read = number(text, numbers)
    assert read == D(expected)
    assert not (read == 0 and read.is_signed())


@pytest.mark.parametrize(
    ("text", "vi", "en"),
    [
        ("1.234", "1234", "1.234"),
        ("1,234", "1.234", "1234"),
        ("163.600", "163600", "163.600"),
        ("-1.234", "-1234", "-1.234"),
        ("\u22121,234", "-1.234", "-1234"),
        ("12.000", "12000", "12.000"),
        ("+1.234", "1234", "1.234"),
    ],
)
def test_a_number_that_can_be_two_is_refused_until_the_style_is_said(
    text: str, vi: str, en: str
) -> None:
    values = {"value": text, "vi": D(vi), "en": D(en)}
    assert refusal(lambda: number(text)) == ("number_ambiguous", values)
    assert (number(text, "vi"), number(text, "en")) == (D(vi), D(en))


@pytest.mark.parametrize("numbers", [None, *STYLES])
@pytest.mark.parametrize(
    "text",
    [
        *["", " ", "+", "-", "--5", "+-5", "-+5", "- - 5", "5-", "(5)", "\u2013"],
        *["1_000", "1e5", "1E5", "1e309", "0x10", "infinity", "-inf", "nan", "NaN", "1/2"],
        *["١٢", "１２", "²", "१२", "1٬000", "1 ٢٣٤", "１ 234", "1 234,٥"],
        *["1,23,4", "1.2.3", "1.234.56", "1,234.56.7", "12.34,5", "1234.567.890", "1.234,567.8"],
        *[".5", "5.", ",5", "5,", ".", ",", "1..5", "1,,5", "1.,5"],
        *["12 34", "1 2345", "1  234", "1\t234", "1\n234", "1 234 56"],
        *["20 HTX", "khoảng 20", "hơn 400", "20đ", "#20", "=20", "20\0", "2\u200b0"],
        # the groups are broken, or a group begins with nothing but a 0
        *["1234 567", "2021 100", "1.234 567", "1,234 567", "0 123", "0.123.456", "0.123,5"],
    ],
    ids=ascii,
)
def test_what_is_no_number_is_refused(text: str, numbers: Numbers | None) -> None:
    assert refusal(lambda: number(text, numbers)) == ("number_unreadable", {"value": text})


@pytest.mark.parametrize(
    "text",
    [
        "1234567890123456",
        "9999999999999999",
        "123456789012.3456",
        "1.234.567.890.123.456",
        "1 234 567 890 123 456",
        "0,1234567890123456",
        "-1234567890123456",
        "1" * 5000,
        "0." + "0" * 60 + "1",
    ],
    ids=lambda text: text[:30],
)
def test_more_than_15_digits_are_refused(text: str) -> None:
    assert refusal(lambda: number(text, "vi"))[0] == "number_digits"


@pytest.mark.parametrize("text", ["62%", "62 %", "17,17%", "%"])
def test_a_per_cent_is_no_plain_number(text: str) -> None:
    assert refusal(lambda: number(text)) == ("number_percent", {"value": text})


coefficients = st.integers(-(10**15) + 1, 10**15 - 1)
decimals = st.builds(
    lambda digits, places: D(digits).scaleb(-places), coefficients, st.integers(0, 15)
)


def written(value: Decimal, style: Numbers, group: str) -> str:
    """The number in a style, its thousands set apart by `group`."""
    whole, _, rest = f"{value:,f}".partition(".")
    mark = "," if style == "vi" else "."
    return whole.replace(",", group) + (mark + rest if rest else "")


@law
@given(decimals, st.sampled_from(STYLES), st.booleans())
def test_a_number_of_15_digits_reads_back_in_its_style(
    value: Decimal, style: Numbers, grouped: bool
) -> None:
    mark = "." if style == "vi" else ","
    text = written(value, style, mark if grouped else "")
    assert number(text, style) == value


@law
@given(decimals, st.sampled_from(STYLES), st.sampled_from(["", " ", "\u00a0", "\u2009", "\u202f"]))
def test_a_number_with_spaces_between_its_groups_reads_back_in_its_style(
    value: Decimal, style: Numbers, space: str
) -> None:
    assert number(written(value, style, space), style) == value


@law
@given(decimals, st.sampled_from(STYLES), st.booleans())
def test_without_a_style_a_number_is_itself_or_ambiguous_but_never_another(
    value: Decimal, style: Numbers, grouped: bool
) -> None:
    mark = "." if style == "vi" else ","
    text = written(value, style, mark if grouped else "")
    assert outcome(lambda: number(text)) in (value, "number_ambiguous")


@law
@given(
    st.text(alphabet="0123456789.,+- \u00a0%eE_đ١", max_size=12), st.sampled_from([None, *STYLES])
)
def test_any_text_is_a_number_of_15_digits_or_refused(text: str, numbers: Numbers | None) -> None:
    read = outcome(lambda: number(text, numbers))
    if isinstance(read, Decimal):
        assert read == exact(read) == D(repr(float(read)))


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("20", "20"),
        ("20.0", "20"),
        ("20.50", "20.5"),
        ("1E+3", "1000"),
        ("-0.0", "0"),
        ("-0", "0"),
        ("0E-500", "0"),
        ("0E+500", "0"),
        ("999999999999999", "999999999999999"),
        ("123456789012345.0", "123456789012345"),  # as JSON writes a float
        ("1E-15", "0.000000000000001"),
    ],
)
def test_a_number_that_came_as_one_is_kept(value: str, kept: str) -> None:
    read = exact(D(value))
    assert read == D(kept)
    assert not (read == 0 and read.is_signed())


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("NaN", "number_unreadable"),
        ("sNaN", "number_unreadable"),
        ("Infinity", "number_unreadable"),
        ("-Infinity", "number_unreadable"),
        ("1234567890123456", "number_digits"),
        ("0.1234567890123456", "number_digits"),
        ("1E+15", "number_digits"),
        ("1E+999999", "number_digits"),
        ("1E-999999", "number_digits"),
    ],
)
def test_a_number_that_the_book_cannot_keep_is_refused(value: str, code: str) -> None:
    assert refusal(lambda: exact(D(value))) == (code, {"value": value})


# -- per cents -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("62%", "62"),
        ("62 %", "62"),
        (" 62% ", "62"),
        ("17,17%", "17.17"),
        ("17.17 %", "17.17"),
        ("-33,33\u00a0%", "-33.33"),
        ("\u22125%", "-5"),
        ("+10%", "10"),
        ("1.234,5%", "1234.5"),
        ("0%", "0"),
    ],
)
def test_a_per_cent_is_read_without_its_sign(text: str, expected: str) -> None:
    assert percent(text) == D(expected)
    assert is_percent(text)


@pytest.mark.parametrize(
    "text", ["62", "", "%", " %", "-%", "abc%", "%62", "62%%", "62 phần trăm", "1,2,3%"]
)
def test_what_is_no_per_cent_is_refused(text: str) -> None:
    assert refusal(lambda: percent(text)) == ("percent_unreadable", {"value": text})


def test_a_per_cent_that_can_be_two_is_refused_until_the_style_is_said() -> None:
    assert refusal(lambda: percent("1.234%"))[0] == "number_ambiguous"
    assert (percent("1.234%", "vi"), percent("1.234%", "en")) == (D(1234), D("1.234"))
    assert refusal(lambda: percent("0.1234567890123456%"))[0] == "number_digits"


@pytest.mark.parametrize("text", ["62", "", "%62", "62 % of"])
def test_without_the_sign_at_its_end_a_text_is_no_per_cent(text: str) -> None:
    assert not is_percent(text)
