"""A handed-over file comes from somebody else: what is odd about it is refused, and nothing is left."""

import os
import shutil
import stat
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.books import SAMPLE
from tests.support.commands import Run

FILE = "ban-giao.zip"
BOOK, NOTE = "so-thi-dua.db", "ban-giao.html"
Pack = Callable[[zipfile.ZipFile, bytes], None]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a book that was handed over."""
    from typer.testing import CliRunner

    from htx_cli.cli import app

    folder = tmp_path_factory.mktemp("handed")
    path = Path(shutil.copy(SAMPLE, folder / "htx.db"))
    typed = ["hand-over", "--db", str(path), "--to", "can tho", "-o", str(folder / FILE)]
    environ = {"HTX_NOW": "2022-01-05T08:00:00+07:00", "HTX_USER": "tester"}
    assert CliRunner(env=environ).invoke(app, typed).exit_code == 0
    with zipfile.ZipFile(folder / FILE) as file:
        return file.read(BOOK)


@pytest.fixture(autouse=True)
def nothing_is_left(tmp_path: Path) -> Iterator[None]:
    """No file but the one that came, here or above."""
    above = sorted(tmp_path.parent.iterdir())
    yield
    left = {path.name for path in tmp_path.iterdir()}
    assert left <= {FILE, "thu-muc", "ong"}
    assert sorted(tmp_path.parent.iterdir()) == above


def refused(run: Run, name: str = FILE) -> tuple[int, str]:
    answer = run("take-over", name)
    assert answer.out == ""
    return answer.exit, answer.err.removeprefix("htx: ").strip()


def packed(**entries: bytes) -> None:
    with zipfile.ZipFile(FILE, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr({"book": BOOK, "note": NOTE}.get(name, name), content)


def test_the_book_by_itself_is_a_good_file(run: Run, book: bytes, tmp_path: Path) -> None:
    packed(book=book)
    assert run("take-over", FILE, "--dry-run").exit == 0


@pytest.mark.parametrize(
    "name",
    ["../htx.db", "/tmp/htx.db", "..\\htx.db", "C:\\htx.db", "so-thi-dua.db/", "x/so-thi-dua.db",
     "SO-THI-DUA.DB", "so-thi-dua.db\x1b[31m", "htx.exe"],
)  # fmt: skip
def test_a_name_that_does_not_belong_there_is_refused(run: Run, book: bytes, name: str) -> None:
    with zipfile.ZipFile(FILE, "w") as file:
        file.writestr(BOOK, book)
        file.writestr(name, book)
    exit, said = refused(run)
    assert exit == 4
    assert "holds what no handed-over book does" in said
    assert "\x1b" not in said


def test_a_link_or_a_name_twice_is_refused(run: Run, book: bytes) -> None:
    link = zipfile.ZipInfo(BOOK)
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(FILE, "w") as file:
        file.writestr(link, b"/etc/passwd")
    assert refused(run)[0] == 4
    with zipfile.ZipFile(FILE, "w") as file:
        file.writestr(BOOK, book)
        with pytest.warns(UserWarning, match="Duplicate name"):
            file.writestr(BOOK, book)
    assert refused(run)[0] == 4


@pytest.mark.slow
def test_a_bomb_does_not_go_off(run: Run, book: bytes, tmp_path: Path) -> None:
    zeros = b"\0" * (1 << 20)
    with zipfile.ZipFile(FILE, "w", zipfile.ZIP_DEFLATED) as file, file.open(BOOK, "w") as out:
        for _ in range(200):
            out.write(zeros)
    assert refused(run) == (4, f"What {FILE} holds is no book of htx.")
    pages = 200 * len(zeros) // 4096 + 1  # one that says in its header that it is so large
    header = bytearray(book[:4096])
    header[28:32] = struct.pack(">I", pages)
    with zipfile.ZipFile(FILE, "w", zipfile.ZIP_DEFLATED) as file, file.open(BOOK, "w") as out:
        out.write(header)
        for _ in range(200):
            out.write(zeros)
    assert refused(run) == (4, f"What {FILE} holds is no book of htx.")


def test_many_names_are_not_even_listed(run: Run, book: bytes) -> None:
    with zipfile.ZipFile(FILE, "w") as file:
        file.writestr(BOOK, book)
        for number in range(3000):
            file.writestr(f"{number:040}", b"")
    exit, said = refused(run)
    assert (exit, "cannot be read as a handed-over book" in said) == (4, True)


@pytest.mark.parametrize(
    "content", [b"", b"x", b"PK\5\6", b"PK\3\4" + b"\0" * 60, b"%PDF-1.4", b"\x1f\x8b\x08" * 9]
)
def test_what_is_no_archive_is_refused(run: Run, content: bytes) -> None:
    Path(FILE).write_bytes(content)
    exit, said = refused(run)
    assert (exit, "cannot be read as a handed-over book" in said) == (4, True)


@pytest.mark.slow
def test_a_damaged_archive_is_refused_wherever_a_byte_is_wrong(run: Run, book: bytes) -> None:
    packed(book=book, note=b"<html></html>")
    whole = Path(FILE).read_bytes()
    for cut in range(0, len(whole), len(whole) // 25 + 1):
        Path(FILE).write_bytes(whole[:cut])
        assert refused(run)[0] in (4, 5), cut
    step = len(whole) // 60 + 1
    for at in [*range(0, len(whole), step), *range(len(whole) - 150, len(whole))]:
        Path(FILE).write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        answer = run("take-over", FILE, "--dry-run")
        assert answer.exit in (0, 4, 5), (at, answer.err)
        assert "inside the program" not in answer.err


def test_a_password_or_another_way_of_packing_is_refused(run: Run, book: bytes) -> None:
    with zipfile.ZipFile(FILE, "w", zipfile.ZIP_LZMA) as file:
        file.writestr(BOOK, book)
    assert refused(run)[0] == 4
    packed(book=book)
    data = bytearray(Path(FILE).read_bytes())
    data[6] |= 1  # says that it is encrypted, here and in the list
    data[data.index(b"PK\1\2") + 8] |= 1
    Path(FILE).write_bytes(data)
    assert refused(run)[0] == 4


def test_an_archive_without_a_book_or_with_another_database_is_refused(
    run: Run, book: bytes, tmp_path: Path
) -> None:
    import sqlite3

    packed(note=b"<html></html>")
    assert refused(run) == (
        4,
        f"{FILE} does not hold {BOOK}. Ask for the file as “htx hand-over” made it.",
    )
    packed(book=b"not a database at all, but long enough to look at" * 10)
    assert refused(run) == (4, f"What {FILE} holds is no book of htx.")
    packed(book=book + b"\0" * 100)
    assert refused(run) == (4, f"What {FILE} holds is no book of htx.")
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (x)")
    packed(book=connection.serialize())
    connection.close()
    assert refused(run) == (5, f"What {FILE} holds is no book of htx.")


def test_a_book_that_was_never_handed_over_or_altered_is_refused(run: Run, book: bytes) -> None:
    packed(book=SAMPLE.read_bytes())
    exit, said = refused(run)
    assert (exit, "was never handed over" in said) == (4, True)
    altered = book.replace("Số liệu minh họa".encode(), "Số liệu minh hoa..".encode())
    assert altered != book
    packed(book=altered)
    assert refused(run)[0] == 5


def test_the_checkpoint_that_came_with_the_book_must_be_its_last(run: Run, book: bytes) -> None:
    with zipfile.ZipFile(FILE, "w") as file:
        file.writestr(BOOK, book)
        file.comment = b"0" * 64
    exit, said = refused(run)
    assert (exit, "is not the one that was packed" in said) == (4, True)


def test_a_folder_a_pipe_and_a_missing_file_are_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "thu-muc").mkdir()
    os.mkfifo(tmp_path / "ong")
    assert [refused(run, name)[0] for name in ("thu-muc", "ong", "/dev/zero", "khong-co")] == [
        2,
        2,
        2,
        3,
    ]
