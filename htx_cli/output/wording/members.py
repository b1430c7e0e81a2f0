"""What a change did to clusters, their members and leaders, in plain words."""

from datetime import date

from htx_cli.domain.changes import ChangeRow, Glossary, Record
from htx_cli.domain.model import Unseated
from htx_cli.domain.names import unseated_words
from htx_cli.output.layout import clean
from htx_cli.text.words import t


def member_told(row: ChangeRow, record: Record, glossary: Glossary) -> str:
    """A membership: from when, until when, moved."""
    what = {
        "province": glossary.names.get(record["province"], record["province"]),
        "seat": str(record["seat"]),
        "day": date.fromisoformat(record["first_day"]),
    }
    if ended := glossary.ended(row):
        id = record["province"]
        what["province"] = t("{name} ({id}, until {day})", name=what["province"], id=id, day=ended)
    if row.before is None and record["last_day"]:
        until = date.fromisoformat(record["last_day"])
        return t(
            "{province} is a member from {day} until {until}, seat {seat}", **what, until=until
        )
    if row.before is None:
        return t("{province} is a member from {day}, seat {seat}", **what)
    if row.before["first_day"] != record["first_day"]:
        was = date.fromisoformat(row.before["first_day"])
        return t("{province} is a member from {day} (was {was})", **what, was=was)
    if record["last_day"]:
        until = date.fromisoformat(record["last_day"])
        return t("{province} is a member until {until}", province=what["province"], until=until)
    if row.before["last_day"]:
        return t("{province} is a member without a last day again", province=what["province"])
    return t("{province}: membership changed", province=what["province"])


def cluster_told(row: ChangeRow, record: Record, glossary: Glossary) -> str:
    """A cluster, new or under another name."""
    if row.before:
        was = row.before["name"]
        return t("cluster {was} is now called {name}", was=was, name=record["name"])
    return t("cluster {name} added", name=record["name"])


def cluster_name_told(row: ChangeRow, record: Record, glossary: Glossary) -> str:
    """What a cluster was called before."""
    day = date.fromisoformat(record["last_day"])
    if row.after is None:
        return t("its name until {day} is taken back", day=day)
    return t("its name was {name} until {day}", name=record["name"], day=day)


def unseated_text(unseated: Unseated) -> str:
    """Of whom a province came that does not sit there by itself, and what to type."""
    words = unseated_words(unseated)
    said = t(
        "{province} has no seat since {day}: beside {parts} it came of {others},"
        " from outside the cluster.",
        **words,
    )
    return _with_advice(said, words)


def unseated_ahead(unseated: Unseated) -> str:
    """The same of a day to come, or of one that years are reckoned from."""
    words = unseated_words(unseated)
    said = t(
        "{province} takes no seat by itself on {day}: beside {parts} it comes of {others},"
        " from outside the cluster.",
        **words,
    )
    return _with_advice(said, words)


def _with_advice(said: str, words: dict[str, object]) -> str:
    return clean(said + " " + t("To seat it: htx add-member {id} --since {day}", **words))
