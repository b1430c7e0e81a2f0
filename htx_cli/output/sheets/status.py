"""The sheet of one province's year."""

from htx_cli.domain.report import Cell, ProvinceRow, ProvinceStatus
from htx_cli.domain.targets import UNJUDGED, Basis, Kind, Status
from htx_cli.output.layout import Grid, Notes, Sheet, Text, clean, headings
from htx_cli.output.wording.due import late_codes
from htx_cli.output.wording.evidence import proved_by
from htx_cli.output.wording.figures import (
    completion_text,
    counts_text,
    known_lines,
    missing_text,
    per_cent_text,
    signed,
    status_ink,
    value_text,
)
from htx_cli.output.wording.report import heading
from htx_cli.output.wording.successions import advice, merged, names_beside, why_open
from htx_cli.text.words import shown, t


def sheet(status: ProvinceStatus, room: int | None) -> Sheet:
    """Each target of the province: figure, threshold, completion, what is missing, date, source."""
    columns = headings(
        "lflrrrrrff", t("code"), t("target"), t("status"), t("figure"), t("rate"), t("signed"),
        t("done"), t("missing"), t("as of"), t("source"),
    )  # fmt: skip
    row = status.row
    title = f"{clean(row.province.name)} · {heading(status.report)}"
    blocks: list[Grid | Notes] = [Grid(columns, [_row(cell) for cell in row.cells])]
    if late := late_codes(row.cells):
        blocks.append(Notes(late, t("Late")))
    if todo := advice(status.report, row.cells):
        blocks.append(Notes(todo))
    blocks += merged(status.report, row.cells)
    return Sheet(title, blocks, [_counts(row), *known_lines(status.report.known_at)])


def _counts(row: ProvinceRow) -> str:
    """Count what is met, assigned and reported; tracked targets count among those reported."""
    everything = sum(c.status is not Status.NOT_ASSIGNED for c in row.cells)
    said = counts_text(row.met, row.assigned, row.reported, everything)
    if not row.assigned:
        said = f"{t('nothing assigned')} · {said}"
    tracked = everything - row.assigned
    return f"{said} ({t('{count} tracked', count=str(tracked))})" if tracked else said


def _row(cell: Cell) -> list[Text]:
    target, judged = cell.target, cell.judged
    reason = why_open(cell)
    if judged.status is Status.TRACKED and (asked := signed(target)):
        reason = t("the whole cluster: {asked}", asked=asked)
    return [
        target.code,
        clean(target.title) + (f" ({reason})" if reason else ""),
        status_ink(judged.status),
        value_text(target, cell.figure),
        per_cent_text(judged.rate, cell.threshold, target.kind is Kind.GROWTH),
        signed(target, cell.threshold) if judged.status not in UNJUDGED else "",
        completion_text(judged),
        missing_text(cell),
        _when(cell),
        _source(cell),
    ]


def _source(cell: Cell) -> str:
    """The source and the evidence of a figure; for a carried one the provinces before."""
    if cell.carried_from:
        return names_beside(cell, cell.carried_from)
    if cell.result is None:
        return ""
    return " · ".join(part for part in (clean(cell.result.source), *proved_by(cell.result)) if part)


def _when(cell: Cell) -> str:
    if cell.result is None:
        return ""
    day = shown(cell.result.as_of)
    if cell.result.basis is Basis.ESTIMATE:
        day += f" ({t('estimate')})"
    if cell.carried:
        day += f" ({t('carried')})"
    return day + (f" ({t('stale')})" if cell.stale else "")
