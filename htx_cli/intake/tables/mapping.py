"""Mappings of headings, where the table itself does not say it: from the options or from a TOML file."""

import re
from collections.abc import Iterable
from pathlib import Path

from htx_cli.intake.tables.headings import COLUMNS, SKIP, TARGET
from htx_cli.text.errors import Phrase, Rejected, UsageError, reading
from htx_cli.text.vietnamese import folded

ENDING = ".toml"
LARGEST_FILE = 1_000_000  # bytes


def read(given: Iterable[str]) -> dict[str, str]:
    """The mapping from headings to their use: `Số HTX mới=target:1a`, or the name of a TOML file.

    A file has one line for each heading: `"Số HTX mới" = "target:1a"`. Raises UsageError for a text
    that says neither, NotFound and Rejected for a file that is missing or is no such file.
    """
    mapping: dict[str, str] = {}
    for text in given:
        heading, equals, use = text.rpartition("=")
        if equals:
            mapping[heading.strip()] = _use(text, use)
        elif text.lower().endswith(ENDING):
            mapping |= _from_file(Path(text))
        else:
            raise _unreadable(text)
    return mapping


def _use(text: str, use: str) -> str:
    name = SKIP if folded(use) == "bo qua" else use.strip()
    code, _, column = name.removeprefix(TARGET).partition(":")
    if name.startswith(TARGET):
        if code and column in ("", *COLUMNS):
            return name
    elif name in (*COLUMNS, SKIP):
        return name
    raise _unreadable(text)


def _unreadable(text: str) -> UsageError:
    return UsageError("mapping_unreadable", value=text, known=[f"{TARGET}1a", *COLUMNS, SKIP])


def _from_file(path: Path) -> dict[str, str]:
    import tomllib

    with reading(path), path.open("rb") as file:
        text = file.read(LARGEST_FILE)
    try:
        data = tomllib.loads(text.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Rejected("file_not_toml", path=path, why=_where(error)) from None
    return {heading: _use(f"{heading}={use}", str(use)) for heading, use in data.items()}


def _where(error: ValueError) -> Phrase | str:
    """Say where the text is no TOML; what the reader says besides is English."""
    found = re.search(r"line (\d+), column (\d+)", str(error))
    return Phrase("text_place", {"line": found[1], "column": found[2]}) if found else str(error)
