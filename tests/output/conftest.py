"""Fixtures of the tests of what is shown."""

import shutil
from pathlib import Path

import pytest

from tests.support.commands import Run


@pytest.fixture
def three(empty_book: Path, tmp_path: Path, run: Run) -> Path:
    """A cluster of Cần Thơ, Sóc Trăng and Cà Mau with nothing signed."""
    path = Path(shutil.copy(empty_book, tmp_path / "htx.db"))
    members = [f"--member={name}" for name in ("can tho", "soc trang", "ca mau")]
    assert run("add-cluster", "Cụm thử", *members, "--since", 2020).exit == 0
    return path
