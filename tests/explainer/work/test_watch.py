"""Waiting for changes."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from explainer.keep.sources import PACKAGES
from explainer.work.watch import Rendering, Watcher


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "packages"
    for package in PACKAGES:
        (root / package / "parts").mkdir(parents=True)
    return root


def changed_by(watcher: Watcher, *writes: tuple[Path, str]) -> set[str]:
    """Return the names of what the watcher sees; the writes are repeated until it sees any."""
    for _ in range(50):
        for path, text in writes:
            path.write_text(text)
        if found := watcher.changed(timeout=0.5):
            return {path.name for path in found}
    return set()


def test_sources_captions_and_named_files_count(root: Path, tmp_path: Path) -> None:
    params = tmp_path / "mine.toml"
    with Watcher([params], root) as watcher:
        assert changed_by(watcher, (root / "scenes/parts/new.py", "x")) == {"new.py"}
        assert changed_by(watcher, (root / "scenes/en.toml", "x")) == {"en.toml"}
        assert changed_by(watcher, (params, "x")) == {"mine.toml"}


def test_an_editor_that_replaces_a_file_is_seen(root: Path, tmp_path: Path) -> None:
    params = tmp_path / "mine.toml"
    params.write_text("a")
    with Watcher([params], root) as watcher:
        assert changed_by(watcher, (params, "b")) == {"mine.toml"}
        for text in ("c", "d"):
            (tmp_path / "mine.toml~").write_text(text)
            (tmp_path / "mine.toml~").replace(params)
            assert watcher.changed(timeout=20) == [params]


def test_nothing_else_counts(root: Path, tmp_path: Path) -> None:
    params = tmp_path / "mine.toml"
    with Watcher([params], root) as watcher:
        others = [root / "scenes/x.pyc", root / "scenes/notes.txt", tmp_path / "other.toml"]
        assert changed_by(watcher, *((path, "x") for path in others), (params, "x")) == {"mine.toml"}


def test_a_new_rendering_ends_the_one_before(tmp_path: Path) -> None:
    log = tmp_path / "log"
    program = (
        "import os, signal, sys, time\n"
        f"log = open({str(log)!r}, 'a', buffering=1)\n"
        "def end(*_):\n    log.write('ended\\n'); sys.exit()\n"
        "signal.signal(signal.SIGTERM, end)\n"
        "log.write('began\\n'); time.sleep(60)\n"
    )
    rendering = Rendering([sys.executable, "-c", program])
    for count in (1, 2):
        rendering.begin()
        deadline = time.monotonic() + 30
        while not log.exists() or log.read_text().count("began") < count:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        assert rendering.at_work
    rendering.end()
    rendering.end()
    assert not rendering.at_work
    assert log.read_text() == "began\nended\nbegan\nended\n"
