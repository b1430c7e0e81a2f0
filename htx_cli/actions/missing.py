"""The error that a figure is not there, with those that are."""

from collections.abc import Iterable
from datetime import date

from htx_cli.domain.model import Result
from htx_cli.domain.targets import Basis
from htx_cli.text.errors import NotFound, Phrase


def no_figure(
    whose: str, code: str, basis: Basis, when: date | int, standing: Iterable[Result]
) -> NotFound:
    """That a target has no such figure as of a day, or in a year; `standing` are those that it has."""
    known: list[object] = [
        Phrase("day_and_basis", {"day": each.as_of, "basis": each.basis}) for each in standing
    ]
    what = {"province": whose, "basis": basis, "code": code, "known": known or ["–"]}
    if isinstance(when, date):
        return NotFound("result_unknown", as_of=when, **what)
    return NotFound("nothing_to_prove", year=str(when), **what)
