"""Draw a guide on a terminal: Markdown, with its console blocks left as they are."""

from typing import ClassVar

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import CodeBlock, Heading, Markdown
from rich.text import Text
from rich.theme import Theme

# Bold instead of a colour that a light or a dark terminal swallows.
THEME = Theme({"markdown.code": "bold"})


class _Block(CodeBlock):
    """A block of code without margins, for screens in it are as wide as a terminal; commands are bold."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in str(self.text).rstrip().split("\n"):
            yield Text(line, style="bold" if line.startswith("$ ") else "")


class _Heading(Heading):
    """A heading at the left, bold."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Text(self.text.plain, style="bold underline" if self.tag == "h1" else "bold")


class GuideMarkdown(Markdown):
    """Markdown as a guide is drawn; it looks the same with every version of Rich."""

    elements: ClassVar = {
        **Markdown.elements,
        "fence": _Block,
        "code_block": _Block,
        "heading_open": _Heading,
    }
