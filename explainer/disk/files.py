"""Files that appear whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Self

from explainer.disk.signals import signals_held
from explainer.errors import MachineError, UserError, cut


class Staging:
    """A set of files for one folder that become visible together, once all of them are complete.

    Each is written under a hidden, unique name beside its final one. `commit` syncs them to disk and
    renames them in the order in which they were named: name the video last, and whoever sees it finds
    its companions there. Leaving the `with` block without `commit` removes every trace.
    """

    def __init__(self, folder: Path, names: Sequence[str]) -> None:
        self.folder = folder
        self._temporary: dict[str, Path] = {}
        for name in names:
            if (folder / name).is_dir():
                raise UserError(f"{folder / name} is a folder; remove it or choose another --out or --name")
            unique = f".{os.getpid()}-{secrets.token_hex(6)}.part{Path(name).suffix}"
            self._temporary[name] = folder / unique

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for temporary in self._temporary.values():
            with suppress(OSError):
                temporary.unlink(missing_ok=True)

    def path(self, name: str) -> Path:
        """Return the temporary path under which to write the file `name`; its ending is the same."""
        return self._temporary[name]

    def write(self, name: str, content: bytes | str) -> None:
        """Write a file's whole content under its temporary path; text as UTF-8."""
        data = content.encode() if isinstance(content, str) else content
        try:
            self.path(name).write_bytes(data)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            free = shutil.disk_usage(self.folder).free
            message = f"{self.folder}: the disk is full: {len(data)} bytes needed, {free} free"
            raise MachineError(message) from error

    def commit(self) -> tuple[Path, ...]:
        """Give every file its final name, replacing what bore it, and return the final paths in order."""
        return commit(self.folder, self._temporary)


def commit(folder: Path, files: Mapping[str, Path]) -> tuple[Path, ...]:
    """Move complete files of the same disk into a folder, each under its name, and return them in order.

    They are synced, and all appear at once as far as a signal can tell; name the video last.
    """
    for complete in files.values():
        _sync(complete)
    with signals_held():
        for name, complete in files.items():
            complete.replace(folder / name)
    _sync(folder)
    return tuple(folder / name for name in files)


def require_writable(folder: Path, option: str = "--out") -> None:
    """Make the folder if it is missing; UserError if files cannot be written there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Without a name wherever the disk can do that, so that not even kill -9 leaves it lying there.
        with signals_held(), TemporaryFile(dir=folder):
            pass
    except OSError as error:
        reason = "not a folder" if isinstance(error, FileExistsError | NotADirectoryError) else error.strerror
        raise UserError(
            f"{option} {cut(str(folder), 200)}: {reason}; choose a folder that you may write to"
        ) from None
    except ValueError:
        # A name with a zero byte, which only a program can give.
        raise UserError(f"{option} {str(folder)!r}: no name of a folder; choose another") from None


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
