"""A signed pact changes by a decision only: what stood before is kept, with its last day."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from htx_cli.actions import Intent
from htx_cli.book import read
from htx_cli.book.file import Connection
from htx_cli.book.journal import Put, Write, canonical, key_of
from htx_cli.book.schema import COLUMNS, FORMER, KEYS
from htx_cli.domain.model import Amendment, Cluster, Pact, PactPart, Target
from htx_cli.text import vietnamese
from htx_cli.text.errors import Phrase, Rejected

LONGEST_NUMBER = 100


class Decision(Struct, frozen=True):
    """The paper that changes a signed pact, and the day from which the change is in force."""

    number: str | None = None
    on: date | None = None  # default: today


def amended(
    connection: Connection,
    cluster: Cluster,
    year: int,
    writes: Sequence[Write],
    intent: Intent,
    decision: Decision,
    today: date,
) -> list[Write]:
    """Return what a command writes to a pact; of a signed one with how its parts stood before.

    Raises Rejected if a signed pact changes without a reason and a decision, by one from before it was
    signed, or by one that says what another said already, or if one is named where none is needed.
    """
    state = read.year_state(connection, cluster.id, year)
    if state is None or state.pact is not Pact.SIGNED:
        if decision != Decision():
            raise Rejected("decision_not_here", year=str(year))
        return list(writes)
    changing = [write for write in writes if write.table in FORMER and _changes(connection, write)]
    kept = [write for write in writes if write.table != "years"]  # it was signed, so it stays
    if decision.on and state.signed_on and decision.on < state.signed_on:
        raise Rejected(
            "decision_unsigned", on=decision.on, year=str(year), signed_on=state.signed_on
        )
    if not changing:
        _refuse_another(connection, cluster, year, writes, decision)
        return kept
    if not (intent.because and decision.number):
        raise Rejected("decision_needed", year=str(year), on=state.signed_on)
    number = vietnamese.text_line(decision.number, LONGEST_NUMBER, Phrase("decision"))
    before = read.amendments(connection, cluster.id, year)
    first_day = decision.on or today
    return [*kept, *(_former(connection, write, before, number, first_day) for write in changing)]


def _refuse_another(
    connection: Connection, cluster: Cluster, year: int, writes: Sequence[Write], decision: Decision
) -> None:
    """Raises Rejected if what stands so already stands by another decision, or from another day."""
    amendments = read.amendments(connection, cluster.id, year)
    for write in writes:
        if write.table not in (PactPart.TARGET, PactPart.SHARE):
            continue
        earlier = _earlier(write, amendments)
        if not earlier:
            continue
        last = earlier[-1]
        same_paper = decision.number is None or decision.number.strip() == last.decision
        if same_paper and decision.on in (None, last.first_day):
            continue
        until = (last.first_day - timedelta(1)).isoformat()
        former = FORMER[write.table]
        changes = read.changes_of(
            connection, key_of(former, {**write.key, "last_day": until}), former
        )
        number = next((str(each.head.number) for each in changes if each.head), "")
        what = {"code": last.code, "decision": last.decision, "first_day": last.first_day}
        raise Rejected("decided_already", (), **what, number=number)


def _earlier(write: Write, amendments: Sequence[Amendment]) -> list[Amendment]:
    """Return the decisions on the part that a write is of, the earliest first."""
    part, key = PactPart(write.table), write.key
    of = (part, key.get("code", key.get("target", key.get("line"))), key.get("province"))
    return [each for each in amendments if (each.part, each.code, each.province) == of]


def _changes(connection: Connection, write: Write) -> bool:
    after = write.record if isinstance(write, Put) else None
    return canonical(read.record(connection, write.table, write.key)) != canonical(after)


def _former(
    connection: Connection,
    write: Write,
    amendments: Sequence[Amendment],
    number: str,
    first_day: date,
) -> Put:
    """Make the record of a part as it stood until the day before; of two for one day the later counts."""
    part, key = PactPart(write.table), write.key
    earlier = _earlier(write, amendments)
    last = max((each.first_day for each in earlier), default=None)
    if last and first_day < last:
        told = next(each for each in earlier if each.first_day == last)
        raise Rejected(
            "decision_before", code=told.code, decision=told.decision, first_day=last, on=first_day
        )
    standing: dict[str, Any] | None = read.record(connection, part, key)
    _check_kind(write, standing, earlier)
    table, until = FORMER[part], (first_day - timedelta(1)).isoformat()
    place = {**key, "last_day": until}
    if last == first_day:
        standing = read.record(connection, table, place)
        assert standing is not None
        return Put(table, {**standing, "decision": number})
    empty = dict.fromkeys(COLUMNS[table] - {*KEYS[table], "decision", "stood"})
    stood = {"decision": number, "stood": int(standing is not None)}
    return Put(table, {**empty, **(standing or {}), **place, **stood})


def _check_kind(
    write: Write, standing: dict[str, Any] | None, earlier: Sequence[Amendment]
) -> None:
    """Refuse another kind under the same code: figures of the year could not be judged by both."""
    if not isinstance(write, Put) or write.table != PactPart.TARGET:
        return
    kinds = {str(each.before.kind) for each in earlier if isinstance(each.before, Target)}
    kinds |= {standing["kind"]} if standing else set()
    if kinds - {str(write.record["kind"])}:
        year, code = str(write.record["year"]), write.record["code"]
        raise Rejected("target_kind_signed", code=code, year=year)
