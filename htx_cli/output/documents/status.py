"""One province's year as a document of htx.status/1, and its cells as flat records."""

from htx_cli.domain.report import ProvinceStatus
from htx_cli.output.documents.report import cell_records, frame, province_document
from htx_cli.output.documents.values import Document, Records


def document(status: ProvinceStatus) -> Document:
    """htx.status/1."""
    codes = {rollup.target.code: rollup.target for rollup in status.report.targets}
    row = province_document(status.row)
    row["cells"] = [{**cell, "title": codes[cell["target"]].title} for cell in row["cells"]]
    return {**frame(status.report), "province": row}


def records(status: ProvinceStatus) -> Records:
    """The cells of one province."""
    return cell_records(status.report, [status.row])
