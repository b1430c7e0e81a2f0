"""Numbers, per cents, days and years as people in Vietnam write them; what could be two is refused."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from htx_cli.errors import Rejected
from htx_cli.vietnamese import Numbers, day, exact, is_percent, number, percent, year

D = Decimal
law = settings(deadline=None)
STYLES: list[Numbers] = ["vi", "en"]


def refusal(read: Callable[[], object]) -> tuple[str, dict[str, object]]:
    """The code and the values with which it is refused."""
    with pytest.raises(Rejected) as refused:
        read()
    return refused.value.code, dict(refused.value.values)


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
    values = {"value": text, "vi": vi, "en": en}
    assert refusal(lambda: number(text)) == ("number_ambiguous", values)
    assert (number(text, "vi"), number(text, "en")) == (D(vi), D(en))


@pytest.mark.parametrize("numbers", [None, *STYLES])
@pytest.mark.parametrize(
    "text",
    [
        *["", " ", "+", "-", "--5", "+-5", "-+5", "- - 5", "5-", "(5)", "\u2013"],
        *["1_000", "1e5", "1E5", "1e309", "0x10", "infinity", "-inf", "nan", "NaN", "1/2"],
        *["١٢", "１２", "²", "१२", "1٬000"],
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
    try:
        assert number(text) == value
    except Rejected as refused:
        assert refused.code == "number_ambiguous"
        assert str(value) in f"{value:f}" and refused.values[style] == str(number(text, style))


@law
@given(
    st.text(alphabet="0123456789.,+- \u00a0%eE_đ١", max_size=12), st.sampled_from([None, *STYLES])
)
def test_any_text_is_a_number_of_15_digits_or_refused(text: str, numbers: Numbers | None) -> None:
    try:
        read = number(text, numbers)
    except Rejected:
        return
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


# -- days ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-06-30", "2021-06-30"),
        ("2021-6-3", "2021-06-03"),
        ("30/6/2021", "2021-06-30"),
        ("30/06/2021", "2021-06-30"),
        ("30.6.2021", "2021-06-30"),
        ("30-6-2021", "2021-06-30"),
        ("3/4/2021", "2021-04-03"),  # the day stands before the month
        ("03-04-2021", "2021-04-03"),
        ("2021-03-04", "2021-03-04"),  # but not here
        ("ngày 30 tháng 6 năm 2021", "2021-06-30"),
        ("Ngày 03 tháng 04 năm 2021", "2021-04-03"),
        ("NGÀY 30 THÁNG 6 NĂM 2021", "2021-06-30"),
        ("30 tháng 6 năm 2021", "2021-06-30"),
        ("ngay 30 thang 6 nam 2021", "2021-06-30"),
        ("nga\u0300y 30 tha\u0301ng 6 na\u0306m 2021", "2021-06-30"),  # NFD
        ("ngày  30  tháng 6 năm 2021", "2021-06-30"),
        ("Q1/2021", "2021-03-31"),
        ("Q2/2021", "2021-06-30"),
        ("Q3/2021", "2021-09-30"),
        ("Q4/2021", "2021-12-31"),
        ("q2/2021", "2021-06-30"),
        ("QII/2021", "2021-06-30"),
        ("Quý I/2021", "2021-03-31"),
        ("Quý II/2021", "2021-06-30"),
        ("quý III/2021", "2021-09-30"),
        ("QUÝ IV/2021", "2021-12-31"),
        ("quý 2 năm 2021", "2021-06-30"),
        ("quy ii / 2021", "2021-06-30"),
        ("Q1/2020", "2020-03-31"),
        ("29/2/2020", "2020-02-29"),
        (" 30/6/2021\n", "2021-06-30"),
        ("1/1/1976", "1976-01-01"),
        ("31/12/2199", "2199-12-31"),
        ("Q1/1976", "1976-03-31"),
        ("Q4/2199", "2199-12-31"),
    ],
)
def test_a_day_is_read(text: str, expected: str) -> None:
    assert day(text) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    "text",
    [
        *["30/2/2021", "30 tháng 2 năm 2021", "2021-02-30", "29/2/2021", "29/2/2100", "31/4/2021"],
        *["13/25/2021", "6/30/2021", "2021-13-01", "2021-30-06", "0/6/2021", "30/0/2021"],
        *["32/1/2021", "2021-00-10"],
    ],
)
def test_a_day_that_the_calendar_does_not_have_is_refused_and_never_month_first(text: str) -> None:
    assert refusal(lambda: day(text)) == ("date_impossible", {"value": text})


@pytest.mark.parametrize(
    "text",
    [
        *["", " ", "2021", "6/2021", "30/6", "30/6/21", "30.6.21", "21-06-30", "30/6/0021"],
        *["20210630", "30062021", "2021/06/30", "2021.06.30", "30/6-2021", "30 / 6 / 2021"],
        *["2021-06-30T00:00", "2021-06-30 08:00", "30 June 2021", "Jun 30, 2021", "44377"],
        *[
            "hôm nay",
            "today",
            "cuối năm",
            "Q0/2021",
            "Q5/2021",
            "Quý V/2021",
            "Q2/21",
            "Q2",
            "Q/2021",
        ],
        *[
            "30/6/1975",
            "30/6/2200",
            "Q4/1975",
            "Q1/2200",
            "-30/6/2021",
            "30/6/2021.",
            "30/6/2021 r",
        ],
        *["30/6\0/2021", "2021-06-30\x07", "30/6/\x1b[31m2021", "30\n/6/2021", "2021-\u200b06-30"],
        # digits of other scripts, as in numbers and years
        *["٣٠/٦/٢٠٢١", "２０２１-０６-３０", "ngày ٣٠ tháng ٦ năm ٢٠٢١"],
    ],
    ids=ascii,
)
def test_what_is_no_day_is_refused(text: str) -> None:
    assert refusal(lambda: day(text)) == ("date_unreadable", {"value": text})


FORMS = [
    *["{0:%Y-%m-%d}", "{0.year}-{0.month}-{0.day}", "{0:%d/%m/%Y}", "{0.day}/{0.month}/{0.year}"],
    *["{0:%d.%m.%Y}", "{0.day}.{0.month}.{0.year}", "{0:%d-%m-%Y}", " {0:%d/%m/%Y} "],
    *["ngày {0.day} tháng {0.month} năm {0.year}", "Ngày {0:%d} tháng {0:%m} năm {0:%Y}"],
    "{0.day} thang {0.month} nam {0.year}",
]
days = st.dates(date(1976, 1, 1), date(2199, 12, 31))


@law
@given(days, st.sampled_from(FORMS))
def test_any_day_reads_back_in_any_form(written_day: date, form: str) -> None:
    assert day(form.format(written_day)) == written_day


@law
@given(st.integers(1976, 2199), st.sampled_from([1, 2, 3, 4]), st.booleans())
def test_a_quarter_is_its_last_day(of: int, quarter: int, roman: bool) -> None:
    named = ["I", "II", "III", "IV"][quarter - 1] if roman else quarter
    month = 3 * quarter
    last_day = date(of, month, monthrange(of, month)[1])
    assert day(f"Q{named}/{of}") == day(f"Quý {named} năm {of}") == last_day


@law
@given(st.text(alphabet="0123456789/.-qQIVtháng ynămquý\u00a0٣", max_size=14))
def test_any_text_is_a_day_of_1976_to_2199_or_refused(text: str) -> None:
    try:
        assert 1976 <= day(text).year <= 2199
    except Rejected as refused:
        assert refused.code in ("date_unreadable", "date_impossible")


@pytest.mark.parametrize(
    ("text", "expected"), [("2021", 2021), (" 2021\n", 2021), ("1976", 1976), ("2199", 2199)]
)
def test_a_year_is_read(text: str, expected: int) -> None:
    assert year(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "21",
        "021",
        "02021",
        "1975",
        "2200",
        "0000",
        "2021.0",
        "-2021",
        "+2021",
        "٢٠٢١",
        "２０２１",
    ],
    ids=ascii,
)
def test_what_is_no_year_is_refused(text: str) -> None:
    assert refusal(lambda: year(text)) == ("year_unreadable", {"value": text})
