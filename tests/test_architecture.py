"""Who may import whom: read → compute → show, with I/O at the two ends."""

import ast
from collections import Counter
from graphlib import TopologicalSorter
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "htx_cli"

# wing → the wings that it may import, beside itself
MAY_IMPORT: dict[str, set[str]] = {
    "text": set(),
    "domain": {"text"},
    "book": {"domain", "text"},
    "intake": {"domain", "text"},
    "output": {"domain", "text"},
    "actions": {"book", "intake", "domain", "text"},
    "terminal": {"actions", "output", "domain", "text"},
    "commands": {"terminal", "actions", "output", "intake", "domain", "text"},
    "cli": {"commands", "terminal", "actions", "output", "domain", "text"},
}
# outside library → the only places that may import it
LIBRARIES: dict[str, set[str]] = {
    "sqlite3": {"book"},
    "sqlite_utils": {"book"},
    "rich": {"output", "terminal", "commands"},
    "typer": {"terminal", "commands", "cli"},
    "python_calamine": {"intake"},
    "xlrd": {"intake"},
    "xlsxwriter": {"output"},
}
# what `text` and `domain` never touch: they are given everything and give back values
IMPURE = {"os", "pathlib", "sqlite3", "time", "sys", "subprocess", "tempfile", "getpass"}
NO_IDEA = {"utils", "helpers", "common", "base", "manager", "core", "misc"}
ENTRIES = 15  # that a newcomer sees when the package is opened

FILES = sorted(PACKAGE.rglob("*.py"))
MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in FILES
}
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES}


def inside(path: Path) -> str:
    """Where a file stands in the package: `book/file.py`."""
    return path.relative_to(PACKAGE).as_posix()


def wing(module: str) -> str:
    """The first name below the package: `htx_cli.book.file` is in `book`."""
    return module.split(".")[1] if "." in module else ""


def imports(path: Path) -> set[str]:
    """Every module that a file imports, at its top or inside a function."""
    found: set[str] = set()
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            names = (f"{node.module}.{alias.name}" for alias in node.names)
            found |= {name if name in MODULES else node.module for name in names}
    return found


def test_a_wing_imports_only_the_wings_below_it() -> None:
    wrong: set[tuple[str, str]] = set()
    for name, path in MODULES.items():
        allowed = MAY_IMPORT.get(wing(name))
        if allowed is None:  # the two faces of the package
            continue
        ours = {other for other in imports(path) if other.startswith("htx_cli.")}
        wrong |= {
            (inside(path), other) for other in ours if wing(other) not in {wing(name), *allowed}
        }
    assert wrong == set()


def test_outside_libraries_are_imported_where_they_belong() -> None:
    used: dict[str, set[str]] = {name: set() for name in LIBRARIES}
    for name, path in MODULES.items():
        for library in {module.split(".")[0] for module in imports(path)} & LIBRARIES.keys():
            used[library].add(wing(name))
    assert {library: places - LIBRARIES[library] for library, places in used.items()} == {
        library: set() for library in LIBRARIES
    }


def test_text_and_domain_touch_no_file_no_database_and_no_clock() -> None:
    pure = [path for name, path in MODULES.items() if wing(name) in ("text", "domain")]
    assert {inside(path): used for path in pure if (used := imports(path) & IMPURE)} == {}
    texts = {inside(path): path.read_text(encoding="utf-8") for path in pure}
    assert [name for name, text in texts.items() if ".now(" in text or ".today(" in text] == []


def test_no_module_is_imported_by_what_it_imports() -> None:
    graph = {name: imports(path) & MODULES.keys() - {name} for name, path in MODULES.items()}
    TopologicalSorter(graph).prepare()  # raises CycleError with the modules of a circle


def test_every_wing_is_there_and_the_landing_stays_small() -> None:
    seen = {path.name.removesuffix(".py") for path in PACKAGE.iterdir()} - {"__pycache__"}
    assert MAY_IMPORT.keys() - seen == set()
    assert len(seen) <= ENTRIES


def test_no_module_is_named_after_no_idea() -> None:
    assert [inside(path) for path in FILES if path.stem in NO_IDEA] == []


def test_no_file_grows_past_one_idea() -> None:
    lengths = {inside(path): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_no_two_classes_bear_one_name() -> None:
    names = Counter(
        node.name
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    )
    assert [name for name, times in names.items() if times > 1] == []


def test_no_function_takes_a_parameter_of_its_own_name() -> None:
    functions = (
        (inside(path), node)
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    )
    assert {
        (place, node.name)
        for place, node in functions
        if node.name in {each.arg for each in (*node.args.args, *node.args.kwonlyargs)}
    } == set()


def test_the_top_level_is_fixed() -> None:
    tracked = {
        "htx_cli", "tests", "sample.db", "pyproject.toml", "README.md",
        ".ci", ".gitignore", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md",
    }  # fmt: skip
    assert {name for name in tracked if not (PACKAGE.parent / name).exists()} == set()


def test_printing_happens_at_the_edge_only() -> None:
    texts = {inside(path): path.read_text(encoding="utf-8") for path in FILES}
    assert [
        name for name, text in texts.items() if "print(" in text.replace("console.print(", "")
    ] == []


def test_every_answer_is_a_class_and_its_subject_is_shown_somewhere() -> None:
    from htx_cli.output import ANSWERS

    classes = {
        node.name
        for name, path in MODULES.items()
        if wing(name) in ("domain", "text")
        for node in TREES[path].body
        if isinstance(node, ast.ClassDef)
    }
    assert ANSWERS.keys() - classes == set()
    shown = {name.split(".")[-1] for name in MODULES if ".sheets." in name or ".documents." in name}
    assert {subject for _, subject in ANSWERS.values()} - shown == set()
