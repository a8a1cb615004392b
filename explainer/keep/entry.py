"""One finished video in the cache: its files, and a manifest by which they are checked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explainer.disk.digests import canonical_json

MANIFEST = "manifest.json"
_CHUNK = 2**20


class Damaged(Exception):
    """An entry of the cache is not what was stored."""


@dataclass(frozen=True)
class StoredFile:
    """One file of an entry: what follows the stem in its name, its size in bytes and its SHA-256."""

    suffix: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Entry:
    """One finished video in the cache, its files in the order in which they are put in place."""

    folder: Path
    files: tuple[StoredFile, ...]

    def is_at(self, folder: Path, stem: str, instead: Mapping[str, bytes] | None = None) -> bool:
        """Tell whether exactly these files lie in a folder under the names that begin with `stem`.

        `instead` has what counts in place of a file's own contents, by what follows the stem in its name.
        """
        contents = instead or {}
        given = [(contents[file.suffix], file) for file in self.files if file.suffix in contents]
        places = [
            (folder / f"{stem}{file.suffix}", file) for file in self.files if file.suffix not in contents
        ]
        with suppress(OSError):
            # Sizes cost nothing and tell most differences.
            return (
                all(path.stat().st_size == file.size for path, file in places)
                and all(hashlib.sha256(content).hexdigest() == file.sha256 for content, file in given)
                and all(_sha256(path) == file.sha256 for path, file in places)
            )
        return False

    def copy(self, folder: Path, stem: str) -> dict[str, Path]:
        """Copy the files into a folder and return them by suffix; Damaged if any is not what was stored."""
        copies: dict[str, Path] = {}
        for file in self.files:
            source, target = self.folder / file.suffix, folder / f"{stem}{file.suffix}"
            try:
                size = source.stat().st_size
            except OSError as error:
                raise Damaged(f"{source}: {error.strerror}") from None
            if size != file.size or _copy(source, target) != file.sha256:
                raise Damaged(f"{source}: its contents are not what was stored")
            copies[file.suffix] = target
        return copies


def read_entry(folder: Path, key: str) -> Entry:
    """Return the entry in a folder; its files are checked when they are used.

    Raises:
        FileNotFoundError: if it has no manifest.
        Damaged: if the manifest is not, to the byte, one that was written for this key.
    """
    path = folder / MANIFEST
    text = path.read_bytes()
    try:
        files = tuple(StoredFile(**file) for file in json.loads(text)["files"])
        sound = text == _manifest(key, files)
    except (ValueError, TypeError, KeyError):
        sound = False
    if not sound:
        raise Damaged(f"{path}: its contents are not what was stored")
    return Entry(folder, files)


def write_entry(folder: Path, key: str, stem: str, files: Sequence[Path]) -> Entry:
    """Copy a video's files, whose names begin with `stem`, into a folder and add their manifest.

    Copies are not synced to disk: should the machine fail, their digests tell.
    """
    stored = []
    for path in files:
        suffix = path.name.removeprefix(stem)
        digest = _copy(path, folder / suffix)
        stored.append(StoredFile(suffix, (folder / suffix).stat().st_size, digest))
    entry = Entry(folder, tuple(stored))
    (folder / MANIFEST).write_bytes(_manifest(key, entry.files))
    return entry


def _manifest(key: str, files: Sequence[StoredFile]) -> bytes:
    contents: dict[str, Any] = {"key": key, "files": [vars(file) for file in files]}
    digest = hashlib.sha256(canonical_json(contents).encode()).hexdigest()
    return canonical_json({**contents, "digest": digest}).encode()


def _copy(source: Path, target: Path) -> str:
    """Copy a file and return the SHA-256 of what was copied."""
    digest = hashlib.sha256()
    with source.open("rb") as reading, target.open("wb") as writing:
        while chunk := reading.read(_CHUNK):
            digest.update(chunk)
            writing.write(chunk)
    return digest.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
