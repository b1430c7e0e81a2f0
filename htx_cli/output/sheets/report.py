"""The report: provinces down, targets across, and under it what a conference asks about."""

from collections.abc import Sequence

from htx_cli.domain.report import Report
from htx_cli.domain.targets import REACHED, UNJUDGED, Basis, Kind, Status
from htx_cli.output.layout import Column, Grid, Ink, Notes, Sheet, Text, clean, headings
from htx_cli.output.wording.figures import (
    CARRIED,
    ESTIMATED,
    FULL,
    OWN,
    STALE,
    SYMBOLS,
    cell_ink,
    known_lines,
    rollup_ink,
    share_text,
    signed,
    status_ink,
    status_word,
)
from htx_cli.output.wording.report import (
    by_province,
    checkpoint_note,
    heading,
    leader_line,
    open_items,
    titles,
)
from htx_cli.output.wording.successions import carries, merged
from htx_cli.text.words import t

_LAYOUTS = ((2, FULL), (2, 1), (1, 1), (2, 0), (1, 0))  # gap and decimals, the best first
_TITLE, _WIDEST = 13, 24  # characters that a heading with a title needs, and may take
_SIGNED = 110  # from this width on the thresholds stand in the heading


def sheet(report: Report, room: int | None) -> Sheet:
    """The report's sheet."""
    judged = [at for at, r in enumerate(report.targets) if r.target.kind is not Kind.TRACKED]
    tracked = [at for at, r in enumerate(report.targets) if r.target.kind is Kind.TRACKED]
    blocks: list[Grid | Notes] = []
    if judged:
        blocks += [*_matrix(report, judged, room), Notes(_legend(report, room))]
    if report.lines:
        blocks.append(_lines(report))
    if tracked:
        blocks += _matrix(report, tracked, room, t("Tracked, not judged"))
        blocks.append(Notes([titles(report.targets[at].target for at in tracked)]))
    blocks += [
        *merged(report, report.cells()),
        *_own_shares(report),
        *open_items(report, advise=room is not None),
        *checkpoint_note(report.checkpoint),
    ]
    lead = [leader_line(report.leadership), *known_lines(report.known_at)]
    return Sheet(heading(report), blocks, lead)


# -- provinces × targets ---------------------------------------------------------------------------


def _matrix(report: Report, at: Sequence[int], room: int | None, title: str = "") -> list[Grid]:
    """One grid if it fits; else as many as are needed, so that no number is ever cut."""
    if not at:
        return []
    if room is None:
        return [_grid(report, at, 2, FULL, title)]
    for gap, places in _LAYOUTS:
        grid = _grid(report, at, gap, places, title)
        if sum(grid.widths()) + gap * (len(grid.columns) - 1) <= room:
            first, *_, last = grid.widths()
            each = min((room - first - last - gap * (len(at) + 1)) // len(at), _WIDEST)
            return [_grid(report, at, gap, places, title, room >= _SIGNED, each)]
    half = (len(at) + 1) // 2
    if half == len(at):
        return [_grid(report, at, 1, 0, title)]
    return [*_matrix(report, at[:half], room, title), *_matrix(report, at[half:], room, title)]


def _grid(
    report: Report,
    at: Sequence[int],
    gap: int,
    places: int,
    title: str,
    signed_above: bool = False,
    each: int = 0,
) -> Grid:
    """The grid; with `each` characters for a column its title stands over it, if they suffice."""
    rollups = [report.targets[i] for i in at]
    bounded = any(signed(r.target) for r in rollups)
    titled = bounded and each >= _TITLE
    columns = [Column(t("signed") if signed_above and bounded else "")]
    for rollup in rollups:
        lines = [clean(rollup.target.title)] if titled else []
        lines.append(rollup.target.code)
        if signed_above and bounded:
            lines.append(signed(rollup.target))
        columns.append(Column("\n".join(lines), True, titled, each if titled else None))
    columns.append(Column(t("met") if bounded else "", right=True))
    rows: list[list[Text]] = []
    if bounded and not signed_above:
        rows.append([Ink(t("signed"), "dim"), *(Ink(signed(r.target), "dim") for r in rollups), ""])
    for row in report.provinces:
        cells = [row.cells[i] for i in at]
        count = _of(row.met, row.assigned) if bounded else ""
        rows.append([clean(row.province.name), *(cell_ink(c, places) for c in cells), count])
    rows.append(_cluster_row(report, at, places, bounded))
    return Grid(columns, rows, title, ruled=False, gap=gap)


def _cluster_row(report: Report, at: Sequence[int], places: int, bounded: bool) -> list[Text]:
    """The roll-ups; the count is of the whole year, as that of each province."""
    judged = [r.judged.status for r in report.targets if r.judged.status not in UNJUDGED]
    met = sum(status in REACHED for status in judged)
    count = Ink(_of(met, len(judged)), "bold") if bounded else ""
    cells = [rollup_ink(report.targets[i], places) for i in at]
    return [Ink(t("cluster"), "bold"), *cells, count]


def _of(met: int, assigned: int) -> str:
    return f"{met}/{assigned}" if assigned else SYMBOLS[Status.NOT_REPORTED]


def _legend(report: Report, room: int | None) -> list[str]:
    """The symbols that are used, with their words; a line is broken between two of them only."""
    cells = report.cells()
    used = {cell.status for cell in cells} | {r.judged.status for r in report.targets}
    if any(c.status is Status.TRACKED and c.result is None for c in cells):
        used |= {Status.NOT_REPORTED}
    parts = [f"{SYMBOLS[s]} {status_word(s)}" for s in Status if s in used and SYMBOLS[s]]
    if any(cell.own for cell in cells):
        parts.append(f"{OWN} {t('own threshold')}")
    if any(c.stale for c in cells) or any(r.stale for r in report.targets):
        parts.append(f"{STALE} {t('older than the end of the year')}")
    if any(carries(cell) for cell in cells):
        parts.append(f"{CARRIED} {t('carried over a merger')}")
    guessed = any(cell.result and cell.result.basis is Basis.ESTIMATE for cell in cells)
    if guessed or any(r.basis is Basis.ESTIMATE for r in report.targets):
        parts.append(f"{ESTIMATED} {t('estimate')}")
    lines = [""]
    for part in parts:
        longer = f"{lines[-1]}  {part}" if lines[-1] else part
        if room is not None and len(longer) > room and lines[-1]:
            lines.append(part)
        else:
            lines[-1] = longer
    return lines


# -- under the matrix ------------------------------------------------------------------------------


def _lines(report: Report) -> Grid:
    """The lines of the pact, how each stands, and the targets on it."""
    rows: list[list[Text]] = []
    for row in report.lines:
        on_it = [r for r in report.targets if r.target.line == row.line]
        titles = " · ".join(
            f"{r.target.code} {clean(r.target.title)} {signed(r.target) if r.target.bound else ''}".rstrip()
            for r in on_it
        )
        rows.append([row.line, status_ink(row.status), titles])
    columns = headings("rlf", t("line"), t("status"), t("targets"))
    return Grid(columns, rows, ruled=False)


def _own_shares(report: Report) -> list[Notes]:
    """List the provinces with a threshold of their own, or with none."""
    having = [c for c in report.cells() if c.share]
    lines = [
        f"{name}: {', '.join(f'{c.target.code} {share_text(c)}' for c in cells)}"
        for name, cells in by_province(having)
    ]
    return [Notes(lines, t("Own shares"))] if lines else []
