"""What a job's files depend on, as one key: equal keys, equal pictures."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any, TypeAlias

from explainer.disk.digests import digest, json_digest
from explainer.jobs.description import describe
from explainer.jobs.job import Job
from explainer.jobs.versions import versions, with_requirements
from explainer.keep.sources import PACKAGES, SourceTree
from explainer.request.data_files import data_files, recorded
from scenes import catalog
from scenes.definition import SceneDefinition
from scenes.style.fonts import font_files
from scenes.style.locales import LOCALES
from scenes.style.words import SHARED_WORDS, in_language

# Raise it when files get another form without any of the sources below having changed.
_FORM = 1
_MAKER = "explainer.film.make"
# What they hold leaves no trace in a video: which scenes there are, how a program asks for them, how errors
# are told, how files and folders are named and dealt with, and how a notebook shows what is finished.
_WITHOUT_TRACE = (
    "scenes.catalog",
    "explainer",
    "explainer.errors",
    "explainer.own_packages",
    "explainer.disk.files",
    "explainer.disk.signals",
    "explainer.disk.workspace",
    "explainer.film.player",
    "explainer.request.parameter_table",
    "explainer.request.wording",
)

Stamp: TypeAlias = tuple[int, int, int] | None
Definition: TypeAlias = SceneDefinition[Any, Any]


@dataclass(frozen=True)
class Inputs:
    """All that a job's files depend on.

    Attributes:
        parts: a digest for the job itself, its data, what lies beside it, words, fonts, versions and sources.
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
        self._tables = cache(self._read_tables)
        self._fonts = cache(lambda: {path.name: self._digest(path) for path in font_files()})
        self._versions = cache(_drawing_versions)
        self._distributions = cache(packages_distributions)

    def inputs(self, job: Job) -> Inputs:
        """Return what a job's files depend on, as it is on disk now."""
        definition = job.definition
        sources = self._sources(definition)
        words = (self._shared_words, definition.words_file)
        data = [path.absolute() for path in data_files(job.parameters)]
        beside = _beside(definition)
        parts = {
            "job": _job_values(job),
            "data": [self._digest(path) for path in data],
            "beside": {str(path.relative_to(definition.folder)): self._digest(path) for path in beside},
            "words": [in_language(self._tables(path), job.look.locale) for path in words],
            "fonts": self._fonts(),
            "versions": {**self._versions(), **self._versions_elsewhere(definition, sources)},
            "sources": {module: self._digest(path) for module, path in sources.items()},
        }
        read = (*sources.values(), *words, *data, *beside, *font_files())
        return Inputs(
            parts={name: json_digest(part) for name, part in parts.items()},
            stamps={path: self._stamps[path] for path in read},
        )

    def _sources(self, definition: Definition) -> dict[str, Path]:
        is_own = catalog.announced(definition) is None
        self._tree.take_in(definition.home, with_neighbours=is_own)
        return self._tree.closure(
            (_MAKER, definition.home, definition.drawing_module), without=_WITHOUT_TRACE
        )

    def _versions_elsewhere(self, definition: Definition, sources: Mapping[str, Path]) -> dict[str, str]:
        """Return the versions of what a scene from elsewhere came with and imports."""
        by = catalog.announced(definition)
        if by is not None and by.ours:
            return {}
        theirs = [module for module in sources if module.partition(".")[0] not in PACKAGES]
        imported = [name for top in self._tree.outside(theirs) for name in self._distributions().get(top, ())]
        return versions(*with_requirements(by.package if by else None), *imported)

    def _read_tables(self, path: Path) -> dict[str, Any]:
        try:
            return tomllib.loads(self._contents(path).decode())
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            # Whoever asks for its words is told; its contents tell it apart from what it was before.
            return dict.fromkeys(LOCALES, self._digest(path))

    def _read(self, path: Path) -> bytes:
        # First the stamp: what is written while it is read shows as a change later.
        self._stamps[path] = _stamp(path)
        return path.read_bytes() if self._stamps[path] is not None else b""


def _job_values(job: Job) -> dict[str, Any]:
    # Where a file of one's own lies leaves no trace either.
    without = ("stem", "folder", "file")
    values = {name: value for name, value in describe(job).items() if name not in without}
    return {
        **values,
        "parameters": recorded(job.parameters, job.folder),
        "size": list(job.look.size),
        "fps": job.look.fps,
    }


def _beside(definition: Definition) -> list[Path]:
    """Return what else a scene's package may read: all that lies in its folder but code, words and videos.

    The folder of a module on its own may be anybody's home: nothing there belongs to the scene but its words.
    """
    folder = definition.folder
    if not (folder / "__init__.py").is_file():
        return []
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix not in (".py", ".pyc")
        and path != definition.words_file
        and not any(_is_no_source(step) for step in path.relative_to(folder).parts)
        and path.is_file()
    )


def _is_no_source(name: str) -> bool:
    return name.startswith((".", "__")) or name == "renders"


def _drawing_versions() -> dict[str, str]:
    import cairo

    return {**versions(), "cairo": cairo.cairo_version_string()}


def _stamp(path: Path) -> Stamp:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns
