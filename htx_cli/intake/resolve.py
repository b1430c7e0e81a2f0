"""One row → one checked result, or every reason why not. Pure: it is handed what the book knows."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from htx_cli.domain.changes import Caution
from htx_cli.domain.model import Cluster, Province, Result, Target
from htx_cli.domain.names import Known, find_cluster, means_all, stranger, told_apart
from htx_cli.domain.targets import PER_CENT, Basis, Figure, Kind, Scope, check
from htx_cli.intake import Percents
from htx_cli.intake.doubts import tiny_rate
from htx_cli.intake.figures import FigureReader, may_be_index, may_be_rate, rate_differs
from htx_cli.intake.labels import TARGET
from htx_cli.intake.lexicon import lexicon, words
from htx_cli.intake.periods import spans
from htx_cli.intake.rows import PerCent, Raw, Row, Unread, written
from htx_cli.text import vietnamese
from htx_cli.text.errors import HtxError, NotFound, Phrase, Problem, Rejected
from htx_cli.text.vietnamese import Numbers

LONGEST_NOTE = 1000

T = TypeVar("T")


class Defaults(Struct, frozen=True):
    """What holds for rows that do not say it themselves."""

    today: date
    cluster: str | None = None
    year: int | None = None
    as_of: date | None = None
    estimate: bool = False
    source: str | None = None
    note: str | None = None
    numbers: Numbers | None = None
    province: str | None = None
    percents: Percents | None = None


class Resolved(Struct, frozen=True):
    """A figure that may go into the book, with where it belongs and what is odd about it.

    `dated` is whether the row said its date, `in_year` whether anybody said its year.
    """

    cluster: Cluster
    target: Target
    result: Result
    province: Province | None
    cautions: tuple[Caution, ...] = ()
    dated: bool = True
    in_year: bool = True


class RowRejected(Exception):
    """Every error of one row with the column it stands in, the first one first."""

    def __init__(self, errors: list[tuple[str, HtxError]]) -> None:
        super().__init__(errors)
        self.errors = errors

    def problems(self, row: Row) -> list[Problem]:
        """The errors as problems of that row."""
        return [row.problem(error.code, error.values, column) for column, error in self.errors]


def resolve(row: Row, known: Known, defaults: Defaults) -> Resolved:
    """Check a row against what is known. Raises RowRejected."""
    return _Resolving(row, known, defaults).resolved()


def silent(
    row: Row, known: Known, defaults: Defaults
) -> tuple[Cluster, Target, Province | None, date, Basis] | None:
    """Return where the figure of a row with a dash in its place would belong, if that can be told."""
    return _Resolving(row, known, defaults).silent()


class _Resolving:
    """One row in the making: what cannot be read is noted, and the rest is still looked at."""

    def __init__(self, row: Row, known: Known, defaults: Defaults) -> None:
        self.row = row
        self.known = known
        self.defaults = defaults
        self.errors: list[tuple[str, HtxError]] = []
        self.odd: list[tuple[str, Mapping[str, object]]] = []

    def resolved(self) -> Resolved:
        cluster = self.read(
            "cluster", lambda: find_cluster(self.cluster_name(), self.known.clusters)
        )
        as_of, year = self.when()
        basis = self.read("basis", self.basis) or Basis.ACTUAL
        target = None
        if cluster and year:
            target = self.read("target", lambda: self.target(cluster, year))
        named = self.text("province") or self.defaults.province or ""
        whole = means_all(named)
        province = None
        if not whole and as_of:
            province = self.read("province", lambda: self.province(named, as_of))
        figure = self.figure(target) if target else None
        if as_of and year:
            self.read("as_of", lambda: self.check_day(as_of, year, basis))
        if cluster and target and as_of and (province or whole):
            self.read("province", lambda: self.check_place(cluster, target, province, as_of))
        if figure and cluster and target and (province or whole):
            self.read("value", lambda: self.check_growth(cluster, target, province, figure))
        source, note = self.read("source", self.source), self.read("note", self.note)
        if self.errors or not (cluster and target and as_of and figure):
            raise RowRejected(self.errors)
        place = province.id if province else None
        result = Result(target.code, place, as_of, basis, figure, source or None, note or None)
        cautions = self.cautions(cluster, target, result)
        dated = self.row.cells.get("as_of") is not None
        in_year = dated or bool(self.text("year") or self.defaults.year or self.defaults.as_of)
        return Resolved(cluster, target, result, province, cautions, dated, in_year)

    def silent(self) -> tuple[Cluster, Target, Province | None, date, Basis] | None:
        """Return where a figure would belong that was not reported, if that can be told."""
        try:
            cluster = find_cluster(self.cluster_name(), self.known.clusters)
            as_of, year = self.when()
            if not as_of or not year:
                return None
            named = self.text("province") or self.defaults.province or ""
            province = None if means_all(named) else self.province(named, as_of)
            return cluster, self.target(cluster, year), province, as_of, self.basis()
        except HtxError:
            return None

    def read(self, column: str, make: Callable[[], T]) -> T | None:
        try:
            return make()
        except HtxError as error:
            self.errors.append((column, error))
            return None

    def text(self, column: str) -> str:
        raw = self.row.cells.get(column)
        return "" if raw is None else written(raw).strip()

    def cluster_name(self) -> str | None:
        return self.text("cluster") or self.defaults.cluster

    def when(self) -> tuple[date | None, int | None]:
        """The figure's date and year; each follows from the other, from the options, from today."""
        raw = self.row.cells.get("as_of")
        if raw is not None:
            as_of = self.read("as_of", lambda: _day(raw, self.defaults.year))
            if as_of is None:  # and so the year is not known either, unless it is said
                return None, self.year(None) if self.row.cells.get("year") else self.defaults.year
        else:
            as_of = self.defaults.as_of
        year = self.year(as_of)
        if as_of is None and year:
            as_of = min(self.defaults.today, date(year, 12, 31))
        return as_of, year

    def year(self, as_of: date | None) -> int | None:
        if text := self.text("year"):
            return self.read("year", lambda: vietnamese.year(text))
        return self.defaults.year or (as_of or self.defaults.today).year

    def basis(self) -> Basis:
        text = self.text("basis")
        estimate = vietnamese.is_estimate(text) if text else self.defaults.estimate
        return Basis.ESTIMATE if estimate else Basis.ACTUAL

    def target(self, cluster: Cluster, year: int) -> Target:
        code = self.text("target")
        if not code:
            raise Rejected("label_empty", what=Phrase("target"))
        try:
            return self.known.target(cluster, year, code)
        except NotFound as error:
            if error.code == "target_other_year" and self.said_when():
                self.known.setup(cluster, year).find(code)  # another year would not fit the date
            raise

    def said_when(self) -> bool:
        """Tell whether the row's date or year is said, by itself or for all rows, so that --year alone
        would not put it into another year."""
        return bool(self.text("as_of") or self.text("year") or self.defaults.as_of)

    def province(self, named: str, as_of: date) -> Province:
        if not named:
            raise Rejected("label_empty", what=Phrase("province"))
        try:
            return self.known.provinces.find(named, as_of)
        except NotFound as error:
            told = error.code == "province_unknown" or _region(named)
            if self.row.habits and told and error.code.startswith("province_unknown"):
                raise NotFound(error.code, **{**error.values, "row": named[:60]}) from None
            raise

    def figure(self, target: Target) -> Figure | None:
        """The numbers of the row, as the kind of target wants them."""
        before = len(self.errors)
        reader = FigureReader(self.row, target, self.defaults.numbers, self.defaults.percents)
        cells = reader.cells()
        rate_column = "rate" if self.row.cells.get("rate") is not None else "value"
        of_column = "of" if self.row.cells.get("of") is not None else "value"  # 208/233
        figure = Figure(
            value=self.read("value", lambda: reader.value(cells.value)),
            of=self.read(of_column, lambda: reader.amount(of_column, cells.of)),
            base=self.read("base", lambda: reader.amount("base", cells.base)),
            rate=self.read(rate_column, lambda: reader.rate(rate_column, cells.rate)),
        )
        self.odd += reader.doubts
        if len(self.errors) > before:
            return None
        compared = self.read(rate_column, lambda: self.compared(target, figure))
        if compared is None:
            return None
        figure = compared
        column = rate_column if cells.rate is not None else "value"
        self.read(column, lambda: check(target.kind, target.code, figure))
        return figure if len(self.errors) == before else None

    # -- what the book allows ------------------------------------------------------------------

    def check_day(self, as_of: date, year: int, basis: Basis) -> None:
        if as_of.year != year:
            raise Rejected("date_outside_year", as_of=as_of, year=str(year))
        if basis is Basis.ACTUAL and as_of > self.defaults.today:
            raise Rejected("date_future", as_of=as_of)

    def check_place(
        self, cluster: Cluster, target: Target, province: Province | None, as_of: date
    ) -> None:
        if province is None:
            if target.scope is not Scope.CLUSTER and target.kind is not Kind.TRACKED:
                raise Rejected("not_for_cluster", code=target.code)
            return
        if not self.known.is_member(cluster, province, as_of):
            sitting = self.known.members(cluster, as_of)
            raise stranger(Rejected, province, as_of, sitting, self.known.membership(cluster))
        shares = self.known.setup(cluster, target.year).shares
        share = shares.get((province.id, target.code))
        if share and not share.assigned:
            free = {
                id for (id, code), s in shares.items() if code == target.code and not s.assigned
            }
            members = self.known.members(cluster, as_of)
            others = [member for member in members if member.id not in free]
            named, *names = told_apart([province, *others])
            raise Rejected("not_assigned", code=target.code, province=named, known=names)

    def source(self) -> str | None:
        return self.line("source", self.defaults.source)

    def note(self) -> str | None:
        return self.line("note", self.defaults.note)

    def line(self, column: str, default: str | None) -> str:
        raw = self.row.cells.get(column)
        if isinstance(raw, Unread):
            raise Rejected(raw.code, value=raw.text)
        text = " ".join(self.text(column).splitlines())  # a cell may hold several lines
        return vietnamese.text_line(text or default or "", LONGEST_NOTE)

    def compared(self, target: Target, figure: Figure) -> Figure:
        """The figure without a rate that its parts make too. Raises Rejected where they differ."""
        other = figure.base if target.kind is Kind.GROWTH else figure.of
        if (
            figure.rate is None
            or figure.value is None
            or other is None
            or target.kind not in PER_CENT
        ):
            return figure
        made = rate_differs(target.kind, figure.value, other, figure.rate)
        raw = self.row.cells.get("rate")
        signed = isinstance(raw, PerCent) or "%" in str(raw)
        if made and (signed or rate_differs(target.kind, figure.value, other, 100 * figure.rate)):
            raise Rejected(
                "rate_differs", rate=figure.rate, made=made, value=figure.value, of=other
            )
        return replace(figure, rate=None)

    def check_growth(
        self, cluster: Cluster, target: Target, province: Province | None, figure: Figure
    ) -> None:
        """Refuse a number that may be an amount or a growth, and a growth that may be an index."""
        if may_be_index(self.row, target, figure.rate):
            assert figure.rate is not None
            map = f'--map "{self.row.index}={TARGET}{target.code}:rate"'
            raise Rejected("growth_index", rate=figure.rate, growth=figure.rate - 100, map=map)
        if figure.value is None or figure.base is not None:
            return
        if FigureReader(self.row, target).unit_in(self.row.cells.get("value")):
            return
        if not may_be_rate(
            self.row,
            target,
            figure.value,
            self.known.base(cluster, target, province.id if province else None),
        ):
            return
        uses = [
            f'--map "{self.row.heading}={TARGET}{target.code}:{part}"' for part in ("value", "rate")
        ]
        unit, (amount, growth) = target.unit or "–", uses
        raise Rejected(
            "growth_unclear", value=figure.value, unit=unit, amount=amount, growth=growth
        )

    def cautions(self, cluster: Cluster, target: Target, result: Result) -> tuple[Caution, ...]:
        """Return what the row alone shows to be odd: a tiny rate, a base that is not the book's."""
        found = [*self.odd, *([tiny] if (tiny := tiny_rate(target, result.figure)) else [])]
        own = result.figure.base
        book = None if own is None else self.known.base(cluster, target, result.province)
        if book is not None and book != own:
            found.append(("base_differs", {"code": target.code, "base": own, "book": book}))
        return tuple(
            Caution(*each, self.row.number, self.row.file, self.row.sheet) for each in found
        )


_FIRST_SERIAL = date(1899, 12, 30)  # what a spreadsheet counts its days from
_SERIALS = range(25569, 73051)  # 1970 to 2100: other numbers are no days


def _day(raw: Raw, year: int | None) -> date:
    """A date as a cell holds it: a date, a text, or the number that a spreadsheet keeps.

    A text may also name a period that reaches from the year's first day, of the year given if it
    names none: its last day.
    """
    if isinstance(raw, date):
        return raw
    if isinstance(raw, Unread):
        raise Rejected(raw.code, value=raw.text)
    if isinstance(raw, Decimal) and raw in _SERIALS:
        return _FIRST_SERIAL + timedelta(days=int(raw))
    text = str(raw)
    try:
        return vietnamese.day(text)
    except Rejected as error:
        if error.code != "date_unreadable":
            raise
        rest, found, years = spans(vietnamese.unmarked(text))
        if rest.strip() or years or len(found) != 1 or not (found[0][0].year or year):
            raise
        return found[0][0].end(year or 0)


def _region(text: str) -> bool:
    """Tell whether a text names a region, as one begins that is no province."""
    bare = words(lexicon().plain(text))
    lengths = range(1, len(bare) + 1)
    return any(lexicon().starts.get(bare[:length]) == ("row", "region") for length in lengths)


def first_error(rejected: RowRejected) -> HtxError:
    """The error to show for a single figure; a name that is not found comes before the rest."""
    found = [error for _, error in rejected.errors]
    return next((error for error in found if isinstance(error, NotFound)), found[0])
