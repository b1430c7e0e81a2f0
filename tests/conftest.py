"""Fixtures of every test: a clean environment, real books in real files, and the real command."""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from htx_cli.actions import Intent
from htx_cli.actions.book import init
from htx_cli.cli import app
from htx_cli.text import words
from tests.support.books import JANUARY, SAMPLE, book
from tests.support.commands import CLUSTER, Answer, Run
from tests.support.laws import choose

# A shell lets what it starts in the background ignore Ctrl-C, and that would be inherited.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_configure(config: pytest.Config) -> None:
    """The quick suite also tries each law less often."""
    choose("quick" if config.getoption("markexpr") == "not slow" else "whole")


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No setting of this machine reaches a test; each runs in a folder of its own."""
    for name in list(os.environ):
        if name.startswith(("HTX_", "LC_")) or name in ("LANG", "LANGUAGE", "COLUMNS", "NO_COLOR"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HTX_NOW", JANUARY)
    monkeypatch.setenv("HTX_USER", "tester")
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()  # of this process, whatever an earlier test or the machine left there
    monkeypatch.setenv("TZ", "Asia/Ho_Chi_Minh")  # of the commands that it starts
    monkeypatch.chdir(tmp_path)
    words.speak("en")
    yield
    words.speak("en")


@pytest.fixture
def run() -> Run:
    """Run a command as a script would: `run("report", "--year", "2021")`."""

    def call(*args: object, stdin: str | bytes | None = None, **environ: str) -> Answer:
        result = CliRunner(env=environ).invoke(app, [str(a) for a in args], input=stdin)
        words.speak("en")
        return Answer(result.exit_code, result.stdout, result.stderr)

    return call


@pytest.fixture(scope="session")
def empty_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with nothing but the register; copy it, do not write to it."""
    path = tmp_path_factory.mktemp("books") / "empty.db"
    init(book(path), Intent("init"))
    return path


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the sample of 2021 that may be written to."""
    return Path(shutil.copy(SAMPLE, tmp_path / "htx.db"))


@pytest.fixture
def fresh(empty_book: Path, tmp_path: Path, run: Run) -> Path:
    """A book with a cluster of two and nothing signed."""
    path = Path(shutil.copy(empty_book, tmp_path / "htx.db"))
    assert run(*CLUSTER, "--since", "2020").exit == 0
    return path
