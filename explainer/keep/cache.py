"""Finished videos kept by content, each with digests that are checked whenever it is used.

PLACE/entries/KEY/manifest.json     the key, and for every file its size and SHA-256
PLACE/entries/KEY/.mp4, .vtt …      the files, named by what follows a video's stem
PLACE/uses.json                     which run used an entry last; runs are numbered, since clocks go wrong
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from explainer.disk.workspace import Workspace
from explainer.errors import UserError
from explainer.jobs.formats import parse_size
from explainer.keep.entry import MANIFEST, Damaged, Entry, read_entry, write_entry

DEFAULT_LIMIT = 2 * 10**9


@dataclass(frozen=True)
class Summary:
    """How full a cache is; sizes in bytes."""

    place: Path
    entries: int
    size: int
    limit: int


class Cache:
    """A folder of finished videos by key.

    Args:
        place: the folder; it is made when something is first stored.
        limit: how many bytes it may hold; what was used longest ago goes first.
        warn: told in one line about whatever is damaged or cannot be stored.
    """

    def __init__(self, place: Path, limit: int = DEFAULT_LIMIT, warn: Callable[[str], None] = print) -> None:
        self.place = place
        self.limit = limit
        self._warn, self._warned = warn, set[str]()
        self._entries = place / "entries"
        self._uses = place / "uses.json"

    def find(self, key: str) -> Entry | None:
        """Return the entry of a key if it has a sound manifest; its files are checked when they are used."""
        folder = self._entries / key
        try:
            return read_entry(folder, key)
        except (FileNotFoundError, NotADirectoryError):
            self.discard(key, Damaged(f"{folder / MANIFEST}: missing"))
        except Damaged as damage:
            self.discard(key, damage)
        except OSError as error:
            self._warn(f"the cache cannot be read and is not used: {folder}: {error.strerror}")
        return None

    def discard(self, key: str, damage: Damaged) -> None:
        """Remove a damaged entry and say so."""
        # If it is gone, another run has made room, which is no damage.
        if (self._entries / key).exists():
            self._warn(f"damaged in the cache, made again: {damage}")
            self._remove([key])

    def store(self, key: str, stem: str, files: Sequence[Path]) -> Entry | None:
        """Keep copies of a video's files under a key; None, with a warning, if that is not possible."""
        try:
            with Workspace(self.place) as workspace:
                self._make_ignored()
                folder = workspace.path / key
                folder.mkdir()
                entry = write_entry(folder, key, stem, files)
                self._put(entry, key, workspace.path)
        except OSError as error:
            self._warn_once(f"not kept in the cache: {self.place}: {error.strerror}")
            return None
        return replace(entry, folder=self._entries / key)

    def end_run(self, used: Collection[str]) -> None:
        """Note what a run used, and remove what was used longest ago, but none of it, down to the limit."""
        if not self._entries.is_dir():
            return
        try:
            with self._locked():
                last = self._last_uses()
                run = max(last.values(), default=0) + 1
                sizes = self._sizes()
                last = {key: last.get(key, 0) for key in sizes} | {key: run for key in used if key in sizes}
                spare = sorted((key for key in sizes if key not in used), key=lambda key: (last[key], key))
                excess = sum(sizes.values()) - self.limit
                gone = []
                while excess > 0 and spare:
                    gone.append(spare.pop(0))
                    excess -= sizes[gone[-1]]
                self._remove(gone)
                self._write_uses({key: run for key, run in last.items() if key not in gone})
        except OSError as error:
            self._warn(f"the cache cannot be tidied: {error.filename or self.place}: {error.strerror}")

    def clear(self) -> Summary:
        """Remove every entry, and return what there was."""
        before = self.summary()
        self._remove(self._sizes())
        with suppress(OSError):
            self._uses.unlink()
        return before

    def summary(self) -> Summary:
        """Return how full the cache is."""
        sizes = self._sizes()
        return Summary(self.place, len(sizes), sum(sizes.values()), self.limit)

    def _warn_once(self, message: str) -> None:
        # What ails the whole cache would be told of every video.
        if message not in self._warned:
            self._warned.add(message)
            self._warn(message)

    def _put(self, entry: Entry, key: str, workspace: Path) -> None:
        self._entries.mkdir(exist_ok=True)
        for attempt in range(3):
            try:
                entry.folder.rename(self._entries / key)
                return
            except OSError:
                if self._holds(key, entry):
                    return
                # Another is there: it makes way, unless another process was quicker.
                with suppress(FileNotFoundError):
                    (self._entries / key).rename(workspace / f"old-{attempt}")

    def _holds(self, key: str, entry: Entry) -> bool:
        """Tell whether the very same is there already: then it stays, as others may be reading it."""
        try:
            there = read_entry(self._entries / key, key)
        except (OSError, Damaged):
            return False
        return there.files == entry.files and there.is_at(there.folder, "")

    def _remove(self, keys: Collection[str]) -> None:
        if not keys or not self.place.is_dir():
            return
        # Renamed first, so that nobody finds half an entry.
        with suppress(OSError), Workspace(self.place) as workspace:
            for key in keys:
                with suppress(OSError):
                    (self._entries / key).rename(workspace.path / key)

    def _sizes(self) -> dict[str, int]:
        sizes: dict[str, int] = {}
        with suppress(OSError):
            for folder in sorted(self._entries.iterdir()):
                with suppress(OSError):
                    sizes[folder.name] = sum(path.stat().st_size for path in folder.iterdir())
        return sizes

    def _last_uses(self) -> dict[str, int]:
        try:
            uses = json.loads(self._uses.read_bytes())
            return {str(key): int(run) for key, run in uses.items()}
        except (OSError, ValueError, AttributeError, TypeError):
            # Missing or damaged: all entries count as equally old.
            return {}

    def _write_uses(self, uses: Mapping[str, int]) -> None:
        with Workspace(self.place) as workspace:
            written = workspace.path / self._uses.name
            written.write_text(json.dumps(uses), encoding="utf-8")
            written.replace(self._uses)

    def _make_ignored(self) -> None:
        # For an author who keeps her renders folder in a repository.
        ignore = self.place / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")

    @contextmanager
    def _locked(self) -> Iterator[None]:
        lock = os.open(self.place, os.O_RDONLY)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)


def cache_at(out: Path | None, warn: Callable[[str], None]) -> Cache:
    """Return the cache for an output folder: in it as `.cache`, or where NNMATH_CACHE says.

    Args:
        out: the folder; None for what lies nowhere for good, whose cache is among the user's other ones.
        warn: see `Cache`.

    Raises:
        UserError: for a NNMATH_CACHE_LIMIT that is no size, or if the user has no folder for caches.
    """
    place = os.environ.get("NNMATH_CACHE")
    limit = os.environ.get("NNMATH_CACHE_LIMIT")
    return Cache(
        Path(place) if place else _users_place() if out is None else out / ".cache",
        parse_size(limit, "NNMATH_CACHE_LIMIT", least=0) if limit else DEFAULT_LIMIT,
        warn,
    )


def _users_place() -> Path:
    # Source: XDG Base Directory Specification, which asks that relative paths be left out of account.
    base = os.environ.get("XDG_CACHE_HOME", "")
    try:
        return (Path(base) if Path(base).is_absolute() else Path.home() / ".cache") / "nnmath"
    except RuntimeError:
        raise UserError("there is no home folder to keep videos in; set NNMATH_CACHE to a folder") from None
