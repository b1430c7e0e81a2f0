"""Transcripts: commands with what they print, and what that specifies, as plain text.

A transcript is a file of `tests/transcripts`. What stands at the left edge is said to the reader;
two blanks to the right stand the commands and what comes out:

    A figure of a year that is closed is refused.

      $ cp story-2021.db htx.db
      $ htx close-year 2021 --incomplete
      2| Change 33: the year 2021 was closed  (htx undo 33)
      $ HTX_LANG=vi htx record "ca mau" 1a 23
      2| htx: …
      [4]

`2| ` begins a line of standard error, `[4]` is an exit code other than 0. A file is written with
`$ cat > results.csv` and lines that begin with `> `; `cp` takes a book of `tests/data/books`,
`rm` takes one away, `export NAME=value` holds from there on, and
`htx import - < results.csv` reads a file.
Each transcript begins in an empty folder, in January 2022. Nothing is run by a shell. Checkpoints are
left out, for they stand for every byte of the journal.

`python -m tests.support.transcripts` writes what really comes out into every transcript, to be
looked at; with names, such as `closing`, into those only.
"""

import os
import re
import shlex
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from typer.testing import CliRunner

from htx_cli.cli import app
from htx_cli.text import words
from tests.support.books import JANUARY, TESTS

TRANSCRIPTS = TESTS / "transcripts"
MARGIN = "  "
ENVIRON = {"HTX_NOW": JANUARY, "HTX_USER": "tester"}
_CHECKPOINT = re.compile(r"Checkpoint: [0-9a-f ]+")
_SETTING = re.compile(r"(\w+)=(.*)", re.DOTALL)


@dataclass(frozen=True)
class Step:
    """A command with the lines given to it and the lines that it prints; or words to the reader."""

    command: str = ""
    given: tuple[str, ...] = ()
    printed: tuple[str, ...] = ()
    said: str = ""


def read(text: str) -> list[Step]:
    """The steps of a transcript, in order."""
    steps: list[Step] = []
    for block in re.split(rf"(?m)^(?={MARGIN}\$ |\S)", text):
        if block.startswith(f"{MARGIN}$ "):
            command, *lines = (line.removeprefix(MARGIN) for line in block.rstrip().split("\n"))
            given = [line for line in lines if line.startswith("> ") or line == ">"]
            steps.append(Step(command[2:], tuple(given), tuple(lines[len(given) :])))
        elif block.strip():
            steps.append(Step(said=block.rstrip("\n")))
    return steps


def written(steps: list[Step]) -> str:
    """The text of a transcript; words to the reader stand by themselves."""
    text = ""
    for before, step in zip([None, *steps], steps, strict=False):
        if step.command:
            apart = "\n" if before and not before.command else ""
            lines = (f"$ {step.command}", *step.given, *step.printed)
            text += apart + "".join(f"{MARGIN}{line}".rstrip() + "\n" for line in lines)
        else:
            text += ("\n" if before and before.command else "") + step.said + "\n"
    return text


def played(steps: list[Step]) -> list[Step]:
    """The same commands with what they really print."""
    environ = dict(ENVIRON)
    with TemporaryDirectory() as folder, chdir(folder):
        return [
            Step(step.command, step.given, tuple(_run(step, environ)), step.said) for step in steps
        ]


def _run(step: Step, environ: dict[str, str]) -> Iterator[str]:
    """Do what a step says; the lines that it prints."""
    typed = shlex.split(step.command)
    here = dict(environ)
    while typed and (setting := _SETTING.fullmatch(typed[0])):
        here[setting[1]] = setting[2]
        del typed[0]
    match typed:
        case []:
            return
        case ["htx", *arguments]:
            stdin = None
            if arguments[-2:-1] == ["<"]:
                stdin = Path(arguments[-1]).read_bytes()
                arguments = arguments[:-2]
            yield from _answer(arguments, here, stdin)
        case ["export", pair]:
            name, _, value = pair.partition("=")
            environ[name] = value
        case ["cat", ">", name]:
            lines = "".join(line.removeprefix(">").removeprefix(" ") + "\n" for line in step.given)
            Path(name).write_text(lines, encoding="utf-8")
        case ["rm", name]:
            Path(name).unlink()
        case ["cp", name, target]:
            shutil.copy(name if Path(name).exists() else TESTS / "data" / "books" / name, target)
        case _:
            raise ValueError(f"no command of a transcript: {step.command}")


def _answer(arguments: list[str], environ: dict[str, str], stdin: bytes | None) -> Iterator[str]:
    result = CliRunner(env=environ).invoke(app, arguments, input=stdin)
    words.speak("en")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    out = _CHECKPOINT.sub("Checkpoint: …", result.stdout)
    assert all(not text or text.endswith("\n") for text in (out, result.stderr))
    yield from (line.rstrip() for line in out.splitlines())
    yield from (f"2| {line}".rstrip() for line in result.stderr.splitlines())
    if result.exit_code:
        yield f"[{result.exit_code}]"


def main(names: list[str]) -> None:
    """Write what really comes out into the transcripts named, or into all."""
    for name in [
        name for name in os.environ if name.startswith(("HTX_", "LC_", "LANG", "COLUMNS"))
    ]:
        del os.environ[name]
    os.environ["TZ"] = "UTC"  # as the tests have it
    time.tzset()
    for path in sorted(TRANSCRIPTS.glob("*.txt")):
        if not names or path.stem in names:
            path.write_text(written(played(read(path.read_text("utf-8")))), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
