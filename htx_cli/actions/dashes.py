"""Where a file has a dash in the place of a figure that the book has: the figure stands, and is told."""

from collections.abc import Iterator

from htx_cli.book import read
from htx_cli.book.file import Connection
from htx_cli.domain.changes import Caution
from htx_cli.domain.names import Known
from htx_cli.domain.targets import Figure
from htx_cli.intake.resolve import Defaults, silent
from htx_cli.intake.rows import Row
from htx_cli.text.words import number


def standing(
    row: Row, known: Known, defaults: Defaults, connection: Connection
) -> Iterator[Caution]:
    """Tell of the figure of the book that a row with a dash does not take back."""
    if not (place := silent(row, known, defaults)):
        return
    cluster, target, province, as_of, basis = place
    whose = province.name if province else cluster.name
    of = province.id if province else None
    for each in read.history(connection, cluster.id, target.year, target.code, of):
        if (each.as_of, each.basis) == (as_of, basis):
            what = {"province": whose, "code": target.code, "day": as_of}
            values = {**what, "value": figure_words(each.figure)}
            yield Caution("dash_stands", values, row.number, row.file, row.sheet)


def figure_words(figure: Figure) -> str:
    """The numbers of a figure, for a sentence."""
    if figure.rate is not None:
        return f"{number(figure.rate)}%"
    parts = [part for part in (figure.value, figure.of or figure.base) if part is not None]
    return " / ".join(map(number, parts))
