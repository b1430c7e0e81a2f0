"""The pact of a year: its targets, its lines, and what single provinces have of their own."""

from datetime import date
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from htx_cli.actions import Book, Intent, known, membership_of, the_cluster
from htx_cli.actions.decisions import Decision, amended
from htx_cli.book import read
from htx_cli.book.file import Connection
from htx_cli.book.journal import Remove, Write
from htx_cli.book.records import LINES, SHARES, TARGETS, year_put
from htx_cli.domain.changes import Done
from htx_cli.domain.model import Cluster, Line, Member, Pact, Province, Share, Target, YearState
from htx_cli.domain.names import stranger, told_apart
from htx_cli.domain.pact import (
    LONGEST_SENTENCE,
    Wanted,
    check_share,
    checked,
    drafted,
    new_text,
    of_kind,
)
from htx_cli.domain.progress import member_day
from htx_cli.domain.targets import Kind, Scope
from htx_cli.text import vietnamese
from htx_cli.text.errors import NotFound, Rejected

_NONE = Decision()


def add_target(
    book: Book, intent: Intent, code: str, year: int, wanted: Wanted, decision: Decision = _NONE
) -> Done[None]:
    """Sign a target for a year. Without a line, a judged target's leading digits name it: 1a → 1."""
    target = drafted(code, year, wanted)

    def make(connection: Connection, _: object) -> list[Write]:
        cluster = the_cluster(book, connection)
        _free(connection, cluster, target.code, year)
        writes = _target_writes(connection, cluster, target, wanted.line_text)
        return amended(connection, cluster, year, writes, intent, decision, book.today)

    return book.commit(intent, make)


def signing_cluster(book: Book) -> Cluster:
    """Return the cluster of a new target, before anything is asked. Raises NotFound, BookUnusable."""
    with book.reading() as connection:
        return the_cluster(book, connection)


def free_code(book: Book, text: str, year: int) -> str:
    """The code, if no target of that year has it. Raises Rejected, NotFound for the cluster."""
    code = vietnamese.code(text)
    with book.reading() as connection:
        _free(connection, the_cluster(book, connection), code, year)
    return code


def _free(connection: Connection, cluster: Cluster, code: str, year: int) -> None:
    if code.casefold() in {t.code.casefold() for t in read.targets(connection, cluster.id, year)}:
        raise Rejected("target_exists", code=code, year=str(year))


def change_target(
    book: Book, intent: Intent, code: str, year: int, wanted: Wanted, decision: Decision = _NONE
) -> Done[None]:
    """Change what is said of a signed target; the journal keeps how it stood.

    While results stand, another unit, whole or level needs a reason. Raises Rejected, NotFound.
    """

    def make(connection: Connection, _: object) -> list[Write]:
        cluster = the_cluster(book, connection)
        target = known(connection).target(cluster, year, code)
        kept = of_kind(target, wanted.kind or target.kind)
        changed = checked(replace(kept, line=wanted.line or target.line), wanted)
        _fits_results(connection, cluster, target, changed)
        if not intent.because:
            _means_the_same(connection, cluster, target, changed)
        _fits_shares(connection, cluster, changed)
        writes = _target_writes(connection, cluster, changed, wanted.line_text)
        writes += _left_empty(connection, cluster, target, changed)
        return amended(connection, cluster, year, writes, intent, decision, book.today)

    return book.commit(intent, make)


def _fits_results(connection: Connection, cluster: Cluster, before: Target, after: Target) -> None:
    """Refuse what would leave results standing that could not be recorded so.

    A figure is one of its kind; one of the whole cluster needs a target that takes it; a base or a
    growth rate was measured from a certain year. A count stands as it is, cumulative or a level.
    """
    code, whole = before.code, read.history(connection, cluster.id, before.year, before.code, None)
    count = read.count_results(connection, cluster.id, before.year, code)
    if count and after.kind is not before.kind:
        raise Rejected("target_kind_fixed", code=code, count=str(count))
    if whole and after.scope is Scope.EACH and after.kind is not Kind.TRACKED:
        raise Rejected("target_scope_fixed", code=code, count=str(len(whole)))
    over = read.count_results(connection, cluster.id, before.year, code, over_base=True)
    if over and after.base_year != before.base_year:
        base_year = str(before.base_year)
        raise Rejected("target_base_fixed", code=code, base_year=base_year, count=str(over))


def _means_the_same(
    connection: Connection, cluster: Cluster, before: Target, after: Target
) -> None:
    """Refuse what would let standing results mean something else."""
    asked = [(each.unit, each.of_title, each.level) for each in (before, after)]
    count = read.count_results(connection, cluster.id, before.year, before.code)
    if count and asked[0] != asked[1]:
        year = str(before.year)
        raise Rejected("target_meaning", code=before.code, year=year, count=str(count))


def _fits_shares(connection: Connection, cluster: Cluster, target: Target) -> None:
    """Refuse a target for which a province has a share that could not be given so."""
    unfit = set()
    for share in read.shares(connection, cluster.id, target.year):
        if share.target == target.code:
            try:
                check_share(target, share.threshold)
            except Rejected:
                unfit.add(share.province)
    if unfit:
        named = [province for province in read.provinces(connection) if province.id in unfit]
        named.sort(key=lambda province: vietnamese.sort_key(province.name))
        raise Rejected(
            "target_shares",
            code=target.code,
            year=str(target.year),
            kind=target.kind,
            known=told_apart(named),
        )


def _target_writes(
    connection: Connection, cluster: Cluster, target: Target, line_text: str | None
) -> list[Write]:
    place: dict[str, Any] = {"cluster": cluster.id, "year": target.year}
    writes: list[Write] = []
    if target.year not in read.years(connection, cluster.id):
        writes.append(year_put(cluster, target.year, YearState(closed=False)))
    if target.line:
        standing = read.lines(connection, cluster.id, target.year).get(target.line)
        text = new_text(line_text, standing, LONGEST_SENTENCE)
        writes.append(LINES.put(Line(target.line, text), **place))
    elif line_text:
        raise Rejected("line_needed")
    return [*writes, TARGETS.put(target, cluster=cluster.id)]


def remove_target(
    book: Book, intent: Intent, code: str, year: int, decision: Decision = _NONE
) -> Done[None]:
    """Take a target back that was signed by mistake; refused while results stand for it.

    Lines that have no target then go with it, and with the last target its year; also what documents
    proved of figures that were withdrawn.
    """

    def make(connection: Connection, _: object) -> list[Write]:
        cluster = the_cluster(book, connection)
        target = known(connection).target(cluster, year, code)
        count = read.count_results(connection, cluster.id, year, target.code)
        if count:
            raise Rejected("target_in_use", code=target.code, year=str(year), count=str(count))
        place = {"cluster": cluster.id, "year": year}
        writes: list[Write] = [
            Remove("shares", {**place, "target": share.target, "province": share.province})
            for share in read.shares(connection, cluster.id, year)
            if share.target == target.code
        ]
        writes += [
            Remove("evidence", key)
            for key in read.evidence_keys(connection, cluster.id, year, target.code)
        ]
        writes.append(Remove("targets", {**place, "code": target.code}))
        writes += _left_empty(connection, cluster, target)
        return amended(connection, cluster, year, writes, intent, decision, book.today)

    return book.commit(intent, make)


def _left_empty(
    connection: Connection, cluster: Cluster, before: Target, after: Target | None = None
) -> list[Write]:
    """Remove the lines that have no target any longer, and with the last one the year."""
    place = {"cluster": cluster.id, "year": before.year}
    left = [t for t in read.targets(connection, cluster.id, before.year) if t.code != before.code]
    left += [after] if after else []
    kept = {target.line for target in left}
    lines = read.lines(connection, cluster.id, before.year)
    writes: list[Write] = [
        Remove("lines", {**place, "line": line}) for line in lines if line not in kept
    ]
    return writes if left else [*writes, Remove("years", place)]


def members_in(connection: Connection, cluster: Cluster, year: int) -> list[Member]:
    """Return the members on any day of the year, in seat order."""
    return [
        member
        for member in membership_of(connection, cluster).ever
        if member.first_day.year <= year and (member.until is None or member.until.year >= year)
    ]


def set_share(
    book: Book,
    intent: Intent,
    name: str,
    code: str,
    year: int,
    threshold: Decimal | None = None,
    as_signed: bool = False,
    per_cent: bool = False,
    decision: Decision = _NONE,
) -> Done[None]:
    """A province's own threshold; none: the target is not assigned to it; or back to as signed.

    The name is that of its bearer on the day from which the share holds: the decision's, else today,
    within the year. In a signed pact the province exists on that day. `per_cent` says that the
    threshold was written with its sign. Raises NotFound, Rejected.
    """

    def make(connection: Connection, _: object) -> list[Write]:
        cluster = the_cluster(book, connection)
        everything = known(connection)
        target = everything.target(cluster, year, code)
        day = member_day(year, decision.on or book.today)
        province = everything.provinces.in_year(name, day)
        sitting = [member.province for member in members_in(connection, cluster, year)]
        membership = membership_of(connection, cluster)
        if province not in sitting:
            raise stranger(NotFound, province, day, sitting, membership)
        state = read.year_state(connection, cluster.id, year)
        if state and state.pact is Pact.SIGNED and not province.valid_on(day):
            raise _not_then(connection, province, day)
        key = {"cluster": cluster.id, "year": year}
        key |= {"target": target.code, "province": province.id}
        write: Write = Remove("shares", key)
        if not as_signed:
            check_share(target, threshold, per_cent)
            share = Share(province.id, target.code, threshold)
            write = SHARES.put(share, cluster=cluster.id, year=year)
        return amended(connection, cluster, year, [write], intent, decision, book.today)

    return book.commit(intent, make)


def _not_then(connection: Connection, province: Province, on: date) -> NotFound:
    """The error that a province does not exist on the day from which its share would hold."""
    if on < province.first_day:
        name, id, day = province.name, province.id, province.first_day
        return NotFound("share_before", province=name, id=id, first_day=day, on=on)
    became = [s for s in read.successions(connection) if s.predecessor == province]
    named, *into = told_apart([province, *(s.successor for s in became)])
    what: dict[str, object] = {"province": named, "last_day": province.last_day, "on": on}
    if not became:
        return NotFound("share_after", **what)
    return NotFound("share_gone", successor=into[0], id=became[0].successor.id, **what)
