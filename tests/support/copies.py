"""Two copies of one book that different people write to, and merge."""

import json
from pathlib import Path
from typing import Any

from tests.support.commands import Run

ME, COLLEAGUE = "Lê Thị Đào", "Trần Bình"


def wrote(run: Run, path: Path, who: str, *words: object) -> None:
    """Somebody's write to one of the copies, which must succeed."""
    answer = run("--db", path, *words, HTX_USER=who)
    assert answer.exit == 0, answer.err


def record(run: Run, path: Path, who: str, value: object, code: str = "1a") -> None:
    """A figure of Cần Thơ at the end of the year."""
    words = ("record", "can tho", code, value, "--as-of", "31/12/2021", "--source", who)
    wrote(run, path, who, *words)


def merged(run: Run, path: Path, other: Path, *more: str) -> dict[str, Any]:
    """The answer of a merge that must succeed."""
    answer = run("--db", path, "merge", other, *more, "--json", HTX_USER=ME)
    assert answer.exit == 0, answer.out
    made: dict[str, Any] = json.loads(answer.out)
    return made


def verified(run: Run, *paths: Path) -> bool:
    """`htx verify` finds nothing in any of them."""
    return all(run("--db", path, "verify").exit == 0 for path in paths)


def refused(run: Run, *words: object) -> tuple[int, list[str]]:
    """Exit code and lines of a merge that must leave the book as it was."""
    before = Path("htx.db").read_bytes()
    answer = run("merge", *words)
    assert Path("htx.db").read_bytes() == before
    return answer.exit, answer.err.splitlines()
