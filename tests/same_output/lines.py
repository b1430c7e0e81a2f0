"""Command lines to compare: paragraphs of `lines/*.txt`, read into scenarios."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

LANGUAGES = ("en", "vi")
FOLDER = Path(__file__).parent / "lines"
_ALTERNATIVES = re.compile(r"\{([^{}\s]*,[^{}\s]*)\}")
_SETTING = re.compile(r"([A-Z_]+)=(\S*)")
_EXITS = re.compile(r"\s+# exits (\d+)$")
_TERMINAL = re.compile(r"tty (\d+) (.*)")


@dataclass(frozen=True)
class Line:
    """A line for the shell, and how it is run."""

    shown: str  # as it stands in the file, its alternatives chosen
    command: str  # what the shell gets
    exits: int = 0  # the exit code that the line is there for
    width: int | None = None  # of the terminal it runs on; None in a pipe
    typed: tuple[str, ...] = ()  # answers to the questions of a terminal
    environ: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Scenario:
    """Lines that run one after the other in one folder, and so share a book."""

    place: str  # the file and the number of its first line
    lines: tuple[Line, ...] = field(repr=False)
    languages: tuple[str, ...] = LANGUAGES

    @property
    def text(self) -> str:
        """All its command lines."""
        return "\n".join(line.command for line in self.lines)


def scenarios(folder: Path = FOLDER) -> list[Scenario]:
    """Every scenario of every file of a folder, in order."""
    files = sorted(folder.glob("*.txt"))
    return [each for file in files for each in parsed(file.read_text("utf-8"), file.name)]


def parsed(text: str, name: str) -> Iterator[Scenario]:
    """The scenarios of a text: its paragraphs, without comments."""
    paragraph: list[str] = []
    for number, row in enumerate([*text.split("\n"), ""], 1):
        if row.strip():
            paragraph.append(row)
            continue
        lines = tuple(_lines(paragraph))
        if lines:
            spoken = dict(lines[0].environ).get("HTX_LANG")
            languages = (spoken,) if spoken else LANGUAGES
            yield Scenario(f"{name}:{number - len(paragraph)}", lines, languages)
        paragraph = []


def _lines(rows: list[str]) -> Iterator[Line]:
    environ: dict[str, str] = {}
    for at, row in enumerate(rows):
        if row.startswith(("#", "> ")):
            continue
        if setting := _SETTING.fullmatch(row):
            environ[setting[1]] = setting[2]
            continue
        typed = tuple(_answers(rows[at + 1 :]))
        for chosen in _chosen(row):
            yield _line(chosen, typed, environ)


def _answers(rows: list[str]) -> Iterator[str]:
    for row in rows:
        if not row.startswith("> "):
            return
        yield row[2:]


def _chosen(row: str) -> Iterator[str]:
    """`a {b,c}` is `a b`, then `a c`."""
    parts = _ALTERNATIVES.split(row)  # at every odd place what stood in braces
    choices = [part.split(",") if at % 2 else [part] for at, part in enumerate(parts)]
    for each in product(*choices):
        yield "".join(each)


def _line(row: str, typed: tuple[str, ...], environ: dict[str, str]) -> Line:
    exits = _EXITS.search(row)
    shown = command = _EXITS.sub("", row)
    width = None
    if terminal := _TERMINAL.fullmatch(command):
        width, command = int(terminal[1]), terminal[2]
    return Line(shown, command, int(exits[1]) if exits else 0, width, typed, tuple(environ.items()))
