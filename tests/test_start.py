"""Every command starts at once: what is heavy is loaded when it is needed."""

import subprocess
import sys

import pytest
from conftest import SAMPLE

HEAVY = ("sqlite_utils", "pydantic", "rich", "dateutil", "tomllib", "importlib.metadata", "click")
SHOW = ["--db", str(SAMPLE), "report", "--year", "2021"]


@pytest.mark.parametrize(
    ("typed", "loaded"),
    [
        (["--version"], ["importlib.metadata"]),
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


def test_python_m_htx_cli_is_htx() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "htx_cli", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == "htx 0.1.0\n"
