"""The targets that a label names: by title, by the whole of a ratio, by code or by an unmistakable part."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from htx_cli.domain.model import Target
from htx_cli.domain.targets import WITH_WHOLE
from htx_cli.intake.lexicon import Lexicon, Phrase, Unit, words
from htx_cli.text.vietnamese import folded

Option = tuple[Target, str | None]  # a target, and the part of its figure if the label names one
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_SHORTEST_PART = 8  # letters of a part of a title that can be unmistakable


class Titles:
    """The names of a year's targets, to be found in plain texts."""

    def __init__(self, targets: Sequence[Target], lexicon: Lexicon) -> None:
        self.targets = targets
        self.by_code = {target.code.casefold(): target for target in targets}
        self._lexicon = lexicon
        self._plain = lexicon.plain
        self._names = sorted(self._all_names(), key=lambda each: -len(each[0]))

    def _all_names(self) -> Iterator[tuple[Phrase, Option]]:
        """Every name of every target and of the parts of its figure."""
        for target in self.targets:
            title = words(self._plain(target.title))
            yield title, (target, None)
            if target.kind not in WITH_WHOLE:
                continue
            of = words(self._plain(target.of_title or ""))
            part = title[2:] if title[:2] == ("ty", "le") else ()
            if of and title[-len(of) - 1 :] == ("tren", *of):
                part = title[: -len(of) - 1]
            for names, role in ((part, "value"), (of, "of")):
                bare = _bare(names)
                if names:
                    yield names, (target, role)
                if len(bare) > 1:
                    for before in ((), ("so",), ("tong", "so")):
                        if (*before, *bare) != names:
                            yield (*before, *bare), (target, role)

    def find(self, plain: str) -> tuple[tuple[Option, ...], str]:
        """The targets that the longest name in the text may mean, and the text without it."""
        for name, _ in self._names:
            pattern = _pattern(name)
            if match := pattern.search(plain):
                options = tuple(dict.fromkeys(o for n, o in self._names if n == name))
                plain = f"{plain[: match.start()]} . {plain[match.end() :]}"
                for target in {t.code: t for t, part in options if part is None}.values():
                    if target.of_title:  # “… trên tổng số …” says no more
                        of = re.escape(self._plain(target.of_title)).replace(r"\ ", r"\s+")
                        plain = re.sub(rf"(?:tren|so voi|trong)\s+(?:so\s+)?{of}", " ", plain)
                return options, plain
        return (), plain

    def brackets(
        self, plain: str, options: tuple[Option, ...]
    ) -> tuple[str, Unit | None, tuple[Option, ...]]:
        """Take codes and units in brackets out of a text."""
        found: list[Unit] = []
        chosen = options
        for match in reversed([*_BRACKETS.finditer(plain)]):
            inside = match[1].strip()
            unit = self._lexicon.unit(inside)
            own = {folded(self._plain(t.unit)): t for t, _ in options if t.unit}
            if unit:
                found.append(unit)
            elif target := self.by_code.get(inside):
                same = tuple(o for o in chosen if o[0] is target)
                if chosen and not same:
                    continue
                chosen = same or ((target, None),) if not options else same
            elif folded(inside) not in own:
                continue
            plain = f"{plain[: match.start()]} {plain[match.end() :]}"
        return plain, found[0] if found else None, chosen

    def within(self, bare: Sequence[str], target: Target) -> bool:
        """Tell whether the words are a part of the target's title, code in brackets or not."""
        return f" {' '.join(bare)} " in f" {' '.join(words(self._plain(target.title)))} "

    def parts(self, bare: Sequence[str]) -> tuple[Option, ...]:
        """The one target of whose title alone these words are a part."""
        text = f" {' '.join(bare)} "
        if len(text) - 2 < _SHORTEST_PART:
            return ()
        found = [target for target in self.targets if self.within(bare, target)]
        return ((found[0], None),) if len(found) == 1 else ()

    def part(self, text: str, target: Target) -> str | None:
        """The part of a target's figure that a heading below the target's own names.

        Below *Tỷ lệ HTX hiệu quả* `Tổng số HTX` is the whole, and `Số HTX hiệu quả` the value.
        """
        said = {*words(self._plain(text))} - {"so", "tong"}
        title = {*words(self._plain(target.title))}
        whole = {*words(self._plain(target.of_title or ""))}
        if words(self._plain(text))[:2] == ("tong", "so") and said <= title | whole:
            return "of"
        if not said or said <= title & whole or target.kind not in WITH_WHOLE:
            return None
        decisive = words(self._plain(target.title))[-1:]  # what makes some of the whole the value
        if said <= title and not said <= whole and said >= {*decisive}:
            return "value"
        return "of" if said <= whole and not said <= title else None


def _bare(name: Phrase) -> Phrase:
    """A name without *số* and *tổng số* before it."""
    for before in (("tong", "so"), ("so",), ("tong",)):
        if name[: len(before)] == before:
            return name[len(before) :]
    return name


@lru_cache(maxsize=4096)  # titles are few, and looked for in every text
def _pattern(name: Phrase) -> re.Pattern[str]:
    joined = r"[^0-9a-z%]+".join(map(re.escape, name))
    return re.compile(rf"(?<![0-9a-z]){joined}(?![0-9a-z])")
