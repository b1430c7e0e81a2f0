"""One of every answer that the commands show."""

from typing import Any

from htx_cli.actions import Intent
from htx_cli.actions.explain import explain
from htx_cli.actions.journal import log, log_change, log_figure
from htx_cli.actions.leaders import leaders
from htx_cli.actions.lists import clusters, provinces, targets
from htx_cli.actions.report import build_report, province_status
from htx_cli.actions.trend import trend
from htx_cli.actions.undo import undo
from tests.support.books import SAMPLE, book

SHOWN: dict[str, Any] = {
    "report": lambda: build_report(book(SAMPLE), 2021),
    "report with estimates": lambda: build_report(book(SAMPLE), 2021, estimates=True),
    "report of 2020": lambda: build_report(book(SAMPLE), 2020),
    "status": lambda: province_status(book(SAMPLE), "kien giang", 2021),
    "explain": lambda: explain(book(SAMPLE), "hau giang", "3", 2021),
    "explain all": lambda: explain(book(SAMPLE), "all", "htx", 2021),
    "trend": lambda: trend(book(SAMPLE), "htx"),
    "trend of a province": lambda: trend(book(SAMPLE), "3", "can tho"),
    "targets": lambda: targets(book(SAMPLE), 2021),
    "leaders": lambda: leaders(book(SAMPLE)),
    "clusters": lambda: clusters(book(SAMPLE)),
    "provinces": lambda: provinces(book(SAMPLE), None, everything=True),
    "log": lambda: log(book(SAMPLE)),
    "log of a change": lambda: log_change(book(SAMPLE), 32),
    "undo": lambda: undo(book(SAMPLE), Intent("undo", dry_run=True)),
    "log of a figure": lambda: log_figure(book(SAMPLE), "can tho", "1a", 2021),
}
