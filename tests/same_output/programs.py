"""An installed version of htx, started for each command line, or kept running where that can be."""

import json
import os
import pty
import subprocess
import sys
import termios
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from tempfile import TemporaryDirectory

TOO_LONG = 120  # seconds
_ENDED = b"\x04"  # Ctrl-D: nobody answers any more

Streams = dict[str, str]  # "out", "err", "screen", "exit", or the name of a file


class Program:
    """A version under the name that people type, alone in a folder."""

    def __init__(self, named: str, folder: Path, fresh: bool) -> None:
        """`named` is a virtual environment, its Python or its htx; or any program, started each time."""
        path = Path(os.path.abspath(named))
        if path.is_dir():
            path = path / "bin" / "htx"
        elif path.name.startswith("python"):
            path = path.parent / "htx"
        if not os.access(path, os.X_OK):
            sys.exit(f"{named}: there is no htx")
        folder.mkdir()
        (folder / "htx").symlink_to(path)
        self.folder = folder
        python = path.parent / "python"
        self._python = python if python.exists() and not fresh else None
        self._idle: SimpleQueue[subprocess.Popen[str]] = SimpleQueue()

    def close(self) -> None:
        """End what was kept running."""
        with suppress(Empty):
            while True:
                server = self._idle.get_nowait()
                server.communicate()

    def run(
        self,
        argv: list[str],
        environ: Mapping[str, str],
        folder: Path,
        width: int | None,
        typed: tuple[str, ...],
    ) -> Streams:
        """Run a command; with a width on a terminal, where `typed` are the answers, typed ahead."""
        kept = argv[0] == "htx" and self._python is not None
        start = self._served if kept else _started
        if width is None:
            with TemporaryDirectory() as aside:
                out, err = Path(aside) / "out", Path(aside) / "err"
                with start(argv, environ, folder, [os.devnull, str(out), str(err)]) as done:
                    pass
                return {"out": text(out.read_bytes()), "err": text(err.read_bytes()), **done}
        ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (40, width))
        terminal = os.ttyname(theirs)
        if typed:
            os.write(ours, "".join(f"{each}\n" for each in typed).encode() + _ENDED)
        streams = [terminal if typed else os.devnull, terminal, terminal]
        with start(argv, environ, folder, streams) as done:
            os.close(theirs)
            screen = b"".join(_parts(ours))
        os.close(ours)
        return {"screen": text(screen), **done}

    @contextmanager
    def _served(
        self, argv: list[str], environ: Mapping[str, str], folder: Path, streams: list[str]
    ) -> Iterator[Streams]:
        """A fork of a version that is loaded already; `serving` says how."""
        try:
            server = self._idle.get_nowait()
        except Empty:
            server = subprocess.Popen(
                [str(self._python), "-P", str(Path(__file__).with_name("serving.py"))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert server.stdin and server.stdout
        argv = [str(self.folder / "htx"), *argv[1:]]
        job = {"argv": argv, "environ": environ, "folder": str(folder), "streams": streams}
        server.stdin.write(json.dumps(job) + "\n")
        server.stdin.flush()
        server.stdout.readline()
        done: Streams = {}
        yield done
        done["exit"] = server.stdout.readline().strip()
        self._idle.put(server)


@contextmanager
def _started(
    argv: list[str], environ: Mapping[str, str], folder: Path, streams: list[str]
) -> Iterator[Streams]:
    """A process of its own."""
    opened = [os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOCTTY) for path in streams]
    stdin, stdout, stderr = opened
    process = subprocess.Popen(
        argv, stdin=stdin, stdout=stdout, stderr=stderr, env=environ, cwd=folder
    )
    for each in opened:
        os.close(each)
    done: Streams = {}
    yield done
    try:
        done["exit"] = str(process.wait(TOO_LONG))
    except subprocess.TimeoutExpired:
        process.kill()
        done["exit"] = "never"


def _parts(terminal: int) -> Iterator[bytes]:
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # Linux says so when the other end is closed
            return
        if not part:
            return
        yield part


def text(raw: bytes) -> str:
    """Bytes as a text; what is no UTF-8 stands there as its number."""
    return raw.decode("utf-8", "backslashreplace")
