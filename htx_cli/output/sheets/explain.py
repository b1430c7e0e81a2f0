"""One figure explained: the formula, its inputs, who wrote them; or the whole cluster's."""

from collections.abc import Sequence
from decimal import Decimal

from htx_cli.domain.changes import ChangeHead
from htx_cli.domain.model import Result, Target
from htx_cli.domain.progress import owed, reached_in_part
from htx_cli.domain.report import Cell, Explanation, Rollup
from htx_cli.domain.targets import PER_CENT, REACHED, UNJUDGED, Bound, Kind, Scope, Status
from htx_cli.output.layout import Column, Grid, Notes, Sheet, Text, clean, headings
from htx_cli.output.wording.due import late_line
from htx_cli.output.wording.evidence import evidence_notes
from htx_cli.output.wording.figures import (
    completion_text,
    counts_text,
    early_bases_text,
    even_path,
    formula,
    known_lines,
    missing_text,
    place_words,
    reason_text,
    share_text,
    signed,
    status_ink,
    status_word,
    sum_text,
    value_text,
)
from htx_cli.output.wording.successions import (
    adds,
    advice,
    merger_lines,
    names_beside,
    parts_of,
    why_open,
)
from htx_cli.text.words import BASIS_WORDS, shown, t


def sheet(explained: Explanation, room: int | None) -> Sheet:
    """The formula with its inputs; each input with its date, source and change."""
    cell, target = explained.cell, explained.target
    whose = clean(cell.province.name) if cell else clean(explained.report.cluster.name)
    title = f"{whose} · {target.code} {clean(target.title)} · {explained.report.year}"
    lead = [t("as of {day}", day=explained.report.as_of), *known_lines(explained.report.known_at)]
    lines = _cell_lines(explained, cell) if cell else _rollup_lines(explained)
    blocks: list[Grid | Notes] = [Notes(lines)]
    inputs = _inputs(explained)
    if inputs.rows:
        blocks.append(inputs)
    parts = parts_of(cell) if cell else ()
    if cell and parts:
        blocks.append(_parts(explained, cell, parts))
    based = [cell.base_from] if cell and cell.base_from else []
    behind = [part.result for part in parts if part.result]
    blocks += evidence_notes(target, [*explained.history, *based, *behind])
    if target.note:
        blocks.append(Notes([clean(target.note)], t("Note to the target")))
    return Sheet(title, blocks, lead)


def _cell_lines(explained: Explanation, cell: Cell) -> list[Text]:
    target, judged = cell.target, cell.judged
    lines: list[Text] = [status_ink(judged.status)]
    if reason := why_open(cell):
        lines += [reason, *advice(explained.report, [cell])]
    lines += [
        *_asked(explained, cell),
        *_by_decision(explained),
        *merger_lines(explained.report, cell),
    ]
    if cell.figure is not None and (
        arithmetic := formula(target, cell.figure, judged, cell.threshold)
    ):
        lines.append(arithmetic)
    if judged.completion is not None and target.kind is not Kind.COUNT:
        lines.append(t("done: {done} of the threshold", done=completion_text(judged)))
    if judged.expected is not None and judged.expected != cell.threshold and cell.result:
        path = even_path(cell)
        lines.append(t("even path: {expected} by {day}", expected=path, day=cell.result.as_of))
    if missing := missing_text(cell):
        missing = f"{missing} {target.unit}" if target.unit else missing
        lines.append(t("still missing: {missing}", missing=missing))
    lines += late_line(cell)
    if why := _why(cell):
        lines.append(why)
    if cell.stale and owed(cell, explained.rollup):
        lines.append(t("The figure is older than the year's last day; a newer one is owed."))
    if cell.base_differs and cell.base_from and cell.figure:
        lines.append(
            t(
                "The base {own} came with the figure; the book has {base}.",
                own=cell.figure.base,
                base=cell.base_from.figure.value,
            )
        )
    if early := early_bases_text(target, [cell]):
        lines.append(early)
    return lines


def _asked(explained: Explanation, cell: Cell) -> list[Text]:
    """The signed threshold; or the province's own, with who decided it, when and why."""
    target, share = cell.target, explained.share
    asked = signed(target)
    if share is None and cell.parts and cell.own:
        together = signed(target, cell.threshold)
        return [t("asked of the provinces that merged, together: {asked}", asked=together)]
    of_cluster = t("signed by the cluster: {asked}", asked=asked)
    if share is None:
        if not asked:
            return []
        return [of_cluster if cell.status is Status.TRACKED else t("signed: {asked}", asked=asked)]
    own = t("own threshold: {asked}", asked=signed(target, share.threshold))
    decided = [own] if share.assigned else []
    if head := explained.share_from:
        decided.append(_decided(head))
    others = t("signed by the others: {asked}", asked=asked)
    return [", ".join(decided), of_cluster if target.scope is Scope.CLUSTER else others]


def _by_decision(explained: Explanation) -> list[Text]:
    """Since when, and by which paper, the signed pact asks for this."""
    return [
        t("in force from {day} by decision {number}", day=each.first_day, number=each.decision)
        for each in explained.decisions
    ]


def _decided(head: ChangeHead) -> str:
    day = head.at.astimezone().date()
    by = t("by change {number} of {day}, {who}", number=str(head.number), day=day, who=head.who)
    return f"{by}: {clean(head.because)}" if head.because else by


def _why(cell: Cell) -> str:
    """Explain an unmet status."""
    status, rule = cell.status, cell.target.criterion()
    if status is Status.MISSED and rule.cumulative and rule.bound is not Bound.AT_LEAST:
        return _off_limit(cell)
    sentences = {
        Status.MISSED: t("Not reached on the year's last day."),
        Status.ON_TRACK: t("Not reached yet, but on or above the even path."),
        Status.BEHIND: t("Not reached, and below the even path."),
        Status.IN_PROGRESS: t("Not decided yet: the year's last day will."),
    }
    return sentences.get(status, "")


def _off_limit(cell: Cell) -> str:
    """Tell on which side of its limit a count ended."""
    value = cell.figure.value if cell.figure else None
    assert value is not None and cell.threshold is not None
    what = {"value": value, "limit": cell.threshold}
    if value > cell.threshold:
        return t("The count went over its limit: {value} > {limit}.", **what)
    return t("The count did not come to {limit} by the year's last day: {value} < {limit}.", **what)


# -- the whole cluster -----------------------------------------------------------------------------

_UNREACHED = [status for status in Status if status not in (*REACHED, *UNJUDGED)]


def _rollup_lines(explained: Explanation) -> list[Text]:
    rollup = explained.rollup
    target, judged = rollup.target, rollup.judged
    binds_each = target.scope is Scope.EACH and target.kind is not Kind.TRACKED
    lines: list[Text] = [status_ink(judged.status)]
    if reason := reason_text(judged):
        lines.append(reason)
    if asked := signed(target):
        lines.append(
            t("signed by each province: {asked}", asked=asked)
            if binds_each
            else t("signed by the cluster: {asked}", asked=asked)
        )
    own = [f"{c.province.name} {share_text(c)}" for c in explained.cells() if c.share]
    if own:
        lines.append(t("own shares: {shares}", shares=", ".join(own)))
    lines += _by_decision(explained)
    lines += _each_lines(explained) if binds_each else _whole_lines(rollup)
    everyone = sum(cell.status is not Status.NOT_ASSIGNED for cell in explained.cells())
    lines.append(counts_text(rollup.met, rollup.assigned, rollup.reported, everyone))
    if rollup.stale:
        lines.append(t("The figure is older than the year's last day; a newer one is owed."))
    return lines


def _each_lines(explained: Explanation) -> list[Text]:
    """A target that binds each province: who does not meet it, and what all come to."""
    rollup, cells = explained.rollup, explained.cells()
    lines: list[Text] = [
        t("Met only when every province that it is assigned to meets its threshold.")
    ]
    for status in _UNREACHED:
        if names := [clean(cell.province.name) for cell in cells if cell.status is status]:
            lines.append(f"{status_word(status)}: {', '.join(names)}")
    rows = sum(cell.status is not Status.NOT_ASSIGNED for cell in cells)
    merged = rollup.expected != rows  # what was carried counts as often as it was reported
    summed = _yeses(rollup) if merged and rollup.target.kind is Kind.YES_NO else _sum(rollup)
    if rollup.target.kind is Kind.YES_NO:
        return [*lines, summed]
    if summed:
        lines.append(t("the sum, for information: {sum}", sum=summed))
    return [*lines, _added_up_of_parts(rollup) if merged else _added_up(rollup)]


def _yeses(rollup: Rollup) -> str:
    return t(
        "yes from {count} of the {all} provinces that signed",
        count=rollup.added.value or Decimal(0),
        all=str(rollup.expected),
    )


def _added_up_of_parts(rollup: Rollup) -> str:
    return t(
        "added up from the figures of {counted} of the {all} provinces that signed",
        counted=str(rollup.counted),
        all=str(rollup.expected),
    )


def _sum(rollup: Rollup) -> str:
    """The sum of the provinces, worked out where there is a rate."""
    target = rollup.target
    if target.kind in PER_CENT:
        return formula(target, rollup.added, rollup.judged, target.threshold)
    return sum_text(rollup)


def _added_up(rollup: Rollup) -> str:
    return t(
        "added up from {counted} of {all} provinces",
        counted=str(rollup.counted),
        all=str(rollup.expected),
    )


def _whole_lines(rollup: Rollup) -> list[Text]:
    """A target of the whole cluster: the figure that stands, the other one, and their days."""
    target, whole = rollup.target, rollup.whole
    lines: list[Text] = []
    if target.kind is not Kind.YES_NO or rollup.from_whole:
        lines.append(formula(target, rollup.figure, rollup.judged, target.threshold))
    given = (
        t(
            "reported for the whole cluster: {figure} as of {day}; {role}",
            figure=value_text(target, rollup.figure if rollup.from_whole else whole.figure),
            day=whole.as_of,
            role=_counts(rollup.from_whole),
        )
        if whole
        else ""
    )
    added = (
        t(
            "sum of the provinces: {sum}, from {counted} of {all}, the oldest as of {oldest}; {role}",
            sum=sum_text(rollup),
            counted=str(rollup.counted),
            all=str(rollup.expected),
            oldest=rollup.oldest,
            role=_counts(not rollup.from_whole),
        )
        if rollup.oldest
        else ""
    )
    if not whole and not rollup.oldest:
        added = _added_up(rollup)
    lines += [given, added] if rollup.from_whole else [added, given]
    if reached_in_part(rollup):
        lines.append(
            t("Reached by those who reported; in progress, for those missing may still undo it.")
        )
    return [line for line in lines if line]


def _counts(stands: bool) -> str:
    return t("counts") if stands else t("does not count")


# -- the inputs ------------------------------------------------------------------------------------


def _inputs(explained: Explanation) -> Grid:
    """Every figure that plays a part: those of the year, the latest last, and the base."""
    target, cell = explained.target, explained.cell
    rows = [
        _input(explained, r, target, _role(r, cell, explained.rollup)) for r in explained.history
    ]
    if cell and cell.base_from and not cell.base_parts:
        used = cell.figure and cell.figure.base == cell.base_from.figure.value
        role = t("base") if used else t("base in the book, not used")
        rows.append(_input(explained, cell.base_from, target, role))
    if cell:
        for province, base in cell.base_parts:
            role = t("base of {province}", province=names_beside(cell, [province]))
            rows.append(_input(explained, base, target, role))
    return Grid(_columns(), rows)


def _columns() -> list[Column]:
    return headings(
        "rllffrlf", t("figure"), t("as of"), t("basis"), t("part it plays"), t("source"),
        t("change"), t("written"), t("who"),
    )  # fmt: skip


def _parts(explained: Explanation, cell: Cell, parts: Sequence[Cell]) -> Grid:
    """The thresholds and figures of the provinces that merged, each with its source."""
    target = cell.target
    rows: list[list[Text]] = []
    for part in parts:
        asked = signed(target, part.threshold) if part.status not in UNJUDGED else ""
        if part.status is Status.NOT_ASSIGNED:
            asked = t("not assigned")
        whose: list[Text] = [names_beside(cell, [part.province]), asked]
        if part.result is None:
            rows.append([*whose, t("not reported"), *[""] * (len(_columns()) - 1)])
            continue
        taken = cell.carried and part.status is not Status.NOT_ASSIGNED
        role = _counts(taken) if not taken or adds(cell, part) else t("cannot be added")
        _, *told = _input(explained, part.result, target, role)
        rows.append([*whose, value_text(target, part.figure), *told])
    columns = [Column(t("province")), Column(t("signed"), right=True), *_columns()]
    return Grid(columns, rows, t("The provinces that merged"))


def _role(result: Result, cell: Cell | None, rollup: Rollup) -> str:
    counts = cell.result if cell else rollup.whole if rollup.from_whole else None
    return _counts(result == counts)


def _input(explained: Explanation, result: Result, target: Target, role: str) -> list[Text]:
    head = explained.changes.get(result.change or 0)
    place = explained.places.get(result)
    said = clean(result.source), clean(result.note), place_words(place) if place else ""
    return [
        value_text(target, result.figure),
        shown(result.as_of),
        t(BASIS_WORDS[result.basis]),
        role,
        " · ".join(filter(None, said)),
        str(result.change or ""),
        shown(head.at.astimezone().date()) if head else "",
        clean(head.who) if head else "",
    ]
