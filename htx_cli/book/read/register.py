"""Read the register of provinces: names, spellings, and which succeeded which."""

from htx_cli.book.file import Connection
from htx_cli.book.records import PROVINCES, succession_of
from htx_cli.domain.model import Province, Succession


def provinces(connection: Connection) -> tuple[Province, ...]:
    """List every unit of the register, in no special order."""
    return tuple(PROVINCES.load(row) for row in connection.rows("SELECT * FROM provinces"))


def aliases(connection: Connection) -> tuple[tuple[str, str], ...]:
    """List other spellings, each with the id of a province it stands for."""
    return tuple((r["alias"], r["province"]) for r in connection.rows("SELECT * FROM aliases"))


def successors(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Return the successors of each province id that went into others."""
    found: dict[str, tuple[str, ...]] = {}
    for row in connection.rows("SELECT * FROM successions ORDER BY predecessor, successor"):
        found[row["predecessor"]] = (*found.get(row["predecessor"], ()), row["successor"])
    return found


def successions(connection: Connection) -> tuple[Succession, ...]:
    """List which unit went into which, and when."""
    rows = connection.rows("SELECT * FROM successions ORDER BY day, successor, predecessor")
    known = {province.id: province for province in provinces(connection)} if rows else {}
    return tuple(succession_of(row, known.__getitem__) for row in rows)
