"""A cluster of five provinces that became two on 1 July 2025."""

import shutil
from pathlib import Path

import pytest

from tests.support.commands import Run

JANUARY_2025 = {"HTX_NOW": "2025-01-20T08:00:00+07:00"}
IN_JULY = {"HTX_NOW": "2025-07-10T08:00:00+07:00"}
IN_2026 = {"HTX_NOW": "2026-01-10T08:00:00+07:00"}
LATE_2026 = {"HTX_NOW": "2026-12-31T08:00:00+07:00"}
MEMBERS = ("can tho", "soc trang", "hau giang", "bac lieu", "ca mau")
TARGETS = """
1a --kind count  --at-least 20 --line 1
2  --kind ratio  --at-least 60 --line 2
3  --kind growth --at-least 10 --line 3
8  --kind yes-no               --line 8
9  --kind count  --at-least 90 --line 9 --scope cluster
"""
BASES = """province,target,value,as_of
can tho,3,100,31/12/2024
soc trang,3,50,31/12/2024
hau giang,3,50,31/12/2024
bac lieu,3,40,31/12/2024
"""
HALF_YEAR = """province,target,value,of,as_of
can tho,1a,11,,30/6/2025
soc trang,1a,9,,15/6/2025
hau giang,1a,14,,30/6/2025
bac lieu,1a,8,,30/6/2025
can tho,2,60,100,30/6/2025
soc trang,2,30,100,30/6/2025
hau giang,2,45,50,30/6/2025
can tho,3,110,,30/6/2025
soc trang,3,60,,30/6/2025
hau giang,3,60,,30/6/2025
bac lieu,3,44,,30/6/2025
ca mau,3,44,,30/6/2025
can tho,8,yes,,30/6/2025
soc trang,8,yes,,30/6/2025
hau giang,8,yes,,30/6/2025
bac lieu,8,yes,,30/6/2025
ca mau,8,no,,30/6/2025
can tho,9,10,,30/6/2025
ca mau,9,20,,30/6/2025
"""


@pytest.fixture
def merged(empty_book: Path, tmp_path: Path, run: Run) -> Path:
    """A cluster of five whose provinces became two on 1 July 2025; they reported up to June."""
    path = Path(shutil.copy(empty_book, tmp_path / "htx.db"))
    typed = [word for name in MEMBERS for word in ("--member", name)]
    assert run("add-cluster", "Cụm thử", *typed, "--since", 2024, **JANUARY_2025).exit == 0
    tracked = ("add-target", "3", "T", "--kind", "tracked", "--year", 2024)
    assert run(*tracked, **JANUARY_2025).exit == 0
    sign(run, 2025, **JANUARY_2025)
    share(run, "hau giang", "1a", 25)
    assert put(run, BASES, **JANUARY_2025) == put(run, HALF_YEAR, **IN_JULY) == ""
    return path


def sign(run: Run, year: int, **clock: str) -> None:
    for line in TARGETS.strip().splitlines():
        code, *options = line.split()
        if "growth" in options:
            options += ["--base-year", str(year - 1)]
        assert run("add-target", code, f"T{code}", "--year", year, *options, **clock).exit == 0


def share(run: Run, name: str, code: str, *given: object) -> None:
    typed = ("set-share", name, code, *given, "--year", 2025, "--because", "QĐ 1")
    assert run(*typed, **IN_JULY).exit == 0


def put(run: Run, rows: str, **clock: str) -> str:
    answer = run("import", "-", "--input-format", "csv", stdin=rows, **clock)
    return "" if answer.exit == 0 else answer.err
