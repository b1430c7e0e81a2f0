"""Small files that unpack, repeat or nest to far more: refused or read within 5 s of CPU and 200 MB."""

import json
import os
import resource
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.support.commands import Run
from tests.support.hostile import FILES, HEAD, open_document, text

SECONDS, BYTES = 5, 200_000_000
LARGE = "workbook_too_large"
SEVERAL = 1000  # problems that are kept
OUTCOMES = {
    "ods-per-cent-columns": LARGE,
    "ods-per-cent-rows": LARGE,
    "ods-hidden-rows": LARGE,
    "ods-figures-repeated": LARGE,
    "ods-empty-rows-then-one": LARGE,
    "ods-empty-rows-of-a-sheet": None,
    "ods-many-tables": LARGE,
    "ods-repeats-that-are-none": "workbook_unreadable",
    "ods-many-spaces": LARGE,
    "xlsx-all-claim-a1": LARGE,
    "xlsx-two-claim-a1": "workbook_unreadable",
    "xlsx-cells-backwards": LARGE,
    "xlsx-one-shared-text": LARGE,
    "xlsx-shared-text-90-mb": LARGE,
    "xlsx-one-text-in-many-cells": LARGE,
    "xlsx-many-shared-texts": LARGE,
    "xlsx-200000-sheets": LARGE,
    "xlsx-900-sheets-of-one-part": LARGE,
    "xlsx-one-huge-tag": LARGE,
    "xlsx-many-attributes": LARGE,
    "xlsx-attributes-of-another-part": LARGE,
    "xlsx-one-huge-comment": LARGE,
    "xlsx-deep": LARGE,
    "xlsx-1-gb-of-spaces": LARGE,
    "xlsx-90-mb-of-spaces": LARGE,
    "xlsx-90-mb-of-empty-rows": LARGE,
    "xlsx-90-mb-of-empty-cells": LARGE,
    "xlsx-90-mb-of-one-value": LARGE,
    "xlsx-90-mb-of-one-formula": LARGE,
    "xlsx-a-gap-of-rows": LARGE,
    "xlsx-many-merged": LARGE,
    "xlsx-many-hidden-columns": None,
    "xlsx-row-of-a-huge-number": "workbook_unreadable",
    "xlsx-many-formats": "columns_many",
    "xlsx-figures-300000": LARGE,
    "json-60000-names": "key_unknown",
    "json-1500000-names": "file_not_json",
    "json-same-name": "column_twice",
    "ndjson-60000-names": "key_unknown",
    "json-lists-in-a-cell": "file_not_json",
    "json-lists": "json_not_rows",
    "json-numbers": "json_not_rows",
    "json-400-levels": "json_value",
    "json-900-levels": "json_value",
    "json-500000-levels": "file_not_json",
    "ndjson-300000-levels": "file_not_json",
    "json-long-number": "number_digits",
    "json-exponent": "number_digits",
    "json-one-long-text": "file_not_json",
    "json-backslashes": "file_not_json",
    "csv-long-number": "number_digits",
    "csv-long-cell": "file_not_csv",
    "csv-long-heading": "file_not_csv",
    "csv-one-endless-record": "record_too_long",
    "csv-many-columns": "file_empty",
}
# One of each way to be large, which the quick suite tries; the others are slow together.
QUICK = (
    "ods-per-cent-columns",
    "ods-figures-repeated",
    "ods-many-spaces",
    "xlsx-two-claim-a1",
    "xlsx-one-huge-tag",
    "xlsx-many-attributes",
    "json-1500000-names",
    "json-900-levels",
    "csv-long-cell",
)


def _limits() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_DATA, (BYTES, BYTES))


def bounded(
    book: Path, words: Sequence[str | Path], stdin: int = subprocess.DEVNULL, **env: str
) -> subprocess.CompletedProcess[str]:
    """Run htx in a process that gets no more than so much time and memory."""
    command = [sys.executable, "-m", "htx_cli", "--db", book, "--lang", "en", *words]
    return subprocess.run(
        command,
        stdin=stdin,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        preexec_fn=_limits,
        env={**os.environ, **env},
    )


def codes(done: subprocess.CompletedProcess[str]) -> list[str]:
    """The codes of the problems, each once."""
    assert done.stdout, done.stderr[-500:]
    return list(dict.fromkeys(one["code"] for one in json.loads(done.stdout)["problems"]))


def test_every_file_is_tried() -> None:
    assert OUTCOMES.keys() | {"csv-20000-unknown", "csv-20000-unknown-targets"} == FILES.keys()


@pytest.mark.parametrize(
    "name",
    [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in OUTCOMES],
)
def test_a_file_takes_no_more_than_its_content_deserves(sample: Path, name: str) -> None:
    before = sample.read_bytes()
    path = FILES[name]()
    done = bounded(sample, ["import", path, "--year", "2021", "--dry-run", "--json"])
    code = OUTCOMES[name]
    assert codes(done) == ([code] if code else [])
    assert done.returncode == (4 if code else 0)
    assert all(one["file"] == path.name for one in json.loads(done.stdout)["problems"])
    assert sample.read_bytes() == before


def test_the_sheet_that_is_too_large_is_named(run: Run, sample: Path) -> None:
    path = open_document(
        "<table:table-row><table:table-cell"
        ' office:value-type="string" table:number-columns-repeated="60000"/></table:table-row>'
    )
    answer = run("import", path, "--year", 2021, "--json")
    assert [one["sheet"] for one in json.loads(answer.out)["problems"]] == ["T0"]


def test_two_objects_of_a_list_may_stand_far_apart(run: Run, sample: Path) -> None:
    rows = [
        dict(zip(HEAD[0], HEAD[1], strict=True)),
        {"province": "Cà Mau", "target": "1a", "value": 23},
    ]
    one, other = (json.dumps(row, ensure_ascii=False) for row in rows)
    path = text("far.json", f"[{one}{' ' * 3_000_000},\n{' ' * 1_500_000}\n{other}\n\n]  ")
    made = json.loads(run("import", path, "--year", 2021, "--dry-run", "--json").out)
    assert (made["problems"], made["new"] + made["changed"] + made["same"]) == ([], 2)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("[]x", "line 1, column 3"),
        ("[1 2]", "line 1, column 4"),
        ("[1,]", "line 1, column 4"),
        ("[\n  {}\n  {}]", "line 3, column 3"),
        ("[" + " " * 2_000_000 + "\n  x]", "line 2, column 3"),
        ("[" + " " * 2_000_000 + "x]", "line 1, column 2000002"),
        ("[{", "line 1, column 3"),
        ("", "line 1, column 1"),
    ],
)
def test_a_list_that_is_no_json_says_where(
    run: Run, sample: Path, content: str, place: str
) -> None:
    answer = run("import", text("made.json", content), "--year", 2021, "--dry-run", "--json")
    problem = json.loads(answer.out)["problems"][0]
    assert (answer.exit, problem["code"]) == (4, "file_not_json")
    assert place in problem["message"]


# -- mappings --------------------------------------------------------------------------------------

MAPPINGS: Mapping[str, tuple[str, str]] = {
    "levels": ("a=" + "[" * 5000 + "]" * 5000, "it is nested too deep"),
    "levels-in-lines": ("a=" + "[\n" * 5000 + "]\n" * 5000, "it is nested too deep"),
    "number": ("a=" + "9" * 10_000, "a number in it has too many digits"),
    "dots": (".".join("a" * 100_000) + "='skip'", "a name in it has too many parts"),
    "size": ("#" * 1_000_001, "it is larger than 1000000 bytes"),
}


@pytest.mark.parametrize("name", MAPPINGS)
def test_a_mapping_takes_no_more_than_its_content_deserves(sample: Path, name: str) -> None:
    content, why = MAPPINGS[name]
    figures = text("good.csv", "province,target,value\nCần Thơ,1a,20\n")
    done = bounded(sample, ["import", figures, "--map", text("made.toml", content)])
    assert done.returncode == 4
    assert done.stderr.strip().endswith(f"made.toml is no good TOML: {why}")


# -- devices, pipes and names ----------------------------------------------------------------------

GOOD = "province,target,value,as_of\nCần Thơ,1a,20,31/12/2021\n"


@pytest.mark.parametrize("given", ["/dev/zero", "link.csv", "-"])
def test_a_device_is_refused_before_it_is_read(sample: Path, given: str) -> None:
    Path("link.csv").symlink_to("/dev/zero")
    with open("/dev/zero", "rb") as zeros:
        done = bounded(sample, ["import", given, "--json"], stdin=zeros.fileno())
    assert (done.returncode, codes(done)) == (4, ["file_is_device"])


@pytest.mark.parametrize("given", ["-", "/dev/stdin", "/dev/fd/0"])
def test_a_path_of_standard_input_is_standard_input(sample: Path, given: str) -> None:
    with text("good.csv", GOOD).open("rb") as good:
        done = bounded(sample, ["import", given, "--dry-run", "--json"], stdin=good.fileno())
    assert (done.returncode, codes(done)) == (0, [])


def test_a_pipe_is_read_under_any_name(run: Run, sample: Path) -> None:
    os.mkfifo("pipe")
    writing = threading.Thread(target=lambda: Path("pipe").write_text(GOOD, encoding="utf-8"))
    writing.start()
    answer = run("import", "pipe", "--dry-run", "--json")
    writing.join()
    assert (answer.exit, json.loads(answer.out)["problems"]) == (0, [])


def test_a_socket_is_no_file(run: Run, sample: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket.csv")
        answer = run("import", "socket.csv")
    assert answer.exit == 1
    assert "socket.csv cannot be read" in answer.err


def test_a_name_that_is_not_utf8_is_refused(sample: Path) -> None:
    path = Path(os.fsdecode(b"t\xe9.csv"))
    path.write_text(GOOD, encoding="utf-8")
    done = bounded(sample, ["import", path, "--json"])
    assert (done.returncode, codes(done)) == (4, ["file_name_not_utf8"])


def test_a_full_folder_for_temporary_files_is_named(sample: Path, tmp_path: Path) -> None:
    script = f"""
import resource, runpy, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
sys.argv = ["htx", "--db", {str(sample)!r}, "--lang", "en", "import", "-"]
runpy.run_module("htx_cli", run_name="__main__")
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        input=GOOD + "#" * 500_000,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    assert done.returncode == 1
    assert done.stderr.startswith(
        f"htx: The folder for temporary files, {tmp_path}, cannot be written: "
    )
