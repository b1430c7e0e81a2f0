"""`sample.db`, its beginning up to 2021, and the report of that year, through the public commands."""

import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]
SAMPLE = TESTS.parent / "sample.db"
STORY_2021 = TESTS / "data" / "books" / "story-2021.db"
REPORT = TESTS / "sample" / "report-2021.csv"


def build(path: Path, *scripts: str) -> None:
    """Run scripts of `sample/` on a book; the first, `story.sh`, makes it where nothing stands."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("HTX_")}
    environ |= {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "HTX_DB": str(path)}
    for script in scripts:
        subprocess.run(
            ["sh", script], cwd=TESTS / "sample", env=environ, check=True, capture_output=True
        )


def build_both(story: Path, sample: Path) -> None:
    """The story of 2021, and the sample, which goes on from it to 2026."""
    build(story, "story.sh")
    sample.write_bytes(story.read_bytes())
    build(sample, "to-2026.sh")


if __name__ == "__main__":
    from htx_cli import build_report, open_book
    from htx_cli.output.formats import render

    STORY_2021.unlink(missing_ok=True)
    build_both(STORY_2021, SAMPLE)
    os.environ["HTX_NOW"] = "2022-01-05T08:00:00+07:00"
    REPORT.write_text(render(build_report(open_book(SAMPLE), 2021), "csv"), encoding="utf-8")
