"""Books to try things with, and how a test opens them."""

from datetime import UTC, date, datetime
from pathlib import Path

from htx_cli.actions import Book

TESTS = Path(__file__).parents[1]
# The sample book as it stood in January 2022; `sample.db` itself goes on to 2026.
SAMPLE = TESTS / "data" / "books" / "story-2021.db"
JANUARY = "2022-01-05T08:00:00+07:00"


def book(path: Path, today: date = date(2022, 1, 5), cluster: str | None = None) -> Book:
    """A book as somebody opens it on that day."""
    now = datetime(today.year, today.month, today.day, 8, tzinfo=UTC)
    return Book(path, cluster, now, True, "tester", 5.0)
