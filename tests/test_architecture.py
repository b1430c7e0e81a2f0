"""Who may import whom: read → compute → show, with I/O at the two ends."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "htx_cli"

# module (or family) → what of htx it may import. `x+` is x and whatever x may import.
ALLOWED: dict[str, str] = {
    "sentences": "",
    "errors": "sentences",
    "words": "",
    "schema": "",
    "vietnamese": "errors",
    "targets": "errors",
    "journal": "sentences schema",
    "model": "targets+",
    "answers": "model+ journal+",
    "outgoing": "model",
    "names": "model+ vietnamese seating",
    "amendments": "model+",
    "seating": "model",
    "progress": "answers+ vietnamese terms",
    "duedates": "progress+ seating",
    "terms": "model seating",
    "rotation": "answers+",
    "trends": "progress+",
    "evidence": "answers+",
    "handover": "answers+",
    "parcel": "errors",
    "placing": "errors opening",
    "opening": "errors schema",
    "records": "schema model+ journal+ opening",
    "store": "records+ amendments rules seating terms",
    "rules": "schema sentences",
    "migrations": "schema",
    "form": "answers migrations opening schema",
    "verification": "form+ journal rules",
    "replay": "opening schema",
    "merging": "journal",
    "receiving": "journal merging records",
    "fixed": "journal receiving schema",
    "joining": "changes+ closed store fixed receiving merging",
    "staging": "records+ replay",
    "closed": "errors model seating store",
    "changes": "closed staging+ store+ migrations placing verification",
    "importers": "model+ journal outgoing vietnamese names",
    "tables": "trends+ duedates+ evidence handover merging names words",
    "reports": "tables+ outgoing parcel",
    "book": "trends+ duedates+ rotation terms outgoing evidence handover parcel placing seating"
    " importers+ verification joining+",
    "commands": "book store importers+ reports+",
    "cli": "commands errors words reports",
    "__init__": "errors book answers journal targets",
    "__main__": "cli",
}
PURE = (
    "sentences/__init__",
    "errors",
    "schema",
    "vietnamese",
    "targets",
    "journal",
    "model",
    "answers",
    "amendments",
    "names",
    "progress/__init__",
    "progress/carry",
    "progress/cells",
    "progress/early",
    "progress/maps",
    "progress/rollups",
    "progress/view",
    "duedates",
    "rotation",
    "trends",
    "evidence",
    "handover",
    "seating",
    "terms",
    "importers/doubts",
    "importers/figures",
    "importers/resolve",
    "importers/workbooks",
)
# outside library → who may import it
LIBRARIES: dict[str, tuple[str, ...]] = {
    "typer": ("cli", "commands"),
    "rich": ("tables", "commands"),
    "sqlite_utils": ("changes", "migrations"),
    "sqlite3": (
        "opening",
        "records",
        "store",
        "rules",
        "migrations",
        "replay",
        "receiving",
        "fixed",
        "joining",
        "staging",
        "changes",
        "placing",
        "form",
        "verification",
    ),
    "python_calamine": ("importers",),
    "xlrd": ("importers",),
    "xlsxwriter": ("reports",),
    "dateutil": ("vietnamese", "duedates"),
}
NO_IDEA = ("utils", "helpers", "common", "base", "manager", "core", "misc")


FILES = sorted(PACKAGE.rglob("*.py"))
MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in FILES
}


def module_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> set[str]:
    """Every module that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            names = (f"{node.module}.{alias.name}" for alias in node.names)
            found |= {name if name in MODULES else node.module for name in names}
    return found


def reach(name: str) -> set[str]:
    """What a module may import, with the pluses worked out."""
    allowed: set[str] = set()
    for word in ALLOWED[name].split():
        other = word.removesuffix("+")
        allowed.add(other)
        if word.endswith("+"):
            allowed |= reach(other)
    return allowed


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_every_module_imports_only_what_the_table_allows(path: Path) -> None:
    here = module_of(path)
    ours = {name.split(".")[1] for name in imports(path) if name.startswith("htx_cli.")}
    assert ours - {here} <= reach(here)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_outside_libraries_are_imported_where_they_belong(path: Path) -> None:
    here = module_of(path)
    wrong = {
        name
        for name in (module.split(".")[0] for module in imports(path))
        if name in LIBRARIES and here not in LIBRARIES[name]
    }
    assert wrong == set()


def test_no_module_is_imported_by_what_it_imports() -> None:
    graph = {name: imports(path) & MODULES.keys() - {name} for name, path in MODULES.items()}
    TopologicalSorter(graph).prepare()  # raises CycleError with the modules of a circle


def test_the_table_names_nothing_that_is_not_imported() -> None:
    used: dict[str, set[str]] = {name: set() for name in ALLOWED}
    libraries: dict[str, set[str]] = {name: set() for name in LIBRARIES}
    for path in FILES:
        for name in imports(path):
            top, _, rest = name.partition(".")
            if top == "htx_cli":
                used[module_of(path)].add(rest.partition(".")[0])
            elif top in LIBRARIES:
                libraries[top].add(module_of(path))
    named = {name: {word.removesuffix("+") for word in ALLOWED[name].split()} for name in ALLOWED}
    assert {name: idle for name in ALLOWED if (idle := named[name] - used[name])} == {}
    assert {name: set(where) for name, where in LIBRARIES.items()} == libraries


@pytest.mark.parametrize("name", PURE)
def test_pure_modules_touch_no_file_no_database_and_no_clock(name: str) -> None:
    impure = {"os", "pathlib", "sqlite3", "io", "sys", "subprocess", "time", "tempfile", "getpass"}
    text = (PACKAGE / f"{name}.py").read_text(encoding="utf-8")
    assert imports(PACKAGE / f"{name}.py") & impure == set()
    assert ".now(" not in text
    assert ".today(" not in text


def test_no_module_is_named_after_no_idea() -> None:
    assert [path for path in FILES if path.stem in NO_IDEA] == []


def test_no_file_grows_past_one_idea() -> None:
    long = {
        p.name: n for p in FILES if (n := len(p.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_the_top_level_is_fixed() -> None:
    tracked = {
        "htx_cli", "tests", "sample.db", "pyproject.toml", "README.md",
        ".ci", ".gitignore", "LICENSE", "CHANGELOG.md",
    }  # fmt: skip
    assert {name for name in tracked if not (PACKAGE.parent / name).exists()} == set()


def test_printing_happens_at_the_edge_only() -> None:
    printing = [
        path.relative_to(PACKAGE).as_posix()
        for path in FILES
        if "print(" in path.read_text(encoding="utf-8").replace("console.print(", "")
    ]
    assert printing == []
