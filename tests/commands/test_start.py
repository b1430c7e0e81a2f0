"""Every command starts at once: what is heavy is loaded when it is needed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.books import SAMPLE, TESTS

HEAVY = (
    "sqlite_utils",
    "pydantic",
    "rich",
    "dateutil",
    "tomllib",
    "importlib.metadata",
    "click",
    "python_calamine",
    "xlrd",
    "htx_cli.book.write",
    "htx_cli.intake.rows",
)
PACKAGE = TESTS.parent / "htx_cli"
SHOW = ["--db", str(SAMPLE), "report", "--year", "2021"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "loaded"),
    [
        (["--version"], []),
        (SHOW, []),
        ([*SHOW, "--format", "csv"], []),
        ([*SHOW, "--json"], []),
        ([*SHOW, "--format", "table"], ["rich"]),
        (["--db", str(SAMPLE), "leaders"], []),
        (["--db", str(SAMPLE), "status", "can tho", "--year", "2021"], []),
        (["--db", str(SAMPLE), "explain", "can tho", "3", "--year", "2021"], []),
        (["--db", str(SAMPLE), "log"], []),
        (["--help"], []),
        (["record", "--help"], []),
    ],
    ids=lambda value: " ".join(value).replace(str(SAMPLE), "sample.db"),
)
def test_a_command_loads_only_what_it_needs(typed: list[str], loaded: list[str]) -> None:
    code = (
        "import sys\nfrom htx_cli.cli import app\n"
        "try:\n    app(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        f"print(*[m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *typed], capture_output=True, text=True, check=True
    )
    assert done.stderr.split() == loaded


def test_importing_the_package_loads_next_to_nothing() -> None:
    code = f"import sys, htx_cli; print(*[m for m in {(*HEAVY, 'typer', 'sqlite3')!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@pytest.fixture(autouse=True)
def streams_as_people_have_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unbuffered, Python drops what a stream does not take; buffered, it tries once more at its end."""
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)


REPORT = ["--db", str(SAMPLE), "report", "--year", "2021"]
ANSWERS = {
    "report": REPORT,
    "json": [*REPORT, "--json"],
    "help": ["--help"],
    "version": ["--version"],
    "refused": ["no-such-command", "--json"],
}
answers = pytest.mark.parametrize("typed", ANSWERS.values(), ids=ANSWERS)


@pytest.mark.slow
@answers
@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_a_reader_that_has_gone_sees_no_traceback(typed: list[str], closed: str) -> None:
    """As `htx … | head -1` does, only earlier."""
    with subprocess.Popen(
        [sys.executable, "-m", "htx_cli", *typed], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        left = {"stdout": running.stdout, "stderr": running.stderr}
        gone, other = left.pop(closed), *left.values()
        assert gone and other
        gone.close()
        said = other.read().decode()
        running.wait()
    assert "Traceback" not in said
    assert "Exception ignored" not in said
    assert running.returncode in ((0, 1, 2) if closed == "stdout" else (0, 2))


@pytest.mark.slow
@answers
@pytest.mark.skipif(not hasattr(os, "dup2"), reason="shells close streams so on POSIX")
@pytest.mark.parametrize("number", [1, 2], ids=["stdout", "stderr"])
def test_a_stream_that_is_closed_from_the_start_does_no_harm(typed: list[str], number: int) -> None:
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {number}>&-', "sh", sys.executable, "-m", "htx_cli", *typed],
        capture_output=True,
        text=True,
        check=False,
    )
    answered = 1 if number == 1 else 0  # an answer that nobody can read is no success
    assert done.returncode == (2 if typed == ANSWERS["refused"] else answered)
    assert "Traceback" not in done.stdout + done.stderr
    assert "went wrong" not in done.stdout + done.stderr


@pytest.mark.slow
def test_an_answer_that_finds_no_room_is_one_sentence(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="limits are of another kind here")
    for typed in ([*REPORT], [*REPORT, "--json"], ["--help"]):
        with (tmp_path / "answer").open("wb") as out:
            done = subprocess.run(
                [sys.executable, "-m", "htx_cli", *typed],
                stdout=out,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (512, 512)),
            )
        assert done.returncode == 1
        assert done.stderr == "htx: The answer could not be written out: File too large\n"


def test_python_m_htx_cli_is_htx() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "htx_cli", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == "htx 0.1.0\n"


def package_in(folder: Path) -> Path:
    """A copy of the package outside of any installation."""
    return shutil.copytree(PACKAGE, folder / "htx_cli", ignore=shutil.ignore_patterns("*.pyc"))


def htx_from(place: Path, *typed: str) -> subprocess.CompletedProcess[str]:
    """Run `htx` as the package at a place has it: a folder, or a zip."""
    return subprocess.run(
        [sys.executable, "-m", "htx_cli", *typed],
        env=os.environ | {"PYTHONPATH": str(place)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_a_zip_of_the_package_finds_its_register_and_its_translations(tmp_path: Path) -> None:
    package_in(tmp_path / "unpacked")
    zipped = Path(shutil.make_archive(str(tmp_path / "htx"), "zip", tmp_path / "unpacked"))
    shutil.rmtree(tmp_path / "unpacked")
    made = htx_from(zipped, "--lang", "vi", "--db", "new.db", "init")
    assert (made.returncode, made.stderr) == (
        0,
        "Lần thay đổi 1: tạo sổ mới với danh mục tỉnh, thành phố  (htx log 1)\n",
    )
    listed = htx_from(zipped, "--db", "new.db", "provinces", "--format", "csv")
    assert len(listed.stdout.splitlines()) == 1 + 63


def test_a_mistake_of_the_program_is_not_blamed_on_a_book_that_is_not_there(tmp_path: Path) -> None:
    (package_in(tmp_path) / "data" / "register.toml").unlink()
    failed = htx_from(tmp_path, "init")
    assert failed.returncode == 1
    assert "went wrong inside the program" in failed.stderr
    assert "FileNotFoundError" in failed.stderr
    assert "no book" not in failed.stderr
