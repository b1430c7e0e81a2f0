"""`htx remind`: the letter that asks a province for its figures, whom it is from and to."""

import json
from datetime import date
from pathlib import Path

import pytest

from htx_cli.book import read
from htx_cli.output.wording.due import alliance
from htx_cli.text.words import speaking
from tests.support.books import book
from tests.support.commands import Answer, Run, well

LETTER = """\
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Cụm thi đua Liên minh HTX các tỉnh, thành phố Tây nam sông Hậu
Cụm trưởng: Liên minh Hợp tác xã tỉnh An Giang
Số: ……/……

An Giang, ngày 05 tháng 8 năm 2021
V/v gửi số liệu còn thiếu về các chỉ tiêu thi đua năm 2021

Kính gửi: Liên minh Hợp tác xã tỉnh Sóc Trăng

Căn cứ giao ước thi đua năm 2021 của Cụm thi đua Liên minh HTX các tỉnh, thành phố Tây nam sông Hậu, \
ký ngày 27/01/2021, đến nay đơn vị cụm trưởng chưa nhận được các số liệu sau của quý Liên minh:

Số liệu 6 tháng đầu năm (đến ngày 30/06/2021), hạn gửi 25/07/2021, quá hạn 11 ngày:
9: Tỷ lệ cán bộ Liên minh được đào tạo tư vấn HTX chuỗi giá trị

Kính đề nghị quý Liên minh sớm gửi các số liệu trên cho đơn vị cụm trưởng để tổng hợp, theo biểu mẫu \
của cụm hoặc bảng gồm chỉ tiêu, kết quả, ngày của số liệu và nguồn.

Trân trọng./.

ĐẠI DIỆN ĐƠN VỊ CỤM TRƯỞNG

Nơi nhận:
- Như trên;
- Lưu: VT.
"""


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_letter_is_vietnamese_whichever_language_is_spoken(
    run: Run, sample: Path, language: str
) -> None:
    well(run("set-due", "half-year", 25, "--year", 2021))
    well(run("sign-pact", "--year", 2021, "--on", "27/1/2021"))
    typed = ("remind", "soc trang", "--as-of", "5/8/2021")
    assert run(*typed, HTX_LANG=language).out == LETTER
    made = json.loads(run(*typed, "--json", HTX_LANG=language).out)
    assert made["letter"] == LETTER
    assert [(x["target"], x["due"]) for x in made["owed"]] == [("9", "2021-07-25")]


def test_the_letter_can_be_saved_and_names_the_day_that_is_still_to_come(
    run: Run, sample: Path
) -> None:
    well(run("set-due", "half-year", 25, "--year", 2021))
    answer = run("remind", "soc trang", "--as-of", "5/7/2021", "-o", "nhac.txt")
    assert answer == Answer(0, "", "Saved: nhac.txt\n")
    text = Path("nhac.txt").read_text(encoding="utf-8")
    assert (
        "Số liệu 6 tháng đầu năm (đến ngày 30/06/2021), hạn gửi 25/07/2021:\n9: Tỷ lệ cán bộ"
        in text
    )
    assert "gửi các số liệu trên trước hết ngày 25/07/2021 cho đơn vị cụm trưởng" in text


def test_who_owes_nothing_gets_no_letter(run: Run, sample: Path) -> None:
    answer = run("remind", "can tho", "--year", 2021, "-o", "nhac.txt")
    assert answer == Answer(0, "", "Cần Thơ owes nothing: there is no letter to write.\n")
    assert not Path("nhac.txt").exists()


def test_a_script_gets_an_answer_for_who_owes_nothing_too(run: Run, sample: Path) -> None:
    remind = ("remind", "can tho", "--year", 2021)
    made = json.loads(run(*remind, "--json").out)
    assert (made["schema"], made["owed"], made["letter"]) == ("htx.remind/1", [], None)
    heading = run("remind", "kien giang", "--year", 2021, "--format", "csv").out.splitlines()[0]
    assert run(*remind, "--format", "csv") == Answer(0, heading + "\n", "")
    assert run(*remind, "--format", "ndjson") == Answer(0, "", "")
    assert run(*remind, "-o", "nhac.json") == Answer(0, "", "Saved: nhac.json\n")
    assert json.loads(Path("nhac.json").read_text(encoding="utf-8")) == made


# -- the leader's own letter, and how each unit is addressed ---------------------------------------


HELD = {"HTX_NOW": "2021-08-05T08:00:00+07:00"}
ITSELF = "Warning: An Giang leads the cluster: the letter is from it to itself.\n"


def asked(run: Run, province: str, *options: object) -> Answer:
    """What is typed when the half-year is over and An Giang leads."""
    assert run("set-due", "quarter", 15, "--year", 2021, **HELD).exit == 0
    return run("remind", province, "--as-of", "20/4/2021", *options, **HELD)


def test_the_warning_stands_in_the_document(run: Run, sample: Path) -> None:
    answer = asked(run, "an giang", "--json")
    made = json.loads(answer.out)
    assert made["leader"] == made["province"]
    [warning] = made["warnings"]
    assert (warning["code"], f"Warning: {warning['message']}\n") == ("letter_to_leader", ITSELF)
    assert answer.err == ""


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
