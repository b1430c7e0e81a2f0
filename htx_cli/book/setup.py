"""Set up a year: the book, clusters and members, the targets of the pact and their shares."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from htx_cli import vietnamese
from htx_cli.book import Book, Intent, known, the_cluster
from htx_cli.errors import NotFound, Rejected
from htx_cli.model import Change, Cluster, Member, Province, Put, Remove, Target, Write
from htx_cli.names import Provinces
from htx_cli.store import Reader
from htx_cli.targets import JUDGED, Bound, Kind, Scope

LONGEST_TITLE = 300
LONGEST_SENTENCE = 2000


# -- the book --------------------------------------------------------------------------------------


def init(book: Book, intent: Intent) -> Change:
    """A new book with the register of provinces. Raises BookUnusable if one exists there."""
    from htx_cli import changes

    return changes.create(
        book.path,
        book.signature(intent),
        lambda _reader, _staging: list(register()),
        dry_run=intent.dry_run,
        wait=book.wait,
    )


def migrate(book: Book, intent: Intent) -> tuple[Change, Path | None]:
    """Bring an older book up to date; gives the change and the path of the copy that was kept."""
    from htx_cli import changes

    return changes.migrate(
        book.path, book.signature(intent), wait=book.wait, dry_run=intent.dry_run
    )


def register() -> Iterable[Write]:
    """The register of provinces as records: units, what became of them, other spellings."""
    import tomllib

    file = Path(__file__).parent.parent / "data" / "register.toml"
    register = tomllib.loads(file.read_text(encoding="utf-8"))
    yield Put("settings", {"name": "register", "value": register["edition"]})
    for group in register["groups"]:
        for unit in group["provinces"]:
            last_day = group.get("last_day")
            yield _province_put(
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


def _province_put(province: Province) -> Put:
    record = asdict(province)
    record |= {"first_day": province.first_day.isoformat(), "last_day": _iso(province.last_day)}
    return Put("provinces", record)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


# -- clusters and members --------------------------------------------------------------------------


def add_cluster(
    book: Book,
    intent: Intent,
    name: str,
    members: Sequence[str],
    id: str | None = None,
    since: date | None = None,
) -> Change:
    """A new cluster; its members take their seats in the order given."""
    name = vietnamese.text_line(name, LONGEST_TITLE, "NAME")
    id = _cluster_id(id or vietnamese.slug(name))
    since = since or date(book.today.year, 1, 1)

    def make(reader: Reader, _: object) -> list[Write]:
        clusters = reader.clusters()
        for cluster in clusters:
            if vietnamese.folded(cluster.name) == vietnamese.folded(name):
                raise Rejected("cluster_exists", name=cluster.name)
            if cluster.id == id:
                raise Rejected("id_taken", id=id, name=cluster.name)
        provinces = _named(known(reader).provinces, members, since)
        return [
            Put("clusters", {"id": id, "name": name}),
            *(_member(id, Member(p, seat, since)) for seat, p in enumerate(provinces, 1)),
        ]

    return book.commit(intent, make)


def _cluster_id(id: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", id) or len(id) > 80:
        raise Rejected("id_unreadable", value=id[:90])
    return id


def _named(provinces: Provinces, names: Sequence[str], on: date) -> list[Province]:
    found: list[Province] = []
    for name in names:
        province = provinces.find(name, on)
        if province in found:
            raise Rejected("member_twice", province=province.name)
        found.append(province)
    return found


def _member(cluster: str, member: Member) -> Put:
    return Put(
        "members",
        {
            "cluster": cluster,
            "province": member.province.id,
            "seat": member.seat,
            "first_day": member.first_day.isoformat(),
            "last_day": _iso(member.last_day),
        },
    )


def add_member(
    book: Book,
    intent: Intent,
    names: Sequence[str],
    since: date | None = None,
    seat: int | None = None,
) -> Change:
    """Provinces join the cluster from a day on, at the given seat or behind the last one."""
    since = since or date(book.today.year, 1, 1)
    if seat is not None and not 1 <= seat <= 999 - len(names) + 1:
        raise Rejected("seat_range", seat=str(seat))

    def make(reader: Reader, _: object) -> list[Write]:
        cluster = the_cluster(book, reader)
        ever = reader.members(cluster.id)
        staying = [m for m in ever if m.last_day is None or m.last_day >= since]
        first = seat or max((member.seat for member in staying), default=0) + 1
        writes: list[Write] = []
        joining = _named(known(reader).provinces, names, since)
        for number, province in enumerate(joining, first):
            for member in staying:
                if member.province == province:
                    raise Rejected("member_already", province=province.name)
                if member.seat == number:
                    raise Rejected("seat_taken", seat=str(number), province=member.province.name)
            writes.append(_member(cluster.id, Member(province, number, since)))
        return writes

    return book.commit(intent, make)


def remove_member(book: Book, intent: Intent, name: str, until: date) -> Change:
    """A province leaves the cluster; `until` is its last day. Its figures up to then stay."""

    def make(reader: Reader, _: object) -> list[Write]:
        cluster = the_cluster(book, reader)
        province = known(reader).provinces.find(name, until)
        sitting = reader.members(cluster.id)
        member = next((m for m in sitting if m.province == province and m.last_day is None), None)
        if member is None:
            names = [m.province.name for m in sitting if m.last_day is None]
            raise Rejected("not_a_member", province=province.name, on=until, known=names)
        if until < member.first_day:
            raise Rejected("until_before_since", until=until, since=member.first_day)
        later = reader.count_results(cluster.id, province=province.id, after=until)
        if later:
            raise Rejected(
                "member_results", province=province.name, count=str(later), until=until
            )
        return [_member(cluster.id, replace(member, last_day=until))]

    return book.commit(intent, make)


def add_province(book: Book, intent: Intent, name: str, since: date | None = None) -> Change:
    """A unit that the register does not have."""
    name = vietnamese.text_line(name, LONGEST_TITLE, "NAME")
    since = since or date(book.today.year, 1, 1)

    def make(reader: Reader, _: object) -> list[Write]:
        provinces = known(reader).provinces
        id = vietnamese.slug(name)
        if not id:
            raise Rejected("text_empty", what="NAME")
        for province in provinces.by_key.get(vietnamese.name_key(name), ()):
            if province.last_day is None or province.last_day >= since:
                raise Rejected("name_taken", name=name, id=province.id)
        if id in provinces.by_id:
            id = f"{id}-{since.year}"
        if id in provinces.by_id:
            raise Rejected("id_taken", id=id, name=provinces.by_id[id].name)
        return [_province_put(Province(id, name, None, since))]

    return book.commit(intent, make)


# -- targets ---------------------------------------------------------------------------------------


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
    code = vietnamese.code(code)
    kind = wanted.kind or Kind.COUNT
    line = wanted.line
    if line is None and kind is not Kind.TRACKED and (digits := re.match(r"\d+", code)):
        line = digits.group()
    target = _checked(Target(year, code, wanted.title or "", kind, line=line or None), wanted)

    def make(reader: Reader, _: object) -> list[Write]:
        cluster = the_cluster(book, reader)
        taken = {t.code.casefold() for t in reader.targets(cluster.id, year)}
        if code.casefold() in taken:
            raise Rejected("target_exists", code=code, year=str(year))
        return _target_writes(reader, cluster, target, wanted.line_text)

    return book.commit(intent, make)


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
            target.title if wanted.title is None else wanted.title, LONGEST_TITLE, "TITLE"
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
        raise Rejected("text_empty", what="--line")
    record = asdict(target)
    threshold = None if target.threshold is None else float(target.threshold)
    record |= {**place, "level": int(target.level), "threshold": threshold}
    writes.append(Put("targets", {k: _plain(v) for k, v in record.items()}))
    return writes


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value


def remove_target(book: Book, intent: Intent, code: str, year: int) -> Change:
    """Take a target back that was signed by mistake; refused while results stand for it."""

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
        if target.line and all(other.line != target.line for other in others):
            writes.append(Remove("lines", {**place, "line": target.line}))
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
            raise NotFound(
                "not_a_member", province=province.name, on=date(year, 1, 1), known=names
            )
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
