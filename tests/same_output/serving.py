"""Run htx again and again without starting Python anew; one job a row, as `programs` sends it.

Runs in the version's own Python. Everything is loaded before the first job, and each job is a fork of
that: it costs a fifth of a start. What depends on the order in which modules are loaded shows with
`--fresh` alone.
"""

import atexit
import gc
import json
import os
import signal
import sys
import time
import traceback
from contextlib import suppress
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import walk_packages
from typing import Any, NoReturn

LIBRARIES = (
    "dateutil.relativedelta",
    "python_calamine",
    "rich.console",
    "rich.table",
    "sqlite3",
    "sqlite_utils",
    "tomllib",
    "typer.main",
    "xlrd",
    "xlsxwriter",
    "zipfile",
)
TOO_LONG = 120  # seconds


def serve() -> None:
    """Run every job that comes; tell when its streams are open, and its exit code."""
    (entry,) = entry_points(group="console_scripts", name="htx")
    program = entry.load()
    import htx_cli

    ours = [each.name for each in walk_packages(htx_cli.__path__, "htx_cli.", str)]
    for name in (*ours, *LIBRARIES):
        with suppress(Exception):  # it is met again by the command that needs it
            import_module(name)
    gc.freeze()
    for row in sys.stdin:
        job = json.loads(row)
        streams = [os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOCTTY) for path in job["streams"]]
        child = os.fork()
        if not child:
            _run(program, job, streams)
        for each in streams:
            os.close(each)
        print("begun", flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _run(program: Any, job: Any, streams: list[int]) -> NoReturn:
    """Be the process that a shell would have started."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    signal.alarm(TOO_LONG)
    os.chdir(job["folder"])
    os.environ.clear()
    os.environ.update(job["environ"])
    time.tzset()
    sys.argv = job["argv"]
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w", buffering=1)  # noqa: SIM115
    code = 1
    try:
        program()
        code = 0
    except SystemExit as ended:
        code = ended.code if type(ended.code) is int else int(ended.code is not None)
    except BaseException:
        traceback.print_exc()
    atexit._run_exitfuncs()
    with suppress(OSError, ValueError):
        sys.stdout.flush()
    with suppress(OSError, ValueError):
        sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    serve()
