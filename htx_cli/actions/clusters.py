"""Clusters: a new one with its members, a new name."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from htx_cli.actions import Book, Intent, known, the_cluster
from htx_cli.actions.members import named
from htx_cli.book import read
from htx_cli.book.file import Connection
from htx_cli.book.journal import Put, Write
from htx_cli.book.records import member_put
from htx_cli.domain.changes import Done
from htx_cli.domain.model import Member
from htx_cli.text import vietnamese
from htx_cli.text.errors import Phrase, Rejected

LONGEST_NAME = 300
LONGEST_ID = 80


def add_cluster(
    book: Book,
    intent: Intent,
    name: str,
    members: Sequence[str],
    id: str | None = None,
    since: date | None = None,
) -> Done[None]:
    """A new cluster; its members take their seats in the order given."""
    name = vietnamese.text_line(name, LONGEST_NAME, Phrase("name"))
    id = _cluster_id(id or _cut(vietnamese.slug(name)))
    since = since or date(book.today.year, 1, 1)

    def make(connection: Connection, _: object) -> list[Write]:
        clusters = read.clusters(connection)
        for cluster in clusters:
            if vietnamese.folded(cluster.name) == vietnamese.folded(name):
                raise Rejected("cluster_exists", name=cluster.name)
            if cluster.id == id:
                raise Rejected("id_taken", id=id, name=cluster.name)
        provinces = named(known(connection).provinces, members, since)
        return [
            Put("clusters", {"id": id, "name": name}),
            *(member_put(id, Member(p, seat, since)) for seat, p in enumerate(provinces, 1)),
        ]

    return book.commit(intent, make)


def _cut(slug: str) -> str:
    """An id made of a name, cut between two words if it is too long."""
    if len(slug) <= LONGEST_ID:
        return slug
    return slug[: LONGEST_ID + 1].rpartition("-")[0] or slug[:LONGEST_ID]


def _cluster_id(id: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", id) or len(id) > LONGEST_ID:
        raise Rejected("id_unreadable", value=id[:90])
    return id


def rename_cluster(book: Book, intent: Intent, name: str, on: date | None = None) -> Done[None]:
    """The cluster is called otherwise from a day on (default: today).

    What is shown of earlier days keeps the name of its time.
    """
    name = vietnamese.text_line(name, LONGEST_NAME, Phrase("name"))
    on = on or book.today

    def make(connection: Connection, _: object) -> list[Write]:
        cluster = the_cluster(book, connection)
        if name == cluster.name:
            return []
        for other in read.clusters(connection):
            if other != cluster and vietnamese.folded(other.name) == vietnamese.folded(name):
                raise Rejected("cluster_exists", name=other.name)
        eve = on - timedelta(days=1)
        if cluster.former and cluster.former[-1][0] >= eve:
            raise Rejected("name_since", day=cluster.former[-1][0] + timedelta(days=1))
        stood = {"cluster": cluster.id, "last_day": eve.isoformat(), "name": cluster.name}
        return [Put("clusters", {"id": cluster.id, "name": name}), Put("cluster_names", stood)]

    return book.commit(intent, make)
