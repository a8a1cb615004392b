"""The files that a job's parameters name: found, placed and told apart by their contents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from explainer.disk.digests import digest
from scenes.definition import SceneDefinition, SceneParameters


def data_files(parameters: SceneParameters) -> tuple[Path, ...]:
    """Return the files that parameters name, as they name them, each once."""
    return tuple(dict.fromkeys(_paths(parameters)))


def data_digests(parameters: SceneParameters) -> dict[str, str]:
    """Return the SHA-256 of every file that parameters name, in hexadecimal, by its name there."""
    return {str(path): digest(path.read_bytes()) for path in data_files(parameters)}


def seen_from(
    folder: Path, definition: SceneDefinition[Any, Any], values: Mapping[str, Any]
) -> dict[str, Any]:
    """Return parameter values in which the names of files hold from `folder`, as those in a file there do."""
    fields = definition.parameters.model_fields
    return {
        name: str(folder / value)
        if isinstance(value, str) and value and name in fields and _means_file(fields[name].annotation)
        else value
        for name, value in values.items()
    }


def _means_file(annotation: Any) -> bool:
    return annotation is Path or Path in getattr(annotation, "__args__", ())


def _paths(value: Any) -> Iterator[Path]:
    if isinstance(value, Path):
        yield value
    elif isinstance(value, BaseModel):
        for _, inner in value:
            yield from _paths(inner)
    elif isinstance(value, Mapping):
        yield from _paths(tuple(value.values()))
    elif isinstance(value, Iterable) and not isinstance(value, str | bytes):
        for inner in value:
            yield from _paths(inner)
