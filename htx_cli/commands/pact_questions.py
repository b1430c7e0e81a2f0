"""The dialogue of `add-target`: what was not given is asked for, and checked as it is answered."""

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec.structs import replace

from htx_cli.domain.targets import JUDGED, Bound, Kind, Scope
from htx_cli.terminal.questions import Choice, ask, ask_choice, ask_number
from htx_cli.terminal.session import Session
from htx_cli.text import vietnamese
from htx_cli.text.errors import Phrase, Rejected
from htx_cli.text.words import BOUND_WORDS, KIND_WORDS, SCOPE_WORDS, mark, t

if TYPE_CHECKING:
    from htx_cli.domain.pact import Wanted

_KIND_SPELLINGS = {
    Kind.COUNT: ("số lượng", "đếm"),
    Kind.RATIO: ("tỷ lệ", "tỉ lệ"),
    Kind.GROWTH: ("tăng trưởng", "mức tăng"),
    Kind.YES_NO: ("có/không", "có hoặc không"),
    Kind.TRACKED: ("theo dõi",),
}
_BOUND_SPELLINGS = {
    Bound.AT_LEAST: ("ít nhất", "tối thiểu", "at_least"),
    Bound.AT_MOST: ("nhiều nhất", "tối đa", "không quá"),
    Bound.EXACTLY: ("đúng bằng", "bằng"),
}
_SCOPE_SPELLINGS = {
    Scope.EACH: ("mỗi tỉnh", "từng tỉnh", "mỗi đơn vị", "từng đơn vị"),
    Scope.CLUSTER: ("cả cụm", "toàn cụm"),
}
KINDS = [Choice(kind, KIND_WORDS[kind], _KIND_SPELLINGS[kind]) for kind in Kind]
BOUNDS = [Choice(bound, BOUND_WORDS[bound], _BOUND_SPELLINGS[bound]) for bound in Bound]
SCOPES = [Choice(scope, SCOPE_WORDS[scope], _SCOPE_SPELLINGS[scope]) for scope in Scope]


def asked(
    session: Session, code: str | None, year: int | None, wanted: "Wanted"
) -> tuple[str, int, "Wanted"]:
    """Code, year and everything else of a new target; what was given is not asked for.

    Raises BookUnusable and NotFound before the first question, Rejected when what was given is
    taken already, HtxError when the answers end.
    """
    from htx_cli.actions import pact
    from htx_cli.domain.pact import LONGEST_TITLE

    book = session.book()
    pact.signing_cluster(book)
    year = year or ask(t("Year"), vietnamese.year, str(book.today.year))
    if code is None:
        code = ask(t("Code, for example 1a"), lambda text: pact.free_code(book, text, year))
    else:
        code = pact.free_code(book, code, year)
    if wanted.title is None:
        title = ask(
            t("Title"), lambda text: vietnamese.text_line(text, LONGEST_TITLE, Phrase("title"))
        )
        wanted = replace(wanted, title=title)
    if wanted.kind is None and wanted.bound is None:
        wanted = replace(wanted, kind=ask_choice(t("Kind"), KINDS))
    return code, year, _scope(_unit(_threshold(session, code, year, _parts(year, wanted))))


def _kind(wanted: "Wanted") -> Kind:
    return wanted.kind or Kind.COUNT


def _parts(year: int, wanted: "Wanted") -> "Wanted":
    """Ask for what only one kind has: the base year of a growth, the level of a count, a ratio's whole."""
    from htx_cli.domain import pact

    def earlier(text: str) -> int:
        base_year = vietnamese.year(text)
        if base_year >= year:
            raise Rejected("base_year_late", base_year=str(base_year), year=str(year))
        return base_year

    kind = _kind(wanted)
    if kind is Kind.GROWTH and wanted.base_year is None:
        return replace(wanted, base_year=ask(t("Base year"), earlier, str(year - 1)))
    if kind is Kind.COUNT and wanted.level is None:
        no, said = t("no"), mark("A state at its date, not a sum over the year? ({yes}/{no})")
        question = t(said, yes=t("yes"), no=no)
        return replace(wanted, level=ask(question, vietnamese.yes_no, no))
    if kind is Kind.RATIO and wanted.of_title is None:
        question = t("What it is a part of (Enter: nothing to say)")
        return replace(
            wanted,
            of_title=ask(question, lambda text: vietnamese.text_line(text, pact.LONGEST_TITLE)),
        )
    return wanted


def _threshold(session: Session, code: str, year: int, wanted: "Wanted") -> "Wanted":
    """The bound with its threshold, refused at once where it cannot be."""
    from htx_cli.domain import pact

    if _kind(wanted) not in JUDGED or wanted.bound is not None:
        return wanted
    bound = ask_choice(t("Bound"), BOUNDS)

    def check(threshold: Decimal, per_cent: bool) -> None:
        asked = replace(wanted, bound=bound, threshold=threshold, per_cent=per_cent)
        pact.drafted(code, year, asked)

    question = t("Threshold") if _kind(wanted) is Kind.COUNT else t("Threshold in per cent")
    return replace(wanted, bound=bound, threshold=ask_number(question, session, check))


def _unit(wanted: "Wanted") -> "Wanted":
    from htx_cli.domain import pact

    if wanted.unit is not None or _kind(wanted) in (Kind.RATIO, Kind.YES_NO):
        return wanted
    question = t("Unit, for example HTX (Enter: none)")
    return replace(
        wanted, unit=ask(question, lambda text: vietnamese.text_line(text, pact.LONGEST_UNIT))
    )


def _scope(wanted: "Wanted") -> "Wanted":
    if wanted.scope is not None or _kind(wanted) is Kind.TRACKED:
        return wanted
    return replace(wanted, scope=ask_choice(t("Whom it binds"), SCOPES))
