"""Which figures of a report no document proves. Pure."""

from collections.abc import Iterator

from htx_cli.answers import Report, Unproved
from htx_cli.model import Province, Result, Target
from htx_cli.targets import Status


def unproved(report: Report) -> Unproved:
    """The figures that count in a report and that no document proves as they stand."""
    counting = list(_counting(report))
    bare = tuple(each for each in counting if not each[2].proofs)
    return Unproved(report, bare, len(counting))


def _counting(report: Report) -> Iterator[tuple[Target, Province | None, Result]]:
    """Province by province every figure that counts, then those of the whole cluster.

    Of a figure that was carried over a merger each one that it is made of counts.
    """
    for cell in (leaf for whole in report.cells() for leaf in whole.leaves):
        if cell.result and cell.status is not Status.NOT_ASSIGNED:
            yield cell.target, cell.province, cell.result
    for rollup in report.targets:
        if rollup.whole and rollup.from_whole:
            yield rollup.target, None, rollup.whole
