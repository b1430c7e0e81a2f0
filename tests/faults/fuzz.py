"""Files that nobody would send, into the readers: no traceback, no hang, and bounded memory.

Two sources: real files of `tests/data/imports` with bytes flipped, cut, doubled and swapped (inside a
workbook's zip too), and tables of hostile cells that hypothesis draws. Both are seeded.
"""

import faulthandler
import io
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tests.faults import books
from tests.faults.trial import ENVIRON, Lost, Row, own_folder, seeded

SECONDS = 5  # in which a file is to be read
MEMORY = 1 << 30  # bytes of address space that a reader may take
SMALL = 60_000  # bytes of a file that is worth changing
CORPUS = sorted(
    path
    for path in (books.TESTS / "data" / "imports").iterdir()
    if path.suffix in (".csv", ".json", ".ndjson", ".tsv", ".xlsx", ".xls", ".ods")
    and not path.name.endswith(".expected.json")
    and path.stat().st_size < SMALL
)
PARTS = [b"\xff", b"\x00", b'"', b";", b",", b"\t", b"\r\n", b"<", b"&#0;", b"]]>", b"1e999", b"-0",
         "ỉ".encode(), b"\xef\xbb\xbf", b"\xff\xfe", b"=1+1", b"../", b"\x1b[2J", b"9" * 400, b"("  * 300]  # fmt: skip


def mutated(draw: random.Random, content: bytes) -> bytes:
    """The bytes after a handful of mistakes."""
    made = bytearray(content)
    for _ in range(draw.choice([1, 1, 2, 3, 8])):
        at = draw.randrange(len(made) + 1)
        until = min(len(made), at + draw.choice([1, 2, 16, 400]))
        way = draw.randrange(6)
        if way == 0 and at < len(made):
            made[at] ^= 1 << draw.randrange(8)
        elif way == 1:
            made[at:until] = b""
        elif way == 2:
            made[at:at] = draw.choice(PARTS) * draw.choice([1, 1, 3, 50])
        elif way == 3:
            made[at:at] = made[at:until] * draw.choice([1, 2, 100])
        elif way == 4:
            made[at:until] = draw.randbytes(until - at)
        else:
            del made[at:]
    return bytes(made)


def in_zip(draw: random.Random, content: bytes) -> bytes:
    """A workbook with mistakes inside one of its parts, packed anew so that they are found there."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    chosen = draw.choice(sorted(parts))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, mutated(draw, part) if name == chosen else part)
    return packed.getvalue()


def files(seed: int) -> Iterator[tuple[str, bytes]]:
    """Names and contents without end, the same for the same seed."""
    draw = seeded("fuzz", seed)
    while True:
        path = draw.choice(CORPUS)
        content = path.read_bytes()
        if zipfile.is_zipfile(path) and draw.random() < 0.7:
            content = in_zip(draw, content)
        else:
            content = mutated(draw, content)
        suffix = path.suffix if draw.random() < 0.9 else draw.choice([".csv", ".xlsx", ".json"])
        yield f"f{suffix}", content


def read_all(folder: Path, seed: int, seconds: float) -> int:
    """In this process: import file after file, as a dry run; gives how many. The last one stays."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded_with
    from hypothesis import strategies as st
    from typer.testing import CliRunner

    from htx_cli.cli import app

    runner, until, count = CliRunner(env=ENVIRON), time.monotonic() + seconds, 0
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    os.chdir(folder)

    def one(name: str, content: bytes) -> None:
        nonlocal count
        Path(name).write_bytes(content)
        faulthandler.dump_traceback_later(SECONDS, exit=True)
        result = runner.invoke(app, ["import", name, "--dry-run", "--year", "2021", "--json"])
        faulthandler.cancel_dump_traceback_later()
        mistake = result.exception
        if (mistake and not isinstance(mistake, SystemExit)) or result.exit_code not in (
            0,
            2,
            3,
            4,
        ):
            raise Lost(f"{name}: {result.exit_code} {mistake!r} {result.stderr[-500:]}")
        json.loads(result.stdout)
        Path(name).unlink()
        count += 1

    texts = st.one_of(
        st.sampled_from(["tỉnh", "chỉ tiêu", "kết quả", "ngày", "can tho", "1a", "Cần Thơ", "", "62%",
                         "31/12/2021", "1.234,5", "1e400", "=A1", "-", "có", "toàn cụm", "2", "2021"]),
        st.text(max_size=12),
        st.floats().map(str),
        st.integers().map(str),
    )  # fmt: skip
    tables = st.lists(st.lists(texts, max_size=6), max_size=8)

    @settings(max_examples=100, database=None, deadline=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(
        tables,
        st.sampled_from([",", ";", "\t", "|"]),
        st.sampled_from(["utf-8", "utf-16", "cp1258"]),
    )
    def drawn(table: list[list[str]], between: str, encoding: str) -> None:
        if time.monotonic() < until:
            text = "\n".join(between.join(row) for row in table)
            one("f.csv", text.encode(encoding, "replace"))
            one(
                "f.json",
                json.dumps(
                    [dict(zip(table[0], row, strict=False)) for row in table[1:]] if table else []
                ).encode(),
            )

    made, turn = files(seed), 0
    while time.monotonic() < until:
        for _ in range(200):
            if time.monotonic() >= until:
                break
            one(*next(made))
        turn += 1
        seeded_with(seed * 1_000_000 + turn)(drawn)()
    return count


def run(seconds: float, seed: int = 1, workers: int | None = None) -> list[Row]:
    """So many seconds of reading on every core; each file is a try. What broke a reader is kept."""
    row, begun = Row(f"hostile files for {seconds:g} s"), time.monotonic()
    workers = workers or os.cpu_count() or 1
    with own_folder() as place:
        readers = []
        for number in range(workers):
            folder = place / str(number)
            folder.mkdir()
            books.sample(folder)
            words = [
                sys.executable,
                "-m",
                __name__,
                str(folder),
                str(seed * 100 + number),
                str(seconds),
            ]
            readers.append((folder, subprocess.Popen(words, cwd=books.TESTS.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)))  # fmt: skip
        for folder, reader in readers:
            out, err = reader.communicate()
            before = books.SAMPLE.read_bytes()
            for _ in range(int(out or 0)):
                row.count(None)
            if reader.returncode or (folder / "htx.db").read_bytes() != before:
                row.count(Lost(f"{_kept(folder, seed)}: {err[-1500:] or 'the book was changed'}"))
    row.seconds = time.monotonic() - begun
    return [row]


def _kept(folder: Path, seed: int) -> str:
    """Where the file that broke a reader was put."""
    for path in folder.glob("f.*"):
        return shutil.copy(path, f"fuzz-{seed}-{folder.name}{path.suffix}")
    return "no file"


if __name__ == "__main__":
    print(read_all(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
