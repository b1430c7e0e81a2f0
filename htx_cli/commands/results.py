"""Results: record one figure, or withdraw one."""

from datetime import date
from typing import Annotated

from htx_cli.domain.changes import Done
from htx_cli.terminal.command import command
from htx_cli.terminal.options import (
    AsOf,
    Code,
    Estimate,
    ProvinceOrAll,
    Strict,
    Year,
    argument,
    day_option,
    option,
)
from htx_cli.terminal.session import Session
from htx_cli.text.errors import Rejected
from htx_cli.text.words import mark, say, t


@command("record", "writes", "reads_numbers")
def record(
    session: Session,
    province: ProvinceOrAll,
    code: Code,
    value: Annotated[
        str, argument("VALUE", mark("The figure: 20, 1.234,5, 62%, yes/có/đạt, no/không."))
    ],
    of: Annotated[str | None, option("N", mark("The whole that a ratio is a part of."))] = None,
    base: Annotated[
        str | None,
        option("N", mark("The base of growth; default: the book's figure of the base year.")),
    ] = None,
    as_of: AsOf = None,
    year: Year = None,
    estimate: Estimate = False,
    source: Annotated[str | None, option("TEXT", mark("Where the figure comes from."))] = None,
    note: Annotated[str | None, option("TEXT", mark("A note."))] = None,
    strict: Strict = False,
) -> Done[None]:
    """Record one figure as of a date.

    The date is today's unless --as-of says otherwise. The same province, target, date and
    basis again is a correction: it stands as typed, and the journal keeps what it replaces.
    """
    from htx_cli.actions import results as actions
    from htx_cli.intake.resolve import Defaults

    book = session.book()
    cells = {"province": province, "target": code, "value": value, "of": of, "base": base}
    defaults = Defaults(
        book.today, session.cluster, year, as_of, estimate, source, note, session.numbers
    )
    try:
        return actions.record(book, session.intent(), cells, defaults, strict)
    except Rejected as rejected:
        for problem in rejected.problems:
            session.remark(t("Warning: {what}", what=say(problem)))
        raise


@command("withdraw", "writes")
def withdraw(
    session: Session,
    province: ProvinceOrAll,
    code: Code,
    as_of: Annotated[date, day_option(mark("The date that the figure bears."))],
    estimate: Estimate = False,
) -> Done[None]:
    """Take back a figure that was filed wrongly; the journal keeps it."""
    from htx_cli.actions import results as actions

    book, intent = session.book(), session.intent()
    return actions.withdraw(book, intent, province, code, as_of, estimate)
