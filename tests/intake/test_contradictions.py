"""What a table says beside its figures decides what they are: nothing of it is thrown away."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.commands import Run

IN_MILLIONS = ("--unit", "triệu đồng")
DECEMBER = ("--as-of", "31/12/2021")


def write(text: str) -> str:
    Path("a.csv").write_text(text, encoding="utf-8")
    return "a.csv"


def codes(run: Run, text: str, *options: object) -> list[str]:
    """The codes of the problems for which the file was refused; none if it was taken."""
    answer = run("import", write(text), *(options or DECEMBER), "--json")
    return [problem["code"] for problem in json.loads(answer.out).get("problems", [])]


def warnings(run: Run, text: str, *options: object) -> list[str]:
    answer = run("import", write(text), *(options or DECEMBER), "--json")
    assert answer.exit == 0
    found = [warning["code"] for warning in json.loads(answer.out)["warnings"]]
    return [code for code in found if code != "source_dropped"]  # the sample's figures had one


def figure(
    sample: Path, target: str, province: str, as_of: str = "2021-12-31"
) -> tuple[object, ...]:
    sql = 'SELECT value, "of", rate FROM results WHERE target = ? AND province = ? AND as_of = ?'
    with closing(sqlite3.connect(sample)) as connection:
        found = connection.execute(sql, (target, province, as_of)).fetchone()
    return tuple(found)


# -- words beside a title --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "heading",
    [
        "Mục tiêu Số HTX thành lập mới",
        "Ước số HTX thành lập mới",
        "Số HTX thành lập mới (ước)",
        "Số HTX thành lập mới trong lĩnh vực nông nghiệp",
        "Số thành viên HTX tăng thêm",
        "Số mô hình HTX bị giải thể",
        "Số HTX thành lập mới / Số thành viên HTX",
    ],
)
def test_a_heading_that_says_more_than_a_title_is_asked_about(
    run: Run, sample: Path, heading: str
) -> None:
    assert codes(run, f"tỉnh,1b,{heading}\nCần Thơ,1,20\n") == ["column_unknown"]


@pytest.mark.parametrize(
    "heading",
    [
        "Kế hoạch số HTX thành lập mới",
        "Dự kiến Số HTX thành lập mới năm 2022",
        "Số HTX thành lập mới năm 2020",
        "Số HTX thành lập mới năm trước",
        "Số HTX thành lập mới cùng kỳ",
        "Số HTX thành lập mới đến 31/12/2020",
        "Số HTX thành lập mới (% KH)",
        "Tỷ lệ hoàn thành Số HTX thành lập mới",
        "Số thành viên HTX (% so với kế hoạch)",
    ],
)
def test_a_plan_another_year_and_what_compares_are_left_out_with_a_note(
    run: Run, sample: Path, heading: str
) -> None:
    before = figure(sample, "1a", "can-tho")
    answer = run("import", write(f"tỉnh,1b,{heading}\nCần Thơ,1,99\n"), *DECEMBER, "--json")
    assert answer.exit == 0
    assert [each["cell"] for each in json.loads(answer.out)["left_out"]] == ["C2"]
    assert figure(sample, "1a", "can-tho") == before


def test_a_per_cent_of_a_count_is_refused(run: Run, sample: Path) -> None:
    text = "tỉnh,1b,Số HTX thành lập mới (%)\nCần Thơ,1,20\n"
    assert codes(run, text) == ["rate_not_here"]


def test_a_slice_of_the_year_is_no_running_total(run: Run, sample: Path) -> None:
    text = "tỉnh,1b,Số HTX thành lập mới trong quý 4\nCần Thơ,1,20\n"
    assert codes(run, text, "--year", 2021) == ["slice_unclear"]
    assert codes(run, text) == []  # --as-of gives its last day


@pytest.mark.parametrize(
    "heading",
    [
        "Số HTX thành lập mới",
        "SO HTX THANH LAP MOI",
        "1a. Số HTX thành lập mới",
        "Số HTX thành lập mới (HTX)",
        "Kết quả thực hiện số HTX thành lập mới năm 2021",
        "HTX thành lập mới (1a)",
        "Chỉ tiêu 1a",
    ],
)
def test_a_heading_that_says_no_more_than_its_title_is_understood(
    run: Run, sample: Path, heading: str
) -> None:
    assert codes(run, f"tỉnh,{heading}\nCần Thơ,23\n") == []
    assert figure(sample, "1a", "can-tho") == (23, None, None)


def test_a_code_and_a_title_that_contradict_each_other_are_refused(run: Run, sample: Path) -> None:
    text = "Mã,Nội dung,Cần Thơ\n3,Số HTX thành lập mới,10\n1b,Số Liên hiệp HTX thành lập mới,2\n"
    assert codes(run, text) == ["target_unclear"]
    assert codes(run, "tỉnh,mã,Nội dung,kết quả\nCần Thơ,4,Số HTX thành lập mới,12\n") == [
        "target_unclear"
    ]


def test_a_code_column_beside_a_title_column_is_no_heading_twice(run: Run, sample: Path) -> None:
    text = "STT;Chỉ tiêu;Mã;Kết quả\n1;Số HTX thành lập mới;1a;23\n"
    assert codes(run, text, *DECEMBER, "--province", "can tho") == []
    assert figure(sample, "1a", "can-tho") == (23, None, None)


def test_a_rate_beside_a_plan_may_be_how_much_of_it_is_done(run: Run, sample: Path) -> None:
    text = "tỉnh,chỉ tiêu,Kế hoạch,Thực hiện,Tỷ lệ\nCần Thơ,1a,20,23,115%\n"
    assert codes(run, text) == ["column_unknown"]
    assert codes(run, text, *DECEMBER, "--map", "Tỷ lệ=skip") == []
    assert figure(sample, "1a", "can-tho") == (23, None, None)


def test_some_of_the_whole_is_not_the_part_that_counts(run: Run, sample: Path) -> None:
    under = "Tỉnh,Tỷ lệ HTX hoạt động hiệu quả,\n,{part},Tổng số HTX\nCần Thơ,90,100\n"
    assert "column_unknown" in codes(run, under.format(part="Số HTX hoạt động"))
    assert codes(run, under.format(part="Số HTX hiệu quả")) == []


# -- what stands above and between -----------------------------------------------------------------


@pytest.mark.parametrize("title", ["Kết quả năm 2020", "Thực hiện năm 2020"])
def test_another_year_above_the_table_is_asked_about(run: Run, sample: Path, title: str) -> None:
    january = {"HTX_NOW": "2021-12-31T08:00:00+07:00"}
    answer = run("import", write(f"{title},\ntỉnh,1a\nCần Thơ,20\n"), "--json", **january)
    assert [p["code"] for p in json.loads(answer.out)["problems"]] == ["title_year"]
    assert codes(run, f"{title},\ntỉnh,1a\nCần Thơ,20\n") == ["title_year"]
    skip = ("--map", f"{title}=skip")
    assert codes(run, f"{title},\ntỉnh,1a\nCần Thơ,20\n", *DECEMBER, *skip) == []


def test_a_day_above_the_table_is_that_of_its_figures(run: Run, sample: Path) -> None:
    text = "Số liệu đến 30/6/2021,\ntỉnh,1a\nCần Thơ,8\n"
    assert codes(run, text, "--year", 2021) == []
    assert figure(sample, "1a", "can-tho", "2021-06-30") == (8, None, None)
    assert codes(run, text, "--as-of", "30/6/2021") == []
    assert codes(run, text) == ["title_day"]
    assert codes(run, text, *DECEMBER, "--map", "Số liệu đến 30/6/2021=skip") == []


@pytest.mark.parametrize(
    "title",
    [
        "KẾT QUẢ THỰC HIỆN NĂM 2021 (so với năm 2020)",
        "(Kèm theo Báo cáo số 12 ngày 04/01/2022)",
        "Tính đến ngày 31/12/2021",
        "Quý 4/2021",
    ],
)
def test_titles_that_fit_the_figures_are_passed_over(run: Run, sample: Path, title: str) -> None:
    assert warnings(run, f"{title},\ntỉnh,1a\nCần Thơ,20\n") == []


def test_estimates_above_the_table_are_estimates(run: Run, sample: Path) -> None:
    text = "BÁO CÁO ƯỚC THỰC HIỆN,\ntỉnh,1a\nCần Thơ,20\n"
    for options in (DECEMBER, (*DECEMBER, "--estimate")):
        answer = run("import", write(text), *options, "--json", "--dry-run")
        done = json.loads(answer.out)
        assert (done["new"], done["warnings"]) == (1, [])


def test_a_second_block_of_another_year_is_not_mixed_in(run: Run, sample: Path) -> None:
    text = "Năm 2021,\ntỉnh,1a\nCần Thơ,20\n,\nNăm 2020,\ntỉnh,1a\nSóc Trăng,5\n"
    assert codes(run, text) == ["section_other"]


def test_a_row_of_another_year_or_cluster_is_not_read_by_these_headings(
    run: Run, sample: Path
) -> None:
    assert codes(run, "năm,tỉnh,Số HTX thành lập mới\n2020,Cần Thơ,4\n", "--year", 2021) == [
        "row_elsewhere"
    ]
    assert codes(run, "cụm,tỉnh,1a\ncụm khác,Cần Thơ,4\n") == ["row_elsewhere"]


# -- units and per cents ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "millions"), [("51000000 đồng", 51), ("51 tỷ", 51000), ("5100 nghìn đồng", 5.1)]
)
def test_another_scale_of_money_is_converted(
    run: Run, sample: Path, cell: str, millions: float
) -> None:
    run("add-target", "10", "Doanh thu bình quân", "--year", 2021, "--at-least", 1, *IN_MILLIONS)
    assert warnings(run, f"tỉnh,10\nCần Thơ,{cell}\n") == []
    assert figure(sample, "10", "can-tho") == (millions, None, None)
    assert codes(run, "tỉnh,10\nCần Thơ,51 triệu\n") == []
    assert codes(run, "tỉnh,10\nCần Thơ,51 người\n") == ["unit_differs"]


def test_a_unit_of_its_own_column_must_count_in_the_same_money(run: Run, sample: Path) -> None:
    run("add-target", "10", "Doanh thu bình quân", "--year", 2021, "--at-least", 1, *IN_MILLIONS)
    text = "chỉ tiêu,đvt,Cần Thơ\n10,{unit},51\n"
    assert codes(run, text.format(unit="tỷ đồng")) == []
    assert figure(sample, "10", "can-tho") == (51000, None, None)
    assert codes(run, text.format(unit="Triệu đồng")) == []
    assert codes(run, text.format(unit="HTX")) == ["unit_differs"]


def test_a_unit_above_the_table_covers_the_targets_of_its_scale(run: Run, sample: Path) -> None:
    run("add-target", "10", "Doanh thu bình quân", "--year", 2021, "--at-least", 1, *IN_MILLIONS)
    assert warnings(run, "ĐVT: tỷ đồng,\ntỉnh,10,1a\nCần Thơ,51,23\n") == []
    assert figure(sample, "10", "can-tho") == (51000, None, None)
    assert figure(sample, "1a", "can-tho") == (23, None, None)
    several = "ĐVT: HTX, người, tỷ đồng"
    assert warnings(run, f'"{several}",\ntỉnh,10\nCần Thơ,52\n') == []
    assert figure(sample, "10", "can-tho") == (52, None, None)
    assert warnings(run, "(Đơn vị tính: triệu đồng),\ntỉnh,10\nCần Thơ,51\n") == []


def test_growth_up_to_five_may_be_fractions_and_is_asked_about(run: Run, sample: Path) -> None:
    text = "tỉnh,chỉ tiêu,tỷ lệ\nCần Thơ,4,0.12\nSóc Trăng,4,1.85\n"
    assert codes(run, text) == ["percent_unclear", "percent_unclear"]
    assert codes(run, text, *DECEMBER, "--percent", "fraction") == []
    assert figure(sample, "4", "soc-trang") == (None, None, 185)


def test_a_total_does_not_decide_what_a_column_holds(run: Run, sample: Path) -> None:
    text = "tỉnh,Tỷ lệ HTX hoạt động hiệu quả (%)\nCần Thơ,0.6\nSóc Trăng,0.7\nTổng cộng,1.3\n"
    assert codes(run, text) == ["percent_unclear", "percent_unclear"]


# -- totals ----------------------------------------------------------------------------------------


def test_a_word_of_a_source_or_note_makes_no_row_a_total(run: Run, sample: Path) -> None:
    assert codes(run, "tỉnh,chỉ tiêu,nguồn,kết quả\nCần Thơ,1a,Total,25\n") == []
    assert figure(sample, "1a", "can-tho") == (25, None, None)


def test_in_a_long_table_the_whole_cluster_is_no_total(run: Run, sample: Path) -> None:
    assert codes(run, "tỉnh,chỉ tiêu,kết quả,tổng số\nToàn cụm,htx,812,1150\n") == []


def test_each_of_two_total_rows_is_compared(run: Run, sample: Path) -> None:
    text = "tỉnh,1a\nCần Thơ,20\nSóc Trăng,24\nToàn cụm,150\nTổng cộng,44\n"
    assert warnings(run, text) == ["total_differs"]
