"""Exports and templates: all results, and the workbooks that provinces fill in."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from htx_cli.actions import Book, clusters_meant, known, membership_of, the_cluster
from htx_cli.book import read
from htx_cli.book.file import Connection
from htx_cli.domain import progress
from htx_cli.domain.exchange import Exported, Question, Template
from htx_cli.domain.model import Province, Result, YearData
from htx_cli.domain.names import stranger
from htx_cli.domain.targets import Basis
from htx_cli.text.errors import NotFound, UsageError
from htx_cli.text.vietnamese import natural_key


@contextmanager
def exported(book: Book, year: int | None = None) -> Iterator[Iterator[Exported]]:
    """All results, or those of a year, or of the cluster that the book was opened for.

    They come one by one, in an order that the figures alone decide: by cluster, year, target as
    people count, province (the whole cluster first), date, basis. The book is read until the block
    ends. Raises NotFound for a cluster or a year that the book does not have.
    """
    with book.reading() as connection:
        years = {
            each.id: read.years(connection, each.id) for each in clusters_meant(book, connection)
        }
        there = sorted({each for found in years.values() for each in found})
        if year is not None and year not in there:
            if not there:
                raise NotFound("year_empty", year=str(year))
            raise NotFound("year_unknown", year=str(year), known=[str(each) for each in there])
        yield _exported(connection, {id: [year] if year else found for id, found in years.items()})


def _exported(connection: Connection, years: dict[str, Sequence[int]]) -> Iterator[Exported]:
    for cluster in sorted(years):
        for year in years[cluster]:
            targets = read.targets(connection, cluster, year)
            for target in sorted(targets, key=lambda each: (natural_key(each.code), each.code)):
                for result in read.figures(connection, cluster, year, target.code):
                    yield Exported(cluster, target, result)


def templates(
    book: Book, year: int, names: Sequence[str] = (), as_of: date | None = None
) -> list[Template]:
    """Collect what each member, or each of those named, is to report for a year, in seat order.

    `as_of` (default: the year's last day) is the date of the figures, and decides who is a member.
    Raises NotFound for a name or a year, UsageError for a date outside the year.
    """
    day = as_of or date(year, 12, 31)
    if day.year != year:
        raise UsageError("date_outside_year", as_of=day, year=str(year))
    with book.reading() as connection:
        cluster = the_cluster(book, connection)
        membership = membership_of(connection, cluster)
        data = read.year_data(connection, cluster, year, membership, day, day, day)
        if not data.targets:
            raise NotFound("year_empty", year=str(year))
        before = read.year_data(
            connection, cluster, year - 1, membership, day, date(year - 1, 12, 31)
        )
        register = known(connection).provinces
        asked = [register.find(name, day) for name in names]
    members = [member.province for member in data.members]
    for province in asked:
        if province not in members:
            raise stranger(NotFound, province, day, members, membership)
    return [_template(data, before, each, day) for each in members if each in asked or not asked]


def _template(data: YearData, before: YearData, province: Province, day: date) -> Template:
    earlier = {target.code: target for target in before.targets}
    questions = []
    for target in sorted(data.targets, key=progress.reading_order):
        share = data.shares.get((province.id, target.code))
        if share and not share.assigned:
            continue
        last = _last_actual(before.results.get((province.id, target.code), ()))
        stood = (earlier[target.code], last) if last else None
        threshold = share.threshold if share else target.threshold
        questions.append(Question(target, threshold, stood))
    return Template(data.cluster, data.year, province, day, tuple(questions))


def _last_actual(results: Sequence[Result]) -> Result | None:
    return next((each for each in results if each.basis is Basis.ACTUAL), None)
