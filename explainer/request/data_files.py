"""The files that a job's parameters name: found, placed and told apart by their contents."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from explainer.disk.digests import digest
from scenes.definition import SceneDefinition, SceneParameters


def data_files(parameters: SceneParameters) -> tuple[Path, ...]:
    """Return the files that parameters name, as they name them, each once."""
    return tuple(dict.fromkeys(_paths(parameters)))


def recorded(parameters: SceneParameters, folder: Path | None) -> dict[str, Any]:
    """Return parameters as JSON values for a recipe in `folder`: names of files count from there.

    So they hold from wherever the recipe is read, and in a tree of folders that moves as a whole. A file that
    shares no folder but the root with the recipe has its whole path. Without a folder, names are as they are.
    """
    values = parameters.model_dump(mode="json")
    return values | {name: _name_from(folder, path) for name, path in parameters if isinstance(path, Path)}


def data_digests(parameters: SceneParameters, folder: Path | None = None) -> dict[str, str]:
    """Return the SHA-256 of every file that parameters name, in hexadecimal, by its name in `recorded`."""
    named = {path: _name_from(folder, path) for _, path in parameters if isinstance(path, Path)}
    return {named.get(path, str(path)): digest(path.read_bytes()) for path in data_files(parameters)}


def seen_from(
    folder: Path, definition: SceneDefinition[Any, Any], values: Mapping[str, Any]
) -> dict[str, Any]:
    """Return parameter values in which the names of files hold from `folder`, as those in a file there do."""
    return {
        name: str(folder / value) if _names_file(definition, name, value) else value
        for name, value in values.items()
    }


def found_again(
    folder: Path, definition: SceneDefinition[Any, Any], values: Mapping[str, Any], digests: Mapping[str, str]
) -> dict[str, Any]:
    """Return the parameter values of a recipe in `folder`, in which the names of files hold from here.

    They are sought from the recipe's folder, then from this one, as older recipes want it. A file whose
    contents have the digest of then comes before any other.
    """
    return {
        name: str(_found(folder, value, digests.get(value)))
        if _names_file(definition, name, value)
        else value
        for name, value in values.items()
    }


def _found(folder: Path, name: str, digest_then: str | None) -> str:
    places = (folder / name, Path(name))
    present = [place for place in places if _is_file(place)]
    same = (place for place in present if digest(place.read_bytes()) == digest_then)
    return str(next(same, (*present, *places)[0]))


def _name_from(folder: Path | None, path: Path) -> str:
    if folder is None:
        return str(path)
    # Links to folders are followed, as `..` does not lead back over them; the file keeps its name.
    here, there = folder.resolve(), path.parent.resolve()
    if os.path.commonpath([here, there]) == here.root:
        return str(there / path.name)
    return os.path.relpath(there / path.name, here)


def _is_file(path: Path) -> bool:
    # A name that is too long for a file is an error to pathlib.
    with suppress(OSError):
        return path.is_file()
    return False


def _names_file(definition: SceneDefinition[Any, Any], name: str, value: Any) -> bool:
    field = definition.parameters.model_fields.get(name)
    return isinstance(value, str) and value != "" and field is not None and _means_file(field.annotation)


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
