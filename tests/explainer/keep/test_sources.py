"""The source files that a module needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from explainer.keep.sources import PACKAGES, ROOT, SourceTree


def write(root: Path, **modules: str) -> SourceTree:
    for name, text in modules.items():
        path = root / f"{name.replace('__', '/', 1)}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        (path.parent / "__init__.py").touch()
        path.write_text(text)
    return SourceTree(root)


def test_every_way_of_importing_is_followed(tmp_path: Path) -> None:
    tree = write(
        tmp_path,
        scenes__a="import scenes.b\nfrom scenes.c import thing\nfrom scenes import d\nfrom . import e",
        scenes__b="def f():\n    try:\n        pass\n    finally:\n        from .f import g\n",
        scenes__c="match 1:\n    case 1:\n        import nnmath.h as h\n",
        scenes__d="if True:\n    pass\nelse:\n    from scenes.g import (\n        x,\n        y,\n    )\n",
        scenes__e="",
        scenes__f="",
        scenes__g="",
        scenes__unused="",
        nnmath__h="import numpy\n",
    )
    assert list(tree.closure(["scenes.a"])) == [
        *("nnmath", "nnmath.h", "scenes", "scenes.a", "scenes.b", "scenes.c", "scenes.d", "scenes.e"),
        *("scenes.f", "scenes.g"),
    ]


def test_imports_for_type_checkers_do_not_count(tmp_path: Path) -> None:
    guarded = "if TYPE_CHECKING:\n    import scenes.b\nelse:\n    import scenes.c\n"
    tree = write(tmp_path, scenes__a=guarded, scenes__b="", scenes__c="")
    assert list(tree.closure(["scenes.a"])) == ["scenes", "scenes.a", "scenes.c"]


def test_what_is_left_out_leaves_out_what_only_it_needs(tmp_path: Path) -> None:
    tree = write(tmp_path, scenes__a="import scenes.b, scenes.c", scenes__b="import scenes.d", scenes__c="")
    (tmp_path / "scenes/d.py").touch()
    assert list(tree.closure(["scenes.a"], without=["scenes.b"])) == ["scenes", "scenes.a", "scenes.c"]


def test_a_circle_and_a_file_that_is_not_python_end(tmp_path: Path) -> None:
    tree = write(
        tmp_path, scenes__a="import scenes.b", scenes__b="import scenes.a\nimport scenes.c", scenes__c="def"
    )
    assert list(tree.closure(["scenes.a", "elsewhere"])) == ["scenes", "scenes.a", "scenes.b", "scenes.c"]


@pytest.mark.parametrize(
    "module",
    [
        "scenes.linear_algebra.two_curves.drawing",
        "scenes.linear_algebra.relu_folding.numbers",
        "explainer.film.make",
    ],
)
def test_python_itself_imports_nothing_else(module: str) -> None:
    program = f"import sys, {module}\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    imported = {name for name in done.stdout.split() if name.split(".")[0] in PACKAGES}
    # More may be found, such as what is imported only when a function is called, but never less.
    assert imported <= set(SourceTree().closure([module]))
