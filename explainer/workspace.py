"""A hidden folder that one run works in and that vanishes with it."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

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
        while True:
            self.path = self.parent / f"{_PREFIX}{secrets.token_hex(8)}{_SUFFIX}"
            self.path.mkdir(parents=True)
            with suppress(FileNotFoundError):
                self._lock = os.open(self.path, os.O_RDONLY)
                fcntl.flock(self._lock, fcntl.LOCK_EX)
                # Between making and locking it, another process may have taken it for abandoned.
                if self.path.exists():
                    return self
                os.close(self._lock)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._lock)


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
