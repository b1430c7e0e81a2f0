"""Run under limits: as a user without permissions, or with little room on the disk."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def as_anybody() -> Iterator[Path]:
    """A folder of one's own; root becomes somebody for whom permissions count."""
    if not hasattr(os, "geteuid"):
        pytest.skip("permissions are of another kind here")
    folder = Path(tempfile.mkdtemp())
    root = os.geteuid() == 0
    try:
        if root:
            os.chown(folder, 65534, 65534)
            os.seteuid(65534)
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o700)
        shutil.rmtree(folder)


def with_room(size: int, *words: object) -> subprocess.CompletedProcess[str]:
    """A command that can make no file larger than this, as on a disk that is full."""
    resource = pytest.importorskip("resource", reason="limits are of another kind here")
    return subprocess.run(
        [sys.executable, "-m", "htx_cli", *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )
