"""What stands around a table: the name of its sheet, the lines above it, and what they say together."""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct, field

from htx_cli.domain.model import Cluster, Province
from htx_cli.intake.labels import Labels, Said
from htx_cli.intake.lexicon import Unit


class Frame(Struct, frozen=True):
    """What holds for rows that do not say it themselves, and whether an option said so."""

    year: int
    as_of: date
    cluster: Cluster | None = None
    year_said: bool = False
    as_of_said: bool = False
    estimate: bool = False


class Around(Struct):
    """The facets of all lines together; a facet in `doubt` was named twice, by the text given."""

    role: Said | None = None
    period: Said | None = None
    years: tuple[int, ...] = ()
    year_text: str = ""
    several: str | None = None  # a line that names more than one year
    estimate: Said | None = None
    unit: Unit | None = None
    strange_unit: str | None = None
    running: bool = False
    senders: tuple[Province, ...] = ()
    role_doubt: str | None = None
    period_doubt: str | None = None
    rows: dict[str, int] = field(default_factory=dict)  # where each text stands


def around(
    sheet: str | None, lines: Iterable[tuple[int, str]], labels: Labels, year: int
) -> Around:
    """Return what the lines above a table say; the sheet's name where they say nothing."""
    found = Around()
    said = [(row, labels.said(text, "title")) for row, text in lines]
    found.rows |= {each.text: row for row, each in said}
    plain = [each for _, each in said if each.row != "furniture" and not each.skip]
    _merge(found, plain, year)
    senders = {e.province.id: e.province for e in plain if e.province}
    if sheet and not (of_sheet := labels.said(sheet, "title")).skip:
        _merge(found, [of_sheet], year)
        if of_sheet.province and not senders:
            senders = {of_sheet.province.id: of_sheet.province}
    found.senders = tuple(senders.values())
    return found


def _merge(found: Around, said: Sequence[Said], year: int) -> None:
    """Take in lines of equal reach, for the facets that nothing nearer has decided."""
    if not found.role and not found.role_doubt:
        roles = {role: each for each in said for role in each.roles if role in _WHOLE}
        single = [each for each in said if len(each.roles) == 1 and each.role in _WHOLE]
        if len(roles) == 1 and single:
            found.role = single[-1]
        elif len(roles) > 1:
            found.role_doubt = next(each.text for each in said if each.roles)
    if not found.period and not found.period_doubt:
        ends = {p.end(year): each for each in said for p in each.periods}
        if len(ends) == 1:
            found.period = next(iter(ends.values()))
        elif len(ends) > 1:
            found.period_doubt = next(each.text for each in said if each.periods)
    if not found.years:
        last = [year - 1 for each in said if each.last_year and "comparison" not in each.roles]
        found.years = tuple(dict.fromkeys([*(y for each in said for y in each.years), *last]))
        found.year_text = next((e.text for e in said if e.years or e.last_year), "")
        found.several = next((each.text for each in said if len(each.years) > 1), None)
    found.estimate = found.estimate or next((each for each in said if each.estimate), None)
    for each in reversed(said):
        if not found.unit and not found.strange_unit:
            found.unit, found.strange_unit = each.unit, each.strange_unit
    found.running = found.running or any(each.running for each in said)


_WHOLE = ("result", "plan", "points", "comparison", "estimate")  # what a whole table may be of
