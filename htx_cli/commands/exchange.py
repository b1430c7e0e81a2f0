"""Files to be read back: the export of all results, templates that provinces fill in."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from htx_cli.output.papers.export import FORMATS, write
from htx_cli.terminal.answer import answering, saved_told
from htx_cli.terminal.command import command
from htx_cli.terminal.options import (
    Replace,
    Year,
    argument,
    choice_option,
    complete_province,
    day_option,
    flag,
    option,
    year_option,
)
from htx_cli.terminal.session import Session, tell, write_json
from htx_cli.text.errors import UsageError
from htx_cli.text.words import mark, number, t

STDOUT = "-"


@command("export")
def export(
    session: Session,
    file: Annotated[
        Path, argument("FILE|-", mark(".csv, .json, .ndjson or .xlsx; - is standard output."))
    ],
    year: Annotated[
        int | None, year_option(mark("Only the results of this year; default: all."))
    ] = None,
    kind: Annotated[
        Any,  # one of FORMATS
        choice_option(
            FORMATS,
            mark("Needed for standard output; else the ending of the file names it."),
            "--format",
        ),
    ] = None,
    over: Replace = False,
) -> None:
    """Save all results in a file that “htx import” takes back as it is.

    Each result is a row, of every cluster unless --cluster names one. The same results give the same
    bytes. Texts that a spreadsheet would run get an apostrophe before them, which an import takes
    away again.
    """
    from htx_cli.actions import exchange as actions
    from htx_cli.output import files

    if str(file) == STDOUT:
        _to_stdout(session, year, kind)
        return
    format = kind or _export_format(file)
    files.check(file, format, over)
    with (
        actions.exported(session.book(), year) as results,
        files.saving(file, format, over) as place,
    ):
        count = write(results, place.file, format, bom=True)
    if session.in_json or kind == "json":
        write_json({"schema": "htx.export/1", "file": str(file), "results": count})
        return
    tell(saved_told(file, place.stood))
    tell(t("Results: {count}", count=number(Decimal(count))))


def _to_stdout(session: Session, year: int | None, format: str | None) -> None:
    """All at once, for whoever reads may be slow, and the book is not to wait for that."""
    import shutil
    import tempfile

    from htx_cli.actions import exchange as actions

    if format is None:
        raise UsageError("format_needed", path=STDOUT, choices=", ".join(FORMATS))
    if session.in_json:  # its answer would stand among the results
        raise UsageError("format_differs", value=format)
    with tempfile.TemporaryFile() as file:
        with actions.exported(session.book(), year) as results:
            write(results, file, format)
        file.seek(0)
        with answering() as out:
            shutil.copyfileobj(file, out.buffer)


def _export_format(file: Path) -> str:
    ending = file.suffix[1:].lower()
    if ending not in FORMATS:
        raise UsageError("format_needed", path=file, choices=", ".join(FORMATS))
    return ending


@command("template")
def template(
    session: Session,
    folder: Annotated[
        Path, option("FOLDER", mark("Where to put them; made if missing."), "--output", "-o")
    ],
    year: Year = None,
    province: Annotated[
        list[str] | None,
        option(
            "PROVINCE", mark("Only for this member; may be given again."), offers=complete_province
        ),
    ] = None,
    as_of: Annotated[
        date | None, day_option(mark("The date of the figures; default: 31 December."))
    ] = None,
    over: Annotated[bool, flag("--replace", mark("Replace files that stand there."))] = False,
) -> None:
    """Make a workbook for each province to fill in with its figures of a year.

    It shows the targets with their thresholds and last year's figures beside empty cells; a target
    that is not assigned to the province is left out. “htx import” understands what comes back.
    """
    from htx_cli.actions import exchange as actions
    from htx_cli.output import files
    from htx_cli.output.papers import template as form

    book = session.book()
    asked_for = year or (as_of or book.today).year
    made = actions.templates(book, asked_for, province or (), as_of)
    places = [folder / f"{each.year}-{each.province.id}.xlsx" for each in made]
    files.make_folder(folder)
    for file in places:
        files.check(file, files.WORKBOOK, over)
    saved = []
    for each, file in zip(made, places, strict=True):
        with files.saving(file, files.WORKBOOK, over) as place:
            form.write(each, place.file)
        saved.append((file, place.stood))
    if session.in_json:
        write_json({"schema": "htx.template/1", "files": [str(file) for file in places]})
        return
    for file, stood in saved:
        tell(saved_told(file, stood))
