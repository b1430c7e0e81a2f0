"""The table of CONTRIBUTING.md: on which floors of the house each subject has a module.

`python -m tests.support.subjects` writes it anew from the files.
"""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "CONTRIBUTING.md"
FLOORS = {
    "domain": "domain",
    "read": "book/read",
    "actions": "actions",
    "wording": "output/wording",
    "sheets": "output/sheets",
    "documents": "output/documents",
    "commands": "commands",
}
_TABLE = re.compile(r"(?m)^\| subject \|.*\n(?:\|.*\n)+")
_ALONE = re.compile(r"(?ms)^On one floor only: .*?\.$")


def modules() -> dict[str, set[str]]:
    """For each floor the names of its modules; a package counts as one."""
    found = {}
    for floor, folder in FLOORS.items():
        entries = (ROOT / "htx_cli" / folder).iterdir()
        names = {entry.stem for entry in entries if entry.suffix == ".py" or _package(entry)}
        found[floor] = names - {"__init__"}
    return found


def _package(path: Path) -> bool:
    return (path / "__init__.py").exists()


def table() -> str:
    """The subjects that stand on several floors, with the floors of each."""
    standing = modules()
    rows = [["subject", *FLOORS], ["---", *("---" for _ in FLOORS)]]
    for name in sorted(set.union(*standing.values())):
        marks = ["x" if name in standing[floor] else "" for floor in FLOORS]
        if marks.count("x") > 1:
            rows.append([name, *marks])
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def alone() -> str:
    """The modules that stand on one floor only, floor by floor."""
    standing = modules()
    said = []
    for floor, names in standing.items():
        others = set.union(*(theirs for other, theirs in standing.items() if other != floor))
        if left := sorted(names - others):
            said.append(f"{floor} has {', '.join(left)}")
    return f"On one floor only: {'; '.join(said)}."


def rewritten(text: str) -> str:
    """The page with both as the files are now."""
    with_table = _TABLE.sub(lambda _: table(), text)
    return _ALONE.sub(lambda _: _filled(alone()), with_table)


def _filled(text: str) -> str:
    import textwrap

    return textwrap.fill(text, 100, break_on_hyphens=False)


if __name__ == "__main__":
    PAGE.write_text(rewritten(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
