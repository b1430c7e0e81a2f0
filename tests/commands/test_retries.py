"""What a script meets when it gives a command again, or when its answer goes nowhere."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.commands import Answer, Run


def test_a_member_that_leaves_on_that_day_already_changes_nothing(run: Run, sample: Path) -> None:
    leave = ("remove-member", "ca mau", "--until", "31/12/2022")
    assert run(*leave).exit == 0
    before = sample.read_bytes()
    assert run(*leave) == Answer(0, "", "Nothing to change: the book says so already.\n")
    assert sample.read_bytes() == before
    again = run("remove-member", "ca mau", "--until", "31/12/2023")
    assert (again.exit, again.err) == (
        4,
        "htx: Cà Mau is not a member of the cluster on 31/12/2023. Members are: Cần Thơ, Sóc Trăng,"
        " Bạc Liêu, An Giang, Kiên Giang, Hậu Giang.\n",
    )


@pytest.mark.skipif(os.name == "nt", reason="a shell's way to close a stream")
@pytest.mark.parametrize("format", ["csv", "xlsx", "json"])
def test_an_export_to_a_closed_output_is_told_as_such(sample: Path, format: str) -> None:
    typed = f'"{sys.executable}" -m htx_cli export - --format {format} >&-'
    done = subprocess.run(["sh", "-c", typed], cwd=sample.parent, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (
        1,
        "htx: The answer could not be written out: Bad file descriptor\n",
    )


def test_a_file_that_is_not_there_is_not_found_whatever_its_ending(run: Run, sample: Path) -> None:
    assert run("import", "nofile") == Answer(3, "", "htx: There is no file nofile.\n")


@pytest.mark.parametrize(
    "typed",
    [
        ("set-share", "ca mau", "1a", 15, "--year", 2021),
        ("record", "ca mau", "1a", 23, "--as-of", "31/12/2021"),
        ("close-year", 2021, "--incomplete"),
        ("import", "bad.csv"),
        ("import", "good.csv"),
    ],
    ids=lambda typed: typed[0],
)
def test_every_write_has_warnings_and_who_holds_the_book(
    run: Run, sample: Path, typed: tuple[object, ...]
) -> None:
    Path("bad.csv").write_text("province,target,value\nca mau,1a,x\n", encoding="utf-8")
    Path("good.csv").write_text("province,target,value\nca mau,1a,23\n", encoding="utf-8")
    made = json.loads(run(*typed, "--year", 2021, "--json").out if "import" in typed else
                      run(*typed, "--json").out)  # fmt: skip
    assert isinstance(made["warnings"], list)
    assert made["handed_over"] is None
