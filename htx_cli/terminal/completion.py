"""Completion in a shell: names and codes of the book, in any spelling.

A shell takes only what begins with what was typed. So a name that was begun with marks is ended in
plain letters: `Só` becomes `Sóc-trang`, which means the same.
"""

from collections.abc import Iterable
from typing import Any

from htx_cli.actions import Book, book_at, completion
from htx_cli.domain.model import Province
from htx_cli.domain.names import ALL
from htx_cli.output.guides import guides
from htx_cli.text import vietnamese
from htx_cli.text.errors import HtxError
from htx_cli.text.words import t

MOST = 40
Offers = list[tuple[str, str]]  # words, each with what it stands for


def provinces(ctx: Any, incomplete: str) -> Offers:
    """Ids with their names: members of the cluster if there is one, else the register of today."""
    try:
        return _offered(completion.provinces(_book(ctx)), incomplete)
    except HtxError:
        return []


def provinces_or_all(ctx: Any, incomplete: str) -> Offers:
    """Offer provinces, and the word for the whole cluster."""
    whole = [(word, t("whole cluster")) for word in ALL[:1] if word.startswith(incomplete)]
    return whole + provinces(ctx, incomplete)


def newcomers(ctx: Any, incomplete: str) -> Offers:
    """Provinces of today that are no members of the cluster."""
    try:
        return _offered(completion.newcomers(_book(ctx)), incomplete)
    except HtxError:
        return []


def topics(ctx: Any, incomplete: str) -> Offers:
    """The topics of the guides with their titles."""
    return [(g.topic, g.title) for g in guides() if g.topic.startswith(incomplete)]


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
        found = completion.targets(_book(ctx), ctx.params.get("year"))
    except HtxError:
        return []
    wanted = incomplete.casefold()
    return [(each.code, each.title) for each in found if each.code.casefold().startswith(wanted)]


def clusters(ctx: Any, incomplete: str) -> Offers:
    """Ids with their names."""
    try:
        found = completion.clusters(book_at(_typed(ctx, "db")))
    except HtxError:
        return []
    return [(each.id, each.name) for each in found if each.id.startswith(incomplete)]


def _book(ctx: Any) -> Book:
    """The book that the words typed so far name."""
    return book_at(_typed(ctx, "db"), _typed(ctx, "cluster"))


def _typed(ctx: Any, option: str) -> str | None:
    """Return the value of an option behind the command's name, else before it."""
    named: str | None = ctx.params.get(option)
    if named is None and ctx.parent is not None:
        named = ctx.parent.params.get(option)
    return named
