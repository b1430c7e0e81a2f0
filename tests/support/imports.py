"""Read what an import answered."""

import json
import textwrap
from pathlib import Path
from typing import Any

from tests.support.commands import Answer


def problems(answer: Answer) -> list[tuple[Any, ...]]:
    assert answer.exit == 4
    return [
        (p["row"], p["cell"], p["column"], p["value"], p["code"])
        for p in json.loads(answer.out)["problems"]
    ]


UNREADABLE = "number_unreadable"


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return path


def counts(answer: Answer) -> tuple[int, int, int]:
    made = json.loads(answer.out)
    return made["new"], made["changed"], made["same"]
