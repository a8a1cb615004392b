"""Waiting for changes, and rendering after each."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from explainer.work.watch import FileWatcher, RenderProcess, render_on_changes


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "it never came about"
        time.sleep(0.01)


def changed_by(watcher: FileWatcher, *writes: tuple[Path, str]) -> set[str]:
    """Return the names of what the watcher sees; the writes are repeated until it sees any."""
    for _ in range(50):
        for path, text in writes:
            path.write_text(text)
        if found := watcher.changed(timeout=0.5):
            return {path.name for path in found}
    return set()


def test_named_files_count_wherever_they_are_and_no_others(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    params, words = tmp_path / "mine.toml", tmp_path / "deep/words.toml"
    with FileWatcher([params, words]) as watcher:
        assert changed_by(watcher, (tmp_path / "other.toml", "x"), (params, "x")) == {"mine.toml"}
        assert changed_by(watcher, (tmp_path / "deep/mine.toml", "x"), (words, "x")) == {"words.toml"}


def test_an_editor_that_replaces_a_file_is_seen(tmp_path: Path) -> None:
    params = tmp_path / "mine.toml"
    params.write_text("a")
    with FileWatcher([params]) as watcher:
        assert changed_by(watcher, (params, "b")) == {"mine.toml"}
        for text in ("c", "d"):
            (tmp_path / "mine.toml~").write_text(text)
            (tmp_path / "mine.toml~").replace(params)
            assert watcher.changed(timeout=20) == [params]


class CountedProcess(RenderProcess):
    """Counts how often it begins, and does nothing."""

    def __init__(self) -> None:
        super().__init__([])
        self.begun = 0

    def begin(self) -> None:
        self.begun += 1


class Stop(Exception):
    """Ends the watching of a test."""


class Watching:
    """A watched list of files, of which all must exist, and what was told of their changes."""

    def __init__(self, list_of_files: Path) -> None:
        self.list = list_of_files
        self.process = CountedProcess()
        self.told: list[set[str]] = []
        self.stopped = threading.Event()

    def files(self) -> list[Path] | None:
        if self.stopped.is_set():
            raise Stop
        data = [self.list.parent / name for name in self.list.read_text().split()]
        return [self.list, *data] if all(path.exists() for path in data) else None

    def tell(self, changes: Sequence[Path]) -> None:
        self.told.append({path.name for path in changes})

    def told_after(self, act: Callable[[], object]) -> set[str]:
        """Return what is told next after something is done, once the rendering has begun."""
        count, begun = len(self.told), self.process.begun
        act()
        wait_until(lambda: len(self.told) > count and self.process.begun > begun)
        return self.told[-1]


@contextmanager
def watching(list_of_files: Path) -> Iterator[Watching]:
    """Watch in a thread while the block runs."""
    watched = Watching(list_of_files)

    def run() -> None:
        with pytest.raises(Stop):
            render_on_changes(watched.process, watched.files, watched.tell)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        wait_until(lambda: watched.process.begun > 0)
        # A moment for the system's own watch to be set up.
        time.sleep(0.5)
        yield watched
    finally:
        watched.stopped.set()
        list_of_files.write_text("")
        thread.join(30)
        assert not thread.is_alive()


def test_a_file_that_is_made_after_it_was_named_is_seen(tmp_path: Path) -> None:
    names, data = tmp_path / "names", tmp_path / "data.csv"
    names.write_text("")
    with watching(names) as watched:
        assert watched.told_after(lambda: names.write_text("data.csv")) == {"names"}
        assert watched.told_after(lambda: data.write_text("1")) == {"data.csv"}
        time.sleep(0.5)
        assert watched.told_after(lambda: data.write_text("2")) == {"data.csv"}


def test_a_folder_that_is_made_anew_is_seen(tmp_path: Path) -> None:
    names, folder = tmp_path / "names", tmp_path / "folder"
    names.write_text("folder/data.csv")
    folder.mkdir()
    data = folder / "data.csv"
    data.write_text("1")
    with watching(names) as watched:
        assert watched.told_after(data.unlink) == {"data.csv"}
        folder.rmdir()
        # Long enough for whoever asks in vain.
        time.sleep(1.5)
        folder.mkdir()
        assert "data.csv" in watched.told_after(lambda: data.write_text("2"))
        time.sleep(0.5)
        assert watched.told_after(lambda: data.write_text("3")) == {"data.csv"}


def test_a_new_rendering_ends_the_one_before(tmp_path: Path) -> None:
    log = tmp_path / "log"
    program = (
        "import os, signal, sys, time\n"
        f"log = open({str(log)!r}, 'a', buffering=1)\n"
        "def end(*_):\n    log.write('ended\\n'); sys.exit()\n"
        "signal.signal(signal.SIGTERM, end)\n"
        "log.write('began\\n'); time.sleep(60)\n"
    )
    process = RenderProcess([sys.executable, "-c", program])
    for count in (1, 2):
        process.begin()
        wait_until(lambda count=count: log.exists() and log.read_text().count("began") == count)
        assert process.at_work
    process.end()
    process.end()
    assert not process.at_work
    assert log.read_text() == "began\nended\nbegan\nended\n"
