"""Days and years as people in Vietnam write them: the day before the month, always."""

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from htx_cli.text.vietnamese import day, year
from tests.support.laws import tried
from tests.support.refusals import outcome, refusal

law = tried()


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
        *["٣٠/٦/٢٠٢١", "２０２１-０６-３０", "ngày ٣٠ tháng ٦ năm ٢٠٢١", "Q2/٢٠٢١", "q2 ２０２１"],
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
    read = outcome(lambda: day(text))
    if isinstance(read, date):
        assert 1976 <= read.year <= 2199
    else:
        assert read in ("date_unreadable", "date_impossible")


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
