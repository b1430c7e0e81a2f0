"""Record results: which documents prove them."""

from datetime import date
from pathlib import Path
from typing import Annotated

from htx_cli.domain.changes import Caution
from htx_cli.terminal.command import command
from htx_cli.terminal.options import (
    Estimate,
    Year,
    argument,
    complete_province_or_all,
    complete_target,
    day_option,
    option,
)
from htx_cli.terminal.session import Answer, Session
from htx_cli.text import vietnamese
from htx_cli.text.errors import UsageError
from htx_cli.text.words import mark, metavar

PROVES_NOTHING = 3  # exit code
MOST_LETTERS = 300  # of a number or a title
EXAMPLE = 'htx attach "Cần Thơ" 1a bao-cao.pdf --number 15/BC-LMHTX'


@command("attach", "writes", "shows")
def attach(
    session: Session,
    province: Annotated[
        str | None,
        argument(
            "PROVINCE",
            mark("A province in any spelling, or “all” for the whole cluster."),
            offers=complete_province_or_all,
        ),
    ] = None,
    code: Annotated[
        str | None,
        argument("CODE", mark("A target's code, for example 1a."), offers=complete_target),
    ] = None,
    file: Annotated[
        list[Path] | None, argument("FILE …", mark("The document: a scan, a PDF, a workbook."))
    ] = None,
    number: Annotated[
        str | None, option("TEXT", mark("The document's number, such as 15/BC-LMHTX."))
    ] = None,
    date: Annotated[date | None, day_option(mark("The date on the document."))] = None,
    title: Annotated[str | None, option("TEXT", mark("What the document is called."))] = None,
    as_of: Annotated[
        date | None,
        day_option(mark("The date that the figure bears; default: the latest of the year.")),
    ] = None,
    year: Year = None,
    estimate: Estimate = False,
    check: Annotated[
        Path | None,
        option(
            "FILE",
            mark("Attach nothing: show which figures this file proves; exit with 3 if none."),
        ),
    ] = None,
) -> object:
    """Name the documents that prove a figure; the files themselves stay with you.

    The book keeps number, date, title and SHA-256 of each, and what the figure said. After a
    correction the figure has no evidence again: attach what proves the new one.
    """
    if check is not None:
        when = date or as_of or (str(year) if year else None)
        more = province or number or title or when or ("--estimate" if estimate else None)
        return _proofs(session, check, more)
    for name, given in (("-o", session.output), ("--format", session.format)):
        if given not in (None, "json"):
            raise UsageError("attach_shows", option=name)
    if province is None or code is None or not file:
        name = "PROVINCE" if province is None else "CODE" if code is None else "FILE"
        raise UsageError("argument_missing", name=metavar(name), example=EXAMPLE)
    from htx_cli.actions import evidence as actions

    return actions.attach(
        session.book(),
        session.intent(),
        province,
        code,
        file,
        number=_line(number, "--number"),
        day=date,
        title=_line(title, "--title"),
        as_of=as_of,
        year=year,
        estimate=estimate,
    )


def _line(text: str | None, option: str) -> str | None:
    return None if text is None else vietnamese.text_line(text, MOST_LETTERS, option)


def _proofs(session: Session, path: Path, more: object) -> Answer:
    """Show what a file proves; what it proved of older figures is shown too, but does not count."""
    from htx_cli.actions import evidence as actions

    if more is not None:
        raise UsageError("check_alone", value=more)
    found = actions.what_it_proves(session.book(), path)
    if any(proof.holds for proof in found.proofs):
        return Answer(found)
    return Answer(found, (), [Caution("proves_nothing", {"path": path})], PROVES_NOTHING)
