"""The references among the guides: every command with every option, from what the app says of itself.

`python -m tests.support.reference` writes them, in both languages.
"""

import inspect
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from htx_cli.cli import SECTIONS, app
from htx_cli.terminal.command import argument_name, described
from htx_cli.terminal.examples import EXAMPLES
from htx_cli.terminal.options import COMMON
from htx_cli.text.words import mark, speaking, t
from tests.support.consoles import GUIDES

PAGES = {"en": GUIDES / "en" / "reference.md", "vi": GUIDES / "vi" / "tra-cuu.md"}
TITLE = {"en": "Every command with its options", "vi": "Mọi lệnh và tùy chọn"}
LEAD = {
    "en": "What `htx COMMAND --help` says, on one page. First the options that many commands take; "
    "each command names those that it takes beside its own.",
    "vi": "Những gì `htx LỆNH --help` cho biết, gom trên một trang. Trước hết là các tùy chọn chung; "
    "dưới mỗi lệnh có ghi lệnh đó nhận những tùy chọn chung nào.",
}
ALSO = {"en": "Also", "vi": "Cũng nhận"}
SHARED = {name for options in COMMON.values() for name in options}


def page(language: str) -> str:
    """The reference in one language."""
    root: Any = typer.main.get_command(app)
    with speaking(language):
        lines = [f"# {TITLE[language]}", "", _filled(LEAD[language]), ""]
        lines += [f"## {t(mark('Options of every such command'))}", "", *_shared(root), ""]
        for title, names in SECTIONS.items():
            lines += [f"## {t(title)}", ""]
            for name in names:
                lines += _command(name, root.get_command(None, name), ALSO[language])
    return "\n".join(lines).rstrip() + "\n"


def _shared(root: Any) -> Iterator[str]:
    """The options that several commands share, each once, and those of `htx` alone."""
    told: dict[str, str] = {}
    for name in root.list_commands(None):
        for param in root.get_command(None, name).params:
            if param.name in SHARED:
                typed, about = described(param)
                told.setdefault(typed, about)
    for param in root.params:
        if param.name != "help":
            told.setdefault(*described(param))
    return (_item(typed, about) for typed, about in told.items())


def _command(name: str, command: Any, also: str) -> Iterator[str]:
    params = [param for param in command.params if param.name != "help"]
    own = [param for param in params if param.name not in SHARED]
    words = [argument_name(p) for p in own if p.param_type_name == "argument"]
    yield f"### {name}"
    yield ""
    for paragraph in inspect.cleandoc(t(command.help)).split("\n\n"):
        yield _filled(paragraph)
        yield ""
    yield f"`{' '.join(['htx', name, *words, t('[OPTIONS]')])}`"
    yield ""
    if own:
        yield from (_item(*described(param)) for param in own)
        yield ""
    shared = " ".join(f"`{param.opts[0]}`" for param in params if param.name in SHARED)
    yield _filled(f"{also}: {shared}")
    yield ""
    yield from ("```sh", *EXAMPLES[name], "```", "")


def _item(typed: str, about: str) -> str:
    return _filled(f"- `{typed}`: {about}", "  ")


def _filled(text: str, indent: str = "") -> str:
    """The text in lines of a good length; what stands in backticks is not broken."""
    kept = re.sub(r"`[^`]*`", lambda code: code.group().replace(" ", "\0"), text)
    return textwrap.fill(
        kept,
        100,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    ).replace("\0", " ")


def main() -> None:
    """Write the references."""
    for language, path in PAGES.items():
        Path(path).write_text(page(language), encoding="utf-8")


if __name__ == "__main__":
    main()
