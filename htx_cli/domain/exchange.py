"""Rows of exports and templates, which are read back by an import. Pure values."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from htx_cli.domain.model import Cluster, Province, Result, Target

# The columns of an export, in their order; `intake` knows a table of ours by them.
EXPORTED = (
    "cluster", "year", "province", "target", "as_of", "basis",
    "value", "of", "base", "rate", "source", "note",
)  # fmt: skip


class Exported(Struct, frozen=True):
    """One result of the book with where it belongs."""

    cluster: str
    target: Target
    result: Result


class Question(Struct, frozen=True):
    """A target that a province is to report on, with what binds it.

    `before` is the province's last actual figure of the year before, with its target of that year.
    """

    target: Target
    threshold: Decimal | None
    before: tuple[Target, Result] | None = None


class Template(Struct, frozen=True):
    """A form for one province to fill in for a year; `as_of` is the date it will find there."""

    cluster: Cluster
    year: int
    province: Province
    as_of: date
    questions: tuple[Question, ...]
