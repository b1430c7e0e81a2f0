"""`htx help`: the guides, listed and shown, in the language spoken."""

import json
import re
from io import StringIO

import pytest
from rich.console import Console

from htx_cli.cli import SECTIONS
from htx_cli.output.formats.rich_guide import GuideMarkdown
from htx_cli.output.guides import Guide, guides
from htx_cli.text import words
from tests.support.commands import Run
from tests.support.consoles import GUIDES
from tests.support.terminal import HTX, environ, on_terminal

COMMANDS = {name for names in SECTIONS.values() for name in names}


def topics(language: str) -> list[str]:
    return (GUIDES / language / "topics.txt").read_text(encoding="utf-8").split()


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_guide_has_its_place_in_the_list_and_a_title(language: str) -> None:
    assert sorted(topics(language)) == sorted(p.stem for p in (GUIDES / language).glob("*.md"))
    for topic in topics(language):
        text = (GUIDES / language / f"{topic}.md").read_text(encoding="utf-8")
        assert re.match(r"# \S.*\n\n", text), topic


def test_the_guides_are_listed_those_in_the_language_spoken_first(run: Run) -> None:
    shown = {language: run("help", HTX_LANG=language).out for language in ("en", "vi")}
    assert re.findall(r"(?m)^  (\S+)", shown["en"]) == [*topics("en"), *topics("vi")]
    assert re.findall(r"(?m)^  (\S+)", shown["vi"]) == [*topics("vi"), *topics("en")]
    assert "\n  rules           Rules of assessment\n" in shown["en"]
    assert "\nIn Vietnamese:\n  cai-dat         Cài đặt\n" in shown["en"]
    assert "\nBằng tiếng Anh:\n" in shown["vi"]


def test_in_a_pipe_a_guide_is_its_file_without_what_the_tests_alone_read(run: Run) -> None:
    text = (GUIDES / "en" / "trust.md").read_text(encoding="utf-8")
    shown = run("help", "trust")
    assert (shown.exit, shown.err) == (0, "")
    assert shown.out == re.sub(r"<!--.*?-->\n", "", text)
    assert shown.out.startswith("# A book that can be trusted\n")
    assert "<!--" not in shown.out


def test_a_guide_is_found_in_either_language(run: Run) -> None:
    assert run("help", "rules", HTX_LANG="vi").out == run("help", "rules").out
    assert run("help", "cai-dat").out.startswith("# Cài đặt\n")


def test_on_a_terminal_a_guide_is_drawn_and_fits(tmp_path: object) -> None:
    text = on_terminal([str(HTX), "help", "rules"], environ(80, "en"), str(tmp_path))
    lines = text.replace("\r\n", "\n").splitlines()
    assert lines[0] == "Rules of assessment"
    assert [line for line in lines if len(line) > 80] == []
    assert not re.search(r"(?m)^#|^\|", text)


@pytest.mark.parametrize("guide", guides(), ids=lambda guide: guide.topic)
def test_a_drawn_guide_loses_no_letter_of_a_screen(guide: Guide) -> None:
    made = StringIO()
    Console(file=made, width=80).print(GuideMarkdown(guide.text))
    drawn = "".join(made.getvalue().split())
    for block in re.findall(r"(?ms)^```\w+\n(.*?)^```", guide.text):
        assert "".join(block.split()) in drawn


def test_as_json_a_guide_and_the_list_are_documents(run: Run) -> None:
    listed = json.loads(run("help", "--json").out)
    assert listed["schema"] == "htx.help/1"
    assert listed["topics"][0] == {"topic": "year", "language": "en", "title": "A year with htx"}
    [guide] = [each for each in guides() if each.topic == "sql"]
    assert json.loads(run("help", "sql", "--json").out) == {
        "schema": "htx.help/1",
        "topic": "sql",
        "language": "en",
        "title": "The book as SQL",
        "text": guide.text,
    }


def test_an_unknown_topic_is_answered_with_the_nearest(run: Run) -> None:
    answer = run("help", "ruls")
    assert (answer.exit, answer.out) == (3, "")
    assert answer.err.startswith("htx: There is no guide “ruls”. Did you mean rules")
    answer = run("help", "xyz")
    assert answer.exit == 3
    assert answer.err == "htx: There is no guide “xyz”. “htx help” lists them.\n"
    assert json.loads(run("help", "xyz", "--json").out)["code"] == "topic_unknown"


def test_a_command_s_name_shows_its_help(run: Run) -> None:
    assert run("help", "report") == run("report", "--help")
    assert run("help", "report", "--lang", "vi") == run("--lang", "vi", "report", "--help")


def test_no_guide_is_called_as_a_command_or_as_another_guide_of_its_language() -> None:
    with words.speaking("vi"):
        named = [guide.topic for guide in guides()]
    assert set(named) & COMMANDS == set()
    assert len(named) == len(set(named))


@pytest.mark.parametrize("guide", guides(), ids=lambda guide: guide.topic)
def test_what_a_guide_points_at_is_there(guide: object) -> None:
    known = {*topics("en"), *topics("vi"), *COMMANDS, "COMMAND", "TOPIC"}
    pointed = re.findall(r"`htx help ([\w-]+)`", getattr(guide, "text", ""))
    assert [name for name in pointed if name not in known] == []
