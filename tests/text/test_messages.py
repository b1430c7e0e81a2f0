"""What a message says to the officer: what to type, in her own language, each thing once."""

import errno
import json
import os
import shutil
from pathlib import Path

import pytest

from htx_cli.text import words
from htx_cli.text.errors import refusal
from htx_cli.text.messages import PHRASES
from tests.support.commands import Answer, Run

VI = {"HTX_LANG": "vi"}


def write(name: str, text: str) -> Path:
    Path(name).write_text(text, encoding="utf-8")
    return Path(name)


# -- how to type it --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (["withdraw", "can tho", "1a"], "--as-of is missing. Type for example: --as-of 31/12/2021"),
        (["add-cluster", "X"], '--member is missing. Type for example: --member "Cần Thơ"'),
        (["remove-member"], 'PROVINCE is missing. Type for example: htx remove-member "Cần Thơ" --until 31/12/2021'),
        (["report", "--as-of"], "--as-of needs a value. Type for example: --as-of 31/12/2021"),
        (["rotate-leader", "--deputy"], '--deputy needs a value. Type for example: --deputy "Cần Thơ"'),
        (["--db"], "--db needs a value. Type for example: --db htx.db"),
        (["report", "--json=1"], "--json takes no value. Type it alone."),
        (["report", "--help=1"], "--help takes no value. Type it alone."),
        (["log", "can tho"], 'To see the life of a figure, name its target too: htx log "can tho" 1a --year 2022. To see a change, write its number: htx log 12.'),
        (["import", "a.docx"], "a.docx cannot be imported: save it as .xlsx .xls .ods .csv .tsv .json or .ndjson."),
        (["set-share", "can tho", "1a"], 'Say one of: a threshold, --not-assigned, --as-signed. For example: htx set-share "Cần Thơ" 1a 25'),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_what_is_missing_comes_with_an_example(
    run: Run, sample: Path, typed: list[str], message: str
) -> None:
    Path("a.docx").touch()
    assert run(*typed) == Answer(2, "", f"htx: {message}\n")


HINT = (
    "For a base figure: record the figure of the base year, or record this one again with --base N."
)


@pytest.mark.parametrize(
    "typed", [["report"], ["status", "an giang"], ["explain", "an giang", "3"]], ids=" ".join
)
def test_a_growth_without_a_base_says_how_to_give_it_one(
    run: Run, sample: Path, typed: list[str]
) -> None:
    shown = run(*typed, "--year", 2021, "--format", "table", COLUMNS="200").out
    assert "no base figure" in shown
    assert shown.count(HINT) == 1


def test_the_report_for_the_conference_has_no_advice_on_what_to_type(
    run: Run, sample: Path
) -> None:
    for format in ("plain", "md"):
        assert HINT not in run("report", "--year", 2021, "--format", format).out


@pytest.mark.parametrize("nobody", ["none", "unknown", "không có", "CHUA RO"])
def test_a_leader_must_be_a_member_and_only_the_deputy_may_be_nobody(
    run: Run, sample: Path, nobody: str
) -> None:
    assert run("rotate-leader", "--year", 2022, "--leader", nobody) == Answer(
        4,
        "",
        f"htx: “{nobody}” cannot lead: a leader must be a member. Only the deputy can be none or"
        " unknown. Members are: Cần Thơ, Sóc Trăng, Bạc Liêu, Cà Mau, An Giang, Kiên Giang,"
        " Hậu Giang.\n",
    )
    typed = ("rotate-leader", "--year", 2022, "--deputy", nobody, "--because", "bầu", "--json")
    made = json.loads(run(*typed).out)["leadership"]
    assert (made["deputy"], made["deputy_known"]) == (None, nobody in ("none", "không có"))


# -- an import that is refused ---------------------------------------------------------------------

KNOWN = (
    "cluster (cụm), year (năm), province (tỉnh), target (chỉ tiêu), as_of (ngày), basis (loại),"
    " value (kết quả), of (trên tổng số), base (số gốc), rate (tỷ lệ), source (nguồn),"
    " note (ghi chú)"
)


def test_a_title_above_the_heading_is_no_problem(run: Run, sample: Path) -> None:
    write("a.csv", "BÁO CÁO NĂM 2021,,\ntỉnh,chỉ tiêu,kết quả\nCần Thơ,1a,5\n")
    assert run("import", "a.csv", "--year", 2021).exit == 0


def test_a_table_without_a_heading_is_one_problem_that_names_the_headings(
    run: Run, sample: Path
) -> None:
    write("a.csv", "BÁO CÁO NĂM 2021,,\nđơn vị gì,số gì,ngày gì\n")
    assert run("import", "a.csv", "--year", 2021) == Answer(
        4,
        "",
        "a.csv row 1: No heading was found in the first rows."
        f" Known headings are: {KNOWN}.\n"
        "Nothing was written. Problems in a.csv: 1.\n",
    )


def test_a_file_with_a_heading_alone_is_named(run: Run, sample: Path) -> None:
    for name in ("a.csv", "b.csv"):
        write(name, "tỉnh,chỉ tiêu,kết quả\n")
    assert run("import", "a.csv", "b.csv") == Answer(
        4,
        "",
        "a.csv: The file has no rows with figures.\n"
        "b.csv: The file has no rows with figures.\n"
        "Nothing was written. Problems in a.csv, b.csv: 2.\n",
    )


def test_the_same_problem_of_many_rows_is_told_once_and_kept_row_by_row_in_json(
    run: Run, sample: Path
) -> None:
    rows = ["Cần Thơ,1a,x", *["Sok Trang,1a,5"] * 300, "Cà Mau,1a,x", "Cà Mau,8a,hả", "Sok,1a,5"]
    write("a.csv", "tỉnh,chỉ tiêu,kết quả\n" + "\n".join(rows) + "\n")
    typed = ("import", "a.csv", "--year", 2021)
    assert run(*typed) == Answer(
        4,
        "",
        "a.csv rows 2, 303, value (kết quả): “x” is not a number."
        " Write for example 1234.5 or 1.234,5.\n"
        "a.csv rows 3, 4, 5 and 297 more, province (tỉnh): No province is called “Sok Trang”."
        " Did you mean Sóc Trăng?\n"
        "a.csv C304, value (kết quả): “hả” is neither yes nor no."
        " Write yes (có, đạt, x, ✓) or no (không, chưa).\n"
        "a.csv A305, province (tỉnh): No province is called “Sok”."
        ' If this row is a subtotal or no part of the table, leave it out: --map "Sok=skip".\n'
        "Nothing was written. Problems in a.csv: 304.\n",
    )
    problems = json.loads(run(*typed, "--json").out)["problems"]
    assert [p["row"] for p in problems] == list(range(2, 306))
    assert {p["column"] for p in problems} == {"province", "value"}


def test_problems_beyond_the_kept_ones_are_counted(run: Run, sample: Path) -> None:
    write("a.csv", "tỉnh,chỉ tiêu,kết quả\n" + "Sok Trang,1a,5\n" * 1200)
    lines = run("import", "a.csv", "--year", 2021).err.splitlines()
    assert lines[0].startswith("a.csv rows 2, 3, 4 and 997 more, province (tỉnh): ")
    assert lines[1:] == [
        "… and 200 more problems.",
        "Nothing was written. Problems in a.csv: 1200.",
    ]


# -- all of it in Vietnamese -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (["record"], 'Thiếu TỈNH. Ví dụ cách gõ: htx record "Cần Thơ" 1a 20'),
        (["add-target"], 'Thiếu MÃ. Ví dụ cách gõ: htx add-target 1a "HTX thành lập mới" --year 2021 --at-least 20'),
        (["record", "can tho", "8a", "hả", "--year", "2021"], "“hả” không rõ là có hay không. Hãy ghi có (đạt, x, ✓) hoặc không (chưa)."),
        (["record", "can tho", "2", "5", "--base", "7", "--of", "9", "--year", "2021"], "Chỉ tiêu 2 thuộc dạng tỷ lệ: không nhận số gốc (--base, trong tệp là cột “số gốc”)."),
        (["withdraw", "can tho", "1a", "--as-of", "1/1/2021"], "Cần Thơ không có số liệu (loại thực hiện) cho chỉ tiêu 1a tính đến 01/01/2021. Hiện có: 30/06/2021 (thực hiện), 31/12/2021 (thực hiện)."),
        (["add-target", "x", "Tên", "--year", "2021", "--kind", "gì"], "“gì” không dùng được. Hãy chọn một trong: count (số lượng), ratio (tỷ lệ), growth (mức tăng), yes-no (có/không), tracked (theo dõi)."),
        (["add-target", "x", " ", "--year", "2021", "--at-least", "1"], "Tên chỉ tiêu còn trống."),
        (["report", "--year", "2021", "-o", "no/x.csv"], "Không ghi được no/x.csv: chưa có thư mục đó"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_a_vietnamese_message_has_no_english_words(
    run: Run, sample: Path, typed: list[str], message: str
) -> None:
    assert run(*typed, **VI).err == f"htx: {message}\n"


def test_the_first_change_is_told_in_vietnamese_record_by_record(run: Run, sample: Path) -> None:
    lines = run("log", 1, "--format", "csv", **VI).out.splitlines()
    tables = ("settings ", "successions ", "aliases ", "provinces ")
    assert [line for line in lines if line.startswith(tables)] == []


def test_problems_name_vietnamese_columns_and_json_the_keys(run: Run, sample: Path) -> None:
    write("a.csv", "tỉnh,chỉ tiêu,kết quả,loại\nCần Thơ,1a,x,\nCần Thơ,1b,5,đoán\n,1a,5,\n")
    typed = ("import", "a.csv", "--year", 2021)
    assert run(*typed, **VI).err == (
        "a.csv C2, kết quả: “x” không phải là số. Hãy ghi theo ví dụ: 1234.5 hoặc 1.234,5.\n"
        "a.csv D3, loại: “đoán” không rõ loại số liệu. Hãy ghi thực hiện hoặc ước.\n"
        "a.csv A4, tỉnh: Tên tỉnh ở đây để trống. Hãy ghi ở mọi dòng: không lấy theo dòng phía trên.\n"
        "Chưa ghi gì vào sổ. Số lỗi trong a.csv: 3.\n"
    )
    problems = json.loads(run(*typed, "--json", **VI).out)["problems"]
    assert [p["column"] for p in problems] == ["value", "basis", "province"]
    write("b.csv", "tỉnh,chỉ tiêu\nCần Thơ,1a\n")
    assert "b.csv dòng 1: Thiếu các cột: kết quả.\n" in run("import", "b.csv", **VI).err


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.csv", 'tỉnh,chỉ tiêu,kết quả\n"Cần Thơ,1a,5\n', "a.csv dòng 2: Tệp không đúng định dạng CSV: có dấu ngoặc kép mở mà không đóng"),
        ("a.csv", 'tỉnh,chỉ tiêu,kết quả\n"Cần" Thơ,1a,5\n', "a.csv dòng 2: Tệp không đúng định dạng CSV: có dấu ngoặc kép trong ô; hãy ghi dấu đó hai lần"),
        ("a.json", '[{"tỉnh" 1}]', "a.json: Tệp không đúng định dạng JSON: dòng 1, cột 10"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_said_in_vietnamese(
    run: Run, sample: Path, name: str, text: str, message: str
) -> None:
    write(name, text)
    assert run("import", name, **VI).err.splitlines()[0] == message


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("record", ["record TỈNH MÃ SỐ_LIỆU [TÙY CHỌN]", "--of SỐ", "--as-of NGÀY", "--year NĂM", "--source CHỮ"]),
        ("import", ["import TỆP|- … [TÙY CHỌN]", "--input-format csv|tsv|xlsx|xls|ods|json|ndjson"]),
        ("rotate-leader", ["--leader TỈNH", "--deputy TỈNH|none|unknown"]),
        ("add-cluster", ["add-cluster TÊN [TÙY CHỌN]", "--since NĂM|NGÀY", "--id ĐỊNH_DANH"]),
        ("log", ["log [LẦN|TỈNH] [MÃ] [TÙY CHỌN]"]),
        ("report", ["--fail-on TÌNH_TRẠNG", "--output, -o TỆP"]),
    ],
)  # fmt: skip
def test_what_stands_in_for_a_value_is_vietnamese_in_vietnamese_help(
    run: Run, command: str, shown: list[str]
) -> None:
    text = run(command, "--help", **VI).out
    assert [part for part in shown if part not in text] == []


# -- what the system refuses -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "english", "vietnamese"),
    [
        (errno.ENOENT, "it does not exist", "không tìm thấy"),
        (errno.EACCES, "no permission, or another program has it open", "không có quyền, hoặc chương trình khác đang mở"),
        (errno.EPERM, "no permission, or another program has it open", "không có quyền, hoặc chương trình khác đang mở"),
        (errno.EISDIR, "it is a folder", "đây là thư mục"),
        (errno.ENOTDIR, "a part of its path is not a folder", "một phần của đường dẫn không phải là thư mục"),
        (errno.ENOSPC, "the disk is full", "đĩa đã đầy"),
        (errno.EROFS, "the disk is read-only", "đĩa chỉ cho phép đọc"),
        (errno.ENAMETOOLONG, "its name is too long", "tên quá dài"),
        (errno.EMFILE, os.strerror(errno.EMFILE), os.strerror(errno.EMFILE)),
    ],
)  # fmt: skip
def test_the_system_refuses_in_our_words_where_there_are_any(
    number: int, english: str, vietnamese: str
) -> None:
    refused = refusal(OSError(number, os.strerror(number)))
    assert str(refused) == english
    words.speak("vi")
    assert words.shown(refused) == vietnamese


def test_a_folder_in_the_place_of_a_file_is_said_so(run: Run, sample: Path) -> None:
    Path("x.csv").mkdir()
    shutil.copy(sample, "x.csv/htx.db")
    assert run("report", "--year", 2021, "-o", "x.csv") == Answer(
        1, "", "htx: x.csv cannot be written: it is a folder\n"
    )
    assert run("import", "x.csv") == Answer(
        2, "", "htx: x.csv is a folder. Name the files in it, one after the other.\n"
    )


def test_every_phrase_is_said_somewhere() -> None:
    package = Path(words.__file__).parent.parent
    texts = [path.read_text(encoding="utf-8") for path in package.rglob("*.py")]
    unsaid = [
        code
        for code in PHRASES
        if not code.startswith("column_") and sum(text.count(f'"{code}"') for text in texts) < 2
    ]
    assert unsaid == []
