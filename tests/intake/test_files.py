"""Files as provinces send them, each with what must come of it beside it.

`NAME.expected.json` holds the options of `htx import`, the exit code, and then either the figures
that stand in the book afterwards with their counts, or every problem; warnings in both cases. The
book has the pact of the sample and no figure yet. `python test_import_files.py` writes the
expectations anew; look at every line of the difference.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.support.books import TESTS
from tests.support.commands import Run
from tests.support.import_files import SAVED_AGAIN, WORKBOOKS, write

FILES = TESTS / "data" / "imports"
ENDING = ".expected.json"
NAMES = sorted(path.name for path in FILES.iterdir() if not path.name.endswith(ENDING))
FIGURES = """
    SELECT province, target, as_of, basis, value, "of", base, rate, note FROM results
    ORDER BY year, province, target, as_of, basis
"""


def pact_alone(path: Path) -> None:
    """A book with everything that the sample's story signs and elects, and no figure."""
    story = (TESTS / "sample" / "story.sh").read_text(encoding="utf-8").splitlines()
    script = "\n".join(line for line in story if not line.startswith("htx import"))
    environ = {name: value for name, value in os.environ.items() if not name.startswith("HTX_")}
    environ |= {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "HTX_DB": str(path)}
    subprocess.run(
        ["sh", "-c", script], cwd=TESTS / "sample", env=environ, check=True, capture_output=True
    )


@pytest.fixture(scope="session")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Such a book; copy it, do not write to it."""
    path = tmp_path_factory.mktemp("signed") / "htx.db"
    pact_alone(path)
    return path


def expected(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FILES / f"{name}{ENDING}").read_text(encoding="utf-8"))
    return found


def imported(run: Run, name: str, options: list[str]) -> dict[str, Any]:
    """What the import of a file says and leaves in `htx.db`, in the shape of the expectations."""
    answer = run("import", FILES / name, *options, "--json")
    said = json.loads(answer.out)
    found: dict[str, Any] = {"options": options, "exit": answer.exit}
    if said.get("problems"):
        found["problems"] = [
            [p["sheet"], p["cell"] or p["row"], p["value"], p["code"]] for p in said["problems"]
        ]
    elif answer.exit == 0:
        found["counts"] = [said["new"], said["changed"], said["same"]]
    found["warnings"] = [[w["row"], w["code"], w["message"]] for w in said.get("warnings", [])]
    if said.get("left_out"):
        left = said["left_out"]
        found["left_out"] = [[each[n] for n in ("sheet", "cell", "count", "as")] for each in left]
    with closing(sqlite3.connect("htx.db")) as book:
        book.row_factory = sqlite3.Row
        found["figures"] = [
            " ".join([row["province"], row["target"], row["as_of"], row["basis"], *_parts(row)])
            for row in book.execute(FIGURES)
        ]
    return found


def _parts(row: sqlite3.Row) -> list[str]:
    named = ("value", "of", "base", "rate", "note")
    return [f"{name}={row[name]}" for name in named if row[name] is not None]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_as_provinces_send_it_gives_what_stands_beside_it(
    run: Run, signed: Path, tmp_path: Path, name: str
) -> None:
    wanted = expected(name)
    shutil.copy(signed, tmp_path / "htx.db")
    assert imported(run, name, wanted["options"]) == wanted


@pytest.mark.parametrize("name", sorted(WORKBOOKS))
def test_the_workbooks_are_what_their_script_makes(tmp_path: Path, name: str) -> None:
    assert write(name, tmp_path).read_bytes() == (FILES / f"{name}.xlsx").read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize(("name", "ending"), SAVED_AGAIN)
def test_what_libreoffice_saves_says_the_same_as_the_workbook_it_was_made_of(
    name: str, ending: str
) -> None:
    saved = expected(f"{name}-libreoffice-{ending}.{ending}")
    assert saved == expected(f"{name}.xlsx")


def rewrite() -> None:
    """Write every expectation anew, with the options that stand in it."""
    from tempfile import TemporaryDirectory

    from typer.testing import CliRunner

    from htx_cli.cli import app
    from tests.support.books import JANUARY
    from tests.support.commands import Answer

    def run(*args: object, **_: object) -> Answer:
        result = CliRunner().invoke(app, [str(a) for a in args])
        return Answer(result.exit_code, result.stdout, result.stderr)

    os.environ |= {"HTX_NOW": JANUARY, "HTX_USER": "tester", "HTX_LANG": "en"}
    with TemporaryDirectory() as folder:
        pact_alone(Path(folder) / "signed.db")
        os.chdir(folder)
        for name in NAMES:
            place = FILES / f"{name}{ENDING}"
            options = expected(name)["options"] if place.exists() else []
            shutil.copy("signed.db", "htx.db")
            found = imported(run, name, options)
            text = json.dumps(found, ensure_ascii=False, indent=1)
            place.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    rewrite()
