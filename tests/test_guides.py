"""README and the guides cannot lie: what they show is what really comes out."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from babel.messages.pofile import read_po

from htx_cli.cli import SECTIONS, app
from tests.support import lexicon_page, reference
from tests.support.books import TESTS
from tests.support.consoles import GUIDES, README, Page, pages, really, steps

SCRIPTS = (GUIDES / "en" / "scripts.md").read_text(encoding="utf-8")
TRUST = (GUIDES / "en" / "trust.md").read_text(encoding="utf-8")
WITH_CONSOLES = [page for page in pages() if steps(page.text)]


@pytest.mark.slow
@pytest.mark.parametrize("page", WITH_CONSOLES, ids=lambda page: page.name)
def test_every_console_block_shows_what_really_comes_out(page: Page) -> None:
    written = steps(page.text)
    assert written == really(written, page.language)


def test_the_readme_is_short_and_links_only_to_what_is_there_wherever_it_is_shown() -> None:
    text = README.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 250
    anchors = {f"#{name}" for name in re.findall(r'<a id="([^"]*)"></a>', text)}
    links = re.findall(r"\]\(([^)]*)\)", text)
    assert [link for link in links if link not in anchors and "://" not in link] == []


def test_the_python_example_runs(sample: Path) -> None:
    [example] = re.findall(r"```python\n(.*?)```", SCRIPTS, re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", example],
        cwd=sample.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == [
        "0 1 0",
        "Cần Thơ 10 11",
        "Sóc Trăng 10 11",
        "Bạc Liêu 6 11",
        "Cà Mau 9 11",
        "An Giang 9 11",
        "Kiên Giang 5 11",
        "Hậu Giang 10 11",
    ]


def test_every_command_is_mentioned_or_shown_by_the_help() -> None:
    help_page = subprocess.run(
        [sys.executable, "-m", "htx_cli"], capture_output=True, text=True, check=True
    ).stdout
    names = [name for names in SECTIONS.values() for name in names]
    assert [name for name in names if f"  {name} " not in help_page] == []


def test_the_exit_codes_of_the_guide_are_those_of_the_errors() -> None:
    from htx_cli import BookUnusable, HtxError, NotFound, Rejected, UsageError
    from htx_cli.commands.report import FOUND

    table = re.search(r"\| exit code \|.*?\n\n", SCRIPTS, re.DOTALL)
    assert table
    codes = [int(code) for code in re.findall(r"^\| (\d+) \|", table.group(), re.MULTILINE)]
    classes = (HtxError, UsageError, NotFound, Rejected, BookUnusable)
    assert codes == [0, *(each.exit for each in classes), FOUND, 130]


def test_the_walk_ends_at_the_report_of_the_sample(run: object) -> None:
    """The walk of the year compares its own report with this file; here the file is held to sample.db."""
    from htx_cli.actions.report import build_report
    from htx_cli.output.formats import render
    from tests.support.books import book

    report = build_report(book(TESTS.parent / "sample.db"), 2021)
    expected = (TESTS / "sample" / "report-2021.csv").read_text(encoding="utf-8")
    assert render(report, "csv") == expected


def test_every_message_that_the_officer_is_told_about_is_one_of_htx() -> None:
    page = (GUIDES / "vi" / "khi-htx-noi.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| (.*?) \| .* \|$", page)
    quoted = [row for row in rows if row != "htx nói"]
    with (GUIDES.parent / "locale/vi/LC_MESSAGES/htx.po").open("rb") as file:
        said = [m.string for m in read_po(file) if m.id and isinstance(m.string, str)]
    assert len(quoted) > 40

    def stands(row: str) -> bool:
        parts = ".*".join(re.escape(part.strip()) for part in row.split("…"))
        return any(re.search(parts, text) for text in said)

    assert [row for row in quoted if not stands(row)] == []


def test_every_page_that_an_officers_page_names_is_there_and_the_first_names_all() -> None:
    there = {page.path.stem for page in pages() if page.language == "vi"}
    named = {
        name
        for page in pages()
        if page.language == "vi"
        for name in re.findall(r"[Tt]rang\s+`([a-z-]+)`", page.text)
    }
    assert named - there == set()
    first = (GUIDES / "vi" / "bat-dau.md").read_text(encoding="utf-8")
    assert [name for name in sorted(there - {"bat-dau"}) if f"`{name}`" not in first] == []


def test_no_tool_of_a_workplace_and_no_path_of_a_machine_is_named() -> None:
    git = shutil.which("git")
    if git is None or not (TESTS.parent / ".git").exists():
        places = ("htx_cli", "tests", "pyproject.toml", "README.md", "CHANGELOG.md")
        roots = [TESTS.parent / name for name in places]
        tracked = [p for r in roots for p in (r.rglob("*") if r.is_dir() else [r])]
    else:
        listed = subprocess.run(
            [git, "ls-files"], cwd=TESTS.parent, capture_output=True, text=True, check=True
        )
        tracked = [TESTS.parent / name for name in listed.stdout.splitlines()]
    wrong = re.compile(r"(^|[^\w.])/(home|work|root|Users)/")
    texts = [
        p
        for p in tracked
        if p.suffix in (".py", ".md", ".toml", ".sh", ".csv", ".txt", "") and p.is_file()
    ]
    assert [
        p.name for p in texts if wrong.search(p.read_text(encoding="utf-8", errors="replace"))
    ] == []


def test_every_test_that_is_named_for_a_claim_exists() -> None:
    def there(name: str) -> str:
        return "".join(p.read_text(encoding="utf-8") for p in TESTS.rglob(f"{name}.py"))

    named = re.findall(r"`(test_\w+)\.(test_\w+)`", TRUST)
    assert named
    assert [f"{f}.{test}" for f, test in named if f"def {test}(" not in there(f)] == []


# -- names of commands and options -----------------------------------------------------------------


@pytest.mark.parametrize("language", lexicon_page.PAGES)
def test_the_page_of_words_is_made_of_the_lexicon(language: str) -> None:
    standing = lexicon_page.PAGES[language].read_text(encoding="utf-8")
    assert standing == lexicon_page.page(language)


@pytest.mark.parametrize("language", reference.PAGES)
def test_the_reference_is_current(language: str) -> None:
    standing = reference.PAGES[language].read_text(encoding="utf-8")
    assert standing == reference.page(language)


def typed(text: str) -> list[list[str]]:
    """The words of every htx command that a page shows, in its blocks and in its sentences."""
    lines = [step.command.replace("\\\n", " ") for step in steps(text)]
    lines += [code.partition(" #")[0] for code in re.findall(r"(?<!`)`(htx [^`]*)`", text)]
    commands = [re.split(r"\s*(?:\|(?= )|&&|;|>|<|2>&1)\s*", line) for line in lines]
    parts = [part for each in commands for part in each if part.startswith("htx ")]
    return [shlex.split(part.replace("'", "’")) for part in parts]


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_every_command_and_option_that_a_page_shows_exists(page: Page) -> None:
    root: Any = typer.main.get_command(app)
    everywhere = {"--help", "-h", *(name for param in root.params for name in param.opts)}
    wrong = []
    for words in typed(page.text):
        parts = root.scan(words[1:])
        name = next((part.typed[0] for part in parts if part.option is None), None)
        command = root.get_command(None, name or "")
        options = (
            [n for p in command.params for n in (*p.opts, *p.secondary_opts)] if command else []
        )
        known = command is not None or name is None or name in ("COMMAND", "LỆNH")
        if not known or {p.option for p in parts if p.option} - {*everywhere, *options}:
            wrong.append(words)
    assert wrong == []
