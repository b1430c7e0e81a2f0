"""Evidence: the documents that prove figures, and which figures of a report have none. Pure."""

from collections.abc import Iterator

from msgspec import Struct

from htx_cli.domain.model import Cluster, Document, Province, Result, Target
from htx_cli.domain.report import Report
from htx_cli.domain.targets import Status


class Unproved(Struct, frozen=True):
    """The figures that count in a report and that no document proves, of so many that `count`.

    A figure of the whole cluster has no province.
    """

    report: Report
    figures: tuple[tuple[Target, Province | None, Result], ...]
    count: int


class Proof(Struct, frozen=True):
    """A figure as it was when a document was attached to it, and as it stands now."""

    cluster: Cluster
    target: Target
    province: Province | None  # None: the whole cluster
    proved: Result
    standing: Result | None

    @property
    def holds(self) -> bool:
        """Tell whether the figure still says what the document proved."""
        return self.standing is not None and self.standing.figure == self.proved.figure


class Proofs(Struct, frozen=True):
    """A document, and every figure that it was attached to."""

    document: Document
    proofs: tuple[Proof, ...]


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
