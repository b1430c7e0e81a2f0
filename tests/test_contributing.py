"""CONTRIBUTING.md says where everything lives; here it is held to the files."""

import re

from tests.support import subjects
from tests.test_architecture import MAY_IMPORT

PACKAGE = subjects.ROOT / "htx_cli"
TEXT = subjects.PAGE.read_text(encoding="utf-8")


def test_the_table_of_subjects_is_current() -> None:
    assert subjects.rewritten(TEXT) == TEXT, "python -m tests.support.subjects writes it anew"
    assert subjects.table() in TEXT


def test_the_house_shows_every_wing() -> None:
    [house] = re.findall(r"(?s)```\nhtx_cli/\n(.*?)```", TEXT)
    assert set(re.findall(r"(?m)^  (\w+)/? ", house)) >= MAY_IMPORT.keys() - {"cli"}
    folders = set(re.findall(r"(\w+)/", house))
    assert [name for name in folders if not list(PACKAGE.glob(f"**/{name}"))] == []


def test_every_place_that_is_named_is_there() -> None:
    places = re.findall(r"`([\w/]+\.(?:py|md|po))(?::(\w+))?`", TEXT)
    assert len(places) > 30
    lost = []
    for file, name in places:
        roots = (PACKAGE, PACKAGE / "domain", PACKAGE / "guides" / "en", subjects.ROOT)
        path = next((root / file for root in roots if (root / file).exists()), None)
        defined = rf"(?m)^(?:def|class) {name}\b|^{name}\b.*="
        if "SUBJECT" in file or "TOPIC" in file:
            continue
        if path is None or (name and not re.search(defined, path.read_text(encoding="utf-8"))):
            lost.append((file, name))
    assert lost == []
