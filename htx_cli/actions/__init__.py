"""The use cases; `htx_cli` hands on what scripts call.

A `Book` says where the file is, who asks and when. Nothing stays open between two calls. What writes
(and so loads sqlite-utils) is loaded when it is called.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from msgspec import Struct
from msgspec.structs import replace

from htx_cli.book import read
from htx_cli.book.file import WAIT, Connection
from htx_cli.book.journal import Signature, Write
from htx_cli.domain.changes import Caution, Done, KnownAt, in_fives
from htx_cli.domain.membership import Membership, seated
from htx_cli.domain.model import Cluster, Target
from htx_cli.domain.names import Known, Register, Setup, find_cluster
from htx_cli.text.errors import NotFound, UsageError
from htx_cli.text.vietnamese import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from htx_cli.book.write.staging import Staging

A = TypeVar("A")

BOOK = "htx.db"  # in this folder, where neither --db nor HTX_DB names another
LONGEST_WAIT = 3600


class Intent(Struct, frozen=True):
    """Entry for the journal: the words of a command, and why; with `dry_run` nothing stays."""

    command: str
    because: str | None = None
    dry_run: bool = False


class Plan(Struct, Generic[A], frozen=True):
    """Result of the checks of a write: the records, what to warn of, and an answer of its own.

    `hold` looks at what the change with that number made of the book, before it stands: it gives
    further cautions, or raises what must not be.
    """

    writes: Sequence[Write]
    answer: A
    cautions: tuple[Caution, ...] = ()
    hold: Callable[[Connection, int], Iterable[Caution]] | None = None


class Book(Struct, frozen=True):
    """A book file with the cluster that is meant, the user and the time."""

    path: Path
    cluster: str | None
    now: datetime
    fixed_clock: bool
    user: str | None
    wait: float
    known: KnownAt | None = None  # of a book as it was known then

    @property
    def today(self) -> date:
        """The local date."""
        return self.now.date()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The book, opened to be read. Raises BookUnusable, NotFound if it lacks the cluster named."""
        upto = self.known.change if self.known else None
        try:
            with read.reading(self.path, self.wait, upto) as connection:
                clusters_meant(self, connection)
                yield connection
        except NotFound as error:
            if self.known is None:
                raise
            number, day = str(self.known.change), _day_of(self.known)
            raise NotFound("known_then", number=number, day=day, what=error) from None

    def known_at(self, when: int | date | None) -> "Book":
        """The book as it was known after a change, or at the end of a day; None: as it is known now.

        It is asked as somebody asked it then, so its today is that day too. It cannot be written to.
        Raises NotFound: there was no such change, no book, or no cluster in it yet.
        """
        if when is None:
            return self
        with self.reading() as connection:
            known = _known_at(connection, when, self.now.tzinfo)
        now = known.at.astimezone(self.now.tzinfo)
        if known.on:
            now = min(datetime.combine(known.on, time.max, self.now.tzinfo), self.now)
        return replace(self, now=now, known=known)

    def signature(self, intent: Intent) -> Signature:
        """Return who writes, when and why."""
        if not (user := self.user):
            import getpass

            try:
                user = getpass.getuser()
            except (OSError, KeyError, ImportError):
                user = "?"
        user = user.encode("utf-8", "replace").decode()
        return Signature(user, self.now, intent.command, intent.because, self.fixed_clock)

    @overload
    def commit(
        self, intent: Intent, make: Callable[[Connection, "Staging"], Sequence[Write]]
    ) -> Done[None]: ...

    @overload
    def commit(
        self, intent: Intent, make: Callable[[Connection, "Staging"], Plan[A]]
    ) -> Done[A]: ...

    def commit(self, intent: Intent, make: Callable[[Connection, "Staging"], Any]) -> Done[Any]:
        """Write as one change what `make` plans after its checks, a `Plan` or just what to write.

        Raises UsageError for the book as it was known once.
        """
        if self.known:
            raise UsageError("known_not_written", number=str(self.known.change))
        from htx_cli.book import write

        plan: Plan[Any] = Plan((), None)  # the last that was made: another writer may come between
        cautions: tuple[Caution, ...] = ()

        def checked(connection: Connection, staging: "Staging") -> Sequence[Write]:
            nonlocal plan
            clusters_meant(self, connection)
            made = make(connection, staging)
            plan = made if isinstance(made, Plan) else Plan(made, None)
            return plan.writes

        def hold(connection: Connection, number: int) -> None:
            nonlocal cautions
            cautions = tuple(plan.hold(connection, number)) if plan.hold else ()

        change = write.commit(
            self.path,
            self.signature(intent),
            checked,
            hold=hold,
            dry_run=intent.dry_run,
            wait=self.wait,
        )
        return Done(change, (*plan.cautions, *cautions), plan.answer)


def book_at(
    path: Path | str | None = None,
    cluster: str | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Book:
    """The book at a path, else at HTX_DB, else `htx.db` in this folder; it need not exist yet.

    HTX_NOW fixes the clock, HTX_USER names the author, HTX_WAIT is the patience with other writers
    in seconds. Raises UsageError if one of them cannot be understood.
    """
    now, fixed = _clock(environ.get("HTX_NOW"))
    place = str(path or environ.get("HTX_DB") or BOOK)
    return Book(
        Path(place), cluster, now, fixed, environ.get("HTX_USER"), _wait(environ.get("HTX_WAIT"))
    )


def open_book(path: Path | str | None = None, cluster: str | None = None) -> Book:
    """An existing book, as `book_at` finds it.

    Raises BookUnusable if it cannot be read, NotFound if it does not have the cluster.
    """
    book = book_at(path, cluster)
    with book.reading():
        return book


def _clock(named: str | None) -> tuple[datetime, bool]:
    if not named:
        return datetime.now().astimezone(), False
    try:
        now = datetime.fromisoformat(named)
    except ValueError:
        now = datetime.min
    if now.tzinfo is None or not FIRST_YEAR <= now.year <= LAST_YEAR:
        raise UsageError("now_unreadable", value=named)
    return now, True


def _wait(named: str | None) -> float:
    if not named:
        return WAIT
    if named.isascii() and named.replace(".", "", 1).isdigit() and float(named) <= LONGEST_WAIT:
        return float(named)
    raise UsageError("wait_unreadable", value=named)


def the_cluster(book: Book, connection: Connection) -> Cluster:
    """The cluster that is meant: the one named, else the only one."""
    return find_cluster(book.cluster, read.clusters(connection))


def clusters_meant(book: Book, connection: Connection) -> tuple[Cluster, ...]:
    """The cluster that is named, else all there are. Raises NotFound for a name of none."""
    clusters = read.clusters(connection)
    return clusters if book.cluster is None else (find_cluster(book.cluster, clusters),)


def membership_of(connection: Connection, cluster: Cluster) -> Membership:
    """Read the members of a cluster, with those whose membership follows from a succession."""
    return seated(read.members(connection, cluster.id), read.successions(connection))


def known(connection: Connection) -> Known:
    """Make the register and targets that figures and names are checked against; loaded as asked for."""

    def setup(cluster: Cluster, year: int) -> Setup:
        targets = {target.code: target for target in read.targets(connection, cluster.id, year)}
        shares = {(s.province, s.target): s for s in read.shares(connection, cluster.id, year)}
        return Setup(cluster, year, targets, shares)

    def bases(cluster: Cluster, target: Target) -> dict[str | None, Decimal]:
        found = read.bases(connection, cluster.id, [target])
        values = {province: result.figure.value for (province, _), result in found.items()}
        return {province: value for province, value in values.items() if value is not None}

    return Known(
        provinces=Register.of(
            read.provinces(connection),
            read.aliases(connection),
            lambda: read.successions(connection),
        ),
        clusters=read.clusters(connection),
        load_setup=setup,
        load_membership=lambda cluster: membership_of(connection, cluster),
        load_bases=bases,
    )


def checkpoint(connection: Connection) -> str | None:
    """Return the checkpoint, which proves later that the book still holds all that it holds now."""
    number, hash = read.last_change(connection)
    return in_fives(hash) if number else None


def check_signed(connection: Connection, cluster: Cluster, year: int) -> None:
    """Refuse a year for which nothing is signed. Raises NotFound."""
    years = read.years(connection, cluster.id)
    if not years:
        raise NotFound("year_empty", year=str(year))
    if year not in years:
        raise NotFound("year_unknown", year=str(year), known=[str(each) for each in years])


def _known_at(connection: Connection, when: int | date, zone: tzinfo | None) -> KnownAt:
    """The change of a number, or the last that came into the book until the end of a day.

    The day ends at midnight of `zone`, where today is reckoned.

    Raises NotFound: known_at_unknown, known_before_book, known_before_cluster.
    """
    if isinstance(when, date):
        end = datetime.combine(when + timedelta(days=1), time.min, zone)
        found = read.known_before(connection, end)
        if found is None:
            first = read.first_of(connection, "settings")
            raise NotFound("known_before_book", day=when, first=_day_of(first) if first else "?")
        found = replace(found, on=when)
    else:
        found = read.known_at(connection, when)
        if found is None:
            last, _ = read.last_change(connection)
            raise NotFound("known_at_unknown", number=str(when), last=str(last))
    first = read.first_of(connection, "clusters")
    if first and found.change < first.change:
        raise NotFound(
            "known_before_cluster",
            number=str(found.change),
            day=_day_of(found),
            first=str(first.change),
            first_day=_day_of(first),
        )
    return found


def _day_of(known: KnownAt) -> date:
    return known.at.astimezone().date()
