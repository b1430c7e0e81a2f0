"""Cells that are merged over several rows of a table."""

from collections.abc import Collection, Iterable, Sequence

from htx_cli.intake.rows import Raw, Span
from htx_cli.intake.tables.structure import text_of


class TallSpans:
    """Fills labels down over the rows that they span, and tells figures that span several."""

    def __init__(
        self, spans: Iterable[Span], labels: Collection[int], figures: Collection[int]
    ) -> None:
        tall = [span for span in spans if span.bottom > span.top]
        self._next = sorted(tall, key=lambda span: -span.top)  # the next one stands last
        self._labels = labels
        self._figures = figures
        self._down: dict[int, tuple[int, Raw]] = {}  # label cells, with their last rows
        self.over: dict[int, int] = {}  # the last row of what spans a column of figures

    def filled(self, number: int, cells: Sequence[Raw]) -> Sequence[Raw]:
        """The cells of a row, with the labels that span it; rows are asked for from the top."""
        while self._next and self._next[-1].top <= number:
            span = self._next.pop()
            if span.top == number and span.left in self._labels and span.left < len(cells):
                self._down[span.left] = (span.bottom, cells[span.left])
            for at in self._figures:
                if span.left <= at <= span.right:
                    self.over[at] = max(span.bottom, self.over.get(at, 0))
        if not self._down:
            return cells
        filled = list(cells)
        for at, (bottom, label) in list(self._down.items()):
            if number > bottom:
                del self._down[at]
            elif at < len(filled) and not text_of(filled[at]):
                filled[at] = label
        return filled
