"""The problems of a refused import: those that are alike are told once."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from htx_cli.output.layout import Grid, Sheet, Text, clean, headings
from htx_cli.text.errors import Phrase, Problem, Rejected
from htx_cli.text.words import number, say, shown, t

_FIRST = 3  # places of alike problems that are named


def sheet(rejected: Rejected, room: int | None) -> Sheet:
    """File, sheet and cell, what stands there, what is wrong and what to type."""
    rows: list[list[Text]] = [
        [_file(alike[0]), _places(alike), clean(alike[0].value), sentence]
        for sentence, alike in _alike(rejected.problems)
    ]
    columns = headings("llff", t("file"), t("cell"), t("it says"), t("what is wrong"))
    return Sheet("", [Grid(columns, rows)])


def lines(problems: Sequence[Problem]) -> Iterable[str]:
    """The same one a line, for a pipe."""
    for sentence, alike in _alike(problems):
        where = " ".join(filter(None, (_file(alike[0]), _places(alike)))) or "–"
        column = alike[0].column
        named = f"{where}, {shown(Phrase(f'column_{column}'))}" if column else where
        yield f"{named}: {sentence}"


def _alike(problems: Sequence[Problem]) -> Iterable[tuple[str, list[Problem]]]:
    """Problems of one sheet with the same sentence on the same column; each place once."""
    found: dict[tuple[str, str | None, str], dict[str, Problem]] = {}
    for problem in problems:
        alike = found.setdefault((_file(problem), problem.column, say(problem)), {})
        alike.setdefault(_place(problem), problem)
    for (_, _, sentence), by_place in found.items():
        yield sentence, list(by_place.values())


def _file(problem: Problem) -> str:
    sheet = t("sheet {name}", name=problem.sheet) if problem.sheet else ""
    return ", ".join(filter(None, (clean(problem.file), sheet)))


def _place(problem: Problem) -> str:
    if problem.cell:
        return problem.cell
    return t("row {row}", row=str(problem.row)) if problem.row else ""


def _places(alike: Sequence[Problem]) -> str:
    """The place of one problem, or of those in one row; of more the rows of the first ones, and how
    many more.
    """
    if len({problem.row for problem in alike}) == 1:
        return ", ".join(_place(problem) for problem in alike[:_FIRST])
    rows = [str(row) for row in dict.fromkeys(problem.row for problem in alike) if row]
    named = ", ".join(rows[:_FIRST])
    if left := len(rows) - _FIRST if len(rows) > _FIRST else 0:
        return t("rows {rows} and {count} more", rows=named, count=number(Decimal(left)))
    return t("rows {rows}", rows=named)
