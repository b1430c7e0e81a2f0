"""Mappings of headings, where the table itself does not say it: from the options or from a TOML file."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from htx_cli.intake.files import toml_file
from htx_cli.intake.labels import COLUMNS, FIGURE, SKIP, TARGET
from htx_cli.text.errors import Problem, UsageError
from htx_cli.text.vietnamese import folded, nearest

ENDING = ".toml"
ROLES = ("result", "plan")  # what the figures below a title, or under a heading, may be said to be


class Mapping(dict[str, str]):
    """Uses by label, with those that were `typed`, those `met` in a file, and the labels `seen` there."""

    def __init__(self) -> None:
        super().__init__()
        self.typed: set[str] = set()
        self.met: set[str] = set()
        self.seen: set[str] = set()
        self.words: dict[str, Any] = {}
        self.checked = False  # already, for all files together

    def unmet(self) -> Iterator[Problem]:
        """Yield what was typed and stands nowhere, and a file of which no line stands anywhere."""
        if self.checked:
            return
        for text in sorted(self.typed - self.met):
            near = nearest(text, self.seen, folded)
            more = {"suggestions": near} if near else {}
            yield Problem("mapping_unmet", {"value": text, **more})
        read = self.keys() - self.typed
        if read and not read & self.met:
            yield Problem("mapping_file_unmet", {"value": min(read)})


def read(given: Iterable[str]) -> Mapping:
    """The mapping from headings to their use: `Số HTX mới=target:1a`, or the name of a TOML file.

    A file has one line for each heading: `"Số HTX mới" = "target:1a"`. Raises UsageError for a text
    that says neither, NotFound and Rejected for a file that is missing or is no such file.
    """
    mapping = Mapping()
    for text in given:
        heading, equals, use = text.rpartition("=")
        if equals:
            mapping[heading.strip()] = _use(text, use)
            mapping.typed.add(heading.strip())
        elif text.lower().endswith(ENDING):
            lines = toml_file.read(Path(text))
            mapping.words |= lines.pop("words", {})
            for heading, use in lines.items():
                mapping[heading] = _use(f"{heading}={use}", str(use))
        else:
            raise _unreadable(text)
    return mapping


def _use(text: str, use: str) -> str:
    name = SKIP if folded(use) == "bo qua" else use.strip()
    code, _, column = name.removeprefix(TARGET).partition(":")
    if name.startswith(TARGET):
        if code and column in ("", *FIGURE):
            return name
    elif name in (*COLUMNS, *ROLES, SKIP):
        return name
    raise _unreadable(text)


def _unreadable(text: str) -> UsageError:
    return UsageError(
        "mapping_unreadable", value=text, known=[f"{TARGET}1a", *COLUMNS, *ROLES, SKIP]
    )
