"""`python -m tests.benchmarks.journal_cost`: what the journal costs of a change of 100,000 figures.

The same figures go into the same book with journal rows and without, by turns; medians are compared.
A change takes at most twice the time that it would take without journal rows. How long its writing
alone takes, once the figures are read and checked, is told beside it.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from htx_cli.actions.results import import_results
from htx_cli.book import write as changes
from htx_cli.book.write.staging import Staging
from tests.faults import books

MOST = 2.0


class Lap:
    """The seconds from the moment that a change begins to be written to its end."""

    def __init__(self) -> None:
        self.seconds = 0.0

    @contextmanager
    def measured(self) -> Iterator[None]:
        write = changes._write

        def timed(*given: object) -> object:
            begun = time.perf_counter()
            try:
                return write(*given)  # type: ignore[arg-type]
            finally:
                self.seconds = time.perf_counter() - begun

        with patch.object(changes, "_write", timed):
            yield


@contextmanager
def without_rows() -> Iterator[None]:
    """The writer as it is, but for the journal rows of figures, and so for their part of the hash."""
    with patch.object(Staging, "journal", lambda *_: None):
        yield


@contextmanager
def with_rows() -> Iterator[None]:
    yield


def seconds(prepared: Path, figures: Path, journalled: bool) -> tuple[float, float]:
    """How long the import takes as a whole, and its writing alone."""
    with tempfile.TemporaryDirectory() as folder:
        path, lap = Path(shutil.copy(prepared, folder)), Lap()
        with with_rows() if journalled else without_rows(), lap.measured():
            begun = time.perf_counter()
            done = import_results(books.book(path), figures)
            whole = time.perf_counter() - begun
        assert done.new > 0
        return whole, lap.seconds


def main() -> int:
    """Print the medians and their ratios; 1 if that of the whole change is above `MOST`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        prepared = books.wide(Path(folder) / "htx.db", -(-asked.rows // (365 * len(books.MEMBERS))))
        figures = books.figures(Path(folder) / "f.csv", asked.rows)
        taken: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
        for _ in range(asked.rounds):
            for journalled in taken:
                taken[journalled].append(seconds(prepared, figures, journalled))
    ratios = []
    for at, what in enumerate(("the change as a whole", "its writing alone")):
        with_it, without = (
            statistics.median(each[at] for each in taken[journalled])
            for journalled in (True, False)
        )
        ratios.append(with_it / without)
        print(
            f"{what}: {with_it:.2f} s with journal rows, {without:.2f} s without: {ratios[-1]:.2f}x"
        )
    print(f"{asked.rows:,} figures, medians of {asked.rounds} rounds; allowed: {MOST:g}x")
    return int(ratios[0] > MOST)


if __name__ == "__main__":
    sys.exit(main())
