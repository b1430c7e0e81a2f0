"""Rows that hold no figures of their own: totals, parts, sections, signatures."""

from collections.abc import Collection, Sequence

from htx_cli.domain.names import means_all
from htx_cli.intake.labels import Labels, Said
from htx_cli.intake.tables.structure import Cells, Heading, like_a_figure, text_of
from htx_cli.text import vietnamese
from htx_cli.text.errors import Rejected

_OF_A_TOTAL = {
    "vung",
    "cum",
    "tinh",
    "toan",
    "khu",
    "vuc",
    "chung",
    "cong",
    "don",
    "vi",
    "cac",
    "thanh",
    "pho",
    "so",
    "va",
}


class RowKinds:
    """Tells the rows of one table apart."""

    def __init__(
        self,
        heading: Heading,
        labels: Labels,
        ours: bool,
        naming: Sequence[int],
        figure_columns: Collection[int],
        label_columns: Collection[int],
    ) -> None:
        self.heading, self.labels, self.ours, self.naming = heading, labels, ours, naming
        self.figure_columns, self.label_columns = figure_columns, label_columns
        self.provinces_down = heading.one("province") is not None
        self.ended = False  # a signature stands below the table

    def of(self, cells: Cells, broken_off: bool) -> str | None:
        """Total, part, furniture or section where a row holds no figures of its own; else None."""
        said = [
            text for at in self.figure_columns if at < len(cells) and (text := text_of(cells[at]))
        ]
        figures = any(map(_figure, said))
        texts = [text for at in self.naming if at < len(cells) and (text := text_of(cells[at]))]
        read = [self.labels.said(text, "row") for text in texts]
        if any(each.skip for each in read):
            return "skipped"
        for each in () if self.ours else read:
            if each.row in ("total", "part") and not each.options and self._is_total(each):
                return each.row
        if not said and not self.heading.long:
            return "crammed" if self._is_crammed(cells) else "section"
        labelled = any(text_of(cells[at]) for at in self.label_columns if at < len(cells))
        if not labelled and not figures:
            return "section"
        every = [text for cell in cells if (text := text_of(cell))]
        if any(_figure(text) for text in every):
            return None
        known = any(each.options or each.province for each in read)
        signed = any(self.labels.said(text, "row").row == "furniture" for text in every)
        if not known and (signed or broken_off or self.ended):
            self.ended = self.ended or signed
            return "furniture"
        return None

    def _is_total(self, said: Said) -> bool:
        """Tell whether the words behind *Tổng* leave it one: *Tổng vốn* is none of what stands above it."""
        if said.row == "part":
            return True
        if self.provinces_down:  # in a long table the whole cluster has figures of its own
            return not (self.heading.long and means_all(said.text))
        return all(
            word in _OF_A_TOTAL or len(word) < 2 or word.isdigit() or word in ("ii", "iii", "iv")
            for word in said.rest
        )

    def _is_crammed(self, cells: Cells) -> bool:
        """A whole row in one cell, as with another mark between its cells than the file's."""
        texts = [text for cell in cells if (text := text_of(cell))]
        if len(texts) != 1:
            return False
        parts = [
            part.strip() for mark in ",;\t|" for part in texts[0].split(mark) if mark in texts[0]
        ]
        return any(_figure(part) for part in parts[1:]) and bool(
            self.labels.said(parts[0], "row").province or self.labels.said(parts[0], "row").options
        )


def _figure(text: str) -> bool:
    """Tell whether a cell holds anything like a figure: a number, or yes or no."""
    if like_a_figure(text):
        return True
    try:
        vietnamese.yes_no(text)
    except Rejected:
        return False
    return True
