"""What a change did to clusters, their members and leaders, in plain words."""

from datetime import date

from htx_cli.domain.changes import ChangeRow, Glossary, Record
from htx_cli.text.words import t


def member(row: ChangeRow, record: Record, glossary: Glossary) -> str:
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


def leadership(row: ChangeRow, record: Record, glossary: Glossary) -> str:
    """Who leads a year, and who did before."""
    stood, stands = (_leads(each, glossary) if each else None for each in (row.before, row.after))
    told = stands or stood or {}
    if stood and stands:
        told = {
            role: name if stood[role] == name else f"{stood[role]} → {name}"
            for role, name in stands.items()
        }
    if stood == stands:
        return t("{year}: leader {leader}, deputy {deputy}; date or reason changed", **told)
    return t("{year}: leader {leader}, deputy {deputy}", **told)


def _leads(record: Record, glossary: Glossary) -> dict[str, str]:
    """Who leads in a record, as a person reads it."""
    deputy = t("none") if record["deputy_known"] else t("not stated")
    if record["deputy"]:
        deputy = glossary.names.get(record["deputy"], record["deputy"])
    leader = glossary.names.get(record["leader"], record["leader"])
    return {"year": str(record["year"]), "leader": leader, "deputy": deputy}


def takeover(row: ChangeRow, record: Record, glossary: Glossary) -> str:
    """Who took over a year in its course, or that nobody did after all."""
    day = date.fromisoformat(record["first_day"])
    said = t("{year}: leader {leader}, deputy {deputy}", **_leads(record, glossary))
    if row.after is None:
        return t("{said}, from {day} on: taken back", said=said, day=day)
    return t("{said}, from {day} on", said=said, day=day)


def cluster(row: ChangeRow, record: Record, glossary: Glossary) -> str:
    """A cluster, new or under another name."""
    if row.before:
        was = row.before["name"]
        return t("cluster {was} is now called {name}", was=was, name=record["name"])
    return t("cluster {name} added", name=record["name"])


def cluster_name(row: ChangeRow, record: Record, glossary: Glossary) -> str:
    """What a cluster was called before."""
    day = date.fromisoformat(record["last_day"])
    if row.after is None:
        return t("its name until {day} is taken back", day=day)
    return t("its name was {name} until {day}", name=record["name"], day=day)
