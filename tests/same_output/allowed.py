"""Differences that are meant: the list in `allowed.toml`, and what of it was met."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

FILE = Path(__file__).parent / "allowed.toml"


@dataclass
class Allowed:
    """Lines and streams in which a difference is meant, and why."""

    line: str  # a pattern of the command line, as a shell's: `*--help`
    stream: str  # a pattern of "out", "err", "screen", "exit" or a file's name
    why: str
    only: str | None = (
        None  # a regular expression of the rows that may differ, with their - or +; else all may
    )
    met: bool = field(default=False, compare=False)

    def covers(self, line: str, stream: str, differing: Sequence[str]) -> bool:
        """Whether these rows of a diff are meant there; it remembers that they were met."""
        if not (fnmatchcase(line, self.line) and fnmatchcase(stream, self.stream)):
            return False
        if self.only is not None and not all(re.search(self.only, each) for each in differing):
            return False
        self.met = True
        return True


def allowed(file: Path = FILE) -> list[Allowed]:
    """The list, in order."""
    return [Allowed(**each) for each in tomllib.loads(file.read_text("utf-8")).get("allowed", [])]
