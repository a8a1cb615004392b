"""Who imports whom: packages, their rooms, and single modules, wherever in a file the import stands."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("nnmath", "scenes", "explainer")
MOST_FILES = 14
ALLOWED_IN_NNMATH = {"nnmath", "numpy", "scipy"} | sys.stdlib_module_names
# Each package and what it must not import; everything else may be imported freely.
FORBIDDEN = {
    "nnmath": {"scenes", "explainer", "manim"},
    "scenes": {"explainer", "typer"},
}
# The rooms from the ground up: each may import those before it, and none that stands beside it.
FLOORS: tuple[set[str], ...] = (
    {"nnmath"},
    {"scenes.style"},
    {"scenes.definition"},
    {"scenes.catalog"},
    {"scenes.own"},
    {"scenes.stage"},
    {"scenes.parts.marks"},
    {"scenes.parts.writing"},
    {"scenes.parts.plane"},
    {"scenes.parts.network", "scenes.parts.charts", "scenes.parts.surface"},
    {"scenes.families"},
    {"scenes.linear_algebra", "scenes.learning"},
    {"explainer.own_packages"},
    {"explainer.errors"},
    {"explainer.disk"},
    {"explainer.jobs"},
    {"explainer.request"},
    {"explainer.play"},
    {"explainer.encoding"},
    {"explainer.film"},
    {"explainer.keep"},
    {"explainer.work"},
    {"explainer.publish", "explainer.audit"},
    {"explainer.interface"},
    {"explainer"},
    {"explainer.cli"},
    {"explainer.__main__"},
)
HEIGHTS = {name: height for height, floor in enumerate(FLOORS) for name in floor}
# Packages that hold rooms and nothing else.
HALLS = {"scenes", "scenes.parts"}
# Imports for the sake of a type alone, which go up: a definition names the class of the scene that it loads.
UPWARDS = {("scenes.definition", "scenes.stage.scene")}
LESSONS = ("scenes.linear_algebra.", "scenes.learning.")
WITHOUT_MANIM = ("nnmath", "scenes.style", "scenes.definition", "scenes.catalog")


@dataclass(frozen=True)
class Import:
    """One import: the line that it stands in, the module it names, and whether type checkers alone see it."""

    line: int
    module: str
    for_types: bool


def module_name(path: Path) -> str:
    """Return the dotted name under which a file of a package is imported."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def files() -> dict[str, Path]:
    """Return the files of all packages by the names of their modules."""
    found = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return {module_name(path): path for path in found}


@cache
def imports(module: str) -> tuple[Import, ...]:
    """Return all imports of a module; a module that is taken from its package counts by its own name."""
    tree = ast.parse(files()[module].read_text(encoding="utf-8"))
    return tuple(_imports_in(tree, for_types=False))


def _imports_in(node: ast.AST, *, for_types: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        guarded = isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING")
        if isinstance(child, ast.Import):
            yield from (Import(child.lineno, alias.name, for_types) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, f"line {child.lineno}: name the package that a relative import is from"
            for alias in child.names:
                inner = f"{child.module}.{alias.name}"
                yield Import(child.lineno, inner if inner in files() else str(child.module), for_types)
        else:
            yield from _imports_in(child, for_types=for_types or guarded)


def room(module: str) -> str | None:
    """Return the room of a module, or None if it stands in none."""
    parts = module.split(".")
    names = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    # The interface in a package's own module is no room for what stands in the package.
    return next((name for name in names if name in HEIGHTS and (name == module or name != "explainer")), None)


@pytest.mark.parametrize("package", PACKAGES)
def test_the_package_has_modules(package: str) -> None:
    assert sum(name.startswith(f"{package}.") for name in files()) > 10, "the tests below would test nothing"


def test_imports_are_found_wherever_they_stand() -> None:
    assert Import(3, "scenes.style.theme", True) in set(
        _imports_in(
            ast.parse("def f():\n if TYPE_CHECKING:\n  from scenes.style import theme"), for_types=False
        )
    )
    inside = [each for module in files() for each in imports(module) if each.module == "rich.progress"]
    assert {each.for_types for each in inside} == {True, False}


@pytest.mark.parametrize("package", FORBIDDEN)
def test_packages_import_one_way(package: str) -> None:
    wrong = [
        f"{module}, line {each.line}, imports {each.module}"
        for module in files()
        if module.split(".")[0] == package
        for each in imports(module)
        if each.module.split(".")[0] in FORBIDDEN[package]
    ]
    assert not wrong, "\n".join(wrong)


def test_nnmath_needs_numpy_and_scipy_only() -> None:
    wrong = [
        f"{module}, line {each.line}, imports {each.module}"
        for module in files()
        if module.split(".")[0] == "nnmath"
        for each in imports(module)
        if each.module.split(".")[0] not in ALLOWED_IN_NNMATH
    ]
    assert not wrong, "\n".join(wrong)


def test_every_module_is_in_a_room() -> None:
    rooms = {module: room(module) for module in files().keys() - HALLS}
    assert [module for module, name in rooms.items() if name is None] == [], "give it a place in FLOORS"
    assert HEIGHTS.keys() == set(rooms.values()), "FLOORS names a room that is no more"


def test_rooms_import_one_way() -> None:
    wrong = []
    for module in files().keys() - HALLS:
        for each in imports(module):
            here, there = room(module), room(each.module)
            if here is None or there is None or here == there or HEIGHTS[there] < HEIGHTS[here]:
                continue
            if not each.for_types or (module, each.module) not in UPWARDS:
                wrong.append(f"{module}, line {each.line}, imports {each.module}, which is no lower room")
    assert not wrong, "\n".join(wrong)


def test_upward_types_are_still_needed() -> None:
    needed = {(module, each.module) for module in files() for each in imports(module) if each.for_types}
    assert needed >= UPWARDS


def test_a_scene_imports_no_other_scene() -> None:
    wrong = [
        f"{module} imports {each.module}"
        for module in files()
        if module.startswith(LESSONS)
        for each in imports(module)
        if each.module.startswith(LESSONS) and each.module.split(".")[:3] != module.split(".")[:3]
    ]
    assert not wrong, "what two scenes share is a part or a family:\n" + "\n".join(wrong)


def test_no_modules_import_each_other() -> None:
    graph = {
        module: {each.module for each in imports(module) if each.module in files() and not each.for_types}
        for module in files()
    }
    assert sum(map(len, graph.values())) > 300
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


def test_nothing_imports_the_command_line() -> None:
    wrong = [
        module
        for module in files()
        if not module.startswith(("explainer.cli", "explainer.__main__"))
        for each in imports(module)
        if each.module.startswith("explainer.cli")
    ]
    assert wrong == []


def test_numbers_and_words_need_no_manim() -> None:
    modules = [
        name for name in files() if name.startswith(WITHOUT_MANIM) or name.rpartition(".")[2] == "numbers"
    ]
    assert sum(name.endswith(".numbers") for name in modules) > 5
    code = f"""
import importlib, sys
for name in {modules!r}:
    importlib.import_module(name)
    assert "manim" not in sys.modules, name
"""
    finished = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stderr.strip().splitlines()[-1]


def test_rooms_are_small() -> None:
    folders = {path.parent for name, path in files().items() if not name.startswith("nnmath")}
    crowded = {
        str(folder.relative_to(ROOT)): count
        for folder in folders
        if (count := sum(path.stem != "__init__" for path in folder.glob("*.py"))) > MOST_FILES
    }
    assert crowded == {}, f"more than {MOST_FILES} files in a room: it wants a wall"
