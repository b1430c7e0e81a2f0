"""The pact of a year: its targets, and the shares of provinces in them."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from htx_cli.commands.pact_questions import KINDS, SCOPES, asked
from htx_cli.domain.changes import Done
from htx_cli.domain.targets import JUDGED, Bound, Kind, Scope
from htx_cli.terminal.command import command
from htx_cli.terminal.options import (
    Code,
    ProvinceName,
    SignedYear,
    ThisYear,
    argument,
    choice_option,
    day_option,
    flag,
    option,
    year_option,
)
from htx_cli.terminal.questions import can_ask, named
from htx_cli.terminal.session import Session
from htx_cli.text import vietnamese
from htx_cli.text.errors import UsageError
from htx_cli.text.words import mark, metavar

if TYPE_CHECKING:
    from htx_cli.actions.decisions import Decision
    from htx_cli.domain.pact import Wanted


@dataclass(frozen=True, slots=True)
class Decided:
    """Options for the decision that changes a signed pact."""

    decision: Annotated[
        str | None,
        option("NUMBER", mark("The decision that changes a signed pact, with --because.")),
    ] = None
    on: Annotated[
        date | None, day_option(mark("From which day the decision holds; default: today."))
    ] = None

    def said(self) -> "Decision":
        """Return the decision as the actions take it."""
        from htx_cli.actions.decisions import Decision

        return Decision(self.decision, self.on)


@dataclass(frozen=True, slots=True)
class Signed:
    """Options for what is signed of a target."""

    kind: Annotated[
        Kind | None,
        choice_option(
            Kind, mark("How it is measured; a new target is a count."), parser=named(KINDS)
        ),
    ] = None
    at_least: Annotated[str | None, option("N", mark("The threshold, when more is better."))] = None
    at_most: Annotated[str | None, option("N", mark("The threshold, when less is better."))] = None
    exactly: Annotated[
        str | None, option("N", mark("The threshold, when nothing else will do."))
    ] = None
    level: Annotated[
        bool | None, flag("--level", mark("The count is a state at its date, not cumulative."))
    ] = None
    base_year: Annotated[
        int | None,
        year_option(
            mark("The year that growth is measured from; of a new target the year before.")
        ),
    ] = None
    line: Annotated[
        str | None,
        option("L", mark("The line of the pact; of a new target the digits its code begins with.")),
    ] = None
    line_text: Annotated[str | None, option("TEXT", mark("The line's sentence, as signed."))] = None
    of_title: Annotated[str | None, option("TEXT", mark("What a ratio is a part of."))] = None
    unit: Annotated[str | None, option("TEXT", mark("The unit, for example HTX."))] = None
    scope: Annotated[
        Scope | None,
        choice_option(
            Scope,
            mark("Whom it binds: each province (so a new target), or the cluster as a whole."),
            parser=named(SCOPES),
        ),
    ] = None
    note: Annotated[str | None, option("TEXT", mark("A note."))] = None

    def wanted(self, session: Session, title: str | None) -> "Wanted":
        """Return the options as the actions take them, with numbers read."""
        from htx_cli.domain.pact import Wanted

        bound, threshold, per_cent = self._bound(session)
        asked = {"at_least", "at_most", "exactly"}
        same = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in asked}
        return Wanted(title=title, bound=bound, threshold=threshold, per_cent=per_cent, **same)

    def _bound(self, session: Session) -> tuple[Bound | None, Decimal | None, bool]:
        said = {
            Bound.AT_LEAST: self.at_least,
            Bound.AT_MOST: self.at_most,
            Bound.EXACTLY: self.exactly,
        }
        given = [(bound, text) for bound, text in said.items() if text is not None]
        if len(given) > 1:
            raise UsageError("bounds_many")
        if not given:
            return None, None, False
        bound, text = given[0]
        return bound, *_threshold(session, text)


@dataclass(frozen=True, slots=True)
class Changed(Signed):
    """Options for what changes of a target: the same, but a level may also end."""

    kind: Annotated[
        Kind | None,
        choice_option(
            Kind, mark("How it is measured; fixed while results stand."), parser=named(KINDS)
        ),
    ] = None
    level: Annotated[
        bool | None,
        flag(
            "--level/--cumulative", mark("Whether the count is a state at its date, or cumulative.")
        ),
    ] = None


def _threshold(session: Session, text: str) -> tuple[Decimal, bool]:
    """The number, and whether it was written as a per cent."""
    return session.number(text, percent=True), vietnamese.is_percent(text)


@command("add-target", "writes", "reads_numbers")
def add_target(
    session: Session,
    code: Annotated[str | None, argument("CODE", mark("Its code, for example 1a."))] = None,
    title: Annotated[str | None, argument("TITLE", mark("What it is, in a few words."))] = None,
    year: Annotated[int | None, year_option(mark("The year it is for."))] = None,
    *,
    said: Signed,
    by: Decided,
) -> Done[None]:
    """Sign a target for a year.

    A count, a ratio or a growth needs a bound; yes-no and tracked take none.
    On a terminal, what is missing is asked for.
    """
    from htx_cli.actions import pact

    wanted = said.wanted(session, title)
    lacking = _lacking(code, year, wanted)
    if lacking and can_ask() and not session.in_json:
        code, year, wanted = asked(session, code, year, wanted)
    elif lacking:
        raise lacking
    assert code is not None and year is not None
    return pact.add_target(session.book(), session.intent(), code, year, wanted, by.said())


def _lacking(code: str | None, year: int | None, wanted: "Wanted") -> UsageError | None:
    """The error of the first thing without which there is no target; none if all is there."""
    if code is None or wanted.title is None:
        name = metavar("CODE" if code is None else "TITLE")
        example = 'htx add-target 1a "HTX thành lập mới" --year 2021 --at-least 20'
        return UsageError("argument_missing", name=name, example=example)
    if year is None:
        return UsageError("argument_missing", name="--year", example="--year 2021")
    kind = wanted.kind or Kind.COUNT
    if wanted.bound is None and kind in JUDGED:
        return UsageError("bound_needed", kind=kind)
    return None


@command("change-target", "writes", "reads_numbers")
def change_target(
    session: Session,
    code: Code,
    year: SignedYear,
    title: Annotated[str | None, option("TEXT", mark("What it is, in a few words."))] = None,
    *,
    said: Changed,
    by: Decided,
) -> Done[None]:
    """Change what is said of a signed target; the journal keeps how it stood.

    An empty text takes a unit, a note or a whole's title away.
    """
    from htx_cli.actions import pact
    from htx_cli.domain.pact import Wanted

    wanted = said.wanted(session, title)
    if wanted == Wanted():
        raise UsageError("nothing_to_change")
    return pact.change_target(session.book(), session.intent(), code, year, wanted, by.said())


@command("remove-target", "writes")
def remove_target(session: Session, code: Code, year: SignedYear, *, by: Decided) -> Done[None]:
    """Take back a target that was signed by mistake; refused while results stand."""
    from htx_cli.actions import pact

    return pact.remove_target(session.book(), session.intent(), code, year, by.said())


@command("set-share", "writes", "reads_numbers")
def set_share(
    session: Session,
    province: ProvinceName,
    code: Code,
    threshold: Annotated[str | None, argument("N", mark("The province's own threshold."))] = None,
    year: ThisYear = None,
    not_assigned: Annotated[
        bool, flag("--not-assigned", mark("The province has no part in the target."))
    ] = False,
    as_signed: Annotated[
        bool, flag("--as-signed", mark("Back to what was signed for all."))
    ] = False,
    *,
    by: Decided,
) -> Done[None]:
    """Give a province a threshold of its own, or none."""
    from htx_cli.actions import pact

    if (threshold is not None) + not_assigned + as_signed != 1:
        raise UsageError("share_one_of")
    own, per_cent = (None, False) if threshold is None else _threshold(session, threshold)
    book = session.book()
    return pact.set_share(
        book,
        session.intent(),
        province,
        code,
        year or book.today.year,
        threshold=own,
        as_signed=as_signed,
        per_cent=per_cent,
        decision=by.said(),
    )
