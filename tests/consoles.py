"""The console blocks of the README: what they say, and what really comes out.

`python tests/consoles.py` writes what really comes out into the README.
"""

import os
import pty
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
_MARK = "\x01"


@dataclass(frozen=True)
class Step:
    """A command of a console block and the lines under it."""

    command: str
    output: str


def steps(text: str) -> list[Step]:
    """Every command of every console block, in order."""
    found: list[Step] = []
    for block in _BLOCK.findall(text):
        for part in re.split(r"(?m)^\$ ", block)[1:]:
            command, _, output = part.partition("\n")
            found.append(Step(command, output))
    return found


def really(commands: list[str], width: int = 80) -> list[str]:
    """What the commands print, one after the other in one shell on a terminal of that width."""
    with TemporaryDirectory() as folder:
        shutil.copy(ROOT / "sample.db", folder)
        shutil.copytree(ROOT / "tests" / "sample", Path(folder) / "tests" / "sample")
        script = Path(folder) / "script"
        script.write_text(
            "".join(f"printf '\\001'\n{command}\n" for command in commands), encoding="utf-8"
        )
        environ = {
            "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
            "HOME": folder,
            "TERM": "dumb",
            "COLUMNS": str(width),
            "LANG": "C.UTF-8",
            "TZ": "Asia/Ho_Chi_Minh",
        }
        screen = on_terminal(["bash", str(script)], environ, folder, alone=True)
    lines = [line.rstrip() for line in screen.replace("\r\n", "\n").split("\n")]
    return "\n".join(lines).split(_MARK)[1:]


def on_terminal(
    command: list[str], environ: dict[str, str], folder: str, alone: bool = False
) -> str:
    """Everything that a command writes to its terminal; `alone`, with nobody there to be asked."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL if alone else theirs,
        stdout=theirs,
        stderr=theirs,
        env=environ,
        cwd=folder,
    )
    os.close(theirs)
    parts = []
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not part:
            break
        parts.append(part)
    os.close(ours)
    process.wait()
    return b"".join(parts).decode()


def rewritten(text: str) -> str:
    """The README with what really comes out."""
    outputs = iter(really([step.command for step in steps(text)]))

    def block(match: re.Match[str]) -> str:
        body = ""
        for part in re.split(r"(?m)^\$ ", match.group(1))[1:]:
            command = part.partition("\n")[0]
            body += f"$ {command}\n{next(outputs)}"
        return f"```console\n{body}```"

    return _BLOCK.sub(block, text)


if __name__ == "__main__":
    README.write_text(rewritten(README.read_text(encoding="utf-8")), encoding="utf-8")
