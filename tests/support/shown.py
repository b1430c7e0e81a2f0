"""One of every answer that the commands show."""

from typing import Any

from htx_cli.actions import Intent
from htx_cli.actions import report as seeing
from htx_cli.actions import trend as trending
from htx_cli.actions import undo as undoing
from tests.support.books import SAMPLE, book

SHOWN: dict[str, Any] = {
    "report": lambda: seeing.build_report(book(SAMPLE), 2021),
    "report with estimates": lambda: seeing.build_report(book(SAMPLE), 2021, estimates=True),
    "report of 2020": lambda: seeing.build_report(book(SAMPLE), 2020),
    "status": lambda: seeing.province_status(book(SAMPLE), "kien giang", 2021),
    "explain": lambda: seeing.explain(book(SAMPLE), "hau giang", "3", 2021),
    "explain all": lambda: seeing.explain(book(SAMPLE), "all", "htx", 2021),
    "trend": lambda: trending.trend(book(SAMPLE), "htx"),
    "trend of a province": lambda: trending.trend(book(SAMPLE), "3", "can tho"),
    "targets": lambda: seeing.targets(book(SAMPLE), 2021),
    "leaders": lambda: seeing.leaders(book(SAMPLE)),
    "clusters": lambda: seeing.clusters(book(SAMPLE)),
    "provinces": lambda: seeing.provinces(book(SAMPLE), None, everything=True),
    "log": lambda: seeing.log(book(SAMPLE)),
    "log of a change": lambda: seeing.log_change(book(SAMPLE), 32),
    "undo": lambda: undoing.undo(book(SAMPLE), Intent("undo", dry_run=True)),
    "log of a figure": lambda: seeing.log_figure(book(SAMPLE), "can tho", "1a", 2021),
}
