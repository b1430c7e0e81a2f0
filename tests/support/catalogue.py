"""The catalogue of texts: what the code says, and how `python -m tests.support.catalogue` brings it up to date.

A text is the first argument of `t` or `mark`, the docstring of a command, or a sentence of
`htx_cli.text.messages.SENTENCES`.
"""

import ast
import inspect
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from htx_cli.text.messages import PHRASES, SENTENCES

PACKAGE = Path(__file__).parents[2] / "htx_cli"
VIETNAMESE = PACKAGE / "locale" / "vi" / "LC_MESSAGES" / "htx.po"
# Typer declares these two options itself, and their texts with them.
OF_TYPER = (
    "Install completion for the current shell.",
    "Show completion for the current shell, to copy it or customize the installation.",
)


def messages() -> dict[str, list[str]]:
    """Every text of the code with the files that say it."""
    found: dict[str, list[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE.parent).as_posix()
        for message in _of_file(path):
            found.setdefault(message, []).append(name)
    for sentence in (*SENTENCES.values(), *PHRASES.values()):
        found.setdefault(sentence, []).append("htx_cli/text/messages")
    for text in OF_TYPER:
        found.setdefault(text, []).append("typer")
    return found


def _of_file(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
            strings = [text for text in texts if isinstance(text, str) and text]
            if node.func.id in ("t", "mark") and strings:
                yield strings[0]
        if isinstance(node, ast.FunctionDef) and any(map(_is_command, node.decorator_list)):
            yield inspect.cleandoc(ast.get_docstring(node) or "")


def _is_command(decorator: ast.expr) -> bool:
    return (
        isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Name)
        and decorator.func.id == "command"
    )


def catalogue() -> Catalog:
    """The Vietnamese catalogue as it stands."""
    if not VIETNAMESE.exists():
        return _empty()
    with VIETNAMESE.open("rb") as file:
        return read_po(file, "vi")


def translations() -> dict[str, str]:
    """What the catalogue says for each text."""
    return {str(m.id): str(m.string) for m in catalogue() if m.id}


def _empty() -> Catalog:
    """A catalogue whose head is the same on every day."""
    day = datetime(2021, 1, 27, tzinfo=UTC)
    return Catalog(
        "vi",
        header_comment="# What htx says, in Vietnamese; made with `python -m tests.support.catalogue`.",
        project="htx",
        version="1",
        msgid_bugs_address="htx",
        last_translator="htx",
        language_team="vi",
        charset="utf-8",
        creation_date=day,
        revision_date=day,
        fuzzy=False,
    )


def update() -> tuple[list[str], list[str]]:
    """Write the catalogue anew, in the order of the code; gives what is untranslated and what left."""
    standing = translations()
    made = _empty()
    missing = []
    for message, places in messages().items():
        text = standing.pop(message, "")
        if not text:
            missing.append(message)
        made.add(message, text, [(place, 1) for place in dict.fromkeys(places)])
    VIETNAMESE.parent.mkdir(parents=True, exist_ok=True)
    with VIETNAMESE.open("wb") as file:
        write_po(file, made, width=100, omit_header=False, include_lineno=False)
    with VIETNAMESE.with_suffix(".mo").open("wb") as file:
        write_mo(file, made)
    return missing, list(standing)


if __name__ == "__main__":
    untranslated, gone = update()
    print(f"{len(untranslated)} untranslated, {len(gone)} no longer said")
    for text in untranslated:
        print(f"  {text!r}")
