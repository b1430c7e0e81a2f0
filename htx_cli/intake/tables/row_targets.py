"""The target that the labels of a row name: a code, a title beside it, or both."""

from collections.abc import Iterator, Mapping, Sequence

from htx_cli.domain.model import Target
from htx_cli.intake.labels import Labels, Said
from htx_cli.intake.rows import Raw
from htx_cli.intake.tables.around import Frame
from htx_cli.intake.tables.structure import Cells, text_of
from htx_cli.text import vietnamese

Wrong = tuple[str, dict[str, object]]  # the code of a problem and its values


class RowTargets:
    """Reads them; `alone` tells whether no row is of another year or cluster than the table."""

    def __init__(
        self, labels: Labels, titles: Sequence[int], alone: bool, named_above: bool
    ) -> None:
        self._labels, self._titles, self._alone = labels, titles, alone
        self._named_above = named_above  # headings name the targets

    def read(
        self, row_labels: dict[str, Raw], cells: Cells, frame: Frame
    ) -> tuple[Target | None, str | None, Wrong | None]:
        """The target and the part of its figure that a row names, and what is wrong with that.

        The target's code is put among the labels of the row.
        """
        wrong = self.unclear(row_labels, cells)
        target, part = self.of(row_labels, cells)
        wrong = wrong or self.name(row_labels, cells) or self.elsewhere(row_labels, frame)
        return target, part, wrong

    def _said(self, row_labels: Mapping[str, Raw], cells: Cells) -> Iterator[Said]:
        """Return what the labels of a row say of its target: its code, and its titles."""
        texts = [text_of(row_labels.get("target")), *(text_of(cells[at]) for at in self._titles)]
        return (self._labels.said(text, "row") for text in texts if text)

    def of(self, row_labels: Mapping[str, Raw], cells: Cells) -> tuple[Target | None, str | None]:
        """The target that the row names, and the part of its figure if the title is one of a part."""
        for said in self._said(row_labels, cells):
            if said.target and not said.rest:
                return said.target, said.options[0][1]
        return None, None

    def unclear(self, row_labels: Mapping[str, Raw], cells: Cells) -> Wrong | None:
        """A title that is the whole of one target and the part of another."""
        for said in self._said(row_labels, cells):
            if said.options and said.target is None and not said.rest:
                return "column_two", {"value": said.text[:60], **self._labels.nearest(said.text)}
        return None

    def name(self, row_labels: dict[str, Raw], cells: Cells) -> Wrong | None:
        """The target by its code, or else by its title beside it; they must not contradict."""
        code = text_of(row_labels.get("target"))
        coded = self._labels.target(code) if code else None
        for at in self._titles:
            if not (text := text_of(cells[at])):
                continue
            target = self._labels.target(text)
            if target and coded and target.code != coded.code:
                return "target_unclear", {"code": code, "title": text[:80]}
            if target and not coded:
                row_labels["target"] = target.code
                return None
        if coded and self._alone:
            row_labels["target"] = coded.code
        if not code and self._titles and (text := text_of(cells[self._titles[0]])):
            row_labels["target"] = text
        return None

    def elsewhere(self, row_labels: Mapping[str, Raw], frame: Frame) -> Wrong | None:
        """A row of another year or cluster than the one whose targets the headings name."""
        if not self._named_above:
            return None
        year = text_of(row_labels.get("year"))
        named = vietnamese.folded(text_of(row_labels.get("cluster")))
        cluster = frame.cluster
        ours = {vietnamese.folded(name) for name in (cluster.id, cluster.name)} if cluster else {""}
        if (year and year != str(frame.year)) or (named and named not in ours):
            return "row_elsewhere", {"year": str(frame.year)}
        return None
