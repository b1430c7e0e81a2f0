"""Look-up of provinces, clusters and targets by the text that names them. Pure.

A name is found in any spelling, or by its id. Nothing is guessed: what is not found raises NotFound
with the nearest names, what has two meanings raises it with both.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, lru_cache

from msgspec import Struct, field

from htx_cli.domain.membership import Membership
from htx_cli.domain.model import Cluster, Member, Province, Share, Succession, Target, Unseated
from htx_cli.domain.targets import Kind
from htx_cli.text.errors import HtxError, NotFound, Phrase, unknown
from htx_cli.text.vietnamese import folded, name_key, natural_key, nearest, sort_key, tidy

ALL = ("all", "toan cum", "ca cum")  # the whole cluster, in the place of a province
_MOST_NEAR = 100  # unknown names of which the nearest are looked for
_LONGEST_GROWTH = 5  # years from a base year to the target that is looked for


class Register(Struct, frozen=True):
    """The register, to be asked for a name as of a day."""

    all: tuple[Province, ...]
    by_id: Mapping[str, Province]
    by_key: Mapping[str, tuple[Province, ...]]
    load_successions: Callable[[], Iterable[Succession]] = tuple
    near: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        provinces: Iterable[Province],
        aliases: Iterable[tuple[str, str]] = (),
        load_successions: Callable[[], Iterable[Succession]] = tuple,
    ) -> "Register":
        """Prepare the provinces and their other spellings for look-ups.

        Who went into whom is loaded only when somebody asks for one that is no more.
        """
        everyone = tuple(provinces)
        by_id = {province.id: province for province in everyone}
        by_key: dict[str, tuple[Province, ...]] = {}
        for key, province in [
            *((name_key(p.name), p) for p in everyone),
            *((name_key(alias), by_id[id]) for alias, id in aliases),
        ]:
            if province not in by_key.get(key, ()):
                by_key[key] = (*by_key.get(key, ()), province)
        return cls(everyone, by_id, by_key, load_successions)

    def named(self, text: str, on: date) -> Province | None:
        """The one province that bears this name, or has this id, on that day, if there is one."""
        exact = self.by_id.get(text.strip().lower())
        if exact and exact.valid_on(on):
            return exact
        valid = [p for p in self.by_key.get(name_key(text), ()) if p.valid_on(on)]
        return valid[0] if len(valid) == 1 else None

    def find(self, text: str, on: date) -> Province:
        """The province that bears this name, or has this id, on that day. Raises NotFound."""
        plain = text.strip().lower()
        exact = self.by_id.get(plain)
        if exact and (exact.valid_on(on) or plain[-1:].isdigit()):
            return exact
        named = self.by_key.get(name_key(text), ())
        valid = [province for province in named if province.valid_on(on)]
        if len(valid) == 1:
            return valid[0]
        if valid:
            matches = [f"{province.name} ({province.id})" for province in valid]
            raise NotFound("province_ambiguous", name=text, matches=matches)
        if named:
            raise self._of_another_time(text, named, on)
        alive = [province.name for province in self.all if province.valid_on(on)]
        if text not in self.near and len(self.near) < _MOST_NEAR:
            self.near[text] = nearest(text, alive)
        raise unknown(NotFound, "province_unknown", self.near.get(text, ()), name=text)

    def _of_another_time(self, text: str, named: Sequence[Province], on: date) -> NotFound:
        """Build the error on a name of another time: where it went, else when each began or ended."""
        into = {each.predecessor: each for each in self.load_successions()}
        gone = [p for p in named if p in into and into[p].day <= on]
        if len(gone) != 1:
            known = [_lifetime(province, on) for province in named]
            return NotFound("province_other_time", name=text, known=known)
        first = last = into[gone[0]]
        while (further := into.get(last.successor)) and further.day <= on:
            last = further
        told = told_apart([gone[0], last.successor])[0]
        return NotFound(
            "province_renamed" if first is last and first.kind == "renamed" else "province_gone",
            province=told,
            successor=last.successor.name,
            id=last.successor.id,
            day=last.day,
            eve=first.day - timedelta(days=1),
        )

    def in_year(self, text: str, on: date) -> Province:
        """The province that a name means in the year of `on`. Raises NotFound.

        An id, written as it is, is that of its province. A name is that of its bearer on the day,
        else of the only one that bore it on another day of the year. This is the rule for what is
        said of a whole year, in which provinces may have merged.
        """
        bearers = self.bearers(text, on.year)
        exact = self.by_id.get(text.strip())
        if exact in bearers:
            return exact
        if named := self.named(text, on):
            return named
        return bearers[0] if len(bearers) == 1 else self.find(text, on)

    def bearers(self, text: str, year: int) -> tuple[Province, ...]:
        """Return who bore the name on a day of the year, the last one first; of an id, its province."""
        exact = self.by_id.get(text.strip())
        named = (exact,) if exact else self.by_key.get(name_key(text), ())
        living = [province for province in named if province.in_year(year)]
        return tuple(sorted(living, key=lambda province: province.first_day, reverse=True))

    def told(self, province: Province, year: int) -> str:
        """Its name; with its id where another one bore the same name on a day of the year."""
        namesakes = (p for p in self.all if p.name == province.name and p.in_year(year))
        return told_apart([province, *namesakes])[0]

    def find_unless_all(self, text: str, on: date) -> Province | None:
        """Find as `find`; but return None where a word for the whole cluster stands. Raises NotFound."""
        return None if means_all(text) else self.find(text, on)


def means_all(text: str) -> bool:
    """Tell whether the text means the whole cluster, in the place of a province."""
    return folded(text) in ALL


def _lifetime(province: Province, on: date) -> Phrase:
    named = f"{province.name} ({province.id})"
    if province.last_day and province.last_day < on:
        return Phrase("province_until", {"province": named, "day": province.last_day})
    return Phrase("province_from", {"province": named, "day": province.first_day})


def told_apart(provinces: Iterable[Province]) -> list[str]:
    """Their names for one sentence; where two bear the same, each with its id: `Cần Thơ (can-tho)`."""
    told = list(provinces)
    bearers = Counter(name for name, _ in {(p.name, p.id) for p in told})
    return [f"{p.name} ({p.id})" if bearers[p.name] > 1 else p.name for p in told]


def unseated_words(unseated: Unseated) -> dict[str, object]:
    """Return, for a sentence, who came of whom, and whom the cluster lacked."""
    parts = [part.province for part in unseated.parts]
    named = told_apart([unseated.province, *parts, *unseated.others])
    return {
        "province": named[0],
        "id": unseated.province.id,
        "day": unseated.day,
        "parts": named[1 : 1 + len(parts)],
        "others": named[1 + len(parts) :],
    }


def find_cluster(named: str | None, clusters: Sequence[Cluster]) -> Cluster:
    """The cluster with this id or name, today's or a former one; without one, the only one there is."""
    known = [cluster.id for cluster in clusters]
    if not clusters:
        raise NotFound("cluster_none")
    if named is None:
        if len(clusters) == 1:
            return clusters[0]
        raise NotFound("cluster_needed", known=known)
    wanted = folded(named)
    for cluster in clusters:
        if wanted in (folded(cluster.id), folded(cluster.name)):
            return cluster
    former = [c for c in clusters if wanted in (folded(name) for _, name in c.former)]
    if len(former) == 1:
        return former[0]
    parts = [cluster for cluster in clusters if wanted and wanted in folded(cluster.name)]
    if len(parts) == 1:
        return parts[0]
    raise NotFound("cluster_unknown", name=named, known=known)


_SHORTEST_PART = 8  # characters of a title that can be unmistakable
_NUMBERED = re.compile(r"\(?([0-9]{1,2}[a-zđ]?|[ivx]{1,4})\s*[.):\-–/]\s*(.*)", re.I | re.S)
_BRACKETS = re.compile(r"\(([^()]*)\)")
_LEADING = re.compile(r"^(?:ket qua thuc hien|ket qua|thuc hien|chi tieu|luy ke) ")
_folded_title = lru_cache(maxsize=1024)(folded)  # titles are few, and compared with every name
_CALLED = re.compile(r"chỉ tiêu\s+([0-9]{1,2}[a-zđ]?)", re.I)


def titled(text: str, targets: Iterable[Target]) -> Target | None:
    """The one target that the words name: by its title, or by a part of it that no other has.

    Beside the title only its code, its unit, its own year and words such as *kết quả* may stand:
    a plan, an estimate or another year is another figure. A number before the words must be that
    target's code or no code at all: in `2. Số HTX thành lập mới` the 2 may be a running number, and
    then nothing is certain.
    """
    everyone = list(targets)
    by_code = {target.code.casefold(): target for target in everyone}
    bare = tidy(text)
    if called := _CALLED.fullmatch(bare):
        return by_code.get(called[1].casefold())
    numbered = _NUMBERED.fullmatch(bare)
    found = _by_words(numbered[2] if numbered else bare, everyone)
    coded = by_code.get(numbered[1].casefold()) if numbered else None
    if coded is None or found is coded:
        return found
    return coded if numbered and not folded(numbered[2]) else None


def _by_words(text: str, targets: Sequence[Target]) -> Target | None:
    said = folded(text)
    if same := [
        t for t in targets if _folded_title(t.title) == said and ("%" in t.title) == ("%" in text)
    ]:
        return same[0] if len(same) == 1 else None
    brackets = _BRACKETS.findall(text)
    if "%" in _BRACKETS.sub(" ", text):
        return None
    fitting = [t for t in targets if all(_fits(bracket, t) for bracket in brackets)]
    year = str(targets[0].year) if targets else ""
    wanted = _bare_title(folded(_BRACKETS.sub(" ", text)), year)
    exact = [target for target in fitting if _folded_title(target.title) == wanted]
    parts = exact or [
        target
        for target in fitting
        if len(wanted) >= _SHORTEST_PART and f" {wanted} " in f" {_folded_title(target.title)} "
    ]
    sure = exact or any(folded(b) == folded(t.code) for b in brackets for t in parts)
    everywhere = [t for t in targets if f" {wanted} " in f" {_folded_title(t.title)} "]
    return parts[0] if len(parts) == 1 and (sure or len(everywhere) == 1) else None


def _bare_title(words: str, year: str) -> str:
    """The words without those that only say that a figure of this year follows."""
    before = ""
    while words != before:
        before = words
        words = _LEADING.sub("", words)
        words = re.sub(rf" (?:(?:trong )?nam {year}|{year}|thuc hien|ket qua|luy ke)$", "", words)
    return words


def _fits(bracket: str, target: Target) -> bool:
    """Tell whether the text in brackets is the target's own code, unit or sign."""
    plain = folded(bracket)
    if plain in (folded(target.code), folded(target.unit or target.code)):
        return True
    if bracket.strip() == "%":
        return target.kind in (Kind.RATIO, Kind.GROWTH)
    return (
        target.unit is None and bool(plain) and f" {plain} " in f" {_folded_title(target.title)} "
    )


class Setup(Struct, frozen=True):
    """The pact of a cluster in a year: its targets and shares."""

    cluster: Cluster
    year: int
    targets: Mapping[str, Target]
    shares: Mapping[tuple[str, str], Share]

    def get(self, text: str) -> Target | None:
        """The target with this code, in any case of letters."""
        wanted = tidy(text)
        if target := self.targets.get(wanted):
            return target
        same = (t for code, t in self.targets.items() if code.casefold() == wanted.casefold())
        return next(same, None)

    def find(self, text: str, of_year: "Callable[[int], Setup] | None" = None) -> Target:
        """Find as `get`, or by its title. Raises NotFound.

        With `of_year` the error says which year near this one has the code.
        """
        if target := self.get(text) or titled(text, self.targets.values()):
            return target
        wanted, year = tidy(text), str(self.year)
        if of_year:
            self._look_around(wanted, of_year)
        if not self.targets:
            raise NotFound("year_empty", year=year)
        codes = sorted(self.targets, key=natural_key)
        if close := nearest(wanted, codes, str.casefold):
            close.sort(key=natural_key)
            raise NotFound("target_unknown_but", code=wanted, year=year, suggestions=close)
        raise NotFound("target_unknown", code=wanted, year=year, known=codes)

    def _look_around(self, wanted: str, of_year: "Callable[[int], Setup]") -> None:
        """Raise NotFound if a year near this one has the code, above all if it counts from here."""
        for other in range(self.year + 1, self.year + _LONGEST_GROWTH + 1):
            target = of_year(other).get(wanted)
            if target and target.base_year == self.year:
                raise NotFound(
                    "target_base_year",
                    code=target.code,
                    title=target.title,
                    year=str(self.year),
                    other=str(other),
                )
        for other in (self.year - 1, self.year + 1):
            if of_year(other).get(wanted):
                raise NotFound(
                    "target_other_year", code=wanted, year=str(self.year), other=str(other)
                )


class Known:
    """All that a figure is checked against; each is loaded once, when it is asked for."""

    def __init__(
        self,
        provinces: Register,
        clusters: Sequence[Cluster],
        load_setup: Callable[[Cluster, int], Setup],
        load_membership: Callable[[Cluster], Membership],
        load_bases: Callable[[Cluster, Target], Mapping[str | None, Decimal]],
    ) -> None:
        self.provinces, self.clusters = provinces, clusters
        self.setup, self.membership = cache(load_setup), cache(load_membership)
        self._bases, membership = cache(load_bases), self.membership
        self._seats = cache(lambda cluster: _by_province(membership(cluster)))

    def target(self, cluster: Cluster, year: int, text: str) -> Target:
        """A target of the year by its code; the error names a year near it that has the code."""
        return self.setup(cluster, year).find(text, lambda other: self.setup(cluster, other))

    def base(self, cluster: Cluster, target: Target, province: str | None) -> Decimal | None:
        """The book's own base for a growth target of a province (or of the whole cluster)."""
        return self._bases(cluster, target).get(province)

    def is_member(self, cluster: Cluster, province: Province, on: date) -> bool:
        """Tell whether the province belongs to the cluster on that day."""
        return any(m.on(on) for m in self._seats(cluster).get(province.id, ()))

    def members(self, cluster: Cluster, on: date) -> tuple[Province, ...]:
        """The members on a day, by the Vietnamese alphabet."""
        sitting = [member.province for member in self.membership(cluster).on(on)]
        return tuple(sorted(sitting, key=lambda province: sort_key(province.name)))


def _by_province(membership: Membership) -> dict[str, list[Member]]:
    seats: dict[str, list[Member]] = {}
    for member in membership.ever:
        seats.setdefault(member.province.id, []).append(member)
    return seats


def stranger(
    error: Callable[..., HtxError],
    province: Province,
    on: date,
    sitting: Iterable[Province],
    membership: Membership,
) -> HtxError:
    """The error that a province is not a member on a day: who is; if nobody, since when.

    Of one that came of members and does not sit there by itself, why.
    """
    for unseated in membership.unseated_on(on):
        if unseated.province == province:
            return error("not_seated", on=on, **unseated_words(unseated))
    named, *names = told_apart([province, *sitting])
    if names:
        return error("not_a_member", province=named, on=on, known=names)
    begun = (member.since for member in membership.ever)
    later = [first for first in begun if first > on]
    if later:
        return error("nobody_yet", province=named, on=on, since=min(later))
    return error("nobody_left", province=named, on=on)
