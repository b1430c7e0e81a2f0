"""Rows of exports and templates, which are read back by an import. Pure values."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from htx_cli.domain.model import Cluster, Province, Result, Target

# The columns of an export, in their order; `importers` knows a table of ours by them.
EXPORTED = (
    "cluster", "year", "province", "target", "as_of", "basis",
    "value", "of", "base", "rate", "source", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exported:
    """One result of the book with where it belongs."""

    cluster: str
    target: Target
    result: Result


@dataclass(frozen=True, slots=True)
class Question:
    """A target that a province is to report on, with what binds it.

    `before` is the province's last actual figure of the year before, with its target of that year.
    """

    target: Target
    threshold: Decimal | None
    before: tuple[Target, Result] | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """A form for one province to fill in for a year; `as_of` is the date it will find there."""

    cluster: Cluster
    year: int
    province: Province
    as_of: date
    questions: tuple[Question, ...]
