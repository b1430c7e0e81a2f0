"""How often a law is tried: as often as it says in the whole suite, a fifth of that in the quick one."""

from typing import Any

from hypothesis import settings

QUICK, WHOLE = 20, 100
settings.register_profile("quick", max_examples=QUICK, deadline=None)
settings.register_profile("whole", max_examples=WHOLE, deadline=None)


def choose(suite: str) -> None:
    """Try laws as often as the suite asks for, `quick` or `whole`; before any test is imported."""
    settings.load_profile(suite)


def tried(times: int = WHOLE, **more: Any) -> settings:
    """Settings for a law that the whole suite tries so many times."""
    now = settings.default
    assert now is not None
    return settings(max_examples=max(2, times * now.max_examples // WHOLE), deadline=None, **more)
