"""Targets, clusters and provinces as documents and as flat records."""

from typing import Any

from htx_cli.domain.lists import Clusters, Provinces, Targets
from htx_cli.output.documents.values import (
    Document,
    Records,
    amendment_document,
    iso,
    picked,
    target_document,
)

TARGET = (
    "code", "line", "title", "of_title", "kind", "bound", "threshold", "level", "unit",
    "base_year", "scope", "note", "shares", "share_thresholds", "year", "cluster", "pact",
    "decision", "from",
)  # fmt: skip
CLUSTER = ("id", "name", "years", "members", "member_names", "seats", "first_days", "last_days")
PROVINCE = ("id", "name", "code", "first_day", "last_day", "successors")


def document(listed: Targets | Clusters | Provinces) -> Document:
    """htx.targets/1, htx.clusters/1 or htx.provinces/1."""
    match listed:
        case Targets():
            return _targets(listed)
        case Clusters():
            return _clusters(listed)
        case Provinces():
            return _provinces(listed)


def _targets(targets: Targets) -> Document:
    """The targets of a year, each with the shares of single provinces."""

    def own(code: str) -> list[Document]:
        return [
            picked(s, "id=province assigned threshold") for s in targets.shares if s.target == code
        ]

    return {
        **picked(targets, "year cluster"),
        "lines": [{"line": line, "text": text} for line, text in targets.lines.items()],
        "targets": [{**target_document(x), "shares": own(x.code)} for x in targets.targets],
        **picked(targets.state, "pact signed_on"),
        "amendments": [amendment_document(each) for each in targets.amendments],
    }


def _clusters(clusters: Clusters) -> Document:
    """The clusters with their members in seat order."""
    return {
        "clusters": [
            {
                **picked(row, "cluster.id cluster.name years"),
                "members": [
                    picked(each, "province.id province.name seat first_day last_day")
                    for each in row.members
                ],
            }
            for row in clusters.clusters
        ]
    }


def _provinces(provinces: Provinces) -> Document:
    """The units of the register."""
    return {
        "on": iso(provinces.on),
        "provinces": [
            {
                **picked(p, "id name code first_day last_day"),
                "successors": list(provinces.successors.get(p.id, ())),
            }
            for p in provinces.provinces
        ],
    }


def records(listed: Targets | Clusters | Provinces) -> Records:
    """The items of the list."""
    match listed:
        case Targets():
            return Records(TARGET, _target_rows(listed))
        case Clusters():
            return Records(CLUSTER, _cluster_rows(listed))
        case Provinces():
            return Records(PROVINCE, _provinces(listed)["provinces"])


def _target_rows(targets: Targets) -> list[Document]:
    """The signed targets; a share without a threshold is one that is not assigned."""
    made = _targets(targets)
    return [
        {
            **target,
            "shares": _each(target["shares"], "id"),
            "share_thresholds": _each(target["shares"], "threshold"),
            "year": made["year"],
            "cluster": made["cluster"]["id"],
            "pact": made["pact"],
            **_last_decision(made, target["code"]),
        }
        for target in made["targets"]
    ]


def _last_decision(targets: Document, code: str) -> Document:
    """The last decision that changed what is asked of all, and its first day."""
    of_all = [x for x in targets["amendments"] if (x["part"], x["code"]) == ("target", code)]
    last: Document = of_all[-1] if of_all else {}
    return {"decision": last.get("decision"), "from": last.get("from")}


def _cluster_rows(clusters: Clusters) -> list[Document]:
    """The clusters, each with its members in seat order."""
    return [
        {
            **cluster,
            "members": _each(cluster["members"], "id"),
            "member_names": _each(cluster["members"], "name"),
            "seats": _each(cluster["members"], "seat"),
            "first_days": _each(cluster["members"], "first_day"),
            "last_days": _each(cluster["members"], "last_day"),
        }
        for cluster in _clusters(clusters)["clusters"]
    ]


def _each(items: list[Document], key: str) -> list[Any]:
    return [item[key] for item in items]
