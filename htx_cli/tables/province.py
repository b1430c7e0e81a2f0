"""One province in full, and one figure explained."""

from decimal import Decimal

from htx_cli.model import Cell, Explanation, ProvinceStatus, Result, Rollup, Target
from htx_cli.tables import Column, Grid, Notes, Sheet, Text, clean
from htx_cli.tables.figures import (
    amount,
    completion_text,
    per_cent_text,
    reason_text,
    signed,
    status_ink,
    value_text,
    yes_no,
)
from htx_cli.tables.matrix import heading
from htx_cli.targets import Basis, Bound, Figure, Judgement, Kind, Scope, Status
from htx_cli.words import BASIS_WORDS, number, shown, t


def status(status: ProvinceStatus, room: int | None) -> Sheet:
    """Each target of the province: figure, threshold, completion, what is missing, date, source."""
    columns = [
        Column(t("code")),
        Column(t("target"), flexible=True),
        Column(t("status")),
        Column(t("figure"), right=True),
        Column(t("rate"), right=True),
        Column(t("signed"), right=True),
        Column(t("done"), right=True),
        Column(t("missing"), right=True),
        Column(t("as of"), flexible=True),
        Column(t("source"), flexible=True),
    ]
    row = status.row
    counts = t(
        "met {met} of {assigned} · reported {reported} of {all}",
        met=str(row.met),
        assigned=str(row.assigned),
        reported=str(row.reported),
        all=str(sum(c.status is not Status.NOT_ASSIGNED for c in row.cells)),
    )
    title = f"{clean(row.province.name)} · {heading(status.report)}"
    return Sheet(title, [Grid(columns, [_row(cell) for cell in row.cells])], [counts])


def _row(cell: Cell) -> list[Text]:
    target, judged = cell.target, cell.judged
    assigned = judged.status is not Status.NOT_ASSIGNED
    reason = reason_text(judged)
    return [
        target.code,
        clean(target.title) + (f" ({reason})" if reason else ""),
        status_ink(judged.status),
        value_text(target, cell.figure),
        per_cent_text(judged.rate, cell.threshold, target.kind is Kind.GROWTH),
        signed(target, cell.threshold) if assigned else "",
        completion_text(judged),
        amount(judged.remaining) if judged.remaining else "",
        _when(cell),
        _source(cell),
    ]


def _source(cell: Cell) -> str:
    return clean(cell.result.source if cell.result else None)


def _when(cell: Cell) -> str:
    if cell.result is None:
        return ""
    day = shown(cell.result.as_of)
    if cell.result.basis is Basis.ESTIMATE:
        day += f" ({t('estimate')})"
    return day + (f" ({t('stale')})" if cell.stale else "")


# -- explain ---------------------------------------------------------------------------------------


def explanation(explained: Explanation, room: int | None) -> Sheet:
    """The formula with its inputs; each input with its date, source and change."""
    cell, target = explained.cell, explained.target
    whose = clean(cell.province.name) if cell else clean(explained.report.cluster.name)
    title = f"{whose} · {target.code} {clean(target.title)} · {explained.report.year}"
    lead = [t("as of {day}", day=explained.report.as_of)]
    if cell:
        lines = _cell_lines(explained, cell)
    else:
        lines = _rollup_lines(explained.rollup)
    blocks: list[Grid | Notes] = [Notes(lines)]
    inputs = _inputs(explained)
    if inputs.rows:
        blocks.append(inputs)
    if target.note:
        blocks.append(Notes([clean(target.note)], t("Note to the target")))
    return Sheet(title, blocks, lead)


def _cell_lines(explained: Explanation, cell: Cell) -> list[Text]:
    target, judged = cell.target, cell.judged
    lines: list[Text] = [status_ink(judged.status)]
    if reason := reason_text(judged):
        lines.append(reason)
    if asked := signed(target, cell.threshold):
        own = explained.share is not None and explained.share.assigned
        lines.append(
            t("own threshold: {asked}", asked=asked) if own else t("signed: {asked}", asked=asked)
        )
    if cell.figure is not None and (
        formula := _formula(target, cell.figure, judged, cell.threshold)
    ):
        lines.append(formula)
    if judged.completion is not None and target.kind is not Kind.COUNT:
        lines.append(t("done: {done} of the threshold", done=completion_text(judged)))
    if judged.expected is not None and judged.expected != cell.threshold and cell.result:
        lines.append(
            t(
                "even path: {expected} by {day}",
                expected=amount(judged.expected),
                day=cell.result.as_of,
            )
        )
    if judged.remaining:
        lines.append(t("still missing: {missing}", missing=amount(judged.remaining, target.unit)))
    if why := _why(cell):
        lines.append(why)
    if cell.stale:
        lines.append(t("The figure is older than the year's last day; a newer one is owed."))
    if cell.base_differs and cell.base_from and cell.figure:
        lines.append(
            t(
                "The base {own} came with the figure; the book has {base}.",
                own=cell.figure.base,
                base=cell.base_from.figure.value,
            )
        )
    return lines


def _why(cell: Cell) -> str:
    """What an unmet status rests on."""
    status, rule = cell.status, cell.target.rule()
    if status is Status.MISSED and rule.cumulative and rule.bound is not Bound.AT_LEAST:
        return t("The count went over its limit, or did not come to it by the year's last day.")
    sentences = {
        Status.MISSED: t("Not reached on the year's last day."),
        Status.ON_TRACK: t("Not reached yet, but on or above the even path."),
        Status.BEHIND: t("Not reached, and below the even path."),
        Status.IN_PROGRESS: t("Not decided yet: the year's last day will."),
    }
    return sentences.get(status, "")


def _formula(target: Target, figure: Figure, judged: Judgement, asked: Decimal | None) -> str:
    """The arithmetic as one would write it on paper."""
    if figure.rate is not None:
        return t("a bare rate of {rate}%", rate=figure.rate)
    if figure.value is None:
        return ""
    if target.kind is Kind.YES_NO:
        return yes_no(figure.value)
    value, rate = number(figure.value), per_cent_text(judged.rate, asked)
    if target.kind is Kind.GROWTH:
        base = "?" if figure.base is None else number(figure.base)
        sign = per_cent_text(judged.rate, asked, sign=True) or "?"
        return f"100 × ({value} − {base}) / {base} = {sign}"
    if target.kind is Kind.RATIO or figure.of is not None:
        whole = "?" if figure.of is None else number(figure.of)
        return f"100 × {value} / {whole} = {rate or '?'}"
    if judged.completion is not None and asked:
        return f"100 × {value} / {number(asked)} = {completion_text(judged)}"
    return value


def _rollup_lines(rollup: Rollup) -> list[Text]:
    target, judged = rollup.target, rollup.judged
    lines: list[Text] = [status_ink(judged.status)]
    if reason := reason_text(judged):
        lines.append(reason)
    if asked := signed(target):
        lines.append(
            t("signed by each province: {asked}", asked=asked)
            if target.scope is Scope.EACH
            else t("signed by the cluster: {asked}", asked=asked)
        )
    if rollup.target.kind is Kind.YES_NO:
        lines.append(
            t(
                "{count} of {all} say yes",
                count=rollup.figure.value or Decimal(0),
                all=str(rollup.expected),
            )
        )
    elif formula := _formula(target, rollup.figure, judged, target.threshold):
        lines.append(formula)
    lines.append(
        t("reported for the whole cluster")
        if rollup.from_whole
        else t(
            "added up from {counted} of {all} provinces",
            counted=str(rollup.counted),
            all=str(rollup.expected),
        )
    )
    lines.append(
        t(
            "met {met} of {assigned} · reported {reported} of {all}",
            met=str(rollup.met),
            assigned=str(rollup.assigned),
            reported=str(rollup.reported),
            all=str(rollup.expected),
        )
    )
    if rollup.differs:
        lines.append(t("the other figure: {value}", value=value_text(target, rollup.differs)))
    return lines


def _inputs(explained: Explanation) -> Grid:
    """Every figure that plays a part: those of the year, the latest last, and the base."""
    target, cell = explained.target, explained.cell
    rows = [
        _input(explained, r, target, _role(r, cell, explained.rollup)) for r in explained.history
    ]
    if cell and cell.base_from:
        used = cell.figure and cell.figure.base == cell.base_from.figure.value
        role = t("base") if used else t("base in the book, not used")
        rows.append(_input(explained, cell.base_from, target, role))
    columns = [
        Column(t("figure"), right=True),
        Column(t("as of")),
        Column(t("basis")),
        Column(t("part it plays"), flexible=True),
        Column(t("source"), flexible=True),
        Column(t("change"), right=True),
        Column(t("written")),
        Column(t("who"), flexible=True),
    ]
    return Grid(columns, rows)


def _role(result: Result, cell: Cell | None, rollup: Rollup) -> str:
    counts = cell.result if cell else rollup.whole if rollup.from_whole else None
    return t("counts") if result == counts else t("does not count")


def _input(explained: Explanation, result: Result, target: Target, role: str) -> list[Text]:
    head = explained.changes.get(result.change or 0)
    source = clean(result.source)
    if result.note:
        source = f"{source} · {clean(result.note)}" if source else clean(result.note)
    return [
        value_text(target, result.figure),
        shown(result.as_of),
        t(BASIS_WORDS[result.basis]),
        role,
        source,
        str(result.change or ""),
        shown(head.at.astimezone().date()) if head else "",
        clean(head.who) if head else "",
    ]
