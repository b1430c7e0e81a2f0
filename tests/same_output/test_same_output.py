"""`python -m tests.same_output`: finds what differs between two versions, and nothing else."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.same_output.lines import Line, parsed

ROOT = Path(__file__).parent.parent.parent
LINES = """\
# The table of a year, on a terminal too.
htx report --year 2022 --format {csv,md}
tty 80 htx leaders

htx record an-giang-2025 1a 20 --as-of 30/9/2026
htx status atlantis  # exits 3
"""
# A version that says more, writes another figure, and ends otherwise.
OTHER = """\
#!/bin/sh
[ "$1 $4" = "record 20" ] && set -- record an-giang-2025 1a 21 --as-of 30/9/2026
{program} "$@"
code=$?
case "$1" in leaders) echo "One row more";; report) echo "Two rows more";; esac
[ "$1" = status ] && exit 0
exit $code
"""


@pytest.fixture
def htx() -> str:
    """The program that belongs to this Python."""
    found = shutil.which("htx", path=str(Path(sys.executable).parent))
    assert found
    return found


def compare(
    folder: Path, old: object, new: object, lines: str = LINES, allowed: str = ""
) -> tuple[int, list[str]]:
    """Exit code, and what is told, without the seconds that it took."""
    (folder / "lines").mkdir(exist_ok=True)
    (folder / "lines" / "few.txt").write_text(lines, "utf-8")
    (folder / "allowed.toml").write_text(allowed, "utf-8")
    options = ["--lines", str(folder / "lines"), "--allowed", str(folder / "allowed.toml")]
    done = subprocess.run(
        [sys.executable, "-m", "tests.same_output", str(old), str(new), *options],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stderr == ""
    *told, summary = done.stdout.splitlines()
    return done.returncode, [*told, summary.split(" s: ")[1]]


@pytest.mark.slow
def test_a_version_is_the_same_as_itself(tmp_path: Path, htx: str) -> None:
    assert compare(tmp_path, htx, htx) == (0, ["0 differences, beside them 0 that are allowed"])


ALLOWED = """\
[[allowed]]
line = "*htx leaders*"
stream = "screen"
only = "^[+]One row more|^[+-]$"
why = "It says so now."

[[allowed]]
line = "htx report *"
stream = "out"
only = "no such text"
why = "Nothing is like this."
"""


def test_every_stream_that_differs_is_told_unless_it_is_allowed(tmp_path: Path, htx: str) -> None:
    other = tmp_path / "other"
    other.write_text(OTHER.format(program=htx), "utf-8")
    other.chmod(0o755)
    code, told = compare(tmp_path, htx, other, allowed=ALLOWED)
    heads = [row for row in told if row.startswith("$ ") and " en: " in row]
    assert code == 1
    assert heads == [
        "$ htx report --year 2022 --format csv   [few.txt:1 en: out]",
        "$ htx report --year 2022 --format md   [few.txt:1 en: out]",
        "$ htx record an-giang-2025 1a 20 --as-of 30/9/2026   [few.txt:5 en: err]",
        "$ htx record an-giang-2025 1a 20 --as-of 30/9/2026   [few.txt:5 en: htx.db]",
        "$ htx status atlantis   [few.txt:5 en: exit]",
    ]
    assert "-3" in told
    assert "+0" in told
    assert told[-2:] == [
        "Nothing needs the entry “htx report *” (out) of allowed.toml",
        "10 differences, beside them 2 that are allowed",
    ]


@pytest.mark.slow
def test_a_line_that_does_not_exit_as_it_is_there_for_is_told(tmp_path: Path, htx: str) -> None:
    lines = "htx status atlantis\n"
    assert compare(tmp_path, htx, htx, lines) == (
        1,
        [
            "$ htx status atlantis   [few.txt:1 en] exits 3, not 0",
            "",
            "$ htx status atlantis   [few.txt:1 vi] exits 3, not 0",
            "",
            "2 differences, beside them 0 that are allowed",
        ],
    )


def test_a_paragraph_is_a_scenario_whose_braces_stand_for_lines() -> None:
    text = """\
# Only a comment.

HTX_NOW=2022-01-05T08:00:00+07:00
htx report --format {csv,md}
tty 80 htx undo  # exits 1
> n

HTX_LANG=vi
htx leaders
"""
    now = ("HTX_NOW", "2022-01-05T08:00:00+07:00")
    first, second = parsed(text, "few.txt")
    assert (first.place, first.languages) == ("few.txt:3", ("en", "vi"))
    assert first.lines == (
        Line("htx report --format csv", "htx report --format csv", environ=(now,)),
        Line("htx report --format md", "htx report --format md", environ=(now,)),
        Line("tty 80 htx undo", "htx undo", 1, 80, ("n",), (now,)),
    )
    assert (second.place, second.languages) == ("few.txt:8", ("vi",))
    assert second.lines == (Line("htx leaders", "htx leaders", environ=(("HTX_LANG", "vi"),)),)
