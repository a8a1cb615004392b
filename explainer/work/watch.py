"""Waiting for changes in what videos are made from."""

from __future__ import annotations

import queue
import subprocess
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from watchfiles import Change, watch

_SECONDS_TO_END = 20.0
# Editors save in several steps; what changes within this time is one change.
_SETTLING_MS = 200


class FileWatcher:
    """Tells which of some files were changed; they may be missing, replaced or made anew."""

    def __init__(self, files: Iterable[Path]) -> None:
        self._files = {path.absolute() for path in files}
        self._stop = threading.Event()
        self._changes: queue.Queue[Path] = queue.Queue()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def changed(self, timeout: float) -> list[Path]:
        """Return the files that changed since last asked; waits for the first up to `timeout` seconds."""
        found: list[Path] = []
        try:
            found.append(self._changes.get(timeout=timeout))
            while True:
                found.append(self._changes.get_nowait())
        except queue.Empty:
            return sorted(set(found))

    def _look(self) -> None:
        # An editor replaces a file: only its folder tells. A folder may be large, so only its top is watched.
        folders = {path.parent for path in self._files if path.parent.is_dir()}
        if not folders:
            return
        for changes in watch(
            *sorted(folders),
            watch_filter=self._counts,
            step=_SETTLING_MS // 4,
            debounce=_SETTLING_MS,
            stop_event=self._stop,
            rust_timeout=200,
            recursive=False,
            raise_interrupt=False,
            ignore_permission_denied=True,
        ):
            for _, path in changes:
                self._changes.put(Path(path))

    def _counts(self, change: Change, path: str) -> bool:
        return Path(path) in self._files


class RenderProcess:
    """A command that renders in a fresh process, so that it sees the sources as they are now."""

    def __init__(self, command: Sequence[str]) -> None:
        self.command = command
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def at_work(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def begin(self) -> None:
        """Start it; if it is still at work on what was before, end that first."""
        self.end()
        self._process = subprocess.Popen(self.command)

    def end(self) -> None:
        """End it, and give it time to tidy up."""
        if self._process is None:
            return
        if self.at_work:
            self._process.terminate()
        try:
            self._process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


@contextmanager
def ended(process: RenderProcess) -> Iterator[RenderProcess]:
    """Provide a process that does not outlive the block."""
    try:
        yield process
    finally:
        process.end()


def render_on_changes(
    process: RenderProcess,
    files: Callable[[], Collection[Path] | None],
    tell: Callable[[Sequence[Path]], None],
) -> None:
    """Render now and after every change, until interrupted.

    Args:
        process: what to run; its errors end nothing.
        files: returns the files to watch, or None as long as what is asked for has a fault, such as
            a data file that is missing; asked anew after every change, as it may name others.
        tell: called with what changed.
    """
    known = list(files() or ())
    with ended(process):
        while True:
            with FileWatcher(known) as watcher:
                process.begin()
                changes, known = _render_while_known(process, watcher, known, files, tell)
            tell(changes)


def _render_while_known(
    process: RenderProcess,
    watcher: FileWatcher,
    known: list[Path],
    files: Callable[[], Collection[Path] | None],
    tell: Callable[[Sequence[Path]], None],
) -> tuple[list[Path], list[Path]]:
    """Render after every change until other files are to be watched; return what changed, and those files."""
    at_fault = False
    while True:
        changes = watcher.changed(timeout=1.0)
        if not changes and not at_fault:
            continue
        # What mends a fault may lie in a folder that is not there to be watched: so it is asked for.
        now = files()
        if now is not None and (at_fault or list(now) != known):
            return changes or [path for path in now if path not in known] or list(now), list(now)
        at_fault = now is None
        if changes:
            tell(changes)
            process.begin()
