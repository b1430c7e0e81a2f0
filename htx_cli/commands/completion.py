"""What the shell offers after a Tab: provinces and targets of the book, in any spelling."""

from typing import Any

from htx_cli import vietnamese
from htx_cli.book import Book, book_at, known, the_cluster
from htx_cli.errors import HtxError

MOST = 40


def provinces(ctx: Any, incomplete: str) -> list[tuple[str, str]]:
    """Ids with their names; members of the cluster if there is one, else the register of today."""
    try:
        book = _book(ctx)
        with book.reading() as reader:
            found = list(reader.provinces())
            if reader.clusters():
                members = reader.members(the_cluster(book, reader).id)
                found = [member.province for member in members]
    except HtxError:
        return []
    wanted = vietnamese.name_key(incomplete) if incomplete else ""
    return [(p.id, p.name) for p in found if vietnamese.name_key(p.name).startswith(wanted)][:MOST]


def targets(ctx: Any, incomplete: str) -> list[tuple[str, str]]:
    """Codes with their titles; of the year that was typed, else of the latest signed one."""
    try:
        book = _book(ctx)
        with book.reading() as reader:
            cluster = the_cluster(book, reader)
            years = reader.years(cluster.id)
            year = ctx.params.get("year") or (years[-1] if years else book.today.year)
            found = known(reader).setup(cluster, year).targets.values()
            offers = [(target.code, target.title) for target in found]
    except HtxError:
        return []
    wanted = incomplete.casefold()
    return [(code, title) for code, title in offers if code.casefold().startswith(wanted)]


def _book(ctx: Any) -> Book:
    """The book that the words typed so far name."""
    named = ctx.params.get("db")
    parent = ctx.parent
    if named is None and parent is not None:
        named = parent.params.get("db")
    return book_at(named, ctx.params.get("cluster"))
