"""A hidden folder that one run works in and that vanishes with it."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from explainer.disk.signals import signals_held
from explainer.errors import MachineError

_PREFIX, _SUFFIX = ".nnmath-", ".part"


class Workspace:
    """A folder in `parent`, on the same disk as what is to become of its contents.

    It is locked as long as this process lives. A run that was killed cannot tidy up: the next workspace in
    the same parent removes every such folder whose lock nobody holds any more.

    Attributes:
        path: the folder itself, once the `with` block is entered.
    """

    def __init__(self, parent: Path) -> None:
        self.parent = parent
        self.path = parent
        self._lock = -1

    def __enter__(self) -> Self:
        remove_abandoned(self.parent)
        try:
            with signals_held():
                self._make()
        except BaseException:
            # A signal that was put off comes here, before the `with` block that would tidy up.
            self._remove()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with signals_held():
            self._remove()

    def _make(self) -> None:
        while True:
            self.path = self.parent / f"{_PREFIX}{secrets.token_hex(8)}{_SUFFIX}"
            self.path.mkdir(parents=True)
            with suppress(FileNotFoundError):
                self._lock = os.open(self.path, os.O_RDONLY)
                fcntl.flock(self._lock, fcntl.LOCK_EX)
                # Between making and locking it, another process may have taken it for abandoned.
                if self.path.exists():
                    return
                os.close(self._lock)
                self._lock = -1

    def _remove(self) -> None:
        if self.path != self.parent:
            shutil.rmtree(self.path, ignore_errors=True)
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1


def temporary_workspace() -> Workspace:
    """Return a workspace in the folder for temporary files; MachineError if there is none."""
    try:
        return Workspace(Path(tempfile.gettempdir()))
    except FileNotFoundError:
        raise MachineError(
            "no folder for temporary files may be written to; name one in the variable TMPDIR"
        ) from None


def remove_abandoned(parent: Path) -> None:
    """Remove what killed runs left in a folder."""
    for folder in parent.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError):
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(lock)
