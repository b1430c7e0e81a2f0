"""What was found wrong with a book, one finding a line."""

from htx_cli.answers import Finding, Verified
from htx_cli.journal import Record, in_fives, record_in
from htx_cli.tables import Grid, Notes, Sheet, clean
from htx_cli.words import say, t


def verified(verified: Verified, room: int | None) -> Sheet:
    """Every finding with its record, what the journal says of it and what the table says."""
    if verified.well:
        lines = [
            t("Changes: {count}", count=str(verified.changes)),
            t("Checkpoint: {checkpoint}", checkpoint=in_fives(verified.hash)),
        ]
        return Sheet(t("All is well: the book is what its journal says."), [Notes(lines)])
    lines = [_line(finding) for finding in verified.findings]
    if verified.more:
        lines.append(t("and more"))
    if verified.whole:
        return Sheet(t("The book is whole, but it does not have this checkpoint."), [Notes(lines)])
    return Sheet(t("The book is not as htx left it."), [Notes(lines)])


def checkpoint_note(checkpoint: str | None) -> list[Grid | Notes]:
    """The last line of what is printed for a conference."""
    return [Notes([t("Checkpoint: {checkpoint}", checkpoint=checkpoint)])] if checkpoint else []


def _line(finding: Finding) -> str:
    told = say(finding)
    where = " ".join(clean(part) for part in (finding.table, finding.key) if part)
    if where:
        told = f"{where}: {told}"
    says, stands = _different(finding.says, finding.stands)
    if says and stands and finding.code == "verify_before":
        what = {"number": str(finding.change), "says": says, "stands": stands}
        told += " " + t("Before it stood {says}; change {number} found {stands}.", **what)
    elif says and stands:
        told += " " + t(
            "The journal says {says}; the table says {stands}.", says=says, stands=stands
        )
    elif says:
        told += " " + t("The journal says {says}.", says=says)
    elif stands:
        told += " " + t("The table says {stands}.", stands=stands)
    if finding.change is not None and "number" not in finding.values:
        told += f" ({t('change {number}', number=str(finding.change))})"
    return told


def _different(one: str | None, other: str | None) -> tuple[str, str]:
    """Of two records the fields that differ; of one alone all that it has."""
    first, second = record_in(one), record_in(other)
    if first is None or second is None:
        return _listed(first, one), _listed(second, other)
    names = [name for name in {**first, **second} if first.get(name) != second.get(name)]
    told = [{name: record.get(name) for name in names} for record in (first, second)]
    return _listed(told[0], one), _listed(told[1], other)


def _listed(fields: Record | None, text: str | None) -> str:
    if fields is None:
        return clean(text)
    alone = [f"{name} {_said(value)}" for name, value in fields.items()]
    return clean(", ".join(alone))


def _said(value: object) -> str:
    return "–" if value is None else f"“{value}”" if isinstance(value, str) else str(value)
