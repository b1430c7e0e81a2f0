"""A book that is handed over, as a part of htx.change/1."""

from htx_cli.domain.changes import in_fives
from htx_cli.domain.evidence import unproved
from htx_cli.domain.handover import HandedOver
from htx_cli.domain.model import Pact
from htx_cli.domain.progress import incomplete, owing
from htx_cli.output.documents.values import Document, iso, named, picked


def document(handed: HandedOver) -> Document:
    """The receiving province, the checkpoint, and what is open in each open year."""
    return {
        "to": named(handed.handover.province),
        "on": iso(handed.handover.handed_on),
        "checkpoint": in_fives(handed.hash),
        "open": [
            {
                "cluster": report.cluster.id,
                "year": report.year,
                "draft": report.pact is Pact.DRAFT,
                "owing": [
                    picked(c, "province=province.id target=target.code stale")
                    for c in owing(report)
                ],
                "incomplete": [
                    picked(c, "province=province.id target=target.code judged.reason")
                    for c in incomplete(report)
                ],
                "differing": [r.target.code for r in report.targets if r.differs],
                "without_evidence": len(unproved(report).figures),
            }
            for report in handed.reports
        ],
    }
