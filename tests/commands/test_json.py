"""With JSON asked for, standard output is one document, and standard error stays empty."""

import json
import shlex
import shutil
from pathlib import Path

import pytest

from htx_cli.cli import SECTIONS
from tests.support.commands import Run

AWAY = "handed_over"
ODD = "province,target,as_of,value\nCần Thơ,1a,30/6/2021,2100\nCà Mau,1b,30/3/2021,0\n"
BAD = "province,target,as_of,value\nCần Thơ,1a,30/6/2021,x\nCà Mau,9z,30/6/2021,22\n"

BEFORE = [
    "attach can-tho 1a report.pdf --year 2021",
    "record can-tho 1a 21 --as-of 31/12/2021",
    "record ca-mau 1a 33 --as-of 30/6/2021",
    "withdraw 'an giang' 1a --as-of 31/12/2021",
    "set-due year 10 --year 2021",
    "hand-over --to 'an giang' -o parcel.zip",
]
# A command line, its exit code, and the codes of its warnings. The book was handed over, so that
# every write has something to warn of.
SHOWN: list[tuple[str, int, list[str]]] = [
    ("report --year 2021", 0, []),
    ("report --year 2021 --known-at 20 --estimates --map old", 0, []),
    ("report --year 2021 --without-evidence --fail-on missed", 6, ["status_found"]),
    ("report --year 1999", 3, []),
    ("report -o nowhere/report.json", 1, []),
    ("status can-tho --year 2021", 0, []),
    ("status nobody --year 2021", 3, []),
    ("explain can-tho 1a --year 2021", 0, []),
    ("trend 1a", 0, []),
    ("targets --year 2021", 0, []),
    ("leaders --project 3", 0, []),
    ("members", 0, []),
    ("clusters", 0, []),
    ("provinces --all", 0, []),
    ("due --year 2021", 0, []),
    ("remind 'an giang' --year 2021", 0, ["letter_to_leader"]),
    ("remind 'can tho' --year 2021", 0, []),
    ("log", 0, []),
    ("log 999", 3, []),
    ("log 5 --year 2021", 2, []),
    ("verify", 0, []),
    ("verify --checkpoint 'aaaaa aaaaa aaaaa aaaaa'", 5, []),
    ("attach --check report.pdf", 3, ["proves_nothing"]),
    ("rotate-leader --year 2030 --leader 'ca mau' --because x", 0, [AWAY, "leader_gap_before"]),
    ("rotate-leader", 2, []),
    ("undo 5 --dry-run", 0, [AWAY]),
    ("undo 1", 4, []),
    ("undo 20", 4, []),
    ("attach can-tho 1a report.pdf --year 2021", 0, [AWAY]),
    ("merge copy.db", 0, []),
    ("merge copy.db --dry-run", 0, []),
    ("merge apart.db", 4, []),
    ("merge nowhere.db", 3, []),
]
TOLD: list[tuple[str, int, list[str]]] = [
    ("init", 5, []),
    ("init --db new.db", 0, []),
    ("migrate", 0, []),
    ("add-cluster New --member 'ha noi'", 0, [AWAY]),
    ("add-member 'ha noi'", 0, [AWAY]),
    ("remove-member 'can tho' --until 31/12/2021", 0, [AWAY]),
    ("rename-cluster New", 0, [AWAY]),
    ("add-province New", 0, [AWAY]),
    ("merge-provinces New --into Newer --on 1/1/2023 --because x", 2, []),
    ("rename-province 'can tho' New --on 1/1/2023 --because x", 4, []),
    ("add-target 9z New --year 2023 --at-least 5", 0, [AWAY]),
    ("add-target", 2, []),
    ("change-target 1a --year 2021 --title New", 0, [AWAY]),
    ("remove-target 9y --year 2021", 3, []),
    ("set-share can-tho 1a 22 --year 2021", 0, [AWAY]),
    ("template --year 2021 -o folder", 0, []),
    ("open-year 2022", 0, [AWAY]),
    ("sign-pact --year 2021 --on 2/2/2021", 0, [AWAY]),
    ("set-due quarter 15 --year 2021", 0, [AWAY]),
    ("record can-tho 1a 25 --as-of 30/6/2021", 0, [AWAY, "count_passed", "source_dropped"]),
    ("record can-tho 1a 25 --as-of 30/6/2021 --strict", 4, []),
    ("record can-tho 1a many --year 2021", 4, []),
    ("record can-tho 1a 20 --as-of 31/12/2021 --no-such", 2, []),
    ("withdraw can-tho 1a --as-of 31/12/2021", 0, [AWAY]),
    ("import odd.csv", 0, [AWAY, "count_passed", "source_dropped"]),
    ("import odd.csv --strict --dry-run", 4, []),
    ("import bad.csv --problems problems.xlsx", 4, []),
    ("hand-over --to 'ca mau' -o again.zip", 0, [AWAY, "handover_not_leader"]),
    ("hand-over --to 'ca mau' -o again.zip --dry-run", 0, [AWAY, "handover_not_leader"]),
    ("take-over parcel.zip --db taken.db", 0, []),
    ("take-over parcel.zip --replace", 0, []),
    ("backup kept.db", 0, []),
    ("export results.csv", 0, []),
    ("export -", 2, []),
    ("close-year 2021 --incomplete", 0, [AWAY]),
    ("reopen-year 2021", 2, []),
    ("help", 0, []),
    ("nothing", 2, []),
]


@pytest.fixture(scope="module")
def handed_over(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a book that was handed over, and what else the commands take."""
    return tmp_path_factory.mktemp("away")


@pytest.fixture
def folder(handed_over: Path, run: Run, sample: Path, tmp_path: Path) -> Path:
    """A copy of that folder, to work in."""
    if not any(handed_over.iterdir()):
        shutil.copy(sample, "before.db")
        assert run("record", "ca-mau", "1b", 1, "--as-of", "30/6/2021").exit == 0
        shutil.copy(sample, "copy.db")
        shutil.copy("before.db", sample)
        assert run("record", "ca-mau", "1a", 44, "--as-of", "30/6/2021").exit == 0
        shutil.copy(sample, "apart.db")
        shutil.copy("before.db", sample)
        Path("report.pdf").write_text("a report", encoding="utf-8")
        for line in BEFORE:
            assert run(*shlex.split(line)).exit == 0
        Path("odd.csv").write_text(ODD, encoding="utf-8")
        Path("bad.csv").write_text(BAD, encoding="utf-8")
        shutil.copytree(tmp_path, handed_over, dirs_exist_ok=True)
    shutil.copytree(handed_over, tmp_path, dirs_exist_ok=True)
    return tmp_path


def answered(run: Run, line: str, *more: str) -> tuple[int, list[str]]:
    """The exit code, and the codes of the warnings in the one document of the answer."""
    answer = run(*shlex.split(line), *more)
    assert answer.err == ""
    document = json.loads(answer.out)
    assert document["schema"].startswith("htx.")
    return answer.exit, [each["code"] for each in document.get("warnings", ())]


@pytest.mark.parametrize(("line", "code", "warnings"), SHOWN + TOLD)
def test_json_is_one_document_with_its_warnings_in_it(
    run: Run, folder: Path, line: str, code: int, warnings: list[str]
) -> None:
    assert answered(run, line, "--json") == (code, warnings)


@pytest.mark.parametrize(("line", "code", "warnings"), SHOWN)
def test_a_json_format_is_the_same(
    run: Run, folder: Path, line: str, code: int, warnings: list[str]
) -> None:
    assert answered(run, line, "--format", "json") == (code, warnings)


def test_an_export_as_json_says_in_json_where_it_stands(run: Run, folder: Path) -> None:
    assert answered(run, "export results.json --format json") == (0, [])
    assert answered(run, "export nowhere/results.json --format json") == (1, [])


def test_an_answer_in_a_file_is_the_whole_answer(run: Run, folder: Path) -> None:
    answer = run("report", "--year", 2021, "--fail-on", "missed", "--json", "-o", "x.json")
    assert (answer.exit, answer.out, answer.err) == (6, "", "")
    made = json.loads(Path("x.json").read_text(encoding="utf-8"))
    assert [each["code"] for each in made["warnings"]] == ["status_found"]


def test_every_command_is_tried() -> None:
    tried = {line.split()[0] for line, _, _ in SHOWN + TOLD}
    assert {name for names in SECTIONS.values() for name in names} - tried == set()
