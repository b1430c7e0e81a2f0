"""What a person sees: whole screens on real terminals of 80, 120 and 200 columns, in both languages.

The screens stand in `screens/`; `python -m tests.output.test_screens` paints them anew, to be looked at.
"""

import io
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.support.books import SAMPLE
from tests.support.terminal import HTX, environ, on_terminal

SCREENS = Path(__file__).parents[1] / "screens"
TYPED = {
    "report": ["report", "--year", "2021"],
    "report-june": ["report", "--as-of", "30/6/2021", "--estimates"],
    "report-2020": ["report", "--year", "2020"],
    "status": ["status", "kien giang", "--year", "2021"],
    "explain": ["explain", "soc trang", "2", "--year", "2021"],
    "explain-all": ["explain", "all", "3", "--year", "2021"],
    "trend": ["trend", "htx"],
    "targets": ["targets", "--year", "2021"],
    "leaders": ["leaders"],
    "log": ["log"],
    "help": ["--help"],
    "help-record": ["record", "--help"],
}
SEEN = [
    (name, width, language)
    for name in TYPED
    for width in (80, 120, 200)
    for language in ("en", "vi")
    if name in ("report", "status") or width == 80
]


def screen(typed: list[str], width: int, language: str, **more: str) -> str:
    command = [str(HTX), "--db", str(SAMPLE), *typed]
    with TemporaryDirectory() as folder:
        text = on_terminal(command, environ(width, language, **more), folder)
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n"))


def place(name: str, width: int, language: str) -> Path:
    return SCREENS / f"{name}-{width}-{language}.txt"


@pytest.mark.slow
@pytest.mark.parametrize(("name", "width", "language"), SEEN)
def test_the_screen_is_the_one_that_was_looked_at(name: str, width: int, language: str) -> None:
    expected = place(name, width, language).read_text(encoding="utf-8")
    assert screen(TYPED[name], width, language) == expected


@pytest.mark.parametrize(("name", "width", "language"), SEEN)
def test_no_line_is_wider_than_the_terminal(name: str, width: int, language: str) -> None:
    lines = place(name, width, language).read_text(encoding="utf-8").split("\n")
    assert [line for line in lines if len(line) > width] == []


COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def test_colour_shows_on_a_terminal_and_says_nothing_that_the_text_does_not_say() -> None:
    coloured = screen(TYPED["report"], 80, "en", TERM="xterm-256color")
    assert COLOUR.search(coloured)
    plain = "\n".join(line.rstrip() for line in COLOUR.sub("", coloured).split("\n"))
    assert plain == place("report", 80, "en").read_text(encoding="utf-8")


@pytest.mark.parametrize("more", [{"NO_COLOR": "1", "TERM": "xterm-256color"}, {"TERM": "dumb"}])
def test_no_color_and_a_dumb_terminal_are_obeyed(more: dict[str, str]) -> None:
    shown = screen(TYPED["report"], 80, "en", **more)
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", shown)


def in_a_pipe(typed: list[str], **more: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "htx_cli", "--db", str(SAMPLE), *typed]
    settings = environ(80, "en", **more)
    settings.pop("COLUMNS")
    return subprocess.run(command, env=settings, capture_output=True, check=False)


def test_in_a_pipe_nothing_is_cut_coloured_or_boxed() -> None:
    text = in_a_pipe(TYPED["status"], TERM="xterm-256color").stdout.decode()
    assert "Số mô hình HTX quy mô lớn theo chuỗi giá trị xây dựng mới" in text
    assert not COLOUR.search(text)
    assert not re.search("[─│┃━]", text)


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp1258", "latin-1"])
def test_a_legacy_encoding_of_the_console_breaks_nothing(encoding: str) -> None:
    for typed in (TYPED["report"], ["report", "--year", "2021", "--format", "table"], ["nò"]):
        done = in_a_pipe(typed, PYTHONIOENCODING=encoding)
        assert b"Traceback" not in done.stderr
        assert done.stdout.decode("utf-8") or done.stderr.decode("utf-8")


def test_a_reader_that_goes_away_early_leaves_no_traceback() -> None:
    command = f"{sys.executable} -m htx_cli --db {SAMPLE} provinces --all --format json | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert done.stdout == b"{\n"
    assert done.stderr == b""


def test_a_full_disk_behind_standard_output_is_one_message() -> None:
    command = f"{sys.executable} -m htx_cli --db {SAMPLE} provinces --all > /dev/full"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False, text=True)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


# -- completion ------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (
            "htx re",
            [
                "remove-member",
                "rename-cluster",
                "rename-province",
                "remove-target",
                "record",
                "report",
                "remind",
                "reopen-year",
            ],
        ),
        ("htx status soc", ["soc-trang"]),
        ("htx status h", ["hau-giang"]),
        ("htx explain soc-trang 8", ["8a", "8b"]),
        ("htx rotate-leader --leader ca", ["can-tho", "ca-mau"]),
        ("htx report --fail", ["--fail-on"]),
    ],
)
def test_the_shell_completes_commands_provinces_and_targets(
    typed: str, expected: list[str]
) -> None:
    settings = environ(80, "en", HTX_DB=str(SAMPLE), _HTX_COMPLETE="complete_bash")
    settings |= {"COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split()) - 1)}
    done = subprocess.run([str(HTX)], env=settings, capture_output=True, text=True, check=False)
    assert done.stdout.split() == expected


def test_completion_without_a_book_offers_nothing_and_says_nothing(tmp_path: Path) -> None:
    settings = environ(80, "en", HTX_DB="none.db", _HTX_COMPLETE="complete_bash")
    settings |= {"COMP_WORDS": "htx status soc", "COMP_CWORD": "2"}
    done = subprocess.run([str(HTX)], env=settings, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("", "")


if __name__ == "__main__":
    SCREENS.mkdir(exist_ok=True)
    for old in SCREENS.glob("*.txt"):
        old.unlink()
    for name, width, language in SEEN:
        text = screen(TYPED[name], width, language)
        place(name, width, language).write_text(text, encoding="utf-8")


# -- an import on a terminal -----------------------------------------------------------------------


def test_on_a_terminal_problems_are_a_table_with_cell_content_and_remedy(sample: Path) -> None:
    text = "tỉnh,chỉ tiêu,kết quả\nSoc Tran,1a,11\nCà Mau,1a,1.234\n"
    (sample.parent / "wrong.csv").write_text(text, encoding="utf-8")
    typed = ["import", "wrong.csv", "--as-of", "30/6/2021"]
    command = [sys.executable, "-m", "htx_cli", "--db", str(sample), *typed]
    shown = on_terminal(command, environ(100, "en"), str(sample.parent))
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown).replace("\r\n", "\n")
    assert [line.rstrip() for line in plain.splitlines()] == [
        "file       cell  it says   what is wrong",
        "─" * 100,
        "wrong.csv  A2    Soc Tran  No province is called “Soc Tran”. Did you mean Sóc Trăng?",
        "wrong.csv  C3    1.234     “1.234” can be 1,234 or 1.234. Say which with --numbers vi or --numbers",
        "                           en.",
        "Nothing was written. Problems in wrong.csv: 2.",
    ]


def test_rows_that_are_read_are_counted_on_a_terminal_once_it_takes_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from htx_cli.commands import imports as importing

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(importing, "_PATIENCE", 0.0)
    counted = importing.RowsRead()
    for rows in range(1, 1001):
        counted(rows)
    counted.close()
    assert "rows read" in terminal.getvalue()
    assert "1,000 rows read" in terminal.getvalue()
