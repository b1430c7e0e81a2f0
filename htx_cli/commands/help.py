"""The guides."""

import sys
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Annotated

from htx_cli.output.guides import Guide, guides
from htx_cli.terminal.answer import answering
from htx_cli.terminal.command import HELP_WIDTH, command
from htx_cli.terminal.examples import EXAMPLES
from htx_cli.terminal.options import argument, complete_topic
from htx_cli.terminal.session import Session, write_json
from htx_cli.text.errors import NotFound, unknown
from htx_cli.text.words import language, mark, t


@command("help")
def show_guide(
    session: Session,
    topic: Annotated[
        str | None,
        argument(
            "TOPIC",
            mark("A guide, or a command; without it the guides are listed."),
            offers=complete_topic,
        ),
    ] = None,
) -> None:
    """List the guides, or show one.

    “htx help COMMAND” says what “htx COMMAND --help” says.
    """
    found = guides()
    if topic is None:
        _list(found, session.in_json)
    else:
        _show(_of_topic(found, topic), session.in_json)


def _of_topic(found: Sequence[Guide], topic: str) -> Guide:
    for guide in found:
        if guide.topic == topic.strip().lower():
            return guide
    close = get_close_matches(topic, [*(guide.topic for guide in found), *EXAMPLES])
    raise unknown(NotFound, "topic_unknown", close, name=topic)


def _list(found: Sequence[Guide], in_json: bool) -> None:
    if in_json:
        topics = [{"topic": g.topic, "language": g.language, "title": g.title} for g in found]
        write_json({"schema": "htx.help/1", "topics": topics})
        return
    spoken = [guide for guide in found if guide.language == language()]
    others = [guide for guide in found if guide.language != language()]
    elsewhere = mark("In Vietnamese:") if language() == "en" else mark("In English:")
    width = max(len(guide.topic) for guide in found)
    with answering() as out:
        out.write(t("The guides; “htx help TOPIC” shows one:") + "\n")
        out.writelines(f"  {guide.topic:{width}}  {guide.title}\n" for guide in spoken)
        out.write(f"\n{t(elsewhere)}\n")
        out.writelines(f"  {guide.topic:{width}}  {guide.title}\n" for guide in others)


def _show(guide: Guide, in_json: bool) -> None:
    if in_json:
        told = {"topic": guide.topic, "language": guide.language, "title": guide.title}
        write_json({"schema": "htx.help/1", **told, "text": guide.text})
    elif sys.stdout.isatty():
        _draw(guide.text)
    else:
        with answering() as out:
            out.write(guide.text)


def _draw(text: str) -> None:
    """The Markdown as a terminal shows it, no wider than is good to read."""
    import shutil

    from rich.console import Console

    from htx_cli.output.formats.rich_guide import THEME, GuideMarkdown

    width = min(shutil.get_terminal_size().columns, HELP_WIDTH)
    console = Console(width=width, theme=THEME)
    with answering():
        console.print(GuideMarkdown(text))
