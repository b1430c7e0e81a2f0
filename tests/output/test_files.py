"""Answers saved in files: the format of the ending, what is replaced, and places that refuse."""

import json
import os
from pathlib import Path

import pytest

from htx_cli.output.formats import render
from tests.support.books import SAMPLE
from tests.support.commands import Run
from tests.support.limits import as_anybody, with_room
from tests.support.shown import SHOWN


@pytest.mark.parametrize("name", ["report", "status", "leaders"])
@pytest.mark.parametrize(("ending", "format"), [("txt", "plain"), ("json", "json"), ("csv", "csv"), ("md", "md"), ("ndjson", "ndjson")])  # fmt: skip
def test_a_file_is_saved_whole_in_the_format_of_its_ending(
    run: Run, tmp_path: Path, name: str, ending: str, format: str
) -> None:
    typed = {"report": ["report"], "status": ["status", "kien giang"], "leaders": ["leaders"]}[name]
    year = [] if name == "leaders" else ["--year", "2021"]
    answer = run("--db", SAMPLE, *typed, *year, "-o", f"x.{ending}")
    assert (answer.exit, answer.out, answer.err) == (0, "", f"Saved: x.{ending}\n")
    text = (tmp_path / f"x.{ending}").read_text(encoding="utf-8-sig")
    assert text == render(SHOWN[name](), format)
    assert [p.name for p in tmp_path.iterdir()] == [f"x.{ending}"]


def test_only_a_saved_csv_bears_the_mark_that_excel_wants(run: Run, tmp_path: Path) -> None:
    run("--db", SAMPLE, "leaders", "-o", "x.csv")
    run("--db", SAMPLE, "leaders", "-o", "x.json")
    assert (tmp_path / "x.csv").read_bytes()[:3] == b"\xef\xbb\xbf"
    assert (tmp_path / "x.json").read_bytes()[:1] == b"{"
    assert run("--db", SAMPLE, "leaders", "--format", "csv").out.startswith("year,")


def test_a_file_that_stands_is_replaced_only_when_asked_for_and_then_whole(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "x.md").write_text("mine", encoding="utf-8")
    answer = run("--db", SAMPLE, "leaders", "-o", "x.md")
    assert (answer.exit, answer.out) == (2, "")
    assert answer.err == (
        "htx: x.md exists already and was not touched."
        " Name another file, or replace this one with --replace.\n"
    )
    assert (tmp_path / "x.md").read_text(encoding="utf-8") == "mine"
    answer = run("--db", SAMPLE, "leaders", "-o", "x.md", "--replace")
    assert (answer.exit, answer.out, answer.err) == (0, "", "Replaced: x.md\n")
    assert (tmp_path / "x.md").read_text(encoding="utf-8") == render(SHOWN["leaders"](), "md")
    answer = run("--db", SAMPLE, "leaders", "-o", "y.md", "--replace")
    assert (answer.exit, answer.err) == (0, "Saved: y.md\n")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["x.md", "y.md"]


ROTATED = "Change 33: 2022: leader Cần Thơ, deputy Cà Mau  (htx undo 33)\n"


def test_a_file_in_the_way_stops_a_write_before_it_is_made(run: Run, sample: Path) -> None:
    Path("x.md").write_text("mine", encoding="utf-8")
    before = sample.read_bytes()
    words = ["rotate-leader", "--year", 2022, "-o", "x.md"]
    assert run(*words).exit == 2
    assert (sample.read_bytes(), Path("x.md").read_text(encoding="utf-8")) == (before, "mine")
    answer = run(*words, "--replace")
    assert (answer.exit, answer.out) == (0, "")
    assert answer.err == f"{ROTATED}Replaced: x.md\n"
    [made] = json.loads(run("log", 33, "--json").out)["changes"]
    assert made["command"] == "rotate-leader --year 2022"


def test_the_answer_of_a_write_goes_into_the_file_in_json_too(run: Run, sample: Path) -> None:
    answer = run("rotate-leader", "--year", 2022, "-o", "x.json", "--json")
    assert (answer.exit, answer.out, answer.err) == (0, "", "")
    assert json.loads(Path("x.json").read_text(encoding="utf-8"))["change"] == 33


NO_PLACE = "htx: {path} cannot be written: {why}\n"


def test_a_bad_place_is_one_sentence_and_leaves_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for path, why in (
        ("no/where/x.md", "its folder does not exist"),
        ("folder.md", "it is a folder"),
        ("file/x.md", "a part of its path is not a folder"),
        (f"{'x' * 300}.md", "its name is too long"),
    ):
        for words in (["leaders"], ["leaders", "--replace"]):
            answer = run("--db", SAMPLE, *words, "-o", path)
            assert (answer.exit, answer.out) == (1, "")
            assert answer.err == NO_PLACE.format(path=path, why=why)
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["file", "folder.md"]


def test_a_folder_that_may_not_be_written_is_one_sentence(run: Run) -> None:
    with as_anybody() as place:
        book = place / "htx.db"
        book.write_bytes(SAMPLE.read_bytes())
        place.chmod(0o555)
        answer = run("--db", book, "leaders", "-o", place / "x.md")
        assert (answer.exit, answer.out) == (1, "")
        assert answer.err == NO_PLACE.format(
            path=place / "x.md", why="no permission, or another program has it open"
        )
        assert [path.name for path in place.iterdir()] == ["htx.db"]


def test_a_disk_without_room_leaves_the_file_that_stood(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("mine", encoding="utf-8")
    answer = with_room(512, "--db", SAMPLE, "report", "--year", 2021, "-o", "x.json", "--replace")
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr == NO_PLACE.format(path="x.json", why="File too large")
    assert (tmp_path / "x.json").read_text(encoding="utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["x.json"]


@pytest.mark.skipif(os.name == "nt", reason="pipes with names are POSIX's")
@pytest.mark.parametrize("replace", [[], ["--replace"]], ids=["", "--replace"])
def test_a_pipe_or_device_is_written_into_and_stays_what_it_is(
    run: Run, tmp_path: Path, replace: list[str]
) -> None:
    """A new file in the place of /dev/null would spoil the whole machine."""
    pipe = tmp_path / "x.md"
    os.mkfifo(pipe)
    (tmp_path / "link.md").symlink_to(pipe)
    end = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    try:
        for name in ("x.md", "link.md"):
            answer = run("--db", SAMPLE, "leaders", "-o", name, *replace)
            assert (answer.exit, answer.err) == (0, f"Saved: {name}\n")
            assert os.read(end, 65536).decode() == render(SHOWN["leaders"](), "md")
    finally:
        os.close(end)
    assert (pipe.is_fifo(), sorted(p.name for p in tmp_path.iterdir())) == (
        True,
        ["link.md", "x.md"],
    )


@pytest.mark.skipif(os.name == "nt", reason="links are POSIX's")
def test_a_link_stays_a_link_and_its_file_is_what_is_replaced(run: Run, tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("mine", encoding="utf-8")
    (tmp_path / "link.md").symlink_to("there.md")
    assert run("--db", SAMPLE, "leaders", "-o", "link.md").exit == 2
    assert run("--db", SAMPLE, "leaders", "-o", "link.md", "--replace").exit == 0
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "there.md").read_text(encoding="utf-8") == render(SHOWN["leaders"](), "md")


@pytest.mark.parametrize(
    ("path", "asked", "format", "better"),
    [
        ("x.xlsx", ["--format", "csv"], "csv", "x.csv"),
        ("X.XLSX", ["--format", "md"], "md", "X.md"),
        ("x.docx", ["--format", "table"], "plain", "x.txt"),
        ("x.csv", ["--format", "json"], "json", "x.json"),
        ("x.csv", ["--json"], "json", "x.json"),
        ("x.json", ["--format", "ndjson"], "ndjson", "x.ndjson"),
        ("x.md", ["--format", "plain"], "plain", "x.txt"),
        ("x.txt", ["--format", "csv"], "csv", "x.csv"),
    ],
)
def test_an_ending_that_contradicts_the_format_is_refused(
    run: Run, tmp_path: Path, path: str, asked: list[str], format: str, better: str
) -> None:
    answer = run("--db", SAMPLE, "leaders", "-o", path, *asked, "--replace")
    said = answer.out if format == "json" else answer.err
    assert answer.exit == 2
    assert (
        f"The ending of {path} contradicts the format {format}."
        f" Call the file {better}, or choose another format."
    ) in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("path", "asked"),
    [("x.csv", "csv"), ("x.CSV", "csv"), ("x.txt", "table"), ("x", "json"), ("x.2021", "csv")],
)
def test_an_ending_that_says_the_same_or_nothing_is_taken(run: Run, path: str, asked: str) -> None:
    assert run("--db", SAMPLE, "leaders", "-o", path, "--format", asked).exit == 0
    assert Path(path).is_file()


@pytest.mark.skipif(os.name == "nt", reason="modes of files are POSIX's")
def test_a_saved_file_has_the_mode_that_the_umask_gives(run: Run, tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        run("--db", SAMPLE, "leaders", "-o", "x.md")
    finally:
        os.umask(before)
    assert oct((tmp_path / "x.md").stat().st_mode & 0o777) == "0o640"


@pytest.mark.parametrize("format", ["csv", "md", "json", "plain"])
def test_an_answer_is_never_saved_over_a_book(run: Run, sample: Path, format: str) -> None:
    before = sample.read_bytes()
    answer = run("report", "--year", 2021, "--format", format, "-o", "htx.db")
    assert answer.exit == 2
    assert "htx.db is a book" in (answer.out if format == "json" else answer.err)
    assert sample.read_bytes() == before
