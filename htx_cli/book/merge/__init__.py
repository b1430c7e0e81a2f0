"""Merge another copy into the book, in one transaction."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from htx_cli.book import read
from htx_cli.book.file import Connection, opened
from htx_cli.book.journal import Signature
from htx_cli.book.merge import other_copy
from htx_cli.book.merge.closed_years import ClosedYearConflict, closings, conflicts, seat_conflict
from htx_cli.book.write import closed_years, own_head, refuse_damage, replay, seal, transaction
from htx_cli.domain.changes import MOST_ROWS
from htx_cli.domain.merge import MergeOutcome, Resolution
from htx_cli.text.errors import Rejected

MOST_TOLD = 50  # changes of another copy that are handed back, each with its first rows
FIRST_ROWS = 4

Hold = Callable[[Connection, int, int, Sequence[ClosedYearConflict]], None]


def merge(
    path: Path,
    other: Path,
    signature: Signature,
    choice: Resolution,
    hold: Hold,
    *,
    dry_run: bool,
    wait: float,
) -> MergeOutcome:
    """Merge the changes that only another copy of the book has, as changes of their own.

    All of it in one transaction, or nothing: while a conflict is undecided, nothing is written.
    `hold` looks at what was made of the book; it is told the last change that both have in common,
    our last one before, and the conflicts with closed years and signed pacts. Raises Rejected if the two
    are no copies of one book, what `hold` raises, ReplayConflict, or BookUnusable.
    """
    with opened(path, wait, writing=True) as connection:
        refuse_damage(connection, path)
        other_copy.attach(connection, other)
        with transaction(connection, dry_run):
            if (plan := other_copy.plan(connection)) is None:
                raise Rejected("merge_strangers", path=path, other=other)
            other_copy.decide(connection, choice)
            made = MergeOutcome(
                str(other),
                plan.common,
                (),
                len(plan.new),
                tuple(other_copy.conflicts(connection)),
                *other_copy.differing(connection),
                None,
                dry_run,
                read.glossary(connection),
            )
            return made if made.undecided else _merge(connection, plan, made, signature, hold)


def _merge(
    connection: Connection,
    plan: other_copy.MergePlan,
    made: MergeOutcome,
    signature: Signature,
    hold: Hold,
) -> MergeOutcome:
    connection.execute("PRAGMA defer_foreign_keys = ON")
    since, before = read.last_change(connection)
    stood = closed_years.seats(connection)
    number = since
    ours = own_head(signature, 0)
    for theirs in plan.new:
        number += 1
        count = other_copy.take(connection, theirs, number)
        said = other_copy.head(connection, theirs)
        head = {name: said[name] for name in ours}
        head |= {"rows": count, "received_at": ours["at"], "received_by": ours["who"]}
        seal(connection, number, before, head, read.files(connection, number))
        replay.apply(connection, number)
        before = read.last_change(connection)[1]
    settled = None
    if count := other_copy.settle(connection, number + 1):
        seal(connection, number + 1, before, {**ours, "rows": count}, ())
        replay.apply(connection, number + 1)
        settled = read.change(connection, number + 1, MOST_ROWS)
    found = [*conflicts(connection, made.common, since)]
    found += _reseated(connection, Path(made.other), made.common, since, stood)
    hold(connection, made.common, since, found)
    first = (
        read.change(connection, each, FIRST_ROWS)
        for each in range(since + 1, number + 1)[:MOST_TOLD]
    )
    return replace(made, received=tuple(filter(None, first)), settled=settled)


def _reseated(
    connection: Connection, other: Path, common: int, since: int, stood: closed_years.ClosedSeats
) -> Iterator[ClosedYearConflict]:
    """Find closed years with other seats now than `stood` in the copy that closed them."""
    made = [*closings(connection, since)]
    if not made:
        return
    now = closed_years.seats(connection)
    with read.reading(other) as copy:
        theirs = closed_years.seats(copy)
    for closing in made:
        then = stood if closing.here else theirs
        at = closing.cluster, closing.year
        if now[at] != then[at]:
            yield seat_conflict(connection, closing, common, since)
