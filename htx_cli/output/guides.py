"""The guides: Markdown files of the package, in English and Vietnamese.

Each stands in `guides/LANGUAGE/TOPIC.md` and begins with its title; `topics.txt` beside them gives
their order. They are read through the loader, so that they are found in a zip too.
"""

import re
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

from msgspec import Struct

from htx_cli.text.words import LANGUAGES, language

_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)  # tells the tests how to run the page


class Guide(Struct, frozen=True):
    """A guide: its topic as it is asked for, its language, and its text."""

    topic: str
    language: str
    text: str

    @property
    def title(self) -> str:
        """The first line."""
        return self.text.partition("\n")[0].removeprefix("# ")


def guides() -> tuple[Guide, ...]:
    """Every guide, those in the language spoken first; of a topic that both languages have, one."""
    found: dict[str, Guide] = {}
    for each in sorted(LANGUAGES, key=lambda each: each != language()):
        for guide in _guides(each):
            found.setdefault(guide.topic, guide)
    return tuple(found.values())


def _guides(language: str) -> Iterator[Guide]:
    folder = files("htx_cli") / "guides" / language
    order = _text(folder / "topics.txt").split()
    pages = {page.name.removesuffix(".md"): page for page in folder.iterdir()}
    for topic in order:
        yield Guide(topic, language, _COMMENT.sub("", _text(pages[topic])))


def _text(page: Traversable) -> str:
    return page.read_text(encoding="utf-8")
