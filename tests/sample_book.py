"""`sample.db` and the report beside it, made from `sample/story.sh` through the public commands."""

import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parent
SAMPLE = TESTS.parent / "sample.db"
REPORT = TESTS / "sample" / "report-2021.csv"


def build(path: Path) -> None:
    """Make the sample book at a path where nothing stands yet."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("HTX_")}
    environ |= {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "HTX_DB": str(path)}
    subprocess.run(
        ["sh", "story.sh"], cwd=TESTS / "sample", env=environ, check=True, capture_output=True
    )


if __name__ == "__main__":
    from htx_cli import build_report, open_book
    from htx_cli.reports import render

    SAMPLE.unlink(missing_ok=True)
    build(SAMPLE)
    os.environ["HTX_NOW"] = "2022-01-05T08:00:00+07:00"
    REPORT.write_text(render(build_report(open_book(SAMPLE), 2021), "csv"), encoding="utf-8")
