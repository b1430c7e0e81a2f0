"""Scripted import: all problems with their places, nothing written if there is one, twice is once."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
import xlsxwriter

from tests.support.commands import Answer, Run
from tests.support.imports import counts, problems, write
from tests.support.journal import KEY, TWENTY, rows


def test_english_and_vietnamese_headings_in_any_spelling_read_the_same(
    run: Run, sample: Path
) -> None:
    write("en.csv", "province,target,value,as_of,source\nSóc Trăng,1a,26,2021-12-31,S\n")
    write("vi.csv", "Nguồn;NGÀY;Kết quả;Chỉ tiêu;Tỉnh\nS;31/12/2021;26;1A;tỉnh Sóc Trăng\n")
    assert counts(run("import", "en.csv", "--json")) == (0, 1, 0)
    assert counts(run("import", "vi.csv", "--json")) == (0, 0, 1)


def test_the_same_file_again_changes_nothing_and_says_so(run: Run, sample: Path) -> None:
    write("a.csv", "province,target,value,as_of\nCần Thơ,1a,9,30/9/2021\nCà Mau,1a,11,30/9/2021\n")
    first = run("import", "a.csv")
    before = sample.read_bytes()
    second = run("import", "a.csv")
    assert first == Answer(0, "", "Change 33: +2 new, ~0 changed, =0 the same  (htx undo 33)\n")
    assert second == Answer(
        0,
        "",
        "Nothing to change: all 2 figures stand in the book already.\n"
        "a.csv was imported already, by change 33.\n",
    )
    assert sample.read_bytes() == before


def test_every_problem_is_listed_with_its_place_and_nothing_is_written(
    run: Run, sample: Path
) -> None:
    write(
        "bad.csv",
        """\
        province,target,value,of,as_of,basis,year
        Soc Tran,1a,5,,2021-12-31,,
        Cần Thơ,1z,5,,2021-12-31,,
        Cần Thơ,1a,NaN,,2021-12-31,,
        Cần Thơ,1a,1.234,,2021-12-31,,
        Cần Thơ,1a,-1,,2021-12-31,,
        Cần Thơ,2,160,150,2021-12-31,,
        Cần Thơ,2,62,,2021-12-31,,
        Cần Thơ,8a,maybe,,2021-12-31,,
        Cần Thơ,1a,5,,30/2/2021,,
        Cần Thơ,1a,5,,2021-12-31,guess,
        Cần Thơ,1a,5,,2021-12-31,,20x1
        Cần Thơ,1a,5,,2020-12-31,,2021
        Hà Nội,1a,5,,2021-12-31,,
        Cần Thơ,1a,,,2021-12-31,,
        Cần Thơ,1a,5%,,2021-12-31,,
        Cần Thơ,1a,5,7,2021-12-31,,
        all,1a,5,,2021-12-31,,
        ,1a,5,,2021-12-31,,
        Cần Thơ,1a,1234567890123456,,2021-12-31,,
        Cần Thơ,xx,x,,31/31/2021,what,
        """,
    )
    before = sample.read_bytes()
    assert problems(run("import", "bad.csv", "--json")) == [
        (2, "A2", "province", "Soc Tran", "province_unknown_but"),
        (3, "B3", "target", "1z", "target_unknown"),
        (4, "C4", "value", "NaN", "number_unreadable"),
        (5, "C5", "value", "1.234", "number_ambiguous"),
        (6, "C6", "value", "-1", "value_negative"),
        (7, "C7", "value", "160", "value_above_of"),
        (8, "C8", "value", "62", "ratio_needs_of"),
        (9, "C9", "value", "maybe", "yes_no_unreadable"),
        (10, "E10", "as_of", "30/2/2021", "date_impossible"),
        (11, "F11", "basis", "guess", "basis_unreadable"),
        (12, "G12", "year", "20x1", "year_unreadable"),
        (13, "E13", "as_of", "2020-12-31", "date_outside_year"),
        (14, "A14", "province", "Hà Nội", "not_a_member"),
        (16, "C16", "value", "5%", "rate_not_here"),
        (17, "C17", "value", "5", "of_not_here"),
        (18, "A18", "province", "all", "not_for_cluster"),
        (19, "A19", "province", None, "label_empty"),
        (20, "C20", "value", "1234567890123456", "number_digits"),
        (21, "E21", "as_of", "31/31/2021", "date_impossible"),
        (21, "F21", "basis", "what", "basis_unreadable"),
    ]
    assert sample.read_bytes() == before


def test_problems_are_told_to_a_person_one_a_line_with_what_to_type(run: Run, sample: Path) -> None:
    write(
        "bad.csv",
        "province,target,value,as_of\nSoc Tran,1a,5,2021-12-31\nCần Thơ,1a,x,2021-12-31\n",
    )
    assert run("import", "bad.csv") == Answer(
        4,
        "",
        "bad.csv A2, province (tỉnh): No province is called “Soc Tran”."
        " Did you mean Sóc Trăng?\n"
        "bad.csv C3, value (kết quả): “x” is not a number. Write for example 1234.5 or 1.234,5.\n"
        "Nothing was written. Problems in bad.csv: 2.\n",
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "file_empty"),
        ("province,target,value\n", "file_empty"),
        ("province,target\nCần Thơ,1a\n", "columns_missing"),
        ("province,target,value,colour\nCần Thơ,1a,5,red\n", "column_unknown"),
        ("province,target,value,kết quả\nCần Thơ,1a,5,6\n", "column_same"),
        ("province,target,value\nCần Thơ,1a\n", "row_ragged"),
        ('province,target,value\n"Cần Thơ,1a,5\n', "file_not_csv"),
        ("province,target,value\nCần\0Thơ,1a,5\n", "nul_byte"),
        ("province,target,value\n" + "x" * 1_000_001 + ",1a,5\n", "line_too_long"),
    ],
)
def test_a_file_that_is_no_good_table_is_refused(
    run: Run, sample: Path, text: str, code: str
) -> None:
    write("bad.csv", text)
    before = sample.read_bytes()
    answer = run("import", "bad.csv", "--year", 2021, "--json")
    assert [p[-1] for p in problems(answer)] == [code]
    assert sample.read_bytes() == before


def test_a_file_whose_encoding_cannot_be_told_is_refused_and_never_guessed(
    run: Run, sample: Path
) -> None:
    Path("latin.csv").write_bytes("province,target,value\nS\xf4n La,1a,5\n".encode("latin-1"))
    assert [p[-1] for p in problems(run("import", "latin.csv", "--json"))] == ["encoding_unclear"]


def test_a_byte_order_mark_and_windows_line_ends_are_nothing_special(
    run: Run, sample: Path
) -> None:
    Path("excel.csv").write_bytes(
        "\ufefftỉnh;chỉ tiêu;kết quả;ngày\r\nCà Mau;1a;23;31/12/2021\r\n".encode()
    )
    assert counts(run("import", "excel.csv", "--json")) == (0, 1, 0)


HEAD = "province,target,value,as_of,note\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("twice.csv", f"\ufeff\ufeff{HEAD}Cà Mau,1a,23,31/12/2021,Ước\n"),
        ("quoted.csv", f'\ufeff\ufeff"province"{HEAD[8:]}Cà Mau,1a,23,31/12/2021,Ước\n'),
        ("joined.csv", f"\ufeff{HEAD}\ufeffCà Mau,1a,23,31/12/2021,Ước\n"),
        ("inside.csv", f"{HEAD}Cà\ufeff Mau,\ufeff1a,\ufeff23\ufeff,31/12\ufeff/2021,Ướ\ufeffc\n"),
        ("twice.json", "\ufeff\ufeff" + '[{"province": "Cà Mau", "target": "1a", "value": 23,'
         ' "as_of": "31/12/2021", "note": "Ư\ufeffớc"}]'),
    ],
    ids=["twice", "before a quote", "in the middle", "inside of cells", "JSON"],
)  # fmt: skip
def test_a_byte_order_mark_means_nothing_wherever_it_stands(
    run: Run, sample: Path, name: str, text: str
) -> None:
    """Files that were put together have one in the middle."""
    Path(name).write_bytes(text.encode())
    answer = run("import", name)
    assert (answer.exit, answer.out) == (0, "")
    assert rows(
        sample, "SELECT province, target, value, as_of, note FROM results WHERE change = 33"
    ) == [("ca-mau", "1a", 23.0, "2021-12-31", "Ước")]


def test_the_same_figure_twice_in_one_file_is_a_problem_naming_both_rows(
    run: Run, sample: Path
) -> None:
    write(
        "twice.csv", "province,target,value,as_of\nCà Mau,1a,5,2021-12-31\nca mau,1A,6,2021-12-31\n"
    )
    made = run("import", "twice.csv", "--json")
    assert problems(made) == [(3, None, None, None, "row_twice")]
    assert "row 2 (twice.csv)" in json.loads(made.out)["problems"][0]["message"]


def test_several_files_are_all_or_nothing(run: Run, sample: Path) -> None:
    write("good.csv", "province,target,value,as_of\nCà Mau,1a,5,30/9/2021\n")
    write("bad.csv", "province,target,value,as_of\nCà Mau,1a,y,30/9/2021\n")
    before = sample.read_bytes()
    both = run("import", "good.csv", "bad.csv", "--json")
    assert [p["file"] for p in json.loads(both.out)["problems"]] == ["bad.csv"]
    assert sample.read_bytes() == before
    assert counts(run("import", "good.csv", "--json")) == (1, 0, 0)


def test_a_dry_run_goes_the_same_way_and_leaves_the_book_as_it_was(run: Run, sample: Path) -> None:
    write(
        "a.csv",
        "province,target,value,as_of,source\n"
        "Cà Mau,1a,15,30/9/2021,\n"
        "Cần Thơ,1a,21,31/12/2021,Số liệu minh họa\n",
    )
    before = sample.read_bytes()
    answer = run("import", "a.csv", "--dry-run", "--json")
    assert json.loads(answer.out) == {
        "schema": "htx.import/1",
        "change": None,
        "dry_run": True,
        "new": 1,
        "changed": 1,
        "same": 0,
        "problems": [],
        "left_out": [],
        "warnings": [],
        "changes": [
            {
                "table": "results",
                "key": KEY,
                "before": TWENTY,
                "after": {**TWENTY, "value": 21},
            }
        ],
        "assumed": [],
        "files": [
            {
                "name": "a.csv",
                "size": 111,
                "sha256": sha256(Path("a.csv").read_bytes()).hexdigest(),
                "imported_before": None,
            }
        ],
        "handed_over": None,
    }
    assert sample.read_bytes() == before


def test_a_base_that_is_not_the_books_is_a_warning_and_does_not_block(
    run: Run, sample: Path
) -> None:
    write("a.csv", "province,target,value,base,as_of\nCần Thơ,3,176,150,2021-12-30\n")
    answer = run("import", "a.csv", "--json")
    assert json.loads(answer.out)["warnings"] == [
        {
            "file": "a.csv",
            "sheet": None,
            "row": 2,
            "code": "base_differs",
            "message": "The base of target 3 is 150 here, but the book has 160.",
        }
    ]
    person = run("import", "a.csv", "--dry-run")
    assert (
        "Warning, a.csv, row 2: The base of target 3 is 150 here, but the book has 160."
        in person.err
    )


@pytest.mark.parametrize(
    ("typed", "exit", "part"),
    [
        (["import", "no.csv"], 3, "There is no file no.csv."),
        (["import", "."], 2, ". is a folder. Name the files in it, one after the other."),
        (["import", "a.docx"], 2, "a.docx cannot be imported"),
        (["import"], 2, "FILE is missing. Type for example: htx import ket-qua.csv"),
    ],
)
def test_a_file_that_cannot_be_had_is_one_clear_message(
    run: Run, sample: Path, typed: list[str], exit: int, part: str
) -> None:
    write("a.docx", "x")
    answer = run(*typed)
    assert (answer.exit, answer.out) == (exit, "")
    assert answer.err.startswith(f"htx: {part}")


def test_a_column_for_rates_takes_them_with_or_without_their_sign(run: Run, sample: Path) -> None:
    write("a.csv", "tỉnh,chỉ tiêu,tỷ lệ,ngày\nCà Mau,2,63,31/12/2021\nCần Thơ,3,-5%,31/12/2021\n")
    assert counts(run("import", "a.csv", "--json")) == (0, 2, 0)
    first = json.loads(run("explain", "ca mau", "2", "--year", 2021, "--json").out)["cell"]
    second = json.loads(run("explain", "can tho", "3", "--year", 2021, "--json").out)["cell"]
    assert (first["rate"], first["value"], second["rate"]) == (63, None, -5)


def test_numbers_decides_what_alone_could_mean_two_things(run: Run, sample: Path) -> None:
    write(
        "a.csv",
        "province,target,value,as_of,source\nCần Thơ,4,13.500,2021-12-31,Số liệu minh họa\n",
    )
    assert counts(run("import", "a.csv", "--numbers", "vi", "--json")) == (0, 0, 1)
    assert counts(run("import", "a.csv", "--numbers", "en", "--json", "--dry-run")) == (0, 1, 0)


def test_a_dry_run_says_beside_the_problems_what_the_good_rows_would_do(
    run: Run, sample: Path
) -> None:
    write(
        "a.csv",
        "province,target,value,as_of,source\n"
        "Soc Tran,1a,11,30/9/2021,\n"
        "Cà Mau,1a,15,30/9/2021,\n"
        "Cần Thơ,1a,20,31/12/2021,Số liệu minh họa\n",
    )
    before = sample.read_bytes()
    answer = run("import", "a.csv", "--dry-run")
    assert answer.exit == 4
    assert answer.err.splitlines()[1:] == [
        "Dry run: +1 new, ~0 changed, =1 the same, !1 problems",
        "Nothing was written. Problems in a.csv: 1.",
    ]
    made = json.loads(run("import", "a.csv", "--dry-run", "--json").out)
    assert (made["new"], made["changed"], made["same"], len(made["problems"])) == (1, 0, 1, 1)
    assert sample.read_bytes() == before


def test_a_file_that_is_not_there_is_not_found_whatever_its_ending(run: Run, sample: Path) -> None:
    assert run("import", "nofile") == Answer(3, "", "htx: There is no file nofile.\n")


# -- where a warning was seen ----------------------------------------------------------------------


@pytest.fixture
def quarters(tmp_path: Path) -> Path:
    """Two sheets: a count that falls between them, and a base that is not the book's."""
    sheets = {
        "Quý 3": [["Bạc Liêu", "1a", 12, None, "2021-09-30"]],
        "Quý 4": [
            ["Bạc Liêu", "1a", 11, None, "2021-10-31"],
            ["Cần Thơ", "3", 176, 150, "2021-12-30"],
        ],
    }
    book = xlsxwriter.Workbook(tmp_path / "kq.xlsx")
    for name, lines in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate([["province", "target", "value", "base", "as_of"], *lines]):
            sheet.write_row(at, 0, row)
    book.close()
    return tmp_path / "kq.xlsx"


def test_a_warning_names_file_sheet_and_row(quarters: Path, sample: Path, run: Run) -> None:
    made = json.loads(run("import", quarters, "--json", "--dry-run").out)
    found = [(w["file"], w["sheet"], w["row"], w["code"]) for w in made["warnings"]]
    assert found == [
        ("kq.xlsx", "Quý 4", 2, "count_fell"),
        ("kq.xlsx", "Quý 4", 3, "base_differs"),
    ]
    said = run("import", quarters, "--dry-run").err.splitlines()
    assert [line for line in said if line.startswith("Warning")] == [
        "Warning, kq.xlsx, sheet Quý 4, row 2: Bạc Liêu 1a: 11 on 31/10/2021 is below 12 on 30/09/2021:"
        " figures are cumulative.",
        "Warning, kq.xlsx, sheet Quý 4, row 3: The base of target 3 is 150 here, but the book has 160.",
    ]
