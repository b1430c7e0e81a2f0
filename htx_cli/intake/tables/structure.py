"""Where the heading of a table is, and which labels stand over each of its columns.

Every shape is one: columns that hold labels of the whole row, and columns of figures. Over a column
stand its own heading and those that span it; what they mean together, `meaning` composes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct, field

from htx_cli.intake.labels import COLUMNS, Labels, Said
from htx_cli.intake.rows import Raw, Table, letter, named
from htx_cli.intake.tables.meaning import FIGURES, UNKNOWN, HeadedColumn, compose, settle
from htx_cli.text.errors import NotFound, Problem, Rejected

Cells = Sequence[Raw]
Looked = Sequence[tuple[int, Cells]]
MOST_ROWS = 4  # of a heading
_NUMBERING = re.compile(r"\(?(?:(\d{1,2})|[A-Z])\)?(?:\s*=.*)?")
_FIGURE = re.compile(r"[-−+(]?\s*\d")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))
_DAYS = range(20000, 73051)  # of the years in question, counted from 1904
_LABELS_LOOKED_AT = 5  # cells below a heading that tell what a column without one holds


class Unheaded(Rejected):
    """A table without a heading that can be understood.

    `understood` is how many columns were; `near` says that only one thing is missing, and that a
    heading which means nothing could be it.
    """

    def __init__(self, problems: Sequence[Problem], understood: int, near: bool) -> None:
        files = problems[0].file or "rows"
        super().__init__("problems", tuple(problems), count=str(len(problems)), files=files)
        self.understood = understood
        self.near = near


class Heading(Struct):
    """The rows of a heading, from `first` to `last` of those looked at, and the columns below it."""

    first: int
    last: int
    columns: list[HeadedColumn] = field(default_factory=list)

    def holding(self, *uses: str) -> list[HeadedColumn]:
        """The columns of these uses."""
        return [column for column in self.columns if column.use in uses]

    def one(self, use: str) -> int | None:
        """The first column of a use."""
        return next((column.at for column in self.columns if column.use == use), None)

    @property
    def figures(self) -> list[HeadedColumn]:
        """The columns of figures, read or left out."""
        return [column for column in self.columns if column.use == FIGURES]

    @property
    def long(self) -> bool:
        """Tell whether no heading names a target or a province: each row says whose figure it is."""
        return not any(column.target or column.province for column in self.figures)

    @property
    def score(self) -> int:
        """How many columns are understood, more than are not."""
        unknown = sum(column.use == UNKNOWN for column in self.columns)
        headed = sum(bool(column.place) for column in self.columns)  # not only by what stands below
        return headed - 2 * unknown

    def missing(self, given: Mapping[str, str]) -> list[str]:
        """The columns without which no figure has its place."""
        said = {*given, *(column.use for column in self.columns)}
        said |= {"target"} if "title" in said else set()
        for name in ("target", "province"):
            if any(getattr(column, name) for column in self.figures):
                said.add(name)
        lacking = [name for name in ("province", "target") if name not in said]
        read = any(column.part in (None, "value", "rate") for column in self.figures)
        return lacking + ([] if read else ["value"])


def text_of(cell: Raw) -> str:
    """What a cell says, without spaces around it and what cannot be seen; nothing for an empty one."""
    if cell is None:
        return ""
    text = str(cell)
    return text.strip() if text.isascii() else text.translate(_INVISIBLE).strip()


def blank(cells: Cells) -> bool:
    """Tell whether nothing stands in a row."""
    return not any(text_of(cell) for cell in cells)


def trimmed(cells: Cells) -> Cells:
    """The cells up to the last that says something."""
    last = max((at for at, cell in enumerate(cells) if text_of(cell)), default=-1)
    return cells[: last + 1]


def senders(table: Table, looked: Looked, labels: Labels) -> dict[str, str]:
    """Whose figures they are where no column says it: the sheet's name, or a line by itself, says it."""
    texts = [texts for _, cells in looked if len(texts := {*map(text_of, cells)} - {""}) == 1]
    named = [labels.said(text, "title").province for each in texts for text in each]
    if table.sheet:
        named.append(labels.said(table.sheet, "title").province)
    return {"province": province.id} if (province := next(filter(None, named), None)) else {}


def day_from_1904(cell: Raw) -> Raw:
    """The day of a bare number in a workbook that counts from 1904; any other cell as it is."""
    if isinstance(cell, Decimal) and cell in _DAYS:
        return date(1904, 1, 1) + timedelta(days=int(cell))
    return cell


def like_a_figure(text: str) -> bool:
    """Tell whether a text begins as a number does."""
    return bool(_FIGURE.match(text))


def is_numbering(cells: Cells) -> bool:
    """The row of column numbers that official tables have under their heading: (1) (2) (3=2+1)."""
    texts = [text for cell in cells if (text := text_of(cell))]
    found = [_NUMBERING.fullmatch(text) for text in texts]
    numbers = [int(match[1]) for match in found if match and match[1]]
    return len(texts) > 2 and all(found) and numbers == [*range(1, len(numbers) + 1)]


def find(
    table: Table, looked: Looked, labels: Labels, year: int, given: Mapping[str, str]
) -> Heading:
    """The best reading of some rows that belong together as the heading.

    `looked` are the first rows that are not empty; `given` are columns that the options name for
    every row. Raises Unheaded if no heading can be understood.
    """
    spans = {
        (span.top, span.left): span.right for span in table.merged if span.top <= looked[-1][0]
    }
    found = [
        heading
        for first in range(len(looked))
        if (heading := _read(spans, looked, first, labels, year, given))
    ]
    whole = [h for h in found if _names_rows(looked[h.first][1], labels)]
    found = [h for h in found if not any(w.first < h.first <= w.last for w in whole)]
    good = [heading for heading in found if not heading.missing(given)]
    if good:
        labelled = [h for h in good if h.holding("province", "target", "title")] or good
        top = min(heading.last for heading in labelled)
        return max(
            (h for h in labelled if h.first <= top), key=lambda h: (h.score, -h.last, h.first)
        )
    long = any(h.long and len(h.columns) > 1 + len(h.holding(UNKNOWN)) for h in found)
    if not labels.targets and not long:
        if labels.signed_in:
            raise NotFound("year_other", year=str(year), other=str(labels.signed_in))
        raise NotFound("year_empty", year=str(year))
    raise _unheaded(table, looked, found, given, labels)


def _names_rows(cells: Cells, labels: Labels) -> bool:
    """Tell whether a row says which column names the provinces or targets: the heading begins here."""
    return any(labels.said(text_of(cell)).column in _ROW_LABELS[:3] for cell in cells if cell)


def _read(
    spans: Mapping[tuple[int, int], int],
    looked: Looked,
    first: int,
    labels: Labels,
    year: int,
    given: Mapping[str, str],
) -> Heading | None:
    """The heading that begins with a row, and all rows below it that go on with it."""
    if is_numbering(looked[first][1]):
        return None
    rows: list[list[str]] = []
    last = first
    for at in range(first, min(first + MOST_ROWS, len(looked))):
        texts = [text_of(cell) for cell in looked[at][1]]
        while texts and not texts[-1]:
            texts.pop()
        if rows and not _goes_on(rows, texts, labels, year):
            break
        rows.append(texts)
        last = at
    heading = Heading(first, last)
    numbers = [number for number, _ in looked[first : last + 1]]
    width = max(map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    for at, stack in enumerate(_stacks(rows, numbers, spans)):
        if stack:
            place = stack[-1][1]
            saids = [labels.said(text) for text, _ in stack]
            heading.columns.append(compose(at, place, saids, labels, year))
    settle(heading.columns)
    _look_below(heading, looked, labels, given, width)
    if not any(column.use not in (UNKNOWN,) for column in heading.columns):
        return None
    return heading


def _goes_on(
    rows: Sequence[Sequence[str]], texts: Sequence[str], labels: Labels, year: int
) -> bool:
    """Tell whether a row surely belongs to the heading above it: it has nothing where the rows below
    have their names, and no figure.
    """
    held = [text for text in texts if text]
    if not held or is_numbering(texts):
        return False
    above = [labels.said(text) for text in rows[-1] if text]
    codes = all(
        said.column or said.row or said.rest for said in above
    )  # nothing names a target yet
    for at, text in enumerate(texts):
        over = [row[at] for row in rows if at < len(row) and row[at]]
        said = labels.said(text) if text else Said()
        labelled = any(labels.said(each).column in _ROW_LABELS for each in over[-1:])
        if text and labelled and text not in over and not said.column:
            spreads = any(at < len(row) and row[at] and not any(row[at + 1 :]) for row in rows)
            if not (spreads and said.options and len(held) > 1):
                return False
        if like_a_figure(text) and not (
            (codes and said.options and said.options[0][1] is None)
            or (text.isdecimal() and abs(int(text) - year) <= _YEARS)
            or (said.known and (said.options or said.periods or said.years))
        ):
            return False
    if any(labels.said(text).column in _ROW_LABELS for text in held):
        return True
    spread = any(labels.said(t).column in _ROW_LABELS for row in rows for t in row if t)
    return spread and not any(labels.said(text, "row").province for text in held[:1])


_ROW_LABELS = ("province", "target", "title", "number")
_YEARS = 9  # a number that near the table's year is one in a heading


def _stacks(
    rows: Sequence[Sequence[str]], numbers: Sequence[int], spans: Mapping[tuple[int, int], int]
) -> Iterator[list[tuple[str, str]]]:
    """For every column the texts that cover it, from the top, each with its cell."""
    width = len(rows[0])
    covering: list[list[tuple[str, str]]] = [[] for _ in range(width)]
    for depth, row in enumerate(rows):
        over, right = None, -1
        for at, text in enumerate(row):
            below = any(later[at] for later in rows[depth + 1 :])
            if text:
                over = (text, f"{letter(at)}{numbers[depth]}")
                right = spans.get((numbers[depth], at), width if depth < len(rows) - 1 else at)
            elif at > right or (not below and right == width):
                over = None
            if over and (not covering[at] or covering[at][-1][0] != over[0]):
                covering[at].append(over)
    yield from covering


def _look_below(
    heading: Heading, looked: Looked, labels: Labels, given: Mapping[str, str], width: int
) -> None:
    """Return where no heading says which column names the provinces, or the targets, its cells may."""
    for use in {"province", "target"} & {*heading.missing(given)}:
        for at in range(width):
            below = [text_of(c[at]) for _, c in looked[heading.last + 1 :] if at < len(c)]
            cells = [text for text in below if text][:_LABELS_LOOKED_AT]
            standing = next((column for column in heading.columns if column.at == at), None)
            if standing and standing.use != UNKNOWN:
                continue
            if all(cell.isdigit() for cell in cells):  # 5 is a code, but rather a figure
                continue
            if all(getattr(labels.said(cell, "row"), use) for cell in cells):
                text = standing.text if standing else ""
                heading.columns = [column for column in heading.columns if column.at != at]
                heading.columns.append(HeadedColumn(at, text, "", use))
                break


def _unheaded(
    table: Table,
    looked: Looked,
    found: Sequence[Heading],
    given: Mapping[str, str],
    labels: Labels,
) -> Unheaded:
    """What keeps the nearest of the readings from being one: its strange headings, what is missing."""
    nearest = max(found, key=lambda h: len(h.columns) - len(h.holding(UNKNOWN)), default=None)
    understood = len(nearest.columns) - len(nearest.holding(UNKNOWN)) if nearest else 0
    number = looked[nearest.last][0] if nearest else looked[0][0]
    strange = nearest.holding(UNKNOWN) if nearest else []
    labelled = nearest and nearest.holding("province", "target", "title")
    if nearest is None or not (understood > 1 or (labelled and strange)):
        values: dict[str, object] = {"known": named(COLUMNS)}
        problem = Problem("heading_missing", values, table.file, table.sheet, number)
        return Unheaded([problem], understood, False)
    asked = [unknown(table, column, labels) for column in strange]
    missing = nearest.missing(given)
    if strange and set(missing) <= {"value", "target"}:  # the strange ones are what is missing
        return Unheaded(asked, understood, True)
    code = "province_missing" if missing == ["province"] else "columns_missing"
    problem = Problem(code, {"known": named(missing)}, table.file, table.sheet, number)
    return Unheaded([*asked, problem], understood, bool(strange) and len(missing) == 1)


def unknown(table: Table, column: HeadedColumn, labels: Labels) -> Problem:
    """The question what a heading is, with the nearest meanings for it."""
    row = int(re.sub(r"\D", "", column.place) or 0) or None
    return Problem(
        column.code,
        {"value": column.text[:60], **labels.nearest(column.text)},
        table.file,
        table.sheet,
        row,
        column.place or None,
        None,
        column.text,
    )
