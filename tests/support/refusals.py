"""Tell what was read from what was refused, and why."""

from collections.abc import Callable
from typing import TypeVar

import pytest

from htx_cli.text.errors import Rejected

T = TypeVar("T")


def refusal(read: Callable[[], object]) -> tuple[str, dict[str, object]]:
    """The code and the values with which it is refused."""
    with pytest.raises(Rejected) as refused:
        read()
    return refused.value.code, dict(refused.value.values)


def outcome(read: Callable[[], T]) -> T | str:
    """What is read, or the code with which it is refused."""
    try:
        return read()
    except Rejected as refused:
        return refused.code
