"""Import several files, each as a change of its own."""

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from htx_cli.actions import Book, Intent
from htx_cli.actions.results import import_from
from htx_cli.domain.changes import Imported
from htx_cli.intake.sources import Manner
from htx_cli.intake.tables.mapping import Mapping as Mapped
from htx_cli.text.errors import Rejected


def import_each(
    book: Book, intent: Intent, given: Sequence[Path | str], manner: Manner, *, strict: bool = False
) -> tuple[list[tuple[str, Imported | None]], Rejected | None]:
    """Import each file as a change of its own, but those with problems: these are told together.

    All files are checked together first, so that one never corrects another unseen. Raises Rejected
    where the problems are not of single files.
    """
    found = None
    try:
        import_from(book, replace(intent, dry_run=True), given, manner, strict=strict)
    except Rejected as rejected:
        if not rejected.problems or any(problem.file is None for problem in rejected.problems):
            raise
        found = rejected
    bad = {problem.file for problem in found.problems} if found else set()
    if isinstance(manner.mapping, Mapped):
        manner.mapping.checked = True
    done: list[tuple[str, Imported | None]] = []
    for each in given:
        name = Path(each).name
        good = None if name in bad else import_from(book, intent, [each], manner, strict=strict)
        done.append((name, good))
    return done, found
