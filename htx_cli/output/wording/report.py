"""Sentences of a report: its heading, who leads, and what is open under it."""

from collections.abc import Iterable, Sequence

from htx_cli.domain.model import Pact, Target, Term
from htx_cli.domain.progress import incomplete, owing
from htx_cli.domain.report import Cell, Report, Rollup
from htx_cli.output.layout import Grid, Notes, clean
from htx_cli.output.wording.due import late_lines
from htx_cli.output.wording.figures import early_bases_text, sum_text, value_text
from htx_cli.output.wording.leaders import leading_words
from htx_cli.output.wording.members import unseated_text
from htx_cli.output.wording.successions import advice, why_open
from htx_cli.text.words import shown, t


def heading(report: Report) -> str:
    """The heading: cluster, year and day, and whether it is a draft, closed or with estimates."""
    parts = [clean(report.cluster.name), str(report.year), t("as of {day}", day=report.as_of)]
    if report.pact is Pact.DRAFT:
        parts.append(t("draft"))
    if report.closed:
        parts.append(t("closed"))
    if report.estimates:
        parts.append(t("with estimates"))
    return " · ".join(parts)


def leader_line(term: Term | None) -> str:
    """Say who leads and who is deputy, as far as it is known."""
    if term is None:
        return t("No leader is recorded for this year.")
    leader, deputy = leading_words(term)
    return t("Leader {leader} · Deputy {deputy}", leader=leader, deputy=deputy)


def titles(targets: Iterable[Target]) -> str:
    """List targets with their titles."""
    return " · ".join(f"{target.code} {clean(target.title)}" for target in targets)


def open_items(report: Report, advise: bool) -> list[Notes]:
    """List what is open: not reported, late, older than the year, not judged, differing.

    With `advise`, on a terminal, it says too what to type; a paper for the conference does so only
    for a province without a seat, whose figures every sum lacks.
    """
    notes = []
    silent = [c for c in owing(report) if c.result is None]
    if silent:
        lines = [
            f"{name}: {', '.join(c.target.code for c in cells)}"
            for name, cells in by_province(silent)
        ]
        notes.append(Notes(lines, t("Not reported")))
    if lines := late_lines(report.cells()):
        notes.append(Notes(lines, t("Late, with the number of targets")))
    if lines := _old(report):
        notes.append(Notes(lines, t("Reported, but not as of the year's last day")))
    if waiting := incomplete(report):
        lines = [
            f"{name}: {', '.join(f'{c.target.code} ({why_open(c)})' for c in cells)}"
            for name, cells in by_province(waiting)
        ]
        if advise:
            lines += advice(report, waiting)
        notes.append(Notes(lines, t("Cannot be judged yet")))
    other = [_difference(r) for r in report.targets if r.differs]
    other += [
        t(
            "{code}: the base of {province} is {own}, the book has {base}",
            code=c.target.code,
            province=c.province.name,
            own=c.figure.base,
            base=c.base_from.figure.value,
        )
        for c in report.cells()
        if c.base_differs and c.figure and c.base_from
    ]
    for at, rollup in enumerate(report.targets):
        if early := early_bases_text(rollup.target, [row.cells[at] for row in report.provinces]):
            other.append(early)
    other += [_partly(r) for r in report.targets if r.partly_added]
    other += [unseated_text(each) for each in report.unseated]
    if other:
        notes.append(Notes(other, t("To be looked at")))
    return notes


def by_province(cells: Sequence[Cell]) -> list[tuple[str, list[Cell]]]:
    """Group cells under the names of their provinces, in order."""
    found: dict[str, list[Cell]] = {}
    for cell in cells:
        found.setdefault(clean(cell.province.name), []).append(cell)
    return list(found.items())


def _old(report: Report) -> list[str]:
    """Figures older than the year's last day: those that provinces owe anew, then the cluster's."""
    stale = [cell for cell in owing(report) if cell.stale and cell.result]
    lines = [
        f"{name}: {', '.join(f'{c.target.code} ({shown(c.result.as_of)})' for c in cells if c.result)}"
        for name, cells in by_province(stale)
    ]
    resting = [f"{r.target.code} ({shown(r.as_of)})" for r in report.targets if r.stale]
    return [*lines, f"{t('whole cluster')}: {', '.join(resting)}"] if resting else lines


def _difference(rollup: Rollup) -> str:
    assert rollup.differs is not None and rollup.whole is not None
    of_all = rollup.figure if rollup.from_whole else rollup.whole.figure
    what = {
        "code": rollup.target.code,
        "whole": value_text(rollup.target, of_all),
        "day": rollup.whole.as_of,
        "sum": sum_text(rollup),
        "counted": str(rollup.counted),
        "all": str(rollup.expected),
        "oldest": rollup.oldest,
    }
    return (
        t(
            "{code}: {whole} was reported for the whole cluster as of {day} and counts;"
            " sum of the provinces: {sum} ({counted} of {all}, the oldest as of {oldest})",
            **what,
        )
        if rollup.from_whole
        else t(
            "{code}: sum of the provinces: {sum} ({counted} of {all}, the oldest as of {oldest}),"
            " which counts; {whole} was reported for the whole cluster as of {day}",
            **what,
        )
    )


def _partly(rollup: Rollup) -> str:
    return t(
        "{code}: the cluster's sum holds {counted} of {reported} reported figures",
        code=rollup.target.code,
        counted=str(rollup.counted),
        reported=str(rollup.came),
    )


def checkpoint_note(checkpoint: str | None) -> list[Grid | Notes]:
    """The last line of what is printed for a conference."""
    return [Notes([t("Checkpoint: {checkpoint}", checkpoint=checkpoint)])] if checkpoint else []
