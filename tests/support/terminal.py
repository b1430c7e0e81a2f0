"""Run htx on a terminal of a given width, and give what it shows."""

import os
import pty
import subprocess
import sys
from pathlib import Path

HTX = Path(sys.executable).with_name("htx")


def environ(width: int, language: str, **more: str) -> dict[str, str]:
    """The environment of a terminal so wide, in January 2022."""
    return {
        "PATH": os.environ["PATH"],
        "TERM": "dumb",
        "COLUMNS": str(width),
        "HTX_LANG": language,
        "HTX_NOW": "2022-01-05T08:00:00+07:00",
        "TZ": "Asia/Ho_Chi_Minh",
        **more,
    }


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
