"""The pact of a year: its targets, its lines, and what single provinces have of their own."""

import re
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from htx_cli import vietnamese
from htx_cli.book import Book, Intent, known, the_cluster
from htx_cli.errors import NotFound, Phrase, Rejected
from htx_cli.journal import Change, Put, Remove, Write
from htx_cli.model import Cluster, Target
from htx_cli.store import Reader
from htx_cli.targets import JUDGED, Bound, Kind, Scope

LONGEST_TITLE = 300
LONGEST_SENTENCE = 2000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a command says of a target; None where it says nothing."""

    title: str | None = None
    kind: Kind | None = None
    bound: Bound | None = None
    threshold: Decimal | None = None
    level: bool | None = None
    base_year: int | None = None
    line: str | None = None
    line_text: str | None = None
    of_title: str | None = None
    unit: str | None = None
    scope: Scope | None = None
    note: str | None = None


def add_target(book: Book, intent: Intent, code: str, year: int, wanted: Wanted) -> Change:
    """Sign a target for a year. Without a line, a judged target's leading digits name it: 1a → 1."""
    target = drafted(code, year, wanted)

    def make(reader: Reader, _: object) -> list[Write]:
        cluster = the_cluster(book, reader)
        _free(reader, cluster, target.code, year)
        return _target_writes(reader, cluster, target, wanted.line_text)

    return book.commit(intent, make)


def drafted(code: str, year: int, wanted: Wanted) -> Target:
    """The target as it would be signed. Raises Rejected for what does not fit together."""
    code = vietnamese.code(code)
    kind = wanted.kind or Kind.COUNT
    line = wanted.line
    if line is None and kind is not Kind.TRACKED and (digits := re.match(r"\d+", code)):
        line = digits.group()
    return _checked(Target(year, code, wanted.title or "", kind, line=line or None), wanted)


def signing_cluster(book: Book) -> Cluster:
    """Whose target it will be, to be known before anything is asked. Raises NotFound, BookUnusable."""
    with book.reading() as reader:
        return the_cluster(book, reader)


def free_code(book: Book, text: str, year: int) -> str:
    """The code, if no target of that year has it. Raises Rejected, NotFound for the cluster."""
    code = vietnamese.code(text)
    with book.reading() as reader:
        _free(reader, the_cluster(book, reader), code, year)
    return code


def _free(reader: Reader, cluster: Cluster, code: str, year: int) -> None:
    if code.casefold() in {t.code.casefold() for t in reader.targets(cluster.id, year)}:
        raise Rejected("target_exists", code=code, year=str(year))


def change_target(book: Book, intent: Intent, code: str, year: int, wanted: Wanted) -> Change:
    """Change what is said of a signed target; the journal keeps how it stood."""

    def make(reader: Reader, _: object) -> list[Write]:
        cluster = the_cluster(book, reader)
        target = known(reader).target(cluster, year, code)
        if wanted.kind and wanted.kind is not target.kind:
            count = reader.count_results(cluster.id, year, target.code)
            if count:
                raise Rejected("target_kind_fixed", code=target.code, count=str(count))
            target = replace(target, kind=wanted.kind, level=False, base_year=None)
            if wanted.kind not in JUDGED:
                target = replace(target, bound=None, threshold=None)
        changed = _checked(replace(target, line=wanted.line or target.line), wanted)
        return _target_writes(reader, cluster, changed, wanted.line_text)

    return book.commit(intent, make)


def _checked(target: Target, wanted: Wanted) -> Target:
    """The target with what is wanted of it; refuses what does not fit its kind."""
    kind, bound, threshold = target.kind, target.bound, target.threshold
    if wanted.bound is not None:
        bound, threshold = wanted.bound, wanted.threshold
    if kind in JUDGED and bound is None:
        raise Rejected("bound_needed", kind=kind)
    if kind not in JUDGED and bound is not None:
        raise Rejected("bound_not_here", kind=kind)
    if kind is Kind.RATIO and threshold is not None and not 0 <= threshold <= 100:
        raise Rejected("threshold_range", value=threshold)
    if kind is Kind.COUNT and threshold is not None and threshold < 0:
        raise Rejected("value_negative", what=target.code, value=threshold)
    level = target.level if wanted.level is None else wanted.level
    if level and kind is not Kind.COUNT:
        raise Rejected("level_not_here", kind=kind)
    base_year = wanted.base_year or target.base_year
    if kind is Kind.GROWTH:
        base_year = base_year or target.year - 1
        if base_year >= target.year:
            raise Rejected("base_year_late", base_year=str(base_year), year=str(target.year))
    elif wanted.base_year:
        raise Rejected("base_year_not_here", kind=kind)
    of_title = _text(wanted.of_title, target.of_title, LONGEST_TITLE)
    if of_title and kind not in (Kind.RATIO, Kind.TRACKED):
        raise Rejected("of_title_not_here", kind=kind)
    return replace(
        target,
        title=vietnamese.text_line(
            target.title if wanted.title is None else wanted.title, LONGEST_TITLE, Phrase("title")
        ),
        bound=bound,
        threshold=threshold,
        level=level,
        base_year=base_year,
        line=vietnamese.code(target.line) if target.line else None,
        of_title=of_title,
        unit=_text(wanted.unit, target.unit, 60),
        scope=wanted.scope or target.scope,
        note=_text(wanted.note, target.note, LONGEST_SENTENCE),
    )


def _text(wanted: str | None, standing: str | None, limit: int) -> str | None:
    """The new text, none if it is empty, or what stood there if nothing was said."""
    if wanted is None:
        return standing
    return vietnamese.text_line(wanted, limit) or None


def _target_writes(
    reader: Reader, cluster: Cluster, target: Target, line_text: str | None
) -> list[Write]:
    place: dict[str, Any] = {"cluster": cluster.id, "year": target.year}
    writes: list[Write] = []
    if target.year not in reader.years(cluster.id):
        writes.append(Put("years", {**place, "state": "open"}))
    if target.line:
        standing = reader.lines(cluster.id, target.year).get(target.line)
        text = _text(line_text, standing, LONGEST_SENTENCE)
        writes.append(Put("lines", {**place, "line": target.line, "text": text}))
    elif line_text:
        raise Rejected("line_needed")
    record = asdict(target)
    threshold = None if target.threshold is None else float(target.threshold)
    record |= {**place, "level": int(target.level), "threshold": threshold}
    writes.append(Put("targets", {k: _plain(v) for k, v in record.items()}))
    return writes


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value


def remove_target(book: Book, intent: Intent, code: str, year: int) -> Change:
    """Take a target back that was signed by mistake; refused while results stand for it.

    Lines that have no target then go with it, and with the last target its year.
    """

    def make(reader: Reader, _: object) -> list[Write]:
        cluster = the_cluster(book, reader)
        target = known(reader).target(cluster, year, code)
        count = reader.count_results(cluster.id, year, target.code)
        if count:
            raise Rejected("target_in_use", code=target.code, year=str(year), count=str(count))
        place = {"cluster": cluster.id, "year": year}
        writes: list[Write] = [
            Remove("shares", {**place, "target": share.target, "province": share.province})
            for share in reader.shares(cluster.id, year)
            if share.target == target.code
        ]
        writes.append(Remove("targets", {**place, "code": target.code}))
        others = [t for t in reader.targets(cluster.id, year) if t.code != target.code]
        kept = {other.line for other in others}
        lines = reader.lines(cluster.id, year)
        writes += [Remove("lines", {**place, "line": line}) for line in lines if line not in kept]
        if not others:
            writes.append(Remove("years", place))
        return writes

    return book.commit(intent, make)


def set_share(
    book: Book,
    intent: Intent,
    name: str,
    code: str,
    year: int,
    threshold: Decimal | None = None,
    as_signed: bool = False,
) -> Change:
    """A province's own threshold; none: the target is not assigned to it; or back to as signed."""

    def make(reader: Reader, _: object) -> list[Write]:
        cluster = the_cluster(book, reader)
        everything = known(reader)
        target = everything.target(cluster, year, code)
        province = everything.provinces.find(name, date(year, 1, 1))
        sitting = [
            m.province
            for m in reader.members(cluster.id)
            if m.first_day.year <= year and (m.last_day is None or m.last_day.year >= year)
        ]
        if province not in sitting:
            names = [each.name for each in sitting]
            raise NotFound("not_a_member", province=province.name, on=date(year, 1, 1), known=names)
        key = {"cluster": cluster.id, "year": year}
        key |= {"target": target.code, "province": province.id}
        if as_signed:
            return [Remove("shares", key)]
        if target.kind is Kind.TRACKED:
            raise Rejected("tracked_not_assigned", code=target.code)
        if threshold is not None and target.kind not in JUDGED:
            raise Rejected("share_not_here", code=target.code, kind=target.kind)
        _checked(target, Wanted(bound=target.bound, threshold=threshold))
        share = None if threshold is None else float(threshold)
        return [Put("shares", {**key, "threshold": share})]

    return book.commit(intent, make)
