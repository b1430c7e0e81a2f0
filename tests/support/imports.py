"""Read what an import answered."""

import json
from typing import Any

from tests.support.commands import Answer


def problems(answer: Answer) -> list[tuple[Any, ...]]:
    assert answer.exit == 4
    return [
        (p["row"], p["cell"], p["column"], p["value"], p["code"])
        for p in json.loads(answer.out)["problems"]
    ]
