"""The book as a file: make a new one with the register, bring an older one up to date."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from htx_cli.actions import Book, Intent
from htx_cli.book.journal import Put, Write
from htx_cli.book.records import PROVINCES
from htx_cli.domain.changes import Done
from htx_cli.domain.model import Province
from htx_cli.text.errors import BookUnusable, NotFound


def init(book: Book, intent: Intent) -> Done[None]:
    """A new book with the register of provinces.

    Raises BookUnusable if one exists there, NotFound if a cluster is named: it has none yet.
    """
    from htx_cli.book import write

    if book.cluster is not None:
        raise NotFound("cluster_none")
    change = write.create(
        book.path,
        book.signature(intent),
        lambda _connection, _staging: list(register()),
        dry_run=intent.dry_run,
        wait=book.wait,
    )
    return Done(change, (), None)


def migrate(book: Book, intent: Intent) -> Done[Path | None]:
    """Bring an older book up to date; the answer is the path of the copy that was kept."""
    from htx_cli.book import write

    with suppress(BookUnusable), book.reading():
        pass  # a cluster that is named is there, as far as an older book can be asked
    change, copy = write.migrate(
        book.path, book.signature(intent), wait=book.wait, dry_run=intent.dry_run
    )
    return Done(change, (), copy)


def register() -> Iterable[Write]:
    """The register of provinces as records: units, what became of them, other spellings."""
    import tomllib
    from importlib.resources import files

    text = files("htx_cli").joinpath("data/register.toml").read_text(encoding="utf-8")
    register = tomllib.loads(text)
    yield Put("settings", {"name": "register", "value": register["edition"]})
    for group in register["groups"]:
        for unit in group["provinces"]:
            last_day = group.get("last_day")
            yield PROVINCES.put(
                Province(unit["id"], unit["name"], unit["code"], group["first_day"], last_day)
            )
    for event in register["successions"]:
        for unit in event["units"]:
            for predecessor in unit["from"]:
                record = {"predecessor": predecessor, "successor": unit["to"]}
                record |= {"day": event["on"].isoformat(), "kind": event["kind"]}
                yield Put("successions", record)
    for alias, ids in register["aliases"].items():
        for id in ids:
            yield Put("aliases", {"alias": alias, "province": id})
