"""A text file is read in the encoding it was saved in, or asked about; never half guessed."""

import io
import os
import random
import subprocess
import sys
import tracemalloc
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from htx_cli.actions import results as recording
from htx_cli.intake.files import csv_rows
from htx_cli.intake.files.decoding import LONGEST_LINE, Decoded, lines, recognised
from htx_cli.text.errors import Problem, Rejected, UsageError
from tests.support.books import book
from tests.support.commands import Answer, Run
from tests.support.laws import tried
from tests.support.old_writers import HEADING, TABLE, WRITERS, cp1258, tcvn3, texts, vni


def read(data: bytes, encoding: str | None = None) -> tuple[str, Decoded]:
    file = io.BytesIO(data)
    how = recognised(file, "a.csv", encoding)
    return "".join(lines(file, "a.csv", how)), how


def codes(data: bytes, encoding: str | None = None) -> set[str]:
    """Why it cannot be read, if so."""
    try:
        read(data, encoding)
    except Rejected as rejected:
        return {problem.code for problem in rejected.problems}
    return set()


def refused(data: bytes, encoding: str | None = None) -> Problem:
    with pytest.raises(Rejected) as caught:
        read(data, encoding)
    [problem] = caught.value.problems
    return problem


# -- what is recognised ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"province,target,value\nCan Tho,1a,5\n", Decoded("utf-8")),
        (TABLE.encode(), Decoded("utf-8")),
        (TABLE.encode("utf-8-sig"), Decoded("utf-8")),
        (unicodedata.normalize("NFD", TABLE).encode(), Decoded("utf-8")),
        (b"\xff\xfe" + TABLE.encode("utf-16-le"), Decoded("utf-16-le")),
        (b"\xfe\xff" + TABLE.encode("utf-16-be"), Decoded("utf-16-be")),
        (TABLE.encode("utf-16-le"), Decoded("utf-16-le")),
        (TABLE.encode("utf-16-be"), Decoded("utf-16-be")),
        (cp1258(TABLE), Decoded("cp1258", guessed=True)),
        (tcvn3(TABLE).encode("cp1252"), Decoded("tcvn3", guessed=True)),
        (vni(TABLE).encode("cp1252"), Decoded("vni", guessed=True)),
        (tcvn3(TABLE).encode(), Decoded("utf-8", "tcvn3", True)),
        (vni(TABLE).encode("utf-8-sig"), Decoded("utf-8", "vni", True)),
        (vni(TABLE).encode("utf-16"), Decoded("utf-16-le", "vni", True)),
        (b"", Decoded("utf-8")),
    ],
)
def test_a_file_is_recognised_and_its_lines_keep_their_ends(data: bytes, encoding: Decoded) -> None:
    text, how = read(data)
    assert (how.container, how.font) == (encoding.container, encoding.font)
    plain = data if (len(data) < 50 and b"Can" in data) or not data else None
    assert unicodedata.normalize("NFC", text) == (TABLE if plain is None else plain.decode())


@pytest.mark.parametrize(
    ("bytes_", "cp1258_", "tcvn3_", "vni_"),
    [
        (b"T\xd8nh", None, "Tỉnh", None),
        (b"Ca\xe0n Th\xf4", None, None, "Cần Thơ"),
        (b"H\xe2\xf2u Giang", "Hậu Giang", None, None),
        (b"B\xb9c Li\xaau", None, "Bạc Liêu", None),
        (b"S\xe3c Tr\xa8ng", None, "Sóc Trăng", None),
        (b"So\xf9c Tra\xeang", None, None, "Sóc Trăng"),
        (b"S\xd3C TR\xc3NG", "SÓC TRĂNG", None, None),
        (b"\xa7\xbek L\xbek", None, "Đắk Lắk", None),
        (b"\xd1a\xe9k La\xe9k", None, None, "Đắk Lắk"),
        (b"Qu\xb6ng Ng\xb7i", None, "Quảng Ngãi", None),
        (b"k\xd5t qu\xb6", None, "kết quả", None),
        (b"C\xa7N TH\xa5", None, None, None),  # no font has Ầ: the capitals of .VnTimeH are 0xC7
        (b"C\xc7N TH\xa5", None, "CầN THƠ", None),
    ],
)
def test_two_words_are_enough_where_only_one_reading_is_vietnamese(
    bytes_: bytes, cp1258_: str | None, tcvn3_: str | None, vni_: str | None
) -> None:
    expected = [text for text in (cp1258_, tcvn3_, vni_) if text]
    if not expected:
        assert refused(bytes_).code == "encoding_unclear"
    else:
        assert [read(bytes_)[0]] == expected


def test_what_reads_the_same_everywhere_needs_no_decision() -> None:
    data = b"province,target,value,note\nCan Tho,1a,5,\x93good\x94 \x96 ok\n"
    assert read(data)[0].endswith(",“good” – ok\n")


def test_what_can_be_two_things_is_asked_for_with_the_readings() -> None:
    problem = refused(b"province,target,value\nS\xf4n La,1a,5\n")
    assert problem == Problem(
        "encoding_unclear",
        {"readings": ["cp1258: Sôn", "tcvn3: Sụn", "vni: Sơn"]},
        "a.csv",
        None,
        2,
    )


@pytest.mark.parametrize(
    ("encoding", "province"), [("cp1258", "Sôn La"), ("tcvn3", "Sụn La"), ("vni", "Sơn La")]
)
def test_the_option_decides(encoding: str, province: str) -> None:
    assert read(b"S\xf4n La", encoding) == (province, Decoded(encoding))


@pytest.mark.parametrize("encoding", WRITERS)
def test_a_file_named_for_what_it_is_reads_the_same_without_a_word(encoding: str) -> None:
    text, how = read(WRITERS[encoding](TABLE), encoding)
    assert text.casefold() == TABLE.casefold()
    assert how.encoding == encoding
    assert how.caution("a.csv") is None


def test_the_option_overrides_a_guess_from_the_letters() -> None:
    table = vni(TABLE)
    assert read(table.encode()) == (TABLE, Decoded("utf-8", "vni", guessed=True))
    assert read(table.encode(), "utf-8") == (table, Decoded("utf-8"))
    assert read("Sôn La".encode(), "vni") == ("Sơn La", Decoded("utf-8", "vni"))
    assert read("Sôn La".encode("utf-16"), "vni") == ("Sơn La", Decoded("utf-16-le", "vni"))


def test_utf8_with_a_damaged_place_is_called_that_with_its_line() -> None:
    data = TABLE.encode() + b"C\xe0 Mau;1a;5;\n"
    assert refused(data) == Problem("file_not_utf8", {}, "a.csv", None, 5)
    assert refused(b"H\xe0,1\n", "utf-8") == Problem("file_not_utf8", {}, "a.csv", None, 1)


def test_bytes_that_the_named_encoding_does_not_have_are_refused_with_their_line() -> None:
    wrong = Problem("file_not_encoding", {"encoding": "vni"}, "a.csv", None, 2)
    assert refused(b"a\n\x81\n", "vni") == wrong
    wrong = Problem("file_not_encoding", {"encoding": "utf-16"}, "a.csv", None, 1)
    assert refused(b"\xff\xfea\x00b", "utf-16") == wrong


def test_a_first_line_that_names_the_separator_comes_through() -> None:
    text = lines(io.BytesIO(b"\xef\xbb\xbfsep=;\r\na;b\r\n"), "a.csv", Decoded("utf-8"))
    assert list(text) == ["sep=;\r\n", "a;b\r\n"]


def test_the_lines_of_every_system_are_lines() -> None:
    text = lines(io.BytesIO(b"a\r\nb\nc\rd"), "a.csv", Decoded("utf-8"))
    assert list(text) == ["a\r\n", "b\n", "c\r", "d"]


# -- every text of real syllables ------------------------------------------------------------------


@pytest.mark.parametrize("encoding", WRITERS)
@given(text=texts)
@tried(150)
def test_a_table_in_any_encoding_reads_back_as_itself(encoding: str, text: str) -> None:
    table = HEADING + text
    read_back, how = read(WRITERS[encoding](table))
    if encoding == "tcvn3":
        assert read_back.casefold() == table.casefold()
    else:
        assert read_back == table
    assert how.encoding == encoding


@given(text=texts)
@tried(300)
def test_any_words_without_a_heading_read_back_or_are_asked_about(text: str) -> None:
    for encoding, write in WRITERS.items():
        data = write(text)
        if codes(data) != {"encoding_unclear"}:
            assert read(data)[0].casefold() == text.casefold(), encoding


# -- hostile files ---------------------------------------------------------------------------------


def peak(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.slow
@pytest.mark.parametrize("encoding", [None, "utf-8", "utf-16", "cp1258", "tcvn3", "vni"])
def test_a_line_of_200_megabytes_is_refused_early_and_in_little_memory(
    tmp_path: Path, encoding: str | None
) -> None:
    """Sparse, with something else than zeros at its beginning."""
    path = tmp_path / "long.csv"
    with path.open("wb") as file:
        file.write(b"\xff\xfea\x00" * 2_200_000 if encoding == "utf-16" else b"x" * 2_200_000)
        file.truncate(200_000_000)

    def work() -> None:
        with path.open("rb") as file, pytest.raises(Rejected) as caught:
            list(lines(file, "long.csv", recognised(file, "long.csv", encoding)))
        long = Problem("line_too_long", {"limit": LONGEST_LINE}, "long.csv", None, 1)
        assert caught.value.problems == (long,)
        assert file.closed or file.tell() < 10_000_000

    assert peak(work) < 20_000_000


@pytest.mark.slow
def test_a_long_file_needs_the_memory_of_a_line(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    row = cp1258("Cần Thơ;1a;20;đã kiểm tra\r\n")
    with path.open("wb") as file:
        file.write(cp1258(HEADING))
        file.writelines(row for _ in range(100_000))

    def work() -> None:
        with path.open("rb") as file:
            how = recognised(file, "long.csv")
            assert sum(1 for _ in lines(file, "long.csv", how)) == 100_001

    assert peak(work) < 3_000_000


@pytest.mark.parametrize("data", [b"a,b\nC\0n,1\n", b"\0" * 5000, "a,b\nc\0,d\n".encode("utf-16")])
def test_zero_bytes_are_refused(data: bytes) -> None:
    assert refused(data).code == "nul_byte"


REFUSALS = {
    *("encoding_unclear", "file_not_utf8", "file_not_encoding", "nul_byte", "line_too_long")
}


@given(data=st.binary(max_size=3000), encoding=st.sampled_from([None, *WRITERS]))
@tried(400)
def test_any_bytes_are_text_or_refused(data: bytes, encoding: str | None) -> None:
    assert codes(data, encoding) <= REFUSALS


@pytest.mark.slow
def test_megabytes_of_noise_are_refused() -> None:
    noise = random.Random(1).randbytes(3_000_000)
    assert codes(noise) == {"nul_byte"}
    assert codes(noise.replace(b"\0", b"")) <= REFUSALS


def test_a_file_that_changes_between_the_two_readings_is_refused() -> None:
    file = io.BytesIO(TABLE.encode())
    how = recognised(file, "a.csv")
    file.seek(0)
    file.write(b"\xff" * 30)
    with pytest.raises(Rejected) as caught:
        list(lines(file, "a.csv", how))
    assert [p.code for p in caught.value.problems] == ["file_not_utf8"]


@pytest.mark.parametrize("encoding", WRITERS)
def test_a_pass_in_the_middle_of_another_disturbs_neither(encoding: str) -> None:
    body = "".join(f"Cần Thơ;{number};đã kiểm tra\n" for number in range(5000))
    file = io.BytesIO(WRITERS[encoding]("Tỉnh;Kết quả;Ghi chú\n" + body))
    [table] = csv_rows.tables(file, "a.csv")
    assert table.again is not None
    first = [next(table.rows) for _ in range(2500)]
    second = list(table.again())
    assert [*first, *table.rows] == second
    assert [cells[1] for _, cells in second] == ["Kết quả", *map(str, range(5000))]


# -- the command -----------------------------------------------------------------------------------

ROWS = "Tỉnh,Chỉ tiêu,Ngày,Kết quả\nSóc Trăng,1a,30/9/2021,11\nCà Mau,1a,30/9/2021,9\n"
CONVERTED = (
    "{file}: The text is {encoding}, from before Unicode, and was converted."
    " If the names came out wrong, say what it is with --encoding.\n"
)


LOWERED = (
    "Warning, old.csv, row 3: Cà Mau 1a: 9 on 30/09/2021 is below 10 on 30/06/2021:"
    " figures are cumulative.\n"
)


@pytest.mark.parametrize("encoding", ["cp1258", "tcvn3", "vni"])
def test_an_old_file_is_imported_with_a_line_saying_so(
    run: Run, sample: Path, encoding: str
) -> None:
    Path("old.csv").write_bytes(WRITERS[encoding](ROWS))
    said = CONVERTED.format(file="old.csv", encoding=encoding)
    done = "Change 33: +2 new, ~0 changed, =0 the same  (htx undo 33)\n"
    assert run("import", "old.csv") == Answer(0, "", done + said + LOWERED)
    Path("new.csv").write_text(ROWS, encoding="utf-8")
    assert run("import", "new.csv").err.startswith("Nothing to change: all 2 figures stand")


def test_what_is_unclear_is_asked_for_and_then_taken(run: Run, sample: Path) -> None:
    Path("old.csv").write_bytes(
        b"province,target,value,as_of,note\nSoc Trang,1a,11,30/9/2021,S\xf4n"
    )
    assert run("import", "old.csv") == Answer(
        4,
        "",
        "old.csv row 2: How the letters of this file are encoded cannot be told. Say with --encoding"
        " which reading is right (cp1258: Sôn, tcvn3: Sụn, vni: Sơn), or save it as CSV UTF-8.\n"
        "Nothing was written. Problems in old.csv: 1.\n",
    )
    done = "Change 33: +1 new, ~0 changed, =0 the same  (htx undo 33)\n"
    assert run("import", "old.csv", "--encoding", "VNI") == Answer(0, "", done)


def test_standard_input_is_gone_through_twice_as_well(sample: Path) -> None:
    """A real pipe cannot be wound back."""
    made = subprocess.run(
        [sys.executable, "-m", "htx_cli", "import", "-", "--encoding", "vni"],
        input=WRITERS["vni"](ROWS),
        capture_output=True,
        env={**os.environ, "HTX_LANG": "en"},
    )
    assert (made.returncode, made.stdout) == (0, b"")
    assert made.stderr.startswith(b"Change 33: +2 new")


def test_python_says_which_encodings_there_are(sample: Path) -> None:
    Path("a.csv").write_text(ROWS, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        recording.import_results(book(sample), "a.csv", encoding="latin-1")
    assert caught.value.code == "not_one_of"
