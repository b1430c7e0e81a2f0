"""What the shell offers after a Tab: what the book has, in any spelling.

A shell takes only what begins with what was typed. So a name that was begun with marks is ended in
plain letters: `Só` becomes `Sóc-trang`, which means the same.
"""

from collections.abc import Iterable
from typing import Any

from htx_cli.actions import Book, book_at, known, seating_of, the_cluster
from htx_cli.book.read import Reader
from htx_cli.domain.model import Member, Province
from htx_cli.domain.names import ALL
from htx_cli.output.guides import guides
from htx_cli.terminal.options import Offers
from htx_cli.text import vietnamese
from htx_cli.text.errors import HtxError
from htx_cli.text.words import t

MOST = 40


def provinces(ctx: Any, incomplete: str) -> Offers:
    """Ids with their names: members of the cluster if there is one, else the register of today."""
    try:
        book = _book(ctx)
        with book.reading() as reader:
            found = [member.province for member in _members(book, reader)]
            return _offered(found or _alive(book, reader), incomplete)
    except HtxError:
        return []


def provinces_or_all(ctx: Any, incomplete: str) -> Offers:
    """The same, and the word for the whole cluster."""
    whole = [(word, t("whole cluster")) for word in ALL[:1] if word.startswith(incomplete)]
    return whole + provinces(ctx, incomplete)


def newcomers(ctx: Any, incomplete: str) -> Offers:
    """Provinces of today that are no members of the cluster."""
    try:
        book = _book(ctx)
        with book.reading() as reader:
            sitting = {m.province for m in _members(book, reader) if m.on(book.today)}
            return _offered((p for p in _alive(book, reader) if p not in sitting), incomplete)
    except HtxError:
        return []


def topics(ctx: Any, incomplete: str) -> Offers:
    """The topics of the guides with their titles."""
    return [(g.topic, g.title) for g in guides() if g.topic.startswith(incomplete)]


def _members(book: Book, reader: Reader) -> list[Member]:
    """Who is or was a member, or is written to be one; not who will come of a merger."""
    ever = seating_of(reader, the_cluster(book, reader)).ever if reader.clusters() else ()
    return [m for m in ever if not m.derived or m.first_day <= book.today]


def _alive(book: Book, reader: Reader) -> list[Province]:
    return [province for province in reader.provinces() if province.valid_on(book.today)]


def _offered(provinces: Iterable[Province], incomplete: str) -> Offers:
    wanted = vietnamese.name_key(incomplete) if incomplete else ""
    found = [p for p in provinces if vietnamese.name_key(p.name).startswith(wanted)]
    return [(_completed(p.id, incomplete), p.name) for p in found[:MOST]]


def _completed(id: str, incomplete: str) -> str:
    """The id behind what was typed of it, as far as that still means it."""
    rest = id[len(incomplete) :]
    begun = vietnamese.slug(incomplete) == id[: len(incomplete)]
    return incomplete + rest if begun and not rest[-1:].isdigit() else id


def targets(ctx: Any, incomplete: str) -> Offers:
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


def clusters(ctx: Any, incomplete: str) -> Offers:
    """Ids with their names."""
    try:
        with book_at(_typed(ctx, "db")).reading() as reader:
            found = reader.clusters()
    except HtxError:
        return []
    return [(each.id, each.name) for each in found if each.id.startswith(incomplete)]


def _book(ctx: Any) -> Book:
    """The book that the words typed so far name."""
    return book_at(_typed(ctx, "db"), _typed(ctx, "cluster"))


def _typed(ctx: Any, option: str) -> str | None:
    """What an option says behind the command's name, else before it."""
    named: str | None = ctx.params.get(option)
    if named is None and ctx.parent is not None:
        named = ctx.parent.params.get(option)
    return named
