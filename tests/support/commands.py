"""Run a command in this process, and read what it answered."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

CLUSTER = ["add-cluster", "Cụm thử", "--member", "can tho", "--member", "soc trang"]


@dataclass(frozen=True)
class Answer:
    """What a command left behind."""

    exit: int
    out: str
    err: str


Run = Callable[..., Answer]


def cell(run: Run, province: str, code: str, *more: object) -> dict[str, Any]:
    """What `explain` says of a figure of 2021, as JSON."""
    typed = ("explain", province, code, "--year", 2021, "--json", *more)
    made: dict[str, Any] = json.loads(run(*typed).out)["cell"]
    return made


def well(answer: Answer) -> str:
    """What a command that succeeded said on standard error."""
    assert answer.exit == 0, answer.err
    return answer.err
