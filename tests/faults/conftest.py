"""Real processes, each test with a folder of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from process_tree import Tree, make_tree


@pytest.fixture(scope="session")
def shared_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root: Path = tmp_path_factory.mktemp("packages")
    make_tree(root)
    return root


@pytest.fixture
def tree(shared_root: Path, tmp_path: Path) -> Tree:
    """Packages that no test changes."""
    here = tmp_path / "here"
    here.mkdir()
    return Tree(shared_root, here)


@pytest.fixture
def own_tree(shared_root: Path, tree: Tree, tmp_path: Path) -> Tree:
    """Packages that this test may change."""
    shutil.copytree(shared_root, tmp_path / "packages")
    return Tree(tmp_path / "packages", tree.here)
