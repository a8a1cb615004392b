"""What a job's files depend on, as one key: equal keys, equal pictures."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from explainer.disk.digests import digest, json_digest
from explainer.keep.sources import SourceTree
from explainer.request.data_files import data_files, recorded
from explainer.request.description import describe
from explainer.request.job import Job
from explainer.request.versions import versions
from scenes.style.fonts import font_files
from scenes.style.words import SHARED_WORDS, in_language

# Raise it when files get another form without any of the sources below having changed.
_FORM = 1
_MAKER = "explainer.film.make"
# What they hold leaves no trace in a video: which scenes there are, how a program asks for them, how errors
# are told, and how files and folders are named and dealt with.
_WITHOUT_TRACE = (
    "scenes.catalog",
    "explainer",
    "explainer.errors",
    "explainer.disk.files",
    "explainer.disk.signals",
    "explainer.disk.workspace",
    "explainer.request.parameter_table",
    "explainer.request.wording",
)

Stamp: TypeAlias = tuple[int, int, int] | None


@dataclass(frozen=True)
class Inputs:
    """All that a job's files depend on.

    Attributes:
        parts: a digest for the job itself, its data, words, fonts, versions and sources.
        stamps: the files that were read, each with its identity, size and time as they were before reading.
    """

    parts: Mapping[str, str]
    stamps: Mapping[Path, Stamp]

    @property
    def key(self) -> str:
        """The SHA-256 of all parts, in hexadecimal."""
        return json_digest({"form": _FORM, **self.parts})

    def changed(self) -> list[Path]:
        """Return the files that are no longer what they were when the key was made."""
        return [path for path, stamp in self.stamps.items() if _stamp(path) != stamp]


class InputReader:
    """Finds the inputs of the jobs of one run; reads every file once."""

    def __init__(self, tree: SourceTree | None = None, shared_words: Path = SHARED_WORDS) -> None:
        self._stamps: dict[Path, Stamp] = {}
        self._contents = cache(self._read)
        self._digest = cache(lambda path: digest(self._contents(path)))
        self._tree = tree or SourceTree(read=self._contents)
        self._shared_words = shared_words
        self._tables = cache(lambda path: tomllib.loads(self._contents(path).decode()))
        self._fonts = cache(lambda: {path.name: self._digest(path) for path in font_files()})
        self._versions = cache(_drawing_versions)

    def inputs(self, job: Job) -> Inputs:
        """Return what a job's files depend on, as it is on disk now."""
        sources = self._sources(job)
        words = (self._shared_words, job.definition.words_file)
        data = [path.absolute() for path in data_files(job.parameters)]
        parts = {
            "job": _job_values(job),
            "data": [self._digest(path) for path in data],
            "words": [in_language(self._tables(path), job.look.locale) for path in words],
            "fonts": self._fonts(),
            "versions": self._versions(),
            "sources": {module: self._digest(path) for module, path in sources.items()},
        }
        return Inputs(
            parts={name: json_digest(part) for name, part in parts.items()},
            stamps={path: self._stamps[path] for path in (*sources.values(), *words, *data, *font_files())},
        )

    def _sources(self, job: Job) -> dict[str, Path]:
        definition = job.definition
        self._tree.take_in(definition.home)
        return self._tree.closure(
            (_MAKER, definition.home, definition.drawing_module), without=_WITHOUT_TRACE
        )

    def _read(self, path: Path) -> bytes:
        # First the stamp: what is written while it is read shows as a change later.
        self._stamps[path] = _stamp(path)
        return path.read_bytes() if self._stamps[path] is not None else b""


def _job_values(job: Job) -> dict[str, Any]:
    values = {name: value for name, value in describe(job).items() if name not in ("stem", "folder")}
    return {
        **values,
        "parameters": recorded(job.parameters, job.folder),
        "size": list(job.look.size),
        "fps": job.look.fps,
    }


def _drawing_versions() -> dict[str, str]:
    import cairo

    return {**versions(), "cairo": cairo.cairo_version_string()}


def _stamp(path: Path) -> Stamp:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns
