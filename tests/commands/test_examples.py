"""The examples at the end of each command's help can be typed as they stand."""

import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
import typer

from htx_cli.cli import SECTIONS, app
from htx_cli.terminal.examples import EXAMPLES
from tests.support.books import TESTS
from tests.support.commands import Run

ROOT: Any = typer.main.get_command(app)
TYPED = [example for examples in EXAMPLES.values() for example in examples]
NEED_A_FILE = ("take-over",)


def only_reads(example: str) -> bool:
    """Whether a command writes nothing to a book, and reads nothing but one."""
    name = shlex.split(example)[1]
    writes = any(param.name == "dry_run" for param in ROOT.get_command(None, name).params)
    return not writes and name not in NEED_A_FILE


def test_every_command_has_one_or_two_examples_of_its_own_in_the_order_of_the_help() -> None:
    commands = {name for names in SECTIONS.values() for name in names}
    assert EXAMPLES.keys() == commands
    for name, examples in EXAMPLES.items():
        assert len(examples) in (1, 2), name
        assert {shlex.split(example)[1] for example in examples} == {name}


@pytest.mark.parametrize("example", TYPED)
def test_an_example_is_understood_and_fits_a_terminal(example: str) -> None:
    _, name, *words = shlex.split(example)
    assert len(example) <= 78
    ROOT.get_command(None, name).make_context(name, words)


@pytest.mark.parametrize("example", [each for each in TYPED if only_reads(each)])
def test_an_example_that_only_reads_runs_on_the_sample(
    example: str, run: Run, tmp_path: Path
) -> None:
    shutil.copy(TESTS.parent / "sample.db", tmp_path / "htx.db")
    answer = run(*shlex.split(example)[1:], HTX_NOW="2026-11-23T08:00:00+07:00")
    assert (answer.exit, answer.err.startswith("htx: ")) == (0, False)


@pytest.mark.parametrize(("language", "title"), [("en", "Examples:"), ("vi", "Ví dụ:")])
def test_help_ends_with_the_examples(run: Run, language: str, title: str) -> None:
    shown = run("report", "--help", HTX_LANG=language).out.rstrip().splitlines()
    assert shown[-3:] == [title, *(f"  {example}" for example in EXAMPLES["report"])]


def test_a_mistyped_command_is_found_by_help_too(run: Run) -> None:
    assert "Did you mean report" in run("help", "reprot").err
