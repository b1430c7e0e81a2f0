"""Figures, thresholds and statuses in words and symbols."""

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

from htx_cli.domain.changes import KnownAt, Place, SourceFile
from htx_cli.domain.model import Pact, Result, Target
from htx_cli.domain.names import told_apart
from htx_cli.domain.progress.cells import early_bases
from htx_cli.domain.report import Cell, Report, Rollup
from htx_cli.domain.targets import (
    PER_CENT,
    Basis,
    Bound,
    Figure,
    Judgement,
    Kind,
    Moment,
    Reason,
    Status,
    decimal,
    measure,
    per_cent,
)
from htx_cli.output.layout import Ink, clean
from htx_cli.text.words import BASIS_WORDS, HINT_WORDS, REASON_WORDS, STATUS_WORDS, number, shown, t

_LOOKS = {
    Status.EXCEEDED: ("▲", "bold green"),
    Status.MET: ("✓", "green"),
    Status.MISSED: ("✗", "bold red"),
    Status.ON_TRACK: ("↗", "cyan"),
    Status.BEHIND: ("↘", "yellow"),
    Status.IN_PROGRESS: ("…", "cyan"),
    Status.INCOMPLETE: ("?", "magenta"),
    Status.NOT_REPORTED: ("–", "dim"),
    Status.NOT_ASSIGNED: ("·", "dim"),
    Status.TRACKED: ("", ""),
}
SYMBOLS = {status: symbol for status, (symbol, _) in _LOOKS.items()}
STYLES = {status: style for status, (_, style) in _LOOKS.items()}
SIGNS = {Bound.AT_LEAST: "≥", Bound.AT_MOST: "≤", Bound.EXACTLY: "="}
STALE, ESTIMATED, OWN, CARRIED = "*", "~", "°", "†"
FULL = 2  # decimals of a per cent where there is room


def known_lines(known: KnownAt | None) -> list[str]:
    """Say after which change a book was looked at, if not as it is now."""
    if known is None:
        return []
    what = {"number": str(known.change), "moment": f"{known.at.astimezone():%d/%m/%Y %H:%M}"}
    if known.on:
        said = t(
            "As known at the end of {day}, after change {number} of {moment}:"
            " nothing written later is shown.",
            day=known.on,
            **what,
        )
    else:
        said = t(
            "As known after change {number} of {moment}: nothing written later is shown.", **what
        )
    return [said]


def status_word(status: Status) -> str:
    """The word for a status."""
    return t(STATUS_WORDS[status])


def status_ink(status: Status) -> Ink:
    """Symbol and word."""
    return Ink(f"{SYMBOLS[status]} {status_word(status)}".strip(), STYLES[status])


def reason_text(judged: Judgement) -> str:
    """Say why a reported figure cannot be judged."""
    return t(REASON_WORDS[judged.reason]) if judged.reason else ""


def hints(report: Report, cells: Iterable[Cell]) -> list[str]:
    """Advise on figures that cannot be judged, each advice once, for the first of them."""
    first: dict[Reason, Cell] = {}
    for cell in cells:
        if cell.judged.reason:
            first.setdefault(cell.judged.reason, cell)
    return [
        t(HINT_WORDS[reason], command=_settling(report, cell))
        for reason, cell in first.items()
        if reason in HINT_WORDS
    ]


def _settling(report: Report, cell: Cell) -> str:
    """The command that gives a province one threshold in place of those of its parts."""
    what = {"id": cell.province.id, "code": cell.target.code, "year": str(report.year)}
    if report.pact is not Pact.SIGNED:
        return t("htx set-share {id} {code} N --year {year}", **what)
    return t(
        "htx set-share {id} {code} N --year {year} --on {day} --decision NUMBER --because TEXT",
        **what,
        day=cell.province.first_day,
    )


def signed(target: Target, threshold: Decimal | None = None) -> str:
    """The threshold, short: `≥20`, `≥60%`, `+10%`, `yes`; nothing for a tracked target."""
    if target.kind is Kind.YES_NO:
        return t("yes")
    value = target.threshold if threshold is None else threshold
    if target.bound is None or value is None:
        return ""
    mark = "%" if target.kind in PER_CENT else ""
    if target.kind is Kind.GROWTH and value > 0:
        sign = "" if target.bound is Bound.AT_LEAST else SIGNS[target.bound]
        return f"{sign}+{number(value)}{mark}"
    return f"{SIGNS[target.bound]}{number(value)}{mark}"


def share_text(cell: Cell) -> str:
    """The threshold that a share gives a province, short."""
    return signed(cell.target, cell.threshold) if cell.own else t("not assigned")


def short(target: Target, figure: Figure, threshold: Decimal | None, places: int) -> str:
    """A figure as the matrix shows it: the count, the rate, `+12`; nothing for yes or no."""
    if target.kind is Kind.YES_NO:
        return ""
    if target.kind in PER_CENT:
        measured = measure(target.kind, figure)
        if not isinstance(measured, Fraction):
            return _unmeasured(target.kind, figure)
        limit = None if threshold is None else Fraction(threshold)
        rate = per_cent(measured, limit, places)
        return f"{'+' if target.kind is Kind.GROWTH and rate > 0 else ''}{number(rate)}"
    if figure.value is None:
        return ""
    whole = f"/{number(figure.of)}" if figure.of is not None else ""
    return f"{number(figure.value)}{whole}"


def _unmeasured(kind: Kind, figure: Figure) -> str:
    """A figure without a rate, so that it does not look like one among per cents: `0/0`.

    The part of a whole that is not known says nothing there; a growth without a base its value.
    """
    if figure.value is None or (kind is Kind.RATIO and figure.of is None):
        return ""
    return number(figure.value) + (f"/{number(figure.of)}" if figure.of is not None else "")


def cell_ink(cell: Cell, places: int) -> Ink:
    """A cell of the matrix: value and symbol, `~` before an estimate, `*` behind a stale figure.

    A `°` says that the province answers for a threshold of its own, a `†` that its figure or its
    base was carried over from the provinces that merged into it.
    """
    symbol = SYMBOLS[cell.status]
    own = OWN if cell.own else ""
    if cell.figure is None or cell.result is None:
        return Ink(f"{symbol or SYMBOLS[Status.NOT_REPORTED]}{own}", STYLES[cell.status] or "dim")
    value = short(cell.target, cell.figure, cell.threshold, places)
    if cell.target.kind is Kind.YES_NO and cell.status in (Status.NOT_ASSIGNED, Status.TRACKED):
        value = yes_no(cell.figure.value)
    guess = ESTIMATED if cell.result.basis is Basis.ESTIMATE else ""
    stale = STALE if cell.stale else ""
    carried = CARRIED if cell.carried or cell.base_parts else ""
    if cell.status is Status.TRACKED and cell.judged.reason:  # of some of the parts only
        symbol = SYMBOLS[Status.INCOMPLETE]
    return Ink(f"{guess}{_beside(value, symbol)}{stale}{own}{carried}", STYLES[cell.status])


def _beside(value: str, symbol: str) -> str:
    """`20✓`; but `33 …`, for the dots would look like a number that was cut."""
    return f"{value} {symbol}" if value and symbol == "…" else f"{value}{symbol}"


def rollup_ink(rollup: Rollup, places: int) -> Ink:
    """The cluster's cell under a target: `~` before it as soon as an estimate plays a part.

    `*` behind it says that it is judged on an old figure.
    """
    status = rollup.judged.status
    symbol = SYMBOLS[status]
    guess = ESTIMATED if rollup.basis is Basis.ESTIMATE else ""
    stale = STALE if rollup.stale else ""
    if rollup.figure.value is None and rollup.figure.rate is None:
        return Ink(f"{guess}{symbol or SYMBOLS[Status.NOT_REPORTED]}", STYLES[status] or "dim")
    if rollup.target.kind is Kind.YES_NO:
        value = "" if rollup.from_whole else number(rollup.figure.value or Decimal(0))
    else:
        value = short(rollup.target, rollup.figure, rollup.target.threshold, places)
    return Ink(f"{guess}{_beside(value, symbol)}{stale}", STYLES[status])


def yes_no(value: Decimal | None) -> str:
    """The word for a yes-no value."""
    return "" if value is None else t("yes") if value else t("no")


def value_text(target: Target, figure: Figure | None) -> str:
    """A figure in full: `96 / 150`, `160 → 176`, `62%`, `20 HTX`, `yes`."""
    if figure is None:
        return ""
    if figure.rate is not None:
        return f"{number(figure.rate)}%"
    if figure.value is None:
        return ""
    if target.kind is Kind.YES_NO:
        return yes_no(figure.value)
    if figure.of is not None:
        return f"{number(figure.value)} / {number(figure.of)}"
    if target.kind is Kind.GROWTH and figure.base is not None:
        return f"{number(figure.base)} → {number(figure.value)}"
    return f"{number(figure.value)} {target.unit}" if target.unit else number(figure.value)


def sum_text(rollup: Rollup) -> str:
    """The sum of the provinces' figures; of yes and no, how many say yes."""
    if rollup.target.kind is not Kind.YES_NO:
        return value_text(rollup.target, rollup.added)
    yeses = rollup.added.value or Decimal(0)
    return t("{count} of {all} say yes", count=yeses, all=str(rollup.expected))


def per_cent_text(
    rate: Decimal | None, threshold: Decimal | None = None, sign: bool = False
) -> str:
    """A per cent at two decimals that never shows a threshold it does not equal."""
    if rate is None:
        return ""
    limit = None if threshold is None else Fraction(threshold)
    shown = per_cent(Fraction(rate), limit, FULL)
    return f"{'+' if sign and shown > 0 else ''}{number(shown)}%"


def completion_text(judged: Judgement) -> str:
    """The completion; below the threshold never `100%`."""
    return per_cent_text(judged.completion, Decimal(100))


def missing_text(cell: Cell) -> str:
    """The rest that is missing to the threshold, rounded up so that it never shows as 0.

    Where nothing but whole ones were counted, whole ones are missing: 5 members, not 4.2.
    """
    if not cell.judged.remaining or cell.figure is None:
        return ""
    figure = cell.figure
    counted = [figure.value, figure.of, figure.base]
    if cell.target.kind is Kind.COUNT:
        counted.append(cell.threshold)
    whole = all(part == part.to_integral_value() for part in counted if part is not None)
    return number(decimal(Fraction(cell.judged.remaining), ROUND_CEILING, 0 if whole else FULL))


def even_path(cell: Cell) -> str:
    """The value of the even path on the day of the figure, rounded half up.

    Never rounded past the figure: who is behind does not look as if on the path, nor the other way.
    """
    assert cell.threshold is not None and cell.result is not None and cell.figure is not None
    exact = Fraction(cell.threshold) * Moment(cell.result.as_of).elapsed
    value, rounded = Fraction(cell.figure.value or 0), decimal(exact, places=FULL)
    if exact > value >= rounded:
        rounded = decimal(exact, ROUND_CEILING, FULL)
    elif exact <= value < rounded:
        rounded = decimal(exact, ROUND_FLOOR, FULL)
    return number(rounded)


def counts_text(met: int, assigned: int, reported: int, everything: int) -> str:
    """Count targets: met of those assigned, reported of all; of nothing assigned no `0 of 0`."""
    said = t("reported {reported} of {all}", reported=str(reported), all=str(everything))
    if not assigned:
        return said
    done = t("met {met} of {assigned} assigned", met=str(met), assigned=str(assigned))
    return f"{done} · {said}"


def early_bases_text(target: Target, cells: Iterable[Cell]) -> str | None:
    """Name the bases of growth that are older than the end of the base year."""
    found = dict.fromkeys(base for cell in cells for base in early_bases(cell))
    if not found:
        return None
    names = told_apart(province for province, _ in found)
    bases = (
        f"{clean(name)} ({shown(base.as_of)})" for name, (_, base) in zip(names, found, strict=True)
    )
    return t(
        "{code}: measured from figures before the end of {year}: {bases}",
        code=target.code,
        year=str(target.base_year),
        bases=", ".join(bases),
    )


def reported_text(result: Result, yes_no: bool, with_base: bool = True) -> str:
    """A figure as the journal tells of it, without the target that it belongs to."""
    figure = result.figure
    guess = f" ({t(BASIS_WORDS['estimate'])})" if result.basis is Basis.ESTIMATE else ""
    if figure.rate is not None:
        return f"{number(figure.rate)}%{guess}"
    if yes_no:
        return f"{t('yes') if figure.value else t('no')}{guess}"
    assert figure.value is not None
    text = number(figure.value)
    if figure.of is not None:
        text += f" / {number(figure.of)}"
    if with_base and figure.base is not None:
        text += f" ({t('base')} {number(figure.base)})"
    return text + guess


def place_words(place: Place) -> str:
    """The place of a figure in a file: `kq.xlsx, sheet Quý 2, B7`."""
    parts = [clean(place.file)] if place.file else []
    if place.sheet:
        parts.append(t("sheet {name}", name=place.sheet))
    if place.cell:
        parts.append(place.cell)
    elif place.row:
        parts.append(t("row {row}", row=str(place.row)))
    return ", ".join(parts)


def file_words(file: SourceFile) -> str:
    """A file with its size and its hash."""
    size = number(Decimal(file.size))
    return t("{name}, {size} bytes, SHA-256 {hash}", name=file.name, size=size, hash=file.sha256)


def formula(target: Target, figure: Figure, judged: Judgement, asked: Decimal | None) -> str:
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
