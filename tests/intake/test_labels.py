"""One label says what its words say, and no more."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from htx_cli.domain.model import Target
from htx_cli.domain.targets import Kind
from htx_cli.intake.labels import Labels, Said
from htx_cli.intake.lexicon import PLACES, build, lexicon, phrases, source, words
from htx_cli.intake.periods import spans
from htx_cli.text.vietnamese import unmarked
from tests.support.commands import Run

TARGETS = (
    Target(2021, "1a", "Số HTX thành lập mới", Kind.COUNT, unit="HTX"),
    Target(
        2021, "2", "Tỷ lệ HTX hoạt động hiệu quả", Kind.RATIO, of_title="HTX đang hoạt động", unit="HTX"
    ),
    Target(2021, "4", "Số thành viên HTX", Kind.GROWTH, unit="thành viên", base_year=2020),
    Target(2021, "8b", "Thực hiện tốt kế hoạch đào tạo, bồi dưỡng", Kind.YES_NO),
    Target(2021, "10", "Vốn hoạt động của Quỹ", Kind.COUNT, unit="triệu đồng", level=True),
    Target(
        2021, "htx", "HTX đang hoạt động trên tổng số HTX", Kind.TRACKED, of_title="tổng số HTX"
    ),
)  # fmt: skip
LABELS = Labels(TARGETS)
DECEMBER = ("--as-of", "31/12/2021")


def said(text: str, place: str = "heading") -> Said:
    return LABELS.said(text, place)


# -- the lexicon -----------------------------------------------------------------------------------


def test_no_phrase_has_two_senses_at_one_place() -> None:
    counted: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for facet, _, place, text in phrases():
        if facet not in ("same", "unit", "whole", "cell"):
            for each in PLACES if place == "any" else (place,):
                counted[each, words(text)] += 1
    assert [place for place, count in counted.items() if count > 1] == []


def test_phrases_are_folded() -> None:
    kept = [text for facet, _, _, text in phrases() if facet not in ("unit", "whole")]
    assert [text for text in kept if " ".join(words(unmarked(text))) != text] == []


@pytest.mark.parametrize(
    "text",
    [
        "Thời điểm",
        "HTX đăng ký thành lập",
        "Chương trình mục tiêu quốc gia",
        "Địa điểm trụ sở",
        "Mô hình giao thông",
        "Ước mơ",
        "Ban giao dịch",
        "Tổ chức cán bộ",
    ],
)
def test_look_alikes_say_nothing(text: str) -> None:
    found = said(text, "title")
    assert (found.roles, found.estimate, found.periods) == ((), False, ())


def test_a_province_adds_words_of_its_own_without_code() -> None:
    own = build({"role": {"result": {"heading": ["so dat"]}}}, build(source()))
    assert Labels(TARGETS, more=own).said("Số đạt 2021").role == "result"
    assert lexicon().within["heading"].get(("so", "dat")) is None


# -- roles -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("KẾ HOẠCH PHÁT TRIỂN HTX NĂM 2021", ("plan",)),
        ("BẢNG ĐĂNG KÝ CHỈ TIÊU THI ĐUA NĂM 2021", ("plan",)),
        ("MỤC TIÊU PHẤN ĐẤU 2021", ("plan",)),
        ("BIỂU GIAO CHỈ TIÊU NĂM 2021", ("plan",)),
        ("KH2021", ("plan",)),
        ("KẾT QUẢ THỰC HIỆN KẾ HOẠCH NĂM 2021", ("result",)),
        ("TÌNH HÌNH THỰC HIỆN KẾ HOẠCH", ("result",)),
        ("TH 2021", ("result",)),
        ("KẾT QUẢ THỰC HIỆN GIAO ƯỚC THI ĐUA NĂM 2021", ("result",)),
        ("KẾT QUẢ NĂM 2021 VÀ KẾ HOẠCH NĂM 2022", ("result", "plan")),
        ("BẢNG CHẤM ĐIỂM THI ĐUA NĂM 2021", ("points",)),
        ("KẾT QUẢ TỰ CHẤM ĐIỂM", ("points",)),
    ],
)
def test_a_title_says_what_its_figures_are(text: str, roles: tuple[str, ...]) -> None:
    assert said(text, "title").roles == roles


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("% so KH", "comparison"),
        ("TH/KH (%)", "comparison"),
        ("Tỷ lệ hoàn thành kế hoạch (%)", "comparison"),
        ("Điểm chuẩn", "points"),
        ("Tự chấm điểm", "points"),
        ("Tăng (%)", "growth"),
        ("Tỷ lệ (%)", "rate"),
        ("KH năm 2021", "plan"),
        ("TH năm 2021", "result"),
    ],
)
def test_a_heading_says_what_stands_under_it(text: str, role: str) -> None:
    assert (said(text).role, said(text).rest) == (role, ())


def test_a_targets_own_title_uses_up_its_words() -> None:
    found = said("Thực hiện tốt kế hoạch đào tạo, bồi dưỡng")
    assert (found.target, found.roles, found.rest) == (TARGETS[3], (), ())


def test_an_of_title_is_the_whole_and_never_the_value() -> None:
    assert said("Tổng số HTX").options == ((TARGETS[5], "of"),)
    assert said("HTX đang hoạt động").options == ((TARGETS[1], "of"), (TARGETS[5], "value"))
    assert said("Số HTX hoạt động hiệu quả").options == ((TARGETS[1], "value"),)


def test_words_left_over_are_told() -> None:
    assert said("Số HTX thành lập mới trong nông nghiệp").rest == ("nong", "nghiep")
    assert said("Số thành viên HTX tăng thêm").rest == ("tang", "them")


# -- units -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("(Đơn vị: nghìn đồng)", 1000),
        ("ĐVT: tỷ đồng", 10**9),
        ("Đơn vị tính: 1.000 đồng", 1000),
        ("ĐVT: tr.đ", 10**6),
        ("ĐVT: trđ", 10**6),
        ("ĐVT: HTX, người, triệu đồng", None),
    ],
)
def test_a_unit_above_a_table(text: str, scale: int | None) -> None:
    unit = said(text, "title").unit
    assert (unit.scale if unit else None) == scale


# -- periods ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "end", "running"),
    [
        ("6 tháng đầu năm 2021", (6, 30), True),
        ("9 tháng", (9, 30), True),
        ("9T/2021", (9, 30), True),
        ("Sáu tháng đầu năm", (6, 30), True),
        ("đến hết tháng 11 năm 2021", (11, 30), True),
        ("lũy kế đến tháng 9", (9, 30), True),
        ("01/01/2021 - 30/11/2021", (11, 30), True),
        ("từ 01/01 đến 30/9/2021", (9, 30), True),
        ("tính đến 30/11", (11, 30), True),
        ("Quý I", (3, 31), True),
        ("tháng 1-9/2021", (9, 30), True),
        ("quý I, II, III năm 2021", (9, 30), True),
        ("cả năm 2021", (12, 31), True),
        ("Quý III/2021", (9, 30), False),
        ("tháng 6", (6, 30), False),
        ("6 tháng cuối năm", (12, 31), False),
        ("từ 01/7/2021 đến 30/9/2021", (9, 30), False),
        ("quý II, III", (9, 30), False),
    ],
)
def test_a_period_has_a_last_day_and_may_reach_from_the_years_start(
    text: str, end: tuple[int, int], running: bool
) -> None:
    _, found, _ = spans(unmarked(text))
    assert [(each.end(2021), each.running) for each, _ in found] == [(date(2021, *end), running)]


def test_several_years_are_not_the_last_of_them() -> None:
    assert said("GIAI ĐOẠN 2016-2021", "title").years == (2016,)


@pytest.mark.parametrize(
    "text",
    [
        "Bạc Liêu, ngày 30 tháng 6 năm 2021",
        "(Kèm theo Báo cáo số 12/BC-LMHTX ngày 04/01/2022)",
        "Căn cứ Kế hoạch số 5/KH-UBND ngày 01/02/2021",
        "Kính gửi: Liên minh HTX Việt Nam",
        "Hạn gửi: 15/10/2021",
    ],
)
def test_furniture_names_no_period(text: str) -> None:
    assert said(text, "title").periods == ()


# -- what --map takes ------------------------------------------------------------------------------


def codes(run: Run, text: str, *options: object) -> list[str]:
    Path("a.csv").write_text(text, encoding="utf-8")
    answer = run("import", "a.csv", *(options or DECEMBER), "--json")
    return [problem["code"] for problem in json.loads(answer.out).get("problems", [])]


def test_a_title_that_makes_a_plan_can_be_said_to_be_one_of_results(run: Run, sample: Path) -> None:
    text = "KẾ HOẠCH NĂM 2021,\ntỉnh,1a\nCần Thơ,23\n"
    assert codes(run, text) == ["table_plan"]
    assert codes(run, text, *DECEMBER, "--map", "KẾ HOẠCH NĂM 2021=result") == []


def test_a_row_can_be_named_or_left_out(run: Run, sample: Path) -> None:
    text = "Chỉ tiêu,Cần Thơ\nPhát triển mới HTX,23\nGhi thêm,7\n"
    named = ("--map", "Phát triển mới HTX=target:1a")
    assert codes(run, text, *DECEMBER, *named) == ["target_unknown"]
    assert codes(run, text, *DECEMBER, *named, "--map", "Ghi thêm=skip") == []


def test_a_label_that_was_typed_and_stands_nowhere_is_refused(run: Run, sample: Path) -> None:
    text = "tỉnh,1a,Cột lạ\nCần Thơ,23,4\n"
    Path("a.csv").write_text(text, encoding="utf-8")
    answer = run("import", "a.csv", *DECEMBER, "--map", "Cột la lạ=skip")
    assert answer.exit == 4
    assert "“Cột la lạ” of --map stands in no file. Did you mean Cột lạ?" in answer.err


def test_a_mapping_file_may_add_words_and_have_lines_that_are_not_met(
    run: Run, sample: Path
) -> None:
    Path("ours.toml").write_text(
        '"Số mới" = "target:1a"\n"Số nào đó" = "skip"\n[words.role.result]\nheading = ["so dat"]\n'
    )
    text = "Tỉnh,Số mới\nCần Thơ,23\n"
    assert codes(run, text, *DECEMBER, "--map", "ours.toml") == []
    text = "Chỉ tiêu,Số đạt\nSố mới,24\n"
    one = ("--province", "can tho")
    assert codes(run, text, *DECEMBER, *one, "--map", "ours.toml") == []
    text = "tỉnh,1a\nCần Thơ,25\n"
    assert codes(run, text, *DECEMBER, "--map", "ours.toml") == ["mapping_file_unmet"]


def test_the_source_of_a_file_is_said_once(run: Run, sample: Path) -> None:
    text = "tỉnh,1a\nCần Thơ,23\n"
    assert codes(run, text, *DECEMBER, "--source", "Báo cáo 12") == []
    assert "Báo cáo 12" in run("log", "can tho", "1a", "--year", 2021).out
    assert run("import", "a.csv", "a.csv", "--source", "x").exit == 2


# -- several files ---------------------------------------------------------------------------------


def test_good_files_are_written_one_by_one_where_that_is_asked_for(run: Run, sample: Path) -> None:
    Path("good.csv").write_text("tỉnh,1a\nCần Thơ,23\n", encoding="utf-8")
    Path("bad.csv").write_text("tỉnh,1a\nSoc Tran,5\n", encoding="utf-8")
    refused = run("import", "good.csv", "bad.csv", *DECEMBER)
    assert refused.exit == 4
    assert "Files without a problem: 1. To write those alone: --each" in refused.err
    answer = run("import", "good.csv", "bad.csv", *DECEMBER, "--each", "--json")
    said = json.loads(answer.out)
    assert (answer.exit, said["changed"]) == (4, 1)
    assert [(each["name"], each["change"], len(each["problems"])) for each in said["files"]] == [
        ("good.csv", 33, 0),
        ("bad.csv", None, 1),
    ]


def test_two_files_that_contradict_each_other_are_both_refused(run: Run, sample: Path) -> None:
    for name, value in (("a.csv", 23), ("b.csv", 24)):
        Path(name).write_text(f"tỉnh,1a\nCần Thơ,{value}\n", encoding="utf-8")
    answer = run("import", "a.csv", "b.csv", *DECEMBER, "--each", "--json")
    said = json.loads(answer.out)
    assert [(each["name"], each["change"], len(each["problems"])) for each in said["files"]] == [
        ("a.csv", None, 1),
        ("b.csv", None, 1),
    ]


# -- units and plans that were taken without a word ------------------------------------------------


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("ĐVT: tỷ", "money"),
        ("Đơn vị tiền: tỷ", "money"),
        ("Đơn vị tính của Quỹ: tỷ", "money"),
        ("ĐVT: trăm triệu đồng", "unclear"),
        ("ĐVT: 10 tr.đ", "unclear"),
        ("ĐVT: triệu đ/HTX", "unclear"),
        ("ĐVT: HTX, người, triệu đồng", None),
        ("Đơn vị: Liên minh HTX tỉnh Sóc Trăng", None),
    ],
)
def test_a_line_that_counts_money_is_read_whole_or_unclear(line: str, unit: str | None) -> None:
    found = said(line, "title").unit
    assert (found.kind if found else None) == unit


def test_an_amount_under_an_unclear_unit_of_money_is_refused(run: Run, sample: Path) -> None:
    answer = run("add-target", "10", "Vốn hoạt động của Quỹ", "--year", 2021, "--level",
                 "--at-least", 5000, "--unit", "triệu đồng", "--line", "10")  # fmt: skip
    assert answer.exit == 0
    Path("t.csv").write_text("ĐVT: trăm triệu đồng,\nĐơn vị,Vốn hoạt động của Quỹ\nCần Thơ,51\n")
    before = sample.read_bytes()
    answer = run("import", "t.csv", "--year", 2021, *DECEMBER)
    assert (answer.exit, sample.read_bytes() == before) == (4, True)
    assert "tram trieu dong" in answer.err
    assert "10" in answer.err


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("BẢNG CAM KẾT THI ĐUA NĂM 2021", "title"),
        ("THỎA THUẬN THI ĐUA NĂM 2021", "title"),
        ("ĐỀ XUẤT CHỈ TIÊU NĂM 2021", "title"),
        ("DỰ THẢO CHỈ TIÊU NĂM 2021", "title"),
        ("NGHỊ QUYẾT NĂM 2021", "title"),
        ("Số HTX thành lập mới theo kế hoạch", "heading"),
    ],
)
def test_what_was_promised_is_a_plan(text: str, place: str) -> None:
    assert said(text, place).role == "plan"
