"""What a job's files depend on, as one key: equal keys, equal pictures."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from explainer.film.recipe import canonical_json, versions
from explainer.keep.sources import SourceTree
from explainer.request.data_files import data_files, digest
from explainer.request.description import describe
from explainer.request.job import Job
from scenes import catalog
from scenes.style.fonts import font_files
from scenes.style.words import CAPTIONS

# Raise it when files get another form without any of the sources below having changed.
_FORM = 1
_MAKER = "explainer.film.video"
# What they hold leaves no trace in a video: which scenes there are, and how errors and names are dealt with.
_WITHOUT_TRACE = ("scenes.catalog", "explainer.errors", "explainer.disk.files")

Stamp: TypeAlias = tuple[int, int, int] | None


@dataclass(frozen=True)
class Inputs:
    """All that a job's files depend on.

    Attributes:
        parts: a digest for the job itself, its data, captions, fonts, versions and sources.
        stamps: the files that were read, each with its identity, size and time as they were before reading.
    """

    parts: Mapping[str, str]
    stamps: Mapping[Path, Stamp]

    @property
    def key(self) -> str:
        """The SHA-256 of all parts, in hexadecimal."""
        return digest(canonical_json({"form": _FORM, **self.parts}).encode())

    def changed(self) -> list[Path]:
        """Return the files that are no longer what they were when the key was made."""
        return [path for path, stamp in self.stamps.items() if _stamp(path) != stamp]


class InputReader:
    """Finds the inputs of the jobs of one run; reads every file once."""

    def __init__(self, tree: SourceTree | None = None, captions: Path = CAPTIONS) -> None:
        self._stamps: dict[Path, Stamp] = {}
        self._contents = cache(self._read)
        self._digest = cache(lambda path: digest(self._contents(path)))
        self._tree = tree or SourceTree(read=self._contents)
        self._captions_folder = captions
        self._captions_table = cache(lambda path: tomllib.loads(self._contents(path).decode()))
        self._fonts = cache(lambda: {path.name: self._digest(path) for path in font_files()})
        self._versions = cache(_drawing_versions)

    def inputs(self, job: Job) -> Inputs:
        """Return what a job's files depend on, as it is on disk now."""
        sources = self._sources(job)
        captions = self._captions_folder / f"{job.locale}.toml"
        data = [path.absolute() for path in data_files(job.parameters)]
        parts = {
            "job": _job_values(job),
            "data": [self._digest(path) for path in data],
            "captions": self._captions(captions, job.scene),
            "fonts": self._fonts(),
            "versions": self._versions(),
            "sources": {module: self._digest(path) for module, path in sources.items()},
        }
        return Inputs(
            parts={name: digest(canonical_json(part).encode()) for name, part in parts.items()},
            stamps={path: self._stamps[path] for path in (*sources.values(), captions, *data, *font_files())},
        )

    def _sources(self, job: Job) -> dict[str, Path]:
        scene = job.definition.scene.partition(":")[0]
        return self._tree.closure((_MAKER, catalog.CATALOG[job.scene], scene), without=_WITHOUT_TRACE)

    def _captions(self, path: Path, scene: str) -> dict[str, Any]:
        others = set(catalog.CATALOG) - {scene}
        return {name: table for name, table in self._captions_table(path).items() if name not in others}

    def _read(self, path: Path) -> bytes:
        # First the stamp: what is written while it is read shows as a change later.
        self._stamps[path] = _stamp(path)
        return path.read_bytes() if self._stamps[path] is not None else b""


def _job_values(job: Job) -> dict[str, Any]:
    values = {name: value for name, value in describe(job).items() if name != "stem"}
    return {**values, "size": list(job.size), "fps": job.fps}


def _drawing_versions() -> dict[str, str]:
    import cairo

    return {**versions(), "cairo": cairo.cairo_version_string()}


def _stamp(path: Path) -> Stamp:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns
